"""The law "fast equals exact" on Mailgun's events in all their layouts, and the traps in the law."""

from __future__ import annotations

import gzip
import json
import random
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged_batches, damaged_lines

from reach.formats.mailgun.format import MailgunFormat
from reach.formats.mailgun.words import BOTS, CODES, DROPPED, EVENTS, REASONS, SEVERITIES
from reach.formats.record import Options
from reach.outcomes.law import outcome
from reach.vocabulary import Seen, Transport

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "mailgun"
BODIES = [
    json.loads(line) for line in (SAMPLES / "webhooks.ndjson").read_text("utf-8").splitlines()
]
PAGE: dict[str, Any] = json.loads((SAMPLES / "page.json").read_text("utf-8"))
DELIVERED, FAILED, OPENED = (BODIES[place]["event-data"] for place in (0, 1, 7))
LATE = {"flags": {"is-delayed-bounce": True}}
TAGS = [{"wilayah": said} for said in ("3273", 3273, ["3273"], [], {"a": 1})]
EVENTS_SOUND: list[dict[str, Any]] = [
    *(body["event-data"] for body in BODIES[:8]),
    *PAGE["items"],
    *(FAILED | {"event": word} for word in EVENTS),
    *(FAILED | {"reason": reason, "severity": severity} for reason in (*REASONS, "", None)
      for severity in SEVERITIES),
    *(FAILED | {"reason": None, "delivery-status": {"code": int(code)}}
      for code in (*DROPPED, *(each.said for each in CODES if each.said.isdigit()), "550")),
    *(FAILED | LATE | {"severity": severity} for severity in SEVERITIES),
    *(FAILED | {"delivery-status": status} for status in (None, {"enhanced-code": "5.7.1"},
      {"bounce-code": "5.4.14", "enhanced-code": ""}, {"message": "smtp;552 5.2.2 full"})),
    *(OPENED | {"client-info": {"bot": bot}} for bot in (*BOTS, None)),
    *(DELIVERED | {"user-variables": tag} for tag in TAGS),
    *(DELIVERED | {"timestamp": at} for at in (1534108637, 1770146431.6585283, 1376435471.0)),
]  # fmt: skip
WEBHOOKS = [{"signature": {"token": "t"}, "event-data": each} for each in EVENTS_SOUND]
FORMS = {"webhooks": WEBHOOKS, "events": EVENTS_SOUND, "both": [*WEBHOOKS, *EVENTS_SOUND, PAGE]}
NAMED = Options(format="mailgun")
PLACED = Options(
    format="mailgun",
    fields={"region": "user-variables.wilayah", "campaign": "tags", "account": "event-data.x"},
    set={"purpose": "service"},
)


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**40),
    form=st.sampled_from(list(FORMS)),
    placed=st.booleans(),
    batches=st.booleans(),
)
def test_on_damaged_records(
    driver: Driver, seed: int, form: str, *, placed: bool, batches: bool
) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make(FORMS[form], seed, 120))
    driver.agrees(path, PLACED if placed else NAMED, 1_780_000_000_000_000)


ODD: tuple[Any, ...] = (
    None, "", 0, -1, 1.5, 1e11, 1e300, 10**20, True, False, [], {}, ["x"], "605", 605, 605.0, "0605",
    1534108637.9999999, 1534108637.0000004, 99999999.5, 9999999999.25, 1534108637153.5, 253402300800.5,
    "<>", "<a@b>", "a@b", "Siti <a@b>", '"x" <a@b>', "a@b, c@d", "<a@b", "a@b>", " <a@b> ", "a b@c", "é@x",
    "5.1.1", "5.1.1\n", "5.1.1.1", "550 5.7.1 x", "smtp; 5.7.26", "5.1.1\u0000", "\\5.1.1", "apple", "bot",
    "failed", "FAILED", "failed old", "any is-routed", "old", "suppress-bounce", "permanent", "temporary",
)  # fmt: skip
PLACES = (
    ("event",), ("timestamp",), ("recipient",), ("severity",), ("reason",), ("flags",),
    ("flags", "is-test-mode"), ("flags", "is-delayed-bounce"), ("message",), ("message", "headers"),
    ("message", "headers", "to"), ("message", "headers", "message-id"), ("delivery-status",),
    ("delivery-status", "code"), ("delivery-status", "enhanced-code"), ("client-info", "bot"),
    ("delivery-status", "bounce-code"), ("delivery-status", "message"), ("event-data",), ("client-info",),
)  # fmt: skip


def put(value: dict[str, Any], steps: tuple[str, ...], odd: object) -> dict[str, Any]:
    """A copy with something else at a place."""
    step, *rest = steps
    held = value.get(step)
    inner = put(held if isinstance(held, dict) else {}, tuple(rest), odd) if rest else odd
    return value | {step: inner}


@pytest.mark.parametrize("enveloped", [True, False])
def test_on_each_odd_value_alone(driver: Driver, *, enveloped: bool) -> None:
    bases = [DELIVERED, FAILED, OPENED, BODIES[4]["event-data"], EVENTS_SOUND[3]]
    records = [put(base, place, odd) for base in bases for place in PLACES for odd in ODD]
    # Also some of the other form, whatever the file begins with.
    lines = [{"event-data": each} for each in records] if enveloped else records
    lines += [BODIES[0], DELIVERED, {"event-data": None} | DELIVERED, {"event-data": 5} | DELIVERED]
    path = driver.folder / "each.ndjson"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    balance = driver.agrees(path, NAMED).ingested.balance
    assert min(balance.accepted, balance.rejected, balance.without_event) > 50


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_any_time(driver: Driver, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    times = [chance.uniform(1e8, 1.99e9) for _ in range(300)]
    times += [round(chance.uniform(1e9, 1.99e9), chance.randint(0, 7)) for _ in range(300)]
    path = driver.folder / "times.ndjson"
    lines = [DELIVERED | {"timestamp": at, "recipient": f"{n}@x"} for n, at in enumerate(times)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    run = driver.agrees(path)
    wanted = sorted(int(Decimal(repr(at)) * 1_000_000) for at in times)
    assert sorted(row["first_at"] for row in run.rows) == wanted


def test_the_columns_leave_nothing_sound_to_the_judge(driver: Driver) -> None:
    path = driver.folder / "sound.ndjson"
    for records in (WEBHOOKS, EVENTS_SOUND):
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        log = driver.open(path, NAMED)
        told = MailgunFormat().tokens(log, numbered=True)
        left = f"SELECT count(*) FROM ({told}) WHERE event IS NULL AND NOT no_event"
        assert driver.engine.execute(left).fetchone() == (0,)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_layout_of_the_same_events_comes_to_the_same(
    driver: Driver, pack: type[bytes]
) -> None:
    half = len(EVENTS_SOUND) // 2
    parts = (EVENTS_SOUND[:half], [], EVENTS_SOUND[half:])
    pages = [PAGE | {"items": part} for part in parts]
    layouts = {
        "webhooks": "\n".join(map(json.dumps, WEBHOOKS)),
        "events": "\n".join(map(json.dumps, EVENTS_SOUND)),
        "array": json.dumps(EVENTS_SOUND),
        "arrays": "\n".join(map(json.dumps, parts)),
        "pretty webhooks": "\n".join(json.dumps(each, indent=2) for each in WEBHOOKS),
        "page": json.dumps(PAGE | {"items": EVENTS_SOUND}),
        "long page": json.dumps({"filler": "x" * 300_000} | PAGE | {"items": EVENTS_SOUND}),
        "pretty page": json.dumps(PAGE | {"items": EVENTS_SOUND}, indent=4),
        "pages": "\n".join(map(json.dumps, pages)),
        "pretty pages": "\n".join(json.dumps(each, indent=1) for each in pages),
        "pages one after another": "".join(map(json.dumps, pages)),
        "an array of pages": json.dumps(pages, indent=1),
        "CRLF": "\r\n".join(map(json.dumps, WEBHOOKS)),
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name.replace(" ", "-")
        path.write_bytes(pack(text.encode()))
        run = driver.agrees(path)
        assert run.ingested.balance.records == len(EVENTS_SOUND), name
        assert run.ingested.balance.rejected == 0
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_a_bad_event_costs_a_page_only_itself(driver: Driver) -> None:
    items = [DELIVERED, DELIVERED | {"event": "sampai"}, 5, None, [], FAILED]
    for indent in (None, 1):
        path = driver.folder / "page.json"
        path.write_text(json.dumps(PAGE | {"items": items}, indent=indent), encoding="utf-8")
        run = driver.agrees(path)
        assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (2, 4)
        assert run.rejections[0]["path"] == "$.event"


def test_a_page_that_is_cut_costs_itself(driver: Driver) -> None:
    whole = json.dumps(PAGE | {"items": [DELIVERED, FAILED]})
    path = driver.folder / "cut"
    path.write_text(f"{whole}\n{whole[:-30]}\n{whole}\n", encoding="utf-8")
    run = driver.agrees(path)
    assert (run.ingested.balance.records, run.ingested.balance.rejected) == (5, 1)
    path.write_text(json.dumps(WEBHOOKS[:3], indent=1)[:-30], encoding="utf-8")
    run = driver.agrees(path)
    assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (2, 1)


def test_megabytes_and_thousands_of_levels(driver: Driver) -> None:
    sound = json.dumps(WEBHOOKS[0])
    deep = sound[:-1] + ', "a": ' + "[" * 9000
    path = driver.folder / "huge"
    lines = [sound, sound[:-1] + ', "more": "' + "x" * (2 << 20) + '"}', deep + "]" * 9000 + "}"]
    path.write_text("\n".join([*lines, deep, "[" * 9000, sound]), encoding="utf-8")
    balance = driver.agrees(path).ingested.balance
    assert (balance.records, balance.accepted, balance.rejected) == (6, 4, 2)


# What the documents warn of, as the law has it.


def bits(driver: Driver, *records: dict[str, Any]) -> Seen:
    path = driver.folder / "trap.ndjson"
    same = {"recipient": "a@x.org", "message": {"headers": {"message-id": "m@x", "to": "a@x.org"}}}
    path.write_text("\n".join(json.dumps(each | same) for each in records), encoding="utf-8")
    [row] = driver.agrees(path).rows
    return Seen(row["bits"])


def test_a_webhook_and_an_export_of_an_event_are_one(driver: Driver) -> None:
    path = driver.folder / "twice.ndjson"
    bracketed = {"message": {"headers": {"message-id": "<20180812211713.1.DF5966851B4BAA99@example.org>"}}}  # fmt: skip
    path.write_text(
        "\n".join(map(json.dumps, [BODIES[0], DELIVERED, DELIVERED | bracketed])), encoding="utf-8"
    )
    run = driver.agrees(path)
    assert (run.ingested.balance.events, run.ingested.balance.repeats, len(run.rows)) == (3, 2, 1)


def test_a_bounce_after_a_delivery_wins(driver: Driver) -> None:
    seen = bits(driver, DELIVERED, FAILED | LATE)
    assert seen == Seen.DELIVERED_CARRIER | Seen.FAILED_PERMANENT
    assert outcome(seen, horizon_passed=True).transport is Transport.FAILED


def test_suppressed_is_not_sent_although_it_was_accepted(driver: Driver) -> None:
    accepted = DELIVERED | {"event": "accepted"}
    for more in ({"reason": "suppress-bounce"}, {"delivery-status": {"code": 607}}):
        seen = bits(driver, accepted, FAILED | more)
        assert outcome(seen, horizon_passed=True).transport is Transport.NOT_SENT


def test_a_message_that_will_be_tried_again_has_not_failed(driver: Driver) -> None:
    seen = bits(driver, DELIVERED | {"event": "accepted"}, EVENTS_SOUND[3])
    assert outcome(seen, horizon_passed=False).transport is Transport.PENDING
    seen = bits(driver, EVENTS_SOUND[3], DELIVERED)
    assert outcome(seen, horizon_passed=True).transport is Transport.DELIVERED


def test_a_machine_s_open_is_no_person_s(driver: Driver) -> None:
    said = [bits(driver, OPENED | {"client-info": {"bot": bot}}) for bot in ("apple", "", None)]
    assert said == [Seen.OPENED_MACHINE, Seen.OPENED_HUMAN, Seen.OPENED_UNSURE]

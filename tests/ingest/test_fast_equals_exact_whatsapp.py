"""The law "fast equals exact" on WhatsApp's webhooks, and what the law makes of their traps."""

from __future__ import annotations

import copy
import gzip
import json
import random
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged_batches, damaged_lines

from reach.formats.record import Options
from reach.outcomes.law import outcome
from reach.vocabulary import Seen, Transport

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "whatsapp" / "bodies.ndjson"
RECORDS: list[dict[str, Any]] = list(map(json.loads, SAMPLES.read_text("utf-8").splitlines()))
NAMED = Options(format="whatsapp")
PLACED = Options(
    format="whatsapp",
    fields={"campaign": "biz_opaque_callback_data", "recipient": "recipient_id"},
    set={"purpose": "service"},
)


def body(*statuses: dict[str, Any], each_in: int = 0) -> dict[str, Any]:
    """Statuses in one change, or each in one of its own, or each in an entry of its own."""
    whole = copy.deepcopy(RECORDS[0])
    [entry] = whole["entry"]
    [change] = entry["changes"]
    if each_in == 0:
        change["value"]["statuses"] = list(statuses)
        return whole
    changes = [change | {"value": change["value"] | {"statuses": [status]}} for status in statuses]
    if each_in == 1:
        return whole | {"entry": [entry | {"changes": changes}]}
    return whole | {"entry": [entry | {"changes": [one]} for one in changes]}


def status(said: str, at: int = 1698266945, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"id": "wamid.m", "status": said, "timestamp": str(at), "recipient_id": "62812"} | more


def statuses_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    return list(record["entry"][0]["changes"][0]["value"]["statuses"])


def with_messages(first: dict[str, Any], *others: dict[str, Any]) -> dict[str, Any]:
    """What people wrote, in one body."""
    whole = copy.deepcopy(first)
    messages = whole["entry"][0]["changes"][0]["value"]["messages"]
    for each in others:
        messages += each["entry"][0]["changes"][0]["value"]["messages"]
    return whole


SEVERAL = [
    body(*(each for record in RECORDS for each in statuses_of(record)), each_in=way)
    for way in (0, 1, 2)
]
WRITTEN_TO_US = body()
WRITTEN_TO_US["entry"][0]["changes"][0]["value"] = {"messages": [{"from": "62812", "id": "w"}]}
MESSAGES: list[dict[str, Any]] = list(
    map(json.loads, SAMPLES.with_name("messages.ndjson").read_text("utf-8").splitlines())
)
OTHERS = [
    *MESSAGES,
    WRITTEN_TO_US,
    body(status("sent", recipient_type="group", recipient_id="12036")),
    body(status("failed", errors=[{"code": 131049}])),
    body(status("failed", type="payment"), status("sent", type="message")),
    MESSAGES[0] | {"entry": [*MESSAGES[0]["entry"], *MESSAGES[1]["entry"], *RECORDS[0]["entry"]]},
    with_messages(MESSAGES[0], MESSAGES[2], MESSAGES[1]),
    body(status("failed", type="payment"), status("failed", type="payment")),
]


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans(), batches=st.booleans())
def test_on_damaged_bodies(driver: Driver, seed: int, *, placed: bool, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make([*RECORDS, *SEVERAL, *OTHERS], seed, 120))
    driver.agrees(path, PLACED if placed else NAMED, 1_780_000_000_000_000)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_bodies_that_are_damaged_inside_alone(driver: Driver, seed: int) -> None:
    """Most faults of `damaged` lie far from the status; here all are in or right above it."""
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    path = driver.folder / "inside.ndjson"
    lines = []
    for line in damaged_lines([status("failed", errors=[{"code": 131049}])], seed, 60).split(b"\n"):
        inner = b"[%s]" % line if chance.random() < 0.9 else line
        whole = json.dumps(body(each_in=0)).encode()
        lines.append(whole.replace(b'"statuses": []', b'"statuses": ' + (inner or b"null")))
        lines.append(json.dumps(body(status("sent"), status("read"))).encode())
    path.write_bytes(b"\n".join(lines))
    driver.agrees(path, NAMED)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_layout_of_the_same_bodies_comes_to_the_same(
    driver: Driver, pack: type[bytes]
) -> None:
    sound = [*RECORDS, *SEVERAL, WRITTEN_TO_US]
    layouts = {
        "lines": "\n".join(map(json.dumps, sound)),
        "arrays": f"{json.dumps(sound[:4])}\n{json.dumps(sound[4:])}\n",
        "document": json.dumps(sound, indent=2),
        "one after another": "\n".join(json.dumps(each, indent=1) for each in sound),
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name
        path.write_bytes(pack(text.encode()))
        run = driver.agrees(path)
        balance = run.ingested.balance
        assert (balance.records, balance.rejected, balance.without_event) == (len(sound), 0, 1)
        assert balance.events == 7 * 4
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


@pytest.mark.parametrize("way", [0, 1, 2])
def test_one_bad_status_costs_its_whole_body_and_nothing_else(driver: Driver, way: int) -> None:
    good = body(status("sent"), status("delivered", 1698266950), each_in=way)
    bad = body(status("sent", id="wamid.x"), status("terkirim"), each_in=way)
    path = driver.folder / "bad.ndjson"
    path.write_text("\n".join(map(json.dumps, [good, bad, good])), encoding="utf-8")
    run = driver.agrees(path)
    balance = run.ingested.balance
    assert (balance.accepted, balance.rejected, balance.events) == (2, 1, 4)
    [refused] = run.rejections
    assert (refused["line"], refused["received"]) == (2, '"terkirim"')
    assert refused["path"].endswith(".status")
    assert len(run.rows) == 1


# What the documents warn of, as the law has it.


def transport(driver: Driver, *statuses: dict[str, Any], passed: bool = True) -> Transport:
    """What becomes of the one message that these statuses are of, in whichever order they come."""
    found = set()
    for number, ordered in enumerate(permutations(statuses)):
        path = driver.folder / f"trap-{number}.ndjson"
        path.write_text("\n".join(json.dumps(body(each)) for each in ordered), encoding="utf-8")
        [row] = driver.agrees(path).rows
        found.add(outcome(Seen(row["bits"]), horizon_passed=passed).transport)
    assert len(found) == 1
    return found.pop()


def test_delivered_may_never_arrive_before_read(driver: Driver) -> None:
    assert transport(driver, status("sent"), status("read")) is Transport.DELIVERED
    path = driver.folder / "trap-0.ndjson"
    [row] = driver.ingest(path).rows
    told = outcome(Seen(row["bits"]), horizon_passed=True)
    assert told.inferred  # by an act of the reader, not by a receipt
    assert Seen(row["bits"]) == Seen.SENT | Seen.READ  # and none is written


def test_delivered_may_follow_failed(driver: Driver) -> None:
    failed = status("failed", errors=[{"code": 131049}])
    assert transport(driver, status("sent"), failed) is Transport.FAILED
    assert transport(driver, failed, status("delivered", 1698266999)) is Transport.DELIVERED


def test_who_blocked_the_sender_stays_sent_and_becomes_unknown(driver: Driver) -> None:
    assert transport(driver, status("sent")) is Transport.UNKNOWN
    assert transport(driver, status("sent"), passed=False) is Transport.PENDING


def test_not_read_is_not_unread(driver: Driver) -> None:
    assert transport(driver, status("sent"), status("delivered")) is Transport.DELIVERED


def test_a_body_that_is_delivered_again_days_later_adds_nothing(driver: Driver) -> None:
    once = [body(status("sent")), body(status("delivered", 1698266999))]
    path = driver.folder / "again.ndjson"
    runs = []
    for bodies in (once, [*once, *reversed(once), once[0]]):
        path.write_text("\n".join(map(json.dumps, bodies)), encoding="utf-8")
        runs.append(driver.agrees(path))
    assert sorted(map(str, runs[0].rows)) == sorted(map(str, runs[1].rows))
    assert runs[1].ingested.balance.repeats == 3


def test_readers_of_one_group_message_are_messages_of_their_own(driver: Driver) -> None:
    group = {"recipient_id": "12036", "recipient_type": "group"}
    path = driver.folder / "group.ndjson"
    path.write_text(
        json.dumps(
            body(
                status("sent", **group),
                status("read", **group, recipient_participant_id="62811"),
                status("read", **group, recipient_participant_id="62812"),
            )
        ),
        encoding="utf-8",
    )
    rows = driver.agrees(path).rows
    assert sorted(int(row["bits"]) for row in rows) == [Seen.SENT, Seen.READ, Seen.READ]


def test_a_number_is_abroad_whatever_the_experiment_s_country(driver: Driver) -> None:
    """972… is Israel's, though it may look like a number of another country without its code."""
    path = driver.folder / "country.ndjson"
    path.write_bytes(SAMPLES.read_bytes())
    plain, indonesian = driver.agrees(path), driver.agrees(path, country="ID")
    assert sorted(map(str, plain.rows)) == sorted(map(str, indonesian.rows))

"""The law "fast equals exact" on OneSignal's bodies in all their shapes, sound and damaged."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_lines
from mutated import damaged_batches, damaged_lines

from reach.formats.onesignal.words import CODES, WORDS
from reach.formats.record import Options
from reach.outcomes.law import outcome
from reach.vocabulary import Seen, Transport

if TYPE_CHECKING:
    from drive import Driver

FLAT: dict[str, Any] = {
    "event.kind": "message.push.sent",
    "event.timestamp": 1708559115,
    "event.datetime": "2024-02-21T23:45:15.228Z",
    "event.subscription_id": "b2c3d4e5",
    "event.external_id": "warga-17",
    "event.data.failure_reason": "",
    "message.id": "f3c9cd09",
    "message.name": "vaksinasi",
    "user.subscription.subscription_token": "Siti@example.org",
    "user.tags": {"wilayah": "32"},
}


def nested(flat: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, said in flat.items():
        holder = found
        *steps, last = name.split(".")
        for step in steps:
            holder = holder.setdefault(step, {})
        holder[last] = said
    return found


def in_parts(flat: dict[str, Any]) -> dict[str, Any]:
    event = {key: said for key, said in flat.items() if not key.startswith("message.")}
    return {"Event Data": event, "Message Data": {k: v for k, v in flat.items() if k not in event}}


def row(flat: dict[str, Any]) -> dict[str, Any]:
    return {
        "event_kind": flat["event.kind"],
        "event_timestamp": "2024-02-21 23:45:15.228 UTC",
        "subscription_id": flat["event.subscription_id"],
        "token": flat["user.subscription.subscription_token"],
        "message_id": flat["message.id"],
        "failure_reason": flat["event.data.failure_reason"] or None,
        "message_name": flat["message.name"],
    }


EVERY: list[dict[str, Any]] = [
    *(FLAT | {"event.kind": word.said} for word in WORDS),
    *(
        FLAT | {"event.kind": kind, "event.data.failure_reason": code}
        for kind in ("message.push.failed", "message.email.failed", "message.sms.failed")
        for code in (*(each.said for each in CODES), "other words")
    ),
    FLAT | {"event.datetime": ""},
    FLAT | {"event.datetime": None, "event.timestamp": "1708559115"},
    FLAT | {"event.datetime": "", "event.timestamp": 1708559115228},
    FLAT | {"event.datetime": "", "event.timestamp": ""},
]
SHAPES = {
    "flat": EVERY,
    "nested": [nested(each) for each in EVERY],
    "in parts": [in_parts(each) for each in EVERY],
    "rows": [row(each) for each in EVERY],
}
NAMED = Options(format="onesignal")
PLACED = Options(
    format="onesignal",
    fields={"campaign": "message.name", "region": "user.tags.wilayah", "segment": "event.kind"},
    set={"purpose": "service"},
)
PERSON = Options(format="onesignal", fields={"recipient": "event.external_id"})


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**40),
    shape=st.sampled_from([*SHAPES, "all"]),
    options=st.sampled_from([NAMED, PLACED, PERSON]),
    batches=st.booleans(),
)
def test_on_damaged_records(
    driver: Driver, seed: int, shape: str, options: Options, *, batches: bool
) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    records = [one for each in SHAPES.values() for one in each] if shape == "all" else SHAPES[shape]
    path.write_bytes(make(records, seed, 100))
    driver.agrees(path, options, 1_780_000_000_000_000)


def table(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    lines = csv.DictWriter(text, fieldnames=list(row(FLAT)), lineterminator="\n")
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue().encode()


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_damaged_rows_of_csv(driver: Driver, seed: int) -> None:
    path = driver.folder / "damaged.csv"
    path.write_bytes(mangled_lines(table(SHAPES["rows"]).splitlines(), seed, 50, head=1))
    driver.agrees(path, NAMED, 1_780_000_000_000_000)


ODD = (
    None, "", " ", 0, 5, -1, 1.5, 10**20, True, [], {}, ["x"], "message.push.sent", "é\\", "\n",
    "message.iam.clicked", "message.email.failed", "Message.push.sent", "message.push", "1708559115",
    1708559115, "01708559115", 1708559115228, 10**18, "2024-02-21T23:45:15Z", "2024-02-21 23:45:15 UTC",
    "2024-02-21 23:45:15", "2024-02-30T00:00:00Z", "2999-01-01T00:00:00Z", "404 Not Found", "null",
    {"kind": "message.sms.sent"}, {"event.kind": "message.sms.sent"}, {"event": {"id": "x"}},
)  # fmt: skip
KEYS = (*FLAT, "event", "message", "user", "Event Data", "Message Data", "event_kind", "message_id",
        "subscription_id", "token", "event_timestamp", "failure_reason")  # fmt: skip


def test_on_each_odd_value_alone(driver: Driver) -> None:
    bases = [FLAT, nested(FLAT), row(FLAT), FLAT | {"event.kind": "message.email.failed"}]
    bases += [{key: said for key, said in FLAT.items() if key != "event.datetime"}]
    records = [base | {key: said} for base in bases for key in KEYS for said in ODD]
    path = driver.folder / "each.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    balance = driver.agrees(path, PLACED, 1_780_000_000_000_000).ingested.balance
    assert min(balance.accepted, balance.rejected) > 100


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_odd_values_together(driver: Driver, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    lines = []
    for _ in range(150):
        record = dict(chance.choice(SHAPES[chance.choice(list(SHAPES))]))
        for key in chance.sample(KEYS, chance.choice([1, 2, 3])):
            record[key] = chance.choice(ODD)
        lines.append(json.dumps(record, ensure_ascii=chance.random() < 0.5))
    path = driver.folder / "odd.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    driver.agrees(path, chance.choice([NAMED, PLACED, PERSON]), 1_780_000_000_000_000)


def test_every_shape_and_layout_comes_to_the_same(driver: Driver) -> None:
    sound = [each for each in EVERY if each["event.datetime"]]
    shapes = [sound, [nested(each) for each in sound], [in_parts(each) for each in sound]]
    layouts = {}
    for number, bodies in enumerate([*shapes, [row(each) for each in sound]]):
        layouts[f"lines {number}"] = "\n".join(map(json.dumps, bodies)).encode()
        layouts[f"array {number}"] = json.dumps(bodies).encode()
        layouts[f"document {number}"] = json.dumps(bodies, indent=1).encode()
    layouts["table"] = table([row(each) for each in sound])
    rows = []
    for name, content in layouts.items():
        path = driver.folder / name.replace(" ", "-")
        path.write_bytes(content)
        run = driver.agrees(path)
        balance = run.ingested.balance
        assert (balance.records, balance.rejected, balance.without_event) == (len(sound), 0, 5), (
            name
        )
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


@pytest.mark.parametrize(
    "line",
    [
        json.dumps(FLAT | {"message.title": "x" * (1 << 20)}),
        json.dumps(FLAT | {"message.id": "x" * (1 << 20)}),
        json.dumps(FLAT)[:-1] + ', "x": ' + "[" * 4000 + "]" * 4000 + "}",
        json.dumps(FLAT)[:-1] + ', "event": ' + '{"kind":' * 4000 + "1" + "}" * 4000 + "}",
        json.dumps(FLAT)[:-30],
    ],
)
def test_huge_deep_and_cut_records_are_judged_like_any_other(driver: Driver, line: str) -> None:
    path = driver.folder / "huge.ndjson"
    path.write_text(f"{json.dumps(FLAT)}\n{line}\n{json.dumps(FLAT)}\n", encoding="utf-8")
    balance = driver.agrees(path).ingested.balance
    assert (balance.records, balance.without_event) == (3, 0)


def seen(driver: Driver, *kinds: str) -> Seen:
    path = driver.folder / "trap.ndjson"
    bodies = [FLAT | {"event.kind": f"message.{kind}"} for kind in kinds]
    path.write_text("\n".join(map(json.dumps, bodies)), encoding="utf-8")
    [found] = driver.agrees(path, NAMED).rows
    return Seen(found["bits"])


def test_a_push_to_a_device_that_is_gone_has_failed_and_reached_nobody(driver: Driver) -> None:
    gone = outcome(seen(driver, "push.unsubscribed"), horizon_passed=True)
    assert gone.transport is Transport.FAILED
    reader = outcome(seen(driver, "email.sent", "email.unsubscribed"), horizon_passed=True)
    assert (reader.transport, reader.inferred) == (Transport.DELIVERED, True)


def test_a_push_without_confirmed_delivery_is_unknown(driver: Driver) -> None:
    sent = seen(driver, "push.sent")
    assert outcome(sent, horizon_passed=True).transport is Transport.UNKNOWN
    confirmed = outcome(seen(driver, "push.sent", "push.received"), horizon_passed=True)
    assert (confirmed.transport, confirmed.inferred) == (Transport.DELIVERED, False)

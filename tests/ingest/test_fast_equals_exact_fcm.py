"""The law "fast equals exact" on rows of FCM's export, as JSON and as CSV, sound and damaged."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_lines
from mutated import damaged_batches, damaged_lines

from reach.formats.fcm import WORDS
from reach.formats.record import Options
from reach.outcomes.law import outcome
from reach.vocabulary import Seen, Transport

if TYPE_CHECKING:
    from drive import Driver

ROW: dict[str, Any] = {
    "event_timestamp": "2020-04-08 18:28:11.123456 UTC",
    "project_number": "602398541827",
    "message_id": "0:1586370491123456%7ebb2ec77ebb2ec7",
    "instance_id": "fA1bC2dE3fG",
    "message_type": "DISPLAY_NOTIFICATION",
    "sdk_platform": "ANDROID",
    "topic": None,
    "bulk_id": "1221580938177331234",
    "event": "MESSAGE_ACCEPTED",
    "analytics_label": "vaksinasi-1",
}
TOPIC = ROW | {"message_type": "TOPIC", "topic": "jabar", "instance_id": None, "message_id": "65"}
ROWS: list[dict[str, Any]] = [
    *(ROW | {"event": word.said, "instance_id": f"i{at % 3}"} for at, word in enumerate(WORDS)),
    TOPIC,
    {key: said for key, said in TOPIC.items() if said is not None},
    ROW | {"event_timestamp": "2020-04-08T18:28:12Z", "bulk_id": 1221580938177331234},
    ROW | {"event_timestamp": "2020-04-08 18:28:12+00", "message_id": "1.22158E+17"},
    ROW | {"bulk_id": "1.22158E+17"},
]
NAMED = Options(format="fcm")
PLACED = Options(
    format="fcm",
    fields={"campaign": "analytics_label", "segment": "sdk_platform", "region": "topic"},
    set={"purpose": "service"},
)


def table(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    lines = csv.DictWriter(text, fieldnames=list(ROW), lineterminator="\n")
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue().encode()


@settings(max_examples=14, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans(), batches=st.booleans())
def test_on_damaged_records(driver: Driver, seed: int, *, placed: bool, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make(ROWS, seed, 120))
    driver.agrees(path, PLACED if placed else NAMED, 1_780_000_000_000_000)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans())
def test_on_damaged_rows_of_csv(driver: Driver, seed: int, *, placed: bool) -> None:
    path = driver.folder / "damaged.csv"
    path.write_bytes(mangled_lines(table(ROWS * 4).splitlines(), seed, 60, head=1))
    driver.agrees(path, PLACED if placed else NAMED, 1_780_000_000_000_000)


ODD = (
    None, "", " ", 0, 5, 1.5, 1.22158e17, 10**20, True, [], {}, ["x"], "TOPIC", "topic", "TOP\\u0049C",
    "1.22158E+17", "1,22158E+17", "1E+5", "1e+5", "E+", "xE+1", "1.22158E17", "-1E+5", "é\\", "\n",
    "2020-04-08 18:28:11 UTC", "2020-04-08 18:28:11", "2020-04-08 18:28:11.5UTC", "2020-04-08 18:28:11Z",
    "2020-04-08 18:28:11+00:00", "2020-04-08 18:28:11+07", "2020-04-08 24:00:00 UTC", "MESSAGE_ACCEPTED",
    "2020-02-30 18:28:11 UTC", "2020-04-08 18:28:60 UTC", "2020-04-08 18:28:11.1234567891 UTC",
    "2020-04-08 18:28:11.123456789 UTC", "2020-04-08T18:28:11.123456789Z", "0000-01-01 00:00:00 UTC",
    "2020-04-08t18:28:11z", "2020-04-08T18:28:11+07:00", "2999-01-01 00:00:00 UTC", "2020-04-08",
)  # fmt: skip
KEYS = ("event", "message_id", "instance_id", "message_type", "event_timestamp", "bulk_id",
        "project_number")  # fmt: skip


def test_on_each_odd_value_alone(driver: Driver) -> None:
    bases = (ROW, TOPIC, ROW | {"event": "QUOTA_EXCEEDED"})
    rows = [base | {key: said} for base in bases for key in KEYS for said in ODD]
    path = driver.folder / "each.ndjson"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    balance = driver.agrees(path, NAMED, 1_780_000_000_000_000).ingested.balance
    assert min(balance.accepted, balance.rejected, balance.without_event) > 50


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**40), as_table=st.booleans())
def test_on_odd_values_together(driver: Driver, seed: int, *, as_table: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    rows = [
        chance.choice(ROWS) | {key: chance.choice(ODD) for key in chance.sample(KEYS, 2)}
        for _ in range(200)
    ]
    path = driver.folder / ("odd.csv" if as_table else "odd.ndjson")
    path.write_bytes(table(rows) if as_table else "\n".join(map(json.dumps, rows)).encode())
    driver.agrees(path, chance.choice([NAMED, PLACED]), 1_780_000_000_000_000)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_layout_of_the_same_rows_comes_to_the_same(driver: Driver, pack: type[bytes]) -> None:
    sound = [{key: said for key, said in row.items() if said is not None} for row in ROWS[:-2]]
    layouts = {
        "lines": "\n".join(map(json.dumps, sound)).encode(),
        "array": json.dumps(sound).encode(),
        "document": json.dumps(sound, indent=2).encode(),
        "table": table(sound),
        "CRLF": table(sound).replace(b"\n", b"\r\n"),
        "semicolons": table(sound).replace(b",", b";"),
    }
    rows = []
    for name, content in layouts.items():
        path = driver.folder / name
        path.write_bytes(pack(content))
        run = driver.agrees(path)
        balance = run.ingested.balance
        assert (balance.records, balance.rejected, balance.without_event) == (len(sound), 0, 2), (
            name
        )
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_a_table_that_is_cut_costs_its_last_row(driver: Driver) -> None:
    path = driver.folder / "cut.csv"
    path.write_bytes(table(ROWS[:4])[:-40])
    balance = driver.agrees(path).ingested.balance
    assert (balance.records, balance.rejected) == (4, 1)


@pytest.mark.parametrize(
    "line",
    [
        json.dumps(ROW | {"analytics_label": "x" * (1 << 20)}),
        json.dumps(ROW | {"instance_id": "x" * (1 << 20)}),
        json.dumps(ROW)[:-1] + ', "x": ' + "[" * 4000 + "]" * 4000 + "}",
        json.dumps(ROW)[:-1] + ', "event": ' + '{"a":' * 4000 + "1" + "}" * 4000 + "}",
    ],
)
def test_huge_and_deep_records_are_judged_like_any_other(driver: Driver, line: str) -> None:
    path = driver.folder / "huge.ndjson"
    path.write_text(f"{json.dumps(ROW)}\n{line}\n{json.dumps(ROW)}\n", encoding="utf-8")
    balance = driver.agrees(path).ingested.balance
    assert (balance.records, balance.without_event) == (3, 0)


# What the documents warn of, as the law has it.


def seen(driver: Driver, *rows: dict[str, Any]) -> list[Seen]:
    path = driver.folder / "trap.ndjson"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return [Seen(row["bits"]) for row in driver.agrees(path, NAMED).rows]


def test_one_message_id_to_three_installations_is_three_messages(driver: Driver) -> None:
    assert seen(driver, *(ROW | {"instance_id": each} for each in "abc")) == [Seen.SENT] * 3


def test_an_event_that_is_exported_twice_counts_once(driver: Driver) -> None:
    assert seen(driver, ROW, ROW) == [Seen.SENT]


def test_a_send_to_a_topic_counts_its_messages_and_not_itself(driver: Driver) -> None:
    child = ROW | {"topic": "jabar", "message_id": "65"}
    assert seen(driver, TOPIC, child, child | {"instance_id": "b"}) == [Seen.SENT] * 2


def test_a_message_to_ios_without_a_receipt_is_unknown_and_no_failure(driver: Driver) -> None:
    [bits] = seen(driver, ROW | {"sdk_platform": "IOS"})
    assert outcome(bits, horizon_passed=True).transport is Transport.UNKNOWN
    [bits] = seen(driver, ROW, ROW | {"event": "MESSAGE_DELIVERED"})
    assert outcome(bits, horizon_passed=True).transport is Transport.DELIVERED

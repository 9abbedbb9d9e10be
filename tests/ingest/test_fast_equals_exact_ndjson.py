"""The law "fast equals exact" on lines of JSON: whole files at once, or a record at a time."""

from __future__ import annotations

import json
from datetime import timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

import pytest
from hostile_records import ENDS, GOOD, LINES, TAILS, VALUES, hostile_file
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.formats.record import Options
from reach.schemas import schema

if TYPE_CHECKING:
    from drive import Driver

LOG_END_US = 1_780_000_000_000_000
NAMED = Options(format="reach")
LINE = json.dumps(GOOD).encode()
FILES, RECORDS = 22, 250


@settings(max_examples=FILES, deadline=None)
@given(seed=st.integers(0, 2**40), log_end_us=st.sampled_from([None, LOG_END_US]))
def test_on_thousands_of_hostile_records(driver: Driver, seed: int, log_end_us: int | None) -> None:
    path = driver.folder / "hostile.jsonl"
    path.write_bytes(hostile_file(seed, RECORDS))
    driver.agrees(path, NAMED, log_end_us)


def test_hostile_records_are_of_all_kinds(driver: Driver) -> None:
    path = driver.folder / "kinds.jsonl"
    path.write_bytes(hostile_file(20260105, RECORDS * 4))
    balance = driver.agrees(path, NAMED).ingested.balance
    kinds = balance.accepted, balance.rejected, balance.repeats, balance.facts, balance.blank
    assert min(kinds) > 10


def _zones() -> st.SearchStrategy[tzinfo]:
    return st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def _event() -> st.SearchStrategy[dict[str, Any]]:
    """Valid events, with every property of the schema."""
    of_schema = {}
    text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
    for name, rule in schema("event")["properties"].items():
        if "enum" in rule:
            of_schema[name] = st.sampled_from(rule["enum"])
        elif rule["type"] == "boolean":
            of_schema[name] = st.booleans()
        elif rule["type"] == "integer":
            of_schema[name] = st.integers(rule["minimum"], rule["maximum"])
        elif rule.get("format") == "date-time":
            of_schema[name] = st.datetimes(timezones=_zones()).map(lambda at: at.isoformat())
        else:
            of_schema[name] = text
    of_schema["message_id"] = st.sampled_from(["m1", "m2", "m3"]) | text
    of_schema["recipient"] = st.sampled_from(["+62", "Siti@Example.org", " siti@example.org"])
    of_schema["currency"] = st.from_regex("[A-Z]{3}", fullmatch=True)
    always = ("message_id", "event", "channel", "recipient", "currency")
    return st.fixed_dictionaries(
        {name: of_schema[name] for name in always},
        optional={name: found for name, found in of_schema.items() if name not in always},
    )


@settings(max_examples=20, deadline=None)
@given(events=st.lists(_event(), min_size=1, max_size=30), escaped=st.booleans())
def test_on_valid_records(driver: Driver, events: list[dict[str, Any]], *, escaped: bool) -> None:
    path = driver.folder / "valid.jsonl"
    text = "\n".join(json.dumps(event, ensure_ascii=escaped) for event in events)
    path.write_text(text, encoding="utf-8")
    run = driver.agrees(path)
    assert run.ingested.balance.accepted == len(events)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"], ids=["none", "lf", "crlf"])
def test_on_each_hostile_line_alone(driver: Driver, end: bytes) -> None:
    """All in one file, and then some, so that none hides another, each in its own."""
    tails = [LINE[:-1] + b"," + tail + b"}" for tail in TAILS]
    fields = [
        json.dumps(GOOD | {name: value}).encode() for name in VALUES for value in VALUES[name]
    ]
    lines = [*LINES, *tails, *(LINE + sign for sign in ENDS), *(sign + LINE for sign in ENDS)]
    path = driver.folder / "each.jsonl"
    path.write_bytes(b"\n".join(b"\n".join([LINE, line]) for line in [*lines, *fields]) + end)
    driver.agrees(path, NAMED)
    if end:
        return
    for line in lines[: len(LINES)] + lines[-2 * len(ENDS) :]:  # these could change the count
        path.write_bytes(b"\n".join([LINE, line, LINE]))
        driver.agrees(path, NAMED)


def test_on_a_line_longer_than_the_engine_reads(driver: Driver) -> None:
    long = json.dumps(GOOD | {"note": "x" * 17_000_000}).encode()
    path = driver.folder / "long.jsonl"
    path.write_bytes(b"\n".join([LINE, long, b"no JSON", LINE]))
    run = driver.agrees(path)
    assert run.ingested.balance.accepted == 3
    assert [(one["record"], one["line"]) for one in run.rejections] == [(3, 3)]


@pytest.mark.parametrize(
    "place",
    ["record", "leads", "k0", "Region", "MESSAGE_ID", "wilayah é.nama", "tags.wilayah é", 'a"b.c\\d', "*.x", "it's.x",
     "tags.0", "x.y.z", "tags.[0]", "$.a", "a b.c d"],
)  # fmt: skip
def test_on_fields_from_other_places(driver: Driver, place: str) -> None:
    top = place.split(".", maxsplit=1)[0]
    lines = ['{"message_id":"m","event":"sent","channel":"c","recipient":"r","x":{"a":nan,}}']
    for value in ("v", "é", 'a\\"b\n', 5, None, True, ["v"], {"q": 1}):
        inner: Any = value
        for step in reversed(place.split(".")):
            inner = {step: inner}
        good = GOOD | {"message_id": f"m{len(lines)}"}
        for event in (good | inner, inner | good, good | {top: [1]}):
            lines += [json.dumps(event), json.dumps(event, ensure_ascii=False)]
    path = driver.folder / "places.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    run = driver.agrees(path, Options(fields={"region": place}, set={"campaign": "it's"}))
    assert "v" in {row["region"] for row in run.rows}


@pytest.mark.parametrize("constant", ["it's", 'a"b\\', "é\n", "x" * 256])
def test_on_constants_of_any_text(driver: Driver, constant: str) -> None:
    path = driver.folder / "constants.jsonl"
    path.write_bytes(LINE + b"\n" + json.dumps(GOOD | {"region": "from the log"}).encode())
    [row] = driver.agrees(path, Options(set={"region": constant, "account": constant})).rows
    assert row["region"] == constant


def test_on_fields_that_only_the_end_of_a_file_has(driver: Driver) -> None:
    late = GOOD | {"message_id": "late", "event": "failed", "reason": "quota", "permanent": True}
    path = driver.folder / "late.jsonl"
    path.write_bytes((LINE + b"\n") * 4000 + json.dumps(late).encode())
    rows = driver.agrees(path).rows
    assert sorted(str(row["failure_reason"]) for row in rows) == ["None", "quota"]


def test_in_order_on_several_threads(driver: Driver) -> None:
    """The file is larger than what one thread of the engine takes at a time."""
    good = json.dumps(GOOD | {"note": "x" * 2000}).encode() + b"\n"
    path = driver.folder / "large.jsonl"
    path.write_bytes((good * 7000 + b"no JSON\n") * 4)
    run = driver.ingest(path)
    assert [one["line"] for one in run.rejections] == [7001 * part for part in (1, 2, 3, 4)]

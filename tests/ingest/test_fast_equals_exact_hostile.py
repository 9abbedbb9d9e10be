"""The law "fast equals exact" on records made from the schema: `jsonschema` has the last word.

Two twins are asked, and neither knows of the other: `exact_twin` reads the file's bytes, a record
at a time; `schema_records` reads nothing, for it made the records and knows what they mean.
"""

from __future__ import annotations

import csv
import io
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from schema_records import Judge, Line, Maker, makers, records, seeds, typed

from reach.engine import file_literal
from reach.formats.record import Options
from reach.schemas import schema

if TYPE_CHECKING:
    from drive import Driver

SCHEMA = schema("event")
NAMES = list(SCHEMA["properties"])
KINDS = {name: rule.get("type", "string") for name, rule in SCHEMA["properties"].items()}
NAMED = Options(format="reach")
LOG_END_US = 1_780_000_000_000_000
AT_THE_END = (
    "2026-05-28T20:26:40Z", "2026-05-29T03:26:40+07:00", "2026-05-28T20:26:40.0000009Z",
    "2026-05-28T20:26:41Z", "2026-05-28T20:26:40.000001Z", "2026-05-29T03:26:41+07:00",
)  # fmt: skip
FILES, RECORDS = 10, 2000
# What fails is narrowed down to one record here, which is smaller than what a search finds.
AS_FOUND = settings(deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
ENDS = st.sampled_from([None, LOG_END_US])


def _disagreement(driver: Driver, lines: list[Line], end: bytes, log_end_us: int | None) -> str:
    """What the ways of reading these lines do not agree on; empty if they do."""
    path = driver.folder / "schema.jsonl"
    mark = b"\xef\xbb\xbf" if len(lines) % 2 else b""
    path.write_bytes(mark + end.join(line.text for line in lines))
    try:
        run = driver.agrees(path, NAMED, log_end_us)
    except AssertionError as error:
        return f"reach and its twin: {error}"
    got = {(one["record"], one["line"]) for one in run.rejections}
    wanted = set(Judge(SCHEMA, log_end_us).refused(lines))
    return f"refused, and not by both: {sorted(got ^ wanted)[:5]}" if got != wanted else ""


def _agree(
    driver: Driver, lines: list[Line], end: bytes = b"\n", log_end_us: int | None = None
) -> None:
    if not (why := _disagreement(driver, lines, end, log_end_us)):
        return
    first, *rest = lines
    while len(rest) > 1:
        half = len(rest) // 2
        halves = [part for part in (rest[:half], rest[half:])
                  if _disagreement(driver, [first, *part], end, log_end_us)]  # fmt: skip
        if not halves:  # only together do they go wrong
            break
        rest = halves[0]
    why = _disagreement(driver, [first, *rest], end, log_end_us)
    shown = [(line.text[:500], line.means) for line in rest[:3]]
    pytest.fail(f"{why}\nof {len(rest)} records: {shown}")


@settings(AS_FOUND, max_examples=FILES)
@given(maker=makers(SCHEMA), chance=seeds(), end=st.sampled_from([b"\n", b"\r\n"]), log_end_us=ENDS)
def test_on_twenty_thousand_records(
    driver: Driver, maker: Maker, chance: random.Random, end: bytes, log_end_us: int | None
) -> None:
    last = [maker.sparse(at, occurred_at=text) for at, text in enumerate(AT_THE_END)]
    _agree(driver, [*records(maker, chance, RECORDS), *last], end, log_end_us)


@settings(AS_FOUND, max_examples=2)
@given(maker=makers(SCHEMA), chance=seeds(), log_end_us=ENDS)
def test_on_those_of_them_that_are_valid(
    driver: Driver, maker: Maker, chance: random.Random, log_end_us: int | None
) -> None:
    """A file without a fault may go a way of its own."""
    judge = Judge(SCHEMA, log_end_us)
    lines = [
        line for line in records(maker, chance, RECORDS) if line.means and judge.accepts(line.means)
    ]
    assert len(lines) > RECORDS / 10
    _agree(driver, lines, b"\n", log_end_us)


@settings(AS_FOUND, max_examples=1)
@given(maker=makers(SCHEMA), chance=seeds())
def test_on_each_rule_broken_once_in_a_clean_file(
    driver: Driver, maker: Maker, chance: random.Random
) -> None:
    """What one way overlooks must not be found because of another record's fault.

    It stands so far down that a file's beginning does not show it.
    """
    clean = [maker.clean(0), maker.clean(1, note="x" * 300_000), maker.clean(2)]
    for odd in maker.singles(chance):
        _agree(driver, [*clean, odd])
    sparse = [maker.sparse(0), maker.sparse(1, note="x" * 300_000), maker.sparse(2)]
    for odd in maker.late(chance):
        _agree(driver, [*sparse, odd])


@settings(AS_FOUND, max_examples=2)
@given(maker=makers(SCHEMA), chance=seeds(), log_end_us=ENDS)
def test_on_the_same_as_cells_of_a_table(
    driver: Driver, maker: Maker, chance: random.Random, log_end_us: int | None
) -> None:
    rows = [line for each in records(maker, chance, RECORDS) if (line := typed(each, NAMES)).means]
    cells = [[_cell(value) for value in _said(row).values()] for row in rows]
    cells = [row for row in cells if "\x00" not in "".join(row)]  # binary data, as a whole
    text = io.StringIO(newline="")
    csv.writer(text).writerows([NAMES, *cells])
    path = driver.folder / "schema.csv"
    path.write_bytes(text.getvalue().encode())
    run = driver.agrees(path, NAMED, log_end_us)
    judge = Judge(SCHEMA, log_end_us)
    meant = [dict(zip(NAMES, map(_read, NAMES, row), strict=True)) for row in cells]
    wanted = [number for number, said in enumerate(meant, start=1) if not judge.accepts(said)]
    assert [one["record"] for one in run.rejections] == wanted


@settings(AS_FOUND, max_examples=2)
@given(maker=makers(SCHEMA), chance=seeds(), log_end_us=ENDS)
def test_on_the_same_as_typed_columns(
    driver: Driver, maker: Maker, chance: random.Random, log_end_us: int | None
) -> None:
    """A value of another type than its column's is left out; so the rest of its row is tried."""
    types = {"string": (str, "VARCHAR"), "boolean": (bool, "BOOLEAN"), "integer": (int, "HUGEINT")}
    rows = [
        _said(line)
        for each in records(maker, chance, RECORDS)
        if (line := typed(each, NAMES)).means
    ]
    for row in rows:
        for name, value in row.items():
            kept = type(value) is types[KINDS[name]][0]
            row[name] = (
                value if kept and not (KINDS[name] == "integer" and abs(value) >= 2**63) else None
            )
    columns = ", ".join(f'unnest(?::{types[KINDS[name]][1]}[]) AS "{name}"' for name in NAMES)
    path = driver.folder / "schema.parquet"
    driver.engine.execute(
        f"CREATE OR REPLACE TEMP TABLE typed AS SELECT {columns}",
        [[row[name] for row in rows] for name in NAMES],
    )
    driver.engine.execute(f"COPY typed TO {file_literal(path)} (FORMAT parquet)")
    run = driver.agrees(path, NAMED, log_end_us)
    judge = Judge(SCHEMA, log_end_us)
    wanted = [number for number, said in enumerate(rows, start=1) if not judge.accepts(said)]
    assert [one["record"] for one in run.rejections] == wanted


def _said(line: Line) -> dict[str, Any]:
    assert isinstance(line.means, dict)
    return line.means


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**40:
        return "9" * 400  # as many digits as there were are too many to write
    return "" if value is None else str(value)


def _read(name: str, cell: str) -> str | bool | int | None:
    """What a cell says: nothing if it is empty, else what its column's type can make of it."""
    if not cell:
        return None
    if KINDS[name] == "boolean" and cell in ("true", "false"):
        return cell == "true"
    if KINDS[name] == "integer" and set(cell) <= set("0123456789"):
        return int(cell)
    return cell

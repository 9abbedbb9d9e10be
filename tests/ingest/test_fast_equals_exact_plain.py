"""One odd value in an otherwise clean log: the way of plain texts must not let it pass.

A file with any fault leaves that way, so that each value that is none of its needs a file of
its own. Values that a file keeps to that way with are read together.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hostile_records import VALUES
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.engine import file_literal
from reach.formats.given import Given
from reach.formats.reach import ReachFormat
from reach.formats.record import Options
from reach.ingest.reading import Reading

if TYPE_CHECKING:
    from drive import Driver

CLEAN = [
    {
        "message_id": f"m{number}",
        "event": "sent",
        "channel": "sms",
        "recipient": f"person{number}@example.org",
        "occurred_at": f"2026-01-05T07:00:0{number}Z",
        "region": "Jawa",
    }
    for number in range(4)
]
TEXTS = [
    "5", "-5", "0812", "62812", "+62812", "1e3", "1.5", ".5", "-", "-x", "/x", "nan", "NaN", "inf",
    "Infinity", "-inf", "true", "TRUE", "false", "null", "Null", "[x]", "[", "{}", "{x", "}", "]", "|",
    "~", "'", '"', "\\", " x", "x ", "\tx", "x\n", "\x00", "\x01x", "x\x7f", "\xa0", "\ufeffx", "é",
    "ÉX@Y", "😀", "\u2028", "x" * 64, "é" * 64, "é" * 33, "x" * 320, "true@x", "nanas", "infobdg",
]  # fmt: skip
OTHERS = [
    5,
    -5,
    1.5,
    1e3,
    -0.0,
    True,
    False,
    None,
    [],
    ["x"],
    {},
    {"x": 1},
    float("nan"),
    float("inf"),
]
TIMES = [
    "2026-1-05T07:00:00Z ", "2026-01-5T07:00:00Z ", "2026-01-05T7:00:00Z ", " 2026-1-05T07:00:00Z",
    "2026-1-5T07:00:00.5Z", "2026-01-05T07:00:00z", "2026-01-05t07:00:00Z", "2026-01-05 07:00:00Z",
    "2026-01-05T07:00:0 Z", "2026-01-05T07:00: 0Z", "2026- 1-05T07:00:00Z", "2026-02-30T07:00:00Z",
    "2026-01-05T24:00:00Z", "2026-01-05T23:59:60Z", "20260-1-05T07:00:00Z", "2026-01-05T07:00:00\x00",
    "2026-001-5T07:00:00Z", "2026-01-05T07:00:000", "２026-01-05T07:00:0Z", "2026-01-05T07:00:00,Z",
    "2026-1-05T07:00:00.3041Z", "2026-01-05T23:59:60.123Z", "2026-01-05T07:00:00.30 Z", "2026-1-5T07:00:00.304120Z",
    "2026-1-05T07:00:00.3041201Z", "2026-01-05T07:00:00.3041 Z", "1969-12-31T23:59:59.999Z", "2026-02-30T07:00:00.000Z",
    "1969-12-31T23:59:59Z", "0999-01-05T07:00:00Z", "9999-12-31T23:59:59Z", "2026-13-05T07:00:00Z",
]  # fmt: skip


def _values() -> list[tuple[str, Any]]:
    found = [(field, value) for field, values in VALUES.items() for value in values]
    texts = ("message_id", "channel", "recipient", "region", "provider", "alias_id")
    found += [(field, value) for field in texts for value in (*TEXTS, *OTHERS)]
    found += [("occurred_at", time) for time in TIMES]
    return list({json.dumps(each): each for each in found}.values())


def _agrees(driver: Driver, *odd: tuple[str, Any]) -> None:
    records = [
        CLEAN[0] | {"message_id": f"odd{number}", "event": "delivered", field: value}
        for number, (field, value) in enumerate(odd)
    ]
    path = driver.folder / "plain.ndjson"
    path.write_text("\n".join(map(json.dumps, [*CLEAN, *records, CLEAN[1]])), "utf-8")
    driver.agrees(path)


class _LeftError(Exception):
    """A file has left the way of plain texts."""


def _left(reading: Reading) -> NoReturn:
    raise _LeftError(reading.log.name)


def _agree_plainly(driver: Driver, odd: Sequence[tuple[str, Any]]) -> bool:
    """Whether a file with all of these values keeps to the way of plain texts, and agrees."""
    with pytest.MonkeyPatch.context() as patch:
        for other_way in ("_as_tokens", "_by_record"):
            patch.setattr(Reading, other_way, _left)
        try:
            _agrees(driver, *odd)
        except _LeftError:
            return False
    return True


def _agree(driver: Driver, odd: Sequence[tuple[str, Any]]) -> int:
    """As few files as will do; how many values were read alone."""
    if len(odd) == 1:
        _agrees(driver, *odd)
        return 1
    if _agree_plainly(driver, odd):
        return 0
    half = len(odd) // 2
    return _agree(driver, odd[:half]) + _agree(driver, odd[half:])


@pytest.mark.parametrize("part", range(8))
def test_on_one_odd_value(driver: Driver, part: int) -> None:
    values = _values()
    share = -(-len(values) // 8)
    mine = values[part * share : (part + 1) * share]
    # What another way must read is in every part; most are plain.
    assert 0 < _agree(driver, mine) < len(mine)


NEARLY = st.builds(
    lambda time, place, sign, taken: time[:place] + sign + time[place + taken :],
    st.sampled_from(
        [
            "2026-01-05T07:00:00Z",
            "2026-11-25T17:09:58Z",
            "2026-11-25T17:09:58.304Z",
            "2026-01-05T07:00:00.304120Z",
        ]
    ),
    st.integers(0, 27),
    st.sampled_from([*"0123456789 .:-+TZtz", "", "\t", "\x00", "é"]),
    st.integers(0, 2),
)


@settings(max_examples=60, deadline=None)
@given(time=NEARLY)
def test_on_times_that_are_nearly_right(driver: Driver, time: str) -> None:
    _agrees(driver, ("occurred_at", time))


@pytest.mark.parametrize("part", range(4))
def test_on_one_odd_cell_of_a_table(driver: Driver, part: int) -> None:
    """Each text in one column after another, with the rows that the beginning shows all clean."""
    fields = list(CLEAN[0])
    # A file that shows a NUL is taken for binary.
    texts = [text for text in (*TEXTS, "", "a;b", 'a"b') if "\0" not in text]
    odds = [(fields[place % len(fields)], text) for place, text in enumerate(texts)]
    odds += [(field, "6.28E+12") for field in fields]
    odds += [("occurred_at", time) for time in TIMES if "\0" not in time]
    for field, text in odds[part::4]:
        path = driver.folder / "plain.csv"
        odd = CLEAN[0] | {"message_id": "odd", "event": "delivered", field: text}
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, fields)
            rows.writeheader()
            rows.writerows([*CLEAN * 60, odd])
        driver.agrees(path)


@pytest.mark.parametrize("part", range(4))
def test_on_one_odd_cell_of_typed_columns(driver: Driver, part: int) -> None:
    """The same in Parquet, whose texts are texts whatever they look like."""
    fields = list(CLEAN[0])
    odd = [(fields[place % len(fields)], text) for place, text in enumerate([*TEXTS, ""])]
    odd += [(field, "6.28E+12") for field in fields] + [("occurred_at", time) for time in TIMES]
    for field, text in odd[part::4]:
        path = driver.folder / "typed.parquet"
        rows = [*CLEAN, CLEAN[0] | {"message_id": "odd", "event": "delivered", field: text}]
        columns = ", ".join(f"{name} VARCHAR" for name in fields)
        driver.engine.execute(f"CREATE OR REPLACE TEMP TABLE typed ({columns})")
        marks = ", ".join("?" * len(fields))
        driver.engine.executemany(
            f"INSERT INTO typed VALUES ({marks})", [[*row.values()] for row in rows]
        )
        driver.engine.execute(f"COPY typed TO {file_literal(path)} (FORMAT parquet)")
        driver.agrees(path)


def test_tables_are_read_as_the_texts_that_they_hold(driver: Driver) -> None:
    path = driver.folder / "mixed.csv"
    header = "message_id,event,channel,recipient,occurred_at,region,permanent\n"
    path.write_text(f"{header}m1,sent,sms,+62,,32,true\nm2,sent,sms,a@b,2026-01-05T07:00:00Z,x\n")
    log = driver.open(path, Options())
    given = ReachFormat().given(log, plain=True)
    assert given == dict.fromkeys(header.strip().split(","), Given.TEXT)
    assert not ReachFormat().given(log, plain=False)

"""Rows of CSV: as the standard library reads what is well made, and more forgiving besides."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.formats.containers.csv_rows import TOO_LONG, Row, bounded_lines, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD = st.text(
    st.sampled_from('ab;," \n\r\té😀\u2028\x0b') | st.characters(codec="utf-8"), max_size=6
)


def _rows(text: str, delimiter: str = ",") -> list[Row]:
    return list(read_rows(io.StringIO(text, newline=""), delimiter))


@settings(max_examples=200)
@given(
    rows=st.lists(st.lists(FIELD, min_size=2, max_size=4), max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", " "]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_was_written_is_read(rows: list[list[str]], delimiter: str, end: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    read = _rows(text.getvalue(), delimiter)
    assert [list(row.fields) for row in read] == rows
    assert not any(row.fault for row in read)
    assert end.join(row.text for row in read) == text.getvalue().removesuffix(end)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('a"b,c', ('a"b', "c")),
        (' "a" ,"b"  ', ("a", "b")),
        (" a , b ", (" a ", " b ")),
        ('"",', ("", "")),
        ('"a""b"', ('a"b',)),
        ('"a,\n""b"\r\n', ('a,\n"b',)),
        ("\n", ("",)),
    ],
)  # fmt: skip
def test_quotes_and_spaces(text: str, fields: tuple[str, ...]) -> None:
    [row] = _rows(text)
    assert (row.fields, row.fault) == (fields, "")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('a,"b\nc,d\ne,f\n', {1: "a quote that is not closed"}),
        ('a,"b\nc,"d\ne,f\n', {1: "text after a closing quote", 2: "a quote that is not closed"}),
        ('"a"b\nc,d\n', {1: "text after a closing quote"}),
        ('x,y\n"a""\nc,d', {2: "a quote that is not closed"}),
    ],
)
def test_a_row_that_is_none_costs_its_first_line_alone(text: str, faults: dict[int, str]) -> None:
    rows = _rows(text)
    assert {row.line: row.fault for row in rows if row.fault} == faults
    assert [row.text for row in rows] == text.splitlines()


def test_lines_are_counted_through_fields_that_span_several() -> None:
    assert [row.line for row in _rows('a\n"b\n\nc"\nd\r"e\r\n"\nf')] == [1, 2, 5, 6, 8]


def test_an_open_quote_is_not_sought_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reach.formats.containers.csv_rows.LONGEST_ROW", 10)
    rows = _rows('"a\n' + "b\n" * 20 + 'c"\n')
    assert [row.line for row in rows if row.fault] == [1]
    assert len(rows) == 22


def test_open_quotes_are_not_sought_from_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these lines closes the quote of the one before, and opens another.

    It would take a minute if each were sought to the bound.
    """
    monkeypatch.setattr("reach.formats.containers.csv_rows.LONGEST_ROW", 1 << 12)
    asked = 0

    def lines() -> Iterator[str]:
        nonlocal asked
        for _ in range(20_000):
            asked += 1
            yield 'x""","\n'

    rows = list(read_rows(lines(), ","))
    assert len(rows) == asked
    assert all(row.fault for row in rows)


def test_a_row_of_many_quotes_is_bounded_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reach.formats.containers.csv_rows.LONGEST_ROW", 100)
    rows = _rows('"a\n' + 'a","a\n' * 30 + 'a"\n')
    assert rows[0].fault == "a quote that is not closed"


def test_of_a_line_longer_than_a_row_only_the_beginning_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reach.formats.containers.csv_rows.LONGEST_ROW", 10)
    text = "a,b\n" + "x" * 100 + "\r\n1234567\r\nc,d\r123456789\re,f"
    rows = list(read_rows(bounded_lines(io.StringIO(text, newline="")), ","))
    assert [(row.text, row.line) for row in rows if row.text] == [
        ("a,b", 1), ("x" * 11, 2), ("1234567", 3), ("c,d", 4), ("123456789", 5), ("e,f", 6),
    ]  # fmt: skip
    assert [row.line for row in rows if row.fault == TOO_LONG] == [2]

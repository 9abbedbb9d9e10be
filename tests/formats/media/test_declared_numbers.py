"""Numbers are read as the source declares them, and never guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured import SAMPLES, measured, written

from reach.errors import InputError
from reach.formats.media.cells import amount, count, number
from reach.formats.notations.declared_number import cure, plain_digits
from reach.formats.record import Options

COMMA = Options(decimal=",")
INDONESIAN = Options(decimal=",", thousands=".")
ENGLISH = Options(decimal=".", thousands=",")


@pytest.mark.parametrize(
    ("options", "cell", "value"),
    [
        (INDONESIAN, "350.000", 350000),
        (INDONESIAN, "1.376,5", 1376.5),
        (INDONESIAN, "1376,5", 1376.5),
        (INDONESIAN, " -6,8852 ", -6.8852),
        (INDONESIAN, "8.300.000.000", 8300000000),
        (ENGLISH, "350,000", 350000),
        (ENGLISH, "1,376.5", 1376.5),
        (ENGLISH, "350.000", 350),
        (COMMA, "12,5", 12.5),
        (COMMA, "350", 350),
        (Options(decimal="."), "350.000", 350),
        (Options(decimal="."), "350.125", 350.125),
    ],
)
def test_a_number_as_it_is_declared(options: Options, cell: str, value: float) -> None:
    assert number(cell, options) == amount(cell, options) == value


@pytest.mark.parametrize(
    ("options", "cell", "value"),
    [(INDONESIAN, "85.000", 85000), (INDONESIAN, "85,0", 85), (ENGLISH, "85.00", 85), (COMMA, "7", 7)],
)  # fmt: skip
def test_a_whole_number_as_it_is_declared(options: Options, cell: str, value: int) -> None:
    assert count(cell, options) == value


@pytest.mark.parametrize(
    ("options", "cell", "expected"),
    [
        (COMMA, "350.000", "a number as this source declares it, as 1376,5"),
        (INDONESIAN, "12.5", "a number as this source declares it, as 1.376,5"),
        (INDONESIAN, "1.37", "as 1.376,5"),
        (INDONESIAN, "1.3760", "as 1.376,5"),
        (INDONESIAN, "1376.500", "as 1.376,5"),
        (INDONESIAN, ".376", "as 1.376,5"),
        (INDONESIAN, "1,376.5", "as 1.376,5"),
        (INDONESIAN, "1.376,", "as 1.376,5"),
        (INDONESIAN, "1 376", "as 1.376,5"),
        (INDONESIAN, "1376", None),
        (INDONESIAN, "١", "as 1.376,5"),
        (INDONESIAN, "+5", "as 1.376,5"),
        (ENGLISH, "1.376,5", "a number as this source declares it, as 1,376.5"),
        (INDONESIAN, "Rp 350.000", "its currency stands in a column of its own, currency, as IDR"),
        (INDONESIAN, "41,5 %", "a percentage is written without its sign"),
    ],
)
def test_what_is_not_as_declared_is_refused(
    options: Options, cell: str, expected: str | None
) -> None:
    if expected is None:
        assert number(cell, options)
        return
    for read in (number, amount):
        with pytest.raises(ValueError, match=re.escape(expected)):
            read(cell, options)


@pytest.mark.parametrize(
    "cell",
    ["Rp 350.000", "Rp350000", "rp. 350000", "IDR 350000", "350000 IDR", "$12", "US$ 12", "€ 9,50", "12 rupiah", "£5"],
)  # fmt: skip
@pytest.mark.parametrize("options", [Options(), INDONESIAN])
def test_a_sign_of_currency_is_refused_with_its_cure(cell: str, options: Options) -> None:
    for read in (count, number, amount):
        with pytest.raises(ValueError, match="a column of its own, currency, as IDR"):
            read(cell, options)


@pytest.mark.parametrize(
    ("cell", "whole", "expected"),
    [
        ("350.000", False, ['if it is 350, decimal: "." beside its path', 'if it is 350000, decimal: "," and thousands: "."']),
        ("350,000", True, ['if it is 350, decimal: ","', 'if it is 350000, decimal: "." and thousands: ","']),
        ("1.376.500", True, ['written: decimal: "," and thousands: "." beside its path, or --decimal , --thousands .']),
        ("1,376", True, ['written: decimal: "." and thousands: ","']),
        ("1.376,5", False, ['written: decimal: "," and thousands: "."']),
    ],
)  # fmt: skip
def test_the_refusal_says_how_to_declare_it(cell: str, *, whole: bool, expected: list[str]) -> None:
    said = cure(cell, whole=whole)
    assert all(each in said for each in expected)


@pytest.mark.parametrize("cell", ["1.4K", "half a minute", "1..5", "1.2.3", "", "12-5", "1e5"])
def test_there_is_no_cure_for_what_is_no_number(cell: str) -> None:
    assert cure(cell, whole=False) == ""


@pytest.mark.parametrize(
    ("options", "received", "expected"),
    [
        (Options(thousands="."), 'thousands: "." without decimal', 'decimal, too: ","'),
        (Options(decimal=",", thousands=","), '"," for decimal and thousands alike', "one sign for each"),
        (Options(decimal="'"), "decimal: \"'\"", "a point or a comma"),
        (Options(decimal=".", thousands=" "), 'thousands: " "', "a point or a comma"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "sample",
    ["placement/placements.csv", "facebook/insights.csv", "tiktok/Content.csv", "meltwater/newer.csv", "universe/regions.csv"],
)  # fmt: skip
def test_what_can_not_be_declared_is_refused(
    sample: str, options: Options, received: str, expected: str
) -> None:
    with pytest.raises(InputError) as caught:
        measured(SAMPLES / sample, options)
    [fault] = caught.value.faults
    assert fault.received == received
    assert expected in fault.expected


def test_a_table_with_decimal_commas(tmp_path: Path) -> None:
    content = (
        "placement_id;medium;status;starts_on;duration_s;circulation;cost;currency;latitude;longitude\n"
        "p1;print;planned;2026-01-05;30,5;85.000;1.350.000,50;IDR;-6,8852;107,6137\n"
        "p2;print;planned;2026-01-05;30;85.00;1;IDR;-6,8852;107.6137\n"
    )
    read = measured(written(tmp_path, content), INDONESIAN)
    [row] = read.rows
    assert (row["duration_s"], row["circulation"], row["cost"]) == (30.5, 85000, 1350000.5)
    assert (row["latitude"], row["longitude"]) == (-6.8852, 107.6137)
    assert [where for where, _, _ in read.refused] == ["$.circulation"]


def test_a_declared_sign_is_part_of_the_ingest_only_where_it_is_declared() -> None:
    assert "decimal" not in Options().canonical_text()
    assert Options().canonical_text() != COMMA.canonical_text() != INDONESIAN.canonical_text()


@given(
    st.decimals(-(10**11), 10**11, places=3, allow_nan=False),
    st.sampled_from(((",", "."), (".", ","), (",", None), (".", None))),
)
def test_what_is_written_is_read_back(value: object, signs: tuple[str, str | None]) -> None:
    decimal, thousands = signs
    whole, _, decimals = f"{value:,f}".partition(".")
    said = whole.replace(",", thousands or "") + decimal + decimals
    found = plain_digits(said, decimal, thousands)
    assert found is not None
    assert float(found) == float(str(value))


@given(st.text("0123456789.,-", min_size=1, max_size=12))
def test_a_declared_number_equals_its_slow_twin(said: str) -> None:
    for decimal, thousands in ((",", "."), (".", ","), (",", None), (".", None)):
        sign, digits = ("-", said[1:]) if said.startswith("-") else ("", said)
        whole, point, decimals = digits.partition(decimal)
        groups = whole.split(thousands) if thousands else [whole]
        fits = (
            all(each.isdigit() for each in groups)
            and (len(groups) == 1 or len(groups[0]) <= 3)
            and all(len(each) == 3 for each in groups[1:])
            and (decimals.isdigit() if point else not decimals)
        )
        expected = sign + "".join(groups) + (f".{decimals}" if point else "") if fits else None
        assert plain_digits(said, decimal, thousands) == expected

"""The office's own table of whom there is to reach."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured import SAMPLES, measured, written

from reach.formats.media.totals import Whole, as_large_as_all_others, sums_up, wholes
from reach.formats.media.universe import COLUMNS
from reach.formats.record import Options
from reach.schemas import schema

HEADER = "region;code;age;persons;source;as_of"
GOOD = {
    "region": "Kab. Bogor", "code": "3201", "age": "18+", "persons": "300", "source": "BPS", "as_of": "2020",
}  # fmt: skip


def table(*rows: dict[str, str]) -> str:
    return "\n".join([HEADER, *(";".join((GOOD | row).values()) for row in rows)])


def test_the_sample_is_read_without_its_totals() -> None:
    path = SAMPLES / "universe" / "regions.csv"
    read = measured(path)
    assert (read.format, read.rejections) == ("universe", [])
    assert read.rows[0] == {
        "region": "Kab. Bogor",
        "code": "32.01",
        "age": "18+",
        "persons": 3741200,
        "source": "made up",
        "as_of": "2020-09",
    }
    assert {row["region"] for row in read.rows} == {"Kab. Bogor", "Kab. Sukabumi", "Kota Bandung"}
    assert (read.balance.records, read.balance.accepted, read.balance.without_event) == (8, 6, 2)
    told = read.remarks
    assert (told.totals, told.uneven, told.perhaps) == (("Jumlah", "32 Jawa Barat"), (), ())


def test_each_column_is_a_field_of_the_schema_and_each_field_a_column() -> None:
    assert [column.said for column in COLUMNS] == [column.field for column in COLUMNS]
    assert [column.field for column in COLUMNS] == list(schema("universe")["properties"])


@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        ({"region": ""}, "$.region", "nothing", "a value for region"),
        ({"age": ""}, "$.age", "nothing", "an age as 18+, 0-17 or all"),
        ({"age": "05-Sep"}, "$.age", '"05-sep"', "a spreadsheet may have made a day of 5-9"),
        ({"age": "17-5"}, "$.age", '"17-5"', "an age that ends after it begins, as 0-17"),
        ({"age": "adults"}, "$.age", '"adults"', "an age as 18+, 0-17 or all"),
        ({"persons": "0"}, "$.persons", "0", "a whole number of persons from 1"),
        ({"persons": "-300"}, "$.persons", "-300", "a whole number of persons from 1"),
        ({"persons": "8300000001"}, "$.persons", "8300000001", "a whole number of persons from 1"),
        ({"persons": "3.741.200"}, "$.persons", '"3.741.200"', 'decimal: "," and thousands: "." beside its path, or --decimal , --thousands .'),
        ({"persons": "3,741,200"}, "$.persons", '"3,741,200"', 'decimal: "." and thousands: "," beside its path'),
        ({"persons": "3,7 juta"}, "$.persons", '"3,7 juta"', "a whole number in digits alone"),
        ({"source": ""}, "$.source", "nothing", "a value for source"),
        ({"as_of": ""}, "$.as_of", "nothing", "a year, month or day"),
        ({"as_of": "2020-13"}, "$.as_of", '"2020-13"', "a year, month or day that exists"),
        ({"as_of": "2021-02-29"}, "$.as_of", '"2021-02-29"', "a year, month or day that exists"),
        ({"as_of": "15/09/2020"}, "$.as_of", '"15/09/2020"', "a year, month or day, as 2020"),
        ({"code": "JB-01"}, "$.code", '"JB-01"', "a code in digits, with dots or without"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_refused_by_its_column(
    tmp_path: Path, change: dict[str, str], place: str, received: str, expected: str
) -> None:
    read = measured(written(tmp_path, table({}, change)))
    [(where, got, wanted)] = read.refused
    assert where == place
    assert received in got
    assert expected in wanted
    assert len(read.rows) == 1


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"age": "0 – 17"}, "age", "0-17"),
        ({"age": "ALL"}, "age", "all"),
        ({"age": "17-17"}, "age", "17-17"),
        ({"code": "3201.0"}, "code", "3201"),
        ({"code": ""}, "code", None),
        ({"as_of": "2020-02-29"}, "as_of", "2020-02-29"),
        ({"persons": "300.0"}, "persons", 300),
        ({"region": "Total Persada"}, "region", "Total Persada"),
    ],
)
def test_what_is_only_unusual_is_taken(
    tmp_path: Path, change: dict[str, str], field: str, value: object
) -> None:
    [row] = measured(written(tmp_path, table(change))).rows
    assert row.get(field) == value


@pytest.mark.parametrize(
    "name", ["Jumlah", "TOTAL", "Grand Total", "grand-total:", "Keseluruhan", " Sub Total "]
)
@pytest.mark.parametrize("column", ["region", "code"])
def test_a_total_by_name_is_put_aside(tmp_path: Path, name: str, column: str) -> None:
    path = written(tmp_path, table({}, {"persons": "1", column: name}))
    read = measured(path)
    assert len(read.rows) == 1
    assert (read.refused, read.balance.without_event) == ([], 1)
    assert read.remarks.totals == (name.strip(),)


def test_a_region_among_its_parts_is_put_aside_and_compared(tmp_path: Path) -> None:
    rows = [
        {"region": "Jawa Barat", "code": "32", "persons": "900"},
        {"region": "Bogor", "code": "32.01", "persons": "300"},
        {"region": "Cibinong", "code": "3201010", "persons": "100"},
        {"region": "Sukabumi", "code": "3202", "persons": "500"},
        {"region": "Jawa Tengah", "code": "33", "persons": "700"},
        {"region": "Jawa Barat", "code": "32", "persons": "40", "age": "0-17"},
        {"region": "Tanpa Kode", "code": "", "persons": "5"},
    ]
    path = written(tmp_path, table(*rows))
    read = measured(path)
    # At ages 0 to 17 Jawa Barat has no parts.
    assert [(row["region"], row["age"]) for row in read.rows] == [
        ("Cibinong", "18+"), ("Sukabumi", "18+"), ("Jawa Tengah", "18+"), ("Jawa Barat", "0-17"), ("Tanpa Kode", "18+"),
    ]  # fmt: skip
    assert set(read.remarks.totals) == {"32 Jawa Barat", "32.01 Bogor"}
    assert set(read.remarks.uneven) == {
        Whole("32 Jawa Barat", 900, 600), Whole("32.01 Bogor", 300, 100),
    }  # fmt: skip


def test_a_row_as_large_as_all_others_is_kept_and_told(tmp_path: Path) -> None:
    rows = [
        {"region": "Bogor", "code": "", "persons": "300"},
        {"region": "Sukabumi", "code": "", "persons": "500"},
        {"region": "Jawa Barat", "code": "", "persons": "800"},
    ]
    path = written(tmp_path, table(*rows))
    assert len(measured(path).rows) == 3
    assert measured(path).remarks.perhaps == ("Jawa Barat",)
    two = written(tmp_path, table(rows[0], rows[0] | {"region": "Kota Bogor"}), "two.csv")
    assert measured(two).remarks.perhaps == ()


def test_numbers_as_the_source_declares_them(tmp_path: Path) -> None:
    path = written(tmp_path, table({"persons": "3.741.200"}, {"persons": "3741200"}))
    read = measured(path, Options(decimal=",", thousands="."))
    assert [row["persons"] for row in read.rows] == [3741200, 3741200]


CODES = st.lists(
    st.tuples(st.text("12", max_size=4), st.integers(1, 9), st.sampled_from(("18+", "all"))),
    max_size=12,
)


@given(CODES, st.integers(0, 99))
def test_wholes_are_what_a_comparison_of_all_pairs_finds(
    said: list[tuple[str, int, str]], seed: int
) -> None:
    rows: list[dict[str, Any]] = [
        {"region": f"r{place}", "code": ".".join(code) if place % 2 else code, "persons": persons, "age": age}
        for place, (code, persons, age) in enumerate(said)
    ]  # fmt: skip
    random.Random(seed).shuffle(rows)  # noqa: S311 -- a test's order

    def within(one: dict[str, Any], other: dict[str, Any]) -> bool:
        inner, outer = (each["code"].replace(".", "") for each in (one, other))
        return bool(
            one["age"] == other["age"] and outer and inner != outer and inner.startswith(outer)
        )

    expected = {}
    for index, row in enumerate(rows):
        parts = [each for each in rows if within(each, row)]
        leaves = [each for each in parts if not any(within(other, each) for other in rows)]
        if parts:
            total = sum(each["persons"] for each in leaves)
            expected[index] = Whole(f"{row['code']} {row['region']}", row["persons"], total)
    assert wholes(rows, "persons", ("age",)) == expected


@given(st.lists(st.integers(1, 6), max_size=8))
def test_as_large_as_all_others_is_what_adding_them_up_finds(persons: list[int]) -> None:
    rows = [{"region": f"r{place}", "persons": each} for place, each in enumerate(persons)]
    expected = [
        f"r{place}"
        for place, each in enumerate(persons)
        if len(persons) >= 3 and each == sum(persons[:place] + persons[place + 1 :])
    ]
    assert as_large_as_all_others(rows, "persons", ()) == expected


@pytest.mark.parametrize("cell", ["", "Totalan", "Kab. Total", "all", 5, None, "Jumlahan"])
def test_what_is_no_total(cell: object) -> None:
    assert not sums_up(cell)

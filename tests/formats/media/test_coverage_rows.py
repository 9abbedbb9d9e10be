"""The office's own table of what has a signal."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured import SAMPLES, measured, written

from reach.formats.media.coverage import COLUMNS
from reach.formats.record import Options
from reach.schemas import schema

GOOD = {
    "region": "Kab. Sukabumi",
    "code": "3202",
    "definition": "outdoor 4G of any operator",
    "unit": "persons",
    "denominator": "2725300",
    "covered": "2520900",
    "technology": "4G",
    "source": "made up",
    "as_of": "2025",
}


def table(*rows: dict[str, str]) -> str:
    return "\n".join([";".join(GOOD), *(";".join((GOOD | row).values()) for row in rows)])


def test_the_sample_is_read() -> None:
    read = measured(SAMPLES / "coverage" / "signal.csv")
    assert (read.format, read.rejections) == ("coverage", [])
    assert read.rows[3] == {
        "region": "Kab. Sukabumi",
        "code": "32.02",
        "definition": "outdoor 4G signal of any operator",
        "unit": "area",
        "denominator": 4145.7,
        "covered": 3120.4,
        "technology": "4G",
        "source": "made up",
        "as_of": "2025",
    }
    assert read.rows[4]["unit"] == "villages"


def test_each_column_is_a_field_of_the_schema_and_each_field_a_column() -> None:
    assert [column.said for column in COLUMNS] == [column.field for column in COLUMNS]
    assert [column.field for column in COLUMNS] == list(schema("coverage")["properties"])


@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        ({"definition": ""}, "$.definition", "nothing", "what counts as covered"),
        ({"unit": ""}, "$.unit", "nothing", "one of persons, households, area, villages"),
        ({"unit": "people"}, "$.unit", '"people"', "one of persons, households, area, villages"),
        ({"denominator": ""}, "$.denominator", "nothing", "how many of the unit there are, above 0"),
        ({"denominator": "0"}, "$.denominator", "0", "how many of the unit there are, above 0"),
        ({"source": ""}, "$.source", "nothing", "a value for source"),
        ({"covered": ""}, "$.covered", "nothing", "where nobody knows, leave the row away"),
        ({"covered": "-1"}, "$.covered", "-1", "how many of them are covered, from 0"),
        ({"covered": "2725301"}, "$.covered", "2725301", "at most the 2725300.0 in denominator: what is covered is a part of what there is"),
        ({"covered": "92.5"}, "$.covered", "92.5", "a whole number: persons are counted"),
        ({"unit": "villages", "denominator": "386.5", "covered": "1"}, "$.denominator", "386.5", "a whole number: villages are counted"),
        ({"covered": "92 %"}, "$.covered", '"92 %"', "a percentage is written without its sign"),
        ({"as_of": "2025-00"}, "$.as_of", '"2025-00"', "a year, month or day that exists"),
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


def test_nothing_and_all_can_be_covered_and_a_day_may_be_left_out(tmp_path: Path) -> None:
    changes = [{"covered": "0"}, {"covered": "2725300"}, {"as_of": "", "code": ""}]
    read = measured(written(tmp_path, table(*changes)))
    assert [row["covered"] for row in read.rows] == [0, 2725300, 2520900]
    assert "as_of" not in read.rows[2]


def test_only_parts_by_the_same_definition_put_a_region_aside(tmp_path: Path) -> None:
    rows = [
        {"region": "Jawa Barat", "code": "32"},
        {"region": "Jawa Barat", "code": "32", "unit": "area"},
        {"region": "Jumlah", "code": ""},
        {},
    ]
    read = measured(written(tmp_path, table(*rows)))
    assert [(row["region"], row["unit"]) for row in read.rows] == [
        ("Jawa Barat", "area"), ("Kab. Sukabumi", "persons"),
    ]  # fmt: skip
    assert read.remarks.totals == ("Jumlah", "32 Jawa Barat")
    assert (read.balance.accepted, read.balance.without_event) == (2, 2)


def test_a_decimal_comma_is_read_where_it_is_declared(tmp_path: Path) -> None:
    area = {"unit": "area", "denominator": "4.145,7", "covered": "3120,4"}
    path = written(tmp_path, table(area))
    [row] = measured(path, Options(decimal=",", thousands=".")).rows
    assert (row["denominator"], row["covered"]) == (4145.7, 3120.4)
    [(where, _, wanted)] = measured(path).refused
    assert where == "$.denominator"
    assert 'declare how numbers are written: decimal: "," and thousands: "."' in wanted

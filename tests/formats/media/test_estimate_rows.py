"""The office's own table of what it has to suppose."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured import SAMPLES, measured, written

from reach.formats.media.estimate import COLUMNS, SHARES, TAKES
from reach.schemas import schema
from reach.stats.estimated import input_distributions as known

NUMBERS = ("value", "low", "high", "sample_size")
NAMES = ("medium", "input", "distribution", *NUMBERS, "period_start", "period_end", "source")
GOOD = {"medium": "print", "input": "copies", "distribution": "fixed", "value": "85000", "source": "audit"}  # fmt: skip
COMPLETE = {
    "fixed": {"value": "0.3"},
    "normal": {"value": "0.3", "low": "0.2", "high": "0.4"},
    "lognormal": {"low": "0.2", "high": "0.4"},
    "beta": {"value": "0.3", "sample_size": "50"},
    "triangular": {"value": "0.3", "low": "0.2", "high": "0.9"},
    "uniform": {"low": "0", "high": "1"},
}


def table(*rows: dict[str, str]) -> str:
    cells = [";".join(row.get(name, "") for name in NAMES) for row in rows]
    return "\n".join([";".join(NAMES), *cells])


def test_the_sample_is_read() -> None:
    read = measured(SAMPLES / "estimate" / "inputs.csv")
    assert (read.format, read.rejections) == ("estimate", [])
    assert [(row["input"], row["distribution"]) for row in read.rows] == [
        ("copies", "normal"), ("readers_per_copy", "lognormal"), ("noting", "beta"), ("passers", "triangular"),
        ("visibility", "uniform"), ("area_m2", "fixed"), ("density", "triangular"),
    ]  # fmt: skip
    assert read.rows[2] == {
        "medium": "print",
        "vehicle": "Harian Pasundan",
        "campaign": "imunisasi-2026",
        "period_start": "2026-01-07",
        "period_end": "2026-01-07",
        "input": "noting",
        "distribution": "beta",
        "value": 0.35,
        "sample_size": 120.0,
        "source": "Survei Pembaca",
    }


def test_each_column_is_a_field_of_the_schema_and_each_field_a_column() -> None:
    assert [column.said for column in COLUMNS] == [column.field for column in COLUMNS]
    fields = schema("estimate")["properties"]
    assert [column.field for column in COLUMNS] == list(fields)
    assert list(TAKES) == fields["distribution"]["enum"]
    assert set(SHARES) < set(fields["input"]["enum"])
    # Each has its like among the distributions that are drawn from.
    assert all(hasattr(known, name.capitalize()) for name in TAKES)


@pytest.mark.parametrize("distribution", TAKES)
def test_each_distribution_needs_its_fields_and_no_others(
    tmp_path: Path, distribution: str
) -> None:
    complete = GOOD | {"input": "noting", "distribution": distribution, "value": ""}
    complete |= COMPLETE[distribution]
    needed = [name for name in NUMBERS if complete.get(name)]
    assert set(needed) == set(TAKES[distribution])
    for name in needed:
        read = measured(written(tmp_path, table(complete, complete | {name: ""})))
        [(where, got, wanted)] = read.refused
        assert (where, got, len(read.rows)) == (f"$.{name}", "nothing", 1)
        assert f"a number, since {distribution} needs" in wanted
    for name in set(NUMBERS) - set(needed):
        read = measured(written(tmp_path, table(complete, complete | {name: "0.3"})))
        [(where, _, wanted)] = read.refused
        assert (where, len(read.rows)) == (f"$.{name}", 1)
        assert f"nothing: {distribution} is told by" in wanted


@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        ({"medium": "newspaper"}, "$.medium", '"newspaper"', "one of tv"),
        ({"input": "reach"}, "$.input", '"reach"', "one of readers_per_copy"),
        ({"distribution": "gamma"}, "$.distribution", '"gamma"', "one of fixed, normal"),
        ({"source": ""}, "$.source", "nothing", "a value for source"),
        ({"value": "-1"}, "$.value", "-1", "a number of at least 0"),
        ({"value": "85.000"}, "$.value", '"85.000"', "if it is 85000, decimal"),
        ({"input": "noting", "value": "35"}, "$.value", "35", "a share of 1, as 0.35 for 35 %"),
        ({"input": "visibility", "distribution": "uniform", "value": "", "low": "0.4", "high": "70"}, "$.high", "70", "a share of 1"),
        ({"distribution": "beta", "value": "0.3", "sample_size": "9"}, "$.distribution", '"beta"', "beta is of shares (noting"),
        ({"input": "noting", "distribution": "beta", "value": "1", "sample_size": "9"}, "$.value", "1", "a share above 0 and below 1"),
        ({"input": "noting", "distribution": "beta", "value": "0.3", "sample_size": "0"}, "$.sample_size", "0", "a number above 0; of a clustered sample"),
        ({"distribution": "uniform", "value": "", "low": "5", "high": "4"}, "$.low", "5", "at most the 4.0 in high: a range ends above where it begins"),
        ({"distribution": "uniform", "value": "", "low": "5", "high": "5"}, "$.high", "5", "more than low, 5; of what is known without doubt fixed"),
        ({"distribution": "triangular", "value": "6", "low": "4", "high": "5"}, "$.value", "6", "at most the 5.0 in high: a value lies within its range"),
        ({"distribution": "triangular", "value": "3", "low": "4", "high": "5"}, "$.low", "4", "at most the 3.0 in value: a value lies within its range"),
        ({"distribution": "lognormal", "value": "", "low": "0", "high": "5"}, "$.low", "0", "a number above 0: a lognormal has no zero"),
        ({"distribution": "normal", "value": "100", "low": "50", "high": "200"}, "$.value", "100", "about 125, the middle of low and high"),
        ({"period_start": "2026-01-05"}, "$.period_end", "nothing", "since period_start is given"),
        ({"period_start": "2026-01-05", "period_end": "2026-01-04"}, "$.period_start", "2026-01-05", "a period ends after it begins"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_refused_by_its_column(
    tmp_path: Path, change: dict[str, str], place: str, received: str, expected: str
) -> None:
    read = measured(written(tmp_path, table(GOOD, GOOD | change)))
    [(where, got, wanted)] = read.refused
    assert where == place
    assert received in got
    assert expected in wanted
    assert len(read.rows) == 1


def test_a_normal_may_be_as_askew_as_rounding_makes_it(tmp_path: Path) -> None:
    row = GOOD | {"distribution": "normal", "value": "2.3", "low": "1.9", "high": "2.8"}
    assert measured(written(tmp_path, table(row))).rejections == []

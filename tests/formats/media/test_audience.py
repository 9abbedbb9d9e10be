"""Audiences that somebody measured, and what no measurement can be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.formats.media.audience.format import COLUMNS, AudienceFormat
from reach.formats.media.audience.grades import MEASURED, METHODS
from reach.schemas import schema
from reach.vocabulary import Grade

GOOD: dict[str, Any] = {
    "medium": "tv",
    "target": "adults 18+",
    "universe": 1_000_000,
    "universe_source": "Sensus Penduduk 2020",
    "period_start": "2026-01-05",
    "period_end": "2026-02-04",
    "reach1_pct": 41.0,
    "source": "Panel Pemirsa",
    "method": "panel_meter",
}
TAKEN = GOOD | {"unit": "persons", "grade": "C"}


def as_csv(folder: Path, *rows: dict[str, Any]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [["" if row.get(name) is None else str(row[name]) for name in names] for row in rows]
    return written(folder, "\n".join(map(";".join, [names, *cells])))


def with_change(folder: Path, change: dict[str, Any]) -> Measured:
    return measured(as_csv(folder, GOOD, GOOD | change))


def test_the_sample_is_read_with_its_grades_and_units() -> None:
    read = measured(SAMPLES / "audience" / "audiences.csv")
    assert (read.format, read.rejections) == ("audience", [])
    assert [(row["method"], row["grade"], row["unit"]) for row in read.rows] == [
        ("panel_meter", "C", "persons"),
        ("probability_survey", "D", "persons"),
        ("probability_survey", "D", "persons"),
        ("platform_report", "B", "accounts"),
        ("traffic_count", "E", "persons"),
        ("expert_estimate", "E", "persons"),
        ("circulation_claim", "P", "copies"),
    ]
    assert read.rows[0] == {
        "medium": "tv",
        "market": "Jawa Barat",
        "campaign": "imunisasi-2026",
        "target": "adults 18+",
        "unit": "persons",
        "universe": 35600000,
        "universe_source": "Sensus Penduduk 2020",
        "period_start": "2026-01-05",
        "period_end": "2026-02-04",
        "insertions": 42,
        "tvr": 2.1,
        "grp": 88.2,
        "ots_average": 2.7,
        "reach1_pct": 32.7,
        "reach2_pct": 18.4,
        "reach3_pct": 9.6,
        "source": "Panel Pemirsa",
        "method": "panel_meter",
        "grade": "C",
        "sample_size": 1850,
    }


def test_each_column_is_a_field_of_the_schema_and_each_field_a_column() -> None:
    assert [column.said for column in COLUMNS] == [column.field for column in COLUMNS]
    assert [column.field for column in COLUMNS] == list(schema("audience")["properties"])
    assert set(MEASURED) < set(schema("audience")["properties"])


@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        # Issue: what is impossible.
        ({"reach": 1_000_001}, "$.reach", "1000001", "at most the 1000000 in universe: nobody is reached outside the universe"),
        ({"readership": 1_000_001}, "$.readership", "1000001", "at most the 1000000 in universe"),
        ({"reach": 410_000, "impressions": 409_999}, "$.reach", "410000", "at most the 409999 in impressions"),
        ({"reach": 410_000, "ots_gross": 409_999}, "$.reach", "410000", "at most the 409999 in ots_gross"),
        ({"reach3_pct": 41.1}, "$.reach3_pct", "41.1", "at most the 41.0 in reach1_pct: who was reached more often"),
        ({"reach2_pct": 5, "reach10_pct": 5.5}, "$.reach10_pct", "5.5", "at most the 5.0 in reach2_pct"),
        ({"grp": 40}, "$.reach1_pct", "41.0", "at most the 40.0 in grp: each of them had at least one contact"),
        ({"grp": 1300, "ots_average": 10}, "$.grp", "1300.0", "at most 1000 at 10 contacts each (ots_average): else 130 % of the universe are reached"),
        ({"grp": 100, "reach3_pct": 35}, "$.reach3_pct", "35", "at most 33.33: 100 points (grp) are no more 3 times"),
        ({"grp": 120, "tvr": 40, "ots_average": 6}, "$.reach1_pct", "41.0", "about 20, which is grp / ots_average in percent"),
        # Two ways to the same percentage: apart by more than a tenth of it, or by more than a point.
        ({"reach": 370_000}, "$.reach1_pct", "41.0", "about 37, which is reach / universe in percent"),
        ({"grp": 92.5, "ots_average": 2.5}, "$.reach1_pct", "41.0", "about 37, which is grp / ots_average in percent"),
        ({"reach1_pct": 4.1, "reach": 30_000}, "$.reach1_pct", "4.1", "about 3, which is reach / universe in percent"),
        ({"tvr": 60, "grp": 50}, "$.tvr", "60.0", "at most the 50.0 in grp"),
        ({"reach": 210_000}, "$.reach1_pct", "41.0", "about 21, which is reach / universe in percent"),
        ({"reach1_pct": 0.41, "reach": 410_000}, "$.reach1_pct", "0.41", "about 41, which is reach / universe in percent"),
        ({"reach1_pct": 0.41, "grp": 123, "ots_average": 3}, "$.reach1_pct", "0.41", "about 41, which is grp / ots_average in percent"),
        ({"reach1_pct": 100.1}, "$.reach1_pct", "100.1", "a percentage from 0 to 100"),
        ({"reach3_pct": -0.1}, "$.reach3_pct", "-0.1", "a percentage from 0 to 100"),
        ({"tvr": 101}, "$.tvr", "101.0", "a percentage from 0 to 100"),
        ({"ots_average": 0.5}, "$.ots_average", "0.5", "a number from 1: who was reached had at least one contact"),
        ({"sample_size": 0}, "$.sample_size", "0", "a whole number from 1; where it is not known, nothing"),
        ({"sample_size": 1_000_001}, "$.sample_size", "1000001", "at most the 1000000 in universe: a sample is a part of its universe"),
        ({"sample_size": 100, "design_effect": 0}, "$.design_effect", "0.0", "a number above 0, as 1.5"),
        ({"sample_size": 100, "design_effect": 150}, "$.design_effect", "150.0", "at most the 100 in sample_size"),
        ({"design_effect": 1.5}, "$.sample_size", "nothing", "since design_effect is given"),
        ({"reach1_low_pct": 42, "reach1_high_pct": 45, "confidence_level": 0.95}, "$.reach1_low_pct", "42.0", "at most the 41.0 in reach1_pct: an estimate lies within its interval"),
        ({"reach1_low_pct": 38, "reach1_high_pct": 40, "confidence_level": 0.95}, "$.reach1_pct", "41.0", "at most the 40.0 in reach1_high_pct"),
        ({"reach1_low_pct": 38, "reach1_high_pct": 44}, "$.confidence_level", "nothing", "a share of 1, as 0.95"),
        ({"reach1_low_pct": 38, "reach1_high_pct": 44, "confidence_level": 95}, "$.confidence_level", "95.0", "a share of 1, as 0.95"),
        ({"period_end": "2026-01-04"}, "$.period_start", '"2026-01-05"', "nothing later than period_end, 2026-01-04: a period ends after it begins"),
        ({"period_start": "January"}, "$.period_start", '"January"', "a day as 2026-01-05, the year first"),
        ({"universe": ""}, "$.universe", "nothing", "a value for universe, since reach1_pct is given"),
        ({"universe_source": ""}, "$.universe_source", "nothing", "since universe is given"),
        ({"target": ""}, "$.target", "nothing", "since reach1_pct is given"),
        ({"universe": "35,6 juta"}, "$.universe", '"35,6 juta"', "a whole number in digits alone"),
        ({"reach1_pct": "41 %"}, "$.reach1_pct", '"41 %"', "a number with a decimal point"),
        ({"reach1_pct": "41,0"}, "$.reach1_pct", '"41,0"', "a number with a decimal point"),
        ({"grp": "1.300"}, "$.grp", '"1.300"', "a number with a decimal point"),
        # What a method is worth.
        ({"grade": "B"}, "$.grade", '"B"', "C at best, which is what panel_meter is worth"),
        ({"grade": "A"}, "$.grade", '"A"', "one of B, C, D, E, P"),
        ({"grade": "P"}, "$.reach1_pct", "41.0", "nothing: a number of grade P is whom something might reach; its place is potential_audience"),
        ({"method": "circulation_claim"}, "$.reach1_pct", "41.0", "its place is potential_audience"),
        ({"method": "probability_survey"}, "$.sample_size", "nothing", "how many were asked"),
        ({"reach1_pct": ""}, "$.reach", "nothing", "a number that was measured"),
        ({"method": "hunch"}, "$.method", '"hunch"', "one of panel_meter"),
        ({"medium": "newspaper"}, "$.medium", '"newspaper"', "one of tv"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_refused_by_its_column(
    tmp_path: Path, change: dict[str, Any], place: str, received: str, expected: str
) -> None:
    read = with_change(tmp_path, change)
    [(where, got, wanted)] = read.refused
    assert where == place
    assert received in got
    assert expected in wanted
    assert read.rows == [TAKEN]


@pytest.mark.parametrize(
    "change",
    [
        {"reach": 410_000, "impressions": 410_000, "ots_gross": 410_000},
        {"reach": 409_600},  # 40.96 %, rounded
        {"reach": 373_000},  # by a tenth of it, rounded
        {"reach": 455_000},
        {"reach1_pct": 4.1, "reach": 32_000},  # by less than a point
        {"reach1_pct": 100.0, "reach10_pct": 100.0, "grp": 1000.0, "ots_average": 10.0},
        {"reach1_pct": 99.9, "grp": 1000.0, "ots_average": 10.0},
        {"grp": 41.0},
        {"grp": 40.6},  # a rounded 41 may have been 40.6
        {"reach1_pct": 0.4},  # a niche, or a share of 1: nothing here says
        {"reach1_pct": 0.0},
        {"reach3_pct": 41.0},
        {"sample_size": 1, "design_effect": 0.7},
        {"sample_size": 1_000_000},
        {"period_end": "2026-01-05"},
        {"unit": "households"},
        {"grade": "E"},
        {"reach1_low_pct": 41.0, "reach1_high_pct": 41.0, "confidence_level": 0.9},
        {"potential_audience": 9_000_000},
    ],
)
def test_what_is_only_unusual_is_taken(tmp_path: Path, change: dict[str, Any]) -> None:
    assert with_change(tmp_path, change).rows == [TAKEN, TAKEN | change]


@pytest.mark.parametrize(("said", "method"), METHODS.items())
def test_a_grade_follows_from_the_method(tmp_path: Path, said: str, method: Any) -> None:  # noqa: ANN401
    potential = method.grade is Grade.POTENTIAL
    told = {"potential_audience": 85_000} if potential else {"reach": 85_000, "sample_size": 900}
    row = {name: each for name, each in GOOD.items() if name != "reach1_pct"}
    [read] = measured(as_csv(tmp_path, row | told | {"method": said})).rows
    assert (read["grade"], read["unit"]) == (method.grade, method.unit)


@pytest.mark.parametrize("told", MEASURED)
def test_a_potential_audience_tells_of_nobody_reached(tmp_path: Path, told: str) -> None:
    row = {name: each for name, each in GOOD.items() if name != "reach1_pct"}
    row |= {"method": "follower_count", told: 1, "potential_audience": 85_000}
    [(place, _, expected)] = measured(as_csv(tmp_path, row)).refused
    assert place == f"$.{told}"
    assert "potential_audience" in expected


def test_json_has_the_same_fields(tmp_path: Path) -> None:
    rows = [GOOD, GOOD | {"grp": 1300, "ots_average": 10}, GOOD | {"reach3_pct": float("nan")}]
    read = measured(written(tmp_path, "\n".join(map(json.dumps, rows)), "table.ndjson"))
    assert read.rows == [TAKEN]
    assert [place for place, _, _ in read.refused] == ["$.grp", "$.reach3_pct"]


def test_whole_numbers_of_json_may_have_any_size(tmp_path: Path) -> None:
    huge = 10**300
    rows = [GOOD, *(GOOD | {name: huge} for name in ("reach", "grp", "ots_gross", "design_effect"))]
    read = measured(written(tmp_path, "\n".join(map(json.dumps, rows)), "table.ndjson"))
    assert read.rows == [TAKEN]


def test_shares_of_one_are_told_of() -> None:
    assert any("share of 1" in said for said in AudienceFormat.silent)

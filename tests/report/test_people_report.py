"""Reports of persons reached: both languages, every width, and nothing without words."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from rich.cells import cell_len
from rows_of import TOWNS, row

from reach.compare.persons.find import Known, channels_measured, find_persons
from reach.compare.persons.pairs import level_of_each
from reach.media.exposures import exposures
from reach.media.medium import Medium
from reach.media.row import Row
from reach.media.together.notes import CODES
from reach.report.csv_text import csv_text
from reach.report.people.lines import people_lines, persons_lines
from reach.report.render import render
from reach.report.words import LANGUAGES, knows

PERIOD = {"period_start": "2026-01-05", "period_end": "2026-02-04", "source": "made up"}
HEADING = {
    "schema": "reach.people/1",
    "experiment": "towns",
    "title": {"en": "Towns", "id": "Kota"},
    "simulated": True,
    "period": {"start": "2026-01-05", "end": "2026-02-04"},
    "titles": {"tv": {"en": "television", "id": "televisi"}},
}
BALANCE = {
    "records": 3, "accepted": 3, "rejected": 0, "without_event": 0, "events": 0, "facts": 0,
    "repeats": 0, "sources": [],
}  # fmt: skip


def audience(medium: str, percent: float, **more: object) -> Row:
    said = {
        "medium": medium, "universe": TOWNS.total, "universe_source": "census", "target": "all",
        "unit": "persons", "reach1_pct": percent, "method": "panel_meter", "grade": "C",
        "sample_size": 2000, "design_effect": 1.5,
    }  # fmt: skip
    return row("audience", f"{medium}.csv:2", **(PERIOD | said | more))


@pytest.fixture
def people() -> dict[str, Any]:
    """TV, radio and a paper; posters nobody counted, accounts, and a forum of the staff."""
    forum = {
        "event_id": "1", "form": "forum", "starts_at": "2026-01-14T09:00:00+07:00",
        "attendance_count": 64, "count_method": "register", "unique_attendees": 61,
    }  # fmt: skip
    poster = {
        "placement_id": "1", "medium": "poster", "status": "confirmed", "evidence_uri": "a.jpg",
        "starts_on": "2026-01-05", "cost": 5000.0, "currency": "IDR",
    }  # fmt: skip
    accounts = {
        "medium": "social", "unit": "accounts", "reach": 30_000, "method": "platform_report",
        "grade": "B",
    }  # fmt: skip
    spots = {**poster, "placement_id": "2", "medium": "tv", "cost": 900_000.0}
    rows = [
        audience("tv", 30),
        audience("radio", 28),
        audience("print", 2, method="probability_survey", grade="D"),
        row("placement", "posters.csv:2", **poster),
        row("placement", "tv-sent.csv:2", **spots),
        row("audience", "social.csv:2", **(PERIOD | accounts)),
        Row("attendance", forum, "forum.csv:2", "staff_forum", "internal"),
    ]
    plain = exposures(rows, TOWNS, 7, 0.95)
    surer = exposures(rows, TOWNS, 7, level_of_each(0.95, channels_measured(plain, {})))
    found = find_persons(Known(TOWNS, plain, surer, {}, (), ()), 0.95)
    return HEADING | found | {"balance": BALANCE, "rejections": [], "warnings": []}


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_its_terminal(people: dict[str, Any], lang: Any, width: int) -> None:  # noqa: ANN401
    lines = people_lines(people, lang, width)
    assert lines
    assert max(cell_len(line.plain) for line in lines) <= width


def test_the_verdict_comes_first_and_says_its_rung_and_grade(people: dict[str, Any]) -> None:
    text = " ".join(render(people, "table", "en", view="people").split())
    verdict = text.index("All channels together reached 50,600 of 100,000 persons (51 %)")
    assert verdict < text.index("rung 3 (independence within regions), grade D")
    assert verdict < text.index("television (C)")
    assert "television (C) and radio (C) > print (D)" in text
    assert "Undetermined, because intervals touch: television – radio." in text


def test_what_is_no_person_stands_apart(people: dict[str, Any]) -> None:
    text = " ".join(render(people, "table", "en", view="people").split())
    apart = text.index("Counted in accounts or devices, which are no persons")
    assert "30,000 accounts" in text[apart:]
    assert "Not measured, which is not nobody" in text
    assert "Internal: the office's own staff, never added to the public" in text


def test_indonesian_is_no_english(people: dict[str, Any]) -> None:
    text = " ".join(render(people, "table", "id", view="people").split())
    assert "Semua kanal bersama menjangkau 50.600 dari 100.000 orang (51 %)" in text
    assert "televisi (C)" in text
    assert not [word for word in (" the ", " persons ", " which ") if word in text]


def test_a_comparison_shows_persons_and_where_there_is_more(people: dict[str, Any]) -> None:
    result = {"experiment": "towns", "persons": people}
    lines = persons_lines(result, "en", 80)
    text = " ".join(" ".join(line.plain for line in lines).split())
    assert "Persons reached, of 100,000" in text
    assert "reach people towns" in text
    assert "television (C) and radio (C) > print (D)" in text
    assert "comparisons hold on the stated assumptions only" in text
    assert persons_lines({"experiment": "towns"}, "en", 80) == []


def test_csv_has_a_row_a_number(people: dict[str, Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(people))))
    told = {(each["table"], each["arm"], each["quantity"]): each for each in rows}
    assert told["public_channels", "tv", "reached"]["value"] == "30000.0"
    assert told["public_channels", "tv", "cost_per_person"]["unit"] == "IDR"
    assert told["public_channels", "poster", "not_measured"]["because"]
    assert told["internal_channels", "staff_forum", "reached"]["value"] == "61.0"
    assert told["public_comparisons", "tv", "difference"]["verdict"] in ("better", "undetermined")
    assert {each["simulated"] for each in rows} == {"true"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_note_rung_and_medium_has_words(lang: Any) -> None:  # noqa: ANN401
    keys = [f"note_{code}" for code in CODES]
    keys += [f"rung_{step}" for step in range(1, 6)] + [f"means_{each}" for each in Medium]
    keys += [f"unit_{each}" for each in ("persons", "households", "accounts", "devices", "copies")]
    keys += [f"people_open_{each}" for each in ("sampling", "bounds")]
    assert [key for key in keys if not knows(lang, key)] == []

"""Rows that count people, valid and invalid by their schemas alone; found by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reach.explanations import violations
from reach.formats.media.audience.grades import METHODS, REACH
from reach.formats.media.families import is_member
from reach.formats.registry import MEDIA
from reach.media.medium import Medium
from reach.schemas import schema
from reach.vocabulary import Grade, Purpose

DATA = Path(__file__).parents[2] / "data"
ROWS = (
    "mention", "placement", "audience", "attendance", "survey", "universe", "coverage", "estimate",
)  # fmt: skip


def _samples(verdict: str) -> list[Path]:
    found = [sorted((DATA / verdict / row).glob("*.json")) for row in ROWS]
    assert all(found)
    return [path for paths in found for path in paths]


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", _samples("valid"), ids=_name)
def test_valid_rows_are_accepted(path: Path) -> None:
    assert violations(path.parent.name, json.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", _samples("invalid"), ids=_name)
def test_invalid_rows_are_refused_by_name(path: Path) -> None:
    faults = violations(path.parent.name, json.loads(path.read_text(encoding="utf-8")))
    # The name of a sample begins with the field that is wrong in it.
    assert {fault.path for fault in faults} == {f"$.{path.stem.split('-')[0]}"}


@pytest.mark.parametrize("row", ROWS)
def test_a_full_row_has_every_field_and_every_field_is_described(row: str) -> None:
    fields = schema(row)["properties"]
    full = [
        json.loads(path.read_text(encoding="utf-8")) for path in (DATA / "valid" / row).iterdir()
    ]
    assert {name for each in full for name in each} == set(fields)
    assert all(field["description"].endswith((".", "…")) for field in fields.values())
    assert schema(row)["additionalProperties"] is False


@pytest.mark.parametrize("row", ["mention", "placement"])
def test_what_counts_nobody_has_no_field_for_people_reached(row: str) -> None:
    fields = schema(row)["properties"]
    assert not [name for name in fields if "reach" in name or "impression" in name]
    assert not [name for name in fields if name.lower() == "ave"]


def test_words_are_those_of_the_vocabulary() -> None:
    audience = schema("audience")["properties"]
    assert audience["method"]["enum"] == list(METHODS)
    # A census log is of messages: no measured audience has grade A.
    assert audience["grade"]["enum"] == sorted(set(Grade) - {Grade.CENSUS_LOG})
    assert {method.unit for method in METHODS.values()} <= set(audience["unit"]["enum"])
    assert [name for name in audience if name.startswith("reach") and name[5:6].isdigit()] == [
        *REACH,
        "reach1_low_pct",
        "reach1_high_pct",
    ]
    for row in ("placement", "attendance"):
        assert schema(row)["properties"]["purpose"]["enum"] == list(Purpose)


def test_an_audience_has_the_media_of_placements_and_events() -> None:
    media = schema("placement")["properties"]["medium"]["enum"]
    assert schema("audience")["properties"]["medium"]["enum"] == [*media, "event"]
    assert schema("estimate")["properties"]["medium"]["enum"] == [*media, "event"]
    assert {*media, "event"} == set(Medium) - {Medium.DIRECT}


@pytest.mark.parametrize(
    "row", ["placement", "audience", "attendance", "survey", "universe", "coverage", "estimate"]
)
def test_the_document_shows_the_header_of_the_sample(row: str) -> None:
    [sample] = (DATA / "samples" / row).glob("*.csv")
    header, *_ = sample.read_text(encoding="utf-8").split("\n")
    told = (Path(__file__).parents[3] / "docs" / "people-tables.md").read_text(encoding="utf-8")
    assert f"\n```text\n{header}\n" in told
    known = schema(row)["properties"]
    assert all(name in known or is_member(MEDIA[row].columns, name) for name in header.split(","))

"""The office's own table of events and who was there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from measured import SAMPLES, measured, written

from reach.formats.media.attendance import COLUMNS, AttendanceFormat
from reach.schemas import schema

SAMPLE = SAMPLES / "attendance" / "events.csv"
GOOD = {
    "event_id": "e1",
    "form": "forum",
    "starts_at": "2026-01-14T09:00:00+07:00",
    "attendance_count": 64,
    "count_method": "register",
}
SHA = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2


def test_the_sample_is_read() -> None:
    read = measured(SAMPLE)
    assert (read.format, read.rejections) == ("attendance", [])
    assert read.rows[0] == {
        "event_id": "WG-SUBANG-01",
        "programme": "Wayang Golek Keliling",
        "form": "pertunjukan_rakyat",
        "region": "Subang",
        "campaign": "imunisasi-2026",
        "purpose": "service",
        "starts_at": "2026-01-10T19:30:00+07:00",
        "ends_at": "2026-01-10T23:00:00+07:00",
        "organiser": "Desa Sukamelang",
        "message_ids": ["ajakan-1"],
        "capacity": 400,
        "attendance_count": 620,
        "count_method": "photo_estimate",
        "count_low": 500,
        "count_high": 760,
        "evidence_uri": "photo/subang-01.jpg",
        "evidence_sha256": SHA,
        "verified_by": "Diskominfo Subang",
    }
    counts = {row["form"]: row.get("attendance_count") for row in read.rows}
    # Nobody came to the film, and was counted; nobody counted the loudspeaker's hearers.
    assert counts == {
        "pertunjukan_rakyat": 620, "forum": 64, "school": 212, "worship": 350, "mobile_cinema": 0,
        "loudspeaker": None, "poster": None,
    }  # fmt: skip


def test_the_sample_has_each_form_but_the_leaflet() -> None:
    forms = {row["form"] for row in measured(SAMPLE).rows}
    assert forms | {"leaflet"} == set(schema("attendance")["properties"]["form"]["enum"])


def test_each_column_is_a_field_of_the_schema_and_each_field_a_column() -> None:
    assert [column.said for column in COLUMNS] == [column.field for column in COLUMNS]
    assert [column.field for column in COLUMNS] == list(schema("attendance")["properties"])


def test_present_is_delivered_and_never_read() -> None:
    assert any("receipt: device" in said for said in AttendanceFormat.tells)
    assert any("present is never read" in said for said in AttendanceFormat.silent)
    assert not [name for name in schema("attendance")["properties"] if "reach" in name]


@pytest.mark.parametrize("container", ["csv", "ndjson"])
@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        ({"form": "concert"}, "$.form", '"concert"', "one of pertunjukan_rakyat"),
        ({"starts_at": "2026-01-14T09:00"}, "$.starts_at", '"2026-01-14T09:00"', "an RFC 3339 date-time with a zone"),
        ({"ends_at": "2026-01-14T01:59:59Z"}, "$.starts_at", '"2026-01-14T09:00:00+07:00"', "nothing later than ends_at, 2026-01-14T01:59:59Z: what ends has begun"),
        ({"ends_at": "2026-02-30T09:00:00Z"}, "$.ends_at", '"2026-02-30T09:00:00Z"', "a time that exists"),
        ({"ends_at": "0000-01-01T09:00:00Z"}, "$.ends_at", '"0000-01-01T09:00:00Z"', "a time that exists"),
        ({"attendance_count": -1}, "$.attendance_count", "-1", "a number of at least 0"),
        ({"count_method": "guess"}, "$.count_method", '"guess"', "one of register, ticket, headcount, photo_estimate, organiser_claim"),
        ({"count_method": None}, "$.count_method", "nothing", "since attendance_count is given"),
        ({"count_low": 65}, "$.count_low", "65", "at most the 64 in attendance_count: the count lies within its own range"),
        ({"count_high": 63}, "$.attendance_count", "64", "at most the 63 in count_high: the count lies within its own range"),
        ({"unique_attendees": 65}, "$.unique_attendees", "65", "at most the 64 in attendance_count: each of them was there at least once"),
        ({"attendance_count": None, "count_method": None, "unique_attendees": 5}, "$.attendance_count", "nothing", "since unique_attendees is given"),
        ({"capacity": 0}, "$.capacity", "0", "a number of at least 1"),
        ({"form": "poster", "attendance_count": 0}, "$.attendance_count", "0", "a count, or nothing: a poster that nobody counted is not measured"),
        ({"form": "leaflet", "attendance_count": 0}, "$.attendance_count", "0", "a count, or nothing: a leaflet that nobody counted is not measured"),
        ({"evidence_uri": "a.jpg", "evidence_sha256": SHA[:-1]}, "$.evidence_sha256", f'"{SHA[:60]}', "a SHA-256, 64 hexadecimal digits"),
        ({"organiser": "budi@example.org"}, "$.organiser", '"budi@example.org"', "an institution or a role, as Desa Cibiru: no person, address or number"),
        ({"verified_by": "Siti 081234567890"}, "$.verified_by", '"Siti 081234567890"', "no person, address or number"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_refused_by_its_column(
    tmp_path: Path,
    container: str,
    change: dict[str, object],
    place: str,
    received: str,
    expected: str,
) -> None:
    rows: list[dict[str, object]] = [GOOD, GOOD | change]
    if container == "ndjson":
        content = "\n".join(map(json.dumps, rows))
    else:
        names = list(dict.fromkeys(name for row in rows for name in row))
        cells = [
            ["" if row.get(name) is None else str(row[name]) for name in names] for row in rows
        ]
        content = "\n".join(map(";".join, [names, *cells]))
    read = measured(written(tmp_path, content, f"table.{container}"))
    [(where, got, wanted)] = read.refused
    assert where == place
    assert received in got
    assert expected in wanted
    assert read.rows == [GOOD]


@pytest.mark.parametrize(
    "change",
    [
        {"capacity": 10},  # crowds may stand
        {"ends_at": "2026-01-14T02:00:00Z"},  # the same moment
        {"ends_at": "2026-01-14T09:00:00.000000001+07:00"},
        {"count_low": 64, "count_high": 64, "unique_attendees": 64},
        {"count_low": 0},
        {"attendance_count": None, "count_method": None},
        {"attendance_count": 0},
        {"form": "poster", "attendance_count": 1},
        {"form": "loudspeaker", "attendance_count": 0},
        {"evidence_uri": "a", "evidence_sha256": SHA.upper()},
        {"organiser": "RW 05 Kelurahan Cibiru 4061"},
    ],
)
def test_what_is_only_unusual_is_taken(tmp_path: Path, change: dict[str, object]) -> None:
    row = {name: said for name, said in (GOOD | change).items() if said is not None}
    assert measured(written(tmp_path, json.dumps(row), "one.ndjson")).rows == [row]

"""The office's own table of placements."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.media.placement import COLUMNS
from reach.schemas import schema

GOOD = {"placement_id": "p1", "medium": "radio", "status": "planned", "starts_on": "2026-01-05"}


def as_csv(folder: Path, *rows: dict[str, str]) -> Path:
    """A table with all of the columns that the rows have."""
    text = io.StringIO()
    table = csv.DictWriter(text, dict.fromkeys(name for row in rows for name in row))
    table.writeheader()
    table.writerows(rows)
    return written(folder, text.getvalue())


def as_ndjson(folder: Path, *rows: dict[str, Any]) -> Path:
    return written(folder, "\n".join(map(json.dumps, rows)), "table.ndjson")


def with_change(folder: Path, change: dict[str, str]) -> Measured:
    return measured(as_csv(folder, GOOD, GOOD | change))


def test_the_sample_is_read() -> None:
    read = measured(SAMPLES / "placement" / "placements.csv")
    assert (read.format, read.rejections) == ("placement", [])
    assert [row["medium"] for row in read.rows] == [
        "radio", "radio", "tv", "print", "online", "outdoor", "poster", "leaflet", "loudspeaker", "outdoor",
    ]  # fmt: skip
    assert read.rows[0] == {
        "placement_id": "RAD-0105-0700",
        "medium": "radio",
        "status": "confirmed",
        "vehicle": "Radio Suara Priangan",
        "region": "Kota Bandung",
        "market": "Bandung Raya",
        "campaign": "imunisasi-2026",
        "purpose": "service",
        "message_ids": ["spot-30"],
        "starts_at": "2026-01-05T07:00:00+07:00",
        "ends_at": "2026-01-05T07:00:30+07:00",
        "format": "spot",
        "duration_s": 30.0,
        "cost": 350000.0,
        "currency": "IDR",
        "evidence_uri": "asrun/2026-01-05.txt",
        "evidence_sha256": "6d1c1f0a5b0f4f1a7e3d4a9a7b0e5c2d8f6a1b3c4d5e6f708192a3b4c5d6e7f8",
        "verified_by": "Diskominfo Jawa Barat",
    }
    assert read.rows[2]["message_ids"] == ["spot-30", "ajakan-1"]
    photo = read.rows[5]
    assert (photo["latitude"], photo["longitude"]) == (-6.8852, 107.6137)
    assert photo["evidence_at"] == "2026-01-05T10:42:00+07:00"


def test_lines_of_json_hold_the_same_rows() -> None:
    read = measured(SAMPLES / "placement" / "placements.ndjson")
    assert (read.format, read.rejections) == ("placement", [])
    assert read.rows[0]["message_ids"] == ["spot-30", "ajakan-1"]
    assert "ends_on" not in read.rows[1]


def test_each_column_is_a_field_of_the_schema_and_each_field_a_column() -> None:
    assert [column.said for column in COLUMNS] == [column.field for column in COLUMNS]
    assert [column.field for column in COLUMNS] == list(schema("placement")["properties"])


def test_the_header_may_have_capitals_in_words_and_blanks_around_cells(tmp_path: Path) -> None:
    read = with_change(tmp_path, {"medium": " Radio ", "status": "CLAIMED", "vehicle": " RRI "})
    assert read.rows[1] == GOOD | {"status": "claimed", "vehicle": "RRI"}


@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        ({"placement_id": "1.22158E+17"}, "$.placement_id", '"1.22158E+17"', "an id that no spreadsheet has rounded"),
        ({"placement_id": ""}, "$.placement_id", "nothing", "a value for placement_id"),
        ({"medium": "billboard"}, "$.medium", '"billboard"', "one of tv, radio"),
        ({"status": "delivered"}, "$.status", '"delivered"', "one of planned, claimed, confirmed, missed"),
        ({"status": "confirmed"}, "$.status", '"confirmed"', "claimed, or evidence_uri or verified_by"),
        ({"starts_on": ""}, "$.starts_at", "nothing", "when it begins, or its first day in starts_on"),
        ({"starts_on": "05/01/2026"}, "$.starts_on", '"05/01/2026"', "a day as 2026-01-05, the year first"),
        ({"starts_at": "2026-01-05T07:00:00+07:00"}, "$.starts_on", '"2026-01-05"', "nothing, since starts_at says when"),
        ({"starts_on": "", "starts_at": "2026-01-05 07:00"}, "$.starts_at", '"2026-01-05 07:00"', "an RFC 3339 date-time with a zone"),
        ({"starts_on": "", "starts_at": "2026-01-05T23:59:60Z"}, "$.starts_at", '"2026-01-05T23:59:60Z"', "a time that exists"),
        ({"ends_on": "2026-01-04"}, "$.starts_on", '"2026-01-05"', "nothing later than ends_on, 2026-01-04"),
        ({"starts_on": "", "starts_at": "2026-01-05T07:00:00+07:00", "ends_at": "2026-01-04T23:59:59Z"}, "$.starts_at", '"2026-01-05T07:00:00+07:00"', "nothing later than ends_at, 2026-01-04T23:59:59Z"),
        ({"purpose": "sales"}, "$.purpose", '"sales"', "one of policy"),
        ({"message_ids": ";"}, "$.message_ids", "a list of 0", "a list of at least 1"),
        ({"message_ids": "a;a"}, "$.message_ids", "a list of 2", "a list without repeats"),
        ({"duration_s": "half a minute"}, "$.duration_s", '"half a minute"', "a number with a decimal point"),
        ({"insertions": "0"}, "$.insertions", "0", "a number of at least 1"),
        ({"circulation": "85.000"}, "$.circulation", '"85.000"', "a whole number in digits alone"),
        ({"circulation": "85,000"}, "$.circulation", '"85,000"', "a whole number in digits alone"),
        ({"pieces": "0"}, "$.pieces", "0", "where nobody counted them, nothing"),
        ({"cost": "Rp 350.000"}, "$.cost", '"Rp 350.000"', "a number with a decimal point"),
        ({"cost": "350.000", "currency": "IDR"}, "$.cost", '"350.000"', "350 thousand to some and 350 to others"),
        ({"cost": "350000"}, "$.currency", "nothing", "a currency of ISO 4217 in capitals, as IDR, since cost is given"),
        ({"cost": "350000", "currency": "rupiah"}, "$.currency", '"rupiah"', "a currency of ISO 4217"),
        ({"latitude": "-6.9"}, "$.longitude", "nothing", "a value for longitude, since latitude is given"),
        ({"latitude": "107.6", "longitude": "-6.9"}, "$.latitude", "107.6", "a number of at most 90"),
        ({"evidence_uri": "a.jpg", "evidence_sha256": "12ab"}, "$.evidence_sha256", '"12ab"', "a SHA-256, 64 hexadecimal digits"),
        ({"evidence_sha256": "a" * 64}, "$.evidence_uri", "nothing", "since evidence_sha256 is given"),
        ({"verified_by": "siti@example.org"}, "$.verified_by", '"siti@example.org"', "an institution or a role"),
        ({"vehicle": "x" * 257}, "$.vehicle", '"xxx', "text of at most 256 characters"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_refused_by_its_column(
    tmp_path: Path, change: dict[str, str], place: str, received: str, expected: str
) -> None:
    read = with_change(tmp_path, change)
    assert len(read.rows) == 1
    [(where, got, wanted)] = read.refused
    assert where == place
    assert received in got
    assert expected in wanted
    assert read.rejections[0]["line"] == 3


@pytest.mark.parametrize("status", ["planned", "claimed", "missed"])
def test_only_what_is_confirmed_needs_proof(tmp_path: Path, status: str) -> None:
    assert not with_change(tmp_path, {"status": status}).rejections


@pytest.mark.parametrize("proof", ["evidence_uri", "verified_by"])
def test_either_proof_confirms(tmp_path: Path, proof: str) -> None:
    assert not with_change(tmp_path, {"status": "confirmed", proof: "Diskominfo"}).rejections


def test_a_column_for_people_reached_is_not_read(tmp_path: Path) -> None:
    read = with_change(tmp_path, {"reach": "50000"})
    assert read.rows == [GOOD, GOOD]


def test_json_is_judged_as_strictly(tmp_path: Path) -> None:
    bad: list[dict[str, Any]] = [
        {"pieces": "12"},
        {"pieces": 10**400},
        {"cost": float("nan"), "currency": "IDR"},
        {"latitude": -6.9, "longitude": float("inf")},
        {"message_ids": "a; b"},
        {"message_ids": [["a"]]},
        {"vehicle": {"name": {"first": "RRI"}}},
        {"status": "Planned"},
    ]
    read = measured(as_ndjson(tmp_path, GOOD, *(GOOD | each for each in bad)))
    assert len(read.rows) == 1
    assert [place for place, _, _ in read.refused] == [
        "$.pieces", "$.pieces", "$.cost", "$.longitude", "$.message_ids", "$.message_ids[0]", "$.vehicle", "$.status",
    ]  # fmt: skip


def test_what_is_null_or_unknown_in_json_is_nothing(tmp_path: Path) -> None:
    rows = [GOOD | {"region": None, "note": {"deep": [[1]]}, "reach": 5000}]
    assert measured(as_ndjson(tmp_path, *rows)).rows == [GOOD]


@pytest.mark.parametrize("lacking", ["medium", "status", "placement_id"])
def test_a_table_that_lacks_one_column_is_told_which(tmp_path: Path, lacking: str) -> None:
    path = as_csv(tmp_path, {name: cell for name, cell in GOOD.items() if name != lacking})
    with pytest.raises(InputError, match=f"a column {lacking}, too, as a table of placements has"):
        measured(path)

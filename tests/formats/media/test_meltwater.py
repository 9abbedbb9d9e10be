"""Meltwater's mentions. No export under a free licence is at hand: its samples are made by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.formats.media.meltwater import COLUMNS, MeltwaterFormat
from reach.formats.record import Options
from reach.schemas import schema

CLASSIC, NEWER = SAMPLES / "meltwater" / "classic.csv", SAMPLES / "meltwater" / "newer.csv"
JAKARTA = Options(timezone="Asia/Jakarta")
GOOD = {
    "Date": "2026-01-05",
    "Headline": "Imunisasi",
    "URL": "https://kabarpriangan.example/1",
    "Source": "Kabar Priangan",
    "Country": "Indonesia",
    "Reach": "1843200",
    "Sentiment": "Neutral",
}


def with_change(folder: Path, change: dict[str, str], options: Options | None = None) -> Measured:
    text = io.StringIO()
    table = csv.DictWriter(text, dict.fromkeys([*GOOD, *change]))
    table.writeheader()
    table.writerows([GOOD, GOOD | change])
    return measured(written(folder, text.getvalue()), options)


def test_the_older_header_in_utf_16_with_tabs() -> None:
    assert CLASSIC.read_bytes().startswith(b"\xff\xfe")
    read = measured(CLASSIC)
    assert (read.format, read.rejections) == ("meltwater", [])
    assert read.rows == [
        {
            "monitor": "meltwater",
            "published_on": "2026-01-05",
            "headline": "Imunisasi dimulai di Bandung",
            "url": "https://kabarpriangan.example/imunisasi",
            "outlet": "Kabar Priangan",
            "country": "Indonesia",
            "region": "Jawa Barat",
            "city": "Bandung",
            "language": "Indonesian",
            "potential_audience": 1843200,
            "potential_audience_desktop": 402100,
            "potential_audience_mobile": 1441100,
            "sentiment": "positive",
            "search": "Imunisasi 2026",
            "tags": "imunisasi",
        },
        {
            "monitor": "meltwater",
            "published_on": "2026-01-06",
            "headline": "Antrean di puskesmas\nCianjur",
            "url": "https://warta.example/antrean",
            "outlet": "Warta Jabar",
            "country": "Indonesia",
            "language": "Indonesian",
            "potential_audience": 96000,
            "sentiment": "negative",
            "search": "Imunisasi 2026",
        },
        {
            "monitor": "meltwater",
            "published_on": "2026-01-06",
            "url": "https://x.example/status/1",
            "outlet": "Twitter",
            "country": "Indonesia",
            "potential_audience": 512,
            "search": "Imunisasi 2026",
        },
        {
            "monitor": "meltwater",
            "published_on": "2026-01-07",
            "headline": "Radio: ajakan imunisasi",
            "url": "https://siaran.example/7",
            "outlet": "Radio Suara Priangan",
            "country": "Indonesia",
            "sentiment": "neutral",
            "search": "Imunisasi 2026",
        },
    ]


def test_the_newer_header() -> None:
    [first, second] = measured(NEWER).rows
    assert first["mention_id"] == "1767572996000_K49ugt285Fch"
    assert (first["outlet"], first["outlet_domain"]) == ("Kabar Priangan", "kabarpriangan.example")
    assert (first["outlet_kind"], first["content_kind"]) == ("Online News", "Article")
    assert (first["headline"], first["region"]) == ("Imunisasi dimulai di Bandung", "Jawa Barat")
    assert "published_at" not in first
    # What Meltwater says is said, and a judgement that nobody made is none.
    assert second["potential_audience"] == 0
    assert "sentiment" not in second


def test_with_a_zone_the_clock_is_read_too() -> None:
    times = [row["published_at"] for row in measured(CLASSIC, JAKARTA).rows]
    assert times == [f"2026-01-{time}.000000Z" for time in ("05T00:30:00", "05T17:05:00", "06T08:15:00", "07T02:00:00")]  # fmt: skip
    times = [row["published_at"] for row in measured(NEWER, JAKARTA).rows]
    assert times == ["2026-01-05T00:30:00.000000Z", "2026-01-06T08:15:00.000000Z"]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026-01-05 23:30", "2026-01-05"),
        ("2026-01-05 23:30:59", "2026-01-05"),
        ("2026-01-05T23:30:00+07:00", "2026-01-05"),
        ("05-Jan-2026", "2026-01-05"),
        ("05-Jan-2026 11:30PM", "2026-01-05"),
        ("5 DEC 2026 12:00 am", "2026-12-05"),
    ],
)
def test_days_that_have_one_reading(tmp_path: Path, date: str, day: str) -> None:
    assert with_change(tmp_path, {"Date": date}).rows[1]["published_on"] == day


@pytest.mark.parametrize(
    "date",
    ["05/01/2026", "01/05/2026", "25/01/2026", "05-01-2026", "05-Jan-26", "26-Jan-05", "Jan 5, 2026", "2026-02-30", "31-Feb-2026", "05-Jan-2026 13:30PM", "05-Jan-2026 25:00", "05-Jän-2026", "1767572996000", "yesterday", "٠٥-Jan-2026"],
)  # fmt: skip
def test_days_that_have_several_readings_or_none_are_never_guessed(
    tmp_path: Path, date: str
) -> None:
    read = with_change(tmp_path, {"Date": date})
    [(place, received, expected)] = read.refused
    assert (place, received) == ("$.Date", f'"{date}"')
    assert "export it again with the year first or the month's name" in expected
    assert len(read.rows) == 1


def test_a_time_with_its_zone_needs_no_setting(tmp_path: Path) -> None:
    row = with_change(tmp_path, {"Date": "2026-01-05T07:30:00+07:00"}).rows[1]
    assert row["published_at"] == "2026-01-05T07:30:00+07:00"


def test_a_clock_is_refused_only_where_it_is_read(tmp_path: Path) -> None:
    assert not with_change(tmp_path, {"Time": "half past"}).rejections
    read = with_change(tmp_path, {"Time": "half past"}, JAKARTA)
    assert read.refused == [("$.Time", '"half past"', "a time as 19:30 or 7:30 PM")]


def test_a_time_that_was_skipped_is_refused(tmp_path: Path) -> None:
    zone = Options(timezone="Europe/Berlin")
    read = with_change(tmp_path, {"Date": "2026-03-29 02:30"}, zone)
    [(place, received, expected)] = read.refused
    assert (place, received) == ("$.Date", '"2026-03-29 02:30"')
    assert expected.startswith("a time that exists")


def test_its_reach_is_potential_and_there_is_no_other(tmp_path: Path) -> None:
    assert not [name for name in schema("mention")["properties"] if "reach" in name]
    fields = {column.said: column.field for column in COLUMNS}
    assert fields["Reach"] == "potential_audience"
    assert not [row for row in measured(CLASSIC).rows if "reach" in row]
    assert any("never reach" in said for said in MeltwaterFormat.silent)
    assert with_change(tmp_path, {"Reach": ""}).rows[1].get("potential_audience") is None


def test_advertising_value_is_read_by_nobody(tmp_path: Path) -> None:
    [ave] = [column for column in COLUMNS if column.said == "AVE"]
    assert ave.field is None
    assert "Barcelona Principles" in ave.note
    assert any("AVE" in said for said in MeltwaterFormat.silent)
    # Not even a cell that is no number matters.
    read = with_change(tmp_path, {"AVE": "Rp 1,7 juta"})
    assert read.rows[0] == read.rows[1]


def test_names_and_texts_of_others_are_not_kept() -> None:
    kept = str(measured(CLASSIC).rows) + str(measured(NEWER).rows)
    for said in ("A. Penulis", "@seseorang", "imunisasi gratis", "Pekan ini"):
        assert said not in kept


@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        ({"Reach": "1,843,200"}, "$.Reach", '"1,843,200"', "a whole number in digits alone"),
        ({"Reach": "1.84M"}, "$.Reach", '"1.84M"', "a whole number in digits alone"),
        ({"Reach": "-5"}, "$.Reach", "-5", "more people than there are is no audience"),
        ({"Reach": "8300000001"}, "$.Reach", "8300000001", "more people than there are is no audience"),
        ({"universe": "281603800", "Reach": "281603801"}, "$.Reach", "281603801", "at most the 281603800 in universe: an outlet has no more people than its country"),
        ({"Desktop Reach": "x"}, '$["Desktop Reach"]', '"x"', "a whole number"),
        ({"Mobile Reach": "-1"}, '$["Mobile Reach"]', "-1", "a number of at least 0"),
        ({"Sentiment": "Mixed"}, "$.Sentiment", '"Mixed"', "one of Positive, Neutral, Negative, Unknown"),
        ({"Source": " "}, "$.Source", "nothing", "a value for outlet"),
        ({"Headline": "x" * 2049}, "$.Headline", '"xxx', "text of at most 2048 characters"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_refused_by_its_column(
    tmp_path: Path, change: dict[str, str], place: str, received: str, expected: str
) -> None:
    read = with_change(tmp_path, change)
    [(where, got, wanted)] = read.refused
    assert where == place
    assert received in got
    assert expected in wanted
    assert len(read.rows) == 1


def test_an_audience_within_the_country_is_taken(tmp_path: Path) -> None:
    read = with_change(tmp_path, {"universe": "281603800", "Reach": "281603800"})
    assert read.rows[1]["universe"] == 281603800


def test_each_field_but_the_constant_has_a_column() -> None:
    fields = {column.field for column in COLUMNS if column.field}
    assert fields | {"monitor"} == set(schema("mention")["properties"])
    assert all(column.note for column in COLUMNS if column.field is None)

"""YouTube Studio's table by hand; what the columns mean is in YouTube's help."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.media.youtube import YouTubeFormat

SAMPLE = SAMPLES / "youtube" / "Table data.csv"
TOTAL, VIDEO, SHORT, UNLISTED = csv.DictReader(io.StringIO(SAMPLE.read_text("utf-8")))


def read(folder: Path, *rows: dict[str, str]) -> Measured:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return measured(written(folder, text.getvalue()))


def test_its_videos() -> None:
    found = measured(SAMPLE)
    assert (found.format, found.rejections) == ("youtube", [])
    assert found.rows == [
        {
            "platform": "youtube", "post_id": "aB3dE5gH7jK", "published_on": "2026-01-05",
            "reach": 3100, "impressions": 8000, "views": 4310, "watch_seconds": 1276834.32,
            "reactions": 150, "comments": 28, "shares": 44,
        },
        {
            "platform": "youtube", "post_id": "-cD4fG6hJ8k", "published_on": "2025-12-30",
            "impressions": 1411, "views": 1720, "watch_seconds": 167400.0,
            "reactions": 37, "comments": 3, "shares": 8,
        },
        {
            "platform": "youtube", "post_id": "eF5gH7iJ9kL", "impressions": 0, "views": 12,
            "watch_seconds": 420.84, "reactions": 0, "comments": 0, "shares": 0,
        },
    ]  # fmt: skip


def test_the_row_of_totals_counts_nobody(tmp_path: Path) -> None:
    assert measured(SAMPLE).balance.without_event == 1
    # Whatever stands in it: its viewers are 0 or blank, and its sums may be rounded.
    found = read(tmp_path, TOTAL | {"Views": "6,042"}, VIDEO, TOTAL | {"Content": " Total "})
    assert (found.balance.without_event, found.balance.accepted) == (2, 1)


def test_a_video_called_total_is_a_video(tmp_path: Path) -> None:
    assert len(read(tmp_path, VIDEO | {"Video title": "Total"}).rows) == 1


def test_viewers_have_no_bound_in_what_is_counted_by_other_rules(tmp_path: Path) -> None:
    # Impressions are of a thumbnail on YouTube; who comes from elsewhere is no impression.
    found = read(tmp_path, VIDEO | {"Unique viewers": "9000"})
    assert found.rows[0]["reach"] == 9000
    assert YouTubeFormat.bounds == ()


def test_subscribers_are_neither_reach_nor_an_audience(tmp_path: Path) -> None:
    [row] = read(tmp_path, VIDEO | {"Subscribers": "-2"}).rows
    assert "followers" not in row


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Video publish time", "2026-01-05"),
        ("Video publish time", "01-05-2026"),
        ("Video publish time", "Feb 30, 2026"),
        ("Unique viewers", "3,100"),
        ("Views", "4.310"),
        ("Views", "-1"),
        ("Impressions", "8K"),
        ("Watch time (hours)", "354,6"),
        ("Watch time (hours)", "-1"),
        ("Watch time (hours)", "1:20:00"),
        ("Comments added", "1.5"),
    ],
)
def test_cells_that_are_refused_by_the_name_of_their_column(
    tmp_path: Path, column: str, said: str
) -> None:
    [(path, _, _)] = read(tmp_path, VIDEO | {column: said}).refused
    assert column in path


def test_older_headers(tmp_path: Path) -> None:
    names = {"Content": "Video", "Views": "Video views"}
    rows = [{names.get(key, key): cell for key, cell in row.items()} for row in (TOTAL, VIDEO)]
    found = read(tmp_path, *rows)
    assert (found.balance.without_event, found.rows[0]["views"]) == (1, 4310)
    assert found.rows[0]["post_id"] == "aB3dE5gH7jK"


def test_a_chart_by_day_is_told_for_what_it_is(tmp_path: Path) -> None:
    text = 'Date,Content,Video title,Video publish time,Duration,Views\n2026-01-05,aB3dE5gH7jK,x,"Jan 5, 2026",43,1\n'
    with pytest.raises(InputError, match="its chart, a row a day and video, and the viewers of"):
        measured(written(tmp_path, text))

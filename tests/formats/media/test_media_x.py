"""X: four real exports of the time of Twitter, and the export since then by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.record import Options

X = SAMPLES / "x"
TWEETS = list(csv.DictReader(io.StringIO((X / "threetweets_ken.csv").read_text("utf-8"))))
POSTS = list(csv.DictReader(io.StringIO((X / "content.csv").read_text("utf-8"))))
OVERVIEW = 'Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows\n"Fri, Jun 5, 2026",941,1,2,0,0,12,0\n'


def read(folder: Path, *rows: dict[str, str]) -> Measured:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return measured(written(folder, text.getvalue()))


@pytest.mark.parametrize(
    ("name", "impressions"),
    [
        ("singletweet.csv", [260]),
        ("twotweets.csv", [206, 260]),
        ("twotweets_updated.csv", [332, 285, 175, 295, 236]),
        ("threetweets_ken.csv", [1376, 1237, 867]),
    ],
)
def test_real_exports(name: str, impressions: list[int]) -> None:
    found = measured(X / name)
    assert (found.format, found.rejections) == ("x", [])
    assert [row["impressions"] for row in found.rows] == impressions


def test_a_post_of_a_real_export() -> None:
    assert measured(X / "threetweets_ken.csv").rows[0] == {
        "platform": "x", "post_id": "1224774552019853312", "published_at": "2020-02-04T19:19:00+00:00",
        "permalink": "https://twitter.com/kenwalger/status/1224774552019853312",
        "impressions": 1376, "engagements": 39, "shares": 4, "comments": 0, "reactions": 13,
        "clicks": 16, "views": 0,
    }  # fmt: skip


def test_the_export_since_twitter_became_x() -> None:
    found = measured(X / "content.csv")
    assert (found.format, found.rejections) == ("x", [])
    assert found.rows == [
        {
            "platform": "x", "post_id": "2008000000000000001", "published_on": "2026-01-05",
            "permalink": "https://x.com/dinas_example/status/2008000000000000001",
            "impressions": 12297, "engagements": 300, "shares": 129, "comments": 9,
            "reactions": 12, "saves": 5, "clicks": 31,
        },
        {
            "platform": "x", "post_id": "2008000000000000002", "published_on": "2025-12-14",
            "permalink": "https://x.com/dinas_example/status/2008000000000000002",
            "impressions": 71, "engagements": 2, "shares": 0, "comments": 0, "reactions": 1,
            "saves": 0, "clicks": 0,
        },
    ]  # fmt: skip


def test_a_dash_is_no_value_and_no_0(tmp_path: Path) -> None:
    row = {**TWEETS[0], "impressions": "-", "likes": " - ", "replies": ""}
    [found] = read(tmp_path, row).rows
    assert not {"impressions", "reactions", "comments"} & set(found)


def test_likes_were_favorites_once(tmp_path: Path) -> None:
    row = {("favorites" if key == "likes" else key): cell for key, cell in TWEETS[0].items()}
    assert read(tmp_path, row).rows[0]["reactions"] == 13


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Tweet id", "1.22548E+18"),
        ("time", "2020-02-04 19:19"),
        ("time", "2020-02-30 19:19 +0000"),
        ("time", "04/02/2020 19:19 +0000"),
        ("impressions", "1,376"),
        ("impressions", "1.376"),
        ("impressions", "1376.5"),
        ("impressions", "-1"),
        ("retweets", "1.1K"),
        ("media views", "many"),
    ],
)
def test_cells_that_are_refused_by_the_name_of_their_column(
    tmp_path: Path, column: str, said: str
) -> None:
    [(path, _, _)] = read(tmp_path, {**TWEETS[0], column: said}).refused
    assert column in path


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Sun, Jan 5, 2026", "a day that goes with its weekday: this one is Monday"),
        ("2026-01-05", "a day as Jan 5, 2026"),
        ("Mon, Feb 30, 2026", "a day as Jan 5, 2026"),
        ("Sen, Jan 5, 2026", "a day that goes with its weekday: this one is Monday"),
        ("5 Jan 2026", "a day as Jan 5, 2026"),
    ],
)
def test_days_that_are_refused(tmp_path: Path, said: str, wanted: str) -> None:
    assert read(tmp_path, {**POSTS[0], "Date": said}).refused == [("$.Date", f'"{said}"', wanted)]


def test_an_overview_by_day_is_told_for_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="overview by day, which tells of no post"):
        measured(written(tmp_path, OVERVIEW))
    with pytest.raises(InputError, match="not of format x: it is X's overview"):
        measured(written(tmp_path, OVERVIEW), Options(format="x"))


def test_it_has_no_use_for_a_zone() -> None:
    with pytest.raises(InputError, match="timezone, of which a log of format x has no use"):
        measured(X / "content.csv", Options(timezone="Asia/Jakarta"))

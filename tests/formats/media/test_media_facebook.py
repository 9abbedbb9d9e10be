"""Facebook: 500 real rows of the old Insights, and the export of Meta Business Suite by hand."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.media.cells import count, identifier
from reach.formats.media.facebook import FacebookFormat
from reach.formats.record import Options

JAKARTA = Options(timezone="Asia/Jakarta")
INSIGHTS = SAMPLES / "facebook" / "insights.csv"
ROWS = list(
    csv.DictReader(io.StringIO((SAMPLES / "facebook" / "content.csv").read_text("utf-8-sig")))
)
OLD = next(csv.DictReader(io.StringIO(INSIGHTS.read_text("utf-8"))))
COUNTS = [each.said for each in FacebookFormat.columns if each.read is count]


def read(folder: Path, *rows: dict[str, Any], options: Options = JAKARTA) -> Measured:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return measured(written(folder, text.getvalue()), options)


def test_old_insights_are_read_and_the_impossible_rows_are_named() -> None:
    found = measured(INSIGHTS)
    assert found.format == "facebook"
    assert (found.balance.records, found.balance.accepted, found.balance.rejected) == (500, 496, 4)
    assert [one["line"] for one in found.rejections] == [478, 479, 484, 494]
    assert {path for path, _, _ in found.refused} == {'$["Lifetime Post Total Reach"]'}
    assert found.refused[0][1:] == (
        "37088",
        (
            "at most the 10966 in Lifetime Post Total Impressions: "
            "each account that was reached was shown it at least once"
        ),
    )
    assert found.rows[0] == {
        "platform": "facebook", "kind": "Photo", "paid": False, "reach": 2752, "impressions": 5091,
        "engaged_accounts": 178, "clicks": 159, "engagements": 100, "reactions": 79, "comments": 4,
        "shares": 17, "followers": 139441,
    }  # fmt: skip


def test_blanks_of_old_insights_are_not_measured() -> None:
    found = measured(INSIGHTS)
    refused = {one["line"] for one in found.rejections}
    lines = [line for line in range(2, 502) if line not in refused]
    fields = {"paid", "reactions", "shares"}
    blank = {
        line: fields - set(row)
        for line, row in zip(lines, found.rows, strict=True)
        if fields - set(row)
    }
    assert blank == {
        113: {"reactions", "shares"},
        122: {"shares"},
        126: {"shares"},
        166: {"shares"},
        501: {"paid"},
    }
    assert sum(row["shares"] == 0 for row in found.rows if "shares" in row) > 0  # 0 is a count


def test_the_row_that_explains_the_columns_is_no_post() -> None:
    found = measured(SAMPLES / "facebook" / "insights-explained.csv", JAKARTA)
    assert (found.balance.records, found.balance.without_event) == (3, 1)
    assert found.rows[0] == {
        "platform": "facebook", "post_id": "61571000000001_9800000000001", "kind": "Photo",
        "permalink": "https://www.facebook.com/dinas.example/posts/9800000000001:0",
        "published_at": "2015-10-01T14:00:00.000000Z", "reach": 812, "impressions": 1490,
        "engaged_accounts": 73, "clicks": 95,
    }  # fmt: skip
    assert found.rows[1]["reach"] == 0


def test_the_export_of_meta_business_suite() -> None:
    found = measured(SAMPLES / "facebook" / "content.csv", JAKARTA)
    assert (found.format, found.rejections) == ("facebook", [])
    assert found.rows == [
        {
            "platform": "facebook", "post_id": "122158000000000001", "account": "61571000000001",
            "permalink": "https://www.facebook.com/dinas.example/posts/pfbid01", "kind": "Photos",
            "published_at": "2026-01-05T00:00:00.000000Z", "reach": 4100, "views": 5200,
            "engagements": 137, "reactions": 110, "comments": 9, "shares": 18, "clicks": 64,
        },
        {
            "platform": "facebook", "post_id": "122158000000000002", "account": "61571000000001",
            "permalink": "https://www.facebook.com/reel/000000000000002", "kind": "Reels",
            "published_at": "2026-01-31T12:30:00.000000Z", "reach": 7600, "views": 9800,
            "engagements": 402, "reactions": 351, "comments": 20, "shares": 31, "clicks": 12,
            "watch_seconds": 88200.5,
        },
        {
            "platform": "facebook", "post_id": "122158000000000003", "account": "61571000000001",
            "permalink": "https://www.facebook.com/dinas.example/posts/pfbid03", "kind": "Photos",
            "published_at": "2026-01-31T23:15:00.000000Z", "reach": 350, "engagements": 4,
            "reactions": 4, "comments": 0, "shares": 0,
        },
    ]  # fmt: skip


def test_its_times_need_a_zone() -> None:
    with pytest.raises(InputError, match="times without a zone in Publish time") as raised:
        measured(SAMPLES / "facebook" / "content.csv")
    assert str(raised.value).endswith(
        "wherever the account was): timezone: America/Los_Angeles beside its path, or "
        "--timezone America/Los_Angeles"
    )
    there = measured(SAMPLES / "facebook" / "content.csv", Options(timezone="America/Los_Angeles"))
    assert there.rows[0]["published_at"] == "2026-01-05T15:00:00.000000Z"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("2026-01-31 07:00", "a time as 01/31/2026 07:00, the month first"),
        ("01/31/2026", "a time as 01/31/2026 07:00, the month first"),
        ("02/29/2026 07:00", "a time as 01/31/2026 07:00, the month first"),
        ("01/31/0026 07:00", "a time as 01/31/2026 07:00, the month first"),
        ("01/31/9999 23:59", "a time as 01/31/2026 07:00, the month first"),
        # The clocks are put forward.
        (
            "03/08/2026 02:30",
            "a time that America/Los_Angeles has, as 01/31/2026 07:00, the month first",
        ),
    ],
)
def test_times_that_are_none(tmp_path: Path, said: str, wanted: str) -> None:
    row = ROWS[0] | {"Publish time": said}
    found = read(tmp_path, row, options=Options(timezone="America/Los_Angeles"))
    assert found.refused == [('$["Publish time"]', f'"{said}"', wanted)]


@pytest.mark.parametrize("said", ["31/01/2026 07:00", "13/12/2026 23:59"])
def test_a_day_that_comes_first_in_one_row_ends_the_file(tmp_path: Path, said: str) -> None:
    """05/01 in the next row would be a day of May, and nothing would show it."""
    other = ROWS[1] | {"Publish time": "05/01/2026 07:00"}
    with pytest.raises(InputError, match="a time with the day first in Publish time"):
        read(
            tmp_path,
            ROWS[0] | {"Publish time": said},
            other,
            options=Options(timezone="Asia/Jakarta"),
        )


@pytest.mark.parametrize("column", ["Post ID", "Page ID"])
@pytest.mark.parametrize("said", ["1.22158E+17", "1,22158E+17", "6.1571e+13"])
def test_ids_that_a_spreadsheet_has_rounded_are_refused(
    tmp_path: Path, column: str, said: str
) -> None:
    found = read(tmp_path, ROWS[0] | {column: said}, ROWS[1])
    assert [(path, got) for path, got, _ in found.refused] == [(f'$["{column}"]', f'"{said}"')]
    assert "no spreadsheet has rounded" in found.refused[0][2]
    assert len(found.rows) == 1


def test_every_column_of_an_id_is_read_as_one() -> None:
    read_as = {each.said: each.read for each in FacebookFormat.columns}
    assert read_as["Post ID"] is read_as["Page ID"] is identifier


@pytest.mark.parametrize("column", COUNTS)
@pytest.mark.parametrize("said", ["1,520", "1.520,0", "1 520", "5.2K", "12.5", "N/A", "−1", "1e3"])
def test_counts_with_separators_or_units_are_refused(
    tmp_path: Path, column: str, said: str
) -> None:
    row = OLD if column in OLD else ROWS[0]
    if column not in row:  # older exports and other ways of writing a header
        row = row | {column: ""}
    row = {key: cell for key, cell in row.items() if key.lower() != column.lower()} | {column: said}
    [(path, got, wanted)] = read(tmp_path, row).refused
    assert re.sub(r'^\$\.|^\$\["|"\]$', "", path) == column
    assert got == f'"{said}"'
    assert wanted.startswith("a whole number in digits alone")


@pytest.mark.parametrize("column", COUNTS)
def test_nothing_is_counted_below_0(tmp_path: Path, column: str) -> None:
    row = OLD if column in OLD else ROWS[0]
    row = {key: cell for key, cell in row.items() if key.lower() != column.lower()} | {column: "-1"}
    [(path, got, wanted)] = read(tmp_path, row).refused
    assert column in path
    assert (got, wanted) == ("-1", "a number of at least 0")


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"Reach": "10", "Impressions": "9"}, "$.Reach"),
        ({"Reach": "10", "Impressions": "10"}, None),
        ({"Reach": "10", "Impressions": ""}, None),
        # Views have a rule and a beginning of their own: no law says that they hold the reach.
        ({"Reach": "10", "Views": "9"}, None),
        ({"Reach": "0", "Views": "0"}, None),
    ],
)
def test_reach_within_impressions(tmp_path: Path, said: dict[str, str], path: str | None) -> None:
    found = read(tmp_path, ROWS[0] | said)
    assert [each[0] for each in found.refused] == ([path] if path else [])


def test_more_accounts_engaged_than_reached_are_impossible(tmp_path: Path) -> None:
    found = read(
        tmp_path, OLD | {"Lifetime Engaged Users": "2753"}, OLD | {"Lifetime Engaged Users": "2752"}
    )
    assert found.refused == [
        (
            '$["Lifetime Engaged Users"]',
            "2753",
            (
                "at most the 2752 in Lifetime Post Total Reach: "
                "who did anything with it had been reached"
            ),
        )
    ]


@pytest.mark.parametrize("said", ["01/05/2026", "2026-01-05", "January 5", "Total"])
def test_a_row_of_a_day_is_refused(tmp_path: Path, said: str) -> None:
    found = read(
        tmp_path, ROWS[0] | {"Date": said}, ROWS[1] | {"Date": "lifetime "}, ROWS[2] | {"Date": ""}
    )
    assert found.refused == [
        (
            "$.Date",
            f'"{said}"',
            "Lifetime: a row of a day counts again whom other days have counted",
        )
    ]
    assert len(found.rows) == 2


def test_what_is_not_of_the_post_is_not_read(tmp_path: Path) -> None:
    [row] = read(tmp_path, ROWS[1] | {"Ad impressions": "77", "Title": "x" * 9000}).rows
    assert "impressions" not in row
    assert not {"Title", "title"} & set(row)


def test_the_page_is_named_where_it_has_no_id(tmp_path: Path) -> None:
    [row] = read(tmp_path, ROWS[0] | {"Page ID": ""}).rows
    assert row["account"] == "Dinas Kominfo"


def test_headers_in_other_letters(tmp_path: Path) -> None:
    row = dict(ROWS[0])
    row["Reactions, comments and shares"] = row.pop("Reactions, Comments and Shares")
    assert read(tmp_path, row).rows[0]["engagements"] == 137

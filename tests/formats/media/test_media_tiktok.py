"""TikTok Studio's table by hand: days without a year, quotes that are not doubled, a BOM."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.record import Options

SAMPLE = SAMPLES / "tiktok" / "Content.csv"
ROWS = list(csv.DictReader(io.StringIO(SAMPLE.read_text("utf-8-sig"))))
HEADER = '"Time","Video title","Video link","Post time","Total likes","Total comments","Total shares","Total views"\n'
BARE = "https://vm.tiktok.example/Zs8"


def link(made: str) -> str:
    """The link of a video that was made at a time."""
    number = int(datetime.fromisoformat(made).replace(tzinfo=UTC).timestamp()) << 32
    return f"https://www.tiktok.com/@dinas.example/video/{number + 7}"


def read(folder: Path, *rows: dict[str, str], year: int | None = None) -> Measured:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), quoting=csv.QUOTE_ALL)
    table.writeheader()
    table.writerows(rows)
    return measured(written(folder, text.getvalue()), Options(year=year))


def test_its_videos() -> None:
    assert SAMPLE.read_bytes().startswith(b"\xef\xbb\xbf")
    found = measured(SAMPLE)
    assert (found.format, found.rejections) == ("tiktok", [])
    assert found.rows[0] == {
        "platform": "tiktok", "account": "dinas.example", "post_id": "7591706913226144018",
        "permalink": "https://www.tiktok.com/@dinas.example/video/7591706913226144018",
        "published_on": "2026-01-05", "reactions": 529, "comments": 17, "shares": 122, "views": 28590,
    }  # fmt: skip
    # Over New Year, whatever the order of the rows; made before it appeared; of the year before.
    assert [row["published_on"] for row in found.rows[1:]] == [
        "2026-01-01", "2025-12-30", "2026-01-02", "2025-04-20",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "day"),
    [
        # As quoted in public code, their days in Russian, Vietnamese and Japanese.
        (7593820674163100946, "2026-01-10"),
        (7495390241952386322, "2025-04-20"),
        (7595639088393227521, "2026-01-15"),
        (7672373276106181908, "2026-08-10"),
        (7681870521679564053, "2026-09-06"),
    ],
)
def test_numbers_of_real_links_tell_the_year(tmp_path: Path, number: int, day: str) -> None:
    said = f"{datetime.fromisoformat(day):%B} {int(day[-2:])}"
    row = ROWS[0] | {"Video link": f"https://www.tiktok.com/@x/video/{number}", "Post time": said}
    assert read(tmp_path, row).rows[0]["published_on"] == day


@pytest.mark.parametrize(
    ("made", "said", "day"),
    [
        ("2026-01-01T05:00:00", "December 31", "2025-12-31"),  # in a zone west of UTC
        ("2025-12-31T20:00:00", "1 January", "2026-01-01"),  # in one east of it
        ("2025-12-31T20:00:00", "1 Januari", "2026-01-01"),
        ("2026-05-04T20:00:00", "5 mei", "2026-05-05"),
        ("2024-02-29T20:00:00", "February 29", "2024-02-29"),
        ("2026-01-05T20:00:00", "Jan 5", "2026-01-05"),
    ],
)
def test_days_and_their_years(tmp_path: Path, made: str, said: str, day: str) -> None:
    row = ROWS[0] | {"Video link": link(made), "Post time": said}
    assert read(tmp_path, row).rows[0]["published_on"] == day


@pytest.mark.parametrize("said", ["January 3", "March 5", "February 29"])
def test_a_day_that_does_not_go_with_its_link_is_refused(tmp_path: Path, said: str) -> None:
    row = ROWS[0] | {"Video link": link("2026-01-05T03:00:00"), "Post time": said}
    wanted = "a day within a month of 2026-01-05, when the video of that link was made"
    assert read(tmp_path, row).refused == [('$["Post time"]', f'"{said}"', wanted)]


@pytest.mark.parametrize(
    "said", ["10 января", "10 tháng Tám", "9月13日", "5 de enero", "January", "January 32", "5", "2026-01-05", "January 5 6"]
)  # fmt: skip
def test_days_in_other_languages_are_refused(tmp_path: Path, said: str) -> None:
    [(path, _, wanted)] = read(tmp_path, ROWS[0] | {"Post time": said}).refused
    assert path == '$["Post time"]'
    assert wanted == "a day as January 5 or 5 January, in English or Indonesian"


@pytest.mark.parametrize(
    ("exported", "said", "day"),
    [
        ("January 18", "January 5", "2026-01-05"),
        ("January 18", "January 18", "2026-01-18"),
        ("January 18", "December 30", "2025-12-30"),
        ("18 Januari", "30 Desember", "2025-12-30"),
        ("December 31", "January 1", "2026-01-01"),
    ],
)
def test_the_year_of_the_export_tells_it_where_links_do_not(
    tmp_path: Path, exported: str, said: str, day: str
) -> None:
    row = ROWS[0] | {"Video link": BARE, "Time": exported, "Post time": said}
    [found] = read(tmp_path, row, year=2026).rows
    assert (found["published_on"], found["permalink"]) == (day, BARE)
    assert "post_id" not in found


def test_without_a_link_or_a_year_the_file_is_not_read(tmp_path: Path) -> None:
    bare = ROWS[0] | {"Video link": BARE}
    with pytest.raises(InputError, match="days without a year in Post time, and no link that tell"):
        read(tmp_path, bare)
    # One that has no such link among others is refused by itself.
    found = read(tmp_path, ROWS[0], bare)
    assert [each[:2] for each in found.refused] == [('$["Video link"]', f'"{BARE}"')]


def test_cells_that_the_year_needs(tmp_path: Path) -> None:
    bare = ROWS[0] | {"Video link": BARE}
    found = read(
        tmp_path, bare | {"Time": ""}, bare | {"Time": "February 29"},
        bare | {"Post time": "February 29"}, year=2026,
    )  # fmt: skip
    assert [each[0] for each in found.refused] == ["$.Time", '$["Post time"]', '$["Post time"]']
    assert found.refused[2][2] == "a day that 2026 or the year before it has"


def test_a_link_wins_over_the_year(tmp_path: Path) -> None:
    assert read(tmp_path, ROWS[4], year=2026).rows[0]["published_on"] == "2025-04-20"


@pytest.mark.parametrize("number", ["1", "9" * 17, "9" * 20, "9" * 400])
def test_other_numbers_tell_no_year(tmp_path: Path, number: str) -> None:
    row = ROWS[0] | {"Video link": f"https://www.tiktok.com/@x/video/{number}"}
    found = read(tmp_path, row, year=2026)
    if found.rows:
        assert found.rows[0]["published_on"] == "2026-01-05"
    else:
        assert found.refused[0][0] == "$.post_id"


@pytest.mark.parametrize("column", ["Total likes", "Total comments", "Total shares", "Total views"])
@pytest.mark.parametrize("said", ["-6", "5,431", "1.2K", "undefined"])
def test_counts_are_read_strictly(tmp_path: Path, column: str, said: str) -> None:
    [(path, got, wanted)] = read(tmp_path, ROWS[0] | {column: said}).refused
    assert path == f'$["{column}"]'
    assert got.strip('"') == said
    assert wanted.startswith(("a number of at least 0", "a whole number in digits alone"))


@pytest.mark.parametrize(
    "title",
    [
        'kabar "bohong" lagi',
        '"kabar" bohong',
        'kabar "bohong"',
        'a","b',
        'a", "b"',
        ',"",',
        "Jadwal, dan lain",
    ],
)
def test_quotes_that_are_not_doubled_cost_no_row(tmp_path: Path, title: str) -> None:
    cells = [*list(ROWS[0].values())[:1], title, *list(ROWS[0].values())[2:]]
    row = '"' + '","'.join(cells) + '"\n'
    plain = measured(SAMPLE).rows[0]
    found = measured(written(tmp_path, HEADER + row + row))
    assert found.rows == [plain, plain]


def test_a_row_that_can_be_mended_in_no_way_is_refused(tmp_path: Path) -> None:
    good = '"' + '","'.join(ROWS[0].values()) + '"\n'
    bad = good.replace("Imunisasi", 'Imun"\n"isasi')
    found = measured(written(tmp_path, HEADER + bad + good))
    assert (found.balance.records, found.balance.accepted) == (3, 1)
    byte = good.encode().replace(b"Imunisasi", b"\xff")
    assert measured(written(tmp_path, HEADER.encode() + byte)).balance.rejected == 1


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Date,Video Views,Profile Views,Likes,Comments,Shares", "this is its overview by day"),
        ("Date,Followers,Difference in followers from previous day", "potential and never reach"),
        ("Date,Total Viewers,New Viewers,Returning Viewers", "by day, who do not add up"),
    ],
)
def test_tables_by_day_are_told_for_what_they_are(tmp_path: Path, header: str, said: str) -> None:
    row = ",".join(["August 31", *["-1"] * header.count(",")])
    with pytest.raises(InputError, match=said):
        measured(written(tmp_path, f"{header}\n{row}\n"))


def test_it_has_no_use_for_a_zone() -> None:
    with pytest.raises(InputError, match="timezone, of which a log of format tiktok has no use"):
        measured(SAMPLE, Options(timezone="Asia/Jakarta"))

"""Instagram's export of Meta Business Suite by hand, and what tells it from Facebook's."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.media.facebook import FacebookFormat
from reach.formats.media.instagram import InstagramFormat
from reach.formats.media.meta_suite import COMMON
from reach.formats.record import Options

JAKARTA = Options(timezone="Asia/Jakarta")
SAMPLE = SAMPLES / "instagram" / "content.csv"
ROWS = list(csv.DictReader(io.StringIO(SAMPLE.read_text("utf-8-sig"))))
EITHER = "Post ID,Publish time,Permalink,Post type,Reach\n1,01/05/2026 07:00,https://a.example/1,Photos,5\n"


def read(folder: Path, *rows: dict[str, str], options: Options = JAKARTA) -> Measured:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return measured(written(folder, text.getvalue()), options)


def test_its_posts() -> None:
    found = measured(SAMPLE, JAKARTA)
    assert (found.format, found.rejections) == ("instagram", [])
    assert found.rows == [
        {
            "platform": "instagram", "post_id": "17960000000000001", "account": "dinas.example",
            "published_at": "2026-01-05T00:00:00.000000Z", "kind": "IG carousel",
            "permalink": "https://www.instagram.com/p/EXAMPLE0001/", "reach": 975, "views": 1450,
            "reactions": 110, "comments": 7, "shares": 12, "saves": 31,
        },
        {
            "platform": "instagram", "post_id": "17960000000000002", "account": "dinas.example",
            "published_at": "2026-01-31T12:30:00.000000Z", "kind": "IG reel",
            "permalink": "https://www.instagram.com/reel/EXAMPLE0002/", "reach": 9100,
            "views": 12400, "reactions": 610, "comments": 57, "shares": 88, "saves": 230,
        },
        {
            "platform": "instagram", "post_id": "17960000000000003", "account": "dinas.example",
            "published_at": "2026-01-31T23:15:00.000000Z", "kind": "IG image",
            "permalink": "https://www.instagram.com/p/EXAMPLE0003/", "reactions": 4, "comments": 0,
        },
    ]  # fmt: skip


def test_older_exports_have_impressions(tmp_path: Path) -> None:
    rows = [
        {**row, "Impressions": said} for row, said in zip(ROWS, ("975", "9099", ""), strict=True)
    ]
    found = read(tmp_path, *rows)
    assert [row.get("impressions") for row in found.rows] == [975, None]
    assert [each[:2] for each in found.refused] == [("$.Reach", "9100")]
    assert found.refused[0][2].startswith("at most the 9099 in Impressions")


@pytest.mark.parametrize("column", ["Views", "Reach", "Likes", "Shares", "Comments", "Saves"])
@pytest.mark.parametrize("said", ["12,400", "12.400,5", "-1", "1.5K"])
def test_counts_are_read_strictly(tmp_path: Path, column: str, said: str) -> None:
    found = read(tmp_path, ROWS[0] | {column: said})
    assert [each[0] for each in found.refused] == [f"$.{column}"]


def test_what_is_refused_by_name(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        ROWS[0] | {"Post ID": "1.7960E+16"},
        ROWS[0] | {"Date": "01/05/2026"},
        ROWS[0] | {"Publish time": "2026-01-05T07:00:00"},
        ROWS[0] | {"Account username": "", "Account ID": "1.7841E+16"},
    )
    paths = [each[0] for each in found.refused]
    assert paths == ['$["Post ID"]', "$.Date", '$["Publish time"]', '$["Account ID"]']
    with pytest.raises(InputError, match="times without a zone in Publish time"):
        measured(SAMPLE)


def test_it_is_told_from_facebook_by_what_only_one_of_them_has() -> None:
    assert InstagramFormat.own == FacebookFormat.siblings
    assert InstagramFormat.siblings == FacebookFormat.own
    assert not InstagramFormat.own & FacebookFormat.own
    for each in (InstagramFormat, FacebookFormat):
        assert each.needed[0] == COMMON | each.own


def test_a_table_that_may_be_either_has_to_be_named(tmp_path: Path) -> None:
    path = written(tmp_path, EITHER)
    with pytest.raises(
        InputError, match=r"several formats fit \(facebook: .*instagram: .*--format"
    ):
        measured(path, JAKARTA)
    for name in ("facebook", "instagram"):
        found = measured(path, Options(format=name, timezone="Asia/Jakarta"))
        assert (found.format, found.rows[0]["platform"]) == (name, name)


def test_so_has_a_table_with_the_columns_of_both(tmp_path: Path) -> None:
    both = ROWS[0] | {"Page ID": "61571000000001", "Page name": "Dinas"}
    with pytest.raises(InputError, match=r"several formats fit \(facebook: .*instagram: "):
        read(tmp_path, both)
    named = read(tmp_path, both, options=Options(format="instagram", timezone="Asia/Jakarta"))
    assert named.rows[0]["account"] == "dinas.example"


@pytest.mark.parametrize(("name", "sample"), [("facebook", "instagram"), ("instagram", "facebook")])
def test_a_wrong_name_is_refused(name: str, sample: str) -> None:
    with pytest.raises(InputError, match=f"not of format {name}: .*expected format {sample}"):
        measured(SAMPLES / sample / "content.csv", Options(format=name, timezone="Asia/Jakarta"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_numbers_of_an_account_by_day_are_told_for_what_they_are(
    tmp_path: Path, end: str, encoding: str
) -> None:
    lines = ["sep=,", '"Views"', '"Date","Primary"', '"2026-01-05T00:00:00","67753"', ""]
    path = written(tmp_path, end.join(lines).encode(encoding))
    with pytest.raises(InputError, match="one number of an account by day, and the reach of days"):
        measured(path, JAKARTA)

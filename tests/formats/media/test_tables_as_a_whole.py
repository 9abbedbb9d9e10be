"""What a table shows as a whole: totals, advertising values, mixed percentages, and whose it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from measured import SAMPLES, measured, written

from reach.errors import InputError
from reach.formats.media.remarks import Mixed, Remarks
from reach.formats.record import Options

ROWS = {
    "placement": {"placement_id": "p1", "medium": "tv", "status": "planned", "starts_on": "2026-01-05", "region": "Ciamis"},
    "audience": {"medium": "tv", "period_start": "2026-01-05", "period_end": "2026-01-06", "source": "panel", "method": "panel_meter", "reach": "5", "region": "Ciamis"},
    "attendance": {"event_id": "e1", "form": "forum", "starts_at": "2026-01-14T09:00:00+07:00", "region": "Ciamis"},
}  # fmt: skip
POSTS = {
    "facebook": "facebook/insights.csv",
    "instagram": "instagram/content.csv",
    "x": "x/content.csv",
    "youtube": "youtube/Table data.csv",
    "tiktok": "tiktok/Content.csv",
}


def table(*rows: dict[str, str]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join(
        [";".join(names), *(";".join(row.get(name, "") for name in names) for row in rows)]
    )


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("total", ["Jumlah", "TOTAL:", "Grand total", "Keseluruhan"])
def test_a_total_in_the_office_s_tables_is_put_aside(tmp_path: Path, row: str, total: str) -> None:
    good = ROWS[row]
    first = next(name for name in good if name.endswith("_id") or name == "medium")
    last = {"region": total} if first == "medium" else {first: total}
    read = measured(written(tmp_path, table(good, last, good | {"region": total})))
    assert read.format == row
    assert (len(read.rows), read.refused, read.balance.without_event) == (1, [], 2)
    assert read.remarks.totals == (total, total)


def test_a_total_among_respondents_and_estimates_is_put_aside(tmp_path: Path) -> None:
    asked = [
        {"respondent_id": "R1", "exposed_tv": "yes"},
        {"respondent_id": "Jumlah", "exposed_tv": "812"},
    ]
    assert measured(written(tmp_path, table(*asked))).remarks.totals == ("Jumlah",)
    lines = "\n".join(
        json.dumps(each) for each in asked[:1] * 2 + [{"respondent_id": "Total", "exposed_tv": 3}]
    )
    read = measured(written(tmp_path, lines, "table.ndjson"))
    assert len(read.refused) == 2  # "yes" is no answer in JSON
    assert read.remarks.totals == ("Total",)


@pytest.mark.parametrize("row", ROWS)
def test_advertising_values_are_read_by_nobody_and_named(tmp_path: Path, row: str) -> None:
    more = {"AVE": "Rp 5.000.000", "ad_value": "7", "Advertising Value": "-"}
    read = measured(written(tmp_path, table(ROWS[row] | more)))
    plain = measured(written(tmp_path, table(ROWS[row]), "plain.csv"))
    assert read.rows == plain.rows
    assert read.remarks == Remarks(advertising=("AVE", "ad_value", "Advertising Value"))
    assert plain.remarks == Remarks()
    lines = "\n".join(json.dumps({"AVE": 5} | each) for each in plain.rows)
    in_json = measured(written(tmp_path, lines, "table.ndjson"))
    assert (in_json.rows, in_json.remarks.advertising) == (plain.rows, ("AVE",))


def test_meltwater_s_advertising_values_and_potential_audiences_are_named() -> None:
    read = measured(SAMPLES / "meltwater" / "newer.csv")
    assert read.remarks.advertising == ("AVE",)
    assert read.remarks.potential == sum("potential_audience" in row for row in read.rows) > 0
    assert not any("AVE" in row or "reach" in row for row in read.rows)


@pytest.mark.parametrize(
    ("said", "mixed"),
    [
        (("41", "0.38", "0"), (Mixed("reach1_pct", 1, 2),)),
        (("0.41", "0.38", "1"), ()),
        (("41", "38", "1.1"), ()),
        (("41", "1"), (Mixed("reach1_pct", 1, 2),)),
    ],
)
def test_percentages_on_both_sides_of_1_are_told(
    tmp_path: Path, said: tuple[str, ...], mixed: tuple[Mixed, ...]
) -> None:
    good = ROWS["audience"] | {
        "reach": "",
        "universe": "1000",
        "universe_source": "BPS",
        "target": "all",
    }
    rows = [good | {"reach1_pct": each} for each in said]
    # Another medium is of another size, and the rating of one spot is often below 1.
    rows.append(good | {"medium": "poster", "reach1_pct": "0.2", "tvr": "0.1"})
    read = measured(written(tmp_path, table(*rows)))
    assert (read.refused, read.remarks.mixed) == ([], mixed)


@pytest.mark.parametrize("row", ROWS)
def test_whose_it_was_a_row_says_or_else_its_source(tmp_path: Path, row: str) -> None:
    own = {"audience": "Public", "shared_by": "staff"}
    path = written(tmp_path, table(ROWS[row], ROWS[row] | own))
    silent, telling = measured(path).rows
    assert not {"audience", "shared_by"} & silent.keys()
    assert (telling["audience"], telling["shared_by"]) == ("public", "staff")
    said = measured(path, Options(audience="internal", shared_by="office")).rows
    assert [(each["audience"], each["shared_by"]) for each in said] == [
        ("internal", "office"), ("public", "staff"),
    ]  # fmt: skip
    wrong = measured(written(tmp_path, table(ROWS[row] | {"audience": "everyone"}), "wrong.csv"))
    [(where, got, wanted)] = wrong.refused
    assert (where, got, wanted) == ("$.audience", '"everyone"', "one of public, internal")


@pytest.mark.parametrize("name", POSTS)
def test_of_posts_the_source_says_it(name: str) -> None:
    zone = "Asia/Jakarta" if name == "instagram" else None
    path = SAMPLES / POSTS[name]
    plain = measured(path, Options(timezone=zone))
    assert not any({"audience", "shared_by"} & row.keys() for row in plain.rows)
    read = measured(path, Options(timezone=zone, audience="internal", shared_by="staff"))
    whose = {"audience": "internal", "shared_by": "staff"}
    assert read.rows == [row | whose for row in plain.rows]
    assert read.rows


@pytest.mark.parametrize(
    "sample", ["universe/regions.csv", "survey/recall.csv", "meltwater/newer.csv"]
)
def test_what_nobody_put_out_is_nobody_s(sample: str) -> None:
    with pytest.raises(InputError, match=r"audience, of which a log of format .* has no use"):
        measured(SAMPLES / sample, Options(audience="internal"))

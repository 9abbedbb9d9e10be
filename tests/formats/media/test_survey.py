"""The office's own table of respondents."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured import SAMPLES, Measured, measured, written

from reach.errors import InputError
from reach.formats.media.columns import Family
from reach.formats.media.families import from_cells, known_as
from reach.formats.media.survey import COLUMNS, SurveyFormat, answer
from reach.formats.record import Options
from reach.schemas import schema

GOOD = {"respondent_id": "R1", "weight": "2", "exposed_radio": "yes"}
TAKEN = {"respondent_id": "R1", "weight": 2.0, "exposed": {"radio": True}}


def as_csv(folder: Path, *rows: dict[str, str]) -> Path:
    """A table with all of the columns that the rows have."""
    text = io.StringIO()
    table = csv.DictWriter(text, dict.fromkeys(name for row in rows for name in row))
    table.writeheader()
    table.writerows(rows)
    return written(folder, text.getvalue())


def with_change(folder: Path, change: dict[str, str]) -> Measured:
    return measured(as_csv(folder, GOOD, GOOD | change))


def test_the_sample_is_read() -> None:
    read = measured(SAMPLES / "survey" / "recall.csv")
    assert (read.format, read.rejections) == ("survey", [])
    assert read.rows[0] == {
        "respondent_id": "R-0001",
        "weight": 1240.5,
        "stratum": "Kota Bandung/urban",
        "cluster": "Cibiru",
        "region": "Kota Bandung",
        "age": 34,
        "sex": "female",
        "internet": True,
        "campaign": "imunisasi-2026",
        "interviewed_on": "2026-02-10",
        "mode": "face_to_face",
        "exposed": {"radio": True, "tv": False, "sms": True},
        "recalled": {"radio": True},
        "decoys": {"radio_spot": False},
    }
    # ya and tidak, 1 and 0; what is empty was not asked.
    assert [row["exposed"] for row in read.rows[2:]] == [
        {"radio": False, "tv": False, "sms": True},
        {"radio": True, "tv": False},
        {"radio": False, "tv": False, "sms": False},
    ]
    assert [row.get("decoys") for row in read.rows[2:]] == [
        {"radio_spot": True}, None, {"radio_spot": False},
    ]  # fmt: skip
    assert (read.rows[4]["site"], read.rows[4]["visits"]) == ("Simpang Dago", 8.0)
    assert "weight" not in read.rows[4]


def test_each_column_is_a_field_of_the_schema_and_each_field_a_column() -> None:
    plain = [each for each in COLUMNS if not isinstance(each, Family)]
    assert [column.said for column in plain] == [column.field for column in plain]
    assert [column.field for column in COLUMNS] == list(schema("survey")["properties"])


@pytest.mark.parametrize(
    ("change", "place", "received", "expected"),
    [
        ({"respondent_id": ""}, "$.respondent_id", "nothing", "a code as R-0001"),
        ({"respondent_id": "siti@example.org"}, "$.respondent_id", '"siti@example.org"', "no address, telephone number"),
        ({"respondent_id": "+6281234567890"}, "$.respondent_id", '"+6281234567890"', "no address, telephone number"),
        ({"respondent_id": "1.22158E+17"}, "$.respondent_id", '"1.22158E+17"', "an id that no spreadsheet has rounded"),
        ({"weight": "0"}, "$.weight", "0", "a number above 0; who stands for nobody is no respondent"),
        ({"weight": "-2"}, "$.weight", "-2", "a number above 0"),
        ({"weight": "1,5"}, "$.weight", '"1,5"', 'decimal: "," beside its path, or --decimal ,'),
        ({"age": "34.5"}, "$.age", '"34.5"', "a whole number in digits alone"),
        ({"age": "-1"}, "$.age", "-1", "completed years, from 0 to 120"),
        ({"age": "121"}, "$.age", "121", "completed years, from 0 to 120"),
        ({"sex": "L"}, "$.sex", '"l"', "one of female, male, other"),
        ({"internet": "maybe"}, "$.internet", '"maybe"', "yes or no"),
        ({"exposed_radio": "don't know"}, "$.exposed_radio", "don't know", "not asked or not answered: left empty"),
        ({"recalled_tv": "2"}, "$.recalled_tv", '"2"', "yes or no (ya or tidak, 1 or 0)"),
        ({"decoy_spot": "9"}, "$.decoy_spot", '"9"', "yes or no"),
        ({"exposed_" + "x" * 257: "yes"}, "$.exposed_" + "x" * 257, "xxx", "a channel's name of at most 256 characters"),
        ({"interviewed_on": "10/02/2026"}, "$.interviewed_on", '"10/02/2026"', "the year first"),
        ({"mode": "phone"}, "$.mode", '"phone"', "one of face_to_face, telephone"),
        ({"visits": "3"}, "$.site", "nothing", "since visits is given"),
        ({"site": "Simpang Dago", "visits": "0"}, "$.visits", "0", "who was asked there has come by"),
        ({"site": "Simpang Dago", "minutes_on_site": "1441"}, "$.minutes_on_site", "1441", "at most a day"),
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
    assert read.rows == [TAKEN]


def test_a_respondent_who_was_asked_nothing_is_one_all_the_same(tmp_path: Path) -> None:
    read = with_change(tmp_path, {"exposed_radio": "", "respondent_id": "R2"})
    assert read.rows[1] == {"respondent_id": "R2", "weight": 2.0}


def test_a_survey_without_weights_is_read(tmp_path: Path) -> None:
    rows = [{"respondent_id": "R1", "recalled_tv": "no"}]
    assert measured(as_csv(tmp_path, *rows)).rows == [
        {"respondent_id": "R1", "recalled": {"tv": False}}
    ]


def test_names_of_channels_are_kept_as_they_are(tmp_path: Path) -> None:
    read = with_change(tmp_path, {"exposed_Radio Suara": "no", " exposed_sms ": "yes"})
    assert read.rows[1]["exposed"] == {"radio": True, "Radio Suara": False, "sms": True}


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ({"exposed_radio": True, "exposed_tv": None, "decoy_a": False}, {"exposed": {"radio": True}, "decoys": {"a": False}}),
        ({"exposed": {"radio": True, "tv": None}, "exposed_sms": False}, {"exposed": {"radio": True, "sms": False}}),
        ({"exposed": {"radio": True}, "recalled": {"tv": None}}, {"exposed": {"radio": True}}),
    ],
)  # fmt: skip
def test_json_has_the_same_keys_or_objects(
    tmp_path: Path, said: dict[str, Any], row: dict[str, Any]
) -> None:
    path = written(tmp_path, json.dumps({"respondent_id": "R1"} | said), "one.ndjson")
    assert measured(path).rows == [{"respondent_id": "R1"} | row]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"exposed_radio": "yes"}, "$.exposed_radio"),
        ({"exposed_radio": 1}, "$.exposed_radio"),
        ({"exposed_radio": {"deep": [[1]]}}, "$.exposed_radio"),
        ({"exposed": {"radio": "yes"}}, "$.exposed.radio"),
        ({"exposed": [True]}, "$.exposed"),
        ({"exposed": 1, "exposed_tv": True}, "$.exposed"),
        ({"weight": float("nan")}, "$.weight"),
    ],
)
def test_json_is_judged_as_strictly(tmp_path: Path, said: dict[str, Any], place: str) -> None:
    rows = [{"respondent_id": "R1", "exposed_radio": True}, {"respondent_id": "R2"} | said]
    read = measured(written(tmp_path, "\n".join(map(json.dumps, rows)), "table.ndjson"))
    assert [where for where, _, _ in read.refused] == [place]
    assert len(read.rows) == 1


def test_a_table_without_a_channel_is_told_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a column exposed_<channel>, too"):
        measured(written(tmp_path, "respondent_id,weight,exposed_\nR1,1,yes\n"))


def test_the_list_of_columns_shows_the_families() -> None:
    assert {"exposed_<channel>", "recalled_<channel>", "decoy_<name>"} <= {
        column.said for column in SurveyFormat.columns
    }


@given(
    st.dictionaries(
        st.sampled_from(("exposed_a", "exposed_b c", "exposed_", "recalled_a", "decoy_a", "a")),
        st.sampled_from(("yes", "ya", "NO", "0", "1", " ", "")),
    )
)
def test_families_equal_what_is_said_cell_by_cell(value: dict[str, str]) -> None:
    expected: dict[str, dict[str, bool]] = {}
    for said, cell in value.items():
        for prefix, field in (
            ("exposed_", "exposed"),
            ("recalled_", "recalled"),
            ("decoy_", "decoys"),
        ):
            if said.startswith(prefix) and said != prefix and cell.strip():
                expected.setdefault(field, {})[said[len(prefix) :]] = answer(cell, Options())
    assert from_cells(COLUMNS, value, Options()) == expected
    families = {"exposed": "exposed_<channel>", "recalled": "recalled_<channel>"}
    known = known_as(COLUMNS, value)
    for prefix, family in families.items():
        has = any(said.startswith(f"{prefix}_") and len(said) > len(prefix) + 1 for said in value)
        assert (family in known) == has

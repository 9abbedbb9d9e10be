"""JSON and CSV: the same bytes for the same result, safe to open."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import VALID, load, renamed

from reach.explanations import violations
from reach.report.csv_text import COLUMNS, csv_text
from reach.report.json_text import json_text, rounded
from reach.report.render import FORMATS, render

NAMES = [path.stem for path in VALID]


def _shuffled(value: Any) -> Any:  # noqa: ANN401
    """The same JSON with the keys of every object the other way round."""
    if isinstance(value, dict):
        return {key: _shuffled(value[key]) for key in reversed(value)}
    return [_shuffled(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_order_of_keys_changes_nothing(name: str, form: str) -> None:
    result = load(name)
    text = render(result, form, "en")
    assert render(_shuffled(result), form, "en") == text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", NAMES)
def test_json_comes_back_as_it_was(name: str) -> None:
    result = load(name)
    assert json.loads(json_text(result)) == result


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_nine_digits_are_kept_and_no_more(value: float) -> None:
    short = rounded(value)
    assert rounded(short) == short
    assert short == pytest.approx(value, rel=1e-8)
    assert str(short) != "-0.0"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    result = load("two-variants")
    result["level"] = value
    with pytest.raises(ValueError, match="no number"):
        json_text(result)


def _rows(result: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(result))))


@pytest.mark.parametrize("name", NAMES)
def test_csv_is_one_rectangle(name: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(load(name)))))
    assert {len(row) for row in rows} == {len(COLUMNS)}


@pytest.mark.parametrize("name", NAMES)
def test_every_csv_row_says_whether_simulated_and_final(name: str) -> None:
    result = load(name)
    said = {(row["simulated"], row["final"]) for row in _rows(result)}
    assert said == {(str(result["simulated"]).lower(), str(result["final"]).lower())}


def test_csv_holds_the_numbers_of_the_result() -> None:
    rows = _rows(load("two-variants"))
    rate = next(row for row in rows if row["quantity"] == "rate" and row["arm"] == "a")
    assert (rate["value"], rate["numerator"], rate["denominator"]) == ("0.6", "600", "1000")
    difference = next(row for row in rows if row["quantity"] == "difference")
    assert float(difference["low"]) == pytest.approx(-0.1347, abs=5e-5)
    assert float(difference["high"]) == pytest.approx(0.0827, abs=5e-5)
    assert (difference["verdict"], difference["because"]) == ("undetermined", "receipts")


def test_csv_leaves_what_is_not_measured_empty() -> None:
    rows = _rows(load("three-channels"))
    acted = [row for row in rows if row["table"] == "outcomes" and row["quantity"] == "acted"]
    assert {(row["value"], row["because"]) for row in acted} == {("", "not measured")}


def test_csv_leaves_receipts_empty_where_logs_hold_none() -> None:
    rows = [row for row in _rows(load("calls-not-measured")) if row["table"] == "receipts"]
    for row in rows:
        known = row["quantity"] == "inferred"
        assert (row["value"] != "", row["because"]) == (known, "" if known else "not measured")


def test_csv_names_the_source_of_what_was_read() -> None:
    result = load("refused-rows")
    rows = _rows(result)
    read = {
        (row["source"], row["quantity"]): row for row in rows if row["table"] == "balance_of_source"
    }
    for source in result["balance"]["sources"]:
        for quantity, unit in (("accepted", "records"), ("events", "events"), ("lines", "lines")):
            row = read.get((source["source"], quantity))
            if source[quantity] is None:
                assert row is None
            else:
                assert row is not None
                assert (row["value"], row["unit"]) == (str(source[quantity]), unit)
    refused = [row for row in rows if row["table"] == "rejections"]
    assert [(row["source"], int(row["value"]), row["because"]) for row in refused] == [
        (each["source"], each["count"], each["file"]) for each in result["rejections"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_outcomes_alone_compare_nothing_in_any_format(name: str) -> None:
    result = load(name)
    result["warnings"].append({"code": "sign_changes", "message": "It turns.", "params": {}})
    told = json.loads(render(result, "json", "en", view="funnel"))
    assert (told["comparisons"], told["family"]) == ([], 0)
    assert violations("result", told) == []
    assert told["channels"] == result["channels"]
    assert "sign_changes" not in [each["code"] for each in told["warnings"]]
    table = render(result, "csv", "en", view="funnel")
    assert "comparisons" not in {row["table"] for row in csv.DictReader(io.StringIO(table))}
    assert "It turns." not in render(result, "table", "en", view="funnel")
    assert json.loads(render(result, "json", "en")) == result


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r@", "＝", "\n+"])
def test_no_cell_is_a_formula(start: str) -> None:
    result = renamed(load("three-channels"), [f'{start}HYPERLINK("http://x")'] * 3)
    result["warnings"][0]["message"] = f"{start}cmd|' /C calc'!A0"
    result["rejections"][0]["file"] = f"{start}x"
    for row in _rows(result):
        for column, cell in row.items():
            if column not in ("value", "low", "high"):
                assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell
                assert not any(char in cell for char in "\t\r\n")

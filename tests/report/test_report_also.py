"""Other methods as they are read: under their names, with what they are, in lines that fit."""

from __future__ import annotations

import csv
import io
from copy import deepcopy
from typing import Any

import pytest
from report_samples import load

from reach.explanations import violations
from reach.report.also import also_lines
from reach.report.csv_text import csv_text
from reach.report.funnel import outcomes_only
from reach.report.terminal import comparison_lines

ABOUT = {"metric": "delivered_per_sent", "standing": "decides nothing", "level": 0.95, "how": "so"}
SCORE = {
    **ABOUT, "method": "score_interval", "difference_bounds": [-0.0946, 0.0612], "low": -0.2134,
    "high": 0.1868, "p_value": 1.0, "trials": [111, 109],
}  # fmt: skip
TEST = {"statistic": 4.8, "degrees_of_freedom": 1, "p_value": 0.0288, "how": "Breslow–Day–Tarone"}
ODDS = {
    **ABOUT, "method": "mantel_haenszel", "odds_ratio_bounds": [0.66, 1.34], "low": 0.368,
    "high": 2.33, "p_value": 1.0, "strata": 2, "uninformative": ["west"],
    "homogeneity": [TEST, {"not_estimable": "one stratum"}],
}  # fmt: skip
MISSING = {
    **ABOUT, "method": "missing_at_random", "estimate": 0.71, "lower_bound": 0.605,
    "upper_bound": 0.752, "low": 0.609, "high": 0.793, "receipt_coverage": 0.85,
    "effective_clusters": 109.0, "assumption": "alike",
}  # fmt: skip


def none(method: str, code: str | None, why: str = "no end") -> dict[str, Any]:
    about = {name: ABOUT[name] for name in ("metric", "standing", "level")}
    return {**about, "method": method, "not_estimable": why, "code": code}


def sample() -> dict[str, Any]:
    result = deepcopy(load("three-channels"))
    first, second, third = (arm["channel"] for arm in result["channels"])
    pairs = [{"a": first, "b": second}, {"a": first, "b": third}]
    result["also"] = [
        {**SCORE, **pairs[0]},
        {**none("score_interval", "several_messages"), **pairs[1]},
        {**ODDS, **pairs[0]},
        {**none("mantel_haenszel", None), **pairs[1]},
        *({**MISSING, "a": arm, "b": None} for arm in (first, second, third)),
    ]
    assert violations("result", result) == []
    return result


def told(result: dict[str, Any], lang: Any, width: int = 100) -> str:  # noqa: ANN401
    return "\n".join(line.plain for line in also_lines(result, lang, width))


def test_what_nobody_asked_for_is_not_said() -> None:
    assert told(load("three-channels"), "en") == ""


def test_each_says_what_it_is() -> None:
    text = " ".join(told(sample(), "en").split())
    assert text.startswith("Other methods (95 %, each for itself): they decide nothing")
    assert "−9.5 … +6.1" in text
    assert "−21.3 to +18.7" in text
    assert "0.660 … 1.340 0.368 – 2.330 1 0.029" in text
    assert "IF messages without a receipt fared like the others" in text
    assert "60.5 – 75.2 % 71.0 % 60.9 – 79.3 %" in text
    assert "the method takes messages as independent" in text
    assert ": no end." in text
    indonesian = " ".join(told(sample(), "id").split())
    assert "tidak menentukan apa pun" in indonesian
    assert "menganggap pesan saling bebas" in indonesian
    assert "0,660 … 1,340" in indonesian


def test_one_reason_of_many_is_said_once() -> None:
    result = sample()
    names = [arm["channel"] for arm in result["channels"]]
    several = none("score_interval", "several_messages")
    result["also"] = [{**several, "a": a, "b": b} for a in names for b in names]
    text = " ".join(told(result, "en").split())
    assert text.count("several messages") == 1
    assert "7 more" in text


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("width", [40, 53, 66, 80, 100])
def test_lines_fit(lang: Any, width: int) -> None:  # noqa: ANN401
    for line in also_lines(sample(), lang, width):
        assert line.cell_len <= width
    assert any("Mantel" in line.plain for line in comparison_lines(sample(), lang, width))


def test_rows_of_the_table_say_what_they_are() -> None:
    rows = [
        each for each in csv.DictReader(io.StringIO(csv_text(sample()))) if each["table"] == "also"
    ]
    assert all("decides nothing" in row["because"] for row in rows)
    by = {(row["quantity"], row["method"].partition(":")[0]): row for row in rows}
    assert by["difference", "score_interval"]["low"] == "-0.2134"
    assert by["odds_ratio_bounds", "mantel_haenszel"]["high"] == "1.34"
    assert by["homogeneity_p_value_least", "Breslow–Day–Tarone"]["value"] == "0.0288"
    assert by["homogeneity_p_value_most", "mantel_haenszel"]["because"].startswith("one stratum")
    assert by["rate_if_missing_at_random", "missing_at_random"]["value"] == "0.71"


def test_outcomes_alone_have_none() -> None:
    assert "also" not in outcomes_only(sample())

"""Costs as they are read: in lines that fit, in both languages, and as rows of a table."""

from __future__ import annotations

import csv
import io
import re
from copy import deepcopy
from typing import Any

import pytest
from report_samples import load

from reach.explanations import violations
from reach.report.costs import cost_lines
from reach.report.csv_text import csv_text
from reach.report.terminal import comparison_lines

EACH = {
    "numerator": "123456789.5", "denominator": 9310, "lower_bound": 12345.6, "upper_bound": 13260.7,
    "low": 12200.1, "high": 13400.25, "no_high": None, "level": 0.95, "method": "known total",
    "effective_clusters": 99.0,
}  # fmt: skip


def cost(currency: str = "IDR", without: int = 0, **of: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "currency": currency,
        "total": "123456789.5",
        "priced_messages": 10_000,
        "unpriced_messages": without,
        "cost_per_delivered": EACH,
        "cost_per_engaged": {"not_measured": "the log does not follow engagement"},
        **of,
    }


def priced(*costs: list[dict[str, Any]]) -> dict[str, Any]:
    """Three channels, the first of which cost so much."""
    result = deepcopy(load("three-channels"))
    for arm, each in zip(result["channels"], costs, strict=False):
        arm["costs"] = each
    assert violations("result", result) == []
    return result


def told(result: dict[str, Any], lang: Any = "en", width: int = 100) -> str:  # noqa: ANN401
    return "\n".join(line.plain for line in cost_lines(result, lang, width))


def test_without_prices_nothing_is_said() -> None:
    assert told(load("three-channels")) == ""
    assert told(priced([], [], [])) == ""


def test_a_row_says_what_was_paid_and_between_what_each_lies() -> None:
    text = told(priced([cost()], [cost()], [cost()]))
    assert "IDR 123,456,789.5" in text
    assert "12,346 … 13,261" in text
    assert "12,200 – 13,400" in text
    assert "per engaged" not in text
    assert "123.456.789,5" in told(priced([cost()]), "id")


def test_arms_without_a_price_are_named() -> None:
    text = told(priced([cost()]))
    assert "No price is known of the messages of" in text


def test_what_is_not_estimable_says_why() -> None:
    why = {"not_estimable": "10 of 40 messages have no price"}
    none = {"cost_per_delivered": why, "cost_per_engaged": why}
    text = " ".join(told(priced([cost(without=10, **none)])).split())
    assert re.search("10 of [0-9,]+ messages of .* have no price", text)
    two = {"not_estimable": "paid in several currencies: IDR, USD"}
    both = {"cost_per_delivered": two, "cost_per_engaged": two}
    text = told(priced([cost(**both), cost("USD", **both)]))
    assert "paid in IDR and USD, which are not summed" in " ".join(text.split())
    nothing = {"cost_per_delivered": {"not_estimable": "nothing was delivered"}}
    assert "not estimable, because nothing was delivered." in told(priced([cost(**nothing)]))


def test_without_an_upper_end_there_is_none_to_read() -> None:
    endless = {**EACH, "denominator": 0, "upper_bound": None, "high": None, "no_high": "no end"}
    text = told(priced([cost(cost_per_delivered=endless)]))
    assert "12,346 or more" in text
    assert "12,200 or more" in text
    assert "there is no upper end" in text


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("width", [40, 52, 61, 75, 100])
def test_lines_fit(lang: Any, width: int) -> None:  # noqa: ANN401
    of = {"cost_per_engaged": EACH}
    result = priced([cost(**of), cost("USD", **of)], [cost(without=7)], [cost()])
    for line in cost_lines(result, lang, width):
        assert line.cell_len <= width
    whole = "\n".join(line.plain for line in comparison_lines(result, lang, width))
    assert "IDR" in whole


def test_rows_of_the_table_keep_every_digit() -> None:
    endless = {**EACH, "upper_bound": None, "high": None, "no_high": "no end"}
    result = priced([cost(cost_per_engaged=endless)])
    rows = [row for row in csv.DictReader(io.StringIO(csv_text(result))) if row["table"] == "costs"]
    by = {(row["metric"], row["quantity"]): row for row in rows}
    assert len(by) == len(rows)
    assert by["", "total"]["value"] == "123456789.5"
    assert by["", "total"]["unit"] == "IDR"
    assert by["cost_per_delivered", "cost"]["high"] == "13400.25"
    assert by["cost_per_delivered", "possible"]["low"] == "12345.6"
    assert by["cost_per_engaged", "possible"]["high"] == ""
    assert by["cost_per_engaged", "cost"]["because"] == "no end"


def test_a_cost_without_an_upper_end_says_why() -> None:
    result = priced([cost()])
    result["channels"][0]["costs"][0]["cost_per_delivered"] = {**EACH, "high": None}
    assert violations("result", result)

"""What every result document keeps to."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from reach.explanations import violations
from reach.report.json_text import json_text


def numbers(said: object) -> Iterator[float]:
    """Every number of a document."""
    if isinstance(said, dict):
        said = list(said.values())
    if isinstance(said, list | tuple):
        for each in said:
            yield from numbers(each)
    elif isinstance(said, int | float):
        yield said


def check_contract(result: dict[str, Any]) -> None:
    """No number that is none, no word that says so, and the schema is kept; printed, too."""
    assert all(math.isfinite(each) for each in numbers(result))
    text = json.dumps(result, allow_nan=False)
    assert not re.search(r"\b(nan|infinity|inf)\b", text, re.IGNORECASE)
    assert violations("result", json.loads(json_text(result))) == []


def check_rate(rate: dict[str, Any], level: float) -> None:
    """The set's interval contains the rate's, and that contains what is possible."""
    inside = ("set_low", "low", "lower_bound", "upper_bound", "high", "set_high")
    ends = [rate[end] for end in inside]
    assert ends == sorted(ends)
    assert ends[0] >= 0
    assert ends[-1] <= 1
    assert rate["level"] == level
    assert rate["deff"] is None or rate["deff"] >= 1
    assert rate["effective_clusters"] > 1


def check_interval(found: dict[str, Any]) -> None:
    """Interval and p-value never disagree, and the interval contains what is possible."""
    ends = [found["low"], *found["difference_bounds"], found["high"]]
    assert ends == sorted(ends)
    assert found["difference_bounds"][0] <= found["difference"] <= found["difference_bounds"][1]
    excludes = found["low"] > 0 or found["high"] < 0
    assert excludes == (found["p_adjusted"] <= 1 - found["level"])
    assert found["p_adjusted"] == min(1, found["family"] * found["p_value"])
    margin = found["margin"]
    assert found["non_inferior"] == (None if margin is None else found["low"] > -margin)


def check_pooled(found: dict[str, Any], campaigns: int, alpha: float) -> None:
    """The average's interval agrees with its p-value, and the next campaign's contains it."""
    ends = [found["low"], *found["difference_bounds"], found["high"]]
    assert ends == sorted(ends)
    assert (found["low"] > 0 or found["high"] < 0) == (found["p_value"] <= alpha)
    then = found["prediction"]
    assert (then is None) == (campaigns == 2)
    if then is not None:
        assert then["low"] <= found["low"] <= found["high"] <= then["high"]

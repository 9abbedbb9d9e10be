"""What other methods say beside the verdicts, as rows of the tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.report.reading import Part, Result

_UNITS = {"score_interval": "fraction", "mantel_haenszel": "odds ratio"}


def also_rows(result: Result) -> Iterator[Part]:
    """Every answer; its standing is in each row, so that a row copied out still says it."""
    for each in result.get("also", ()):
        named = {
            "table": "also",
            "arm": each["a"],
            "other_arm": each["b"],
            "metric": each["metric"],
            "because": each["standing"],
        }
        told = {"level": each["level"], "method": f"{each['method']}: {each.get('how', '')}"}
        if "not_estimable" in each:
            row = {"quantity": "not_estimable", "method": each["method"]}
            yield {**named, **row, "because": f"{each['not_estimable']}; {each['standing']}"}
        elif each["method"] == "missing_at_random":
            yield from ({**named, **row} for row in _rate(each, told))
        else:
            yield from ({**named, **row} for row in _pair(each, told))


def _rate(each: Part, told: Part) -> Iterator[Part]:
    ends = {"value": each["estimate"], "low": each["low"], "high": each["high"]}
    yield {"quantity": "rate_if_missing_at_random", **ends, **told, "unit": "fraction"}
    possible = {"low": each["lower_bound"], "high": each["upper_bound"]}
    yield {"quantity": "possible", **possible, **told, "unit": "fraction"}


def _pair(each: Part, told: Part) -> Iterator[Part]:
    method, unit = each["method"], _UNITS[each["method"]]
    of = "difference" if method == "score_interval" else "odds_ratio"
    yield {"quantity": of, "low": each["low"], "high": each["high"], **told, "unit": unit}
    low, high = each[f"{of}_bounds"]
    yield {"quantity": f"{of}_bounds", "low": low, "high": high, **told, "unit": unit}
    p_value = {"value": each["p_value"], "unit": "probability"}
    yield {"quantity": "p_value", **p_value, **told}
    ends = ("least", "most") if len(each.get("homogeneity", ())) > 1 else ("",)
    for end, test in zip(ends, each.get("homogeneity", ()), strict=False):
        quantity = "_".join(filter(None, ("homogeneity_p_value", end)))
        value, how = test.get("p_value"), test.get("how", each["method"])
        row = {"quantity": quantity, "value": value, "unit": "probability", "method": how}
        why = test.get("not_estimable")
        yield {**row, **({"because": f"{why}; {each['standing']}"} if why else {})}

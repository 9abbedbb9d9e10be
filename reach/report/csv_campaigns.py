"""Several campaigns put together, as rows of the tidy table: a row a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.report.reading import Part, Result

_FRACTION = {"unit": "fraction"}


def campaign_rows(result: Result) -> Iterator[Part]:
    """What the campaigns say together (``over_campaigns``) and each for itself (``of_campaign``).

    The campaign of a row stands in ``source``.
    """
    if "over_campaigns" not in result:
        return
    together = result["over_campaigns"]
    for pooled in together["pooled"]:
        named = {"arm": pooled["a"], "other_arm": pooled["b"], "metric": pooled["metric"]}
        for row in _together(pooled, together["level"]):
            yield {"table": "over_campaigns", **named, **row}
        for each in pooled["of"]:
            of = {"table": "of_campaign", **named, "source": each["campaign"], **_FRACTION}
            low, high = each["difference_bounds"]
            yield {**of, "quantity": "difference", "value": each["difference"]}
            yield {**of, "quantity": "difference_bounds", "low": low, "high": high}
        for left in pooled["left_out"]:
            why = {"quantity": "left_out", "because": left["because"]}
            yield {"table": "of_campaign", **named, "source": left["campaign"], **why}


def _together(pooled: Part, level: float) -> Iterator[Part]:
    yield {"quantity": "campaigns", "value": len(pooled["of"]), "unit": "campaigns"}
    if "not_estimable" in pooled:
        yield {"quantity": "not_estimable", "because": pooled["not_estimable"]}
        return
    told = {"level": level, "method": pooled["method"]}
    low, high = pooled["difference_bounds"]
    average = low if low == high else None  # else it is known between two ends only
    ends = {"low": pooled["low"], "high": pooled["high"]}
    yield {"quantity": "average_difference", "value": average, **ends, **told, **_FRACTION}
    yield {"quantity": "average_bounds", "low": low, "high": high, **_FRACTION}
    yield {"quantity": "p_value", "value": pooled["p_value"], "unit": "probability"}
    freedom = pooled["degrees_of_freedom"]
    yield {"quantity": "degrees_of_freedom", "value": freedom, "unit": "campaigns"}
    for quantity in ("spread", "i2"):
        low, high = pooled[quantity]
        yield {"quantity": quantity, "low": low, "high": high, **_FRACTION}
    following = pooled["prediction"]
    if following is None:
        yield {"quantity": "next_campaign", "because": pooled["no_prediction"]}
        return
    ends = {"low": following["low"], "high": following["high"]}
    yield {"quantity": "next_campaign", **ends, "level": level, **_FRACTION}
    freedom = following["degrees_of_freedom"]
    row = {"quantity": "next_campaign_degrees_of_freedom", "value": freedom}
    yield {**row, "unit": "campaigns"}

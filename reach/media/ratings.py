"""One row of an audience: which number of people it tells, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from reach.media.amounts import by_sample, capped, exactly, no_error_stated
from reach.media.exposure import Amount
from reach.media.notice import Notice, notice
from reach.stats.survey.clusters import standard_error

SAMPLED = ("panel_meter", "diary", "probability_survey")
"""Methods that draw people, so that chance has a share in them."""

MOST_TIMES = 10
_HALF_TENTH = 0.05
"""By how many points an end may be off that was rounded to a tenth."""

UNSTATED = "no sampling error is stated, nor a sample size: the estimate stands between all that is possible"


def number_of(data: Mapping[str, Any]) -> tuple[float, str] | None:
    """How many were reached, in the row's unit, and the columns that say so; None if none does.

    Contacts, ratings of one spot and readers of an issue are no reach.

    Examples:
        >>> number_of({"grp": 88.2, "ots_average": 2.1, "universe": 1000})
        (420.0, 'grp / ots_average × universe')
        >>> number_of({"impressions": 5000})
    """
    universe = data.get("universe")
    if "reach1_low_pct" in data and universe is not None:  # what its interval is around
        return data["reach1_pct"] / 100 * universe, "reach1_pct × universe"
    if "reach" in data:
        return float(data["reach"]), "reach"
    if universe is None:
        return None
    if "reach1_pct" in data:
        return data["reach1_pct"] / 100 * universe, "reach1_pct × universe"
    if "grp" in data and "ots_average" in data:
        share = min(100.0, data["grp"] / data["ots_average"])
        return round(share / 100 * universe, 6), "grp / ots_average × universe"
    return None


def interval_of(
    data: Mapping[str, Any], number: float, most: float | None, level: float
) -> tuple[Amount | None, str]:
    """The number with its interval, and how that came about.

    Args:
        data: The row.
        number: How many were reached, or were n times.
        most: How many there are at all; None if nobody says.
        level: Confidence level of an interval of ours.

    Returns:
        The amount, and the way in words; no amount where nothing bounds it.
    """
    universe = data.get("universe") or most
    if data["method"] in SAMPLED and "sample_size" in data and universe is not None:
        deff = data.get("design_effect", 1.0)
        n_eff = data["sample_size"] / deff
        share = min(1.0, number / universe)
        said = f"{data['sample_size']} asked, design effect {deff:g}"
        if "design_effect" not in data:
            said += " for want of another"
        return capped(by_sample(share, n_eff, universe, level), most), f"Beta on n/deff: {said}"
    if data["method"] == "platform_report":
        return exactly(number), "as the platform counts: no sample, and no error that it tells"
    bound = most if most is not None else data.get("impressions", data.get("ots_gross"))
    if bound is None:
        return None, UNSTATED
    return no_error_stated(number, bound), UNSTATED


def published(data: Mapping[str, Any], most: float | None) -> Amount | None:
    """The interval that the row itself states, at its own level; None if it states none."""
    if "reach1_low_pct" not in data:
        return None
    low, middle, high = (
        data[name] / 100 * data["universe"]
        for name in ("reach1_low_pct", "reach1_pct", "reach1_high_pct")
    )
    return capped(Amount(middle, low, high, data["confidence_level"]), most)


def hides_design(data: Mapping[str, Any]) -> bool:
    """Whether a stated margin is that of people drawn one by one, as if there were no design.

    Examples:
        Of 2,273 people 5 %, with a design effect of 1.5 and a margin of 0.9 points: √1.5 is lost.

        >>> row = {"method": "probability_survey", "sample_size": 2273, "design_effect": 1.5,
        ...        "reach1_low_pct": 4.1, "reach1_pct": 5.0, "reach1_high_pct": 5.9,
        ...        "confidence_level": 0.95}
        >>> hides_design(row), hides_design(row | {"reach1_low_pct": 3.9, "reach1_high_pct": 6.1})
        (True, False)
    """
    from scipy.special import ndtri

    if not {"reach1_low_pct", "sample_size"} <= data.keys() or data["method"] not in SAMPLED:
        return False
    p, n = data["reach1_pct"] / 100, data["sample_size"]
    z = float(ndtri((1 + data["confidence_level"]) / 2))
    simple = 100 * z * standard_error(p, n)
    margin = (data["reach1_high_pct"] - data["reach1_low_pct"]) / 2
    true = simple * math.sqrt(data.get("design_effect", math.inf))
    same = abs(margin - simple) <= _HALF_TENTH + 1e-9
    return simple > 0 and same and true - simple > 2 * _HALF_TENTH


def margin_notice(data: Mapping[str, Any], place: str, said: str) -> Notice:
    """That a margin does as if everybody had been drawn alone."""
    margin = (data["reach1_high_pct"] - data["reach1_low_pct"]) / 2
    deff = data.get("design_effect")
    then = (
        "if people were drawn by village, household or day, it is too narrow. State the design effect."
        if deff is None
        else f"its own design effect of {deff:g} widens it, and is used here."
    )
    return notice(
        "margin_hides_design",
        f"{said}: {place} publishes a margin of {margin:.1f} points, which is that of "
        f"{data['sample_size']} people drawn one by one; {then}",
        channel=said,
        place=place,
        margin=margin,
        sample_size=data["sample_size"],
        design_effect=deff,
    )

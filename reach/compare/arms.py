"""One arm described: its counts, what its sources can tell, and its rates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reach.compare.metrics import METRICS, Bounds, measured, stage_sums, why_not_measured
from reach.compare.pairs import coverage
from reach.compare.rates import Rates
from reach.errors import NotEstimableError
from reach.stats.partial import rate_interval
from reach.vocabulary import Grade, Measures

_COUNTS = (
    "attempted", "not_sent", "pending", "sent", "delivered", "failed", "unknown", "conflicts",
    "seen", "machine_only", "engaged", "acted", "suspects",
)  # fmt: skip


def describe_arm(
    rates: Rates, arm: str, kind: str, level: float, title: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """An arm as the result document holds it.

    Args:
        rates: Of what was counted.
        arm: Which arm.
        kind: How its evidence is read.
        level: Confidence level of its rates, each for itself.
        title: What people call it, by language; None if it is called by its name.
    """
    tally = rates.tally
    counts = tally.counts[arm]
    strata = list(tally.strata.values())
    sums = stage_sums(tally.arms.index(arm), strata)
    told = measured(counts)
    return {
        "channel": arm,
        **({"title": dict(title)} if title else {}),
        "kind": kind,
        "grade": str(Grade.CENSUS_LOG),
        "clusters": sums["attempted_recipients"],
        "receipt_levels": {
            "carrier": counts["by_carrier"],
            "device": counts["by_device"],
            "inferred": counts["inferred"],
        },
        "measured": {
            "delivered": Measures.DELIVERED in told,
            "engaged": Measures.ENGAGED in told,
            "acted": Measures.ACTED in told,
        },
        "outcomes": {
            **{name: counts[name] for name in _COUNTS},
            "recipients": sums["attempted_recipients"],
            "delivered_recipients": sums["delivered_recipients"],
            "possible_recipients": sums["possible_recipients"],
            "acted_recipients": sums["acted_recipients"],
        },
        "receipt_coverage": coverage(counts) if Measures.DELIVERED in told else None,
        "rates": {name: _rate(rates, arm, name, told, level) for name in METRICS},
    }


def _rate(rates: Rates, arm: str, name: str, told: Measures, level: float) -> dict[str, Any]:
    metric = METRICS[name]
    counts = rates.tally.counts[arm]
    if not counts["attempted"]:
        return {"not_estimable": "no messages"}
    for measure in Measures:
        if measure in metric.needs and measure not in told:
            return {"not_measured": why_not_measured(measure, counts)}
    try:
        return rate_document(rates.bounds(name, arm, standardised=False), level)
    except NotEstimableError as error:
        return {"not_estimable": str(error)}


def rate_document(ends: Bounds, level: float) -> dict[str, Any]:
    """A rate with its intervals, as the result document holds it.

    Args:
        ends: What is confirmed, and what is possible.
        level: Confidence level of both intervals.

    Raises:
        NotEstimableError: One recipient only stands behind it.
    """
    interval = rate_interval(ends.lower, ends.upper, 1 - level)
    return {
        "numerator": int(ends.lower.numerator),
        "denominator": int(ends.lower.denominator),
        "lower_bound": interval.lower_bound,
        "upper_bound": interval.upper_bound,
        "set_low": interval.set_low,
        "set_high": interval.set_high,
        "low": interval.low,
        "high": interval.high,
        "level": level,
        "method": interval.method,
        "deff": ends.lower.deff,
        "effective_clusters": ends.lower.effective_clusters,
    }

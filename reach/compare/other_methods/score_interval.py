"""Miettinen and Nurminen's score interval of a difference, for small or zero counts."""

from __future__ import annotations

from typing import Any

from reach.compare.metrics import Metric
from reach.compare.other_methods.independent import units_of
from reach.compare.rates import Rates
from reach.stats.counts.score_difference import score_difference


def score_interval(
    rates: Rates, metric: Metric, pair: tuple[str, str], level: float
) -> dict[str, Any]:
    """The difference a − b at both ends of what is possible, and the interval over both.

    Args:
        rates: Of what was counted, of independent units.
        metric: Which metric.
        pair: Which two arms, a − b.
        level: Confidence level, of this interval for itself.
    """
    whole = rates.tally.pooled()
    a, b = (units_of(metric, rates.tally.arms.index(arm), whole) for arm in pair)
    below = score_difference(a.least, a.units, b.most, b.units, 1 - level)
    above = score_difference(a.most, a.units, b.least, b.units, 1 - level)
    return {
        "difference_bounds": [below.estimate, above.estimate],
        "low": below.low,
        "high": above.high,
        "p_value": least_sure(below.estimate, below.p_value, above.estimate, above.p_value),
        "trials": [a.units, b.units],
        "how": below.method,
    }


def least_sure(below: float, p_below: float, above: float, p_above: float) -> float:
    """The p-value of no difference, whatever the unknown were.

    Examples:
        >>> least_sure(0.1, 0.01, 0.2, 0.001), least_sure(-0.1, 0.01, 0.2, 0.001)
        (0.01, 1.0)
    """
    if below <= 0 <= above:
        return p_below if below == above else 1.0
    return p_below if below > 0 else p_above

"""What if messages without a receipt fared like the others of their stratum? A sensitivity analysis."""

from __future__ import annotations

from typing import Any, Final

from reach.compare.rates import Rates
from reach.compare.reasons import stratum_name
from reach.stats.missing_at_random import missing_at_random
from reach.tally.axes import axis

METRIC: Final = "delivered_per_sent"
"""The only rate that it is about."""


def delivered_at_random(rates: Rates, arm: str, level: float) -> dict[str, Any]:
    """Delivered per receipted by stratum, applied to all that the arm sent there.

    Args:
        rates: Of what was counted.
        arm: Which arm.
        level: Confidence level, of this interval for itself.

    Raises:
        NotEstimableError: A stratum tells nothing of its unknown, or nothing was sent.
    """
    tally = rates.tally
    size = len(next(iter(tally.strata.values())).sums)
    sent, delivered, receipted = ([0] * size for _ in range(3))
    place = tally.arms.index(arm)
    for weights, name in ((sent, "sent"), (delivered, "delivered"), (receipted, "receipted")):
        weights[axis(place, name)] = 1
    found = missing_at_random(
        list(tally.strata.values()),
        sent,
        delivered,
        receipted,
        1 - level,
        names=[stratum_name(stratum) for stratum in tally.strata],
    )
    return {
        "estimate": found.estimate,
        "lower_bound": found.lower_bound,
        "upper_bound": found.upper_bound,
        "low": found.low,
        "high": found.high,
        "receipt_coverage": found.receipt_coverage,
        "effective_clusters": found.effective_clusters,
        "assumption": found.assumption,
        "how": found.method,
    }

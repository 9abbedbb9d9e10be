"""Cost per delivered: bounds from what is known and unknown of delivery, and their interval.

The interval covers all that is possible: its lower end is that of cost/(D + U), its upper end
that of cost/D, both at the whole level. With D = 0 nothing was delivered for sure, and the
upper end is not estimable; it is None, and never infinite.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.errors import NotEstimableError
from reach.stats.costs.fieller import fieller
from reach.stats.finite import finite
from reach.stats.partial import apart, rate_interval
from reach.stats.ratio import covariance

if TYPE_CHECKING:
    from reach.stats.costs.fieller import FiellerInterval
    from reach.stats.ratio import Ratio


@dataclass(frozen=True, slots=True)
class CostPerDelivered:
    """What one delivered message cost.

    Attributes:
        lower_bound: cost/(D + U), if everything unknown was delivered.
        upper_bound: cost/D, if nothing of it was; None if D = 0.
        low: Lower end of the interval, 0 or more, not above `lower_bound`.
        high: Upper end of it, not below `upper_bound`; None where it is not estimable.
        no_high: Why there is no upper end, in words; None if there is one.
        nu: Degrees of freedom; inf is normal.
        effective_clusters: The smallest G* of the rates it rests on.
        level: Confidence level, 1 − alpha.
        method: What was done, in words.
    """

    lower_bound: float
    upper_bound: float | None
    low: float
    high: float | None
    no_high: str | None
    nu: float
    effective_clusters: float
    level: float
    method: str


@finite("nu")
def cost_from_total(
    total: float, confirmed: Ratio, possible: Ratio, alpha: float, nu: float | None = None
) -> CostPerDelivered:
    """Cost per delivered where the bill is known: cost per sent over the rate delivered.

    Args:
        total: What all messages in the denominator of the rates cost, 0 or more, any currency.
        confirmed: D/N, delivered for sure per sent, not standardised.
        possible: (D + U)/N, delivered or unknown per sent; `confirmed` itself if all is known.
        alpha: Probability of error, between 0 and 1.
        nu: Degrees of freedom; None for the smaller of the two rates' own, inf for the
            normal distribution.

    Returns:
        Bounds and interval: the cost per sent over the interval of all possible rates.

    Raises:
        NotEstimableError: Nothing was possibly delivered, or one recipient only.
        ValueError: The total is negative or not finite, the rates do not have one
            denominator, are standardised or the wrong way round, or alpha or nu out of range.

    References:
        Wilson (1927), JASA 22, 209–212: the interval of the rate.

    Examples:
        1,000 messages for 50,000, of which 600 were delivered, and perhaps 150 more.

        >>> import numpy as np
        >>> from reach.stats.gram import GramStratum
        >>> from reach.stats.ratio import ratio
        >>> gram = np.array([[1000, 600, 750], [600, 600, 600], [750, 600, 750]])
        >>> stratum = GramStratum(gram[0], gram, recipients=1000)
        >>> confirmed, possible = (ratio([stratum], y, [1, 0, 0]) for y in ([0, 1, 0], [0, 0, 1]))
        >>> cost = cost_from_total(50_000, confirmed, possible, alpha=0.05, nu=math.inf)
        >>> [round(end, 2) for end in (cost.low, cost.lower_bound, cost.upper_bound, cost.high)]
        [64.45, 66.67, 83.33, 87.83]
    """
    if not 0 <= total < math.inf:
        raise ValueError(f"the total cost is {total}, expected 0 or more")
    sent = _one_denominator(confirmed, possible)
    if len(confirmed.parts) > 1:
        raise ValueError("got standardised rates, expected rates of all messages on the bill")
    _require_possible(possible)
    price = total / sent
    rate = rate_interval(confirmed, possible, alpha, nu)
    return CostPerDelivered(
        lower_bound=price / rate.upper_bound,
        upper_bound=price / rate.lower_bound if rate.lower_bound > 0 else None,
        low=price / rate.set_high,
        high=price / rate.set_low if rate.set_low > 0 else None,
        no_high=None if rate.set_low > 0 else _no_high(confirmed),
        nu=rate.nu,
        effective_clusters=min(confirmed.effective_clusters, possible.effective_clusters),
        level=rate.level,
        method="known total over " + rate.method.split(",")[0] + " interval, cluster-robust",
    )


@finite("nu")
def cost_per_delivered(
    cost: Ratio, confirmed: Ratio, possible: Ratio, alpha: float, nu: float | None = None
) -> CostPerDelivered:
    """Cost per delivered where cost varies by message: Fieller's theorem over recipients.

    Args:
        cost: Cost per message sent; its numerator is an axis of costs, in whole smallest
            units of the currency. All three rates come from the same strata and weights.
        confirmed: D/N, delivered for sure per sent.
        possible: (D + U)/N, delivered or unknown per sent; `confirmed` itself if all is known.
        alpha: Probability of error, between 0 and 1.
        nu: Degrees of freedom; None for the smallest G* − 1, inf for the normal distribution.

    Returns:
        Bounds and interval. A lower end below 0 is cut to 0.

    Raises:
        NotEstimableError: Nothing was possibly delivered, one recipient only, or so little
            possibly delivered that it can't be told from none.
        ValueError: A negative cost, rates from different strata, without one denominator or
            the wrong way round, or alpha or nu out of range.

    References:
        Fieller (1954), JRSS B 16, 175–185.
    """
    if cost.estimate < 0:
        raise ValueError(f"the cost per message is {cost.estimate}, expected 0 or more")
    _one_denominator(cost, confirmed, possible)
    apart(confirmed, possible)
    _require_possible(possible)
    rates = (cost, confirmed, possible)
    clusters = min(rate.effective_clusters for rate in rates)
    nu = clusters - 1 if nu is None else nu
    least = _ratio_of(cost, possible, alpha, nu)
    most, why = None, None
    if confirmed.estimate > 0:
        try:
            most = _ratio_of(cost, confirmed, alpha, nu)
        except NotEstimableError as error:
            why = str(error)
    else:
        why = _no_high(confirmed)
    return CostPerDelivered(
        lower_bound=cost.estimate / possible.estimate,
        upper_bound=cost.estimate / confirmed.estimate if confirmed.estimate > 0 else None,
        low=max(0.0, least.low),
        high=None if most is None else most.high,
        no_high=why,
        nu=nu,
        effective_clusters=clusters,
        level=1 - alpha,
        method="Fieller, cluster-robust",
    )


def _ratio_of(cost: Ratio, delivered: Ratio, alpha: float, nu: float) -> FiellerInterval:
    return fieller(
        cost.estimate,
        delivered.estimate,
        covariance(cost, cost),
        covariance(delivered, delivered),
        covariance(cost, delivered),
        alpha,
        nu,
    )


def _one_denominator(*rates: Ratio) -> float:
    sizes = [rate.denominator for rate in rates]
    if min(sizes) != max(sizes):
        raise ValueError(f"the rates are per {sizes} messages, expected one denominator")
    if len({tuple(part.weight for part in rate.parts) for rate in rates}) > 1:
        raise ValueError("the rates weigh strata differently, expected the same weights")
    return sizes[0]


def _require_possible(possible: Ratio) -> None:
    if possible.estimate == 0:
        raise NotEstimableError("nothing was delivered, not even possibly: it has no cost each")


def _no_high(confirmed: Ratio) -> str:
    if confirmed.estimate == 0:
        return "nothing was delivered for sure: the cost per delivered has no upper end"
    return "what was delivered for sure can't be told from nothing: there is no upper end"

"""Interval of a rate of which only a lower and an upper bound can be counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reach.errors import NotEstimableError
from reach.stats.alike import all_alike
from reach.stats.critical import Margin, margins, require_level
from reach.stats.wilson import reach_above, reach_below, reaches_above, reaches_below, wilson

if TYPE_CHECKING:
    from reach.stats.ratio import Ratio


@dataclass(frozen=True)
class RateInterval:
    """What may be said of a rate between two bounds.

    Attributes:
        lower_bound: The rate if everything unknown failed.
        upper_bound: The rate if everything unknown succeeded.
        low: Lower end of the interval of the rate itself.
        high: Upper end of it; it contains both bounds.
        set_low: Lower end of the interval of all that is possible, at the same level.
        set_high: Upper end of it; it contains `low` and `high`.
        critical: c of `low` and `high`, for messages as alike as they were found to be.
        set_critical: c of `set_low` and `set_high`, two-sided.
        nu: Degrees of freedom; inf is normal.
        level: Confidence level, 1 − alpha.
        method: What was done, in words.
    """

    lower_bound: float
    upper_bound: float
    low: float
    high: float
    set_low: float
    set_high: float
    critical: float
    set_critical: float
    nu: float
    level: float
    method: str


def rate_interval(
    lower: Ratio, upper: Ratio, alpha: float, nu: float | None = None
) -> RateInterval:
    """Interval of a rate that lies between two estimated rates.

    Of this interval and the one that takes each recipient's messages as all alike, what lies in
    both. The second is the narrower one only where the first has very few degrees of freedom.

    Args:
        lower: The rate if everything unknown failed, 0 to 1.
        upper: The rate if everything unknown succeeded, 0 to 1; `lower` itself if all is known.
        alpha: Probability of error, between 0 and 1.
        nu: Degrees of freedom; None for the smaller of the two
            rates' own, inf for the normal distribution.

    Returns:
        Both intervals; where the bounds coincide they are one, Wilson's with n_eff.

    Raises:
        NotEstimableError: One recipient only, or a rate that exceeds 1.
        ValueError: The bounds are the wrong way round, or alpha or nu out of range.

    References:
        Imbens & Manski (2004), Econometrica 72, 1845–1857. Wilson (1927), JASA 22, 209–212.
        Korn & Graubard (1998), Survey Methodology 24, 193–201: effective size and t in an
        interval for trials.

    Examples:
        Of 1,000 messages to as many people 600 were delivered, and perhaps 150 more.

        >>> import math
        >>> import numpy as np
        >>> from reach.stats.gram import GramStratum
        >>> from reach.stats.ratio import ratio
        >>> gram = np.array([[1000, 600, 750], [600, 600, 600], [750, 600, 750]])
        >>> stratum = GramStratum(gram[0], gram, recipients=1000)
        >>> confirmed, possible = (ratio([stratum], y, [1, 0, 0]) for y in ([0, 1, 0], [0, 0, 1]))
        >>> rate = rate_interval(confirmed, possible, alpha=0.05, nu=math.inf)
        >>> [round(end, 4) for end in (rate.low, rate.high, rate.set_low, rate.set_high)]
        [0.5743, 0.7718, 0.5693, 0.7758]
    """
    require_level(alpha)
    if nu is not None:
        return _interval(lower, upper, alpha, nu)
    found = _interval(lower, upper, alpha, min(freedom_of(lower), freedom_of(upper)))
    alike = all_alike((lower, upper))
    if alike is None:
        return found
    other = _interval(alike[0], alike[1], alpha, min(freedom_of(rate) for rate in alike))
    return replace(
        found,
        low=max(found.low, other.low),
        high=min(found.high, other.high),
        set_low=max(found.set_low, other.set_low),
        set_high=min(found.set_high, other.set_high),
    )


def _interval(lower: Ratio, upper: Ratio, alpha: float, nu: float) -> RateInterval:
    n_lower, n_upper = trials_of(lower), trials_of(upper)
    unknown = apart(lower, upper)
    p, q = lower.estimate, upper.estimate

    below = Margin(lambda c: reach_below(p, n_lower, c), lambda c: reaches_below(p, n_lower, c))
    above = Margin(lambda c: reach_above(q, n_upper, c), lambda c: reaches_above(q, n_upper, c))
    c = two_sided = margins(below, above, 0.0, nu).critical_value(alpha)
    if unknown:
        c = margins(below, above, unknown, nu).critical_value(alpha)
    return RateInterval(
        lower_bound=p,
        upper_bound=q,
        low=wilson(p, n_lower, c)[0],
        high=wilson(q, n_upper, c)[1],
        set_low=wilson(p, n_lower, two_sided)[0],
        set_high=wilson(q, n_upper, two_sided)[1],
        critical=c,
        set_critical=two_sided,
        nu=nu,
        level=1 - alpha,
        method="Wilson, cluster-robust" + (", Imbens–Manski between bounds" if unknown else ""),
    )


def trials_of(rate: Ratio) -> float:
    """n_eff of a rate that an interval is wanted for.

    Raises:
        NotEstimableError: There is none, since one recipient only stands behind the rate or
            it exceeds 1.
    """
    if rate.effective_trials is not None:
        return rate.effective_trials
    freedom_of(rate)
    raise NotEstimableError(
        f"a ratio of {rate.estimate:.9g} is no proportion: cap an upper bound with at_most_one"
    )


def freedom_of(rate: Ratio) -> float:
    """Degrees of freedom of a rate's variance.

    Raises:
        NotEstimableError: One recipient only stands behind the rate.
    """
    if rate.degrees_of_freedom is None:
        raise NotEstimableError("one recipient only: the variance of its rate is not estimable")
    return rate.degrees_of_freedom


def apart(lower: Ratio, upper: Ratio) -> float:
    """Distance between two bounds, 0 or more.

    Raises:
        ValueError: The lower bound lies above the upper one, by more than rounding.
    """
    distance = upper.estimate - lower.estimate
    if distance < -1e-12:  # noqa: PLR2004
        raise ValueError(
            f"the lower bound {lower.estimate} lies above the upper bound {upper.estimate}"
        )
    return max(0.0, distance)

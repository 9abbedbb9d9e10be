"""Difference of two rates that may be only partly known: interval and p from one statistic."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError
from reach.stats.alike import all_alike
from reach.stats.critical import Margin, margins, require_level
from reach.stats.partial import apart, freedom_of, trials_of
from reach.stats.ratio import correlation
from reach.stats.ratio import overlap as shares_recipients
from reach.stats.wilson import reach_above, reach_below, reaches_above, reaches_below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reach.stats.ratio import Ratio


@dataclass(frozen=True)
class DifferenceInterval:
    """What may be said of A − B.

    Attributes:
        lower_bound: L, A − B if the unknown failed in A and succeeded in B.
        upper_bound: H, A − B if the unknown succeeded in A and failed in B.
        low: Lower end of the interval; not above L, not below −1.
        high: Upper end of the interval; not below H, not above 1.
        critical: c, for the recipients' messages being as alike as they were found to be.
        nu: Degrees of freedom, likewise; inf is normal.
        p_value: Least alpha, for this contrast alone, at which the interval excludes 0.
        p_adjusted: The same for the whole family, min(1, contrasts × p).
        correlation_low: Correlation of the two rates that make L.
        correlation_high: Correlation of the two rates that make H.
        contrasts: Size of the family.
        level: Confidence level of the family, 1 − alpha.
        method: What was done, in words.
    """

    lower_bound: float
    upper_bound: float
    low: float
    high: float
    critical: float
    nu: float
    p_value: float
    p_adjusted: float
    correlation_low: float
    correlation_high: float
    contrasts: int
    level: float
    method: str

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of 0; so if and only if p_adjusted ≤ alpha."""
        return self.low > 0 or self.high < 0


def difference_interval(
    a_lower: Ratio,
    a_upper: Ratio,
    b_lower: Ratio,
    b_upper: Ratio,
    alpha: float,
    *,
    contrasts: int = 1,
    nu: float | None = None,
    overlap: bool | None = None,
) -> DifferenceInterval:
    """Interval [L − d_L, H + d_H] and p-value of the difference of two rates A − B.

    Of this interval and the one that takes each recipient's messages as all alike, what lies in
    both; and the smaller p-value, which belongs to it. The second is the narrower one only where
    the first has very few degrees of freedom.

    With nothing unknown it is Newcombe's hybrid score interval, with effective trials for
    clustering and the correlation of the arms; with something unknown it is Imbens and
    Manski's interval made of such margins. It lies within [−1, 1] by construction. Margins
    are taken as their running maximum over c, so the intervals are nested in alpha.

    Args:
        a_lower: A's rate if everything unknown failed.
        a_upper: A's rate if everything unknown succeeded.
        b_lower: B's rate if everything unknown failed.
        b_upper: B's rate if everything unknown succeeded.
        alpha: Probability of error in the whole family, between 0 and 1.
        contrasts: Size of the family (Bonferroni), 1 or more.
        nu: Degrees of freedom; None for `degrees_of_freedom`, inf for the normal distribution.
        overlap: Whether recipients occur in both arms; None to read it off the tally.

    Returns:
        The interval, its critical value and its p-values; never NaN.

    Raises:
        NotEstimableError: One recipient only in an arm, or a rate that exceeds 1.
        ValueError: Bounds the wrong way round, ratios from different strata, or alpha,
            contrasts or nu out of range.

    References:
        Newcombe (1998), Statistics in Medicine 17, 873–890, method 10. Zou & Donner (2008),
        Statistics in Medicine 27, 1693–1702: the correlation in it. Imbens & Manski (2004),
        Econometrica 72, 1845–1857.

    Examples:
        Newcombe's example: 56 of 70 against 48 of 80, everyone their own cluster. The axes
        are A's trials and successes, then B's.

        >>> import numpy as np
        >>> from reach.stats.gram import GramStratum
        >>> from reach.stats.ratio import ratio
        >>> gram = np.array([[70, 56, 0, 0], [56, 56, 0, 0], [0, 0, 80, 48], [0, 0, 48, 48]])
        >>> stratum = GramStratum(np.array([70, 56, 80, 48]), gram, recipients=150)
        >>> a = ratio([stratum], [0, 1, 0, 0], [1, 0, 0, 0])
        >>> b = ratio([stratum], [0, 0, 0, 1], [0, 0, 1, 0])
        >>> found = difference_interval(a, a, b, b, alpha=0.05, nu=math.inf)
        >>> round(found.low, 4), round(found.high, 4)
        (0.0524, 0.3339)
    """
    require_level(alpha)
    if contrasts < 1:
        raise ValueError(f"contrasts is {contrasts}, expected 1 or more")
    rates = (a_lower, a_upper, b_lower, b_upper)
    found = _interval(rates, alpha, contrasts, nu, overlap=overlap)
    alike = all_alike(rates) if nu is None else None
    if alike is None:
        return found
    least = min(freedom_of(rate) for rate in alike)
    other = _interval(alike, alpha, contrasts, least, overlap=overlap)
    return replace(
        found,
        low=max(found.low, other.low),
        high=min(found.high, other.high),
        p_value=min(found.p_value, other.p_value),
        p_adjusted=min(found.p_adjusted, other.p_adjusted),
    )


def _interval(
    rates: Sequence[Ratio],
    alpha: float,
    contrasts: int,
    nu: float | None,
    *,
    overlap: bool | None,
) -> DifferenceInterval:
    a_lower, a_upper, b_lower, b_upper = rates
    unknown = apart(a_lower, a_upper) + apart(b_lower, b_upper)
    lower = a_lower.estimate - b_upper.estimate
    upper = max(lower, a_upper.estimate - b_lower.estimate)
    rho_low, rho_high = correlation(a_lower, b_upper), correlation(a_upper, b_lower)
    if nu is None:
        nu = degrees_of_freedom(a_lower, a_upper, b_lower, b_upper, overlap=overlap)
    reaching = margins(
        below=_margin(a_lower, b_upper, rho_low),
        above=_margin(b_lower, a_upper, rho_high),
        unknown=unknown,
        nu=nu,
    )
    c = reaching.critical_value(alpha / contrasts)
    low, high = reaching.interval(lower, upper, c)
    p_value = reaching.p_value(lower, upper)
    return DifferenceInterval(
        lower_bound=lower,
        upper_bound=upper,
        low=max(-1.0, low),  # by construction, but for rounding
        high=min(1.0, high),
        critical=c,
        nu=nu,
        p_value=p_value,
        p_adjusted=min(1.0, contrasts * p_value),
        correlation_low=rho_low,
        correlation_high=rho_high,
        contrasts=contrasts,
        level=1 - alpha,
        method="Newcombe hybrid score, cluster-robust"
        + (", Imbens–Manski between bounds" if unknown else ""),
    )


def degrees_of_freedom(
    a_lower: Ratio,
    a_upper: Ratio,
    b_lower: Ratio,
    b_upper: Ratio,
    *,
    overlap: bool | None = None,
) -> float:
    """Degrees of freedom of a difference between separate groups of recipients, or of one group.

    Args:
        a_lower: A's rate if everything unknown failed; the others as in `difference_interval`.
        a_upper: A's upper rate.
        b_lower: B's lower rate.
        b_upper: B's upper rate.
        overlap: Whether recipients occur in both arms; None to read it off the tally.

    Returns:
        ν = (V_r + V_s)²/(V_r²/ν_r + V_s²/ν_s) with the rates' own ν, the smaller of both
        ends; the smallest of the rates' own when recipients overlap or a variance is 0.

    Raises:
        NotEstimableError: One recipient only in an arm.

    References:
        Satterthwaite (1946), Biometrics Bulletin 2, 110–114.
    """
    ends = ((a_lower, b_upper), (a_upper, b_lower))
    rates = [rate for end in ends for rate in end]
    if overlap is None:
        overlap = any(shares_recipients(a, b) for a, b in ends)
    if overlap or not all(_variance(rate) for rate in rates):
        return min(freedom_of(rate) for rate in rates)
    return min(_satterthwaite(a, b) for a, b in ends)


def _margin(falling: Ratio, rising: Ratio, rho: float) -> Margin:
    """d(c) for an end at which one rate errs downwards and the other upwards."""
    n_falling, n_rising = trials_of(falling), trials_of(rising)
    p, q = falling.estimate, rising.estimate

    def distance(c: float) -> float:
        a, b = reach_below(p, n_falling, c), reach_above(q, n_rising, c)
        # a² + b² − 2ρab, written so that like margins of like arms cancel cleanly.
        return math.sqrt((a - b) ** 2 + 2 * (1 - rho) * a * b)

    def distances(c: NDArray[np.float64]) -> NDArray[np.float64]:
        a, b = reaches_below(p, n_falling, c), reaches_above(q, n_rising, c)
        return np.sqrt((a - b) ** 2 + 2 * (1 - rho) * a * b)

    return Margin(distance, distances)


def _variance(rate: Ratio) -> float:
    if rate.variance is None:
        raise NotEstimableError("one recipient only: the variance of its rate is not estimable")
    return rate.variance


def _satterthwaite(first: Ratio, second: Ratio) -> float:
    v, w = _variance(first), _variance(second)
    share = v / (v + w)  # before squaring, which could underflow
    return 1 / (share**2 / freedom_of(first) + (1 - share) ** 2 / freedom_of(second))

"""Fieller's interval of a ratio of two estimates that vary together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reach.errors import NotEstimableError
from reach.stats.finite import finite
from reach.stats.student import critical_value


@dataclass(frozen=True, slots=True)
class FiellerInterval:
    """What two estimates say of their ratio.

    Attributes:
        estimate: a/b.
        low: Lower end of the interval.
        high: Upper end of it.
        g: c²·Var b/b², below 1; near 0 the interval is that of the delta method.
        nu: Degrees of freedom; inf is normal.
        level: Confidence level, 1 − alpha.
        method: What was done, in words.
    """

    estimate: float
    low: float
    high: float
    g: float
    nu: float
    level: float
    method: str


@finite("nu")
def fieller(
    numerator: float,
    denominator: float,
    numerator_variance: float,
    denominator_variance: float,
    covariance: float,
    alpha: float,
    nu: float = math.inf,
) -> FiellerInterval:
    """All ratios θ for which a − θb does not differ from 0, as |a − θb| ≤ c·√Var(a − θb).

    Args:
        numerator: a, a total or a mean.
        denominator: b, likewise, of either sign.
        numerator_variance: Of a, 0 or more.
        denominator_variance: Of b, 0 or more.
        covariance: Of a and b.
        alpha: Probability of error, between 0 and 1.
        nu: Degrees of freedom of Student's t, above 0; inf is the normal distribution.

    Returns:
        The ratio and its interval, which contains it.

    Raises:
        NotEstimableError: b does not differ from 0 at this level: the θ that remain have no
            end on one side, or are all numbers.
        ValueError: A number is not finite, a variance negative, the covariance larger than
            the variances allow, or alpha or nu out of range.

    References:
        Fieller (1954), JRSS B 16, 175–185. Zerbe (1978), The American Statistician 32,
        103–105.

    Examples:
        >>> found = fieller(120, 60, 25, 9, 5, alpha=0.05)
        >>> round(found.low, 4), round(found.high, 4), round(found.g, 4)
        (1.8034, 2.2246, 0.0096)
    """
    c = critical_value(nu, alpha)
    a, b, v, w = numerator, denominator, numerator_variance, denominator_variance
    if not all(math.isfinite(number) for number in (a, b, v, w, covariance)):
        raise ValueError(f"got {(a, b, v, w, covariance)}, expected finite numbers")
    if not (v >= 0 and w >= 0 and abs(covariance) <= math.sqrt(v) * math.sqrt(w) * (1 + 1e-9)):
        raise ValueError(f"got variances {v} and {w} and covariance {covariance}: impossible")
    g = math.inf if b == 0 else (c * math.sqrt(w) / b) ** 2
    if not g < 1:
        raise NotEstimableError(
            f"the denominator {b:.6g} can't be told from 0 (standard error {math.sqrt(w):.3g}): "
            "the ratio has no two ends"
        )
    # Around the slope of a on b nothing is subtracted that could leave a negative root.
    slope = covariance / w if w > 0 else 0.0
    rest = max(0.0, v - slope * covariance)
    off = a / b - slope
    reach = abs(c / b) * math.sqrt(w * off**2 + (1 - g) * rest)
    return FiellerInterval(
        estimate=a / b,
        low=min(a / b, slope + (off - reach) / (1 - g)),
        high=max(a / b, slope + (off + reach) / (1 - g)),
        g=g,
        nu=nu,
        level=1 - alpha,
        method="Fieller",
    )

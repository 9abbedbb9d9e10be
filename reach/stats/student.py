"""Student's t: a probability and the critical value that belongs to it, from one function."""

from __future__ import annotations

import math

from scipy.special import stdtr

from reach.errors import NotEstimableError
from reach.stats.critical import require_level
from reach.stats.monotone import first_reached


def two_tails(nu: float, c: float) -> float:
    """Probability that |t| is at least c.

    Args:
        nu: Degrees of freedom, above 0; inf is the normal distribution.
        c: The statistic without its sign, 0 or more.

    Returns:
        The two-sided p-value.

    Raises:
        ValueError: An argument is out of its range.

    Examples:
        >>> round(two_tails(12, 2.178813), 6)
        0.05
    """
    if not (nu > 0 and c >= 0):
        raise ValueError(f"nu is {nu} and c is {c}, expected above 0 and at least 0")
    return 2 * float(stdtr(nu, -c))


def critical_value(nu: float, alpha: float) -> float:
    """The c that |t| exceeds with probability alpha, found on `two_tails` itself.

    So an interval of ±c standard errors excludes 0 just when the p-value is at most alpha.

    Args:
        nu: Degrees of freedom, above 0; inf is the normal distribution.
        alpha: Probability of error, between 0 and 1.

    Returns:
        The critical value, above 0.

    Raises:
        NotEstimableError: It is beyond all numbers.
        ValueError: Alpha or nu out of range.

    Examples:
        >>> round(critical_value(math.inf, 0.05), 6), round(critical_value(1, 0.05), 4)
        (1.959964, 12.7062)
    """
    require_level(alpha)
    if not nu > 0:
        raise ValueError(f"got {nu} degrees of freedom, expected above 0")
    c = first_reached(lambda c: -two_tails(nu, c), -alpha)
    if math.isinf(c):
        raise NotEstimableError(
            f"an interval that errs with probability {alpha:g} only has no end with {nu:g} degrees of freedom: ask for a lower level"
        )
    return c

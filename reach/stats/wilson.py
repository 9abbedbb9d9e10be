"""Wilson's score interval, in a form that stays exact at rates 0 and 1 and for any c."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Beside it a proportion is nothing, and the interval reaches to the end of the scale.
LARGEST = 1e300


def wilson(p: float, n_eff: float, c: float) -> tuple[float, float]:
    """Score interval of a proportion.

    Args:
        p: Proportion, 0 to 1.
        n_eff: (Effective) number of trials, above 0; need not be whole.
        c: Critical value, 0 or more, 1.96 for a two-sided 95 % normal interval; may be inf.

    Returns:
        Lower and upper end, both within [0, 1]; they never cross p.

    Raises:
        ValueError: An argument is out of its range.

    References:
        Wilson (1927), JASA 22, 209–212.

    Examples:
        >>> low, high = wilson(0 / 20, 20, 1.959964)
        >>> low, round(high, 4)
        (0.0, 0.1611)
    """
    # Exact but for rounding, which must not leave the scale.
    return max(0.0, p - reach_below(p, n_eff, c)), min(1.0, p + reach_above(p, n_eff, c))


def reach_below(p: float, n_eff: float, c: float) -> float:
    """How far the score interval reaches below p; same arguments as `wilson`.

    With z = c²/n and x = z + √(z² + 4zp(1−p)) the distance is p·x/(2p + x). Nothing is
    subtracted, so it keeps its digits where the textbook form loses them, and it rises with c.
    """
    _require(p, n_eff, c)
    z = c * c / n_eff if n_eff < math.inf else 0.0  # endless trials leave no doubt
    if z == 0 or p == 0:
        return 0.0
    if math.isinf(z):
        return p
    x = z + math.sqrt(z) * math.sqrt(z + 4 * p * (1 - p))
    return p * (x / (2 * p + x))  # in this order the smallest p keep their digits


def reach_above(p: float, n_eff: float, c: float) -> float:
    """How far the score interval reaches above p; same arguments as `wilson`."""
    return reach_below(1 - p, n_eff, c)


def reaches_below(p: float, n_eff: float, c: NDArray[np.float64]) -> NDArray[np.float64]:
    """`reach_below` for many finite critical values above 0 at once."""
    _require(p, n_eff, 0.0)
    if p == 0:
        return np.zeros_like(c)
    with np.errstate(over="ignore"):
        z = c * c / n_eff
        x = np.minimum(z + np.sqrt(z) * np.sqrt(z + 4 * p * (1 - p)), LARGEST)
    reach: NDArray[np.float64] = p * (x / (2 * p + x))
    return reach


def reaches_above(p: float, n_eff: float, c: NDArray[np.float64]) -> NDArray[np.float64]:
    """`reach_above` for many finite critical values above 0 at once."""
    return reaches_below(1 - p, n_eff, c)


def _require(p: float, n_eff: float, c: float) -> None:
    if not 0 <= p <= 1:
        raise ValueError(f"p is {p}, expected 0 to 1")
    if not (n_eff > 0 and c >= 0):
        raise ValueError(f"n_eff is {n_eff} and c is {c}, expected above 0 and at least 0")

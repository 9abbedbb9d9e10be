"""The critical value of a partly known quantity, and the p-value from the same statistic.

A quantity known only to lie between two estimated bounds, Δ apart, has the interval
[lower − d_low(c), upper + d_high(c)]. It can err at both ends only so far as sampling error
bridges Δ, so c solves T_ν(c + cΔ/max d(c)) − T_ν(−c) = 1 − α: two-sided for Δ = 0, one-sided
for a wide Δ. What falls outside is the tail; p is the tail at the c that just touches 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from reach.stats.monotone import GRID, first_reached, running_maximum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reach.stats.monotone import Curve

# Where the limit for c → 0 is read: margins are still far from underflow.
SMALLEST = 1e-9
# An end this close to 0 touches it: a rounding error decides no verdict.
TOUCHING = 1e-12
# Where a curve is looked at for dips: its beginning and the grid.
_PLACES = np.array([SMALLEST, *GRID])


@dataclass(frozen=True, slots=True)
class Margin:
    """How far an interval reaches beyond a bound, as a curve over c from 0.

    Attributes:
        at: The distance for one critical value c ≥ 0.
        along: The distances for many finite c above 0 at once, the same but for rounding.
    """

    at: Curve
    along: Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Margins:
    """How far an interval reaches beyond its two bounds, as curves over c.

    Attributes:
        below: Distance below the lower bound; rises with c from 0.
        above: Distance above the upper bound; rises with c from 0.
        tail: Minus the probability outside, over c; rises to 0.
    """

    below: Curve
    above: Curve
    tail: Curve

    def critical_value(self, alpha: float) -> float:
        """The least c that leaves no more than alpha outside; 0 or more, possibly inf.

        References:
            Imbens & Manski (2004), Econometrica 72, 1845–1857.
        """
        return first_reached(self.tail, -alpha)

    def interval(self, lower: float, upper: float, c: float) -> tuple[float, float]:
        """Ends of the interval around the bounds [lower, upper]; it contains them."""
        low, high = lower - self.below(c), upper + self.above(c)
        return 0.0 if 0 < low <= TOUCHING else low, 0.0 if -TOUCHING <= high < 0 else high

    def p_value(self, lower: float, upper: float) -> float:
        """The least alpha at which the interval around the bounds [lower, upper] excludes 0."""
        gap = max(lower, -upper) - TOUCHING
        if gap <= 0:
            return 1.0
        return abs(self.tail(first_reached(self.below if lower > 0 else self.above, gap)))


def margins(below: Margin, above: Margin, unknown: float, nu: float) -> Margins:
    """Make nested intervals of two margins.

    Args:
        below: Distance below the lower bound.
        above: Distance above the upper bound.
        unknown: Δ, upper bound less lower bound, 0 or more.
        nu: Degrees of freedom of Student's t, above 0; inf is the normal distribution.

    Returns:
        The margins and their tail, each made to rise.

    Raises:
        ValueError: Δ is negative or ν not positive.
    """
    if not (unknown >= 0 and nu > 0):
        raise ValueError(
            f"the bounds are {unknown} apart and nu is {nu}, expected 0 or more and above 0"
        )
    far_below, far_above = below.along(_PLACES), above.along(_PLACES)
    low, high = running_maximum(below.at, far_below), running_maximum(above.at, far_above)

    def tail(c: float) -> float:
        c = max(c, SMALLEST)
        if math.isinf(c):
            return 0.0
        widest = max(low(c), high(c))
        bridge = 0.0 if unknown == 0 else math.inf if widest == 0 else c * unknown / widest
        return -float(stdtr(nu, -c) + stdtr(nu, -c - bridge))

    widest = np.maximum(far_below, far_above)
    if low is not below.at or high is not above.at:  # seldom: with a dip to bridge
        widest = np.array([max(low(c), high(c)) for c in _PLACES.tolist()])
    return Margins(low, high, running_maximum(tail, _tails(widest, unknown, nu)))


def _tails(widest: NDArray[np.float64], unknown: float, nu: float) -> NDArray[np.float64]:
    """Minus the probability outside at each of `_PLACES`, from the wider margin there."""
    bridge = np.full(len(widest), math.inf if unknown else 0.0)
    if unknown:
        with np.errstate(over="ignore"):  # beyond all numbers is as good as infinite
            np.divide(_PLACES * unknown, widest, out=bridge, where=widest > 0)
    found: NDArray[np.float64] = -(stdtr(nu, -_PLACES) + stdtr(nu, -_PLACES - bridge))
    return found


def require_level(alpha: float) -> None:
    """Refuse an alpha that is no probability of error.

    Raises:
        ValueError: Not between 0 and 1.
    """
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha}, expected between 0 and 1")

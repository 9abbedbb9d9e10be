"""Curves made rising, and where a rising curve first reaches a height.

Intervals are only nested, and only agree with their p-value, if their width rises with the
critical value. With correlated arms of very unequal size the width can dip; its running
maximum can't.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq, minimize_scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Curve = Callable[[float], float]

# Twenty points a decade; the curves are smooth in log c and flat outside.
GRID = tuple(float(c) for c in np.logspace(-4, 8, 241))
# Beyond this c² overflows and Student's t can't be told from c = ∞.
LARGEST = 1e150
# Rounding of a flat curve is no dip.
ROUNDING = 1e-12


def running_maximum(curve: Curve, known: NDArray[np.float64] | None = None) -> Curve:
    """The least rising curve that is nowhere below the given one.

    Args:
        curve: Smooth in log c; flat, or rising, below the grid and above it.
        known: Its heights at 0 and on the grid, if they are known already, shape (242,).

    Returns:
        The curve itself where it rises, else its highest peak so far.
    """
    places = (0.0, *GRID)
    if known is not None and (known[1:] >= known[:-1]).all():
        return curve
    heights = [curve(c) for c in places] if known is None else known.tolist()
    peaks = [
        _peak(curve, places[k - 1], places[k + 1]) if k else (0.0, heights[0])
        for k in range(len(GRID))
        if (k == 0 or heights[k - 1] <= heights[k])
        and heights[k] > heights[k + 1]
        and heights[k] - min(heights[k:]) > ROUNDING * abs(heights[k])
    ]
    if not peaks:
        return curve
    starts = [place for place, _ in peaks]
    highest = list(accumulate((height for _, height in peaks), max))

    def risen(c: float) -> float:
        passed = bisect_right(starts, c)
        return max(curve(c), highest[passed - 1]) if passed else curve(c)

    return risen


def first_reached(rising: Curve, height: float) -> float:
    """The least c ≥ 0 at which a rising curve is at or above a height.

    Args:
        rising: A continuous curve that never falls.
        height: The height to reach.

    Returns:
        That c, 0 if the curve starts there, inf if it never gets there.

    Raises:
        ValueError: The height is NaN.
    """
    if math.isnan(height):
        raise ValueError("got NaN for a height, expected a number")
    low, high = 0.0, GRID[0]
    if rising(low) >= height:
        return low
    while rising(high) < height:
        low, high = high, high * 10
        if high > LARGEST:
            return math.inf
    return float(
        brentq(lambda c: rising(c) - height, low, high, xtol=1e-300, rtol=1e-15, maxiter=2000)
    )


def _peak(curve: Curve, left: float, right: float) -> tuple[float, float]:
    found = minimize_scalar(
        lambda log_c: -curve(math.exp(log_c)),
        bounds=(math.log(max(left, GRID[0] / 10)), math.log(right)),
        method="bounded",
        options={"xatol": 1e-9},
    )
    place = math.exp(float(found.x))
    return place, curve(place)

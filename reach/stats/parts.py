"""What each stratum gives to a ratio, in exact numbers.

(N·a − Y·b)ᵀ G (N·a − Y·b) needs no division, so a sum of squared residuals that is zero comes
out as zero, and a large count beside a small residual costs no digits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from reach.errors import NotEstimableError
from reach.stats.finite import TOO_LARGE
from reach.stats.gram import GramStratum, pool

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    AxisWeights = Sequence[float] | NDArray[np.int64] | NDArray[np.float64]

Exact = int | Fraction
# Weights of axes and strata are sensible numbers: sums of their squares have a double.
MOST = 1e50
# A weighting of the axes without its zeros: (axis, weight).
Axes = tuple[tuple[int, Exact], ...]


@dataclass(frozen=True, eq=False)
class RatioPart:
    """What one stratum gives to a ratio.

    Attributes:
        stratum: The tally it comes from.
        weight: Share of the stratum in the ratio; the shares sum to 1.
        successes: Numerator in this stratum, Y_s.
        trials: Denominator in this stratum, N_s, above 0.
        counted: Axes of the denominator, b.
        residual: Axes of N_s times the residual, N_s·a − Y_s·b.
    """

    stratum: GramStratum
    weight: float
    successes: Exact
    trials: Exact
    counted: Axes
    residual: Axes

    @property
    def rate(self) -> float:
        """Y_s/N_s."""
        return quotient(self.successes, self.trials)

    @property
    def complement(self) -> float:
        """1 − Y_s/N_s, exactly 0 where all succeeded."""
        return quotient(self.trials - self.successes, self.trials)


def ratio_parts(
    strata: Sequence[GramStratum],
    numerator: AxisWeights,
    denominator: AxisWeights,
    weights: Sequence[float] | None,
) -> tuple[RatioPart, ...]:
    """Take a ratio apart by stratum; same arguments and errors as `reach.stats.ratio.ratio`."""
    if weights is None:
        strata, weights = [pool(strata)], [1.0]
    if len(weights) != len(strata):
        raise ValueError(f"{len(weights)} weights for {len(strata)} strata")
    within = all(0 <= weight <= MOST for weight in weights)
    total = math.fsum(weights) if within else 0.0
    if not total > 0:
        raise ValueError(f"weights are {list(weights)}, expected 0 or more and not all 0")
    above, below = _axes(numerator), _axes(denominator)
    parts = []
    for index, (stratum, weight) in enumerate(zip(strata, weights, strict=True)):
        if not len(numerator) == len(denominator) == stratum.sums.size:
            raise ValueError(
                f"{len(numerator)} and {len(denominator)} axis weights for {stratum.sums.size} axes"
            )
        if weight == 0:
            continue
        successes, trials = _total(stratum, above), _total(stratum, below)
        if trials <= 0:
            where = "" if len(strata) == 1 else f" in stratum {index}"
            raise NotEstimableError(f"the denominator of the rate is {trials}{where}")
        residual = {axis: trials * share for axis, share in above}
        for axis, share in below:
            residual[axis] = residual.get(axis, 0) - successes * share
        parts.append(
            RatioPart(stratum, weight / total, successes, trials, below, tuple(residual.items()))
        )
    return tuple(parts)


def concentration(part: RatioPart) -> float:
    """Σ a_i² of this stratum, where a_i = w_s·n_i/N_s is recipient i's share of the weight."""
    squares = _product(part.stratum, part.counted, part.counted)
    return part.weight**2 * quotient(squares, part.trials**2)


def residual_product(first: RatioPart, second: RatioPart) -> float:
    """w_s·w'_s·Σ e_i·f_i/(N_s·N'_s) of this stratum."""
    products = _product(first.stratum, first.residual, second.residual)
    return first.weight * second.weight * quotient(products, (first.trials * second.trials) ** 2)


def shared(first: RatioPart, second: RatioPart) -> bool:
    """Whether a recipient of this stratum is counted in both denominators."""
    return _product(first.stratum, first.counted, second.counted) != 0


def quotient(above: Exact, below: Exact) -> float:
    """Divide exactly, then round once."""
    try:
        return float(above / below)  # Python rounds a quotient of two int once, too
    except OverflowError as error:
        raise NotEstimableError(TOO_LARGE) from error


def _axes(weights: AxisWeights) -> Axes:
    if not all(weight == 0 or 1 / MOST <= abs(weight) <= MOST for weight in weights):
        raise ValueError(
            f"axis weights are {list(weights)}, expected 0 or {1 / MOST:g} to {MOST:g}"
        )
    exact = [(axis, Fraction(float(weight))) for axis, weight in enumerate(weights) if weight]
    return tuple(
        (axis, weight.numerator if weight.denominator == 1 else weight) for axis, weight in exact
    )


def _total(stratum: GramStratum, axes: Axes) -> Exact:
    return sum((weight * int(stratum.sums[axis]) for axis, weight in axes), start=0)


def _product(stratum: GramStratum, first: Axes, second: Axes) -> Exact:
    entry = stratum.gram.item
    total: Exact = 0
    for i, u in first:
        for j, v in second:
            total += u * v * entry(i, j)
    return total

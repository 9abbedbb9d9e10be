"""Rates that differ from cell to cell: the beta-binomial distribution by maximum likelihood."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A likelihood this little above that of one common rate is the rounding of no difference.
_GAIN = 1e-9
# 1/(a + b) where the likelihood is looked at first; its greatest is then searched for nearby.
_GRID = np.geomspace(1e-7, 1e6, 27)
_GOLDEN = (math.sqrt(5) - 1) / 2
_NARROWINGS = 44
_NEWTON_STEPS = 60
_CLOSE = 1e-8  # of m; the likelihood is then at its top to twice the digits
_AT_ONCE = 50_000  # numbers in an array, to stay near the processor


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """Cells' rates vary as Beta(a, b).

    Attributes:
        mean: a/(a + b).
        rho: Correlation of two trials of one cell, 1/(a + b + 1); 0 is one common rate.
        log_likelihood: Without the binomial coefficients.
        at_boundary: Whether the data are likeliest for one common rate, for cells of all or
            nothing, or for a rate of 0 or 1: then they do not determine how rates differ.
    """

    mean: float
    rho: float
    log_likelihood: float
    at_boundary: bool

    @property
    def precision(self) -> float:
        """The trials a + b that the distribution is worth; inf for one common rate."""
        return math.inf if self.rho == 0 else 1 / self.rho - 1

    @property
    def a(self) -> float:
        """First parameter of the beta distribution."""
        return self.mean * self.precision

    @property
    def b(self) -> float:
        """Second parameter of the beta distribution."""
        return (1 - self.mean) * self.precision


def fit_beta_binomial(
    successes: NDArray[np.int64], trials: NDArray[np.int64]
) -> list[BetaBinomial]:
    """The beta-binomial distributions under which these counts are likeliest.

    With ρ = 1/(a + b + 1) and m the mean, the log-likelihood is, over j = 0, 1, …,
    Σ A_j·log(m(1−ρ) + jρ) + B_j·log((1−m)(1−ρ) + jρ) − C_j·log(1 − ρ + jρ), where A, B, C are
    the numbers of cells with more than j successes, failures and trials. It needs no gamma
    functions, and is exact down to ρ = 0, the binomial. For each ρ it is concave in m; its
    maximum over m is searched over ρ, on a grid and then by golden section.

    Args:
        successes: 0 to the trials; shape (data sets, cells).
        trials: 1 or more, the same for all data sets; shape (cells,).

    Returns:
        A fit for each data set; at the boundary with the parameters there or next to it.

    References:
        Griffiths (1973), Biometrics 29, 637–648. Smith (1983), Applied Statistics 32, 196–204
        (algorithm AS 189).

    Examples:
        Batting averages of 18 players after 45 at bats (Efron & Morris 1975):

        >>> hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
        >>> (fit,) = fit_beta_binomial(np.array([hits]), np.full(18, 45))
        >>> round(fit.mean, 4), round(fit.precision)
        (0.2654, 793)
    """
    rows = max(1, _AT_ONCE // int(trials.max()))
    fits = []
    for start in range(0, len(successes), rows):
        fits += _fit(successes[start : start + rows], trials)
    return fits


@dataclass(frozen=True, slots=True)
class _Counts:
    """Cells with more than j successes, failures, trials; shapes (data sets, j) and (j,)."""

    won: NDArray[np.float64]
    lost: NDArray[np.float64]
    tried: NDArray[np.float64]
    j: NDArray[np.float64]

    def at_best_mean(
        self, odds: NDArray[np.float64], mean: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Greatest log-likelihood over m, and that m, where 1/(a + b) = odds; from a first m.

        Newton's steps towards the root of m(1−m) times the falling derivative, which for the
        binomial is a straight line; halving where they leave the bracket.
        """
        rho = (odds / (1 + odds))[:, None]
        rest = 1 / (1 + odds)[:, None]
        low, high, m = np.zeros_like(rho), np.ones_like(rho), mean[:, None]
        for _ in range(_NEWTON_STEPS):
            up, down = m * rest + self.j * rho, (1 - m) * rest + self.j * rho
            a, b = self.won / up, self.lost / down
            slope = (a - b).sum(axis=1, keepdims=True)
            bend = rest * (a / up + b / down).sum(axis=1, keepdims=True)
            low, high = np.where(slope >= 0, m, low), np.where(slope <= 0, m, high)
            step = m + m * (1 - m) * slope / (m * (1 - m) * bend - (1 - 2 * m) * slope)
            after = np.where((low <= step) & (step <= high), step, (low + high) / 2)
            moved, m = np.abs(after - m) / np.minimum(after, 1 - after), after
            if moved.max() < _CLOSE:
                break
        up, down = m * rest + self.j * rho, (1 - m) * rest + self.j * rho
        value = (self.won * np.log(up) + self.lost * np.log(down)).sum(axis=1)
        return value - np.log(rest + self.j * rho) @ self.tried, m[:, 0]


def _fit(successes: NDArray[np.int64], trials: NDArray[np.int64]) -> list[BetaBinomial]:
    total = successes.sum(axis=1)
    pooled = total / trials.sum()
    mixed = (total > 0) & (total < trials.sum())
    found = [BetaBinomial(float(each), 0.0, 0.0, at_boundary=True) for each in pooled]
    if not mixed.any():
        return found
    j = np.arange(int(trials.max()))
    won, lost = (
        np.array([_more_than(row, len(j)) for row in counts])
        for counts in (successes[mixed], (trials - successes)[mixed])
    )
    counts = _Counts(won, lost, _more_than(trials, len(j)), j.astype(np.float64))
    mean = pooled[mixed]
    common, _ = counts.at_best_mean(np.zeros(len(mean)), mean)
    heights = []
    for odds in _GRID:
        height, mean = counts.at_best_mean(np.full(len(mean), odds), mean)
        heights.append(height)
    best = np.argmax(heights, axis=0)
    last = len(_GRID) - 1
    left = np.log(_GRID[np.maximum(best - 1, 0)])
    right = np.log(_GRID[np.minimum(best + 1, last)])
    inner, outer = right - _GOLDEN * (right - left), left + _GOLDEN * (right - left)
    low, mean = counts.at_best_mean(np.exp(inner), mean)
    high, mean = counts.at_best_mean(np.exp(outer), mean)
    for _ in range(_NARROWINGS):
        up = low < high
        left, right = np.where(up, inner, left), np.where(up, right, outer)
        fresh = np.where(up, left + _GOLDEN * (right - left), right - _GOLDEN * (right - left))
        height, mean = counts.at_best_mean(np.exp(fresh), mean)
        inner, outer = np.where(up, outer, fresh), np.where(up, fresh, inner)
        low, high = np.where(up, high, height), np.where(up, height, low)
    odds = np.exp((left + right) / 2)
    height, mean = counts.at_best_mean(odds, mean)
    for k, row in enumerate(np.flatnonzero(mixed)):
        if height[k] <= common[k] + _GAIN:
            found[row] = BetaBinomial(float(pooled[row]), 0.0, float(common[k]), at_boundary=True)
        else:
            rho = float(odds[k] / (1 + odds[k]))
            found[row] = BetaBinomial(
                float(mean[k]), rho, float(height[k]), at_boundary=bool(best[k] == last)
            )
    return found


def _more_than(counts: NDArray[np.int64], longest: int) -> NDArray[np.float64]:
    """How many of the counts exceed 0, 1, 2 and so on."""
    exactly = np.bincount(counts, minlength=longest + 1)
    return (len(counts) - np.cumsum(exactly))[:-1].astype(np.float64)

"""How fast a series rises or falls: the median slope, and a p-value only where it holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from reach.errors import NotEstimableError
from reach.stats.finite import finite

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SEED = 20_240_601
# The test is made at 5 %, and said only if it errs in at most 6 % of series without a trend.
NOMINAL = 0.05
BEARABLE = 0.06
# Fewer values hold no estimate of how much one resembles the next.
FEWEST = 8
# Work grows with the square.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class SenSlope:
    """Median slope of a series, and what may be said of chance.

    Attributes:
        slope: Median of the slopes between all pairs, per unit of time.
        intercept: Median of the values minus slope × median of the times.
        pairs: Pairs of different times, of which it is the median.
        points: Values of the series.
        autocorrelation: Lag-1 autocorrelation of the series about its slope, with the bias
            of short series taken out; None where it can't be told.
        level: Share of simulated series of such autocorrelation and no trend in which the
            Mann–Kendall test at 5 % would have found one; None where not simulated.
        p_value: Of the Mann–Kendall test; None where the level is above .06 or unknown.
        why: Why there is no p-value; empty if there is one.
        runs: Simulated series.
        seed: Of the simulation.
        method: What was done, in words.
    """

    slope: float
    intercept: float
    pairs: int
    points: int
    autocorrelation: float | None
    level: float | None
    p_value: float | None
    why: str
    runs: int
    seed: int
    method: str


@finite()
def sen_slope(
    values: ArrayLike, times: Sequence[float] | None = None, *, runs: int = 4000, seed: int = SEED
) -> SenSlope:
    """Theil–Sen slope of a series, and its p-value if a simulation says that it holds.

    What a day brings resembles what the day before brought, and then the usual tests find
    trends in series that have none. So the Mann–Kendall test is tried on simulated normal
    series of the same length, without a trend, with the lag-1 autocorrelation found here; its
    p-value is given only if at most 6 % of them are called a trend at 5 %.

    Args:
        values: The series, shape (n,), 2 to 2000 values, finite.
        times: When, in any order and unit, finite; None for 0, 1, 2, …. Several values may
            have one time; pairs of them do not count.
        runs: Simulated series, 1000 or more.
        seed: Of the simulation.

    Returns:
        The slope; a p-value or why there is none.

    Raises:
        NotEstimableError: All values have one time.
        ValueError: Too few or too many values, or values and times that are not finite or do not fit.

    References:
        Sen (1968), JASA 63, 1379–1389. Kendall (1975), Rank Correlation Methods:
        the variance with ties. Marriott & Pope (1954), Biometrika 41, 390–402: the bias of
        an autocorrelation. Hamed & Rao (1998), Journal of Hydrology 204, 182–196: a correction
        that is not used here: at an autocorrelation of .5 it errs in about one series of five.

    Examples:
        >>> found = sen_slope([3, 1, 4, 1, 5, 9, 2, 6])
        >>> round(found.slope, 4), found.pairs
        (0.4643, 28)

        A wave is no trend, though every test of independent values would call it one.

        >>> wave = sen_slope([math.sin(day / 9) for day in range(40)])
        >>> wave.p_value is None, wave.why[:38]
        (True, 'each value resembles the one before it')
    """
    y = np.asarray(values, dtype=np.float64)
    t = np.arange(y.size, dtype=np.float64) if times is None else np.asarray(times, np.float64)
    if y.ndim != 1 or y.size < 2 or t.shape != y.shape:  # noqa: PLR2004
        raise ValueError(
            f"got {y.size} values and {t.size} times, expected a pair each, two or more"
        )
    if not (np.isfinite(y).all() and np.isfinite(t).all()):
        raise ValueError("got values or times that are not finite, expected numbers")
    if y.size > LONGEST:
        raise ValueError(f"got {y.size} values, expected at most {LONGEST}: take weeks for days")
    if runs < 1000:  # noqa: PLR2004
        raise ValueError(f"got {runs} runs, expected 1000 or more")
    order = np.argsort(t, kind="stable")
    y, t = y[order], t[order]
    i, j = np.triu_indices(y.size, 1)
    i, j = i[t[j] > t[i]], j[t[j] > t[i]]
    if i.size == 0:
        raise NotEstimableError("all values have one time: there is no slope over time")
    slope = float(np.median((y[j] - y[i]) / (t[j] - t[i])))
    autocorrelation = _autocorrelation(y - slope * t, t)
    level = None if autocorrelation is None else _level(y.size, autocorrelation, runs, seed)
    if level is None:
        why = (
            f"how much one value resembles the next is not known from fewer than {FEWEST}, from"
            " unequal steps of time or from values that lie on the line"
        )
    elif level > BEARABLE:
        why = (
            f"each value resembles the one before it (autocorrelation {autocorrelation:.2f}): a"
            f" test at 5 % would find a trend in {level:.0%} of such series that have none"
        )
    else:
        why = ""
    return SenSlope(
        slope=slope,
        intercept=float(np.median(y) - slope * np.median(t)),
        pairs=i.size,
        points=y.size,
        autocorrelation=autocorrelation,
        level=level,
        p_value=None if why else mann_kendall(y),
        why=why,
        runs=runs,
        seed=seed,
        method="Theil–Sen slope; Mann–Kendall with ties, if its simulated level is at most .06",
    )


@finite()
def mann_kendall(values: NDArray[np.float64]) -> float:
    """Two-sided p-value of the Mann–Kendall test with ties, for *independent* values.

    Args:
        values: The series in order of time, shape (n,), finite.

    Returns:
        The p-value of the normal approximation with continuity correction; 1 if all are alike.
    """
    n = values.size
    i, j = np.triu_indices(n, 1)
    score = abs(float(np.sign(values[j] - values[i]).sum()))
    ties = np.unique(values, return_counts=True)[1].astype(np.float64)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    if score <= 1 or variance == 0:
        return 1.0
    return min(1.0, 2 * float(ndtr(-(score - 1) / math.sqrt(variance))))


def _autocorrelation(about: NDArray[np.float64], times: NDArray[np.float64]) -> float | None:
    """Lag-1 autocorrelation of residuals, plus the bias that it has about a fitted line."""
    n = about.size
    steps = np.diff(times)
    if n < FEWEST or not np.allclose(steps, steps.mean(), rtol=1e-6, atol=0):
        return None
    centred = about - about.mean()
    whole = float(centred @ centred)
    # What rounding leaves of a straight line is no series.
    if whole <= 1e-20 * n * max(1.0, float(np.abs(about).max()) ** 2):
        return None
    found = float(centred[1:] @ centred[:-1]) / whole
    return min(0.99, max(-0.99, (n * found + 2) / (n - 4)))


def _level(n: int, autocorrelation: float, runs: int, seed: int) -> float:
    """How often Mann–Kendall at 5 % calls an autoregression of order one a trend."""
    series = np.random.default_rng(seed).standard_normal((n, runs))
    series[1:] *= math.sqrt(1 - autocorrelation**2)
    for time in range(1, n):
        series[time] += autocorrelation * series[time - 1]
    score = np.zeros(runs)
    for lag in range(1, n):
        score += np.count_nonzero(series[lag:] > series[:-lag], axis=0)
    pairs = n * (n - 1) / 2
    score = np.abs(2 * score - pairs)
    reach = np.maximum(0, score - 1) / math.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    return float(np.mean(2 * ndtr(-reach) <= NOMINAL))

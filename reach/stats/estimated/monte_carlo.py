"""What uncertain inputs make of a formula: seeded draws, an interval, whose doubt it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reach.stats.estimated.input_distributions import Distribution

Formula = Callable[..., "NDArray[np.float64] | float"]
COVERS = (
    "covers the stated doubt about the inputs, taken as independent;"
    " covers no bias: neither a wrong formula nor an input that is off beyond what was stated"
)


@dataclass(frozen=True, slots=True)
class VarianceShare:
    """How much of the result's variance comes from one input.

    Attributes:
        name: The input.
        share: First-order Sobol index, 0 to 1: the variance that would go, on average, if this
            input were known. Shares sum to less than 1 where inputs work upon each other.
        standard_error: Of the share, by the number of draws.
        total: Total index, 0 or more: the share with all that the input does jointly.
    """

    name: str
    share: float
    standard_error: float
    total: float


@dataclass(frozen=True, slots=True)
class MonteCarloEstimate:
    """A formula's result under uncertain inputs.

    Attributes:
        median: Half of the draws lie below.
        mean: Of the draws.
        mean_error: Standard error of the mean by the number of draws; not the doubt itself.
        low: Lower end of the interval, tails alike.
        high: Upper end of the interval.
        level: Share of the draws within.
        shares: By input, in order of their names; empty if the result does not vary.
        draws: Draws behind median, mean and interval.
        seed: Of the draws.
        method: What was done, in words.
        covers: What the interval covers, and what it does not.
    """

    median: float
    mean: float
    mean_error: float
    low: float
    high: float
    level: float
    shares: tuple[VarianceShare, ...]
    draws: int
    seed: int
    method: str
    covers: str = COVERS


def monte_carlo(
    formula: Formula,
    inputs: Mapping[str, Distribution],
    *,
    seed: int,
    draws: int = 20_000,
    level: float = 0.95,
) -> MonteCarloEstimate:
    """Draw the inputs, calculate, and say what doubt is left and which input it comes from.

    Each input has a stream of random numbers of its own, made of the seed and its name: the
    order of the inputs changes nothing, and an input more leaves the others' draws as they were.
    With two independent sets of draws A and B, and A_i, which is A with input i from B, the
    first-order index is mean(f(B)·(f(A_i) − f(A)))/Var f (Saltelli and others), of a centred f;
    the total index is mean((f(A) − f(A_i))²)/(2·Var f) (Jansen). A fixed input gets exactly 0.

    Args:
        formula: Takes the inputs as keyword arguments, arrays of shape (draws,), and returns
            as many results; so it is written with numpy's functions.
        inputs: Distribution of each input, by name; at least one.
        seed: 0 or more.
        draws: Size of each of the two sets, 100 or more; the formula is evaluated inputs + 2
            times upon as many.
        level: Between 0 and 1.

    Returns:
        Median, mean, interval and shares of the variance; never NaN.

    Raises:
        NotEstimableError: The formula gives no finite number for some of the draws.
        ValueError: No inputs, seed, draws or level out of range, or results of another shape.

    References:
        Sobol (2001), Mathematics and Computers in Simulation 55, 271–280. Saltelli, Annoni,
        Azzini, Campolongo, Ratto & Tarantola (2010), Computer Physics Communications 181,
        259–270. JCGM 101:2008, Propagation of distributions using a
        Monte Carlo method.

    Examples:
        People reached by a broadcast: audience times the share that listened.

        >>> from reach.stats.estimated.input_distributions import Beta, Lognormal
        >>> inputs = {"audience": Lognormal(100_000, 150_000), "listened": Beta(0.4, 50)}
        >>> found = monte_carlo(lambda audience, listened: audience * listened, inputs, seed=1)
        >>> round(found.low, -3), round(found.median, -3), round(found.high, -3)
        (23000.0, 40000.0, 66000.0)
        >>> [(each.name, round(each.share, 1)) for each in found.shares]
        [('audience', 0.6), ('listened', 0.4)]
    """
    if not inputs:
        raise ValueError("got no inputs, expected one or more")
    if seed < 0 or draws < 100 or not 0 < level < 1:  # noqa: PLR2004 - below it, quantiles are noise
        raise ValueError(
            f"seed is {seed}, draws {draws} and level {level}, expected 0 or more, 100 or more"
            " and between 0 and 1"
        )
    names = sorted(inputs)
    first, second = {}, {}
    for name in names:
        stream = np.random.default_rng([seed, *name.encode()])
        with np.errstate(over="ignore"):  # an input beyond all numbers is the formula's to bear
            first[name] = inputs[name].at(_open_uniform(stream, draws))
            second[name] = inputs[name].at(_open_uniform(stream, draws))
    a, b = _results(formula, first, draws), _results(formula, second, draws)
    both = np.concatenate([a, b])
    # Scaled before squaring, so that results of any size have a variance.
    centre, unit = _centre_and_unit(both)
    a, b = (a - centre) / unit, (b - centre) / unit
    variance = float(np.mean(a * a + b * b)) / 2
    shares = []
    for name in names if variance > 0 else ():
        mixed = (_results(formula, {**first, name: second[name]}, draws) - centre) / unit
        products = b * (mixed - a) / variance
        shares.append(
            VarianceShare(
                name=name,
                share=min(1.0, max(0.0, float(products.mean()))),
                standard_error=float(products.std(ddof=1)) / math.sqrt(draws),
                total=float(np.mean((a - mixed) ** 2)) / 2 / variance,
            )
        )
    low, median, high = np.quantile(both, [(1 - level) / 2, 0.5, (1 + level) / 2]).tolist()
    return MonteCarloEstimate(
        median=median,
        mean=centre,
        mean_error=unit * math.sqrt(variance / both.size),
        low=low,
        high=high,
        level=level,
        shares=tuple(shares),
        draws=both.size,
        seed=seed,
        method="Monte Carlo over the stated inputs; variance shares by Saltelli 2010 and Jansen",
    )


def _open_uniform(stream: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """Uniform draws above 0 and below 1: the middles of 2⁵² cells."""
    cells: NDArray[np.float64] = (stream.integers(0, 2**52, draws) + 0.5) / 2**52
    return cells


def _results(
    formula: Formula, values: Mapping[str, NDArray[np.float64]], draws: int
) -> NDArray[np.float64]:
    """The formula's results, all finite."""
    with np.errstate(all="ignore"):  # what is not finite is counted below
        found = np.asarray(formula(**{name: each.copy() for name, each in values.items()}))
    if found.shape not in ((), (draws,)) or found.dtype.kind not in "biuf":
        raise ValueError(
            f"the formula gave {found.dtype} of shape {found.shape}, expected {draws} numbers"
        )
    results = np.broadcast_to(found.astype(np.float64), (draws,))
    lost = int((~np.isfinite(results)).sum())
    if lost:
        raise NotEstimableError(
            f"the formula has no finite result for {lost} of {draws} draws, as when it divides by 0:"
            " the inputs' distributions allow values that it does not"
        )
    return results


def _centre_and_unit(results: NDArray[np.float64]) -> tuple[float, float]:
    """Mean, and largest distance from it; (value, 1) if all are alike."""
    low, high = float(results.min()), float(results.max())
    if low == high:
        return low, 1.0
    size = max(abs(low), abs(high))
    centre = min(high, max(low, float((results / size).mean()) * size))
    unit = max(high - centre, centre - low)
    if not 0 < unit < math.inf:
        raise NotEstimableError("the formula's results are too far apart to be calculated with")
    return centre, unit

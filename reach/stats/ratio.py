"""A rate over recipients as clusters: estimate, variance, effective sizes, covariances.

One code path serves both kinds: a crude rate is one pooled stratum of weight 1, a
standardised rate is several strata with fixed weights.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError
from reach.stats.freedom import degrees_of_freedom
from reach.stats.parts import (
    RatioPart,
    concentration,
    quotient,
    ratio_parts,
    residual_product,
    shared,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reach.stats.gram import GramStratum
    from reach.stats.parts import AxisWeights


@dataclass(frozen=True)
class Ratio:
    """A rate r = Y/N, or Σ w_s·Y_s/N_s over strata, and how well it is known.

    Attributes:
        estimate: r.
        numerator: Y summed over the strata that enter.
        denominator: N summed over the strata that enter.
        variance: Cluster-robust variance with κ; None if G* = 1, where it isn't estimable.
        variance_cr0: The same without κ.
        effective_clusters: G* = 1/Σ a_i², where a_i is recipient i's share of the weight.
        effective_trials: n_eff; None if G* = 1 or if the ratio exceeds 1 (no proportion).
        deff: Design effect, trials per effective trial, 1 or more; None where n_eff is.
        kappa: κ = G*/(G* − 1); None if G* = 1.
        degrees_of_freedom: ν of its variance, at most G* − 1; None if G* = 1.
        capped: Whether a larger ratio was cut to 1 and is taken as known.
        parts: What the strata give, for covariances.
    """

    estimate: float
    numerator: float
    denominator: float
    variance: float | None
    variance_cr0: float
    effective_clusters: float
    effective_trials: float | None
    deff: float | None
    kappa: float | None
    degrees_of_freedom: float | None
    capped: bool
    parts: tuple[RatioPart, ...] = field(repr=False, compare=False)


def ratio(
    strata: Sequence[GramStratum],
    numerator: AxisWeights,
    denominator: AxisWeights,
    weights: Sequence[float] | None = None,
    *,
    at_most_one: bool = False,
) -> Ratio:
    """Estimate a ratio of two weighted counts, with recipients as clusters.

    n_eff = min(N, r(1−r)/Var r · N/(N−1)). The last factor is κ of independent trials: both
    variances are then the unbiased ones, and N independent trials count as N. For several
    strata 1/Σ(w_s²/N_s) stands for N, the trials that carry the weight, so that a heavy
    stratum of few trials does not hide behind the many of a light one. At r = 0 and r = 1
    nothing tells how alike a recipient's trials are, and n_eff = G*.

    Args:
        strata: Tallies with the same k axes and different recipients, at least one.
        numerator: Weight of each axis in the numerator, length k.
        denominator: Weight of each axis in the denominator, length k; for n_eff to be a
            number of trials it has to count something.
        weights: Fixed weight of each stratum, 0 or more; scaled to sum 1. None pools them.
        at_most_one: Cut a ratio above 1 to 1 and take it as known (variance 0). For upper
            bounds such as (engaged + machine-only)/delivered, which no truth can exceed.

    Returns:
        The ratio; with G* = 1 it has an estimate, and no variance.

    Raises:
        NotEstimableError: Nothing to divide by, in all or in a stratum of positive weight.
        ValueError: Lengths do not fit, or the weights are negative or all 0.

    References:
        Liang & Zeger (1986), Biometrika 73, 13–22: the variance without κ (independence
        working correlation, identity link). Kish (1965), Survey Sampling: the
        design effect.

    Examples:
        Three recipients got 2, 1, 1 messages, of which 1, 1, 0 were delivered.

        >>> from reach.stats.gram import tally_vectors
        >>> rate = ratio([tally_vectors([[2, 1], [1, 1], [1, 0]])], [0, 1], [1, 0])
        >>> rate.estimate, rate.variance_cr0, round(rate.effective_clusters, 4)
        (0.5, 0.03125, 2.6667)
    """
    parts = ratio_parts(strata, numerator, denominator, weights)
    estimate = math.fsum(part.weight * part.rate for part in parts)
    missing = math.fsum(part.weight * part.complement for part in parts)
    if missing == 0 or (missing > 0 and estimate > 1):
        estimate = 1.0  # rounding of the weights alone must not move a rate off 1
    capped = at_most_one and estimate > 1
    estimate = 1.0 if capped else estimate
    trials = 1 / math.fsum(part.weight**2 * quotient(1, part.trials) for part in parts)
    clusters = 1 / math.fsum(concentration(part) for part in parts)
    variance_cr0 = 0.0 if capped else math.fsum(residual_product(part, part) for part in parts)
    kappa = clusters / (clusters - 1) if clusters > 1 + 1e-12 else None  # 1, but for rounding
    variance = None if kappa is None else kappa * variance_cr0
    effective = _effective_trials(estimate, variance, trials, clusters)
    return Ratio(
        estimate=estimate,
        numerator=float(sum(part.successes for part in parts)),
        denominator=float(sum(part.trials for part in parts)),
        variance=variance,
        variance_cr0=variance_cr0,
        effective_clusters=clusters,
        effective_trials=effective,
        deff=None if effective is None else max(1.0, trials / effective),
        kappa=kappa,
        degrees_of_freedom=_freedom(estimate, effective, trials, clusters, kappa),
        capped=capped,
        parts=parts,
    )


def covariance(first: Ratio, second: Ratio) -> float:
    """Covariance of two ratios, with √(κ κ'); of a ratio with itself, its variance.

    Args:
        first: A ratio.
        second: A ratio from the same strata; any axes.

    Returns:
        The covariance; 0 if either is capped, for a known number varies with nothing.

    Raises:
        NotEstimableError: One recipient only stands behind one of them (G* = 1).
        ValueError: The ratios come from different strata.
    """
    if first.kappa is None or second.kappa is None:
        raise NotEstimableError("one recipient only: the variance of its rate is not estimable")
    return math.sqrt(first.kappa * second.kappa) * covariance_cr0(first, second)


def covariance_cr0(first: Ratio, second: Ratio) -> float:
    """Covariance of two ratios without the small-sample factor, Σ e_i·f_i/(N·M).

    Args:
        first: A ratio.
        second: A ratio from the same strata; any axes.

    Returns:
        The covariance; 0 if either is capped.

    Raises:
        ValueError: The ratios come from different strata.
    """
    pairs = _paired(first, second)
    if first.capped or second.capped:
        return 0.0
    return math.fsum(residual_product(p, q) for p, q in pairs)


def correlation(first: Ratio, second: Ratio) -> float:
    """Correlation of two ratios, −1 to 1; 0 where it is undefined because one does not vary."""
    scale = math.sqrt(first.variance_cr0) * math.sqrt(second.variance_cr0)
    if scale == 0:
        return 0.0
    return min(1.0, max(-1.0, covariance_cr0(first, second) / scale))


def overlap(first: Ratio, second: Ratio) -> bool:
    """Whether some recipient is counted in both denominators."""
    return any(shared(p, q) for p, q in _paired(first, second))


def _effective_trials(
    estimate: float, variance: float | None, trials: float, clusters: float
) -> float | None:
    if variance is None or not 0 <= estimate <= 1:
        return None
    if estimate in (0, 1):
        return clusters
    independent = max(trials, clusters)  # trials are the more, if they are whole
    binomial = estimate * (1 - estimate) * independent / (independent - 1)
    return trials if binomial >= trials * variance else binomial / variance


def _freedom(
    estimate: float, effective: float | None, trials: float, clusters: float, kappa: float | None
) -> float | None:
    if kappa is None:
        return None
    if effective is None:  # no proportion
        return clusters - 1
    return degrees_of_freedom(estimate, effective, trials, clusters)


def _paired(first: Ratio, second: Ratio) -> list[tuple[RatioPart, RatioPart]]:
    pairs = list(zip(first.parts, second.parts, strict=False))
    if len(first.parts) != len(second.parts) or not all(_same(p, q) for p, q in pairs):
        raise ValueError("the ratios come from different strata: they have no known covariance")
    return pairs


def _same(first: RatioPart, second: RatioPart) -> bool:
    if first.stratum is second.stratum:
        return True
    return np.array_equal(first.stratum.gram, second.stratum.gram) and np.array_equal(
        first.stratum.sums, second.stratum.sums
    )

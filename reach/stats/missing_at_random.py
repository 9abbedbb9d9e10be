"""If they insist: what if messages without a receipt fared like the others of their stratum?

A sensitivity analysis, and never an estimate of record: whether a receipt is missing depends
on the carrier, and often on what became of the message. Nothing in a log tests it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.errors import NotEstimableError
from reach.stats.partial import rate_interval
from reach.stats.ratio import covariance, ratio

if TYPE_CHECKING:
    from reach.stats.gram import GramStratum
    from reach.stats.parts import AxisWeights


@dataclass(frozen=True, slots=True)
class MissingAtRandom:
    """A rate on an assumption that no log can test.

    Attributes:
        estimate: Σ w_s·D_s/(D_s + F_s), with w_s the stratum's share of all sent.
        low: Lower end of its interval, on the assumption.
        high: Upper end of it.
        lower_bound: D/N, what is known without the assumption: at least this.
        upper_bound: (N − F)/N: at most this. The estimate lies between both.
        receipt_coverage: (D + F)/N, the share of messages that the estimate rests on.
        stratum_rates: D_s/(D_s + F_s) by stratum; None where nothing was sent.
        variance: Cluster-robust, with fixed weights.
        effective_clusters: G* of the messages with a receipt.
        nu: Degrees of freedom; inf is normal.
        level: Confidence level, 1 − alpha.
        standing: What this is.
        assumption: What was supposed.
        method: What was done, in words.
    """

    estimate: float
    low: float
    high: float
    lower_bound: float
    upper_bound: float
    receipt_coverage: float
    stratum_rates: tuple[float | None, ...]
    variance: float
    effective_clusters: float
    nu: float
    level: float
    standing: str = "sensitivity analysis, not an estimate of record"
    assumption: str = (
        "within each stratum messages without a receipt were delivered as often as those with one"
    )
    method: str = "delivered per receipted by stratum, weighted by sent; Wilson, cluster-robust"


def missing_at_random(
    strata: Sequence[GramStratum],
    sent: AxisWeights,
    delivered: AxisWeights,
    receipted: AxisWeights,
    alpha: float,
    *,
    names: Sequence[str] | None = None,
    nu: float | None = None,
) -> MissingAtRandom:
    """Apply each stratum's rate among receipted messages to all messages sent in it.

    Args:
        strata: Tallies by carrier or whatever receipts depend on, with the same k axes and
            different recipients.
        sent: Weight of each axis in the messages sent, length k.
        delivered: Weight of each axis in the messages delivered for sure, length k.
        receipted: Weight of each axis in the messages delivered or failed, length k.
        alpha: Probability of error, between 0 and 1.
        names: What the strata are called, for errors; None numbers them from 0.
        nu: Degrees of freedom; None for the rate's own, inf for the normal distribution.

    Returns:
        The rate on the assumption, its interval, and beside it the bounds without it.

    Raises:
        NotEstimableError: Nothing was sent, or in a stratum with messages no message has a
            receipt, or those that have one went to a single recipient.
        ValueError: Lengths do not fit, counts are not delivered ≤ receipted ≤ sent, or
            alpha or nu out of range.

    References:
        Rubin (1976), Biometrika 63, 581–592: missing at random. Manski (1989), Journal of
        Human Resources 24, 343–360: the bounds without it.

    Examples:
        Two carriers, ten persons each with one message; the axes are sent, delivered and
        receipted. The first has 8 receipts, 6 of delivery; the second 4, of which 1.

        >>> from reach.stats.gram import tally_vectors
        >>> a = tally_vectors([[1, 1, 1]] * 6 + [[1, 0, 1]] * 2 + [[1, 0, 0]] * 2)
        >>> b = tally_vectors([[1, 1, 1]] * 1 + [[1, 0, 1]] * 3 + [[1, 0, 0]] * 6)
        >>> found = missing_at_random([a, b], [1, 0, 0], [0, 1, 0], [0, 0, 1], alpha=0.05)
        >>> found.estimate, found.lower_bound, found.upper_bound
        (0.5, 0.35, 0.75)
        >>> found.standing
        'sensitivity analysis, not an estimate of record'
    """
    if names is not None and len(names) != len(strata):
        raise ValueError(f"got {len(names)} names for {len(strata)} strata")
    places = [str(place) for place in range(len(strata))] if names is None else list(names)
    messages = [_total(stratum, sent) for stratum in strata]
    receipts = [_total(stratum, receipted) for stratum in strata]
    arrived = [_total(stratum, delivered) for stratum in strata]
    for place, n, r, d in zip(places, messages, receipts, arrived, strict=True):
        if not 0 <= d <= r <= n:
            raise ValueError(f"stratum {place}: {d:g} delivered, {r:g} receipted, {n:g} sent")
    total = math.fsum(messages)
    if total == 0:
        raise NotEstimableError("nothing was sent")
    _require_receipts(strata, receipted, places, messages)
    rate = ratio(strata, delivered, receipted, messages)
    interval = rate_interval(rate, rate, alpha, nu)
    return MissingAtRandom(
        estimate=rate.estimate,
        low=interval.low,
        high=interval.high,
        lower_bound=math.fsum(arrived) / total,
        upper_bound=(total - math.fsum(receipts) + math.fsum(arrived)) / total,
        receipt_coverage=math.fsum(receipts) / total,
        stratum_rates=tuple(
            d / r if n else None for n, r, d in zip(messages, receipts, arrived, strict=True)
        ),
        variance=covariance(rate, rate),
        effective_clusters=rate.effective_clusters,
        nu=interval.nu,
        level=interval.level,
    )


def _total(stratum: GramStratum, weights: AxisWeights) -> float:
    if len(weights) != stratum.sums.size:
        raise ValueError(f"got {len(weights)} axis weights for {stratum.sums.size} axes")
    return math.fsum(
        float(w) * count for w, count in zip(weights, stratum.sums.tolist(), strict=True)
    )


def _require_receipts(
    strata: Sequence[GramStratum],
    receipted: AxisWeights,
    places: Sequence[str],
    messages: Sequence[float],
) -> None:
    """Refuse strata that tell nothing of their unknown, or nothing of how sure it is."""
    silent, single = [], []
    for stratum, place, n in zip(strata, places, messages, strict=True):
        if n == 0:
            continue
        if _total(stratum, receipted) == 0:
            silent.append(f"{place} ({n:g} sent)")
        elif ratio([stratum], receipted, receipted).kappa is None:
            single.append(place)
    if silent:
        raise NotEstimableError(
            f"no message has a receipt in stratum {', '.join(silent)}: nothing there says what "
            "became of them"
        )
    if single:
        raise NotEstimableError(
            f"one recipient only has receipts in stratum {', '.join(single)}: the variance there "
            "is not estimable; join it with another stratum"
        )

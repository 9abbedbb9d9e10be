"""Does a rate rise or fall over ordered arms? Cochran and Armitage's trend, with clusters.

Arms with a score each (months, doses, how early a message went out) and the messages of
recipients who may be in several of them. The classical test counts messages as independent;
here its variance is multiplied by the design effect that clusters have on its own statistic.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import stdtr, stdtrit

from reach.errors import NotEstimableError
from reach.stats.critical import require_level
from reach.stats.finite import finite
from reach.stats.gram import GramStratum, pool

# As for every verdict: below it a cluster-robust variance is a guess.
FEWEST_CLUSTERS = 10
Form = list[tuple[int, Fraction]]


@dataclass(frozen=True, slots=True)
class RateTrend:
    """Trend of a rate over the scores of its arms.

    Attributes:
        slope: Change of the rate per unit of score, by weighted least squares.
        low: Lower end of the interval of the slope.
        high: Upper end of it.
        statistic: Slope over its standard error.
        p_value: Two-sided, of the statistic; at most alpha if and only if the interval
            excludes 0.
        degrees_of_freedom: Of Student's t: effective clusters of the slope − 1.
        effective_clusters: (Σh)²/Σh², where h is a recipient's weight in the slope,
            Σ messages × squared distance of the arm's score from the mean score.
        design_effect: By which recipients with several messages widen the variance; below 1
            where they are in several arms and so their own control.
        messages: In all arms.
        level: Confidence level, 1 − alpha.
        method: What was done, in words.
    """

    slope: float
    low: float
    high: float
    statistic: float
    p_value: float
    degrees_of_freedom: float
    effective_clusters: float
    design_effect: float
    messages: int
    level: float
    method: str


@finite()
def rate_trend(
    strata: Sequence[GramStratum],
    successes: Sequence[int],
    trials: Sequence[int],
    scores: Sequence[float],
    alpha: float = 0.05,
) -> RateTrend:
    """Test and interval of a linear trend of a rate over ordered arms, recipients as clusters.

    With w = score − mean score (over messages), p = all successes over all trials and
    T = Σ w·y, a recipient gives d_i = Σ w·(y_i − p·n_i) to T. The classical variance is
    p(1−p)·Σ w²n. It is multiplied by Σ d_i² over the same sum with every message for itself,
    Σ w²(Y(1−p)² + (n−Y)p²), and by κ = G*/(G* − 1). So with one message each the statistic is
    the classical one times √((N−1)/N), and t with the slope's own effective clusters stands for
    the normal distribution.

    Args:
        strata: Tallies with the same axes and different recipients, at least one; pooled.
        successes: Axis of each arm's successes, two arms or more.
        trials: Axis of each arm's trials.
        scores: Score of each arm, finite.
        alpha: Probability of error, between 0 and 1.

    Returns:
        The trend.

    Raises:
        NotEstimableError: No messages at two scores, all or none succeeded, or fewer than ten
            effective clusters.
        ValueError: Arms, axes and scores do not fit, or alpha is out of its range.

    References:
        Armitage (1955), Biometrics 11, 375–386. Rao & Scott (1992), Biometrics 48, 577–585:
        a test of independent trials divided by a design effect.

    Examples:
        Thirty persons, each with a message in all of three months.

        >>> from reach.stats.gram import tally_vectors
        >>> people = [[1, 1, 1, 1, 1, 1]] * 12 + [[1, 0, 1, 1, 1, 1]] * 8 + [[1, 0, 1, 0, 1, 0]] * 10
        >>> found = rate_trend([tally_vectors(people)], [1, 3, 5], [0, 2, 4], [1, 2, 3])
        >>> round(found.slope, 4), round(found.p_value, 4), round(found.design_effect, 3)
        (0.1333, 0.0086, 0.531)
    """
    require_level(alpha)
    if not 2 <= len(scores) == len(successes) == len(trials):  # noqa: PLR2004
        raise ValueError(
            f"got {len(successes)} successes, {len(trials)} trials and {len(scores)} scores,"
            " expected one each per arm, two arms or more"
        )
    if not all(math.isfinite(score) for score in scores):
        raise ValueError(f"scores are {list(scores)}, expected finite numbers")
    stratum = pool(strata)
    if not all(0 <= axis < stratum.sums.size for axis in (*successes, *trials)):
        raise ValueError(f"got an axis that is none of {stratum.sums.size}")
    won = [int(stratum.sums[axis]) for axis in successes]
    tried = [int(stratum.sums[axis]) for axis in trials]
    messages, all_won = sum(tried), sum(won)
    if not all(0 <= y <= n for y, n in zip(won, tried, strict=True)):
        raise ValueError(f"successes are {won} of {tried}, expected 0 to all of them")
    if all_won in (0, messages):
        raise NotEstimableError("all messages ended alike: nothing tells a trend from none")
    exact = [Fraction(score) for score in scores]
    middle = sum((n * x for n, x in zip(tried, exact, strict=True)), start=Fraction(0)) / messages
    distance = [x - middle for x in exact]
    spread = sum((n * w * w for n, w in zip(tried, distance, strict=True)), start=Fraction(0))
    if spread == 0:
        raise NotEstimableError("all messages have one score: there is no trend over one")
    p = Fraction(all_won, messages)
    total = sum((w * y for w, y in zip(distance, won, strict=True)), start=Fraction(0))
    alone = sum(
        (
            w * w * (y * (1 - p) ** 2 + (n - y) * p**2)
            for w, y, n in zip(distance, won, tried, strict=True)
        ),
        start=Fraction(0),
    )
    given: Form = [(axis, w) for axis, w in zip(successes, distance, strict=True)]
    given += [(axis, -w * p) for axis, w in zip(trials, distance, strict=True)]
    squares = _square(stratum, given)
    clusters = float(
        spread**2 / _square(stratum, list(zip(trials, _squared(distance), strict=True)))
    )
    if clusters < FEWEST_CLUSTERS:
        raise NotEstimableError(
            f"{clusters:.1f} effective recipients stand behind the trend; below"
            f" {FEWEST_CLUSTERS} nothing tells how far it may err"
        )
    if squares == 0:
        raise NotEstimableError("every recipient's messages ended so alike that nothing varies")
    counted: Form = [(axis, Fraction(1)) for axis in trials]
    shares = Fraction(messages**2) / _square(stratum, counted)
    design_effect = float(squares / alone)
    variance = float(p * (1 - p) * spread * shares / (shares - 1)) * design_effect
    slope, error = float(total / spread), math.sqrt(variance) / float(spread)
    nu = clusters - 1
    half = float(stdtrit(nu, 1 - alpha / 2)) * error
    return RateTrend(
        slope=slope,
        low=slope - half,
        high=slope + half,
        statistic=slope / error,
        p_value=min(1.0, 2 * float(stdtr(nu, -abs(slope / error)))),
        degrees_of_freedom=nu,
        effective_clusters=clusters,
        design_effect=design_effect,
        messages=messages,
        level=1 - alpha,
        method="Cochran–Armitage trend, variance × design effect of recipients",
    )


def _squared(numbers: Sequence[Fraction]) -> list[Fraction]:
    return [number * number for number in numbers]


def _square(stratum: GramStratum, form: Form) -> Fraction:
    """Σ (form·z)² over recipients."""
    entry = stratum.gram.item
    return sum((u * v * entry(i, j) for i, u in form for j, v in form), start=Fraction(0))

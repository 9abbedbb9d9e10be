"""Miettinen and Nurminen's score interval of a difference, for small or zero counts.

Interval, p-value and non-inferiority are read off one curve: the p-value of "the difference
is δ", whose variance is taken at the most likely pair of proportions δ apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import ndtr

from reach.errors import NotEstimableError
from reach.stats.critical import require_level
from reach.stats.finite import finite

# Halvings of an interval of length 1 after which nothing below rounding is left.
HALVINGS = 100
# Distance at which the search for an end stops.
PRECISION = 1e-15


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """What counts of independent units say of A − B.

    Attributes:
        estimate: Difference of the two proportions.
        low: Lower end of the interval, −1 or more, not above the estimate.
        high: Upper end of it, 1 or less, not below the estimate.
        p_value: Two-sided, of no difference; least alpha at which the interval excludes 0.
        trials: Units counted in A and in B, which the interval rests on.
        level: Confidence level, 1 − alpha.
        method: What was done, in words.
    """

    estimate: float
    low: float
    high: float
    p_value: float
    trials: tuple[float, float]
    level: float
    method: str

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of 0; so if and only if p_value ≤ alpha."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class _Counts:
    """Successes and trials in A and B, their difference, and the factor of the variance."""

    x: float
    n: float
    y: float
    m: float
    estimate: float
    factor: float


@finite()
def score_difference(
    successes_a: float,
    trials_a: float,
    successes_b: float,
    trials_b: float,
    alpha: float,
    *,
    unbiased: bool = True,
) -> ScoreDifference:
    """Interval and p-value of a difference of two independent proportions.

    The units must be independent: people, not messages. For messages of clustered people
    give effective trials and as many successes as keep the proportion.

    Args:
        successes_a: Successes in A, 0 to `trials_a`; need not be whole.
        trials_a: Units in A, above 0; need not be whole.
        successes_b: Successes in B, 0 to `trials_b`.
        trials_b: Units in B, above 0.
        alpha: Probability of error, between 0 and 1.
        unbiased: Whether the variance has Miettinen and Nurminen's factor N/(N − 1), N both
            trials together; without it the interval is Mee's.

    Returns:
        The interval and its p-value, for any counts, all or none included.

    Raises:
        NotEstimableError: Nobody in an arm, or one unit or less in both together.
        ValueError: Counts or alpha out of range.

    References:
        Miettinen & Nurminen (1985), Statistics in Medicine 4, 213–226. Mee (1984),
        Biometrics 40, 1175–1176.

    Examples:
        Newcombe (1998), Statistics in Medicine 17, 873–890: 9 of 10 against 3 of
        10, and none of 10 against none of 20.

        >>> found = score_difference(9, 10, 3, 10, alpha=0.05)
        >>> round(found.low, 4), round(found.high, 4)
        (0.17, 0.8406)
        >>> found = score_difference(0, 10, 0, 20, alpha=0.05)
        >>> round(found.low, 4), round(found.high, 4), found.p_value
        (-0.1658, 0.2844, 1.0)
    """
    require_level(alpha)
    counts = _counts(successes_a, trials_a, successes_b, trials_b, unbiased=unbiased)
    return ScoreDifference(
        estimate=counts.estimate,
        low=_end(counts, -1.0, alpha),
        high=_end(counts, 1.0, alpha),
        p_value=_p_value(counts, 0.0),
        trials=(trials_a, trials_b),
        level=1 - alpha,
        method="Miettinen–Nurminen score" if unbiased else "Mee score",
    )


@finite()
def non_inferiority_p(
    successes_a: float,
    trials_a: float,
    successes_b: float,
    trials_b: float,
    margin: float,
    *,
    unbiased: bool = True,
) -> float:
    """One-sided p-value of "A is worse than B by the margin or more", from the same statistic.

    It is at most alpha/2 if and only if the lower end of `score_difference` at alpha lies
    above −margin.

    Args:
        successes_a: Successes in A; all counts as in `score_difference`.
        trials_a: Units in A.
        successes_b: Successes in B.
        trials_b: Units in B.
        margin: What A may be worse by and still do, as a fraction, between 0 and 1.
        unbiased: As in `score_difference`; without it the test is Farrington and Manning's.

    Returns:
        The p-value, 0 to 1; small speaks for non-inferior.

    Raises:
        NotEstimableError: Nobody in an arm, or one unit or less in both together.
        ValueError: Counts or margin out of range.

    References:
        Farrington & Manning (1990), Statistics in Medicine 9, 1447–1454.

    Examples:
        83 of 100 where 80 of 100 is the standard and 10 points may be lost.

        >>> round(non_inferiority_p(83, 100, 80, 100, margin=0.1), 4)
        0.0101
    """
    if not 0 < margin < 1:
        raise ValueError(f"margin is {margin}, expected between 0 and 1")
    counts = _counts(successes_a, trials_a, successes_b, trials_b, unbiased=unbiased)
    return float(ndtr(-_statistic(counts, -margin)))


def _counts(x: float, n: float, y: float, m: float, *, unbiased: bool) -> _Counts:
    if not (0 <= x <= n and 0 <= y <= m and n + m < math.inf):
        raise ValueError(f"got {x} of {n} and {y} of {m}, expected 0 or more of as many or more")
    if n == 0 or m == 0:
        raise NotEstimableError(f"got {n} and {m} units: with nobody in an arm there is no rate")
    if unbiased and n + m <= 1:
        raise NotEstimableError(f"got {n} and {m} units: together no more than one")
    p, q = (Fraction(float(up)) / Fraction(float(down)) for up, down in ((x, n), (y, m)))
    factor = (n + m) / (n + m - 1) if unbiased else 1.0
    return _Counts(x, n, y, m, float(p - q), factor)  # exactly 0 where they are alike


def _end(counts: _Counts, outside: float, alpha: float) -> float:
    """The last difference towards `outside` (−1 or 1) that has a p-value above alpha."""
    inside = counts.estimate
    if _p_value(counts, outside) > alpha:
        return outside
    middle = 0.0  # asked first, so that the interval says of 0 what the p-value says
    if not min(inside, outside) < middle < max(inside, outside):
        middle = (inside + outside) / 2
    while abs(outside - inside) > PRECISION:
        if _p_value(counts, middle) > alpha:
            inside = middle
        else:
            outside = middle
        middle = (inside + outside) / 2
        if middle in (inside, outside):
            break
    return inside


def _p_value(counts: _Counts, delta: float) -> float:
    return float(2 * ndtr(-abs(_statistic(counts, delta))))


def _statistic(counts: _Counts, delta: float) -> float:
    """Z of "the difference is δ"; falls as δ rises from −1 to 1."""
    x, n, y, m = counts.x, counts.n, counts.y, counts.m
    if delta < 0:
        return -_statistic(_Counts(y, m, x, n, -counts.estimate, counts.factor), -delta)
    gap = counts.estimate - delta
    q, below = _most_likely(counts, delta)  # of B, and 1 − p of A
    variance = (delta + q) * below / n + q * (1 - q) / m
    if gap == 0:
        return 0.0
    if variance <= 0:
        return math.copysign(math.inf, gap)
    return gap / math.sqrt(counts.factor * variance)


def _most_likely(counts: _Counts, delta: float) -> tuple[float, float]:
    """B's proportion q and A's complement 1 − p that are likeliest with p = q + δ, δ ≥ 0.

    The slope of the log-likelihood falls with q, so its root is halved for; where it has
    none the likelihood is highest at an end.
    """
    x, y = counts.x, counts.y
    failed_a, failed_b = counts.n - x, counts.m - y
    low, high = 0.0, 1 - delta
    room = high
    for _ in range(HALVINGS):
        q = (low + high) / 2
        if q in (low, high):
            break
        slope = x / (delta + q) - failed_a / (room - q) + y / q - failed_b / (1 - q)
        if slope > 0:
            low = q
        else:
            high = q
    q = high if high < room else low
    return q, room - q

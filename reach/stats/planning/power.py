"""Before the campaign: how many recipients a verdict will need, and how likely it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from scipy.special import ndtr, ndtri

from reach.errors import NotEstimableError
from reach.stats.critical import require_level
from reach.stats.finite import finite
from reach.stats.planning.sending import Sending

Aim = Literal["better", "non-inferior", "equivalent"]
# More recipients than there are people: no campaign is planned for them.
MOST = 10**11


@dataclass(frozen=True, slots=True)
class Plan:
    """What is expected, and which verdict on A − B is hoped for.

    The unknown share of an arm is that of its messages that will have no receipt; they are
    supposed to be missing alike among delivered and failed ones, so that p(1 − w) is confirmed
    and p(1 − w) + w possible. The verdict makes no such supposition: it has to hold whatever
    became of them.

    Attributes:
        first: Expected true rate of A, 0 to 1.
        second: Expected true rate of B, 0 to 1.
        aim: ``better``: the interval excludes 0, on the side of the true difference.
            ``non-inferior``: it lies above −margin. ``equivalent``: within ±margin.
        margin: M, above 0; for ``better`` there is none (0).
        unknown: Expected unknown shares of A and B, 0 to 1.
        ratio: Recipients of B per recipient of A, above 0.
        sending: How messages fall on recipients.
        alpha: Probability of error of the family, two-sided as in the verdict's interval. A
            one-sided test, or TOST, at level a is alpha = 2a.
        contrasts: Size of the family (Bonferroni), 1 or more.
    """

    first: float
    second: float
    aim: Aim = "better"
    margin: float = 0.0
    unknown: tuple[float, float] = (0.0, 0.0)
    ratio: float = 1.0
    sending: Sending = field(default_factory=Sending)
    alpha: float = 0.05
    contrasts: int = 1

    def __post_init__(self) -> None:
        """Refuse what can't be planned.

        Raises:
            ValueError: A number is out of its range, or the margin does not suit the aim.
        """
        require_level(self.alpha)
        shares = (self.first, self.second, *self.unknown)
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError(f"rates and unknown shares are {shares}, expected 0 to 1")
        if self.aim not in ("better", "non-inferior", "equivalent"):
            raise ValueError(f"aim is {self.aim!r}, expected better, non-inferior or equivalent")
        if not (self.margin == 0 if self.aim == "better" else 0 < self.margin <= 1):
            raise ValueError(
                f"margin is {self.margin}, expected above 0 and at most 1, and 0 to show what is better"
            )
        if not (0 < self.ratio < math.inf and self.contrasts >= 1):
            raise ValueError(
                f"ratio is {self.ratio} and contrasts is {self.contrasts}, expected above 0 and 1 or more"
            )

    @property
    def possible(self) -> tuple[float, float]:
        """L and H: what A − B may be if no sampling error is left."""
        (a_low, a_high), (b_low, b_high) = _bounds(self)
        return a_low - b_high, a_high - b_low


@dataclass(frozen=True, slots=True)
class PlannedSize:
    """The smallest campaign that reaches a power.

    Attributes:
        first: Recipients of A.
        second: Recipients of B.
        messages: Expected messages to both.
        power: Probability of the verdict with so many, at least what was asked for.
        design_effect: By which messages to the same persons tell less.
        possible: L and H of the plan; apart by what will be unknown.
        level: 1 − alpha, of the family.
        method: What was done, in words.
    """

    first: int
    second: int
    messages: float
    power: float
    design_effect: float
    possible: tuple[float, float]
    level: float
    method: str


@finite()
def power(plan: Plan, first: float, second: float | None = None) -> float:
    """Probability of the verdict that is hoped for, by the normal formula.

    To show what is better, the critical value counts in standard errors of equal rates
    (pooled), and the estimate varies with those of the plan. Where something will be unknown,
    the end nearer to the null stands for the difference and the critical value is Imbens and
    Manski's, between two-sided and one-sided. A verdict for the wrong side is no success.

    Args:
        plan: What is expected.
        first: Recipients of A, above 0.
        second: Recipients of B; None for ratio × first.

    Returns:
        The power, 0 to 1. For ``equivalent`` with unknown messages it is at least so much.

    Raises:
        NotEstimableError: No number of recipients could ever give this verdict.
        ValueError: No recipients.

    References:
        Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions.
        Chow, Shao & Wang (2008), Sample Size Calculations in Clinical Research.
        Imbens & Manski (2004), Econometrica 72, 1845–1857.

    Examples:
        >>> round(power(Plan(0.75, 0.5), first=50), 4)
        0.7402
    """
    second = plan.ratio * first if second is None else second
    if not (0 < first < math.inf and 0 < second < math.inf):
        raise ValueError(f"got {first} and {second} recipients, expected above 0")
    _require_decidable(plan)
    each = plan.sending.per_recipient / plan.sending.design_effect
    n_a, n_b = first * each, second * each
    if not (0 < n_a < math.inf and 0 < n_b < math.inf):
        raise NotEstimableError(f"{n_a:g} and {n_b:g} messages can't be calculated with")
    (a_low, a_high), (b_low, b_high) = _bounds(plan)
    lower, upper = plan.possible
    low_error, high_error = _error(a_low, b_high, n_a, n_b), _error(a_high, b_low, n_a, n_b)
    c = _critical(plan.alpha / plan.contrasts, upper - lower, max(low_error, high_error))
    if plan.aim == "better":
        ends = (a_low, b_high) if lower > 0 else (a_high, b_low)
        pooled = (n_a * ends[0] + n_b * ends[1]) / (n_a + n_b)
        equal = _error(pooled, pooled, n_a, n_b)
        return _chance(abs(ends[0] - ends[1]) - c * equal, _error(*ends, n_a, n_b))
    above = _chance(lower + plan.margin - c * low_error, low_error)
    if plan.aim == "non-inferior":
        return above
    below = _chance(plan.margin - upper - c * high_error, high_error)
    return max(0.0, above + below - 1)


@finite()
def size_for(plan: Plan, wanted: float = 0.8) -> PlannedSize:
    """Fewest recipients with which the verdict has the power wanted, rounded up.

    Args:
        plan: What is expected.
        wanted: Power, between 0 and 1.

    Returns:
        The sizes, and the power that they have.

    Raises:
        NotEstimableError: No number of recipients could ever give this verdict, or only more
            than there are people.
        ValueError: The power wanted is no probability.

    Examples:
        Chow, Shao and Wang's one-sided test at 5 %: 25 of each.

        >>> size_for(Plan(0.85, 0.65, "non-inferior", margin=0.1, alpha=0.1)).first
        25

        One message in twenty without a receipt on either side nearly triples it.

        >>> known, unknown = Plan(0.93, 0.8), Plan(0.93, 0.8, unknown=(0.05, 0.05))
        >>> size_for(known).first, size_for(unknown).first
        (108, 296)
    """
    if not 0 < wanted < 1:
        raise ValueError(f"the power wanted is {wanted}, expected between 0 and 1")

    def enough(first: int) -> bool:
        return power(plan, first, math.ceil(plan.ratio * first)) >= wanted

    too_few, first = 0, 1
    while not enough(first):
        too_few, first = first, 2 * first
        if first > MOST:
            raise NotEstimableError(
                f"this plan needs more than {MOST:,} recipients: the difference to be shown is too small"
            )
    while first - too_few > 1:
        middle = (too_few + first) // 2
        too_few, first = (too_few, middle) if enough(middle) else (middle, first)
    second = math.ceil(plan.ratio * first)
    return PlannedSize(
        first=first,
        second=second,
        messages=float((first + second) * plan.sending.per_recipient),
        power=power(plan, first, second),
        design_effect=plan.sending.design_effect,
        possible=plan.possible,
        level=1 - plan.alpha,
        method="normal formula × design effect"
        + (", Imbens–Manski between bounds" if any(plan.unknown) else ""),
    )


def _bounds(plan: Plan) -> tuple[tuple[float, float], tuple[float, float]]:
    (w_a, w_b), (p, q) = plan.unknown, (plan.first, plan.second)
    return (p * (1 - w_a), p * (1 - w_a) + w_a), (q * (1 - w_b), q * (1 - w_b) + w_b)


def _require_decidable(plan: Plan) -> None:
    lower, upper = plan.possible
    if plan.aim == "better":
        decidable, never = lower > 0 or upper < 0, "which is better"
    elif plan.aim == "non-inferior":
        decidable, never = lower > -plan.margin, f"that A is at most {plan.margin} worse"
    else:
        decidable = -plan.margin < lower and upper < plan.margin
        never = f"that both lie within {plan.margin}"
    if not decidable:
        raise NotEstimableError(
            f"no number of recipients would show {never}: A − B may lie anywhere from"
            f" {lower:+.4f} to {upper:+.4f}"
            + (" as long as so many receipts are missing" if any(plan.unknown) else "")
        )


def _error(p: float, q: float, n_a: float, n_b: float) -> float:
    return math.sqrt(max(0.0, p * (1 - p)) / n_a + max(0.0, q * (1 - q)) / n_b)


def _chance(distance: float, error: float) -> float:
    """Probability that a normal estimate lies above a point so far below its mean."""
    if error == 0:
        return 1.0 if distance > 0 else 0.0
    return float(ndtr(distance / error))


def _critical(error: float, apart: float, deviation: float) -> float:
    """The c with Φ(c + Δ/SE) − Φ(−c) = 1 − α: two-sided for Δ = 0, one-sided for a wide Δ."""
    low, high = float(-ndtri(error)), float(-ndtri(error / 2))
    if apart <= 0:
        return high
    if deviation == 0:
        return max(0.0, low)
    low = max(0.0, low)
    while (middle := (low + high) / 2) not in (low, high):
        outside = ndtr(-middle) + ndtr(-middle - apart / deviation)
        low, high = (middle, high) if outside > error else (low, middle)
    return high

"""Lot quality assurance: a few people tell whether an area passes, and not what share it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class LotRule:
    """Who asks `n` people passes an area of which `least` or more answer as hoped.

    Attributes:
        n: How many are asked, drawn at random from the area.
        upper: Share from which an area is good.
        lower: Share up to which it is bad.
        least: Passes with so many or more.
        alpha: Chance that an area at `upper` fails all the same.
        beta: Chance that an area at `lower` passes all the same.
    """

    n: int
    upper: float
    lower: float
    least: int
    alpha: float
    beta: float

    def judge(self, successes: int) -> Literal["pass", "fail"]:
        """Class of an area, and no estimate of its share.

        Raises:
            ValueError: More successes than people, or fewer than none.
        """
        if not 0 <= successes <= self.n:
            raise ValueError(f"got {successes} successes, expected 0 to {self.n}")
        return "pass" if successes >= self.least else "fail"


def lot_rule(upper: float, lower: float, n: int = 19) -> LotRule:
    """The rule whose larger error is the smallest.

    Args:
        upper: Share from which an area is good, up to 1.
        lower: Share up to which it is bad, from 0; below `upper`.
        n: How many are asked, 1 or more.

    Returns:
        The rule, with its errors by the binomial distribution.

    Raises:
        ValueError: An argument is out of its range.

    References:
        Valadez (1991), Assessing Child Survival Programs in Developing Countries.

    Examples:
        The published rules for 19 people:

        >>> [lot_rule(*pair).least for pair in ((0.8, 0.5), (0.9, 0.6), (0.7, 0.4), (0.5, 0.2))]
        [13, 15, 11, 7]
        >>> rule = lot_rule(0.8, 0.5)
        >>> round(rule.alpha, 4), round(rule.beta, 4), rule.judge(12)
        (0.0676, 0.0835, 'fail')
    """
    from scipy.special import bdtr, bdtrc

    if not (0 <= lower < upper <= 1 and n >= 1):
        raise ValueError(f"got {lower} to {upper} and n {n}, expected 0 ≤ lower < upper ≤ 1 ≤ n")
    rules = []
    for least in range(1, n + 1):
        alpha, beta = float(bdtr(least - 1, n, upper)), float(bdtrc(least - 1, n, lower))
        rules.append(LotRule(n, upper, lower, least, alpha, beta))
    return min(rules, key=lambda rule: (max(rule.alpha, rule.beta), rule.least))

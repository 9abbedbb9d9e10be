"""Chances that differ from person to person: the beta-binomial distribution."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reach.errors import NotEstimableError
from reach.media.frequency.contacts import Frequency, from_log_ratios
from reach.media.frequency.shares import ROUNDING, check_amount, check_insertions, check_share

# Between these the logarithm of 1/(alpha + beta) is sought: below they are as good as chance
# alone, above as good as the same people always.
_NARROWEST, _WIDEST = -23.0, 23.0


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """Each person's chance to see an insertion is drawn from Beta(alpha, beta), and stays.

    Right for insertions of one kind in one vehicle, or in vehicles much like one another. It
    fits panels of radio and television better than most models of two numbers, and is the
    first to try. More insertions than were observed are read off with the same alpha and beta.

    Attributes:
        alpha: Above 0; below 1 many never see it.
        beta: Above 0.

    References:
        Hyett (1958), paper read to the statistics seminar of the London School of Economics;
        Greene (1970), Personal media probabilities, Journal of Advertising Research 10(5),
        12–18.
    """

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        """Refuse parameters of no beta distribution.

        Raises:
            NotEstimableError: One of them is not above 0, or not finite.
        """
        check_amount("alpha", self.alpha)
        check_amount("beta", self.beta)

    @property
    def share(self) -> float:
        """Share of the universe that one insertion reaches."""
        return self.alpha / (self.alpha + self.beta)

    def frequency(self, insertions: int) -> Frequency:
        """Contacts of so many insertions.

        Raises:
            NotEstimableError: None, or more than are modelled.

        Examples:
            >>> told = from_reach_of_two(0.5, 0.55).frequency(5)
            >>> [round(share, 6) for share in told.exactly]
            [0.396635, 0.060096, 0.043269, 0.043269, 0.060096, 0.396635]
        """
        check_insertions(insertions)
        k = np.arange(insertions)
        return from_log_ratios(
            np.log(insertions - k)
            - np.log(k + 1)
            + np.log(self.alpha + k)
            - np.log(self.beta + (insertions - 1 - k))
        )

    def reach(self, insertions: int) -> float:
        """Share that at least one of so many insertions reaches.

        Raises:
            NotEstimableError: None, or more than are modelled.
        """
        check_insertions(insertions)
        return _reach(self.alpha, self.beta, insertions)


def from_reach_of_two(once: float, twice: float) -> BetaBinomial:
    """The model that one insertion and two tell.

    Args:
        once: Share of the universe that one insertion reaches, above 0 and below 1.
        twice: Share that at least one of two reaches.

    Raises:
        NotEstimableError: A share out of range; two reach no more than one; or they reach as
            many as chance would have it, or more: no beta distribution has that.

    Examples:
        >>> fitted = from_reach_of_two(0.06, 0.103)
        >>> round(fitted.alpha, 6), round(fitted.beta, 6)
        (0.192537, 3.016418)
        >>> [round(fitted.reach(insertions), 6) for insertions in (3, 4, 5)]
        [0.136156, 0.162943, 0.185299]
        >>> from_reach_of_two(0.06, 0.12)
        Traceback (most recent call last):
        ...
        reach.errors.NotEstimableError: two insertions reach 0.12, and by chance alone they would reach 0.1164: no chances of persons give as many, and those of 0.1164 are binomial
    """
    check_share("reach of one insertion", once)
    check_share("reach of two insertions", twice)
    return from_duplication(once, 2 * once - twice)


def from_duplication(share: float, both: float) -> BetaBinomial:
    """The model with this average audience and this overlap of two insertions.

    Args:
        share: Share of the universe that an average insertion reaches, above 0 and below 1.
        both: Share that both of two insertions reach: above `share`², which is chance, and
            below `share`, where it always is the same people.

    Raises:
        NotEstimableError: A share or an overlap out of range.

    Examples:
        >>> round(from_duplication(0.5, 0.45).alpha, 6)
        0.125
    """
    check_share("share of an insertion", share)
    new, more = share - both, both - share**2
    if not new > ROUNDING * share:
        raise NotEstimableError(
            f"two insertions reach {2 * share - both:.4g}, no more than one alone ({share:.4g}): "
            "the same people always, of whose chances nothing is known"
        )
    if not more > ROUNDING * share:
        chance = 2 * share - share**2
        raise NotEstimableError(
            f"two insertions reach {2 * share - both:.4g}, and by chance alone they would reach "
            f"{chance:.4g}: no chances of persons give as many, and those of {chance:.4g} are "
            "binomial"
        )
    return BetaBinomial(share * new / more, (1 - share) * new / more)


def from_reach_of_many(share: float, reach: float, insertions: int) -> BetaBinomial:
    """The model with this average audience that reaches so many with so many insertions.

    Args:
        share: Share of the universe that an average insertion reaches: contacts per head
            over insertions.
        reach: Share that at least one of them reaches: above `share`, and below what chance
            alone would have it.
        insertions: From 2.

    Raises:
        NotEstimableError: They have no such model.

    Examples:
        >>> fitted = from_reach_of_many(0.03, 0.45, 40)
        >>> round(fitted.share, 6), round(fitted.reach(40), 6), round(fitted.reach(80), 4)
        (0.03, 0.45, 0.57)
    """
    check_share("share of an insertion", share)
    check_share("reach", reach)
    check_insertions(insertions)
    if share == 1:
        raise NotEstimableError("each insertion reaches everybody: nobody's chances differ")

    def reached(height: float) -> float:
        spread = math.exp(height)
        return _reach(share / spread, (1 - share) / spread, insertions)

    least, most = (reached(height) for height in (_WIDEST, _NARROWEST))
    if not least < reach < most:
        raise NotEstimableError(
            f"{insertions} insertions of {share:.4g} reach {reach:.4g}, expected above "
            f"{share:.4g} (always the same people) and below {most:.4g} (chance alone)"
        )
    from scipy.optimize import brentq  # slow to import, and few need it

    height = brentq(lambda height: reached(height) - reach, _NARROWEST, _WIDEST, xtol=1e-13)
    spread = math.exp(height)
    return BetaBinomial(share / spread, (1 - share) / spread)


def _reach(alpha: float, beta: float, insertions: int) -> float:
    """Share reached at least once: of those whom j missed, the next misses some again."""
    with np.errstate(over="ignore"):  # a beta next to 0 misses nobody
        reached_again = alpha / (beta + np.arange(insertions))
    return -math.expm1(-math.fsum(np.log1p(reached_again)))

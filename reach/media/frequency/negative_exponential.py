"""Reach that comes up to a ceiling, the slower the nearer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reach.errors import NotEstimableError
from reach.media.frequency.shares import ROUNDING, check_amount, check_share

_PER_POINT = 0.01
_WIDEST = 750.0
"""Contacts of each reachable person beyond which none of them, in floats, is missed."""


@dataclass(frozen=True, slots=True)
class NegativeExponential:
    """Reach is maximum·(1 − exp(−rate·GRP)).

    So it is if some can be reached and the others never, and contacts fall on those blindly;
    then they have contacts as Poisson's law has it. Right for outdoor and for short bursts;
    where some people watch far more than others, it gives too much reach to further points.

    Attributes:
        maximum: Share of the universe that can be reached at all, above 0 and at most 1.
        rate: Contacts that a gross rating point gives each of these, above 0. Where
            maximum·rate is .01, all contacts are counted; above, there would be more than
            there are, and below, some fall on nobody.

    Examples:
        >>> round(NegativeExponential(0.8, 0.01).reach(100), 6)
        0.505696
    """

    maximum: float
    rate: float

    def __post_init__(self) -> None:
        """Refuse a ceiling that is no share, and more contacts than there are.

        Raises:
            NotEstimableError: Such parameters.
        """
        check_share("maximum", self.maximum)
        check_amount("rate", self.rate)
        if self.maximum * self.rate > _PER_POINT * (1 + ROUNDING):
            raise NotEstimableError(
                f"{self.maximum:g} of the universe at {self.rate:g} contacts a point make more than "
                "a point: each is 0.01 contacts per head"
            )

    def reach(self, grp: float, times: int = 1) -> float:
        """Share that has at least so many contacts.

        Args:
            grp: Gross rating points: 100 contacts of 100 people, each; from 0.
            times: From 1.
        """
        if times < 1 or not 0 <= grp < math.inf:
            raise ValueError(f"got {times} contacts of {grp:g} points, expected from 1 of from 0")
        if times == 1:
            return -self.maximum * math.expm1(-self.rate * grp)
        from scipy.special import gammainc

        return self.maximum * float(gammainc(times, self.rate * grp))


def negative_exponential(grp: float, reach: float) -> NegativeExponential:
    """The curve through one point on which all contacts are counted: maximum·rate is .01.

    Args:
        grp: Gross rating points, above 0.
        reach: Share of the universe with one contact at least: below GRP/100, and at most what
            contacts that fall on all the universe blindly reach.

    Raises:
        NotEstimableError: No such curve goes through it.

    Examples:
        >>> curve = negative_exponential(120, 0.45)
        >>> round(curve.maximum, 4), round(curve.reach(120), 6), round(curve.reach(240), 4)
        (0.4933, 0.45, 0.4895)
    """
    check_amount("points", grp)
    check_share("reach", reach)
    gross = grp / 100
    most = -math.expm1(-gross)
    if reach > most * (1 + ROUNDING):
        raise NotEstimableError(
            f"{grp:g} points reach {reach:.4g}, expected at most {most:.4g}: more than contacts that "
            "fall on all blindly, and all the universe is the highest ceiling"
        )
    from scipy.optimize import brentq  # slow to import, and few need it

    # By the contacts of each who can be reached, from those of all the universe upwards.
    def off(each: float) -> float:
        return -math.expm1(-each) / each - reach / gross

    if off(gross) <= 0:
        each = gross
    elif gross / reach >= _WIDEST:
        each = gross / reach
    else:
        each = brentq(off, gross, _WIDEST, xtol=1e-14, rtol=1e-14)
    return NegativeExponential(min(1.0, gross / each), each / grp)

"""A whole reach curve from one point of it: contacts and reach of one campaign."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reach.errors import NotEstimableError
from reach.media.frequency.shares import ROUNDING, check_amount


@dataclass(frozen=True, slots=True)
class Goerg:
    """Reach is maximum·gross/(gross + maximum): the first contact reaches, later ones less.

    So it is if those who can be reached at all have chances that differ as an exponential
    distribution does; then (gross/(gross + maximum))ⁿ of them have n contacts or more. Right
    where contacts and reach are all that is known, as of a platform.

    Attributes:
        maximum: How many can be reached at all, in the unit of the contacts: persons, or
            shares of the universe.

    References:
        Goerg (2014), Estimating reach curves from one data point, Google.
    """

    maximum: float

    def __post_init__(self) -> None:
        """Refuse a maximum of nobody.

        Raises:
            NotEstimableError: It is not above 0, or not finite.
        """
        check_amount("maximum", self.maximum)

    def reach(self, gross: float, times: int = 1) -> float:
        """How many have at least so many contacts.

        Args:
            gross: Contacts all together, from 0.
            times: From 1.
        """
        if times < 1 or not 0 <= gross < math.inf:
            raise ValueError(f"got {times} of {gross:g} contacts, expected 1 or more of 0 or more")
        if gross == 0:
            return 0.0
        # Parted so that neither a sum nor a product of large numbers overflows.
        return float(self.maximum * (1 / (1 + self.maximum / gross)) ** times)


def goerg(gross: float, reach: float, *, universe: float = math.inf) -> Goerg:
    """The curve through one point.

    Args:
        gross: Contacts all together.
        reach: How many had one at least, in the same unit.
        universe: How many there are, in that unit; 1 for shares.

    Raises:
        NotEstimableError: Nobody was reached, everybody reached had one contact only, or more
            than the universe could be reached.

    Examples:
        >>> curve = goerg(200, 100)
        >>> curve.maximum, [curve.reach(200, times) for times in (1, 2, 3)]
        (200.0, [100.0, 50.0, 25.0])
        >>> round(curve.reach(100), 3)
        66.667
        >>> goerg(1.0, 0.6, universe=1)
        Traceback (most recent call last):
        ...
        reach.errors.NotEstimableError: a reach of 0.6 by 1 of contacts lies on a curve up to 1.5, above the universe of 1
    """
    check_amount("contacts", gross)
    check_amount("reach", reach)
    if not gross > reach * (1 + ROUNDING):
        raise NotEstimableError(
            f"got {gross:g} contacts and a reach of {reach:g}, expected more contacts than people: "
            "where nobody had two, nothing tells where the curve bends"
        )
    maximum = reach / (1 - reach / gross)
    if maximum > universe * (1 + ROUNDING):
        raise NotEstimableError(
            f"a reach of {reach:g} by {gross:g} of contacts lies on a curve up to {maximum:.4g}, "
            f"above the universe of {universe:g}"
        )
    return Goerg(min(maximum, universe))

"""The interval of a number of people: by chance where a sample was drawn, else by bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reach.media.exposure import Amount
from reach.stats.estimated.input_distributions import Beta


def by_sample(share: float, n_eff: float, of: float, level: float) -> Amount:
    """A share of a sample as so many of all: Beta on n/deff, by Jeffreys' prior.

    Args:
        share: Of those asked, 0 to 1.
        n_eff: Asked, over the design effect; above 0.
        of: How many there are, of whom the sample was drawn.
        level: Confidence level, between 0 and 1.

    Returns:
        The number; a share of 0 has the lower end 0, a share of 1 the upper end `of`.

    References:
        Brown, Cai & DasGupta (2001), Statistical Science 16, 101–133, section 4.1.2.

    Examples:
        410 of 1,000 listeners, of 100,000 people:

        >>> found = by_sample(0.41, 1000, 100_000, 0.95)
        >>> round(found.low), found.estimate, round(found.high)
        (37981, 41000.0, 44071)
    """
    ends = Beta.from_counts(share * n_eff, n_eff).at(np.array([(1 - level) / 2, (1 + level) / 2]))
    low = 0.0 if share <= 0 else min(share, float(ends[0]))
    high = 1.0 if share >= 1 else max(share, float(ends[1]))
    return Amount(share * of, low * of, high * of, level)


def exactly(number: float) -> Amount:
    """A number that was counted, one by one."""
    return Amount(float(number), float(number), float(number), None)


def no_error_stated(estimate: float, most: float) -> Amount:
    """A number of which nobody says how far off it may be: its bounds are all that is possible.

    An interval of no width would say that it is certain.

    Examples:
        >>> no_error_stated(300, 5000)
        Amount(estimate=300.0, low=0.0, high=5000.0, level=None)
    """
    return Amount(float(estimate), 0.0, float(max(most, estimate)), None)


def capped(amount: Amount, most: float | None) -> Amount:
    """The same, and never more than there are."""
    if most is None or amount.high <= most:
        return amount
    estimate = None if amount.estimate is None else min(amount.estimate, most)
    return Amount(estimate, min(amount.low, most), float(most), amount.level)


def of_several(amounts: Sequence[Amount], most: float | None) -> Amount:
    """How many were reached by at least one of several, of whose overlap nothing is known.

    At least as many as by the largest, at most all of them together (Fréchet). One alone is
    itself. Of several intervals by chance the bounds hold where all of them do, so that they
    have no level of their own.

    Examples:
        >>> of_several([exactly(60), exactly(100)], None)
        Amount(estimate=None, low=100.0, high=160.0, level=None)
    """
    if len(amounts) == 1:
        return capped(amounts[0], most)
    low, high = max(each.low for each in amounts), sum(each.high for each in amounts)
    return capped(Amount(None, low, high, None), most)

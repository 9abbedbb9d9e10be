"""What no interval has to be wider than: that of messages to one person all being alike."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reach.stats.ratio import Ratio


def all_alike(rates: Sequence[Ratio]) -> tuple[Ratio, ...] | None:
    """The same rates as if each recipient counted once.

    Where all but very few messages arrived, the variance of a rate is badly known and has few
    degrees of freedom. But it can't be much above that of G* trials, one a recipient, for more
    alike than alike a recipient's messages can't be. That variance follows from the rate, is
    not estimated from residuals, and so has G* − 1 degrees of freedom.

    Args:
        rates: Rates with n_eff and degrees of freedom.

    Returns:
        The rates with n_eff at most G* and G* − 1 degrees of freedom; None if all have as many
        degrees of freedom already, or a rate has no n_eff.

    Examples:
        Forty people got ten messages each, and one message of the 400 failed.

        >>> from reach.stats.gram import tally_vectors
        >>> from reach.stats.ratio import ratio
        >>> rate = ratio([tally_vectors([[10, 10]] * 39 + [[10, 9]])], [0, 1], [1, 0])
        >>> round(rate.effective_trials), round(rate.degrees_of_freedom, 1)
        (400, 1.4)
        >>> (alike,) = all_alike([rate])
        >>> alike.effective_trials, alike.degrees_of_freedom
        (40.0, 39.0)
    """
    found = tuple(_alike(rate) for rate in rates if rate.effective_trials is not None)
    if len(found) < len(rates):
        return None
    same = all(
        a.degrees_of_freedom == b.degrees_of_freedom for a, b in zip(rates, found, strict=True)
    )
    return None if same else found


def _alike(rate: Ratio) -> Ratio:
    trials = min(rate.effective_trials or math.inf, rate.effective_clusters)
    freedom = rate.effective_clusters - 1
    return replace(rate, effective_trials=trials, degrees_of_freedom=freedom)

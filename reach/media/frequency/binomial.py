"""One chance for everybody, the same at each insertion: the binomial distribution."""

from __future__ import annotations

import math

import numpy as np

from reach.media.frequency.contacts import Frequency, from_log_ratios
from reach.media.frequency.shares import check_insertions, check_share


def binomial(share: float, insertions: int) -> Frequency:
    """Contacts if each insertion reaches everybody with the same chance.

    People's habits differ: who saw it once is likelier than others to see it again. So its
    reach is too high for most media; it is what chance alone would make of these contacts.

    Args:
        share: Share of the universe that an average insertion reaches, above 0 and at most 1;
            its rating / 100.
        insertions: From 1.

    Raises:
        NotEstimableError: A share out of range, or no insertions.

    Examples:
        >>> told = binomial(0.15, 4)
        >>> [round(share, 6) for share in told.exactly]
        [0.522006, 0.368475, 0.097538, 0.011475, 0.000506]
        >>> round(told.reach(), 6), round(told.gross, 6)
        (0.477994, 0.6)
    """
    check_share("share of an insertion", share)
    check_insertions(insertions)
    if share == 1:
        return Frequency((*[0.0] * insertions, 1.0))
    k = np.arange(insertions)
    odds = math.log(share) - math.log1p(-share)
    return from_log_ratios(np.log(insertions - k) - np.log(k + 1) + odds)

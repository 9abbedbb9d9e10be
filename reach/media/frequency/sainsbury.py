"""Several vehicles whose audiences are independent of one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reach.media.frequency.contacts import Frequency
from reach.media.frequency.shares import check_insertions, check_share


def sainsbury(shares: Sequence[float]) -> Frequency:
    """Contacts with vehicles that overlap as chance would have it, an insertion in each.

    Right where nothing is known of overlaps and nothing suggests any. Vehicles of one kind
    (two papers of one town) overlap more than that, and reach fewer together.

    Args:
        shares: Share of the universe that each vehicle reaches, above 0 and at most 1. A
            vehicle with two insertions is there twice, if they are independent, too.

    Raises:
        NotEstimableError: A share out of range, or no vehicle.

    References:
        L. E. J. Sainsbury, London Press Exchange; published in Caffyn & Sagovsky (1963), Net
        audiences of British newspapers: a comparison of the Agostini and Sainsbury methods,
        Journal of Advertising Research 3(1), 21–25.

    Examples:
        >>> told = sainsbury([0.3, 0.4, 0.2])
        >>> [round(share, 6) for share in told.exactly]
        [0.336, 0.452, 0.188, 0.024]
        >>> round(told.reach(), 6)
        0.664
    """
    check_insertions(len(shares))
    for place, share in enumerate(shares):
        check_share(f"share of vehicle {place}", share)
    exactly = np.ones(1)
    for share in shares:
        exactly = np.convolve(exactly, (1 - share, share))
    return Frequency(tuple(exactly.tolist()))

"""What drawing people by the cluster costs, before anybody is asked or where only counts are known."""

from __future__ import annotations

import math

from reach.stats.finite import finite


def design_effect(members: float, icc: float) -> float:
    """By how much clusters of `members` widen the variance: 1 + (m − 1)·ICC.

    Args:
        members: People asked in each cluster, 1 or more; of unequal clusters, (Σm²)/(Σm).
        icc: How alike two of a cluster answer, 0 (not at all) to 1 (always).

    Returns:
        The design effect, 1 or more.

    Raises:
        ValueError: An argument is out of its range.

    References:
        Kish (1965), Survey Sampling, section 5.4.

    Examples:
        >>> design_effect(11, 0.05)
        1.5
    """
    if not (1 <= members < math.inf and 0 <= icc <= 1):
        raise ValueError(f"got {members} members and ICC {icc}, expected 1 or more and 0 to 1")
    return 1 + (members - 1) * icc


@finite()
def standard_error(p: float, n: float, deff: float = 1.0) -> float:
    """Standard error of a share: √(deff·p(1 − p)/n).

    Args:
        p: The share, 0 to 1.
        n: How many were asked, above 0.
        deff: Design effect, above 0.

    Returns:
        The standard error, a share.

    Raises:
        ValueError: An argument is out of its range.
        NotEstimableError: The numbers are too far apart.

    Examples:
        5 % of 2,273 people in clusters, in points:

        >>> round(100 * standard_error(0.05, 2273, 1.5), 3)
        0.56
    """
    if not (0 <= p <= 1 and 0 < n < math.inf and 0 < deff < math.inf):
        raise ValueError(f"got p {p}, n {n} and deff {deff}, expected 0 to 1, and above 0")
    return math.sqrt(deff * p * (1 - p) / n)

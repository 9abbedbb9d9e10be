"""Bounds of how many of several events happen, in closed form from their probabilities.

`reach.stats.overlap` finds the sharp ones by linear programming; these need no programme, take
any number of events, and are never narrower.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Interval = tuple[float, float]


def dawson_sankoff(shares: Sequence[float], overlaps: Mapping[tuple[int, int], float]) -> float:
    """The least probability of at least one event, by the sums over events and pairs.

    Args:
        shares: Probabilities, or lower ends of them.
        overlaps: Probability of both, or the upper end, for pairs by their indices, the smaller
            one first; a pair that is not there may be as large as the smaller share.

    Returns:
        The greatest of 2/(m+1)·S₁ − 2/(m(m+1))·S₂ over m, 0 or more; valid for every m.

    Raises:
        ValueError: No events, or what are no probabilities.

    References:
        Dawson & Sankoff (1967), Proceedings of the American Mathematical Society 18, 504–507.

    Examples:
        >>> pairs = {(0, 1): 0.25, (0, 2): 0.08, (1, 2): 0.03}
        >>> round(dawson_sankoff([0.60, 0.35, 0.10], pairs), 6)
        0.69
    """
    _require(shares, overlaps)
    count = len(shares)
    first = math.fsum(shares)
    second = math.fsum(
        min(overlaps.get((i, j), 1.0), shares[i], shares[j]) for j in range(count) for i in range(j)
    )
    return max(
        0.0,
        *(2 / (m + 1) * first - 2 / (m * (m + 1)) * second for m in range(1, count + 1)),
    )


def hunter(shares: Sequence[float], overlaps: Mapping[tuple[int, int], float]) -> float:
    """The greatest probability of at least one event: less the heaviest tree of overlaps.

    Args:
        shares: Probabilities, or upper ends of them.
        overlaps: Probability of both, or the lower end, for pairs by their indices, the smaller
            one first; a pair that is not there may be 0.

    Returns:
        S₁ less the sum over a spanning tree of pairs, at most 1.

    Raises:
        ValueError: No events, or what are no probabilities.

    References:
        Hunter (1976), Journal of Applied Probability 13, 597–603.

    Examples:
        >>> pairs = {(0, 1): 0.25, (0, 2): 0.08, (1, 2): 0.03}
        >>> round(hunter([0.60, 0.35, 0.10], pairs), 6)
        0.72
    """
    _require(shares, overlaps)
    tree = list(range(len(shares)))  # by event, the name of the part of the tree it is in
    saved = 0.0
    for (i, j), both in sorted(overlaps.items(), key=lambda item: (-item[1], item[0])):
        if tree[i] != tree[j]:
            saved += both
            old, new = tree[j], tree[i]
            tree = [new if part == old else part for part in tree]
    return min(1.0, math.fsum(shares) - saved)


def at_least(n: int, shares: Sequence[Interval]) -> Interval:
    """Bounds of the probability that at least n of several events happen.

    Args:
        n: 1 or more.
        shares: Interval of the probability of each event.

    Returns:
        Bounds, sharp if nothing but these intervals is known.

    Raises:
        ValueError: n is below 1, or an interval is none of probabilities.

    References:
        Rüger (1978), Metrika 25, 171–178.

    Examples:
        Of three events of 30, 40 and 20 % at least one, and at least two.

        >>> three = [(0.3, 0.3), (0.4, 0.4), (0.2, 0.2)]
        >>> [round(end, 6) for end in at_least(1, three) + at_least(2, three)]
        [0.4, 0.9, 0.0, 0.45]
    """
    if n < 1 or not all(0 <= low <= high <= 1 for low, high in shares):
        raise ValueError(f"got n {n} and {shares}, expected 1 or more and 0 ≤ low ≤ high ≤ 1")
    if n > len(shares):
        return 0.0, 0.0
    not_so = [1 - low for low, _ in shares]
    most = _most(n, [high for _, high in shares])
    return 1 - _most(len(shares) - n + 1, not_so), most


def _most(n: int, shares: Sequence[float]) -> float:
    """The greatest probability of n or more: r happen for certain, the others share the rest."""
    rising = sorted(shares)
    return min(1.0, *(math.fsum(rising[: len(rising) - r]) / (n - r) for r in range(n)))


def _require(shares: Sequence[float], overlaps: Mapping[tuple[int, int], float]) -> None:
    """Refuse what are no probabilities.

    Raises:
        ValueError: A share or an overlap is not from 0 to 1, or a pair is none of the events.
    """
    if not shares or not all(0 <= each <= 1 for each in (*shares, *overlaps.values())):
        raise ValueError(
            f"got shares {list(shares)} and overlaps {dict(overlaps)}, expected 0 to 1"
        )
    if not all(0 <= i < j < len(shares) for i, j in overlaps):
        raise ValueError(f"got pairs {list(overlaps)}, expected two of {len(shares)} events")

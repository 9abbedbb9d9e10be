"""Several vehicles together, from the overlap of each two: Agostini's formula."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from reach.errors import NotEstimableError
from reach.media.frequency.shares import ROUNDING, check_overlap, check_share

CONSTANT = 1.125
"""As Agostini found it for French magazines; for others it differs."""

_FEWEST = 3


def agostini(
    shares: Sequence[float],
    overlaps: Mapping[tuple[int, int], float],
    *,
    constant: float = CONSTANT,
) -> float:
    """Share that at least one of three vehicles or more reaches, an insertion in each.

    A²/(A + 1.125·D), with A the sum of the audiences and D that of all pairwise overlaps. It
    is a rule of thumb for magazines, and says nothing of how often. Overlaps of pairs bound
    what all together can reach; where the formula leaves these bounds, it is refused.

    Args:
        shares: Share of the universe that each vehicle reaches, above 0 and at most 1.
        overlaps: Share that both of two vehicles reach, by their indices, of all pairs.
        constant: What the overlaps are multiplied by.

    Returns:
        The share, 0 to 1.

    Raises:
        NotEstimableError: Fewer than three vehicles, shares or overlaps that can't be, a pair
            whose overlap is not known, or a result that these overlaps rule out.

    References:
        Agostini (1961), How to estimate unduplicated audiences, Journal of Advertising Research
        1(3), 11–14. The bounds: Dawson & Sankoff (1967), Proceedings of the American
        Mathematical Society 18, 504–507; Hunter (1976), Journal of Applied Probability 13,
        597–603.

    Examples:
        >>> round(agostini([0.3, 0.4, 0.2], {(0, 1): 0.12, (0, 2): 0.06, (1, 2): 0.08}), 6)
        0.679245

        Overlaps of .25, .08 and .03 leave .69 to .72 for all three.

        >>> agostini([0.6, 0.35, 0.1], {(0, 1): 0.25, (0, 2): 0.08, (1, 2): 0.03})
        Traceback (most recent call last):
        ...
        reach.errors.NotEstimableError: Agostini's formula gives 0.7577, and these overlaps allow 0.69 to 0.72 only
    """
    count = len(shares)
    if count < _FEWEST:
        raise NotEstimableError(
            f"got {count} vehicles, expected 3 or more: two reach the sum of their audiences less "
            "their overlap, which needs no model"
        )
    for place, share in enumerate(shares):
        check_share(f"share of vehicle {place}", share)
    pairs = known_overlaps(shares, overlaps)
    audiences, overlap = math.fsum(shares), math.fsum(pairs.values())
    found = audiences**2 / (audiences + constant * overlap)
    least = max(*shares, _dawson_sankoff(audiences, overlap))
    most = min(1.0, audiences - _heaviest_tree(pairs, count))
    if least > most + ROUNDING:
        raise NotEstimableError("the overlaps contradict one another: no universe has them all")
    if not least - ROUNDING <= found <= most + ROUNDING:
        raise NotEstimableError(
            f"Agostini's formula gives {found:.4g}, and these overlaps allow "
            f"{least:.4g} to {most:.4g} only"
        )
    return min(max(found, least), most)


def known_overlaps(
    shares: Sequence[float], overlaps: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """The overlap of each pair, the lower index first.

    Raises:
        NotEstimableError: That of a pair is not known, or can't be.
        ValueError: A pair is none, or is there twice.
    """
    pairs = list(combinations(range(len(shares)), 2))
    found: dict[tuple[int, int], float] = {}
    for (one, other), both in overlaps.items():
        pair = (min(one, other), max(one, other))
        if pair not in pairs or pair in found:
            raise ValueError(f"got an overlap of {one} and {other}, expected each pair once")
        check_overlap(f"vehicles {pair[0]} and {pair[1]}", shares[one], shares[other], both)
        found[pair] = both
    for pair in pairs:
        if pair not in found:
            raise NotEstimableError(f"the overlap of vehicles {pair[0]} and {pair[1]} is not known")
    return found


def _dawson_sankoff(audiences: float, overlap: float) -> float:
    """The least that audiences of this sum reach together, if their overlaps have that sum."""
    m = 1 + math.floor(2 * overlap / audiences)
    return 2 * audiences / (m + 1) - 2 * overlap / (m * (m + 1))


def _heaviest_tree(pairs: Mapping[tuple[int, int], float], count: int) -> float:
    """The greatest sum of overlaps along a tree of all vehicles: so many at least count twice."""
    joined, weight = {0}, 0.0
    while len(joined) < count:
        across = {
            pair: both for pair, both in pairs.items() if (pair[0] in joined) != (pair[1] in joined)
        }
        heaviest = max(across, key=lambda pair: across[pair])
        joined.update(heaviest)
        weight += across[heaviest]
    return weight

"""How many are reached by several together, if only shares and some overlaps are known.

A survey says how many each channel reaches, and of some pairs how many both reach. Each set
of channels then is a cell with an unknown share of the population; what is known are linear
bounds on sums of cells. The most and the least that any such population allows are found by
linear programming; no independence is supposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Interval = tuple[float, float]
# 4096 cells; the programme doubles with each channel.
MOST_CHANNELS = 12
# To which the programme keeps its constraints.
TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class TogetherBounds:
    """What several channels may reach together.

    Attributes:
        union: Least and greatest share reached by at least one.
        intersection: Least and greatest share reached by all.
        channels: How many channels.
        overlaps_known: How many of their pairs had a known overlap.
        method: What was done, in words.
    """

    union: Interval
    intersection: Interval
    channels: int
    overlaps_known: int
    method: str


def together(
    shares: Sequence[Interval], overlaps: Mapping[tuple[int, int], Interval] | None = None
) -> TogetherBounds:
    """Bounds of the union and the intersection of channels, from intervals.

    Intervals enter, not points: point estimates of a survey may contradict one another, and a
    bound made of points would be surer than the survey. If all intervals hold together at some
    confidence, so do the bounds.

    Args:
        shares: Interval of the share of the population that each channel reaches, 0 to 1;
            one to twelve channels.
        overlaps: Interval of the share that both of two channels reach, by their indices;
            a pair that is not there is unknown.

    Returns:
        The bounds, to about 1e-7; sharp: each is reached by some population that has such
        shares and overlaps.

    Raises:
        NotEstimableError: No population has such shares and overlaps.
        ValueError: An interval is none, a pair is none or is there twice, or too many
            channels.

    References:
        Hailperin (1965), American Mathematical Monthly 72, 343–359. Without overlaps these are
        Fréchet's bounds (1935); with all, at least as tight as Dawson & Sankoff (1967) and
        Hunter (1976), Journal of Applied Probability 13, 597–603.

    Examples:
        Radio reaches 60 %, SMS 50 %, letters 30 %.

        >>> alone = together([(0.6, 0.6), (0.5, 0.5), (0.3, 0.3)])
        >>> [round(end, 4) for end in alone.union + alone.intersection]
        [0.6, 1.0, 0.0, 0.3]

        Of both radio and SMS a survey says 35 to 45 %.

        >>> known = together([(0.6, 0.6), (0.5, 0.5), (0.3, 0.3)], {(0, 1): (0.35, 0.45)})
        >>> [round(end, 4) for end in known.union + known.intersection]
        [0.65, 1.0, 0.0, 0.3]
    """
    count = len(shares)
    pairs = _ordered(overlaps or {}, count)
    if not 1 <= count <= MOST_CHANNELS:
        raise ValueError(f"got {count} channels, expected 1 to {MOST_CHANNELS}")
    for name, bounds in [*enumerate(shares), *pairs.items()]:
        low, high = bounds
        if not 0 <= low <= high <= 1:
            raise ValueError(f"the interval of {name} is {bounds}, expected 0 ≤ low ≤ high ≤ 1")
    for (i, j), (low, high) in pairs.items():
        most = min(shares[i][1], shares[j][1])
        least = shares[i][0] + shares[j][0] - 1
        if low > most + TOLERANCE or high < least - TOLERANCE:
            raise NotEstimableError(
                f"channels {i} and {j} can't overlap in {low:.4g} to {high:.4g} of the population:"
                f" their own shares allow {max(0.0, least):.4g} to {most:.4g}"
            )
    sets = np.arange(2**count)
    reached = (sets[None, :] >> np.arange(count)[:, None]) & 1
    rows = [reached[i] for i in range(count)] + [reached[i] & reached[j] for i, j in pairs]
    limits = np.array([*shares, *pairs.values()], dtype=np.float64)
    return TogetherBounds(
        union=_extremes(sets > 0, np.array(rows), limits),
        intersection=_extremes(sets == sets[-1], np.array(rows), limits),
        channels=count,
        overlaps_known=len(pairs),
        method="sharp bounds by linear programming over the sets of channels",
    )


def _ordered(
    overlaps: Mapping[tuple[int, int], Interval], count: int
) -> dict[tuple[int, int], Interval]:
    pairs = set(combinations(range(count), 2))
    ordered: dict[tuple[int, int], Interval] = {}
    for (i, j), bounds in overlaps.items():
        pair = (min(i, j), max(i, j))
        if pair not in pairs or pair in ordered:
            raise ValueError(
                f"got an overlap of {i} and {j}, expected each pair of two of {count} channels once"
            )
        ordered[pair] = bounds
    return ordered


def _extremes(
    wanted: NDArray[np.bool_], rows: NDArray[np.int64], limits: NDArray[np.float64]
) -> Interval:
    """Least and greatest sum of the wanted cells, if the sums of each row keep their limits."""
    from scipy.optimize import linprog  # slow to import, and few need it

    above = np.vstack([rows, -rows]).astype(np.float64)
    right = np.concatenate([limits[:, 1], -limits[:, 0]])
    whole = np.ones((1, rows.shape[1]))
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * wanted.astype(np.float64),
            above,
            right,
            whole,
            np.ones(1),
            (0, 1),
            method="highs",
        )
        if found.status == 2:  # noqa: PLR2004 - infeasible, in the words of linprog
            raise NotEstimableError(
                "the shares and overlaps contradict one another: no population has them all."
                " Check that they are shares of the same people, and that intervals were given"
            )
        if found.fun is None:  # a failure of the programme, and none of the numbers
            raise NotEstimableError(f"the bounds were not found: {found.message}")
        ends.append(min(1.0, max(0.0, sign * float(found.fun))))
    return min(ends), max(ends)

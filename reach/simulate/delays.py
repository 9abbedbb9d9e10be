"""How long things take: quantiles in whole seconds, straight lines between them.

Everything is whole numbers: a logarithm may differ in its last digit from machine to machine,
and then so would the log.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from itertools import pairwise

import numpy as np

from reach.simulate.luck import Integers, Luck

_FINENESS = 1 << 14  # different delays of a kind, at most
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class Delay(Enum):
    """Share of things, in thousandths, and the seconds after which so many have happened."""

    TEXT = ((0, 1), (500, 5), (900, 40), (970, 20 * _MINUTE), (990, 8 * _HOUR), (1000, 4 * _DAY))
    MAIL = ((0, 1), (500, 3), (900, 30), (960, 15 * _MINUTE), (990, 6 * _HOUR), (1000, 2 * _DAY))
    DEVICE = ((0, 1), (500, 3), (800, _MINUTE), (950, 9 * _HOUR), (990, 2 * _DAY), (1000, 6 * _DAY))
    READING = (
        (0, 30), (300, 5 * _MINUTE), (600, 2 * _HOUR), (900, _DAY), (1000, 9 * _DAY)
    )  # fmt: skip
    ACTING = ((0, 40), (500, 3 * _MINUTE), (900, _HOUR), (1000, 2 * _DAY))
    PROXY = ((0, 2), (700, 20), (1000, 6 * _HOUR))
    SCANNER = ((0, 1), (1000, 8))
    BOUNCE = ((0, 4 * _MINUTE), (600, _HOUR), (1000, 3 * _DAY))

    def draw(self, luck: Luck, about: str, numbers: Integers) -> Integers:
        """A delay in seconds for each number."""
        found: Integers = _table(self)[luck.below(about, numbers, _FINENESS)]
        return found


LONGEST_S = (
    sum(delay.value[-1][1] for delay in (Delay.DEVICE, Delay.READING))
    + 2 * (Delay.ACTING.value[-1][1])
)
"""No message is told of later than so many seconds after it was sent."""


@cache
def _table(delay: Delay) -> Integers:
    table = np.empty(_FINENESS, dtype=np.int64)
    points = delay.value
    for (share, seconds), (next_share, next_seconds) in pairwise(points):
        first, end = share * _FINENESS // 1000, next_share * _FINENESS // 1000
        steps = np.arange(end - first)
        table[first:end] = seconds + (next_seconds - seconds) * steps // (end - first)
    return table

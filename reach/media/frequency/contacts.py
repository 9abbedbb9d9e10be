"""What a model says of a known number of insertions: how many have exactly k contacts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import NotEstimableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_INSERTIONS = 100_000
"""Insertions of which contacts are modelled one by one; no campaign has as many."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Frequency:
    """Shares of the universe by the number of their contacts.

    Attributes:
        exactly: Share that has exactly k contacts, k from 0 to the number of insertions; they
            sum to 1.

    Examples:
        >>> told = Frequency((0.5, 0.3, 0.2))
        >>> told.reach(), told.reach(2), told.reach(3)
        (0.5, 0.2, 0.0)
        >>> round(told.gross, 4), round(told.average_frequency, 4)
        (0.7, 1.4)
    """

    exactly: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what is no distribution; a fault of ours."""
        if (
            not self.exactly
            or min(self.exactly) < 0
            or abs(math.fsum(self.exactly) - 1) > _ROUNDING
        ):
            raise ValueError("expected shares from 0 that sum to 1")

    @property
    def insertions(self) -> int:
        """The most contacts that one person can have."""
        return len(self.exactly) - 1

    @property
    def gross(self) -> float:
        """Contacts per head of the universe; times 100 they are gross rating points."""
        return math.fsum(times * share for times, share in enumerate(self.exactly))

    @property
    def average_frequency(self) -> float:
        """Contacts of each who was reached, from 1.

        Raises:
            NotEstimableError: Nobody was reached.
        """
        reached = self.reach()
        if reached == 0:
            raise NotEstimableError("nobody was reached, so nobody has an average of contacts")
        return self.gross / reached

    def reach(self, times: int = 1) -> float:
        """Share that has at least so many contacts.

        Args:
            times: From 1; `Reach n+` is of ``times=n``.
        """
        if times < 1:
            raise ValueError(f"got {times} contacts, expected 1 or more")
        # From the tail, so that a small reach is not what is left of 1.
        return min(1.0, math.fsum(self.exactly[times:]))


def from_log_ratios(ratios: NDArray[np.float64]) -> Frequency:
    """The distribution whose neighbouring shares have these ratios.

    Args:
        ratios: Logarithm of the share of k + 1 contacts over that of k, k from 0; finite;
            shape (insertions,).

    Examples:
        >>> from_log_ratios(np.log([1.0, 0.5])).exactly
        (0.4, 0.4, 0.2)
    """
    # From the greatest: shares of hundreds of insertions leave the range of floats.
    heights = np.concatenate([[0.0], np.cumsum(ratios)])
    shares = np.exp(heights - heights.max())
    shares /= math.fsum(shares)
    return Frequency(tuple(shares.tolist()))

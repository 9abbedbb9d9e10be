"""What models of how often can't take, and why."""

from __future__ import annotations

import math

from reach.errors import NotEstimableError
from reach.media.frequency.contacts import MOST_INSERTIONS

# Published shares are rounded, and so are ours: by this much a bound may be missed.
ROUNDING = 1e-12


def check_share(name: str, share: float) -> None:
    """Refuse a share of the universe that is none, or of nobody.

    Args:
        name: What it is a share of, for the message.
        share: Above 0, at most 1.

    Raises:
        NotEstimableError: It is not; of nobody there is nothing to model.
    """
    if not 0 < share <= 1:
        raise NotEstimableError(f"{name}: got {share:g}, expected a share above 0 and at most 1")


def check_amount(name: str, amount: float) -> None:
    """Refuse an amount that is not above 0 or not finite.

    Raises:
        NotEstimableError: It is not.
    """
    if not 0 < amount < math.inf:
        raise NotEstimableError(f"{name}: got {amount:g}, expected a finite number above 0")


def check_insertions(insertions: int) -> None:
    """Refuse numbers of insertions that no model is made for.

    Raises:
        NotEstimableError: Below 1, or more than `MOST_INSERTIONS`.
    """
    if not 1 <= insertions <= MOST_INSERTIONS:
        raise NotEstimableError(f"got {insertions} insertions, expected 1 to {MOST_INSERTIONS}")


def check_overlap(name: str, one: float, other: float, both: float) -> None:
    """Refuse an overlap that two audiences can't have.

    Args:
        name: Which two, for the message.
        one: Share that the first reaches.
        other: Share that the second reaches.
        both: Share that both reach.

    Raises:
        NotEstimableError: Fewer than they must have in common, or more than the smaller has.
    """
    least, most = max(0.0, one + other - 1), min(one, other)
    if not least - ROUNDING <= both <= most + ROUNDING:
        raise NotEstimableError(
            f"{name}: got an overlap of {both:g}, expected {least:.4g} to {most:.4g}: "
            f"audiences of {one:g} and {other:g} allow no other"
        )

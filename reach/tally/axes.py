"""What is counted for every arm: the axes of a recipient's vector, and the plain counts."""

from __future__ import annotations

STAGES = (
    "attempted", "sent", "delivered", "possible", "receipted", "engaged", "maybe_engaged", "acted",
)  # fmt: skip
"""Messages of one recipient in one arm, by what became of them."""

ONCE = ("attempted", "delivered", "possible", "acted")
"""Stages that are also counted once a recipient: at least one such message."""

AXES = (*STAGES, *(f"{stage}_recipients" for stage in ONCE))
"""The axes of one arm, in order; a vector has these for the first arm, then the second, …"""


def axis(arm: int, name: str) -> int:
    """The place of an arm's axis in the vector.

    Examples:
        >>> axis(1, "attempted") == len(AXES)
        True
    """
    return arm * len(AXES) + AXES.index(name)

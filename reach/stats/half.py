"""When half has arrived: a median that need not exist."""

from __future__ import annotations

from collections.abc import Mapping


def half_reached(arrived: Mapping[int, int], whole: int, at_once: int = 0) -> int | None:
    """The first time by which at least half of the whole has arrived.

    Those that never arrive stay in the whole: this is no median of those that did.

    Args:
        arrived: How many arrived at each time.
        whole: How many there are, at least all that arrived.
        at_once: How many arrived at time 0 besides.

    Returns:
        The time; None if fewer than half have arrived at all, or there is nothing.

    Raises:
        ValueError: More arrived than there are.

    Examples:
        Of 10, three arrived after 5 and two after 60.

        >>> half_reached({5: 3, 60: 2}, 10), half_reached({5: 3, 60: 2}, 11)
        (60, None)
        >>> half_reached({5: 3, 60: 2}, 11, at_once=6)
        0
    """
    if at_once + sum(arrived.values()) > whole:
        raise ValueError(f"{at_once + sum(arrived.values())} of {whole} have arrived")
    if whole == 0:
        return None
    if 2 * at_once >= whole:
        return 0
    so_far = at_once
    for time in sorted(arrived):
        so_far += arrived[time]
        if 2 * so_far >= whole:
            return time
    return None

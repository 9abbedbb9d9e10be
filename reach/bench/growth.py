"""How time grows with a log, from two sizes of it, and what that says of larger ones."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """A log of some size, and how long it took.

    Attributes:
        events: Events in it, at least 1.
        wall_s: Seconds from start to exit.
    """

    events: int
    wall_s: float


def exponent(sizes: list[Size], fixed_s: float = 0.0) -> float | None:
    """The exponent b of seconds = fixed + c · events^b, by least squares of the logarithms.

    Args:
        sizes: Two different ones or more.
        fixed_s: What every run takes, however small its log.

    Returns:
        The exponent; None if there are fewer than two sizes, or one took no longer than what
        every run takes.

    Examples:
        >>> exponent([Size(1_000, 1.5), Size(100_000, 100.5)], fixed_s=0.5)
        1.0
        >>> round(exponent([Size(10, 1), Size(100, 8), Size(1_000, 64)]), 6), exponent([Size(10, 1)])
        (0.90309, None)
    """
    if len({size.events for size in sizes}) < 2 or any(  # noqa: PLR2004 -- a line takes two points
        size.wall_s <= fixed_s for size in sizes
    ):
        return None
    xs = [math.log10(size.events) for size in sizes]
    ys = [math.log10(size.wall_s - fixed_s) for size in sizes]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return slope / sum((x - mean_x) ** 2 for x in xs)


def projected_s(whole: Size, fixed_s: float, grows_by: float | None, times: float) -> float:
    """Seconds that a log some times as large would take.

    Nothing gets cheaper by being more: an exponent below 1, as noise or a second thread that
    a small log left idle may give, counts as 1, and so does one that is not known.

    Args:
        whole: What was measured.
        fixed_s: What every run takes, however small its log.
        grows_by: The exponent, or None.
        times: How many times as large, above 0.

    Examples:
        >>> projected_s(Size(1_000_000, 2.5), 0.5, 0.97, 10)
        20.5
        >>> round(projected_s(Size(1_000_000, 2.5), 0.5, 1.05, 10), 2)
        22.94
    """
    power: float = times ** max(grows_by or 1.0, 1.0)
    return fixed_s + max(whole.wall_s - fixed_s, 0.0) * power

"""How long something took, short enough for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from reach.report.numbers import number
from reach.report.words import say

if TYPE_CHECKING:
    from reach.report.numbers import Lang

_UNITS: Final = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))
_FEW = 10
"""Below so many of a unit the next smaller one is said too."""


def duration(seconds: int, lang: Lang, rounding: Literal["down", "up", "nearest"]) -> str:
    """A time in its one or two largest units.

    Args:
        seconds: 0 or more.
        lang: Language of the units.
        rounding: Which way what is left out is rounded.

    Examples:
        >>> [duration(seconds, "en", "down") for seconds in (0, 45, 190, 700, 5_099, 200_000)]
        ['0 s', '45 s', '3 min 10 s', '11 min', '1 h 24 min', '2 d 7 h']
        >>> duration(3_599, "en", "up"), duration(86_399, "id", "nearest")
        ('1 h', '1 hari')
    """
    step = _step(seconds)
    slack = {"down": 0, "up": step - 1, "nearest": step // 2}[rounding]
    left = (seconds + slack) // step * step
    parts = []
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(say(lang, unit, count=number(count, lang)))
    return " ".join(parts) or say(lang, "seconds", count="0")


def _step(seconds: int) -> int:
    """The unit that is said last."""
    for place, (_, size) in enumerate(_UNITS):
        if seconds >= _FEW * size:
            return size
        if seconds >= size:
            return _UNITS[min(place + 1, len(_UNITS) - 1)][1]
    return 1

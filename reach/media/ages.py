"""Ages as tables write them: "18+", "0-17", "all"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_BAND = re.compile(r"(?P<low>\d{1,3})\s*(?:[-–]\s*(?P<high>\d{1,3})|(?P<open>\+))")
_ALL = frozenset(("all", "semua"))


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years from `low` to `high`, both included; `high` is inf for no end.

    Examples:
        >>> adults = ages("18+")
        >>> adults.holds(ages("18-24")), adults.meets(ages("15-19")), adults.meets(ages("0-17"))
        (True, True, False)
    """

    low: int
    high: float

    def holds(self, other: Ages) -> bool:
        """Whether all of the other are within."""
        return self.low <= other.low and other.high <= self.high

    def meets(self, other: Ages) -> bool:
        """Whether anybody belongs to both."""
        return self.low <= other.high and other.low <= self.high


EVERYBODY = Ages(0, math.inf)


def ages(said: str | float | None) -> Ages:
    """A band of ages; of nothing said, everybody.

    Args:
        said: As ``18+``, ``0-17``, ``17``, ``all``.

    Raises:
        ValueError: It is none, with what is expected instead.

    Examples:
        >>> ages("0-17")
        Ages(low=0, high=17)
        >>> ages("all") == EVERYBODY
        True
    """
    text = "all" if said is None else str(said).strip().lower()
    if text in _ALL:
        return EVERYBODY
    if text.isdigit():
        return Ages(int(text), int(text))
    found = _BAND.fullmatch(text)
    if found is None:
        raise ValueError("ages as 18+, 0-17 or all")
    low = int(found["low"])
    high = math.inf if found["open"] else int(found["high"])
    if high < low:
        raise ValueError("ages as 0-17, the younger first")
    return Ages(low, high)

"""What rows of one kind gave: exposures, and what has to be said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reach.errors import Fault
from reach.media.exposure import Amount, Exposure
from reach.media.notice import Notice
from reach.media.universe import Universe


@dataclass(frozen=True, slots=True)
class Whole:
    """What every number is judged by.

    Attributes:
        universe: Whom there is to reach.
        seed: Of random draws.
        level: Confidence level of the intervals.
    """

    universe: Universe
    seed: int
    level: float

    def persons(self, region: str | None) -> int:
        """How many live in a region; in all for None, and for one that is none of ours."""
        if region is None:
            return self.universe.total
        return self.universe.persons.get(region, self.universe.total)


@dataclass(slots=True)
class Found:
    """Exposures of rows of a kind, faults and notices, gathered one by one."""

    exposures: list[Exposure] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    overlaps: dict[tuple[str, str], Amount] = field(default_factory=dict)

    def add(self, other: Found) -> None:
        """Take in what rows of another kind gave."""
        self.exposures += other.exposures
        self.notices += other.notices
        self.faults += other.faults
        self.overlaps |= other.overlaps


def costs(rows: Iterable[Mapping[str, object]]) -> dict[str, float]:
    """Cost by currency; never across currencies.

    Examples:
        >>> costs([{"cost": 5.0, "currency": "IDR"}, {}, {"cost": 2.5, "currency": "IDR"}])
        {'IDR': 7.5}
    """
    found: dict[str, float] = {}
    for data in rows:
        if (cost := data.get("cost")) is not None:
            currency = str(data["currency"])
            found[currency] = found.get(currency, 0.0) + float(str(cost))
    return found

"""Whom there is to reach: persons by region, of one age, from one source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Universe:
    """Persons who could be reached; regions do not overlap and together are all of it.

    Attributes:
        name: What it is of, as "32, 18+", for people to read.
        persons: By region, how many live there; whole numbers from 1.
        covered: By region, the share of its persons who have a signal, 0 to 1; a region that
            is missing has one everywhere, and that is an assumption.
        sources: Who says so, and as of when.
    """

    name: str
    persons: Mapping[str, int]
    covered: Mapping[str, float]
    sources: tuple[str, ...]

    @property
    def total(self) -> int:
        """Persons in all regions.

        Examples:
            >>> Universe("towns", {"Bandung": 300, "Bogor": 200}, {}, ("made up",)).total
            500
        """
        return sum(self.persons.values())

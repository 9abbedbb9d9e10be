"""What is known of a region: its persons, who was logged, what was measured, which overlaps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from reach.vocabulary import Grade

Sets = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a region's persons, known from low to high.

    Attributes:
        low: Lower end, 0 to 1.
        estimate: The best guess; None where only bounds are known.
        high: Upper end, 0 to 1.
    """

    low: float
    estimate: float | None
    high: float

    def __post_init__(self) -> None:
        """Refuse what is no interval; a fault of ours."""
        middle = self.low if self.estimate is None else self.estimate
        if not 0 <= self.low <= middle <= self.high <= 1:
            raise ValueError(f"got {self}, expected 0 ≤ low ≤ estimate ≤ high ≤ 1")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one channel without a log reached in a region.

    Attributes:
        share: Share of all the region's persons.
        grade: What the evidence is worth; potential audiences have no place here.
        needs_signal: Whether it reaches nobody in a blank spot.
        contacts: Shares of the persons who had 0, 1, 2 … contacts, sum 1; None if not known.
            Only how they are spread from 1 up is used: how many were reached, the share says.
    """

    share: Share
    grade: Grade
    needs_signal: bool
    contacts: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse potential audiences and what is no distribution; a fault of ours."""
        if self.grade is Grade.POTENTIAL:
            raise ValueError("got a potential audience, expected persons reached")
        _check_contacts(self.contacts)


@dataclass(frozen=True, slots=True)
class Logged:
    """Persons of a region by the set of logged channels that reached them.

    Attributes:
        channels: The logged channels; a set is a sum of 2^position.
        confirmed: Persons by the set of channels that surely reached them.
        possible: Persons by the set of channels that may have reached them; whoever was surely
            reached is in it with at least the same channels.
        needs_signal: Whether these channels reach nobody in a blank spot.
        contacts: By channel, as in `Measured`.
    """

    channels: tuple[str, ...]
    confirmed: Sets
    possible: Sets
    needs_signal: bool = True
    contacts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse sets that are none, and more surely than possibly reached; a fault of ours."""
        for sets in (self.confirmed, self.possible):
            for members, persons in sets.items():
                if persons < 0 or not 0 <= members < 2 ** len(self.channels):
                    raise ValueError(f"got {persons} persons with the set {members}")
        for place, channel in enumerate(self.channels):
            sure, may = (
                sum(persons for members, persons in sets.items() if members >> place & 1)
                for sets in (self.confirmed, self.possible)
            )
            if sure > may:
                raise ValueError(f"{channel} surely reached {sure} persons, and possibly {may}")
        for spread in self.contacts.values():
            _check_contacts(spread)


@dataclass(frozen=True, slots=True)
class Region:
    """One region, or the whole universe where nothing is known by region.

    Attributes:
        name: The region's name; None for a universe without regions.
        persons: How many live there, 1 or more.
        covered: Share of them that has a signal; None if not known.
        logged: What logs say; None without logs.
        media: What was measured, by channel. A channel that is not there was not measured
            here, and that is said.
        overlaps: Surveyed share of the persons that both of two channels reached, by the two
            names.
    """

    name: str | None
    persons: int
    covered: float | None = None
    logged: Logged | None = None
    media: Mapping[str, Measured] = field(default_factory=dict)
    overlaps: Mapping[frozenset[str], Share] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an empty region, channels twice and overlaps of none; a fault of ours."""
        if self.persons < 1:
            raise ValueError(f"got {self.persons} persons in {self.name}, expected 1 or more")
        if self.covered is not None and not 0 <= self.covered <= 1:
            raise ValueError(f"got coverage {self.covered}, expected 0 to 1")
        if len(set(self.channels)) < len(self.channels):
            raise ValueError(f"got channels {self.channels}, expected each once")
        for pair in self.overlaps:
            if len(pair) != 2 or not pair <= set(self.channels):  # noqa: PLR2004 - a pair
                raise ValueError(f"got an overlap of {sorted(pair)}, expected two channels of here")

    @property
    def channels(self) -> tuple[str, ...]:
        """All channels that are known of here, logged ones first."""
        return (*(self.logged.channels if self.logged else ()), *self.media)


def _check_contacts(spread: tuple[float, ...] | None) -> None:
    if spread is not None and (
        any(not 0 <= share <= 1 for share in spread)
        or not math.isclose(math.fsum(spread), 1, abs_tol=1e-6)
    ):
        raise ValueError(f"got contacts {spread}, expected shares that sum to 1")

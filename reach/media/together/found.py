"""Persons reached together: the number, its rung, and what is possible beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from reach.media.together.logged import Interval
from reach.media.together.notes import Note
from reach.vocabulary import Grade


class Rung(IntEnum):
    """On what it rests that a person reached twice is counted once; the lower the better."""

    PERSON_KEY = 1  # one key of a person in all logs, or one channel alone: nothing supposed
    SURVEYED_OVERLAP = 2
    INDEPENDENCE_WITHIN = 3  # within regions, and within those with and without a signal
    GLOBAL_INDEPENDENCE = 4
    BOUNDS = 5  # nothing known, nothing supposed

    @property
    def word(self) -> str:
        """Its name in documents.

        Examples:
            >>> Rung.SURVEYED_OVERLAP.word
            'surveyed overlap'
        """
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Persons:
    """A number of persons on the rung of its region or total.

    Attributes:
        estimate: The best guess; None where only bounds are known.
        low: Lower end, as far as the rung's assumption holds.
        high: Upper end, likewise.
        bounds: Least and most that any population allows, whatever the assumption.
    """

    estimate: float | None
    low: float
    high: float
    bounds: Interval

    def __add__(self, other: Persons) -> Persons:
        """Both together; right only of different persons."""
        unknown = self.estimate is None or other.estimate is None
        return Persons(
            None if unknown else (self.estimate or 0.0) + (other.estimate or 0.0),
            self.low + other.low,
            self.high + other.high,
            (self.bounds[0] + other.bounds[0], self.bounds[1] + other.bounds[1]),
        )


NOBODY = Persons(0.0, 0.0, 0.0, (0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom all channels reached together, in a region or in all.

    Attributes:
        persons: How many there are to reach.
        rung: On what it rests; of several regions the highest number.
        grade: The worst of all inputs; None if there are no channels.
        together: Reached by any channel.
        alone: By channel, reached by it, whoever else did.
        incremental: By channel, reached by it and no other: lost without it.
        cumulative: In the stated order, reached by the channels so far.
        at_least: By n from 1, reached by n channels or more.
        exactly: Reached by exactly 0, 1, 2 … channels; None without an estimate.
        contacts: Persons with at least 1, 2 … contacts; None without an estimate.
        notes: Contradictions, then assumptions.
    """

    persons: int
    rung: Rung
    grade: Grade | None
    together: Persons
    alone: Mapping[str, Persons]
    incremental: Mapping[str, Persons]
    cumulative: Mapping[str, Persons]
    at_least: Mapping[int, Persons]
    exactly: tuple[float, ...] | None
    contacts: tuple[float, ...] | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What all channels reached in all regions.

    Attributes:
        total: Over all regions.
        regions: By region, in the order given; empty for a universe without regions.
        grades: By channel, the worst of its inputs.
        order: The channels, those that reached most alone first; the cumulative order.
        most_contacts: The largest number of contacts asked for.
        method: How it was done, in words.
    """

    total: Reached
    regions: Mapping[str, Reached]
    grades: Mapping[str, Grade]
    order: tuple[str, ...]
    most_contacts: int
    method: str

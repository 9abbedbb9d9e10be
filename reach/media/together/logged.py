"""Sets of logged channels counted: how many persons any of some channels reached, or just one.

What is true of each person lies between the channels that surely reached them and those that
may have. How many persons have a property that more channels can only bring about, as "any of
these", then lies between its counts in the two tables.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from reach.media.together.given import Logged, Sets

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Apart:
    """One logged channel beside all other logged ones; intervals in persons.

    Attributes:
        channel: Reached by the channel.
        others: Reached by any other.
        either: Reached by any.
        both: Reached by the channel and by any other.
    """

    channel: Interval
    others: Interval
    either: Interval
    both: Interval

    @property
    def only(self) -> Interval:
        """Reached by the channel and by no other logged one."""
        low = max(0, self.either[0] - self.others[1], self.channel[0] - self.both[1])
        high = min(self.either[1] - self.others[0], self.channel[1] - self.both[0])
        return low, high


def hit(sets: Sets, members: int) -> int:
    """Persons reached by any of some channels.

    Examples:
        >>> hit({0b01: 30, 0b10: 20, 0b11: 10}, 0b01)
        40
    """
    return sum(persons for reached, persons in sets.items() if reached & members)


def anyone(logged: Logged) -> Interval:
    """Persons reached by any logged channel."""
    every = 2 ** len(logged.channels) - 1
    return hit(logged.confirmed, every), hit(logged.possible, every)


def apart(logged: Logged, channel: str) -> Apart:
    """How one logged channel stands beside all others."""
    own = 1 << logged.channels.index(channel)
    others = (2 ** len(logged.channels) - 1) ^ own

    def counted(*hits: int) -> Interval:
        low, high = (
            sum(n for reached, n in sets.items() if all(reached & members for members in hits))
            for sets in (logged.confirmed, logged.possible)
        )
        return low, high

    return Apart(counted(own), counted(others), counted(own | others), counted(own, others))


def restricted(logged: Logged, kept: frozenset[str]) -> Logged | None:
    """The same with some of its channels only; None if none is left."""
    places = [place for place, channel in enumerate(logged.channels) if channel in kept]
    if not places:
        return None

    def projected(sets: Sets) -> Sets:
        found: Counter[int] = Counter()
        for reached, persons in sets.items():
            found[sum(1 << new for new, old in enumerate(places) if reached >> old & 1)] += persons
        return dict(found)

    return replace(
        logged,
        channels=tuple(logged.channels[place] for place in places),
        confirmed=projected(logged.confirmed),
        possible=projected(logged.possible),
    )


def within(sets: Sets, room: float) -> dict[int, float]:
    """As many of the persons as there is room for, those with most channels first.

    Nobody knows who of those possibly reached was not; to keep those with most channels gives
    the most that can be for every number of channels.

    Examples:
        >>> within({0b01: 30, 0b11: 10}, 25)
        {3: 10, 1: 15}
    """
    kept: dict[int, float] = {}
    for reached in sorted(sets, key=lambda members: (-members.bit_count(), members)):
        if reached and sets[reached]:
            kept[reached] = min(sets[reached], room)
            room -= kept[reached]
    return kept

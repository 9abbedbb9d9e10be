"""The people: villages of the 27 regions, and how likely each channel reaches whom there.

A region's people are those of the census; all else is invented. What is likely depends on the
region, the village, whether it has a signal, and how much a person uses media at all. The last
is the same for TV, radio, print and Facebook, so who has one of them rather has the others,
too. Sums are exact and chances have no memory, so that every machine makes the same tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import fsum

import numpy as np
from numpy.typing import NDArray

from reach.simulate.luck import Flags, Integers, Luck
from reach.simulate.regions import REGIONS

SEED = 20260105
LUCK = Luck(SEED, "media")

TITLES = tuple(region.title for region in REGIONS)
EVERYBODY = sum(region.population for region in REGIONS)

USERS = (3, 4, 3)
"""Tenths of the people who use media little, as most do, and much."""

_VILLAGE = 8_100  # persons, on average
_BLANK = 0.06  # share of blank spots in a region like others
_MOST = 0.95

Chances = NDArray[np.float64]
"""Of persons in each village, by how much they use media; shape (villages, 3)."""

Key = tuple[str, str | None]
"""A channel, and a vehicle of it if it has several."""


def below(about: str, number: int, limit: int) -> int:
    """A whole number from 0 up to, and not with, a limit: the luck of one thing."""
    return int(LUCK.below(about, np.array([number]), limit)[0])


def normal(about: str, number: int) -> float:
    """A draw from about the standard normal: twelve even ones, less their mean."""
    draws = LUCK.below(about, np.arange(12 * number, 12 * number + 12), 1_000_001)
    return (int(draws.sum()) - 6_000_000) / 1_000_000


@dataclass(frozen=True, slots=True)
class People:
    """All villages.

    Attributes:
        region: The place of each in `REGIONS`.
        persons: How many live in each.
        remote: Whether it has no signal.
        chance: By channel and vehicle, how likely it reaches whom.
    """

    region: Integers
    persons: Integers
    remote: Flags
    chance: dict[Key, Chances] = field(default_factory=dict)

    def of(self, title: str) -> Integers:
        """The numbers of a region's villages, in no order that means anything."""
        numbers = np.flatnonzero(self.region == TITLES.index(title))
        return numbers[np.argsort(LUCK.bits("any order", numbers), kind="stable")]

    def keys(self, channel: str) -> list[Key]:
        """The vehicles of a channel; itself where it has none."""
        return [key for key in self.chance if key[0] == channel]

    def any_of(self, keys: Collection[Key]) -> Chances:
        """How likely any of some channels reaches whom; independent of whoever is alike."""
        missed = np.ones((len(self.persons), len(USERS)))
        for key in keys:
            missed = missed * (1.0 - self.chance[key])
        return 1.0 - missed

    def reached(self, chances: Chances, title: str | None = None) -> float:
        """Persons that are reached, in a region or in all."""
        share = sum(tenths * chances[:, use] for use, tenths in enumerate(USERS)) / 10.0
        persons = share * self.persons
        return fsum(persons if title is None else persons[self.region == TITLES.index(title)])

    def add(
        self,
        key: Key,
        signal: float,
        remote: float,
        slope: float,
        use: tuple[float, float, float] = (1.0, 1.0, 1.0),
        within: Mapping[str, float] | None = None,
    ) -> None:
        """Add a channel.

        Args:
            key: The channel, and its vehicle.
            signal: Chance to be reached where there is a signal.
            remote: And where there is none.
            slope: By how much more where blank spots are fewer, by their share of a region.
            use: By how much more for those who use media little, as most do, and much.
            within: How much of it there is by region; none in others. All the same for None.
        """
        name = "/".join(each for each in key if each)
        villages = np.arange(len(self.persons))
        regions = 60 + LUCK.below(f"{name} in the region", np.arange(len(REGIONS)), 81)
        tilt = (60 + LUCK.below(f"{name} in the village", villages, 81)) * regions[self.region]
        here = np.array([1.0 if within is None else within.get(title, 0.0) for title in TITLES])
        here = here * np.array([1.0 + slope * (_BLANK - each.blank) for each in REGIONS])
        base = np.where(self.remote, remote, signal) * here[self.region] * (tilt / 10_000.0)
        self.chance[key] = np.minimum(base[:, None] * np.array(use), _MOST)

    def add_certain(self, key: Key, share: Chances) -> None:
        """Add a channel of which the chance in each village is known; shape (villages,)."""
        self.chance[key] = np.repeat(share[:, None], len(USERS), axis=1)


def settled() -> People:
    """All villages, which no channel reaches yet."""
    region, persons = [], []
    for place, each in enumerate(REGIONS):
        count = each.population // _VILLAGE + 1
        sizes = 50 + LUCK.below(f"size in {each.code}", np.arange(count), 101)
        ends = np.cumsum(sizes) * each.population // int(sizes.sum())
        region.append(np.full(count, place))
        persons.append(np.diff(ends, prepend=0))
    where = np.concatenate(region)
    blank = np.array([each.blank for each in REGIONS])[where]
    remote = LUCK.hits("remote", np.arange(len(where)), blank)
    return People(where, np.concatenate(persons), remote)

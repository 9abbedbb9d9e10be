"""Samples of the people, as surveys and panels draw them: villages first, then persons in each."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from population import EVERYBODY, LUCK, USERS, Chances, Key, People

from reach.simulate.luck import Flags, Integers

_MOST_CONTACTS = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """Persons who were drawn; each column has shape (persons,).

    Attributes:
        name: Of the sample: other names have other luck.
        draw: Number of the village's draw. A village that is drawn twice counts twice.
        village: Where each lives.
        use: How much each uses media: 0 little, 1 as most do, 2 much.
    """

    name: str
    draw: Integers
    village: Integers
    use: Integers

    @property
    def size(self) -> int:
        """How many persons."""
        return len(self.draw)

    def numbers(self) -> Integers:
        """The persons, from 0."""
        return np.arange(self.size)

    def hits(self, about: str, chance: float | Chances) -> Flags:
        """Whether it happens to each."""
        return LUCK.hits(f"{self.name}: {about}", self.numbers(), chance)

    def reached(self, people: People, key: Key) -> Flags:
        """Whether a channel reached each."""
        about = "/".join(each for each in key if each)
        return self.hits(about, people.chance[key][self.village, self.use])

    def reached_by_any(self, people: People, channel: str) -> Flags:
        """Whether any vehicle of a channel reached each."""
        found = np.zeros(self.size, np.bool_)
        for key in people.keys(channel):
            found = found | self.reached(people, key)
        return found

    def contacts(self, reached: Flags, channel: str, again: float) -> Integers:
        """How often each was reached: once more with the same chance each time."""
        times, goes_on = np.zeros(self.size, np.int64), reached
        for turn in range(_MOST_CONTACTS):
            times = times + goes_on
            goes_on = goes_on & self.hits(f"{channel} again {turn}", again)
        return times

    def some_of(self, contacts: Integers, about: str, share: float) -> Integers:
        """How many of each one's contacts are of a kind that has a share of them."""
        found = np.zeros(self.size, np.int64)
        for turn in range(_MOST_CONTACTS):
            found = found + ((contacts > turn) & self.hits(f"{about} {turn}", share))
        return found


def drawn(people: People, name: str, among: Integers, draws: int, take: int) -> Sample:
    """Draw villages as likely as they are large, and the same number of persons in each.

    Args:
        people: All.
        name: Of the sample.
        among: Numbers of the villages that may be drawn.
        draws: How often one is drawn.
        take: Persons in each.
    """
    sizes = tuple(people.persons[among].tolist())
    villages = among[LUCK.weighted(f"{name}: villages", np.arange(draws), sizes)]
    use = LUCK.weighted(f"{name}: use", np.arange(draws * take), USERS)
    return Sample(name, np.repeat(np.arange(draws), take), np.repeat(villages, take), use)


def joined(samples: list[Sample], name: str) -> Sample:
    """Samples one after the other; draws are numbered on."""
    ends = np.cumsum([0, *(int(each.draw.max()) + 1 for each in samples)])
    draw = [each.draw + end for each, end in zip(samples, ends, strict=False)]
    return Sample(
        name,
        np.concatenate(draw),
        np.concatenate([each.village for each in samples]),
        np.concatenate([each.use for each in samples]),
    )


def design_effect(people: People, chances: Chances, take: int, among: Integers) -> float:
    """By how much the variance of a share grows when villages are drawn first.

    References:
        Kish (1965), Survey Sampling: 1 + (take − 1)·ρ, with ρ the share of the variance that
        lies between villages.
    """
    share = sum(tenths * chances[among, use] for use, tenths in enumerate(USERS)) / 10.0
    weight = people.persons[among] / (fsum(people.persons[among]) or EVERYBODY)
    mean = fsum(weight * share)
    between = fsum(weight * (share - mean) * (share - mean))
    return round(1 + (take - 1) * between / (mean * (1 - mean)), 2)

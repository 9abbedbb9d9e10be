"""The people: where each lives, which addresses each has, and how logs spell these.

Nobody in it exists. Addresses are of domains that are reserved for examples, and telephone
numbers begin with 0810, which to our knowledge is no operator's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import gcd

import numpy as np

from reach.simulate.luck import Flags, Integers, Luck
from reach.simulate.profiles import Kind
from reach.simulate.regions import REGIONS

MOST = 50_000_000
"""Persons that there are telephone numbers for: two each."""

SEGMENTS = {"parents": 45, "elders": 25, "students": 20, "health workers": 10}
"""Segments, with their share of the people in hundredths."""

SECOND_NUMBER = 0.08  # share of people with another number for WhatsApp

_NUMBERS = 100_000_000  # eight digits after 0810
_SCATTER = 61_803_399  # no factor in common with the number of numbers
_DOMAINS = ("example.org", "example.com", "example.net")

SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "capitals": lambda email: email.title(),
    "loud": lambda email: email.upper(),
    "international": str,
    "digits": lambda number: number[1:],
    "national": lambda number: "0" + number[3:],
    "spaced": lambda number: f"+62 {number[3:6]}-{number[6:10]}-{number[10:]}",
}
"""From an address as the people file has it to one as a log has it."""


@dataclass(frozen=True, slots=True)
class Population:
    """Persons, numbered from 0.

    Attributes:
        size: How many.
        seed: The simulation's seed.
    """

    size: int
    seed: int

    @property
    def _luck(self) -> Luck:
        return Luck(self.seed, "people")

    def regions(self, persons: Integers) -> Integers:
        """The place in `REGIONS` of where each lives; as likely as its share of the census."""
        weights = tuple(region.population for region in REGIONS)
        return self._luck.weighted("region", persons, weights)

    def segments(self, persons: Integers) -> Integers:
        """The place in `SEGMENTS` of each one's segment."""
        return self._luck.weighted("segment", persons, tuple(SEGMENTS.values()))

    def span(self, hundredths: tuple[int, int]) -> tuple[int, int]:
        """From and to of those who are written to, counted in the order of `holders`."""
        first, end = (self.size * share // 100 for share in hundredths)
        return (first, end) if first < end else (0, 1)

    def holders(self, kind: Kind, ranks: Integers) -> Integers:
        """The person at each rank of those who have such an address.

        Telephones and the numbers of WhatsApp are the same people's, in the same order.
        """
        word = Kind.PHONE if kind is Kind.WHATSAPP else kind
        return permuted(ranks, self.size, int(self._luck.below(word, np.array([0]), self.size)[0]))

    def second(self, persons: Integers) -> Flags:
        """Whether each has another number for WhatsApp."""
        return self._luck.hits("second number", persons, SECOND_NUMBER)

    def addresses(self, kind: Kind, persons: Integers) -> list[str]:
        """The address of each, as the people file has it."""
        if kind is Kind.EMAIL:
            return [f"warga{person}@{_DOMAINS[person % 3]}" for person in persons.tolist()]
        if kind is Kind.DEVICE:
            return [f"device:{bits:016x}" for bits in self._luck.bits("device", persons).tolist()]
        second = self.second(persons) if kind is Kind.WHATSAPP else np.zeros(len(persons), np.bool_)
        numbers = (persons + second * MOST) * _SCATTER % _NUMBERS
        return [f"+62810{number:08d}" for number in numbers.tolist()]


def permuted(numbers: Integers, size: int, turn: int) -> Integers:
    """Numbers from 0 to size − 1 in another order, each again once.

    Examples:
        >>> sorted(permuted(np.arange(10), 10, 3).tolist()) == list(range(10))
        True
    """
    step = max(size * 618_033_989 // 1_000_000_000, 1)
    while gcd(step, size) > 1:
        step += 1
    return (numbers * step + turn) % size


def people_lines(population: Population, kinds: dict[Kind, int], chunk: int) -> Iterator[list[str]]:
    """The people file, a piece at a time: ``address,person,region,segment``.

    Args:
        population: The people.
        kinds: How many, by rank, have an address of each kind.
        chunk: Rows a piece.
    """
    yield ["address,person,region,segment\n"]
    titles, segments = [region.title for region in REGIONS], list(SEGMENTS)
    for kind, count in kinds.items():
        for start in range(0, count, chunk):
            persons = population.holders(kind, np.arange(start, min(start + chunk, count)))
            if kind is Kind.WHATSAPP and Kind.PHONE in kinds:
                # Their first numbers stand there already, as far as telephones are written to.
                known = np.arange(start, start + len(persons)) < kinds[Kind.PHONE]
                persons = persons[population.second(persons) | ~known]
            rows = zip(
                population.addresses(kind, persons),
                persons.tolist(),
                population.regions(persons).tolist(),
                population.segments(persons).tolist(),
                strict=True,
            )
            yield [f"{at},p{who},{titles[r]},{segments[s]}\n" for at, who, r, s in rows]

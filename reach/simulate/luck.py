"""Chance without memory: the luck of a thing follows from its number, and from nothing before.

So a log is the same whether it is made at once or in pieces, on whatever machine.

References:
    Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014 (the
    generator SplitMix64, of which this takes the n-th number).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Bits = NDArray[np.uint64]
Flags = NDArray[np.bool_]

_STEP, _FIRST, _SECOND = (
    np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
_BELOW_ONE = 2.0**-53


@dataclass(frozen=True, slots=True)
class Luck:
    """The luck of one simulation's one subject, as a channel.

    Attributes:
        seed: The simulation's seed.
        subject: What it is the luck of.
    """

    seed: int
    subject: str

    def bits(self, about: str, numbers: Integers) -> Bits:
        """64 bits for each number; different numbers have different bits.

        Args:
            about: What is decided; another word is other luck.
            numbers: Numbers of at least 0, int64 of any shape.

        Examples:
            >>> luck = Luck(1, "sms")
            >>> whole = luck.bits("delivered", np.arange(9))
            >>> bool((luck.bits("delivered", np.arange(4, 9)) == whole[4:]).all())
            True
        """
        name = f"{self.seed}/{self.subject}/{about}".encode()
        key = int.from_bytes(hashlib.sha256(name).digest()[:8], "big")
        z = np.asarray(numbers).astype(np.uint64) * _STEP + np.uint64(key)
        z = (z ^ (z >> np.uint64(30))) * _FIRST
        z = (z ^ (z >> np.uint64(27))) * _SECOND
        return z ^ (z >> np.uint64(31))

    def hits(self, about: str, numbers: Integers, chance: float | NDArray[np.float64]) -> Flags:
        """Whether it happens to each number, with a chance from 0 to 1."""
        return (self.bits(about, numbers) >> np.uint64(11)) * _BELOW_ONE < chance

    def below(self, about: str, numbers: Integers, limit: int) -> Integers:
        """A whole number from 0 up to, and not with, a limit of at most 2**40, for each number."""
        return (self.bits(about, numbers) % np.uint64(limit)).astype(np.int64)

    def weighted(self, about: str, numbers: Integers, weights: tuple[int, ...]) -> Integers:
        """Which of the weights it falls on, for each number; weights are whole numbers."""
        ends = np.cumsum(np.array(weights, dtype=np.int64))
        return np.searchsorted(
            ends, self.below(about, numbers, int(ends[-1])), side="right"
        ).astype(np.int64)

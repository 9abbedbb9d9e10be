"""What was added up by recipient: kinds of messages in, distinct vectors out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reach.tally.packing import Basis, Packing
from reach.tally.tally import Stratum

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROWS = 1 << 13
"""Vectors that are worked on at a time: enough for speed, and little memory."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Messages of one kind.

    Attributes:
        keys: What tells them from others: a value for each key column.
        arm: The place of their arm.
        counts: What one of them counts on each axis of its arm.
        messages: How many there are.
    """

    keys: tuple[Any, ...]
    arm: int
    counts: tuple[int, ...]
    messages: int


@dataclass(frozen=True, slots=True)
class Vectors:
    """Distinct vectors of recipients, each with how many have it.

    Attributes:
        bases: By arm, how its axes are made of fields.
        packing: Where the fields of all arms stand.
        recipients: How many recipients have each vector.
        strata: The stratum of each vector, as a place in ``names``.
        names: Strata.
        halves: The words of each vector, as `Packing.unpack` takes them.
        crowded: Whether anybody has more messages than a field can hold.
    """

    bases: tuple[Basis, ...]
    packing: Packing
    recipients: NDArray[np.int64]
    strata: NDArray[np.int64]
    names: tuple[Stratum, ...]
    halves: tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]
    crowded: bool

    def chunks(self) -> Iterator[tuple[Stratum, NDArray[np.int64], NDArray[np.int64]]]:
        """Stratum, fields of shape (fields, vectors), and recipients; few vectors at a time."""
        order = np.argsort(self.strata, kind="stable")
        ends = np.searchsorted(self.strata[order], np.arange(len(self.names) + 1))
        for place, name in enumerate(self.names):
            for start in range(ends[place], ends[place + 1], _ROWS):
                rows = order[start : min(start + _ROWS, ends[place + 1])]
                halves = [(low[rows], high[rows]) for low, high in self.halves]
                yield name, self.packing.unpack(halves), self.recipients[rows]

    def fields_of(self, arm: int) -> slice:
        """Where the fields of an arm stand among all."""
        start = sum(len(basis.chosen) for basis in self.bases[:arm])
        return slice(start, start + len(self.bases[arm].chosen))

    def parts_of(self, arm: int, axis: int) -> dict[int, int]:
        """The fields that an axis of an arm is the sum of, each with its sign."""
        offset = self.fields_of(arm).start
        row = self.bases[arm].expand[axis]
        return {offset + int(field): int(row[field]) for field in np.flatnonzero(row)}

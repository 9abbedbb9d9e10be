"""What the fields of recipients' vectors mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from reach.tally.packing import Basis, basis_of
from reach.tally.tally import Stratum

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Shape:
    """How the axes of all arms are made of fields.

    Attributes:
        axes: The names of an arm's axes.
        bases: By arm, how its axes are made of its fields.
    """

    axes: tuple[str, ...]
    bases: tuple[Basis, ...]

    @property
    def fields(self) -> int:
        """How many there are, for all arms together."""
        return sum(len(basis.chosen) for basis in self.bases)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(basis.chosen) for basis in self.bases)]

    def parts_of(self, arm: int, axis: str) -> dict[int, int]:
        """The fields that an axis of an arm is the sum of, each with its sign."""
        row = self.bases[arm].expand[self.axes.index(axis)]
        start = self._starts[arm]
        return {start + int(field): int(row[field]) for field in np.flatnonzero(row)}

    def counted(self, arm: int, counts: Sequence[int]) -> list[int]:
        """What a message of an arm adds to each field, by what it counts on each axis."""
        fields = [0] * self.fields
        for place, axis in enumerate(self.bases[arm].chosen, start=self._starts[arm]):
            fields[place] = counts[axis]
        return fields


def shape_of(
    axes: Sequence[str], arms: int, counted: Sequence[tuple[int, tuple[int, ...]]]
) -> Shape:
    """As few fields as tell everything.

    Args:
        axes: The names of an arm's axes.
        arms: How many arms there are.
        counted: Of each kind of message the arm, and what it counts on each axis.
    """
    bases = []
    for arm in range(arms):
        distinct = dict.fromkeys(counts for of, counts in counted if of == arm)
        bases.append(basis_of(np.array([*distinct], dtype=np.int64).reshape(-1, len(axes))))
    return Shape(tuple(axes), tuple(bases))


@dataclass(frozen=True, slots=True)
class Recipients:
    """Vectors of some recipients of one stratum.

    Attributes:
        stratum: The stratum.
        fields: Counts of messages, shape (fields, recipients).
    """

    stratum: Stratum
    fields: NDArray[np.signedinteger]

    def __len__(self) -> int:
        """How many recipients."""
        return int(self.fields.shape[1])

    def total(self, parts: dict[int, int]) -> NDArray[np.signedinteger]:
        """An axis, from what `Shape.parts_of` says of it."""
        found = np.zeros(len(self), dtype=self.fields.dtype)
        for field, sign in parts.items():
            if sign > 0:
                found += self.fields[field]
            else:
                found -= self.fields[field]
        return found

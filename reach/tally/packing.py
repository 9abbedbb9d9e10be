"""Many small counts of a recipient in few large integers, so that the engine adds few columns.

Each count has a field of bits. As long as a recipient has no more messages than a field can
hold no sum spills into its neighbour; the number of messages stands at the top of the first
word, and shows whom that is not true of. These are counted plainly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOW_BITS = 62
"""A word comes from the engine in two halves; the lower one has so many bits."""

_SHORT_BITS = 15
_WORD_BITS = 126  # of the engine's largest integer, which has a sign


@dataclass(frozen=True, slots=True)
class Packing:
    """Where fields stand.

    Attributes:
        width: Bits of a field.
        fields: How many there are.
        top: Bits of a word that hold fields; what is above holds the number of messages.
    """

    width: int
    fields: int
    top: int

    @property
    def most(self) -> int:
        """Messages that a recipient may have."""
        return (1 << self.width) - 1

    @property
    def words(self) -> int:
        """How many words there are: one at least, for the number of messages."""
        return max(-(-self.fields // self._per_word), 1)

    @property
    def crowded(self) -> int:
        """The least first word of a recipient with more than `most` messages."""
        return (self.most + 1) << self.top

    @property
    def _per_word(self) -> int:
        return LOW_BITS // self.width + (self.top - LOW_BITS) // self.width

    def place(self, field: int) -> tuple[int, int]:
        """The word of a field, and its lowest bit there; no field lies across the halves."""
        word, place = divmod(field, self._per_word)
        low = LOW_BITS // self.width
        return word, place * self.width if place < low else LOW_BITS + (place - low) * self.width

    def words_of(self, counted: Sequence[int]) -> list[int]:
        """What a message adds to each word.

        Args:
            counted: For each field, 0 or 1.
        """
        words = [0] * self.words
        words[0] = 1 << self.top
        for field, count in enumerate(counted):
            word, bit = self.place(field)
            words[word] += int(count) << bit
        return words

    def unpack(
        self, halves: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]
    ) -> NDArray[np.signedinteger]:
        """The fields of recipients that are not crowded, shape (fields, recipients).

        Sums of fields that count messages once are as exact as the fields.

        Args:
            halves: Of each word the lower `LOW_BITS` and the rest.
        """
        dtype = np.int16 if self.width < _SHORT_BITS else np.int64
        fields = np.empty((self.fields, len(halves[0][0])), dtype=dtype)
        for field in range(self.fields):
            word, bit = self.place(field)
            half, shift = divmod(bit, LOW_BITS)
            fields[field] = (halves[word][half] >> shift) & self.most
        return fields


def packing_of(fields: int, width: int, messages: int) -> Packing:
    """Room for so many fields, and for the sum over so many messages.

    Examples:
        >>> packing_of(fields=42, width=4, messages=33_000_000).words
        2
    """
    return Packing(width, fields, _WORD_BITS - max(messages, 1).bit_length())


@dataclass(frozen=True, slots=True)
class Basis:
    """Axes that say all: every axis is a sum of these.

    Attributes:
        chosen: Which axes they are.
        expand: How each axis is made of them, shape (axes, chosen), int64.
    """

    chosen: tuple[int, ...]
    expand: NDArray[np.int64]


def basis_of(kinds: NDArray[np.int64]) -> Basis:
    """Leave out axes that no message has, or that others tell.

    What holds for every kind of message holds for all sums of messages.

    Args:
        kinds: What a message of each kind counts on each axis, shape (kinds, axes).

    Examples:
        >>> basis_of(np.array([[1, 1, 0, 0], [1, 0, 1, 0]])).expand.tolist()
        [[1, 0], [0, 1], [1, -1], [0, 0]]
    """
    chosen: list[int] = []
    told: list[dict[int, int]] = []
    for axis in range(kinds.shape[1]):
        made = _made_of(kinds, axis, chosen)
        if made is None:
            made = {axis: 1}
            chosen.append(axis)
        told.append(made)
    expand = np.zeros((len(told), len(chosen)), dtype=np.int64)
    for axis, made in enumerate(told):
        for part, sign in made.items():
            expand[axis, chosen.index(part)] = sign
    return Basis(tuple(chosen), expand)


def _made_of(kinds: NDArray[np.int64], axis: int, chosen: Sequence[int]) -> dict[int, int] | None:
    """How an axis is made of at most three others, or None."""
    wanted = kinds[:, axis]
    if not wanted.any():
        return {}
    for one in chosen:
        if np.array_equal(wanted, kinds[:, one]):
            return {one: 1}
    for one in chosen:
        for less in chosen:
            rest = wanted - kinds[:, one] + kinds[:, less]
            if one != less and not rest.any():
                return {one: 1, less: -1}
            for other in chosen:
                if len({one, less, other}) == 3 and np.array_equal(rest, kinds[:, other]):  # noqa: PLR2004
                    return {one: 1, less: -1, other: 1}
    return None

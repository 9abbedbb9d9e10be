"""What only the whole of a table shows: totals put aside, and what is odd about its columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reach.formats.media.totals import Whole


class Mixed(NamedTuple):
    """A column of percentages some of which may be shares of 1.

    Attributes:
        column: Its name.
        low: How many are above 0 and at most 1.
        values: How many there are in rows of the same kind.
    """

    column: str
    low: int
    values: int


@dataclass(frozen=True, slots=True)
class Remarks:
    """What there is to say of a table as a whole.

    Attributes:
        totals: Rows that sum up others and were put aside, by what they call themselves.
        uneven: Those of them that differ from what the rows within them come to.
        perhaps: Rows that were kept though they are as large as all others together.
        mixed: Columns of percentages on both sides of 1.
        advertising: Columns with advertising values, which nothing reads.
        potential: Rows with an audience that is potential.
    """

    totals: tuple[str, ...] = ()
    uneven: tuple[Whole, ...] = ()
    perhaps: tuple[str, ...] = ()
    mixed: tuple[Mixed, ...] = ()
    advertising: tuple[str, ...] = ()
    potential: int = 0


class Percentages:
    """Watches columns of percentages while a table is read."""

    def __init__(self, columns: tuple[str, ...], by: tuple[str, ...]) -> None:
        self._columns, self._by = columns, by
        self._low: dict[tuple[object, ...], int] = defaultdict(int)
        self._all: dict[tuple[object, ...], int] = defaultdict(int)

    def see(self, row: Mapping[str, Any]) -> None:
        """Take note of a row that is valid."""
        kind = tuple(row.get(name) for name in self._by)
        for column in self._columns:
            # 0 is the same as a share and in percent.
            if said := row.get(column):
                self._all[column, *kind] += 1
                self._low[column, *kind] += said <= 1

    def mixed(self) -> tuple[Mixed, ...]:
        """The columns that have both in rows of one kind; all such kinds together.

        Examples:
            >>> seen = Percentages(("reach1_pct",), ("medium",))
            >>> for medium, said in (("tv", 41), ("tv", 0.38), ("radio", 0.2)):
            ...     seen.see({"medium": medium, "reach1_pct": said})
            >>> seen.mixed()
            (Mixed(column='reach1_pct', low=1, values=2),)
        """
        found = []
        for column in self._columns:
            kinds = [
                each
                for each, low in self._low.items()
                if each[0] == column and 0 < low < self._all[each]
            ]
            if kinds:
                low = sum(self._low[each] for each in kinds)
                found.append(Mixed(column, low, sum(self._all[each] for each in kinds)))
        return tuple(found)


def uneven(wholes: Sequence[Whole]) -> tuple[Whole, ...]:
    """The rows that differ from the sum of the rows within them."""
    return tuple(each for each in wholes if each.said != each.parts)

"""What a table's columns mean, as a format lists them for people and for itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from reach.formats.media.cells import Read, lowered, text


@dataclass(frozen=True, slots=True)
class Column:
    """One of a provider's columns, and what it means.

    Attributes:
        said: As its header has it.
        field: Ours, of the row's schema; None for what is read by nobody, and why is in the note.
        read: How its cells are read.
        note: What a reader should know of it.
    """

    said: str
    field: str | None
    read: Read = text
    note: str = ""


@dataclass(frozen=True, slots=True)
class Family(Column):
    """Columns that begin alike and end in a name: their cells are one field, by that name.

    ``exposed_<channel>`` stands for exposed_radio, exposed_tv and all others of the kind.
    """

    @property
    def prefix(self) -> str:
        """How each of them begins."""
        return self.said.partition("<")[0]

    def name_in(self, said: str) -> str | None:
        """The name that a column ends in; None if it is none of the family.

        Examples:
            >>> exposed = Family("exposed_<channel>", "exposed")
            >>> exposed.name_in("exposed_radio"), exposed.name_in("exposed_")
            ('radio', None)
        """
        return said.removeprefix(self.prefix).strip() or None if self.has(said) else None

    def has(self, said: str) -> bool:
        """Whether a column begins so."""
        return said.startswith(self.prefix)


class Other(NamedTuple):
    """Another table of the same provider, which is not read.

    Attributes:
        columns: What it is known by.
        what: What it is, as the end of a sentence.
        instead: Which table is read, and why not this one.
    """

    columns: frozenset[str]
    what: str
    instead: str


NOT_READ = "what an advertisement would have cost measures no communication"
ADVERTISING_VALUES = tuple(
    Column(said, None, note=NOT_READ) for said in ("AVE", "ad_value", "advertising_value")
)
"""Advertising value equivalents, as tables call them: no result has any (Barcelona Principles)."""

_ADVERTISING = frozenset(each.said.lower() for each in ADVERTISING_VALUES)

WHOSE = (
    Column(
        "audience",
        "audience",
        lowered,
        "public, or internal: the office's own staff; empty: public",
    ),
    Column(
        "shared_by",
        "shared_by",
        lowered,
        "office, or staff: shown by their own accounts, never added to the office's; empty: office",
    ),
)
"""Whom it was meant for and who showed it, of what the office puts out."""


def advertising_values(columns: Collection[str]) -> tuple[str, ...]:
    """Those of a table's columns that hold advertising values, however they are capitalised.

    Examples:
        >>> advertising_values(("region", "Ad Value", "ave"))
        ('Ad Value', 'ave')
    """
    return tuple(each for each in columns if each.lower().replace(" ", "_") in _ADVERTISING)

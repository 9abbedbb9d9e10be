"""What a format's file owes the rest of the simulation, and what it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import repeat
from typing import Any, Protocol

from reach.simulate.fate import What
from reach.simulate.luck import Flags, Integers


@dataclass(frozen=True, slots=True)
class Tellings:
    """Records to be written, all of which tell of the same; a value for each.

    Attributes:
        ids: What the log calls the message.
        addresses: The recipient, as the log spells it.
        sent_ms: When the message was sent, ms since 1970.
        at_ms: When it happened, likewise.
        permanent: Whether a failure is for good.
        variants: A whole number from 0 to 65535, by which words are chosen among equals.
        account: Whose log it is.
    """

    ids: list[str]
    addresses: list[str]
    sent_ms: Integers
    at_ms: Integers
    permanent: Flags
    variants: Integers
    account: str


class Fault(StrEnum):
    """What makes a record bad."""

    CUT = "cut"  # it ends in its middle
    NO_JSON = "no_json"
    UNKNOWN_WORD = "unknown_word"
    NO_ID = "no_id"
    NO_TIME = "no_time"  # a time that is none


class Format(Protocol):
    """One format of logs."""

    @property
    def name(self) -> str:
        """As reach calls it."""

    def message_id(self, name: str) -> str:
        """What the log calls a message of these 32 digits."""

    def lines(self, what: What, told: Tellings) -> list[str]:
        """The records as lines of ASCII, with their ends."""

    def spoil(self, record: dict[str, Any], fault: Fault) -> None:
        """Make a record of `What.SENT` bad, in one of the ways that leave it JSON."""


_FIELD = re.compile(r"%\((\w+)\)s")


Texts = str | list[str] | tuple[list[str], ...]
"""A text for all records, or one for each, or several for each that go side by side."""


def filled(template: str, count: int, **fields: Texts) -> list[str]:
    """A template filled in as often as there are records.

    Args:
        template: Text with fields as ``%(name)s``.
        count: How many records.
        fields: By name what to fill in.

    Examples:
        >>> filled("%(word)s to %(who)s", 2, word="sent", who=["siti", "budi"])
        ['sent to siti', 'sent to budi']
    """
    fixed = ""
    columns: list[Iterable[str]] = []
    for place, part in enumerate(_parts(template)):
        value = fields[part] if place % 2 else part
        if isinstance(value, str):
            fixed += value
        else:
            columns += [repeat(fixed, count), *([value] if isinstance(value, list) else value)]
            fixed = ""
    # Joining takes memory once a record, where % takes more and more of it.
    return list(map("".join, zip(*columns, repeat(fixed, count), strict=True)))


@lru_cache(maxsize=256)
def _parts(template: str) -> list[str]:
    """Text, field, text, field … text."""
    return _FIELD.split(template)


def chosen(words: Mapping[bool, tuple[str, ...]], told: Tellings) -> list[str]:
    """For each failure a text: one of those for failures for good, or of those for others."""
    pairs = zip(told.permanent.tolist(), told.variants.tolist(), strict=True)
    return [words[good][variant % len(words[good])] for good, variant in pairs]

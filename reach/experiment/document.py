"""A YAML file as plain data that remembers where everything stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reach.errors import ConfigError, Fault
from reach.shown import json_path, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

Parts = tuple[str | int, ...]
"""A path inside a document: keys and indices, empty for the whole."""


class Position(NamedTuple):
    """A place in a text; lines and columns count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong at one position, before it is worded as a `Fault`."""

    position: Position
    parts: Parts
    received: str
    expected: str


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data and the position of each part of it.

    Attributes:
        name: The file's name, as faults show it.
        data: Mappings, lists, text, numbers, true, false and null; keys are text.
        positions: By path: of a mapping's entry where its key begins, of a list's where the
            item begins.
        written: By path, each scalar as it was written (``01``, not 1).
        slips: What is wrong with the text although it could be read.
    """

    name: str
    data: Any
    positions: dict[Parts, Position]
    written: dict[Parts, str]
    slips: list[Slip] = field(default_factory=list)

    def position(self, parts: Parts) -> Position:
        """Where ``parts`` stands; for what is missing, where it should have stood: its parent."""
        while parts not in self.positions and parts:
            parts = parts[:-1]
        return self.positions.get(parts, Position(1, 1))

    def where(self, parts: Parts) -> str:
        """File, line and column of ``parts``, as ``experiment.yaml:7:3``."""
        line, column = self.position(parts)
        return f"{self.name}:{line}:{column}"


def config_error(name: str, slips: Iterable[Slip]) -> ConfigError:
    """Word slips as faults, in the order of the file, none twice."""
    ordered = sorted(dict.fromkeys(slips), key=lambda slip: slip.position)
    return ConfigError(
        [
            Fault(
                f"{name}:{slip.position.line}:{slip.position.column}",
                json_path(slip.parts),
                slip.received,
                slip.expected,
            )
            for slip in ordered
        ]
    )


def written_text(document: Document, parts: Parts, value: object) -> str:
    """A scalar as text: quoted text as it is, a number or word as it was written."""
    return value if isinstance(value, str) else document.written.get(parts, shorten(value))

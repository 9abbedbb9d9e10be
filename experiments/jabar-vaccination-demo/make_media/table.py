"""Tables as files: plain CSV, with cells that are empty where nothing is known."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Line = Mapping[str, object]

CAMPAIGN = "vaccination"
FIRST, LAST = "2026-01-05", "2026-02-01"
DAYS = 28


@dataclass(frozen=True, slots=True)
class Tables:
    """A folder of tables.

    Attributes:
        folder: Where they are written.
        refused: By file, the lines of rows that were made bad on purpose.
    """

    folder: Path
    refused: dict[str, list[int]] = field(default_factory=dict)

    def write(self, name: str, lines: Sequence[Line], bad: Sequence[Line] = ()) -> None:
        """Write a table; bad rows stand in its middle."""
        middle = len(lines) // 2
        if bad:
            self.refused[name] = [middle + 2 + place for place in range(len(bad))]
        lines = [*lines[:middle], *bad, *lines[middle:]]
        columns = list(dict.fromkeys(column for line in lines for column in line))
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)


def day(number: int) -> str:
    """A day of the campaign, from 0.

    Examples:
        >>> day(0), day(26), day(27)
        ('2026-01-05', '2026-01-31', '2026-02-01')
    """
    return f"2026-01-{5 + number:02d}" if number <= 26 else f"2026-02-{number - 26:02d}"  # noqa: PLR2004

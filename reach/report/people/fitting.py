"""Tables of channels that fit: side by side, in several tables, or a row in lines of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from reach.report.layout import MARGIN, flowed, table_lines, table_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reach.report.layout import Column

BAR_CELLS = 16
LEAST_BAR_CELLS = 8
_NAMES = (24, 16)
"""Cells of a name, and of one where room is scarce."""

_STACKED_NAME = 34
_EDGE = "▕"


def fitted(
    name: Callable[[int], Column], groups: Callable[[int], Sequence[Sequence[Column]]], width: int
) -> list[Text]:
    """A table's lines.

    Bars shrink first, then groups of columns become tables of their own, then names shrink; at
    last every row gets its own lines.

    Args:
        name: The first column, its names in at most so many cells.
        groups: The other columns, with bars of so many cells; a group stays together.
        width: Cells a line may take.
    """
    for cells in _NAMES:
        first = name(cells)
        for apart in (False, True):
            for bar_cells in (BAR_CELLS, 12, LEAST_BAR_CELLS):
                found = [group for group in groups(bar_cells) if group]
                if not apart:
                    found = [[column for group in found for column in group]]
                tables = [[first, *group] for group in found]
                if all(table_width(table) <= width for table in tables):
                    return [line for table in tables for line in table_lines(table)]
    return _stacked(
        name(_STACKED_NAME),
        [column for group in groups(LEAST_BAR_CELLS) for column in group],
        width,
    )


def _stacked(first: Column, columns: Sequence[Column], width: int) -> list[Text]:
    lines: list[Text] = []
    for row, label in enumerate(first.cells):
        lines += wrapped(" ".join(label.split()), width, style="bold")
        told = [(column.heading, column.cells[row]) for column in columns]
        for _, cell in told:
            if _EDGE in cell:  # blanks of a bar are kept, and it needs no heading
                lines.append(Text(MARGIN * 2 + cell.rstrip()))
        parts = [
            " ".join(f"{heading} {cell}".split())
            for heading, cell in told
            if cell.strip() and _EDGE not in cell
        ]
        lines += flowed(parts, width, first=MARGIN * 2)
    return lines

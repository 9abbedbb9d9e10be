"""Lines that fit: columns side by side, or wrapped text with a hanging indent.

Numbers are never cut. A table that is too wide for its columns says so, and its caller then
shows fewer of them or stacks them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

MARGIN = "  "
GAP = "  "
_GLUE = "\0"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        heading: Its name; line breaks make a heading of several lines.
        cells: One text a row; line breaks make a cell of several lines.
        right: Aligned right, as numbers are.
        styles: One rich style a row, or empty for none.
    """

    heading: str
    cells: tuple[str, ...]
    right: bool = True
    styles: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Cells that the widest of heading and rows takes."""
        texts = (self.heading, *self.cells)
        return max(cell_len(line) for text in texts for line in text.split("\n"))


def table_width(columns: Sequence[Column]) -> int:
    """Cells that a table of these columns takes, margin included."""
    inner = sum(column.width for column in columns) + len(GAP) * (len(columns) - 1)
    return len(MARGIN) + inner


def table_lines(columns: Sequence[Column]) -> list[Text]:
    """A table's lines, headings first and dim."""
    headings = [column.heading.split("\n") for column in columns]
    depth = max(map(len, headings))
    lines = []
    for level in range(depth):
        # Short headings sit on the last line, next to their column.
        parts = [[""] * (depth - len(heading)) + heading for heading in headings]
        lines.append(_row(columns, [part[level] for part in parts], ["dim"] * len(columns)))
    for row in range(len(columns[0].cells)):
        styles = [column.styles[row] if column.styles else "" for column in columns]
        cells = [column.cells[row].split("\n") for column in columns]
        for level in range(max(map(len, cells))):
            texts = [cell[level] if level < len(cell) else "" for cell in cells]
            lines.append(_row(columns, texts, styles))
    return [line for line in lines if line.plain.strip()]


def folded(heading: str, cells: Sequence[str]) -> str:
    r"""A heading, in two lines if it is wider than its cells and has a blank to break at.

    Examples:
        >>> folded("acted per recipient", ["10.7 %   9.7 – 11.9"])
        'acted per recipient'
        >>> folded("engaged per delivered", ["21.3 %  21.1 – 21.5"])
        'engaged\nper delivered'
    """
    room = max(map(cell_len, cells), default=0)
    words = heading.split(" ")
    if cell_len(heading) <= room or len(words) == 1 or "\n" in heading:
        return heading
    breaks = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    # The first break that needs no more room than the cells do, else the most even one.
    return "\n".join(min(breaks, key=lambda lines: max(room, *map(cell_len, lines))))


def narrowed(column: Column, width: int) -> Column:
    """The column with its cells wrapped to a width."""
    cells = ("\n".join(line.plain for line in wrapped(c, width, first="")) for c in column.cells)
    return replace(column, cells=tuple(cells))


def _row(columns: Sequence[Column], texts: Sequence[str], styles: Sequence[str]) -> Text:
    line = Text(MARGIN)
    for index, (column, text, style) in enumerate(zip(columns, texts, styles, strict=True)):
        room = " " * (column.width - cell_len(text))
        line.append(GAP if index else "")
        line.append(room if column.right else "")
        line.append(text, style=style or None)
        line.append("" if column.right else room)
    line.rstrip()
    return line


def wrapped(
    text: str, width: int, *, style: str = "", first: str = MARGIN, rest: str | None = None
) -> list[Text]:
    """Words in lines of at most `width` cells.

    Args:
        text: Safe text; runs of blanks count as one.
        width: Cells a line may take.
        style: A rich style for all of it.
        first: What the first line starts with.
        rest: What the others start with; as many blanks as `first` if None.
    """
    indent = " " * cell_len(first) if rest is None else rest
    lines = [first]
    empty = True
    for word in _pieces(text, width - max(cell_len(first), cell_len(indent))):
        if not empty and cell_len(lines[-1]) + 1 + cell_len(word) > width:
            lines.append(indent)
            empty = True
        lines[-1] += word if empty else f" {word}"
        empty = False
    return [Text(line.rstrip(), style=style) for line in lines]


def flowed(parts: Sequence[str], width: int, *, style: str = "", first: str = MARGIN) -> list[Text]:
    """Parts with dots between them, broken between parts where that is possible."""
    rows: list[str] = []
    for part in parts:
        joined = f"{rows[-1]} · {part}" if rows else part
        if rows and cell_len(first + joined) <= width:
            rows[-1] = joined
        else:
            rows.append(part)
    return [line for row in rows for line in wrapped(row, width, style=style, first=first)]


def _pieces(text: str, room: int) -> list[str]:
    """Words, those longer than a line cut into pieces that fit."""
    pieces = []
    # A percent sign stays on the line of its number, an asterisk at its word.
    for glued in text.replace(" %", _GLUE + "%").replace(" *", _GLUE + "*").split():
        word = glued.replace(_GLUE, " ")
        piece = ""
        for char in word:
            if cell_len(piece + char) > room:
                pieces.append(piece)
                piece = ""
            piece += char
        pieces.append(piece)
    return pieces

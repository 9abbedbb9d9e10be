"""The rows of CSV text, as the engine's strict reader takes them: RFC 4180 and a little besides.

Besides: any delimiter, any kind of line end, spaces around a quoted field, and quotes
inside a field that does not begin with one. A row that is no CSV costs its first line
alone: reading goes on with the next, so that one open quote can't swallow a file.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO

LONGEST_ROW = 1 << 24
"""Characters, line ends among them; what is longer has an open quote."""

OPEN_QUOTE = "a quote that is not closed"
TOO_LONG = f"more than {LONGEST_ROW >> 20} Mi characters"

_VAIN = 8  # times the text: how far closing quotes may be sought in vain, all rows together
_LINE_ENDS = ("", "\n", "\r\n", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: The line it begins on, from 1.
        text: As it stands in the file, without its line end.
        fields: Its fields, unquoted; one empty field if the line is empty.
        fault: Why it is no CSV; empty if it is.
    """

    line: int
    text: str
    fields: tuple[str, ...]
    fault: str = ""


def bounded_lines(file: IO[str]) -> Iterator[str]:
    """A file's lines with their ends; of one that is longer than a row, its beginning alone."""
    while line := file.readline(LONGEST_ROW + 1):
        yield line
        while len(line) > LONGEST_ROW and line[-1] not in "\r\n":
            line = file.readline(LONGEST_ROW + 1)


def read_rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    r"""Read the rows of a text.

    Args:
        lines: The text's lines with their ends, as a file opened with ``newline=""`` gives them.
        delimiter: One character.

    Examples:
        >>> [row.fields for row in read_rows(['1; "a;', 'b""c"\n', '2;x'], ";")]
        [('1', 'a;b"c'), ('2', 'x')]
    """
    source = iter(lines)
    again: deque[str] = deque()  # lines of a row that was none

    def following() -> str:
        return again.popleft() if again else next(source, "")

    grammar = _Grammar(delimiter)
    number = 1
    # Or else a file of open quotes would be read to its end from each of its lines.
    room = 2 * LONGEST_ROW
    while first := following():
        taken = [first]
        fields, fault = grammar.fields(taken, following, min(room, LONGEST_ROW))
        if fault:
            room -= sum(map(len, taken))
            again.extendleft(reversed(taken[1:]))
            del taken[1:]
        text = "".join(taken)
        room += _VAIN * len(text)
        yield Row(number, text.rstrip("\r\n"), tuple(fields), fault)
        number += len(taken)


class _Grammar:
    """Patterns for one delimiter."""

    def __init__(self, delimiter: str) -> None:
        spaces = "" if delimiter == " " else " *+"
        self.delimiter = delimiter
        self.opened = re.compile(f'{spaces}"')
        self.closed = re.compile(f'([^"]*+(?:""[^"]*+)*+)"{spaces}')
        self.plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*+")

    def fields(
        self, taken: list[str], following: Callable[[], str], room: int
    ) -> tuple[list[str], str]:
        """The fields of the row that begins with a line, and why they are none.

        Args:
            taken: That line; those that the row spans besides are added.
            following: The next line; empty at the end.
            room: Characters that the row may have before its last line.
        """
        fields: list[str] = []
        line, at = taken[0], 0
        if len(line) > LONGEST_ROW:
            return fields, TOO_LONG
        while True:
            if opened := self.opened.match(line, at):
                at = opened.end()
                parts: list[str] = []
                while not (closed := self.closed.match(line, at)):
                    parts.append(line[at:])
                    room -= len(line)
                    line, at = following() if room > 0 else "", 0
                    if not line:
                        return fields, OPEN_QUOTE
                    taken.append(line)
                parts.append(closed[1])
                fields.append("".join(parts).replace('""', '"'))
                at = closed.end()
            else:
                plain = self.plain.match(line, at)
                fields.append(plain[0] if plain else "")
                at += len(fields[-1])
            if not line.startswith(self.delimiter, at):
                break
            at += 1
        return fields, "" if line[at:] in _LINE_ENDS else "text after a closing quote"

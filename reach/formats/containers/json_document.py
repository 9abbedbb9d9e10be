"""JSON that pays no heed to lines: its records one after another, in bounded memory.

A webhook's body or an API's page may be one array or object over many lines, or several of
them one after another. What is no JSON costs no more than the element that it stands in, as
long as its brackets and quotes are in pairs; else it is one refused record to the end.
"""

from __future__ import annotations

import io
import json
import re
from typing import IO, TYPE_CHECKING, Any

from reach.formats.containers import lenient_json
from reach.formats.containers.ndjson import LONGEST, parse, too_long
from reach.formats.record import Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+("|\\?\Z)|(\[++|\{++)|[\]}]|,|[^][{},"\s]++', re.DOTALL
)
_BETWEEN = re.compile(r"[\s,\ufeff]*+")  # files with marks, one after another
_STRAY = re.compile(r"[^\n\[{,\]]*+")
"""Words that stand where an object should: they end with their line, or before what may be one."""
_TEXTS = re.compile(r'(?:"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+\\?+"?+[ \t]*+)++')
"""Texts that stand there, with nothing between; one that is not closed ends with its line."""
_CHUNK = 1 << 20
_WINDOW = 1 << 12
"""Characters that are looked at first: most records are shorter, and a failure costs as much."""
_GROWTH = 16
_LONGEST_PART = 16  # characters; no number's or escape's beginning that is cut is longer
_DEEPEST = 100_000
_WHOLE = "a JSON object, whole and with all its brackets closed"


def document(file: IO[bytes]) -> Iterator[Record]:
    """The objects of a text, and the elements of its arrays."""
    text = io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="")
    try:
        yield from _Document(text).records()
    finally:
        text.detach()


class _Document:
    """A text that is read a piece at a time, as far as the next record needs it."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.number = 0
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False
        self.in_array = False

    def records(self) -> Iterator[Record]:
        while self._skip_between():
            sign = self.text[self.at]
            if sign == "[" and not self.in_array:
                self.in_array, self.at = True, self.at + 1
            elif sign == "]" and self.in_array:
                self.in_array, self.at = False, self.at + 1
            else:
                self.number += 1
                yield self._record()

    def _skip_between(self) -> bool:
        """Go to what is neither blank nor comma; False at the end."""
        while True:
            between = _BETWEEN.match(self.text, self.at)
            end = between.end() if between else self.at
            self._pass(end)
            if self.at < len(self.text):
                return True
            if not self._more():
                return False

    def _pass(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _more(self) -> bool:
        piece = "" if self.ended else self.file.read(max(_CHUNK, len(self.text) - self.at))
        self.ended = not piece
        self.text, self.at = self.text[self.at :] + piece, 0
        return not self.ended

    def _record(self) -> Record:
        line, size = self.line, _WINDOW
        while True:
            piece = self.text[self.at : self.at + size]
            is_rest = self.ended and self.at + len(piece) == len(self.text)
            try:
                value, end = self._extent(piece, is_rest=is_rest)
            except Refused as why:
                return self._given_up(line, why)
            # What ends with the text so far may go on in what is not read yet.
            if is_rest or (end is not None and end < len(piece)):
                break
            if len(piece) > LONGEST:
                return self._given_up(line, too_long())
            if len(piece) == size:
                size *= _GROWTH
            else:
                self._more()
        raw = piece[:end]
        self._pass(self.at + len(raw))
        if len(raw) > LONGEST:
            return Record(self.number, line, raw[:_CHUNK], None, too_long())
        return _checked(self.number, line, raw, value)

    def _extent(self, piece: str, *, is_rest: bool) -> tuple[Any, int | None]:
        """The value that a piece begins with, if it is one, and where that ends, if it does.

        Raises:
            Refused: It is deeper than any record.
        """
        if piece[0] not in "{[":
            return None, _end_of_stray(piece)
        try:
            return lenient_json.DECODER.raw_decode(piece)
        except json.JSONDecodeError as error:
            # JSON so far, but cut: its brackets can't be closed either.
            is_cut = error.pos > len(piece) - _LONGEST_PART or error.msg.startswith("Unterminated")
            if is_cut and not is_rest:
                return None, None
        except RecursionError:
            pass
        return None, _end_by_brackets(piece)

    def _given_up(self, line: int, why: Refused) -> Record:
        """Pass over the rest of what no record can be, without keeping it."""
        raw = self.text[self.at : self.at + _CHUNK]
        # Where it ends can't be known without its beginning: it takes all that follows.
        self._pass(len(self.text))
        while self._more():
            self._pass(len(self.text))
        return Record(self.number, line, raw, None, why)


def _end_of_stray(piece: str) -> int:
    stray = (_TEXTS if piece[0] == '"' else _STRAY).match(piece)
    end = stray.end() if stray else 0
    return max(end, 1) if piece[0] not in "]}" else 1


def _end_by_brackets(piece: str) -> int | None:
    """Where what a piece begins with ends, be it JSON or not; None if not in the piece.

    Raises:
        Refused: It is deeper than any record.
    """
    depth = 0
    for mark in _MARK.finditer(piece):
        sign = piece[mark.start()]
        if sign == '"' and mark[1] != '"':
            return None
        if opening := mark[2]:
            depth += len(opening)
            if depth > _DEEPEST:
                received = f"more than {_DEEPEST:,} open brackets"
                raise Refused("$", received, _WHOLE)
        elif sign in "]}":
            depth -= 1
            if not depth:
                return mark.end()
    return None


def _checked(number: int, line: int, raw: str, value: object) -> Record:
    raw = raw.rstrip()
    try:
        content = raw.encode()
    except UnicodeEncodeError as error:
        byte = ord(error.object[error.start]) & 0xFF
        shown = raw.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        why = Refused("$", f"byte 0x{byte:02x}, not UTF-8", _WHOLE)
        return Record(number, line, shown, None, why)
    if isinstance(value, dict) and not lenient_json.has_lone_surrogate(raw):
        return Record(number, line, raw, value)
    try:
        return Record(number, line, raw, parse(content, _WHOLE))
    except Refused as why:
        return Record(number, line, raw, None, why)

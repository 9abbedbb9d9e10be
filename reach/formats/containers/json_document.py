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

_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+("|\\?\Z)|[\[{]|[\]}]|,|[^][{},"\s]++', re.DOTALL)
_BETWEEN = re.compile(r"[\s,\ufeff]*+")  # files with marks, one after another
_STRAY = re.compile(r"[^\n\[{,\]]*+")
"""Words that stand where an object should: they end with their line, or before what may be one."""
_CHUNK = 1 << 20
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
        self.decoder = json.JSONDecoder(
            object_pairs_hook=lenient_json.first_wins, parse_int=lenient_json.integer
        )

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
        line = self.line
        while True:
            value, end = self._decoded()
            if end is None:
                end = self._end_by_brackets()
            # What ends with the text so far may go on in what is not read yet.
            if end is not None and (end < len(self.text) or self.ended):
                break
            if len(self.text) - self.at > LONGEST:
                return self._over_long(line)
            if not self._more() and end is None:
                end = len(self.text)
                break
        raw = self.text[self.at : end]
        self._pass(end)
        if len(raw) > LONGEST:
            return Record(self.number, line, raw[:_CHUNK], None, too_long())
        return _checked(self.number, line, raw, value)

    def _decoded(self) -> tuple[Any, int | None]:
        try:
            return self.decoder.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return None, None

    def _end_by_brackets(self) -> int | None:
        """Where what begins here ends, be it JSON or not; None if not in the text so far."""
        if self.text[self.at] not in '[{]}"':
            stray = _STRAY.match(self.text, self.at)
            end = stray.end() if stray else self.at
            return max(end, self.at + 1)
        depth = 0
        for mark in _MARK.finditer(self.text, self.at):
            sign = mark[0][0]
            if sign == '"' and mark[1] != '"':
                return None
            if sign in "]}" and not depth:
                return max(mark.start(), self.at + 1)
            depth += (sign in "[{") - (sign in "]}")
            if sign == "," and not depth:
                return mark.start()
            if sign in "]}" and not depth:
                return mark.end()
        return None

    def _over_long(self, line: int) -> Record:
        """Pass over the rest of what is longer than any record, without keeping it."""
        raw = self.text[self.at : self.at + _CHUNK]
        # Where it ends can't be known without its beginning: it takes all that follows.
        self._pass(len(self.text))
        while self._more():
            self._pass(len(self.text))
        return Record(self.number, line, raw, None, too_long())


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

"""The parts of a mail, found in bounded time and memory, whatever a mail may hold.

Where one part ends and another begins is searched for, not parsed: thousands of levels, a
megabyte of header or a million parts are refused by name. Parameters are read by the
`email` package. Messages within a mail stay whole: a report that was itself returned by a
report tells nothing of the office's message.

References:
    RFC 2046, section 5.1.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message

from reach.formats.dsn.fields import Fields, fields_of, first
from reach.formats.record import Refused
from reach.shown import shorten

MOST_FIELDS = 1 << 20
"""Bytes of fields in a report."""

_LONGEST_HEADER = 1 << 18  # bytes, of a mail
_LONGEST_PART_HEADER = 1 << 14  # of a part of it
_LONGEST_TYPE = 1 << 12  # characters of a Content-Type
_DEEPEST = 16
_MOST_PARTS = 200
_EXPECTED = "a mail as mail servers write it"
_BEYOND_READING = (
    MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError,
)  # fmt: skip
"""What the `email` package raises on parameters that nobody writes."""

_LOOSE = re.compile(rb"^--[^\n]+\n(?=content-[a-z-]+[ \t]*:)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a mail, or all of it.

    Attributes:
        kind: Its type, as text/plain.
        boundary: What stands between its own parts; empty if it has none.
        header: Its header's fields.
        mail: The mail's bytes.
        body: Where in them its body begins.
        end: Where it ends.
    """

    kind: str
    boundary: str
    header: Fields
    mail: bytes = field(repr=False)
    body: int
    end: int

    def content(self) -> bytes:
        """Its body, with what was done to it for its way undone.

        Raises:
            Refused: It can't be undone.
        """
        body = self.mail[self.body : self.end]
        encoding = first(self.header, "content-transfer-encoding").lower()
        if encoding == "quoted-printable":
            return with_line_feeds(quopri.decodestring(body))
        if encoding != "base64":
            return body
        try:
            return with_line_feeds(binascii.a2b_base64(body))
        except binascii.Error:
            raise Refused("$", "a part whose base64 is damaged", _EXPECTED) from None

    def text(self) -> str:
        """The same as text; bytes that are not UTF-8 are replaced.

        Raises:
            Refused: There is more of it than of any report's fields.
        """
        content = self.content()
        if len(content) > MOST_FIELDS:
            received = f"more than {MOST_FIELDS >> 20} MiB of fields"
            raise Refused("$", received, "a report of less")
        return content.decode("utf-8", errors="replace")


def with_line_feeds(mail: bytes) -> bytes:
    """A mail with a line feed at the end of each line, whatever stood there."""
    if b"\n" not in mail:
        return mail.replace(b"\r", b"\n")
    return mail.replace(b"\r\n", b"\n")


def whole(mail: bytes) -> Part:
    """A mail as one part; blank lines before it count for nothing."""
    start = len(mail) - len(mail.lstrip(b"\n"))
    return _part(mail, start, len(mail), _LONGEST_HEADER)


def header_of(part: Part) -> Fields:
    """The header of the message that a part holds."""
    return whole(part.content()).header


def leaves(part: Part) -> list[Part]:
    """The parts that have no parts, in their order; the part itself if it has none.

    Raises:
        Refused: There are too many of them, or too many levels.
    """
    found = []
    waiting = [(part, 0)]
    count = 0
    while waiting:
        here, depth = waiting.pop()
        within = list(_within(here, _MOST_PARTS - count)) if here.boundary else []
        count += len(within)
        if not within:
            found.append(here)
        elif depth == _DEEPEST:
            raise Refused("$", f"more than {_DEEPEST} levels of parts", _EXPECTED)
        waiting += [(each, depth + 1) for each in reversed(within)]
    return found


def loose_parts(part: Part) -> list[Part]:
    """Parts whose boundary is announced nowhere, or wrongly: after ``--…`` and ``Content-…:``."""
    found = list(_limited(_LOOSE.finditer(part.mail, part.body, part.end), _MOST_PARTS))
    ends = [*(each.start() for each in found), part.end][1:]
    return [_part(part.mail, at.end(), end) for at, end in zip(found, ends, strict=False)]


def _within(part: Part, most: int) -> Iterator[Part]:
    pattern = b"^--" + re.escape(part.boundary.encode()) + rb"(--)?[ \t]*$"
    delimiters = re.compile(pattern, re.MULTILINE).finditer(part.mail, part.body, part.end)
    start = None
    for at in _limited(delimiters, most):
        if start is not None:
            # The line end before a delimiter belongs to it.
            yield _part(part.mail, start, max(start, at.start() - 1))
        start = at.end() + 1
        if at[1]:
            return
    if start is not None:
        yield _part(part.mail, min(start, part.end), part.end)


def _limited(found: Iterator[re.Match[bytes]], most: int) -> Iterator[re.Match[bytes]]:
    for count, each in enumerate(found):
        if count > most:
            raise Refused("$", f"more than {_MOST_PARTS} parts", _EXPECTED)
        yield each


def _part(mail: bytes, start: int, end: int, most: int = _LONGEST_PART_HEADER) -> Part:
    if mail.startswith(b"\n", start, end):
        stop = start
    else:
        found = mail.find(b"\n\n", start, end)
        stop = end if found < 0 else found + 1
    if stop - start > most:
        raise Refused("$", f"a header of more than {most >> 10} KiB", _EXPECTED)
    header = fields_of(mail[start:stop].decode("utf-8", errors="replace"))
    kind, boundary = _type(first(header, "content-type"))
    return Part(kind, boundary, header, mail, min(stop + 1, end), end)


def _type(said: str) -> tuple[str, str]:
    if len(said) > _LONGEST_TYPE:
        raise Refused("$", "a Content-Type without end", _EXPECTED)
    message: Message[str, str] = Message()
    message["Content-Type"] = said or "text/plain"
    try:
        kind = message.get_content_type()
    except _BEYOND_READING:
        raise Refused("$.header.content-type", shorten(said), "as text/plain") from None
    if not kind.startswith("multipart/"):
        return kind, ""
    try:
        boundary = message.get_boundary() or ""
        boundary.encode()  # a charset of Python's alone can name what no mail holds
    except _BEYOND_READING:  # as if it were announced nowhere
        return kind, ""
    return kind, boundary

"""Files of mail: one message, or an mbox of many, a message at a time."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import IO

from reach.formats.containers.compressed import open_plain
from reach.formats.containers.head import Head
from reach.formats.containers.ndjson import LONGEST, too_long
from reach.formats.dsn.report import report
from reach.formats.record import Log, Record, Refused

_BOM = b"\xef\xbb\xbf"
_BLANKS = b" \t\r\n\v\f"
_ENVELOPE = re.compile(rb"From (?=.*\b(?:19|20)[0-9]{2}\b).*[0-9]:[0-9]")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:")
_USUAL = frozenset(
    ("content-type", "date", "delivered-to", "from", "message-id", "mime-version", "received",
     "reply-to", "return-path", "subject", "to", "x-original-to")
)  # fmt: skip
_FEWEST = 3
_PIECE = 1 << 20


def is_mail(head: Head) -> bool:
    """Whether a file begins as a mail does.

    It begins with an mbox's ``From `` line or a header; of the header's fields some are usual
    ones, and none of its lines is anything else.
    """
    if head.container not in ("csv", "other"):
        return False
    text = head.start.lstrip("\r\n")
    lines = text.split("\n") if "\n" in text else text.split("\r")
    usual = set()
    for number, line in enumerate(lines):
        if line in ("", "\r"):
            break
        found = _FIELD.match(line)
        if found:
            usual.add(found[1].lower())
        elif not (line[0] in " \t" if number else _is_envelope(line.encode())):
            return False
    return len(usual & _USUAL) >= _FEWEST


def _is_envelope(line: bytes) -> bool:
    return _ENVELOPE.match(line) is not None


def mail_records(log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
    """A file's messages.

    Args:
        log: The file.
        wanted: Numbers of the messages to be read; the others come without content.
    """
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        for number, (line, mail) in enumerate(_messages(file), start=1):
            if wanted is not None and number not in wanted:
                yield Record(number, line, "", None)
                continue
            raw = mail.decode("utf-8", errors="backslashreplace")
            try:
                if len(mail) > LONGEST:
                    raise too_long()
                yield Record(number, line, raw, report(_unquoted(mail)))
            except Refused as why:
                yield Record(number, line, raw, None, why)


def _unquoted(mail: bytes) -> bytes:
    """A message without the sign that an mbox puts before lines that begin with ``From ``."""
    return _QUOTED.sub(rb"\1", mail) if _is_envelope(mail) else mail


def _messages(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Each message and the line that it begins on; what is too long is cut."""
    kept: list[bytes] = []
    start = size = 0
    is_mbox = after_blank = False
    for number, line, begins in _pieces(file):
        if not start:
            if not line.strip(_BLANKS):
                continue
            start, is_mbox = number, _is_envelope(line)
        elif is_mbox and after_blank and begins and _is_envelope(line):
            yield start, b"".join(kept)
            kept, start, size = [], number, 0
        after_blank = begins and line in (b"\n", b"\r\n")
        if size <= LONGEST:
            kept.append(line[: LONGEST + 1 - size])
        size += len(line)
    if start:
        yield start, b"".join(kept)


def _pieces(file: IO[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Lines with their numbers, from 1; a very long one in pieces, of which the first begins it."""
    number, begins = 0, True
    while piece := file.readline(_PIECE):
        number += begins
        yield number, piece.removeprefix(_BOM) if number == 1 and begins else piece, begins
        begins = piece.endswith(b"\n")

"""Twilio's records in files that are no JSON and no table: bodies of forms, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

from reach.formats.containers.compressed import open_plain
from reach.formats.containers.head import Head
from reach.formats.containers.ndjson import lines
from reach.formats.record import Log, Record, Refused
from reach.formats.twilio.words import CALLBACK

_WITHOUT_BLANKS = (CALLBACK.to, CALLBACK.received)
_FORM = "the body of a callback, as MessageSid=SM…&MessageStatus=delivered&To=%2B62…"
_MOST_FIELDS = 1000


def has_bodies(head: Head) -> bool:
    """Whether some of a file's first lines are callbacks as forms send them."""
    return head.container == "csv" and any(map(_is_callback, head.start.splitlines()))


def _is_callback(line: str) -> bool:
    try:
        body = parse_body(line.encode())
    except Refused:
        return False
    return any(map(body.get, CALLBACK.name)) and any(map(body.get, CALLBACK.status))


def body_records(log: Log) -> Iterator[Record]:
    """Bodies of callbacks, one a line."""
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        for number, (line, content) in enumerate(lines(file), start=1):
            raw = content.decode("utf-8", errors="backslashreplace")
            try:
                yield Record(number, line, raw, parse_body(content))
            except Refused as why:
                yield Record(number, line, raw, None, why)


def parse_body(content: bytes) -> dict[str, str]:
    """A form's body as its fields; an empty one is missing, of a repeated one the first counts.

    Raises:
        Refused: It is none.

    Examples:
        >>> parse_body(b"MessageSid=SM1&MessageStatus=sent&To=%2B62811&ErrorCode=")
        {'MessageSid': 'SM1', 'MessageStatus': 'sent', 'To': '+62811'}
    """
    try:
        pairs = parse_qsl(
            content.decode().strip(),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise Refused("$", "a line that is no form", _FORM) from None
    found: dict[str, str] = {}
    for key, said in pairs:
        # A plus that was not written as %2B reads as a blank.
        text = said.replace(" ", "+") if key in _WITHOUT_BLANKS else said
        if text:
            found.setdefault(key, text)
    return found

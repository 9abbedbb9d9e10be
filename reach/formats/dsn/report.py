"""The machine-readable report that a mail holds, as one record's value.

Its parts, each a mapping from names in small letters to what stands there:

* ``header``: the mail's own header;
* ``report``: what the report says of the message, or of the complaint;
* ``recipients``: of a delivery report, what it says of each recipient;
* ``original``: the header of the office's message, where it came back.
"""

from __future__ import annotations

import re
from typing import Any

from reach.formats.dsn.fields import Fields, fields_of, first, groups_of
from reach.formats.dsn.mime import (
    MOST_FIELDS,
    Part,
    header_of,
    leaves,
    loose_parts,
    whole,
    with_line_feeds,
)
from reach.formats.record import Refused

DELIVERY, FEEDBACK, DISPOSITION = "delivery-status", "feedback-report", "disposition-notification"
"""The kinds of report."""

_KINDS = {
    "message/delivery-status": DELIVERY,
    "message/global-delivery-status": DELIVERY,
    "message/feedback-report": FEEDBACK,
    "message/disposition-notification": DISPOSITION,
    "message/global-disposition-notification": DISPOSITION,
}
_ORIGINALS = frozenset(
    ("message/rfc822", "message/global", "text/rfc822-headers", "text/rfc822-header",
     "message/rfc822-headers", "message/global-headers")
)  # fmt: skip
_LONGEST_PLAIN = 1 << 16  # bytes of a header
_MOST_GROUPS = 10_000
_OF_ANY_MAIL = ("message-id", "date", "from")
_IN_TEXT = re.compile(r"^[ \t]*Reporting-MTA[ \t]*:", re.MULTILINE | re.IGNORECASE)
_OF_RECIPIENT = ("final-recipient", "original-recipient", "action")
_EXPECTED = (
    "a multipart/report with message/delivery-status, message/feedback-report or "
    "message/disposition-notification"
)


def report(mail: bytes) -> dict[str, Any]:
    """What a mail reports.

    Raises:
        Refused: It is no report, or one that can't be read; says why.
    """
    top = whole(with_line_feeds(mail))
    parts = leaves(top)
    found = _reports(parts)
    if not found and parts == [top] and top.kind.startswith(("text/", "multipart/")):
        # A type that was lost, or a boundary that is not the announced one.
        loose = loose_parts(top)
        found = _reports(loose)
        parts = loose if found else parts
    if len(found) > 1:
        raise Refused("$", f"{len(found)} reports in one mail", "one")
    if not found:
        return _in_text(top, parts)
    part = parts[found[0]]
    # A boundary that is not the announced one leaves what follows in the report's part.
    after = [*loose_parts(part), *parts[found[0] + 1 :]]
    return _value(_KINDS[part.kind], part.text(), top.header, _original(after))


def _reports(parts: list[Part]) -> list[int]:
    return [place for place, part in enumerate(parts) if part.kind in _KINDS]


def _in_text(top: Part, parts: list[Part]) -> dict[str, Any]:
    """A delivery report whose fields stand in plain text."""
    for place, part in enumerate(parts):
        if part.kind != "text/plain":
            continue
        text = part.content().decode("utf-8", errors="replace")
        if at := _IN_TEXT.search(text):
            said = text[at.start() : at.start() + MOST_FIELDS]
            if any("final-recipient" in group for group in groups_of(said)):
                return _value(DELIVERY, said, top.header, _original(parts[place + 1 :]))
    kind = first(top.header, "content-type").lower()
    if top.kind == "multipart/report":
        named = next((each for each in _KINDS.values() if each in kind), "")
        received = f"a report{named and f' of type {named}'} without its machine-readable part"
        raise Refused("$", received, _EXPECTED)
    raise Refused("$", "a mail that is no delivery status report", _EXPECTED)


def _value(kind: str, text: str, header: Fields, original: Fields) -> dict[str, Any]:
    said: dict[str, str | list[str]] = {}
    recipients = []
    for count, group in enumerate(groups_of(text)):
        if count == _MOST_GROUPS:
            received = f"more than {_MOST_GROUPS} blocks of fields"
            raise Refused("$", received, "a report of fewer")
        is_recipient = kind == DELIVERY and any(name in group for name in _OF_RECIPIENT)
        if is_recipient:
            recipients.append(group)
        if not is_recipient or not said:
            # Some have no blank line between what is said of the message and of its recipient.
            for name, value in group.items():
                said.setdefault(name, value)
    if kind == DELIVERY and not recipients:
        raise Refused("$.recipients", "a report without Final-Recipient", "one that names whom")
    return {
        "kind": kind,
        "header": header,
        "report": said,
        "recipients": recipients,
        "original": original,
    }


def _original(parts: list[Part]) -> Fields:
    """The header of the office's message; some give it as plain text."""
    for part in parts:
        if part.kind in _ORIGINALS:
            return header_of(part)
        if part.kind == "text/plain":
            end = min(part.end, part.body + _LONGEST_PLAIN)
            plain = part.mail[part.body : end].lstrip(b"\n").partition(b"\n\n")[0]
            header = fields_of(plain.decode("utf-8", errors="replace"))
            if all(name in header for name in _OF_ANY_MAIL):
                return header
    return {}

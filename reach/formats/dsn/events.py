"""What a report means: the events of a record's value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reach.formats.dsn.address import LONGEST_ID, address_of, id_of, original_of
from reach.formats.dsn.fields import Fields, every, first
from reach.formats.dsn.reasons import codes_in, reason_for
from reach.formats.dsn.report import DELIVERY, FEEDBACK
from reach.formats.dsn.words import ACTIONS, WORDS
from reach.formats.notations.mail_date import from_mail_date
from reach.formats.provider import unknown_word
from reach.formats.record import Refused
from reach.formats.words import Word, listed
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Reason

_LISTED = listed(WORDS)
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_REPLY = re.compile(r"(?:[A-Za-z0-9-]+[ \t]*;)?[ \t]*([245])[0-9]{2}\b")
_DISPOSITION = re.compile(r"(manual-action|automatic-action)/[a-z-]+;([a-z]+)(/.*)?")
_MESSAGE_IDS = ("x-original-message-id", "original-message-id")
_EXPIRED = ".4.7"
_ONE = 1
_WANTED = {
    "recipient": "the address of a recipient, as rfc822; siti@example.org",
    "status": "a status code, as 5.1.1",
    "time": "a mail's date, as Mon, 5 Jan 2026 08:00:00 +0700",
    "disposition": "an action and a disposition, as manual-action/MDN-sent-manually; displayed",
    "name": "the id of the office's message, or of the report",
}

Told = tuple[dict[str, Any], Mapping[str, Any]]
"""An event, and the object in which places are looked up."""


def told_by(value: Mapping[str, Any]) -> list[Told]:
    """A report's events.

    Raises:
        Refused: It can't be read.
    """
    if value["kind"] == DELIVERY:
        groups = enumerate(value["recipients"])
        return [_delivery(value, group, ("recipients", at)) for at, group in groups]
    return list(_feedback(value) if value["kind"] == FEEDBACK else _disposition(value))


def _delivery(value: Mapping[str, Any], group: Fields, at: tuple[str | int, ...]) -> Told:
    diagnostic = first(group, "diagnostic-code")
    status = _status(group, at)
    code = status or next(iter(codes_in(diagnostic)), None)
    meant = _meant(group, code, diagnostic, at)
    event = _event(value, meant, _recipient(group, at), group, at)
    if meant.event in (Event.FAILED, Event.EXPIRED, Event.DEFERRED):
        why = reason_for(code, diagnostic)
        # What is still being tried has not expired, though its code may say so.
        is_early = meant.event is Event.DEFERRED and why is Reason.EXPIRED
        event["reason"] = None if is_early else why
    return event, {**value, "recipient": group}


def _status(group: Fields, at: tuple[str | int, ...]) -> str | None:
    said = first(group, "status")
    found = _STATUS.match(said)
    if said and not found:
        raise Refused(json_path((*at, "status")), shorten(said), _WANTED["status"])
    return found[0] if found else None


def _meant(group: Fields, code: str | None, diagnostic: str, at: tuple[str | int, ...]) -> Word:
    reply = _REPLY.match(diagnostic)
    level = code[0] if code else reply[1] if reply else ""
    said = (first(group, "action").split() or [""])[0].lower()
    # A failure for good can't be anything else; of all else there are two kinds.
    action = said or ("failed" if level == "5" else "")
    if action not in ACTIONS:
        raise unknown_word(action or None, tuple(ACTIONS), json_path((*at, "action")))
    if level and level not in ACTIONS[action]:
        wanted = " or ".join(f"{each}.x.x" for each in ACTIONS[action])
        received = f"{code or level} with action {action}"
        raise Refused(json_path((*at, "status")), received, f"a status {wanted}")
    if action != "failed" or not level:
        return _LISTED[f"Action {action}"]
    if code and code.endswith(_EXPIRED):
        return _LISTED["Action failed, Status x.4.7"]
    return _LISTED[f"Action failed, Status {level}"]


def _recipient(group: Fields, at: tuple[str | int, ...]) -> str:
    """To whom the office wrote or, if that is not said, for whom it ended."""
    said = every(group, "final-recipient")
    finals = {address_of(each) for each in said}
    if len(finals) <= _ONE:
        final = next(iter(finals), None)
        original = first(group, "original-recipient")
        found = original_of(original, final) or final
        if found:
            return found
        said = said or [original] * bool(original)
    received = shorten(said[0] if len(said) == _ONE else said) if said else "nothing"
    raise Refused(json_path((*at, "final-recipient")), received, _WANTED["recipient"])


def _feedback(value: Mapping[str, Any]) -> Iterator[Told]:
    """The complaint, if it is known whose."""
    report = value["report"]
    meant = _word("Feedback-Type", first(report, "feedback-type").lower(), "feedback-type")
    if meant.event is None:
        return
    fields = ["original-rcpt-to", "original-recipient"]
    if meant.event is Event.UNSUBSCRIBED:
        fields.append("removal-recipient")
    named = {address_of(said) for field in fields for said in every(report, field)}
    # Of several nobody says who complained; and what was blackened is nobody.
    whose = named.pop() if len(named) == _ONE else None
    if whose and "@" in whose and not whose.lower().startswith("redacted"):
        yield _event(value, meant, whose, report), value


def _disposition(value: Mapping[str, Any]) -> Iterator[Told]:
    report = value["report"]
    said = first(report, "disposition")
    found = _DISPOSITION.fullmatch("".join(said.lower().split()))
    if found is None:
        received = shorten(said) if said else "nothing"
        raise Refused("$.report.disposition", received, _WANTED["disposition"])
    meant = _word("Disposition", f"{found[1]} {found[2]}", "disposition")
    if meant.event is not None:
        yield _event(value, meant, _recipient(report, ("report",)), report), value


def _word(kind: str, said: str, field: str) -> Word:
    found = _LISTED.get(f"{kind} {said}")
    if found is None:
        known = (each.removeprefix(f"{kind} ") for each in _LISTED if each.startswith(kind))
        raise unknown_word(said or None, tuple(known), json_path(("report", field)))
    return found


def _event(
    value: Mapping[str, Any],
    meant: Word,
    recipient: str,
    said: Fields,
    at: tuple[str | int, ...] = ("report",),
) -> dict[str, Any]:
    name, other = _names(value)
    return {
        "message_id": name,
        "alias_id": other,
        "event": str(meant.event),
        "channel": "email",
        "recipient": recipient,
        "occurred_at": _time(value, said, at),
        "receipt": meant.receipt,
        "permanent": meant.permanent,
        "reason": meant.reason,
    }


def _names(value: Mapping[str, Any]) -> tuple[str, str | None]:
    """What the message is called: by itself, by its envelope; else the report's own id.

    Raises:
        Refused: The report names neither its message nor itself.
    """
    report, header = value["report"], value["header"]
    places = (value["original"], "message-id"), *((report, each) for each in _MESSAGE_IDS)
    name = next((found for at, each in places if (found := id_of(first(at, each)))), None)
    envelope = first(report, "original-envelope-id").strip("<> \t") or None
    if envelope and len(envelope) > LONGEST_ID:
        envelope = None
    if name or envelope:
        return name or str(envelope), envelope if name and envelope != name else None
    own = id_of(first(header, "message-id"))
    if own is None:
        raise Refused("$.original.message-id", "nothing", _WANTED["name"])
    return f"report:{own}", None


def _time(value: Mapping[str, Any], said: Fields, at: tuple[str | int, ...]) -> str | None:
    """When the last try was or, if that is not said or not legible, when the report was written."""
    tried, written = first(said, "last-attempt-date"), first(value["header"], "date")
    for text in (tried, written):
        if found := from_mail_date(text):
            return found
    if tried or written:
        place = (*at, "last-attempt-date") if tried else ("header", "date")
        raise Refused(json_path(place), shorten(tried or written), _WANTED["time"])
    return None

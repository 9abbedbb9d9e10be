"""What an event of Mailgun's says, in Python: what decides where the SQL gives up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reach.formats.mailgun.words import (
    ASIDE,
    BOTS,
    CLICKED,
    CODES,
    DROPPED,
    EVENTS,
    FAILED,
    LATE,
    LISTED,
    OLD,
    OPENED,
    PERMANENT,
    REASONS,
    REJECTED,
    SEVERITIES,
    SUPPRESSIONS,
)
from reach.formats.notations.fine_epoch import fine_moment
from reach.formats.notations.mail_reply import status_in
from reach.formats.notations.mail_status import reason_of
from reach.formats.provider import text_at, unknown_word
from reach.formats.record import Refused
from reach.formats.words import Word
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Reason

At = tuple[str, ...]

MESSAGE_ID = ("message", "headers", "message-id")
MESSAGE_TO = ("message", "headers", "to")
_STATUS = "delivery-status"
_ADDRESS = '[^][ \t\r\n<>(),;:"@]+@[^][ \t\r\n<>(),;:"@]+'
ONE_ADDRESS = f'(?:{_ADDRESS}|(?:[^<>(),;:"@]*|"[^"]*" *)<{_ADDRESS}>)'
"""What a header holds that names one recipient: an address, or a name and then the address."""

_WHY = {each.said: each.reason for each in CODES}
_FAILURES = (Event.FAILED, Event.DEFERRED, Event.EXPIRED)
_TIME = "a time in seconds since 1970, as 1534108637.153125"


def at(value: object, *steps: str) -> Any:  # noqa: ANN401
    """What stands at a place in an event; None for nothing."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def event_of(value: Mapping[str, Any], where: At) -> dict[str, Any] | None:
    """What an event says; None if it tells of no message's delivery.

    Args:
        value: The event.
        where: Where in its record it stands.

    Raises:
        Refused: It can't be read.
    """
    said, meant = _meant(value, where)
    if meant.event is None:
        return None
    recipient = value.get("recipient")
    if said == REJECTED and recipient is None:
        recipient = _only_address(at(value, *MESSAGE_TO))
        if recipient is None:
            return None
    else:
        recipient = text_at(value, "recipient", expected="the recipient's address", at=where)
    return {
        "message_id": _name(value, where),
        "event": str(meant.event),
        "channel": "email",
        "recipient": recipient,
        "occurred_at": _time(value, where),
        "receipt": meant.receipt,
        "permanent": meant.permanent,
        "reason": _reason(meant, value),
        "machine": _machine(value, where) if said in (OPENED, CLICKED) else None,
    }


def _meant(value: Mapping[str, Any], where: At) -> tuple[str, Word]:
    said = text_at(value, "event", expected="one of Mailgun's events, as delivered", at=where)
    for flag in ASIDE:
        if at(value, "flags", flag) is True:
            return said, LISTED[f"any {flag}"]
    if said not in EVENTS:
        raise unknown_word(said, EVENTS, json_path((*where, "event")))
    return said, LISTED[_failure(value, where) if said == FAILED else said]


def _failure(value: Mapping[str, Any], where: At) -> str:
    """Which word of the table a failure is."""
    severity, reason = value.get("severity"), value.get("reason")
    if severity not in SEVERITIES:
        path = json_path((*where, "severity"))
        if severity is None:
            raise Refused(path, "nothing", f"one of {', '.join(SEVERITIES)}")
        raise unknown_word(severity, SEVERITIES, path)
    if reason not in (None, "", *REASONS):
        raise unknown_word(reason, REASONS, json_path((*where, "reason")))
    if reason in SUPPRESSIONS:
        return f"{FAILED} {reason}"
    code = _code(value)
    if code in DROPPED:
        return f"{FAILED} {code}"
    if severity == PERMANENT:
        return f"{FAILED} {OLD if reason == OLD else PERMANENT}"
    if at(value, "flags", LATE) is True:
        return f"{FAILED} temporary {LATE}"
    return f"{FAILED} {severity}"


def _code(value: Mapping[str, Any]) -> str | None:
    code = at(value, _STATUS, "code")
    if isinstance(code, int) and not isinstance(code, bool):
        return str(code)
    return code if isinstance(code, str) else None


def _reason(meant: Word, value: Mapping[str, Any]) -> Reason | None:
    """Why: a block is called so whatever its status code, so that it is no dead address."""
    if meant.event not in _FAILURES:
        return meant.reason
    told = _WHY.get(str(value.get("reason"))) or _WHY.get(_code(value) or "")
    for key in ("enhanced-code", "bounce-code", "message"):
        said = at(value, _STATUS, key)
        if told is None and isinstance(said, str):
            told = reason_of((status_in(said) or "") if key == "message" else said)
    return told or meant.reason


def _machine(value: Mapping[str, Any], where: At) -> bool | None:
    said = at(value, "client-info", "bot")
    if said is None:
        return None
    if not isinstance(said, str) or said not in BOTS:
        raise unknown_word(said, tuple(BOTS)[1:], json_path((*where, "client-info", "bot")))
    return BOTS[said]


def _name(value: Mapping[str, Any], where: At) -> str:
    wanted = "the message's id"
    name = text_at(value, *MESSAGE_ID, expected=wanted, at=where).strip("<>")
    if not name:
        raise Refused(json_path((*where, *MESSAGE_ID)), "no more than brackets", wanted)
    return name


def _only_address(said: object) -> str | None:
    """The address of a header that names one recipient."""
    if not isinstance(said, str) or not re.fullmatch(ONE_ADDRESS, said):
        return None
    return said.rpartition("<")[2].removesuffix(">")


def _time(value: Mapping[str, Any], where: At) -> str:
    said = value.get("timestamp")
    told = None
    if isinstance(said, int | float) and not isinstance(said, bool):
        told = fine_moment(said)
    if told is None:
        path = json_path((*where, "timestamp"))
        raise Refused(path, "nothing" if said is None else shorten(said), _TIME)
    return told

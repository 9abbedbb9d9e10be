"""Notify's callbacks and the notifications of its interface, said twice: in Python and in SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reach.engine import literal
from reach.formats.notify.words import BY_STATUS, EMAIL, KINDS, LETTER, SENT_BEFORE, SMS, STATUSES
from reach.formats.provider import known_word, text_at
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log, Refused
from reach.shown import json_path, shorten
from reach.vocabulary import Event

PROVIDER = "notify"
RECEIVED_TEXT = ("source_number", "destination_number")
RETURNED_LETTER = "notification_id"

_LINES = (*(f"line_{number}" for number in range(1, 8)), "postcode")
_ADDRESS = {EMAIL: "email_address", SMS: "phone_number"}
_KEYS = ("id", "to", "status", "notification_type", "type", "created_at", "sent_at",
         "completed_at", RETURNED_LETTER, *RECEIVED_TEXT, *_ADDRESS.values(), *_LINES)  # fmt: skip
_AT = {Event.QUEUED: "created_at", Event.SENT: "sent_at"}
"""When it came to a status; all others came with the last change."""

_UTC = "([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?)Z?"
_ZONED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})")
_TIME = "a time in UTC, as 2017-05-14T12:15:30.000000Z"
_STATUS = "one of Notify's statuses, as delivered"


def message_events(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a record says: its status and, where that shows it, that it was sent before.

    Raises:
        Refused: It can't be read.
    """
    if is_other_callback(value):
        return []
    key = "type" if value.get("notification_type") is None else "notification_type"
    kind = text_at(value, key, expected="email, sms or letter")
    if kind not in KINDS:
        raise Refused(json_path((key,)), shorten(kind), "email, sms or letter")
    meant = known_word(BY_STATUS[kind], _status(value), "$.status")
    assert meant.event is not None  # noqa: S101 -- each status has one
    message = {
        "message_id": text_at(value, "id", expected="the notification's id"),
        "channel": kind,
        "provider": PROVIDER,
        "recipient": _recipient(value, kind),
    }
    status = message | {
        "event": str(meant.event),
        "occurred_at": _time(value, _AT.get(meant.event, "completed_at")),
        "receipt": meant.receipt,
        "permanent": meant.permanent,
        "reason": meant.reason,
    }
    sent_at = _time(value, "sent_at") if meant.event in SENT_BEFORE else None
    if sent_at is None:
        return [status]
    return [message | {"event": str(Event.SENT), "occurred_at": sent_at}, status]


def is_other_callback(value: Mapping[str, Any]) -> bool:
    """Whether it tells of a text message to the office, or that a letter came back."""
    if value.get("status") is not None:
        return False
    received = all(value.get(key) is not None for key in RECEIVED_TEXT)
    return received or value.get(RETURNED_LETTER) is not None


def _status(value: Mapping[str, Any]) -> str:
    return text_at(value, "status", expected=_STATUS)


def _recipient(value: Mapping[str, Any], kind: str) -> str:
    if value.get("to") is None and kind == LETTER:
        lines = [_line(value, key) for key in _LINES]
        address = ", ".join(line for line in lines if line)
        if not address:
            raise Refused("$.line_1", "nothing", "the letter's address")
        return address
    key = "to" if value.get("to") is not None else _ADDRESS[kind]
    return text_at(value, key, expected="the recipient's address")


def _line(value: Mapping[str, Any], key: str) -> str:
    line = value.get(key)
    if line is not None and not isinstance(line, str):
        raise Refused(json_path((key,)), shorten(line), "a line of the address, as text")
    return line or ""


def _time(value: Mapping[str, Any], key: str) -> str | None:
    said = value.get(key)
    if said is None:
        return None
    if isinstance(said, str):
        # The documents of the interface leave the zone out, its answers do not.
        if found := re.fullmatch(_UTC, said):
            return f"{found[1]}T{found[2]}Z"
        if _ZONED.fullmatch(said):
            return said
    raise Refused(json_path((key,)), shorten(said), _TIME)


def message_rows(records: str, log: Log) -> str:
    """SQL for the same."""
    paths = {f"k_{key}": f'$."{key}"' for key in _KEYS}
    lines = [f"nullif({text_sql(f'k_{key}')}, '')" for key in _LINES]
    found = (
        f"SELECT *, {text_sql('coalesce(k_notification_type, k_type)')} AS kind, "
        f"{text_sql('k_status')} AS status, "
        f"{quoted_sql(_joined(lines))} AS address FROM ({extracted(records, paths, log)})"
    )
    addressed = (
        "CASE WHEN k_to IS NOT NULL THEN k_to "
        + " ".join(f"WHEN kind = '{kind}' THEN k_{key}" for kind, key in _ADDRESS.items())
        + " ELSE address END"
    )
    said = f"SELECT *, kind || ' ' || status AS said, {addressed} AS whom FROM ({found})"
    before = " OR ".join(f"event = '\"{event}\"'" for event in SENT_BEFORE)
    rows = (
        "SELECT *, unnest(CASE WHEN k_sent_at IS NOT NULL AND "
        f"({before}) THEN [true, false] ELSE [true] END) AS of_status "
        f"FROM (SELECT *, {meaning_sql(STATUSES, 'said', 'event')} AS event FROM ({said}))"
    )
    fields = {
        "message_id": "k_id",
        "channel": quoted_sql("kind"),
        "provider": quoted_sql(literal(PROVIDER)),
        "recipient": "whom",
        "event": f"CASE WHEN of_status THEN event ELSE '\"{Event.SENT}\"' END",
        "occurred_at": _utc_sql(f"CASE WHEN of_status THEN {_at_sql()} ELSE k_sent_at END"),
    } | {
        name: f"CASE WHEN of_status THEN {meaning_sql(STATUSES, 'said', name)} END"
        for name in ("receipt", "permanent", "reason")
    }
    received = " AND ".join(f"k_{key} IS NOT NULL" for key in RECEIVED_TEXT)
    whole = " AND ".join(
        f"(k_{key} IS NULL OR {text_sql(f'k_{key}')} IS NOT NULL)" for key in _LINES
    )
    sure = [
        known_sql(STATUSES, "said", eventful=True),
        f"{text_sql('k_id')} <> ''",
        f"{text_sql('whom')} <> ''",
        f"(kind <> '{LETTER}' OR k_to IS NOT NULL OR ({whole}))",
    ]
    return finished(
        rows,
        fields,
        log,
        sure=" AND ".join(sure),
        leads="of_status",
        no_event=f"k_status IS NULL AND (({received}) OR k_{RETURNED_LETTER} IS NOT NULL)",
    )


def _joined(texts: list[str]) -> str:
    return f"concat_ws(', ', {', '.join(texts)})"


def _at_sql() -> str:
    cases = " ".join(f"WHEN event = '\"{event}\"' THEN k_{key}" for event, key in _AT.items())
    return f"CASE {cases} ELSE k_completed_at END"


def _utc_sql(token: str) -> str:
    """SQL of the token of a time with its zone; what has another shape stays as it is."""
    usual = literal(f'"{_UTC}"')
    return (
        f"CASE WHEN regexp_full_match({token}, {usual}) "
        f"THEN regexp_replace({token}, {usual}, '\"\\1T\\2Z\"') ELSE {token} END"
    )

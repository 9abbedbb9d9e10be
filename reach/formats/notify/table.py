"""Notify's two CSV reports, of a service and of a job, said twice: in Python and in SQL.

A row tells when the notification was made and what its status is now, not since when.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reach.engine import literal
from reach.formats.containers import delimited
from reach.formats.notations.local_time import local_time_wanted, to_utc, to_utc_sql
from reach.formats.notify.message import PROVIDER
from reach.formats.notify.words import BY_CELL, EMAIL, KINDS, LETTER, PRINTED, SMS, STATUSES
from reach.formats.provider import known_word, text_at
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
)
from reach.formats.record import Log, Refused
from reach.shown import json_path, shorten
from reach.vocabulary import Event

_ROW, _RECIPIENT = "Row number", "Recipient"
_OWN = ("Template", "Type", "Job", "Status", "Time")
SERVICE_COLUMNS = frozenset((_RECIPIENT, *_OWN, "Sent by"))
JOB_COLUMNS = frozenset((_ROW, *_OWN))

_ZONE = "Europe/London"
_OF_DATABASE = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{1,6}"
"""With a fraction it is the database's own time, which is UTC."""

_PERSON = {
    EMAIL: ("emailaddress",),
    SMS: ("phonenumber",),
    LETTER: (*(f"addressline{number}" for number in range(1, 8)), "postcode"),
}
"""How the columns of a job's spreadsheet are called, without blanks, hyphens and underscores."""

_WORDS = (*STATUSES, *PRINTED)
_BETWEEN = " | "  # the parts of a name that nobody but us reads


@dataclass(frozen=True, slots=True)
class _Places:
    """The columns of a report.

    Attributes:
        row: That of the row's number, in a job's report.
        own: Notify's own, by what the header calls them.
        person: By type of notification those that together are the address, in their order;
            of each, all that are called so.
    """

    row: str | None
    own: Mapping[str, str]
    person: Mapping[str, tuple[tuple[str, ...], ...]]

    def name(self) -> tuple[str, ...]:
        """The columns that together name a notification of one recipient."""
        row = (self.row,) if self.row else ()
        return (self.own["Template"], self.own["Job"], *row, self.own["Time"])


def _places(log: Log) -> _Places:
    return _places_of(log.head.columns, delimited.column_names(log.head, log.options))


@lru_cache
def _places_of(written: tuple[str, ...], names: tuple[str, ...]) -> _Places:
    # The columns of a job's spreadsheet stand before Notify's, and may be called the same.
    own = {name: names[max(at for at, each in enumerate(written) if each == name)] for name in _OWN}
    if not set(written) >= JOB_COLUMNS:
        return _Places(None, own, dict.fromkeys(KINDS, ((_RECIPIENT,),)))
    others = [name for name in names if name not in (_ROW, *own.values())]
    alike = [(name, re.sub("[\\s_-]", "", name.lower())) for name in others]
    person = {
        kind: tuple(tuple(name for name, bare in alike if bare == part) for part in parts)
        for kind, parts in _PERSON.items()
    }
    return _Places(_ROW, own, person)


def row_events(row: Mapping[str, Any], log: Log) -> list[dict[str, Any]]:
    """What a row says: that the notification was taken, when, and its status.

    Raises:
        Refused: It can't be read.
    """
    places = _places(log)
    own = places.own
    kind = text_at(row, own["Type"], expected="email, sms or letter")
    if kind not in KINDS:
        raise Refused(json_path((own["Type"],)), shorten(kind), "email, sms or letter")
    cell = text_at(row, own["Status"], expected="one of Notify's statuses, as Delivered")
    meant = known_word(BY_CELL[kind], cell.replace("'", "’"), json_path((own["Status"],)))
    message = {
        "message_id": _BETWEEN.join(row.get(column) or "" for column in places.name()),
        "channel": kind,
        "provider": PROVIDER,
        "recipient": _recipient(row, places, kind),
    }
    queued = message | {"event": str(Event.QUEUED), "occurred_at": _time(row, own["Time"])}
    if meant.event is Event.QUEUED:
        return [queued]
    status = message | {
        "event": str(meant.event),
        "receipt": meant.receipt,
        "permanent": meant.permanent,
        "reason": meant.reason,
    }
    return [queued, status]


def _recipient(row: Mapping[str, Any], places: _Places, kind: str) -> str:
    parts = [
        next((row[name] for name in names if row.get(name)), "") for names in places.person[kind]
    ]
    address = ", ".join(part for part in parts if part)
    if not address:
        named = next((names[0] for names in places.person[kind] if names), _PERSON[kind][0])
        raise Refused(json_path((named,)), "nothing", "the recipient's address")
    return address


def _time(row: Mapping[str, Any], column: str) -> str:
    said = text_at(row, column, expected=local_time_wanted(_ZONE))
    if re.fullmatch(_OF_DATABASE, said):
        return f"{said[:10]}T{said[11:]}Z"
    try:
        told = to_utc(said, _ZONE)
    except (ValueError, OverflowError):
        raise Refused(
            json_path((column,)), shorten(said), f"a time that exists in {_ZONE}"
        ) from None
    if told is None:
        raise Refused(json_path((column,)), shorten(said), local_time_wanted(_ZONE))
    return told


def table_rows(records: str, log: Log) -> str:
    """SQL for the same."""
    places = _places(log)
    columns = [*places.name(), places.own["Type"], places.own["Status"]]
    columns += [name for parts in places.person.values() for names in parts for name in names]
    keys = {column: f"k{at}" for at, column in enumerate(dict.fromkeys(columns))}
    paths = {key: f"$.{json.dumps(column, ensure_ascii=False)}" for column, key in keys.items()}

    def text(column: str) -> str:
        return _text_sql(keys[column])

    addressed = " ".join(
        f"WHEN kind = '{kind}' THEN {_address_sql(parts, keys)}"
        for kind, parts in places.person.items()
    )
    name = f" || '{_BETWEEN}' || ".join(f"coalesce({text(each)}, '')" for each in places.name())
    said = (
        f"SELECT *, kind || ' ' || replace({text(places.own['Status'])}, '''', '’') AS said, "
        f"CASE {addressed} END AS whom FROM (SELECT *, {text(places.own['Type'])} AS kind, "
        f"{text(places.own['Time'])} AS clock FROM ({extracted(records, paths, log)}))"
    )
    alone = f"event = '\"{Event.QUEUED}\"' OR event IS NULL"
    rows = (
        f"SELECT *, unnest(CASE WHEN {alone} THEN [true] ELSE [true, false] END) AS queued "
        f"FROM (SELECT *, {meaning_sql(_WORDS, 'said', 'event')} AS event, "
        f"{_time_sql()} AS moment FROM ({said}))"
    )
    fields = {
        "message_id": _token_sql(name),
        "channel": quoted_sql("kind"),
        "provider": quoted_sql(literal(PROVIDER)),
        "recipient": _token_sql("whom"),
        "event": f"CASE WHEN queued THEN '\"{Event.QUEUED}\"' ELSE event END",
        "occurred_at": f"CASE WHEN queued THEN {quoted_sql('moment')} END",
    } | {
        field: f"CASE WHEN NOT queued THEN {meaning_sql(_WORDS, 'said', field)} END"
        for field in ("receipt", "permanent", "reason")
    }
    sure = [known_sql(_WORDS, "said", eventful=True), "moment IS NOT NULL", "whom <> ''"]
    return finished(rows, fields, log, sure=" AND ".join(sure), leads="queued")


def _text_sql(token: str) -> str:
    """SQL of the text in a token; the engine made it of a cell, so that it is one."""
    return f"json_extract_string({token}, '$')"


def _token_sql(text: str) -> str:
    return f"to_json({text})::VARCHAR"


def _address_sql(parts: tuple[tuple[str, ...], ...], keys: Mapping[str, str]) -> str:
    found = [
        f"coalesce({', '.join(_text_sql(keys[name]) for name in names)})"
        for names in parts
        if names
    ]
    return f"concat_ws(', ', {', '.join(found)})" if found else "NULL::VARCHAR"


def _time_sql() -> str:
    return (
        f"CASE WHEN regexp_full_match(clock, '{_OF_DATABASE}') "
        f"THEN substring(clock, 1, 10) || 'T' || substring(clock, 12) || 'Z' "
        f"ELSE {to_utc_sql('clock', _ZONE)} END"
    )

"""A table's row as events, in Python: what decides where the SQL of `table_sql` gives up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reach.formats.notations.local_time import to_utc
from reach.formats.record import Log, Record, Refused
from reach.formats.table.map import (
    ATTRIBUTES,
    COUNT,
    DEFAULT_RECEIPT,
    MOST_MESSAGES,
    PROVIDER,
    SIGNALS,
)
from reach.shown import json_path, shorten
from reach.vocabulary import Event

if TYPE_CHECKING:
    from collections.abc import Mapping


def row_events(record: Record, log: Log) -> list[dict[str, Any]]:
    """The row's events: sent once a message, and on the first of them what the map finds.

    Raises:
        Refused: A cell can't be read as the map says.
    """
    row: Mapping[str, str] = record.value or {}
    plan: Mapping[str, Any] = log.options.map or {}
    count = _count(row, plan)
    if not count:
        return []
    base = _base(record, log, row, plan)
    own = row[plan["message_id"]] if "message_id" in plan else f"{log.digest}:{record.number}"
    found = []
    for message in range(1, count + 1):
        # A row without an id has none for its other messages either.
        named = base | {"message_id": own if message == 1 or not own else f"{own}#{message}"}
        found.append(named | {"event": str(Event.SENT)})
        if message == 1:
            found.extend(named | told for told in _told(row, plan))
    return [{name: value for name, value in event.items() if value != ""} for event in found]


def _count(row: Mapping[str, str], plan: Mapping[str, Any]) -> int:
    if "messages" not in plan:
        return 1
    column = plan["messages"]["column"]
    if not re.fullmatch(COUNT, row[column], re.ASCII):
        raise _refused(column, row, f"a whole number of messages from 0 to {MOST_MESSAGES}")
    return int(row[column])


def _base(
    record: Record, log: Log, row: Mapping[str, str], plan: Mapping[str, Any]
) -> dict[str, Any]:
    constants = log.options.set
    base: dict[str, Any] = {"provider": PROVIDER}
    if "channel" not in constants:
        base["channel"] = _channel(row, plan["channel"])
    person = plan["person"]
    base["recipient"] = row[person] if isinstance(person, str) else f"{log.digest}:{record.number}"
    for name in ATTRIBUTES:
        if name in plan:
            part = plan[name]
            base[name] = row[part] if isinstance(part, str) else part["const"]
    if "occurred_at" in plan:
        base["occurred_at"] = _time(row, plan["occurred_at"])
    return base | dict(constants)


def _channel(row: Mapping[str, str], part: str | Mapping[str, Any]) -> str:
    if isinstance(part, str):
        return row[part]
    if "const" in part:
        return str(part["const"])
    column, values = part["column"], part["values"]
    if row[column] not in values:
        known = ", ".join(values)
        expected = f"one of {known}, or add {shorten(row[column])} to the map's values"
        raise _refused(column, row, expected)
    return str(values[row[column]])


def _time(row: Mapping[str, str], part: str | Mapping[str, str]) -> str:
    if isinstance(part, str):
        return row[part]
    column, zone = part["column"], part["timezone"]
    try:
        # What has not the shape of a local time is left to the event schema.
        return to_utc(row[column], zone) or row[column]
    except (ValueError, OverflowError):
        raise _refused(column, row, f"a time that exists in {zone}") from None


def _told(row: Mapping[str, str], plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for signal, (word, _) in SIGNALS.items():
        part = plan.get(signal)
        if part is None or row[part["column"]] not in part["equals"]:
            continue
        told: dict[str, Any] = {"event": str(word)}
        if signal == "delivered":
            told["receipt"] = part.get("receipt", DEFAULT_RECEIPT)
        if signal == "failed":
            told |= {
                name: part[name] for name in ("permanent", "reason") if part.get(name) is not None
            }
        found.append(told)
    return found


def _refused(column: str, row: Mapping[str, str], expected: str) -> Refused:
    return Refused(json_path((column,)), shorten(row[column]), expected)

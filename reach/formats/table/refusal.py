"""What the judge refuses in a table's row, told of the column and the cell and not of the event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reach.formats.notations.local_time import is_local_time, local_time_wanted
from reach.formats.record import Refused
from reach.formats.table.map import ATTRIBUTES
from reach.shown import json_path, shorten, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reach.formats.record import Log, Record

_TIME = "occurred_at"
_PERSON = "recipient"
_PLACES = {_PERSON: "person"}
"""Event fields whose part of the map is called otherwise."""
_NAMES_ITS_ZONE = re.compile(r"\d.*(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)


def of_the_cell(why: Refused, record: Record, log: Log) -> Refused:
    """A refusal of an event of this row, as one of the cell that the field comes from.

    What comes from no cell, as a constant, is told as it is.
    """
    row: Mapping[str, str] = record.value or {}
    plan: Mapping[str, Any] = log.options.map or {}
    field = why.path.removeprefix("$.")
    column = None if field in log.options.set else _column(field, plan)
    if column is None or column not in row:
        return why
    cell = row[column]
    expected = _time_wanted(why, column, cell, plan[_TIME]) if field == _TIME else why.expected
    return Refused(json_path((column,)), shorten(cell) if cell else why.received, expected)


def _column(field: str, plan: Mapping[str, Any]) -> str | None:
    if field not in ("message_id", "channel", _PERSON, _TIME, *ATTRIBUTES):
        return None
    part = plan.get(_PLACES.get(field, field))
    if isinstance(part, dict):
        # A translated word is no longer the cell's, and no fault of it.
        return None if "values" in part else part.get("column")
    return part if isinstance(part, str) else None


def _time_wanted(why: Refused, column: str, cell: str, part: str | Mapping[str, str]) -> str:
    if isinstance(part, str):
        if not is_local_time(cell):
            return why.expected
        mapped = f"{_TIME}: {{column: {word(column)}, timezone: Asia/Jakarta}}"
        return f"{why.expected}; or let the map name the zone: {mapped}"
    zone = part["timezone"]
    if is_local_time(cell):  # only what lies after the log's end is refused
        return f"{why.expected} (the cell is a time in {zone})"
    return why.expected if _NAMES_ITS_ZONE.fullmatch(cell) else local_time_wanted(zone)

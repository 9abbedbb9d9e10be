"""Events written out by Python and read back by the engine, through a file that spills nothing.

Two uses: a file that the engine can't read by itself is spooled as tokens, and what the
judge found valid is spooled as rows that need no proof.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reach.engine import file_literal, identifier
from reach.formats.record import EVENT_FIELDS, Format, Log, Refused
from reach.ingest.predicates import Column

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TYPES = {"permanent": "BOOLEAN", "machine": "BOOLEAN", "cost_micros": "BIGINT"}
_AS_TOLD = tuple(name for name in EVENT_FIELDS if name != "occurred_at")

JUDGED_COLUMNS = {name: Column(identifier(name), "true") for name in EVENT_FIELDS}
"""The fields of judged rows, proven by the judge."""

_SCALARS = (str, int, float, bool)
_LONGEST = 1 << 16  # characters; no field of an event may have as many


def spool_tokens(log: Log, as_format: Format, path: Path) -> str:
    """Write a file's events as the format's Python reads them; SQL like `Format.tokens`."""
    with path.open("w", encoding="ascii") as file:
        for record in as_format.records(log):
            try:
                events = as_format.events(record, log) if record.broken is None else [{}]
                no_event = not events
            except Refused:
                events, no_event = [{}], False
            for position, event in enumerate(events or [{}]):
                # What is no scalar, or without end, can't be valid: a mark is enough (the engine
                # takes no line of more than 16 MiB), and the judge sees the original.
                row: dict[str, Any] = {
                    name: value if _is_short(value) else []
                    for name in (EVENT_FIELDS if event else ())
                    if (value := event.get(name)) is not None
                }
                head = {"record": record.number, "leads": position == 0, "no_event": no_event}
                file.write(json.dumps(head | row) + "\n")
    kinds = {"record": "BIGINT", "leads": "BOOLEAN", "no_event": "BOOLEAN"}
    fields = ", ".join(
        f"{identifier(name)}::VARCHAR AS {identifier(name)}" for name in EVENT_FIELDS
    )
    reader = _reader(path, kinds | dict.fromkeys(EVENT_FIELDS, "JSON"))
    return f"SELECT record, leads, no_event, {fields} FROM {reader}"


def _is_short(value: object) -> bool:
    return isinstance(value, _SCALARS) and not (isinstance(value, str) and len(value) > _LONGEST)


def spool_judged(judged: Iterable[tuple[int, list[dict[str, Any]]]], path: Path) -> str:
    """Write judged events; SQL for rows like those of `Format.tokens`, but with known times.

    Texts come in quotes as tokens do, whatever is in them; ``occurred_at`` is µs UTC and
    ``cost_micros`` a number: `JUDGED_COLUMNS` takes them as they are.

    Args:
        judged: Record number and its valid events, as `reach.ingest.judge.judge` gives them.
        path: Where to spool.
    """
    with path.open("w", encoding="ascii") as file:
        for record, events in judged:
            for position, event in enumerate(events):
                file.write(json.dumps({"record": record, "leads": position == 0} | event) + "\n")
    kinds = {"record": "BIGINT", "leads": "BOOLEAN", "occurred_us": "BIGINT"} | {
        name: _TYPES.get(name, "VARCHAR") for name in _AS_TOLD
    }
    fields = ", ".join(f"{_token(name)} AS {identifier(name)}" for name in _AS_TOLD)
    return (
        "SELECT record, leads, false AS no_event, occurred_us AS occurred_at, "
        f"{fields} FROM {_reader(path, kinds)}"
    )


def _token(name: str) -> str:
    column = identifier(name)
    if name in _TYPES:
        return column if _TYPES[name] == "BIGINT" else f"{column}::VARCHAR"
    return f"'\"' || {column} || '\"'"


def _reader(path: Path, kinds: dict[str, str]) -> str:
    columns = ", ".join(f"{identifier(name)}: '{kind}'" for name, kind in kinds.items())
    return f"read_ndjson({file_literal(path)}, columns = {{{columns}}})"

"""Events written out by Python and read back by the engine, through a file that spills nothing.

Two uses: a file that the engine can't read by itself is spooled as tokens, and what the
judge found valid is spooled as typed rows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reach.engine import file_literal, identifier
from reach.formats.record import EVENT_FIELDS, Format, Log, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TYPES = {"permanent": "BOOLEAN", "machine": "BOOLEAN", "cost_micros": "BIGINT"}
_JUDGED = tuple("occurred_us" if name == "occurred_at" else name for name in EVENT_FIELDS)
_SCALARS = (str, int, float, bool)


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
                # What is no scalar can't be valid: a mark is enough, the judge sees the original.
                row: dict[str, Any] = {
                    name: value if isinstance(value, _SCALARS) else []
                    for name in EVENT_FIELDS
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


def spool_judged(judged: Iterable[tuple[int, list[dict[str, Any]]]], path: Path) -> str:
    """Write judged events; SQL for typed rows that are all proven.

    Args:
        judged: Record number and its valid events, as `reach.ingest.judge.judge` gives them.
        path: Where to spool.
    """
    with path.open("w", encoding="ascii") as file:
        for record, events in judged:
            for position, event in enumerate(events):
                file.write(json.dumps({"record": record, "leads": position == 0} | event) + "\n")
    kinds = {"record": "BIGINT", "leads": "BOOLEAN"} | {
        name: _TYPES.get(name, "BIGINT" if name == "occurred_us" else "VARCHAR") for name in _JUDGED
    }
    fields = ", ".join(identifier(name) for name in _JUDGED)
    return f"SELECT record, leads, false AS no_event, true AS proven, {fields} FROM {_reader(path, kinds)}"


def _reader(path: Path, kinds: dict[str, str]) -> str:
    columns = ", ".join(f"{identifier(name)}: '{kind}'" for name, kind in kinds.items())
    return f"read_ndjson({file_literal(path)}, columns = {{{columns}}})"

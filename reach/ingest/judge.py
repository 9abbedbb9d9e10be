"""The judge: decides every record that the compiled schema can't prove valid.

Its word is the `jsonschema` package's, with formats checked, and besides: a time must
exist and must not lie after the log's end.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reach.explanations import violations
from reach.formats.record import EVENT_FIELDS, Format, Log, Record, Refused
from reach.ingest.secret import normal_address

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def judge(
    record: Record, log: Log, as_format: Format, log_end_us: int | None
) -> list[dict[str, Any]]:
    """A record's events, each valid and with its time as µs UTC in ``occurred_us``.

    Args:
        record: The record.
        log: The file it comes from.
        as_format: How to read it.
        log_end_us: Events later than this are from the future; None for no such bound.

    Raises:
        Refused: The record, or any event in it, is not valid; names the first fault.
    """
    if record.broken is not None:
        raise record.broken
    try:
        events = as_format.events(record, log)
        try:
            return [valid_event(event, log_end_us) for event in events]
        except Refused as why:
            raise as_format.refusal(why, record, log) from None
    except Refused as why:
        raise placed(why, record) from None


def placed(why: Refused, record: Record) -> Refused:
    """A refusal told by its place in the record's text, which may be an envelope."""
    return Refused(record.within + why.path.removeprefix("$"), why.received, why.expected)


def valid_event(event: Mapping[str, Any], log_end_us: int | None) -> dict[str, Any]:
    """The event with its unknown keys dropped and its time understood.

    Raises:
        Refused: It is not valid.
    """
    # In our schema null means missing, so that CSV, Parquet and JSON can say the same.
    said = {name: _flat(event[name]) for name in EVENT_FIELDS if event.get(name) is not None}
    for fault in violations("event", said):
        raise Refused(fault.path, fault.received, fault.expected)
    time = said.pop("occurred_at", None)
    if time is not None:
        said["occurred_us"] = _micros(time)
        if log_end_us is not None and said["occurred_us"] > log_end_us:
            end = datetime.fromtimestamp(log_end_us / 1e6, UTC).isoformat(timespec="seconds")
            raise Refused("$.occurred_at", f'"{time}"', f"a time not after the log's end, {end}")
    said["recipient"] = normal_address(said["recipient"])
    if "cost_micros" in said:
        said["cost_micros"] = int(said["cost_micros"])
    return said


def _flat(value: Any) -> Any:  # noqa: ANN401
    """No field takes a list or mapping: its size is told, its depth could end the interpreter."""
    if isinstance(value, list):
        return [None] * len(value)
    return dict.fromkeys(value) if isinstance(value, dict) else value


def _micros(time: str) -> int:
    try:
        moment = datetime.fromisoformat(time.upper()).astimezone(UTC)
        return (moment - _EPOCH) // (datetime.resolution)
    except (ValueError, OverflowError):
        # Only what the schema's format allows comes here: leap seconds, the year 0, and what
        # in UTC is outside the years 1 to 9999.
        expected = "a time that exists, as 2026-01-05T23:59:59Z"
        raise Refused("$.occurred_at", f'"{time}"', expected) from None

"""Rows of tokens become coded events: what happened is one bit of `reach.vocabulary.Seen`.

The engine's table ``event_rows`` holds the events of one file, with the fields that the file
has and no others: what is absent costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.engine import identifier, literal
from reach.ingest.predicates import as_read, worked_out
from reach.vocabulary import Event, Reason, Seen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reach.ingest.predicates import Column

ATTRIBUTES = ("channel", "campaign", "region", "segment", "purpose", "variant")
"""What a message is said to be; the smallest word counts, disagreement is a bit below."""

FAILURES = (
    Seen.FAILED_PERMANENT | Seen.FAILED_TEMPORARY | Seen.FAILED_UNSURE | Seen.EXPIRED
    | Seen.REJECTED | Seen.SUPPRESSED | Seen.SUPERSEDED
)  # fmt: skip
"""The events that can tell why a message failed."""

DEFAULTS = {"provider": "reach", "account": ""}
"""What a message's name is in that its events leave out."""

OPTIONAL: Mapping[str, str] = {
    # Judged rows come beside tokens only.
    "provider": f"VARCHAR DEFAULT {as_read('reach', quoted=True)}",
    "account": f"VARCHAR DEFAULT {as_read('', quoted=True)}",
    **dict.fromkeys(ATTRIBUTES, "VARCHAR"),
    "alias_id": "VARCHAR",
    "currency": "VARCHAR",
    "cost_micros": "BIGINT",
    "failure": "BIGINT",
}
"""The columns of ``event_rows`` that a file may lack, with what they then are."""

UNPROVEN = 1 << 30
"""Beside the bits of `reach.vocabulary.Seen`: something here is not proven valid."""

UNTIMED = 1 << 29
"""Likewise: an event here has no time."""

REASONS = tuple(sorted(Reason))
REASON_CODES = 32
"""More than there are reasons: time × codes + reason's rank orders failures by time, then word."""

_NEVER = (1 << 58) - 1  # after any time, and times the codes still a 64-bit integer


_BY_EVENT = {
    Event.QUEUED: Seen.QUEUED,
    Event.SENT: Seen.SENT,
    Event.DEFERRED: Seen.DEFERRED,
    Event.EXPIRED: Seen.EXPIRED,
    Event.REJECTED: Seen.REJECTED,
    Event.SUPPRESSED: Seen.SUPPRESSED,
    Event.SUPERSEDED: Seen.SUPERSEDED,
    Event.READ: Seen.READ,
    Event.COMPLAINED: Seen.COMPLAINED,
    Event.UNSUBSCRIBED: Seen.UNSUBSCRIBED,
    Event.CONVERTED: Seen.CONVERTED,
}
_BY_QUALIFIER: Mapping[Event, tuple[tuple[str, str, Seen], ...]] = {
    Event.DELIVERED: (
        ("receipt", "device", Seen.DELIVERED_DEVICE),
        ("", "", Seen.DELIVERED_CARRIER),
    ),
    Event.FAILED: (
        ("permanent", "true", Seen.FAILED_PERMANENT),
        ("permanent", "false", Seen.FAILED_TEMPORARY),
        ("", "", Seen.FAILED_UNSURE),
    ),
    Event.OPENED: (
        ("machine", "true", Seen.OPENED_MACHINE),
        ("machine", "false", Seen.OPENED_HUMAN),
        ("", "", Seen.OPENED_UNSURE),
    ),
    Event.CLICKED: (("machine", "true", Seen.CLICKED_MACHINE), ("", "", Seen.CLICKED_HUMAN)),
    Event.REPLIED: (("machine", "true", Seen.REPLIED_MACHINE), ("", "", Seen.REPLIED_HUMAN)),
}
"""Field, value and bit; the first value that it has decides, and no field means otherwise."""


def coded_rows(tokens: str, columns: Mapping[str, Column], proven: str) -> str:
    """SQL for ``event_rows`` from rows of tokens.

    A row whose ``message_id`` is NULL is no event: its record holds none (``no_event``), or
    is not proven valid. Texts stay as they were read, in quotes or plain.

    Args:
        tokens: SQL as `reach.formats.record.Format.tokens` gives it.
        columns: The compiled fields.
        proven: The compiled condition.
    """
    values = ", ".join(f"{column.value} AS {_named(name)}" for name, column in columns.items())
    # All in one projection: a text that passes through several is copied in each.
    rows = (
        f"SELECT record, leads, no_event, {proven} AS proven, "
        f"({seen_bit(columns)})::INTEGER AS bit, {values} FROM ({worked_out(tokens, columns)})"
    )
    return (
        "SELECT record, leads, no_event, "
        "CASE WHEN proven AND NOT no_event THEN message_id END AS message_id, "
        f"recipient, bit, {_moment(columns)} AS occurred_us{_others(columns)} FROM ({rows})"
    )


def bare_rows(tokens: str, columns: Mapping[str, Column], proven: str) -> str:
    """SQL for the same where each row is one record that holds one event, with less work.

    A row that is not proven has the bit `UNPROVEN`, and no columns say of which record it is.
    An event without a time has the bit `UNTIMED` besides its own.
    """
    values = ", ".join(f"{column.value} AS {_named(name)}" for name, column in columns.items())
    rows = (
        f"SELECT {proven} AS proven, {seen_bit(columns)} AS bit, {values} "
        f"FROM ({worked_out(tokens, columns)})"
    )
    moment = _moment(columns)
    bit = f"WHEN {moment} IS NULL THEN bit | {UNTIMED} ELSE bit"
    return (
        f"SELECT message_id, recipient, CASE WHEN NOT proven THEN {UNPROVEN} {bit} END AS bit, "
        f"{moment} AS occurred_us{_others(columns)} FROM ({rows})"
    )


def _moment(columns: Mapping[str, Column]) -> str:
    return _named("occurred_at") if "occurred_at" in columns else "NULL::BIGINT"


def _others(columns: Mapping[str, Column]) -> str:
    optional = [f"{_optional(name, columns)} AS {name}" for name in OPTIONAL if name in columns]
    if "reason" in columns:
        optional.append(f"{_failure(_moment(columns), columns)} AS failure")
    return "".join(f", {each}" for each in optional)


def coded_columns(columns: Collection[str]) -> list[str]:
    """What `coded_rows` makes of these fields besides the plain columns of every event."""
    made = ["message_id", "recipient", *(name for name in OPTIONAL if name in columns)]
    return [*made, "failure"] if "reason" in columns else made


def _named(name: str) -> str:
    return identifier("occurred_us" if name == "occurred_at" else name)


def _optional(name: str, columns: Mapping[str, Column]) -> str:
    if name not in DEFAULTS:
        return name
    return f"coalesce({name}, {as_read(DEFAULTS[name], quoted=columns[name].quoted)})"


def _failure(time: str, columns: Mapping[str, Column]) -> str:
    """When a message failed and why, as one number that is smallest for the earliest failure."""
    ranks = " ".join(
        f"WHEN {_is('reason', word, columns)} THEN {rank}" for rank, word in enumerate(REASONS)
    )
    return (
        f"CASE WHEN reason IS NOT NULL AND {is_any_of(FAILURES)} "
        f"THEN coalesce({time}, {_NEVER}) * {REASON_CODES} + CASE {ranks} END END"
    )


def failure_reason(failure: str) -> str:
    """SQL for the reason in such a number."""
    words = ", ".join(literal(word) for word in REASONS)
    return f"[{words}][({failure} & {REASON_CODES - 1}) + 1]"


def seen_bit(columns: Mapping[str, Column]) -> str:
    """SQL for an event's bit in `reach.vocabulary.Seen`.

    Args:
        columns: The fields that rows have; a qualifier that is absent is NULL.
    """
    cases = []
    for event in Event:
        is_event = _is("event", event, columns)
        if event in _BY_EVENT:
            cases.append(f"WHEN {is_event} THEN {int(_BY_EVENT[event])}")
            continue
        for field, value, bit in _BY_QUALIFIER[event]:
            if not field:
                cases.append(f"WHEN {is_event} THEN {int(bit)}")
            elif field in columns:
                has = _is(field, value, columns)
                cases.append(f"WHEN {is_event} AND {has} THEN {int(bit)}")
    return f"CASE {' '.join(cases)} END"


def _is(field: str, value: str, columns: Mapping[str, Column]) -> str:
    if value in ("true", "false"):  # no text
        return f"{field} = '{value}'"
    quoted = columns[field].quoted if field in columns else True
    return f"{field} = {as_read(value, quoted=quoted)}"


def is_any_of(bits: Seen) -> str:
    """SQL that is true for an event whose bit is among these."""
    return f"(bit & {int(bits)}) <> 0"

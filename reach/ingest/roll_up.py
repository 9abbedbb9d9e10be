"""Events become evidence: one row a message, by union of bits and minimum of times.

Both merges are associative, commutative and idempotent, so neither the order of events nor
their repetition can change a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.engine import identifier, literal
from reach.vocabulary import Event, Seen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reach.ingest.predicates import Column

ATTRIBUTES = ("channel", "campaign", "region", "segment", "purpose", "variant")
"""What a message is said to be; the smallest word counts, disagreement is a bit below."""

TIMES: Mapping[str, tuple[Seen, str]] = {
    "first_at": (Seen(~0), "min"),
    "last_at": (Seen(~0), "max"),
    "sent_at": (Seen.QUEUED | Seen.SENT | Seen.DEFERRED, "min"),
    "delivered_at": (Seen.DELIVERED_CARRIER | Seen.DELIVERED_DEVICE, "min"),
    "failed_at": (
        Seen.FAILED_PERMANENT | Seen.FAILED_TEMPORARY | Seen.FAILED_UNSURE | Seen.EXPIRED
        | Seen.REJECTED | Seen.SUPPRESSED | Seen.SUPERSEDED,
        "min",
    ),
    "seen_at": (Seen.OPENED_HUMAN | Seen.READ, "min"),
    "clicked_at": (Seen.CLICKED_HUMAN, "min"),
    "last_click_at": (Seen.CLICKED_HUMAN, "max"),
    "replied_at": (Seen.REPLIED_HUMAN, "min"),
    "acted_at": (Seen.CONVERTED, "min"),
}  # fmt: skip
"""The times kept of a message: of which events, and whether the earliest or the latest."""

# Wider than any time has digits: a missing time must not look like one.
_NO_TIME = -(1 << 57)
_CODES = 32  # more than there are bits, so that time × codes + bit is one number

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
        ("receipt", "receipt = 'device'", Seen.DELIVERED_DEVICE),
        ("", "", Seen.DELIVERED_CARRIER),
    ),
    Event.FAILED: (
        ("permanent", "permanent", Seen.FAILED_PERMANENT),
        ("permanent", "NOT permanent", Seen.FAILED_TEMPORARY),
        ("", "", Seen.FAILED_UNSURE),
    ),
    Event.OPENED: (
        ("machine", "machine", Seen.OPENED_MACHINE),
        ("machine", "NOT machine", Seen.OPENED_HUMAN),
        ("", "", Seen.OPENED_UNSURE),
    ),
    Event.CLICKED: (("machine", "machine", Seen.CLICKED_MACHINE), ("", "", Seen.CLICKED_HUMAN)),
    Event.REPLIED: (("machine", "machine", Seen.REPLIED_MACHINE), ("", "", Seen.REPLIED_HUMAN)),
}
"""Field, test and bit; the first test that holds decides, and no field means otherwise."""


def seen_position(present: Collection[str]) -> str:
    """SQL for the position of an event's bit in `reach.vocabulary.Seen`.

    Args:
        present: The fields that rows have; a qualifier that is absent is NULL.
    """
    cases = []
    for event in Event:
        if event in _BY_EVENT:
            cases.append(f"WHEN event = '{event}' THEN {_position(_BY_EVENT[event])}")
            continue
        for field, test, bit in _BY_QUALIFIER[event]:
            if not field:
                cases.append(f"WHEN event = '{event}' THEN {_position(bit)}")
            elif field in present:
                cases.append(f"WHEN event = '{event}' AND {test} THEN {_position(bit)}")
    return f"CASE {' '.join(cases)} END"


def _position(bit: Seen) -> int:
    return bit.bit_length() - 1


def typed_rows(tokens: str, columns: Mapping[str, Column], proven: str) -> str:
    """SQL for rows of typed fields from rows of tokens.

    Args:
        tokens: SQL as `reach.formats.record.Format.tokens` gives it.
        columns: The compiled fields.
        proven: The compiled condition.
    """
    values = ", ".join(
        f"{column.value} AS {identifier('occurred_us' if name == 'occurred_at' else name)}"
        for name, column in columns.items()
    )
    return f"SELECT record, leads, no_event, {proven} AS proven, {values} FROM ({tokens})"


def evidence(rows: str, present: Collection[str]) -> str:
    """SQL for one row a message, from typed rows that are proven, and some for the others.

    Rows whose ``message_id`` is NULL are no messages: they count the rows that are not proven
    (``unproven``) and the records that hold no event (``no_events``). In every row,
    ``records`` counts the records that begin there.

    Args:
        rows: SQL as `typed_rows` gives it.
        present: The fields that the rows have. What is known to be absent costs nothing.
    """
    known = _Known(present)
    coded = (
        f"SELECT *, {seen_position(present)} AS position FROM (SELECT "
        "CASE WHEN proven AND NOT no_event THEN message_id END AS message_id, "
        f"normal_address(recipient) AS recipient, {known.or_else('provider', literal(_PROVIDER))}, "
        f"{known.or_else('account', literal(''))}, "
        f"* EXCLUDE ({', '.join(known.among(('message_id', 'recipient', 'provider', 'account')))}) "
        f"FROM ({rows}))"
    )
    failure = _mask(TIMES["failed_at"][0])
    time = "occurred_us" if "occurred_at" in present else "NULL::BIGINT"
    aggregates = [
        "bit_or((1 << position)::INTEGER) AS bits",
        "count(*) AS events",
        f"len(list_distinct(list(coalesce({time}, {_NO_TIME}) * {_CODES} + position))) AS facts",
        *(known.merged(name, "min", name) for name in ATTRIBUTES),
        *(known.merged(name, "max", f"{name}_other") for name in ATTRIBUTES),
        *(_time(time, bits, merge) + f" AS {name}" for name, (bits, merge) in TIMES.items()),
        # The earliest failure's reason; of several at one time the first word.
        f"struct_extract(min({{'at': {time}, 'why': reason}}) "
        f"FILTER (reason IS NOT NULL AND {failure}), 'why') AS failure_reason"
        if "reason" in present
        else "NULL::VARCHAR AS failure_reason",
        known.merged("alias_id", "min", "alias_id"),
        known.merged("cost_micros", "max", "cost_micros", "BIGINT"),
        known.merged("currency", "min", "currency"),
        f"count(*) FILTER ({time} IS NULL) AS untimed",
        "count(*) FILTER (NOT proven AND NOT no_event) AS unproven",
        "count(*) FILTER (no_event) AS no_events",
        "count(*) FILTER (leads) AS records",
    ]
    keys = "provider, account, message_id, recipient"
    return f"SELECT {keys}, {', '.join(aggregates)} FROM ({coded}) GROUP BY {keys}"


_PROVIDER = "reach"


class _Known:
    """SQL for fields of which some are known to be absent."""

    def __init__(self, present: Collection[str]) -> None:
        self._present = present

    def among(self, names: Collection[str]) -> list[str]:
        return [name for name in names if name in self._present]

    def or_else(self, name: str, otherwise: str) -> str:
        value = f"coalesce({name}, {otherwise})" if name in self._present else otherwise
        return f"{value} AS {name}"

    def merged(self, name: str, merge: str, called: str, kind: str = "VARCHAR") -> str:
        value = f"{merge}({name})" if name in self._present else f"NULL::{kind}"
        return f"{value} AS {called}"


def _time(time: str, bits: Seen, merge: str) -> str:
    if bits == Seen(~0):
        return f"{merge}({time})"
    return f"{merge}({time}) FILTER ({_mask(bits)})"


def _mask(bits: Seen) -> str:
    positions = ", ".join(str(_position(bit)) for bit in bits)
    return f"position IN ({positions})"

"""Events of one file, grouped while they are read: no event is kept anywhere.

Events are grouped by their texts as they stand, with what a message is said to be in the
grouping's key: the state of a group is then a few numbers, small, of fixed size, and able to
leave memory, and texts are made plain a message at a time instead of an event at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.ingest.event_rows import ATTRIBUTES, OPTIONAL, UNPROVEN, UNTIMED, is_any_of
from reach.vocabulary import Seen

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLE = "message_rows"
"""Rows of a file's messages, their texts as they were read; see `group`."""

TIMES: Mapping[str, tuple[Seen, str]] = {
    "first_at": (Seen(~0), "min"),
    "last_at": (Seen(~0), "max"),
    "sent_at": (Seen.QUEUED | Seen.SENT | Seen.DEFERRED, "min"),
    "delivered_at": (Seen.DELIVERED_CARRIER | Seen.DELIVERED_DEVICE, "min"),
    "last_click_at": (Seen.CLICKED_HUMAN, "max"),
    "acted_at": (Seen.CONVERTED, "min"),
}
"""The times kept of a message: of which events, and whether the earliest or the latest.

Those that an answer needs, and no others: each costs the grouping a twentieth of its time.
"""

NAMES = ("provider", "account", "message_id", "recipient")
"""What a message's name consists of."""

LABELS = (*ATTRIBUTES, "alias_id", "currency")
"""Texts that events say of their message."""

NUMBERS = {"cost_micros": "max", "failure": "min"}
"""Numbers that events say of their message, and which of them is kept."""

_UNPROVEN = "message_id IS NULL AND NOT no_event"
_COUNTED = (
    "coalesce(sum(records), 0), "
    "coalesce(sum(records) FILTER (message_id IS NOT NULL), 0), "
    "coalesce(sum(events) FILTER (no_event), 0), "
    f"coalesce(sum(events) FILTER ({_UNPROVEN}), 0), "
    "coalesce(sum(events) FILTER (message_id IS NOT NULL), 0), "
    "coalesce(sum(untimed) FILTER (message_id IS NOT NULL), 0)"
)
"""SQL for the fields of `Counts`, in order."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was grouped.

    Attributes:
        records: Records that were read.
        accepted: Those with at least one event, all proven.
        no_events: Those that surely hold none.
        unproven: Rows that are not surely valid.
        events: Events that are proven.
        untimed: Those of them without a time.
    """

    records: int
    accepted: int
    no_events: int
    unproven: int
    events: int
    untimed: int


def group(engine: DuckDBPyConnection, rows: str, columns: Collection[str], *, into: bool) -> None:
    """Make `TABLE`, or put rows into it.

    Columns: those of `NAMES`, `LABELS` and `NUMBERS` that the events have; ``bits``;
    ``events``, how many were merged; ``records``, how many of them begin a record;
    ``untimed``; `TIMES`; and ``no_event`` for records without one. What is not proven has no
    ``message_id``, and stands in a row of its own kind.

    Args:
        engine: Where to work.
        rows: SQL as `reach.ingest.event_rows.coded_rows` gives it.
        columns: The columns of the rows.
        into: Put them into the table that there is.
    """
    keys, sums = _merges(columns)
    sums |= {"records": "count(*) FILTER (leads)", "untimed": "count(*) - count(occurred_us)"}
    grouped = ", ".join(["no_event", *keys, *(f"{sql} AS {name}" for name, sql in sums.items())])
    by = ", ".join(["no_event", *keys])
    begin = f"INSERT INTO {TABLE} BY NAME" if into else f"CREATE OR REPLACE TEMP TABLE {TABLE} AS"
    engine.execute(f"{begin} SELECT {grouped} FROM ({rows}) GROUP BY {by}")


def group_bare(
    engine: DuckDBPyConnection, rows: str, columns: Collection[str], left_out: Collection[str]
) -> tuple[Counts, int]:
    """Make `TABLE` where each row is one record that holds one event, with less work.

    Args:
        engine: Where to work.
        rows: SQL as `reach.ingest.event_rows.bare_rows` gives it.
        columns: The columns of the rows.
        left_out: What need not be kept of a message, as `reach.ingest.unlikely` has it.

    Returns:
        What was grouped, and all bits that the rows have.
    """
    keys, sums = _merges(columns)
    sums["untimed"] = "count(*) - count(occurred_us)"
    by = ", ".join(keys)
    made = ", ".join(f"{sql} AS {name}" for name, sql in sums.items() if name not in left_out)
    own = {
        "no_event": "false",
        **dict.fromkeys(keys, ""),
        "message_id": f"CASE WHEN bits & {UNPROVEN} = 0 THEN message_id END",
        **dict.fromkeys(sums, ""),
        "bits": f"bits & {~(UNPROVEN | UNTIMED)}",
        "records": "events",
        **dict.fromkeys(left_out, "NULL::BIGINT"),
    }
    if "untimed" in left_out:
        own["untimed"] = "0"
    listed = ", ".join(f"{sql or name} AS {name}" for name, sql in own.items())
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT {listed}, bits AS all_bits "
        f"FROM (SELECT {by}, {made} FROM ({rows}) GROUP BY {by})"
    )
    found = engine.execute(f"SELECT {_COUNTED}, coalesce(bit_or(all_bits), 0) FROM {TABLE}")
    *counted, bits = map(int, found.fetchone() or ())
    engine.execute(f"ALTER TABLE {TABLE} DROP COLUMN all_bits")
    return Counts(*counted), bits


def _merges(columns: Collection[str]) -> tuple[list[str], dict[str, str]]:
    """The key of the grouping, and what is merged by name."""
    keys = [name for name in (*NAMES, *LABELS) if name in columns]
    return keys, {
        "bits": "bit_or(bit)",
        "events": "count(*)",
        **{name: f"{merge}({name})" for name, merge in NUMBERS.items() if name in columns},
        **{name: _time(merge, bits) for name, (bits, merge) in TIMES.items()},
    }


def _time(merge: str, bits: Seen) -> str:
    return f"{merge}(occurred_us)" + ("" if not ~bits else f" FILTER ({is_any_of(bits)})")


def counts(engine: DuckDBPyConnection) -> Counts:
    """What `TABLE` holds."""
    found = engine.execute(f"SELECT {_COUNTED} FROM {TABLE}").fetchone()
    return Counts(*map(int, found or ()))


def drop_unproven(engine: DuckDBPyConnection) -> None:
    """Take the rows that are not proven out of `TABLE`."""
    engine.execute(f"DELETE FROM {TABLE} WHERE {_UNPROVEN}")


def make_room(engine: DuckDBPyConnection) -> None:
    """Give `TABLE` every column that a judged event may need."""
    for name, kind in OPTIONAL.items():
        engine.execute(f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS {name} {kind}")

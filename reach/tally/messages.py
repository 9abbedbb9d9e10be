"""Stored evidence becomes the messages of an experiment: merged, resolved, their arms known.

What is counted of them, be it outcomes or times, starts from the tables made here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reach.engine import literal
from reach.outcomes.messages import alone_sql, merged_sql, named_sql
from reach.outcomes.names import find_names
from reach.outcomes.resolve import resolved_sql
from reach.tally.query import NO_VALUE, arm_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RESOLVED = "resolved"
"""The table of messages with what became of each."""

BOUNDS = "bounds"
"""The table of each channel's horizon and log end."""


@dataclass(frozen=True, slots=True)
class LogEnd:
    """Until when a channel's log tells.

    Attributes:
        at_us: µs UTC, or None if the log has no times.
        source: Where that is known from.
    """

    at_us: int | None
    source: Literal["config", "newest event", "no times"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be counted.

    Attributes:
        by: The attribute whose values are compared.
        arms: Arms that are declared, in order; those found besides follow by name.
        strata: Attributes of a person that form strata.
        horizon_us: By channel, how long a message may wait; None for ever.
        log_end_us: The declared end of all logs, or None.
        people: Name of a table of addresses and persons, or None.
    """

    by: str
    arms: Sequence[str]
    strata: Sequence[str]
    horizon_us: Callable[[str], int | None]
    log_end_us: int | None
    people: str | None


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of an experiment, as tables of the engine.

    Attributes:
        named: SQL for the rows of evidence, each with its ``message_name``.
        arms: All arms, those declared first.
        log_ends: By channel.
    """

    named: str
    arms: tuple[str, ...]
    log_ends: dict[str, LogEnd]


def resolve_messages(
    engine: DuckDBPyConnection, parts: Sequence[str], ingest_ids: Sequence[str], plan: Plan
) -> Messages:
    """Make the tables ``messages``, `BOUNDS` and `RESOLVED`.

    Args:
        engine: Where to work.
        parts: The files that hold the evidence.
        ingest_ids: Whose rows count.
        plan: What is to be counted.
    """
    files = ", ".join(literal(each) for each in parts)
    rows = f"SELECT * FROM read_parquet([{files}]) WHERE {of_ingests(ingest_ids)}"
    named = named_sql(rows, find_names(engine, rows))
    _merge(engine, named)
    log_ends = _bounds(engine, plan)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {RESOLVED} AS {resolved_sql('messages', BOUNDS)}")
    found = engine.execute(f"SELECT DISTINCT {arm_of(plan.by)} FROM {RESOLVED}").fetchall()
    others = sorted({arm for (arm,) in found}.difference(plan.arms))
    return Messages(named, (*plan.arms, *sorted(others, key=NO_VALUE.__eq__)), log_ends)


def of_ingests(ingest_ids: Sequence[str]) -> str:
    """SQL that is true for the rows of these ingests; of none, for none.

    Examples:
        >>> of_ingests(["a", "b"]), of_ingests([])
        ("ingest_id IN ('a', 'b')", '1 = 0')
    """
    wanted = ", ".join(literal(each) for each in ingest_ids)
    return f"ingest_id IN ({wanted})" if wanted else "1 = 0"


def _merge(engine: DuckDBPyConnection, named: str) -> None:
    """Make the table ``messages``; only what several files saw, or one twice, needs merging."""
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE seen_again AS SELECT message_name "
        f"FROM ({named}) AS named GROUP BY message_name HAVING COUNT(*) > 1"
    )
    alone = alone_sql(f"SELECT * FROM ({named}) AS named ANTI JOIN seen_again USING (message_name)")
    again = merged_sql(
        f"SELECT * FROM ({named}) AS named SEMI JOIN seen_again USING (message_name)"
    )
    engine.execute(f"CREATE OR REPLACE TEMP TABLE messages AS {alone} UNION ALL BY NAME {again}")


def _bounds(engine: DuckDBPyConnection, plan: Plan) -> dict[str, LogEnd]:
    """Make the table `BOUNDS`, and say when each channel's log ends."""
    newest = engine.execute(
        "SELECT channel, MAX(last_at) FROM messages GROUP BY channel ORDER BY channel"
    )
    log_ends = {}
    engine_rows = []
    for channel, last_us in newest.fetchall():
        if last_us is None:
            log_ends[channel] = LogEnd(None, "no times")
        elif plan.log_end_us is not None:
            log_ends[channel] = LogEnd(plan.log_end_us, "config")
        else:
            log_ends[channel] = LogEnd(last_us, "newest event")
        engine_rows.append([channel, plan.horizon_us(channel), log_ends[channel].at_us])
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {BOUNDS} "
        "(channel VARCHAR, horizon_us BIGINT, log_end_us BIGINT)"
    )
    if engine_rows:
        engine.executemany(f"INSERT INTO {BOUNDS} VALUES (?, ?, ?)", engine_rows)
    return log_ends

"""Stored evidence becomes the messages of an experiment: merged, resolved, their arms known.

What is counted of them, be it outcomes or times, starts from the tables made here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reach.engine import literal
from reach.outcomes.messages import COST, alone_sql, merged_sql, named_sql, unnamed_sql
from reach.outcomes.names import find_names
from reach.outcomes.repeated import REPEATED, make_repeated
from reach.tally.query import BEGAN, NO_VALUE, Span, arm_of, people_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MESSAGES = "messages"
"""The view of all messages, each in one row; a table where much had to be merged."""

BOUNDS = "bounds"
"""The table of each channel's horizon and log end."""

_MANY = 8
"""Where more than one row in so many needs merging, messages are kept and not made again."""


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
        by: The attribute whose values are compared, or `reach.tally.query.PERIOD`.
        arms: Arms that are declared, in order; those found besides follow by name.
        strata: Attributes of a person that form strata.
        horizon_us: By channel, how long a message may wait; None for ever.
        log_end_us: The declared end of all logs, or None.
        people: Name of a table of addresses and persons, or None.
        periods: The periods that are compared, none of which overlap; none if no periods are.
        campaign: The one whose messages count, or None for all.
        priced: Channels for whose messages there is a price where the log does not say one.
    """

    by: str
    arms: Sequence[str]
    strata: Sequence[str]
    horizon_us: Callable[[str], int | None]
    log_end_us: int | None
    people: str | None
    periods: Sequence[Span] = ()
    campaign: str | None = None
    priced: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of an experiment, as tables and views of the engine.

    Attributes:
        named: SQL for the rows of evidence, each with its ``message_name``.
        arms: All arms, those declared first.
        log_ends: By channel.
        costed: Whether the log says of any what it cost; else they have no such columns.
    """

    named: str
    arms: tuple[str, ...]
    log_ends: dict[str, LogEnd]
    costed: bool


def resolve_messages(
    engine: DuckDBPyConnection,
    parts: Sequence[str],
    ingest_ids: Sequence[str],
    plan: Plan,
    sharing: Sequence[Collection[str]] | None = None,
) -> Messages:
    """Make `MESSAGES` and `BOUNDS`.

    Args:
        engine: Where to work.
        parts: The files that hold the evidence. In one ingest a message has one row, or one
            for each of its second names.
        ingest_ids: Whose rows count.
        plan: What is to be counted.
        sharing: Ingests that may tell of the same messages, by groups; ingests of different
            groups surely tell of different ones. None if nothing is known of that.
    """
    files = ", ".join(literal(each) for each in parts)
    rows = f"SELECT * FROM read_parquet([{files}]) WHERE {of_ingests(ingest_ids)}"
    test = " AND ".join(f"{name} IS NOT NULL" for name in COST)
    # Columns that hold nothing say so in their parts' statistics, and are not looked through.
    found_cost = engine.execute(f"SELECT 1 FROM ({rows}) AS evidence WHERE {test} LIMIT 1")
    costed = found_cost.fetchone() is not None
    named = _find_messages(engine, rows, sharing, costed=costed)
    log_ends = _bounds(engine, plan)
    # What the office knows of a person may name arms that no log names.
    told = people_sql(MESSAGES, plan.people, BEGAN)
    arm = arm_of(plan.by, plan.periods)
    found = engine.execute(f"SELECT DISTINCT {arm} FROM ({told}) AS m").fetchall()
    others = sorted({arm for (arm,) in found}.difference(plan.arms))
    arms = (*plan.arms, *sorted(others, key=NO_VALUE.__eq__))
    return Messages(named, arms, log_ends, costed)


def _find_messages(
    engine: DuckDBPyConnection,
    rows: str,
    sharing: Sequence[Collection[str]] | None,
    *,
    costed: bool,
) -> str:
    """Make `MESSAGES`; only what was seen more than once is merged.

    Returns:
        SQL for the rows of evidence, each with its ``message_name``.
    """
    sizes: dict[str, int] = dict(
        engine.execute(
            f"SELECT ingest_id, COUNT(*) FROM ({rows}) AS evidence GROUP BY ingest_id"
        ).fetchall()
    )
    aliased = engine.execute(
        f"SELECT 1 FROM ({rows}) AS evidence WHERE alias_key IS NOT NULL LIMIT 1"
    ).fetchone()
    named = named_sql(rows, find_names(engine, rows)) if aliased else unnamed_sql(rows)
    merged = make_repeated(engine, named, sizes, sharing, aliased=aliased is not None)
    everything = alone_sql(named, costed=costed)
    if merged:
        alone = alone_sql(
            f"SELECT * FROM ({named}) AS named ANTI JOIN {REPEATED} USING (message_name)",
            costed=costed,
        )
        again = merged_sql(
            f"SELECT * FROM ({named}) AS named SEMI JOIN {REPEATED} USING (message_name)",
            costed=costed,
        )
        engine.execute(f"CREATE OR REPLACE TEMP TABLE merged AS {again}")
        everything = f"{alone} UNION ALL BY NAME SELECT * FROM merged"
    if merged * _MANY > sum(sizes.values()):
        engine.execute(f"CREATE OR REPLACE TEMP TABLE kept AS {everything}")
        engine.execute("DROP TABLE merged")
        everything = "SELECT * FROM kept"
    engine.execute(f"CREATE OR REPLACE TEMP VIEW {MESSAGES} AS {everything}")
    return named


def of_ingests(ingest_ids: Sequence[str]) -> str:
    """SQL that is true for the rows of these ingests; of none, for none.

    Examples:
        >>> of_ingests(["a", "b"]), of_ingests([])
        ("ingest_id IN ('a', 'b')", '1 = 0')
    """
    wanted = ", ".join(literal(each) for each in ingest_ids)
    return f"ingest_id IN ({wanted})" if wanted else "1 = 0"


def _bounds(engine: DuckDBPyConnection, plan: Plan) -> dict[str, LogEnd]:
    """Make the table `BOUNDS`, and say when each channel's log ends."""
    newest = engine.execute(
        f"SELECT channel, MAX(last_at) FROM {MESSAGES} GROUP BY channel ORDER BY channel"
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

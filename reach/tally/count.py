"""Evidence counted: from stored rows to a tally, on DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from reach.engine import literal
from reach.errors import ConfigError, Fault
from reach.ingest.event_rows import ATTRIBUTES
from reach.outcomes.messages import alone_sql, merged_sql, named_sql
from reach.outcomes.names import find_names
from reach.outcomes.resolve import FLAGS, resolved_sql
from reach.stats.gram import GramStratum
from reach.tally.axes import AXES, ONCE, STAGES
from reach.tally.query import MIXED, NO_VALUE, arm_of, counts_sql, people_sql, vectors_sql
from reach.tally.tally import Stratum, Tally

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

_MOST_ARMS = 60  # a set of arms is one integer
_EXACT_IN_FLOAT = 1 << 53
_EXACT_IN_INT = 1 << 63


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
class Counted:
    """A tally and what was noticed while counting.

    Attributes:
        tally: The tally.
        log_ends: By channel.
        unmapped: Addresses that no person is known for, if persons are known at all.
        disagreements: By attribute, messages that files call by different values.
    """

    tally: Tally
    log_ends: dict[str, LogEnd]
    unmapped: int
    disagreements: dict[str, int]


def count(
    engine: DuckDBPyConnection, parts: Sequence[str], ingest_ids: Sequence[str], plan: Plan
) -> Counted:
    """Count the evidence of some ingests.

    Args:
        engine: Where to count.
        parts: The files that hold the evidence.
        ingest_ids: Whose rows count.
        plan: What to count.

    Raises:
        ConfigError: There are more arms than can be compared.
    """
    wanted = ", ".join(literal(each) for each in ingest_ids)
    files = ", ".join(literal(each) for each in parts)
    rows = f"SELECT * FROM read_parquet([{files}]) WHERE ingest_id IN ({wanted})"
    _merge(engine, named_sql(rows, find_names(engine, rows)))
    log_ends = _bounds(engine, plan)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE resolved AS {resolved_sql('messages', 'bounds')}")
    found = engine.execute(f"SELECT DISTINCT {arm_of(plan.by)} FROM resolved").fetchall()
    others = sorted({arm for (arm,) in found}.difference(plan.arms))
    arms = (*plan.arms, *sorted(others, key=NO_VALUE.__eq__))
    if len(arms) > _MOST_ARMS:
        expected = f"at most {_MOST_ARMS}; compare by something with fewer values"
        raise ConfigError([Fault("experiment.yaml", "$.compare.by", f"{len(arms)} arms", expected)])
    tally = _tally(engine, plan, arms)
    return Counted(tally, log_ends, _unmapped(engine, plan.people), _disagreements(engine))


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
    """Make the table ``bounds``, and say when each channel's log ends."""
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
        "CREATE OR REPLACE TEMP TABLE bounds (channel VARCHAR, horizon_us BIGINT, log_end_us BIGINT)"
    )
    if engine_rows:
        engine.executemany("INSERT INTO bounds VALUES (?, ?, ?)", engine_rows)
    return log_ends


def _tally(engine: DuckDBPyConnection, plan: Plan, arms: tuple[str, ...]) -> Tally:
    counts = {arm: dict.fromkeys(FLAGS, 0) for arm in arms}
    for arm, *sums in engine.execute(counts_sql("resolved", plan.by, FLAGS)).fetchall():
        counts[arm] = dict(zip(FLAGS, map(int, sums), strict=True))
    if not arms:
        return Tally(plan.by, arms, {}, counts, {}, {}, {}, {})
    found = engine.execute(
        vectors_sql(people_sql("resolved", plan.people), plan.by, arms, plan.strata)
    ).fetchnumpy()
    recipients = found["recipients"].astype(np.int64)
    cells = [found[f"v_{place}_{stage}"] for place in range(len(arms)) for stage in STAGES]
    staged = np.array(cells, dtype=np.int64).reshape(len(arms), len(STAGES), len(recipients))
    names = [found[f"stratum_{place}"] for place in range(len(plan.strata))]
    return Tally(
        plan.by,
        arms,
        _strata(names, _with_once(staged), recipients),
        counts,
        _sets(staged[:, STAGES.index("attempted")], recipients),
        _sets(staged[:, STAGES.index("delivered")], recipients),
        _sets(staged[:, STAGES.index("possible")], recipients),
        _histogram(staged[:, STAGES.index("delivered")].sum(axis=0), recipients),
    )


def _with_once(staged: NDArray[np.int64]) -> NDArray[np.int64]:
    """Vectors with all `AXES`: shape (distinct vectors, arms × axes)."""
    once = staged[:, [STAGES.index(stage) for stage in ONCE]] > 0
    cube = np.concatenate([staged, once.astype(np.int64)], axis=1)
    return cube.reshape(len(staged) * len(AXES), -1).T


def _strata(
    names: list[NDArray[np.object_]], vectors: NDArray[np.int64], recipients: NDArray[np.int64]
) -> dict[Stratum, GramStratum]:
    if not names:
        return {(): _gram(vectors, recipients)} if len(recipients) else {}
    rows_of: dict[Stratum, list[int]] = {}
    texts = [each.tolist() for each in names]  # a missing name becomes None
    for row, stratum in enumerate(zip(*texts, strict=True)):
        rows_of.setdefault(stratum, []).append(row)
    order = sorted(
        rows_of, key=lambda stratum: tuple((name is None, name or "") for name in stratum)
    )
    return {name: _gram(vectors[rows_of[name]], recipients[rows_of[name]]) for name in order}


def _gram(vectors: NDArray[np.int64], recipients: NDArray[np.int64]) -> GramStratum:
    largest = int(vectors.max(initial=0)) ** 2 * int(recipients.sum())
    if largest < _EXACT_IN_FLOAT:
        # Every partial sum is a whole number that a float holds exactly: BLAS may do it.
        wide = vectors.astype(np.float64)
        gram = (wide.T @ (wide * recipients[:, None])).astype(np.int64)
    elif largest < _EXACT_IN_INT:
        gram = vectors.T @ (vectors * recipients[:, None])
    else:
        raise OverflowError("a recipient has more messages than the sums of squares can hold")
    return GramStratum((vectors * recipients[:, None]).sum(axis=0), gram, int(recipients.sum()))


def _sets(staged: NDArray[np.int64], recipients: NDArray[np.int64]) -> dict[int, int]:
    bits = (1 << np.arange(len(staged), dtype=np.int64))[:, None]
    return _histogram(np.where(staged > 0, bits, 0).sum(axis=0), recipients)


def _histogram(values: NDArray[np.int64], recipients: NDArray[np.int64]) -> dict[int, int]:
    distinct, place = np.unique(values, return_inverse=True)
    totals = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(totals, place, recipients)
    return dict(zip(distinct.tolist(), totals.tolist(), strict=True))


def _unmapped(engine: DuckDBPyConnection, people: str | None) -> int:
    if people is None:
        return 0
    found = engine.execute(
        f"SELECT count(DISTINCT address) FROM ({people_sql('resolved', people)}) WHERE mapped = 0"
    ).fetchone()
    return found[0] if found else 0


def _disagreements(engine: DuckDBPyConnection) -> dict[str, int]:
    tests = ", ".join(
        f"count(*) FILTER ((disagreements & {1 << position}) <> 0)"
        for position in range(len(ATTRIBUTES))
    )
    found = engine.execute(f"SELECT {tests} FROM messages").fetchone() or ()
    return {name: number for name, number in zip(ATTRIBUTES, found, strict=True) if number}


def mixed_recipients(tally: Tally) -> int:
    """Recipients whose messages name two strata."""
    return sum(each.recipients for name, each in tally.strata.items() if MIXED in name)

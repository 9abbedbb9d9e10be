"""Messages timed: from the engine's tables to a tally of how soon they arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.stats.gram import GramStratum, tally_vectors
from reach.tally.messages import BOUNDS, RESOLVED, Messages, Plan
from reach.tally.query import people_sql
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, TimingTally
from reach.tally.timing_query import (
    CELLS,
    clocked_sql,
    delays_sql,
    timing_counts_sql,
    timing_vectors_sql,
    vague_sql,
)
from reach.tally.vectors import gram_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Clocks:
    """Ingests whose times say less than they seem to.

    Attributes:
        one_time: Those of files that know one time only of a message, whatever became of it.
        untimed: Those of files with events that have no time.
    """

    one_time: Sequence[str]
    untimed: Sequence[str]


def count_timing(
    engine: DuckDBPyConnection, messages: Messages, plan: Plan, clocks: Clocks
) -> TimingTally:
    """Count messages by how soon they arrived.

    Args:
        engine: Where they are.
        messages: As `reach.tally.messages.resolve_messages` made them, by the same plan.
        plan: What to count.
        clocks: Whose times to mind.

    Raises:
        BalanceError: Messages were lost or counted twice.
    """
    vague = vague_sql(messages.named, clocks.one_time, clocks.untimed)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE vague AS {vague}")
    clocked = clocked_sql(RESOLVED, BOUNDS, "vague")
    engine.execute(f"CREATE OR REPLACE TEMP TABLE clocked AS {clocked}")
    counts = {arm: dict.fromkeys(TIMING_COUNTS, 0) for arm in messages.arms}
    for arm, *sums in engine.execute(timing_counts_sql("clocked", plan.by)).fetchall():
        counts[arm] = dict(zip(TIMING_COUNTS, map(int, sums), strict=True))
    tally = TimingTally(
        plan.by,
        messages.arms,
        _grams(engine, messages.arms, plan),
        counts,
        _delays(engine, messages.arms, plan, "took"),
        _delays(engine, messages.arms, plan, "known"),
    )
    tally.check()
    return tally


def _grams(engine: DuckDBPyConnection, arms: Sequence[str], plan: Plan) -> dict[str, GramStratum]:
    people = people_sql("clocked", plan.people, CELLS)
    found = engine.execute(timing_vectors_sql(people, plan.by)).fetchnumpy()
    recipients = found["recipients"].astype(np.int64)
    vectors = np.array([found[axis] for axis in TIMING_AXES], dtype=np.int64).T
    nobody = tally_vectors(np.zeros((0, len(TIMING_AXES)), dtype=np.int64))
    rows_of: dict[str, list[int]] = {}
    for row, arm in enumerate(found["arm"].tolist()):
        rows_of.setdefault(arm, []).append(row)
    return {
        arm: gram_of(vectors[rows_of[arm]], recipients[rows_of[arm]]) if arm in rows_of else nobody
        for arm in arms
    }


def _delays(
    engine: DuckDBPyConnection, arms: Sequence[str], plan: Plan, delay: str
) -> dict[str, dict[int, int]]:
    found = engine.execute(
        f"{delays_sql('clocked', plan.by, delay)} ORDER BY arm, delay_us"
    ).fetchnumpy()
    seconds = (found["delay_us"].astype(np.int64) // _SECOND_US).tolist()
    delays: dict[str, dict[int, int]] = {arm: {} for arm in arms}
    for arm, second, count in zip(
        found["arm"].tolist(), seconds, found["messages"].tolist(), strict=True
    ):
        delays[arm][second] = count
    return delays

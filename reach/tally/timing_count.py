"""Messages timed: from the engine's tables to a tally of how soon they arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reach.outcomes.repeated import REPEATED
from reach.outcomes.resolve import facts_sql
from reach.stats.gram import GramStratum, tally_vectors
from reach.tally.messages import BOUNDS, MESSAGES, Messages, Plan
from reach.tally.query import NO_VALUE, people_sql
from reach.tally.recipient_vectors import Kind, Vectors
from reach.tally.recipients import crowded_messages, crowded_people, find_vectors
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, TimingTally
from reach.tally.timing_query import (
    CELLS,
    KIND_KEYS,
    LAWS,
    clocked_sql,
    delays_sql,
    kind_counts,
    minded_sql,
    timing_kinds_sql,
    timing_vectors_sql,
    vague_sql,
)
from reach.tally.vectors import gram_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

_SECOND_US = 1_000_000
_CLOCKED = "clocked"
_TIMED = "timed_kinds"


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
    engine.execute(f"CREATE OR REPLACE TEMP TABLE laws AS {LAWS}")
    minded = _vague(engine, messages.named, clocks), clocks.one_time, clocks.untimed
    clocked = clocked_sql(minded_sql(facts_sql(MESSAGES, BOUNDS), *minded), "laws")
    engine.execute(f"CREATE OR REPLACE TEMP VIEW {_CLOCKED} AS {clocked}")
    found = timing_kinds_sql(_CLOCKED, plan.by)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {_TIMED} AS {found}")
    counts, kinds = _kinds(engine, plan.by, messages.arms)
    tally = TimingTally(
        plan.by,
        messages.arms,
        _grams(engine, messages.arms, plan, kinds, minded),
        counts,
        _delays(engine, messages.arms, plan, "took"),
        _delays(engine, messages.arms, plan, "known"),
    )
    tally.check()
    return tally


def _vague(engine: DuckDBPyConnection, named: str, clocks: Clocks) -> str:
    """Make the table of merged messages to be minded; its name, or nothing if it is empty."""
    merged = f"SELECT * FROM ({named}) AS named SEMI JOIN {REPEATED} USING (message_name)"
    vague = vague_sql(merged, clocks.one_time, clocks.untimed)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE vague AS {vague}")
    return "vague" if engine.execute("SELECT 1 FROM vague LIMIT 1").fetchone() else ""


def _kinds(
    engine: DuckDBPyConnection, by: str, arms: tuple[str, ...]
) -> tuple[dict[str, dict[str, int]], list[Kind]]:
    """The plain counts by arm, and the kinds of messages."""
    counts = {arm: dict.fromkeys(TIMING_COUNTS, 0) for arm in arms}
    kinds: dict[tuple[Any, ...], Kind] = {}
    keys = f"{by}, flags, room_level, delay_level"
    found = engine.execute(f"SELECT {keys}, SUM(messages) FROM {_TIMED} GROUP BY {keys}")
    for value, code, room, delay, number in found.fetchall():
        arm = NO_VALUE if value is None else value
        flags = {name: (code >> place) & 1 for place, name in enumerate(TIMING_COUNTS)}
        for name, flag in flags.items():
            counts[arm][name] += flag * int(number)
        cells = {"room_level": room, "delay_level": delay, **flags}
        told = tuple(cells[key] for key in KIND_KEYS)
        before = kinds[value, *told].messages if (value, *told) in kinds else 0
        kinds[value, *told] = Kind(
            (value, *told), arms.index(arm), (1, *kind_counts(*told)), before + int(number)
        )
    return counts, [*kinds.values()]


def _grams(
    engine: DuckDBPyConnection,
    arms: Sequence[str],
    plan: Plan,
    kinds: Sequence[Kind],
    minded: tuple[str, Sequence[str], Sequence[str]],
) -> dict[str, GramStratum]:
    nobody = tally_vectors(np.zeros((0, len(TIMING_AXES)), dtype=np.int64))
    grams = dict.fromkeys(arms, nobody)
    if not kinds:
        return grams
    people = people_sql(_CLOCKED, plan.people, KIND_KEYS)
    vectors = find_vectors(engine, people, (plan.by, *KIND_KEYS), kinds, len(arms), (), plan.people)
    for _, fields, recipients in vectors.chunks():
        for place, arm in enumerate(arms):
            grams[arm] += _gram(vectors, place, fields, recipients)
    if vectors.crowded:
        facts = facts_sql(crowded_messages(MESSAGES, plan.people), BOUNDS)
        clocked = f"({clocked_sql(minded_sql(facts, *minded), 'laws')})"
        crowded = crowded_people(people_sql(clocked, plan.people, CELLS))
        found = engine.execute(timing_vectors_sql(crowded, plan.by)).fetchnumpy()
        several = found["recipients"].astype(np.int64)
        wide = np.array([found[axis] for axis in TIMING_AXES], dtype=np.int64).T
        of_arm = np.array(found["arm"].tolist())
        for arm in arms:
            grams[arm] += gram_of(wide[of_arm == arm], several[of_arm == arm])
    return grams


def _gram(
    vectors: Vectors, arm: int, fields: NDArray[np.int64], recipients: NDArray[np.int64]
) -> GramStratum:
    """Of the recipients whom an arm sent anything; the first axis tells who these are."""
    own = vectors.fields_of(arm)
    anything = [place - own.start for place in vectors.parts_of(arm, 0)]
    if not anything:
        return tally_vectors(np.zeros((0, len(TIMING_AXES)), dtype=np.int64))
    rows = fields[own.start + anything[0]] > 0
    found = gram_of(fields[own, rows].T, recipients[rows])
    expand = vectors.bases[arm].expand[1:]
    return GramStratum(expand @ found.sums, expand @ found.gram @ expand.T, found.recipients)


def _delays(
    engine: DuckDBPyConnection, arms: Sequence[str], plan: Plan, delay: str
) -> dict[str, dict[int, int]]:
    found = engine.execute(
        f"{delays_sql(_TIMED, plan.by, delay)} ORDER BY arm, delay_us"
    ).fetchnumpy()
    numbers = found["messages"].astype(np.int64)
    seconds = (found["delay_us"].astype(np.int64) // _SECOND_US).tolist()
    delays: dict[str, dict[int, int]] = {arm: {} for arm in arms}
    for arm, second, count in zip(found["arm"].tolist(), seconds, numbers.tolist(), strict=True):
        delays[arm][second] = count
    return delays

"""Messages counted by what became of them: from the engine's tables to a tally."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import ConfigError, Fault
from reach.ingest.event_rows import ATTRIBUTES
from reach.outcomes.resolve import FLAGS
from reach.stats.gram import GramStratum
from reach.tally.axes import AXES, ONCE, STAGES
from reach.tally.messages import RESOLVED, LogEnd, Messages, Plan
from reach.tally.query import MIXED, counts_sql, people_sql, vectors_sql
from reach.tally.tally import Stratum, Tally
from reach.tally.vectors import gram_of, histogram

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

_MOST_ARMS = 60  # a set of arms is one integer


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


def count(engine: DuckDBPyConnection, messages: Messages, plan: Plan) -> Counted:
    """Count messages by what became of them.

    Args:
        engine: Where they are.
        messages: As `reach.tally.messages.resolve_messages` made them, by the same plan.
        plan: What to count.

    Raises:
        ConfigError: There are more arms than can be compared.
    """
    if len(messages.arms) > _MOST_ARMS:
        expected = f"at most {_MOST_ARMS}; compare by something with fewer values"
        received = f"{len(messages.arms)} arms"
        raise ConfigError([Fault("experiment.yaml", "$.compare.by", received, expected)])
    tally = _tally(engine, plan, messages.arms)
    unmapped = _unmapped(engine, plan.people)
    return Counted(tally, messages.log_ends, unmapped, _disagreements(engine))


def _tally(engine: DuckDBPyConnection, plan: Plan, arms: tuple[str, ...]) -> Tally:
    counts = {arm: dict.fromkeys(FLAGS, 0) for arm in arms}
    for arm, *sums in engine.execute(counts_sql(RESOLVED, plan.by, FLAGS)).fetchall():
        counts[arm] = dict(zip(FLAGS, map(int, sums), strict=True))
    if not arms:
        return Tally(plan.by, arms, {}, counts, {}, {}, {}, {})
    found = engine.execute(
        vectors_sql(people_sql(RESOLVED, plan.people), plan.by, arms, plan.strata)
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
        histogram(staged[:, STAGES.index("delivered")].sum(axis=0), recipients),
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
        return {(): gram_of(vectors, recipients)} if len(recipients) else {}
    rows_of: dict[Stratum, list[int]] = {}
    texts = [each.tolist() for each in names]  # a missing name becomes None
    for row, stratum in enumerate(zip(*texts, strict=True)):
        rows_of.setdefault(stratum, []).append(row)
    order = sorted(
        rows_of, key=lambda stratum: tuple((name is None, name or "") for name in stratum)
    )
    return {name: gram_of(vectors[rows_of[name]], recipients[rows_of[name]]) for name in order}


def _sets(staged: NDArray[np.int64], recipients: NDArray[np.int64]) -> dict[int, int]:
    bits = (1 << np.arange(len(staged), dtype=np.int64))[:, None]
    return histogram(np.where(staged > 0, bits, 0).sum(axis=0), recipients)


def _unmapped(engine: DuckDBPyConnection, people: str | None) -> int:
    if people is None:
        return 0
    found = engine.execute(
        f"SELECT count(DISTINCT address) FROM ({people_sql(RESOLVED, people)}) WHERE mapped = 0"
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

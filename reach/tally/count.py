"""Messages counted by what became of them: from the engine's tables to a tally."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reach.errors import ConfigError, Fault
from reach.ingest.event_rows import ATTRIBUTES
from reach.outcomes.pseudonyms import quick_key
from reach.outcomes.resolve import FLAGS, facts_sql, resolved_sql
from reach.stats.gram import GramStratum
from reach.tally.axes import AXES, ONCE, STAGES
from reach.tally.kinds import KINDS, SAID, counts_sql
from reach.tally.messages import BOUNDS, MESSAGES, LogEnd, Messages, Plan
from reach.tally.packed_tally import packed_tally
from reach.tally.query import MIXED, arm_of, people_sql, vectors_sql
from reach.tally.recipient_vectors import Kind
from reach.tally.recipients import crowded_messages, crowded_people, find_vectors
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
    for arm, *sums in engine.execute(counts_sql(plan.by)).fetchall():
        counts[arm] = dict(zip(FLAGS, map(int, sums), strict=True))
    if not arms:
        return Tally(plan.by, arms, {}, counts, {}, {}, {}, {})
    needed = {"horizon_passed", "only_suspect", *plan.strata, plan.by, "bits"}
    messages = people_sql(f"({facts_sql(MESSAGES, BOUNDS)})", plan.people, sorted(needed))
    vectors = find_vectors(
        engine,
        messages,
        (plan.by, "bits", "horizon_passed", "only_suspect"),
        _kinds(engine, plan.by, arms),
        len(arms),
        plan.strata,
        plan.people,
    )
    tally = packed_tally(plan.by, arms, vectors)
    if vectors.crowded:
        tally += _crowded_tally(engine, plan, arms)
    strata = {name: tally.strata[name] for name in sorted(tally.strata, key=_missing_last)}
    return replace(tally, strata=strata, counts=counts)


def _kinds(engine: DuckDBPyConnection, by: str, arms: tuple[str, ...]) -> list[Kind]:
    keys = f"{by}, bits, horizon_passed, only_suspect"
    found = engine.execute(
        f"SELECT {keys}, {', '.join(f'MIN({stage})' for stage in STAGES)}, SUM(messages), "
        f"{arm_of(by)} FROM {KINDS} GROUP BY {keys}"
    ).fetchall()
    return [
        Kind(tuple(row[:4]), arms.index(row[-1]), tuple(row[4:-2]), int(row[-2])) for row in found
    ]


def _crowded_tally(engine: DuckDBPyConnection, plan: Plan, arms: tuple[str, ...]) -> Tally:
    """Of those who have more messages than packed vectors can hold."""
    # Few messages first, then what became of them.
    resolved = resolved_sql(crowded_messages(MESSAGES, plan.people), BOUNDS)
    crowded = crowded_people(people_sql(f"({resolved})", plan.people))
    found = engine.execute(vectors_sql(crowded, plan.by, arms, plan.strata)).fetchnumpy()
    recipients = found["recipients"].astype(np.int64)
    cells = [found[f"v_{place}_{stage}"] for place in range(len(arms)) for stage in STAGES]
    staged = np.array(cells, dtype=np.int64).reshape(len(arms), len(STAGES), len(recipients))
    names = [found[f"stratum_{place}"] for place in range(len(plan.strata))]
    return Tally(
        plan.by,
        arms,
        _strata(names, _with_once(staged), recipients),
        {arm: {} for arm in arms},
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
    return {name: gram_of(vectors[rows], recipients[rows]) for name, rows in rows_of.items()}


def _missing_last(stratum: Stratum) -> tuple[tuple[bool, str], ...]:
    return tuple((name is None, name or "") for name in stratum)


def _sets(staged: NDArray[np.int64], recipients: NDArray[np.int64]) -> dict[int, int]:
    bits = (1 << np.arange(len(staged), dtype=np.int64))[:, None]
    return histogram(np.where(staged > 0, bits, 0).sum(axis=0), recipients)


def _unmapped(engine: DuckDBPyConnection, people: str | None) -> int:
    if people is None:
        return 0
    found = engine.execute(
        f"SELECT COUNT(*) FROM (SELECT DISTINCT {quick_key(engine, 'address')} FROM {MESSAGES} "
        f"ANTI JOIN (SELECT address FROM {people} WHERE person IS NOT NULL) AS known USING (address))"
    ).fetchone()
    return found[0] if found else 0


def _disagreements(engine: DuckDBPyConnection) -> dict[str, int]:
    tests = ", ".join(
        f"coalesce(sum(messages) FILTER ((disagreements & {1 << position}) <> 0), 0)"
        for position in range(len(ATTRIBUTES))
    )
    found = engine.execute(f"SELECT {tests} FROM {SAID}").fetchone() or ()
    return {name: int(number) for name, number in zip(ATTRIBUTES, found, strict=True) if number}


def mixed_recipients(tally: Tally) -> int:
    """Recipients whose messages name two strata."""
    return sum(each.recipients for name, each in tally.strata.items() if MIXED in name)

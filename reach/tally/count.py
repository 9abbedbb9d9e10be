"""Messages counted by what became of them: from the engine's tables to a tally."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.errors import ConfigError, Fault
from reach.ingest.event_rows import ATTRIBUTES
from reach.outcomes.pseudonyms import quick_key
from reach.outcomes.resolve import FLAGS
from reach.stats.gram import GramStratum
from reach.tally.axes import STAGES
from reach.tally.clock import Clocks
from reach.tally.coded import make_coded, sizes_of
from reach.tally.costs import add_costs, sent_without_cost
from reach.tally.kinds import Kind, find_kinds
from reach.tally.messages import MESSAGES, LogEnd, Messages, Plan
from reach.tally.packed_tally import Outcomes, OutcomeSums, OutcomeTotals
from reach.tally.payers import find_payers
from reach.tally.query import MIXED
from reach.tally.recipient_vectors import Recipients, shape_of
from reach.tally.recipients import each_recipient
from reach.tally.tally import Paid, Tally
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, TimingTally
from reach.tally.timing_count import Times, find_delays, timing_axes, timing_flags

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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
    return _count(engine, messages, plan, None)[0]


def count_timed(
    engine: DuckDBPyConnection, messages: Messages, plan: Plan, clocks: Clocks
) -> tuple[Counted, TimingTally]:
    """Count messages by what became of them, and by how soon they arrived.

    Args:
        engine: Where they are.
        messages: As `reach.tally.messages.resolve_messages` made them, by the same plan.
        plan: What to count.
        clocks: Whose times to mind.

    Raises:
        ConfigError: There are more arms than can be compared.
        BalanceError: Messages were lost or counted twice.
    """
    counted, timing = _count(engine, messages, plan, clocks)
    if timing is None:
        timing = TimingTally(plan.by, (), {}, {}, {}, {})
    timing.check()
    return counted, timing


def _count(
    engine: DuckDBPyConnection, messages: Messages, plan: Plan, clocks: Clocks | None
) -> tuple[Counted, TimingTally | None]:
    arms = messages.arms
    if len(arms) > _MOST_ARMS:
        expected = f"at most {_MOST_ARMS}; compare by something with fewer values"
        received = f"{len(arms)} arms"
        raise ConfigError([Fault("experiment.yaml", "$.compare.by", received, expected)])
    unmapped = _unmapped(engine, plan.people)
    if not arms:
        tally = Tally(plan.by, arms, {}, {}, {}, {}, {}, {})
        return Counted(tally, messages.log_ends, unmapped, {}), None
    payers = None
    if messages.costed or (plan.priced and plan.by != "channel"):
        payers = find_payers(engine, plan.priced, costed=messages.costed)
    strata = make_coded(engine, messages, plan, clocks, payers)
    kinds = find_kinds(engine, sizes_of(timed=clocks is not None))
    counted = [_counts(kind, timed=clocks is not None) for kind in kinds]
    axes = STAGES if clocks is None else (*STAGES, *TIMING_AXES)
    shape = shape_of(
        axes, len(arms), [(k.arm, each) for k, each in zip(kinds, counted, strict=True)]
    )
    codes = {
        kind.code: (shape.counted(kind.arm, each), kind.messages)
        for kind, each in zip(kinds, counted, strict=True)
    }
    outcomes, totals = Outcomes(shape), OutcomeTotals()
    times = Times(shape) if clocks else None
    by_arm = times.nobody() if times else []

    def work(recipients: Recipients) -> tuple[OutcomeSums, list[GramStratum]]:
        return outcomes.sums(recipients), times.sums(recipients) if times else []

    for part, times_of_part in each_recipient(engine, shape, codes, strata, work):
        totals.add(part)
        by_arm = [total + one for total, one in zip(by_arm, times_of_part, strict=True)]
    counts = _summed(arms, FLAGS, kinds, lambda kind: kind.flags)
    if payers is None:
        costs: dict[str, dict[str, Paid]] = {}
        unpriced = sent_without_cost(counts, plan.priced)
    else:
        costs, unpriced = add_costs(engine, arms, kinds, payers)
    tally = Tally(
        plan.by,
        arms,
        outcomes.strata(totals),
        counts,
        dict(sorted(totals.attempted.items())),
        outcomes.sets(totals.confirmed),
        outcomes.sets(totals.possible),
        dict(sorted(totals.deliveries.items())),
        costs,
        unpriced,
    )
    timing = None
    if times:
        timing = TimingTally(
            plan.by,
            arms,
            dict(zip(arms, times.grams(by_arm), strict=True)),
            _summed(arms, TIMING_COUNTS, kinds, timing_flags),
            *find_delays(engine, arms, kinds),
        )
    return Counted(tally, messages.log_ends, unmapped, _disagreements(kinds)), timing


def _counts(kind: Kind, *, timed: bool) -> tuple[int, ...]:
    """What a message of a kind counts on each axis of its arm."""
    stages = tuple(kind.flags[stage] for stage in STAGES)
    return (*stages, *timing_axes(kind)) if timed else stages


def _summed(
    arms: tuple[str, ...],
    names: Sequence[str],
    kinds: Sequence[Kind],
    flags_of: Callable[[Kind], Mapping[str, int]],
) -> dict[str, dict[str, int]]:
    """Messages of each arm that have a flag."""
    counts = {arm: dict.fromkeys(names, 0) for arm in arms}
    for kind in kinds:
        of_arm = counts[arms[kind.arm]]
        for name, flag in flags_of(kind).items():
            of_arm[name] += flag * kind.messages
    return counts


def _unmapped(engine: DuckDBPyConnection, people: str | None) -> int:
    if people is None:
        return 0
    found = engine.execute(
        f"SELECT COUNT(*) FROM (SELECT DISTINCT {quick_key(engine, 'address')} FROM {MESSAGES} "
        f"ANTI JOIN (SELECT address FROM {people} WHERE person IS NOT NULL) AS known USING (address))"
    ).fetchone()
    return found[0] if found else 0


def _disagreements(kinds: Sequence[Kind]) -> dict[str, int]:
    counts = {
        name: sum(kind.messages for kind in kinds if kind.facts["disagreements"] & (1 << position))
        for position, name in enumerate(ATTRIBUTES)
    }
    return {name: number for name, number in counts.items() if number}


def mixed_recipients(tally: Tally) -> int:
    """Recipients whose messages name two strata."""
    return sum(each.recipients for name, each in tally.strata.items() if MIXED in name)

"""What is counted of an experiment's evidence: anew, or as it was counted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import duckdb

from reach.compare.question import Price
from reach.errors import StoreError
from reach.experiment.config import Experiment
from reach.experiment.gather import Gathered
from reach.experiment.people import load_people
from reach.experiment.tallied import kept_tallies
from reach.formats.table.format import TableFormat
from reach.ingest.secret import define_macros
from reach.store.evidence import Store
from reach.tally.clock import Clocks
from reach.tally.count import Counted, count, count_timed
from reach.tally.messages import Messages, Plan, resolve_messages
from reach.tally.query import Span
from reach.tally.tally import Tally
from reach.tally.timing import TimingTally

NOTHING = Counted(Tally("channel", (), {}, {}, {}, {}, {}, {}), {}, 0, {})
"""What is counted where there are no logs."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """What was counted.

    Attributes:
        counted: What became of all messages.
        timing: How soon they arrived, if that is asked.
        by_campaign: What became of those of each campaign that is to be put together.
        by_region: What became of them by channel and region, if persons are to be counted.
    """

    counted: Counted
    timing: TimingTally | None = None
    by_campaign: Mapping[str, Tally] = field(default_factory=dict)
    by_region: Tally | None = None


def count_evidence(
    engine: duckdb.DuckDBPyConnection,
    experiment: Experiment,
    store: Store,
    gathered: Sequence[Gathered],
    key: bytes,
    *,
    timed: bool = False,
    regions: bool = False,
) -> Tallied:
    """Count what became of messages.

    Args:
        engine: Where to work.
        experiment: What is asked.
        store: The store that its evidence is in.
        gathered: Its files, one at least.
        key: The office's secret.
        timed: Whether to count how soon messages arrived, and no campaigns.
        regions: Whether to count by channel and region besides.

    Raises:
        ConfigError: There are more arms than can be compared.
        StoreError: The evidence can't be read.
    """
    asked = _Asked(engine, experiment, store, tuple(each.entry.ingest_id for each in gathered), key)
    try:
        if timed:
            return Tallied(*asked.timed(clocks_of(gathered)))
        plan = asked.plan
        counted = asked.counted(plan)
        by_campaign = {
            name: asked.counted(replace(plan, campaign=name)).tally
            for name in experiment.compare.campaigns
        }
        regional = replace(plan, by="channel", arms=[], strata=("region",), periods=[])
        by_region = asked.counted(regional).tally if regions else None
        return Tallied(counted, None, by_campaign, by_region)
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise StoreError(
            f"{store.folder}: the evidence can't be read ({str(error).splitlines()[0]}). "
            "Delete its folders evidence and ingests, keep its key, and run again: the logs "
            "are then read anew."
        ) from error


@dataclass
class _Asked:
    """The evidence, and what is asked of it; what several questions need is made once."""

    engine: duckdb.DuckDBPyConnection
    experiment: Experiment
    store: Store
    ingest_ids: Sequence[str]
    key: bytes
    _resolved: tuple[Plan, Messages] | None = None

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.experiment)

    @cached_property
    def people(self) -> str | None:
        """The table of persons, if the config names one."""
        name = self.experiment.people
        if name is None:
            return None
        define_macros(self.engine, self.key)
        return load_people(
            self.engine, self.experiment.folder / name, name, self.experiment.country
        )

    def resolve(self, plan: Plan) -> tuple[Messages, Plan]:
        """Messages by what a plan asks of them; campaigns are chosen later."""
        whole = replace(plan, people=self.people, campaign=None)
        if self._resolved is None or self._resolved[0] != whole:
            messages = resolve_messages(self.engine, self.store.parts(), self.ingest_ids, whole)
            self._resolved = whole, messages
        return self._resolved[1], replace(whole, campaign=plan.campaign)

    def counted(self, plan: Plan) -> Counted:
        """A tally of outcomes."""
        kept = kept_tallies(self.store, self.experiment, plan, self.ingest_ids)
        return kept.counted(lambda: count(self.engine, *self.resolve(plan)))

    def timed(self, clocks: Clocks) -> tuple[Counted, TimingTally]:
        """The tally of outcomes and that of times."""
        plan = self.plan
        kept = kept_tallies(self.store, self.experiment, plan, self.ingest_ids, [repr(clocks)])

        @cache
        def both() -> tuple[Counted, TimingTally]:
            return count_timed(self.engine, *self.resolve(plan), clocks)

        return kept.counted(lambda: both()[0]), kept.timing(lambda: both()[1])


def clocks_of(gathered: Sequence[Gathered]) -> Clocks:
    """Whose times are to be minded when messages are timed."""
    entries = [each.entry for each in gathered]
    return Clocks(
        # A row of a table has one time, for its sending and for all that came of it.
        one_time=[each.ingest_id for each in entries if each.format == TableFormat.name],
        untimed=[each.ingest_id for each in entries if each.untimed],
    )


def plan_of(experiment: Experiment) -> Plan:
    """What an experiment's question counts."""
    compare = experiment.compare
    named = [arm for pair in compare.pairs or () for arm in pair]
    named += [compare.baseline] if compare.baseline is not None else []
    direct = [name for name, channel in experiment.channels.items() if channel.is_logged]
    declared = direct if compare.by == "channel" else list(compare.periods)
    shares = list(compare.assignment.shares) if compare.assignment else []
    return Plan(
        by=compare.by,
        arms=list(dict.fromkeys([*declared, *shares, *named])),
        strata=compare.standardise,
        horizon_us=experiment.horizon_us,
        log_end_us=experiment.log_ends_us,
        people=None,
        periods=[Span(name, *each) for name, each in compare.periods.items()],
        priced=sorted(prices_of(experiment)),
    )


def prices_of(experiment: Experiment) -> dict[str, Price]:
    """By channel, what a message costs of whose cost the log says nothing."""
    return {
        name: channel.cost_per_message
        for name, channel in experiment.channels.items()
        if channel.cost_per_message is not None
    }

"""An experiment, run: from its config to its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from reach.compare.over_campaigns import pool_campaigns, without_messages
from reach.compare.question import Price
from reach.compare.result import Heading, find
from reach.compare.timing import add_timing
from reach.engine import Limits, connect
from reach.errors import Fault, InputError, StoreError
from reach.experiment.account import account, noticed, rejections_of, total
from reach.experiment.config import Experiment
from reach.experiment.gather import Gathered, Progress, gather
from reach.experiment.people import load_people
from reach.experiment.sources import find_sources
from reach.experiment.tallied import kept_tallies
from reach.formats.table.format import TableFormat
from reach.ingest.secret import define_macros, load_key
from reach.store.evidence import Store
from reach.tally.clock import Clocks
from reach.tally.count import Counted, count, count_timed
from reach.tally.messages import Messages, Plan, resolve_messages
from reach.tally.query import Span
from reach.tally.tally import Tally
from reach.tally.timing import TimingTally

STORE_FOLDER = ".reach"
"""Where an experiment's evidence is kept unless another store is named."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run, as far as it can't change a number.

    Attributes:
        store: The store's folder; None for `STORE_FOLDER` beside the config.
        limits: What the engine may use.
        progress: Told of each file that is read.
    """

    store: Path | None
    limits: Limits
    progress: Progress


def run(experiment: Experiment, settings: Settings) -> dict[str, Any]:
    """Bring an experiment's logs in, count them and answer its question.

    Returns:
        The document that `schemas/result.schema.json` describes.

    Raises:
        InputError: A source can't be read, or holds nothing that could be counted.
        ConfigError: The config and its logs do not fit.
        StoreError: The store can't be used.
        BalanceError: Something was lost: a bug.
    """
    return _run(experiment, settings, timed=False)


def run_timing(experiment: Experiment, settings: Settings) -> dict[str, Any]:
    """The same as `run`, with how soon messages arrived; raises the same."""
    return _run(experiment, settings, timed=True)


def _run(experiment: Experiment, settings: Settings, *, timed: bool) -> dict[str, Any]:
    files = find_sources(experiment.sources, experiment.folder)
    store = Store(settings.store or experiment.folder / STORE_FOLDER)
    key = load_key(store.key_file)
    with connect(settings.limits) as engine:
        gathered = gather(
            engine,
            store,
            files,
            log_end_us=experiment.log_ends_us,
            country=experiment.country,
            key=key,
            progress=settings.progress,
        )
        tallied = _tallies(engine, experiment, store, gathered, key, timed=timed)
    counted = tallied.counted
    _require_messages(counted, gathered, store)
    result = find(
        _heading(experiment),
        counted,
        experiment.compare,
        account(gathered),
        rejections_of(gathered, store, experiment.folder),
        noticed(gathered),
    )
    if tallied.timing is not None:
        return add_timing(result, counted, tallied.timing, experiment.compare.level)
    if tallied.by_campaign:
        together = pool_campaigns(tallied.by_campaign, experiment.compare, counted.tally.arms)
        warnings = [*result["warnings"], *without_messages(tallied.by_campaign)]
        return {**result, "over_campaigns": together, "warnings": warnings}
    return result


@dataclass(frozen=True, slots=True)
class _Tallied:
    """What was counted.

    Attributes:
        counted: What became of all messages.
        timing: How soon they arrived, if that is asked.
        by_campaign: What became of those of each campaign that is to be put together.
    """

    counted: Counted
    timing: TimingTally | None
    by_campaign: Mapping[str, Tally]


def _tallies(
    engine: duckdb.DuckDBPyConnection,
    experiment: Experiment,
    store: Store,
    gathered: Sequence[Gathered],
    key: bytes,
    *,
    timed: bool,
) -> _Tallied:
    """What is counted of the evidence, now or before."""
    ingest_ids = [each.entry.ingest_id for each in gathered]
    plan = _plan(experiment)
    clocks = clocks_of(gathered)
    kept = kept_tallies(store, experiment, plan, ingest_ids, [repr(clocks)] if timed else [])

    @cache
    def resolved() -> tuple[Messages, Plan]:
        people = None
        if experiment.people is not None:
            define_macros(engine, key)
            people = load_people(
                engine, experiment.folder / experiment.people, experiment.people, experiment.country
            )
        with_people = replace(plan, people=people)
        messages = resolve_messages(engine, store.parts(), ingest_ids, with_people)
        return messages, with_people

    @cache
    def both() -> tuple[Counted, TimingTally]:
        return count_timed(engine, *resolved(), clocks)

    def of_campaign(name: str) -> Tally:
        own = kept_tallies(store, experiment, replace(plan, campaign=name), ingest_ids)

        def anew() -> Counted:
            messages, with_people = resolved()
            return count(engine, messages, replace(with_people, campaign=name))

        return own.counted(anew).tally

    try:
        if timed:
            return _Tallied(kept.counted(lambda: both()[0]), kept.timing(lambda: both()[1]), {})
        counted = kept.counted(lambda: count(engine, *resolved()))
        by_campaign = {name: of_campaign(name) for name in experiment.compare.campaigns}
        return _Tallied(counted, None, by_campaign)
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise StoreError(
            f"{store.folder}: the evidence can't be read ({str(error).splitlines()[0]}). "
            "Delete its folders evidence and ingests, keep its key, and run again: the logs "
            "are then read anew."
        ) from error


def clocks_of(gathered: Sequence[Gathered]) -> Clocks:
    """Whose times are to be minded when messages are timed."""
    entries = [each.entry for each in gathered]
    return Clocks(
        # A row of a table has one time, for its sending and for all that came of it.
        one_time=[each.ingest_id for each in entries if each.format == TableFormat.name],
        untimed=[each.ingest_id for each in entries if each.untimed],
    )


def _plan(experiment: Experiment) -> Plan:
    compare = experiment.compare
    named = [arm for pair in compare.pairs or () for arm in pair]
    named += [compare.baseline] if compare.baseline is not None else []
    declared = list(experiment.channels) if compare.by == "channel" else list(compare.periods)
    shares = list(compare.assignment.shares) if compare.assignment else []
    return Plan(
        by=compare.by,
        arms=list(dict.fromkeys([*declared, *shares, *named])),
        strata=compare.standardise,
        horizon_us=experiment.horizon_us,
        log_end_us=experiment.log_ends_us,
        people=None,
        periods=[Span(name, *each) for name, each in compare.periods.items()],
        priced=sorted(_prices(experiment)),
    )


def _require_messages(counted: Counted, gathered: Sequence[Gathered], store: Store) -> None:
    if any(counted.tally.counts[arm]["attempted"] for arm in counted.tally.arms):
        return
    refused = total(gathered).rejected
    faults = [
        Fault(
            each.name,
            "$",
            f"no message in {each.entry.balance.records} records",
            "at least one",
        )
        for each in gathered
    ]
    if refused:
        where = store.rejected_path("")
        faults.append(
            Fault(
                "all sources",
                "$",
                f"{refused} refused records",
                f"records that can be read; the files in {where} say what is wrong with these",
            )
        )
    raise InputError(faults)


def _heading(experiment: Experiment) -> Heading:
    period = experiment.period
    return Heading(
        experiment=experiment.slug,
        title=experiment.title,
        simulated=experiment.simulated,
        period={"start": period.start.isoformat(), "end": period.end.isoformat()}
        if period
        else None,
        kinds={name: channel.kind for name, channel in experiment.channels.items()},
        titles={
            name: channel.title
            for name, channel in experiment.channels.items()
            if set(channel.title.values()) != {name}
        },
        prices=_prices(experiment),
    )


def _prices(experiment: Experiment) -> dict[str, Price]:
    return {
        name: channel.cost_per_message
        for name, channel in experiment.channels.items()
        if channel.cost_per_message is not None
    }

"""An experiment, run: from its config to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reach.compare.notice import warn
from reach.compare.over_campaigns import pool_campaigns, without_messages
from reach.compare.persons.document import Told, people_document
from reach.compare.result import Heading, find
from reach.compare.timing import add_timing
from reach.engine import Limits, connect
from reach.errors import ConfigError, Fault, InputError, NotEstimableError
from reach.experiment.account import account, noticed, rejections_of, total
from reach.experiment.config import Experiment
from reach.experiment.counted import NOTHING, Tallied, count_evidence, prices_of
from reach.experiment.gather import Gathered, Progress, gather
from reach.experiment.measured import Measured, measure, media_files
from reach.experiment.persons import counts_persons, persons_found, require_whole_universe
from reach.experiment.posts import posts_of
from reach.experiment.sources import find_sources
from reach.ingest.secret import load_key
from reach.store.evidence import Store
from reach.tally.count import Counted

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


def run_people(experiment: Experiment, settings: Settings) -> dict[str, Any]:
    """Whom the campaign reached, over all its channels.

    Returns:
        The document that `schemas/people.schema.json` describes.

    Raises:
        InputError: A source can't be read, or rows are of no universe.
        ConfigError: There is no universe.
        NotEstimableError: Logs reached more persons than live in a region.
        StoreError: The store can't be used.
        BalanceError: Something was lost: a bug.
    """
    read = _read(experiment, settings, regions=True)
    if read.no_persons is not None:
        raise NotEstimableError(read.no_persons)
    if read.persons is None:
        expected = "{file: universe.csv}: persons are counted of a universe"
        raise ConfigError([Fault("experiment.yaml", "$.universe", "nothing", expected)])
    return people_document(_heading(experiment), read.persons, _told(read, experiment))


def _run(experiment: Experiment, settings: Settings, *, timed: bool) -> dict[str, Any]:
    read = _read(experiment, settings, timed=timed, regions=not timed)
    tallied = read.tallied
    if experiment.sources:
        _require_messages(tallied.counted, read.gathered, read.store)
    told = _told(read, experiment)
    result = find(
        _heading(experiment),
        tallied.counted,
        experiment.compare,
        told.account,
        told.rejections,
        told.noticed,
    )
    result |= posts_of(read.measured, experiment)
    if tallied.timing is not None:
        return add_timing(result, tallied.counted, tallied.timing, experiment.compare.level)
    if tallied.by_campaign:
        arms = tallied.counted.tally.arms
        result["over_campaigns"] = pool_campaigns(tallied.by_campaign, experiment.compare, arms)
        result["warnings"] += without_messages(tallied.by_campaign)
    if read.persons is not None:
        titles = _heading(experiment).titles
        result["persons"] = {
            "titles": {name: dict(title) for name, title in titles.items()}
        } | read.persons
    if read.no_persons is not None:
        message = f"Persons reached are not estimable: {read.no_persons}."
        result["warnings"].append(warn("no_persons", message, why=read.no_persons))
    return result


@dataclass(frozen=True, slots=True)
class _Read:
    """What an experiment's files came to.

    Attributes:
        store: Where the evidence is.
        gathered: Its logs.
        measured: Its tables that count people.
        tallied: What was counted of the logs.
        persons: Whom the campaign reached; None where nothing is counted of a universe.
        no_persons: Why that is not estimable, where there is a universe; else None.
    """

    store: Store
    gathered: Sequence[Gathered]
    measured: Measured
    tallied: Tallied
    persons: dict[str, Any] | None
    no_persons: str | None


def _read(
    experiment: Experiment, settings: Settings, *, timed: bool = False, regions: bool = False
) -> _Read:
    """Bring logs in, read tables, and count."""
    files = find_sources(experiment.sources, experiment.folder)
    tables = () if timed else media_files(experiment)
    store = Store(settings.store or experiment.folder / STORE_FOLDER)
    key = load_key(store.key_file)
    with connect(settings.limits) as engine:
        measured = measure(engine, store, tables, key, settings.progress)
        people = regions and counts_persons(experiment, measured.rows)
        if people:
            require_whole_universe(measured.gathered)
        gathered: Sequence[Gathered] = ()
        tallied = Tallied(NOTHING)
        if files:
            gathered = gather(
                engine,
                store,
                files,
                log_end_us=experiment.log_ends_us,
                country=experiment.country,
                key=key,
                progress=settings.progress,
            )
            tallied = count_evidence(
                engine, experiment, store, gathered, key, timed=timed, regions=people
            )
    found, why = None, None
    if people:
        try:
            found = persons_found(experiment, measured.rows, tallied.by_region)
        except NotEstimableError as error:
            why = str(error)
    return _Read(store, gathered, measured, tallied, found, why)


def _told(read: _Read, experiment: Experiment) -> Told:
    """What is said of all files, logs and tables alike."""
    every = [*read.gathered, *read.measured.gathered]
    return Told(
        account(every),
        rejections_of(every, read.store, experiment.folder),
        noticed(read.gathered, read.measured.gathered),
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
        prices=prices_of(experiment),
    )

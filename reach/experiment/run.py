"""An experiment, run: from its config to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reach.compare.result import Heading, find
from reach.compare.warnings import warn
from reach.engine import Limits, connect
from reach.errors import Fault, InputError
from reach.experiment.config import Experiment
from reach.experiment.gather import Gathered, Progress, gather
from reach.experiment.people import load_people
from reach.experiment.sources import find_sources
from reach.formats.record import EVENT_FIELDS
from reach.ingest.balance import Balance
from reach.ingest.secret import define_macros, load_key
from reach.store.evidence import Store
from reach.tally.count import Counted, Plan, count

STORE_FOLDER = ".reach"
"""Where an experiment's evidence is kept unless another store is named."""

_ACCOUNT = ("records", "accepted", "rejected", "without_event", "events", "facts", "repeats")


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
    files = find_sources(experiment)
    store = Store(settings.store or experiment.folder / STORE_FOLDER)
    key = load_key(store.key_file)
    with connect(settings.limits) as engine:
        gathered = gather(
            engine,
            store,
            files,
            log_end_us=experiment.log_ends_us,
            key=key,
            progress=settings.progress,
        )
        define_macros(engine, key)
        people = None
        if experiment.people is not None:
            people = load_people(engine, experiment.folder / experiment.people, experiment.people)
        plan = _plan(experiment, people)
        counted = count(engine, store.parts(), [each.entry.ingest_id for each in gathered], plan)
    _require_messages(counted, gathered, store)
    return find(
        _heading(experiment),
        counted,
        experiment.compare,
        account(gathered),
        _rejections(gathered, store, experiment.folder),
        list(_noticed(gathered)),
    )


def _plan(experiment: Experiment, people: str | None) -> Plan:
    compare = experiment.compare
    named = [arm for pair in compare.pairs or () for arm in pair]
    named += [compare.baseline] if compare.baseline is not None else []
    declared = list(experiment.channels) if compare.by == "channel" else []
    shares = list(compare.assignment.shares) if compare.assignment else []
    return Plan(
        by=compare.by,
        arms=list(dict.fromkeys([*declared, *shares, *named])),
        strata=compare.standardise,
        horizon_us=experiment.horizon_us,
        log_end_us=experiment.log_ends_us,
        people=people,
    )


def _require_messages(counted: Counted, gathered: Sequence[Gathered], store: Store) -> None:
    if any(counted.tally.counts[arm]["attempted"] for arm in counted.tally.arms):
        return
    total = _total(gathered)
    faults = [
        Fault(
            each.name,
            "$",
            f"no message in {each.entry.balance.records} records",
            "at least one",
        )
        for each in gathered
    ]
    if total.rejected:
        where = store.rejected_path("")
        faults.append(
            Fault("all sources", "$", f"{total.rejected} refused records", f"see {where} for why")
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
    )


def _total(gathered: Sequence[Gathered]) -> Balance:
    return sum((each.entry.balance for each in gathered), Balance())


def account(gathered: Sequence[Gathered]) -> dict[str, Any]:
    """The balance of what was read, as the result document holds it.

    Raises:
        BalanceError: A sum does not hold: a bug.
    """
    total = _total(gathered)
    total.check("all sources")
    sources = []
    for each in gathered:
        balance = asdict(each.entry.balance)
        lines = {name: balance[name] if each.entry.lined else None for name in ("lines", "blank")}
        sources.append(
            {"source": each.name, "format": each.entry.format, **lines}
            | {name: balance[name] for name in _ACCOUNT}
        )
    return {name: asdict(total)[name] for name in _ACCOUNT} | {"sources": sources}


def _rejections(gathered: Sequence[Gathered], store: Store, folder: Path) -> list[dict[str, Any]]:
    found = []
    for each in gathered:
        if each.entry.rejected_file is not None:
            path = store.rejected_path(each.entry.rejected_file).resolve()
            inside = path.is_relative_to(folder.resolve())
            # A result names no machine's paths: outside the experiment the name must do.
            shown = path.relative_to(folder.resolve()) if inside else Path("rejected", path.name)
            found.append(
                {
                    "source": each.name,
                    "count": each.entry.balance.rejected,
                    "file": shown.as_posix(),
                }
            )
    return found


def _noticed(gathered: Sequence[Gathered]) -> list[dict[str, Any]]:
    warnings = []
    for each in gathered:
        if not each.entry.balance.records:
            warnings.append(warn("empty_source", f"{each.name} holds no record.", source=each.name))
        for key in each.entry.unknown_keys:
            near = get_close_matches(key, EVENT_FIELDS, n=1, cutoff=0.75)
            if near:
                warnings.append(
                    warn(
                        "unknown_key",
                        f"{each.name} has a key {key} that reach does not read; is {near[0]} meant?",
                        source=each.name, key=key, near=near[0],
                    )
                )  # fmt: skip
        others = [
            key
            for key in each.entry.unknown_keys
            if not get_close_matches(key, EVENT_FIELDS, 1, 0.75)
        ]
        if others:
            warnings.append(
                warn(
                    "unread_keys",
                    f"{each.name} has keys that reach does not read: {', '.join(others[:8])}.",
                    source=each.name, keys=", ".join(others[:8]),
                )
            )  # fmt: skip
        if each.entry.untimed and each.entry.untimed < each.entry.balance.events:
            warnings.append(
                warn(
                    "untimed",
                    f"{each.entry.untimed} events of {each.name} have no time; they are never pending.",
                    source=each.name, count=each.entry.untimed,
                )
            )  # fmt: skip
    return warnings

"""An experiment's persons: rows and logs become the finding on whom the campaign reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reach.compare.persons.find import Known, channels_measured, find_persons
from reach.compare.persons.logged import LoggedPersons, logged_persons
from reach.compare.persons.pairs import level_of_each
from reach.errors import ConfigError, Fault, InputError, NotEstimableError
from reach.experiment.config import Experiment
from reach.experiment.counted import prices_of
from reach.experiment.gather import Gathered
from reach.media.exposures import Exposures, exposures
from reach.media.frequency.described import describe_frequency
from reach.media.medium import Medium
from reach.media.populations import populations
from reach.media.row import Row
from reach.media.universe import Universe
from reach.tally.tally import Tally

OF_ACCOUNTS = ("post", "mention")
"""Kinds of rows that count no persons of a universe."""

_CONTACTS = frozenset(
    ("reach1_pct", "reach2_pct", "reach3_pct", "reach", "grp", "tvr", "ots_gross", "ots_average")
)
"""What an audience row says of how many, and how often."""

_AUDIENCES = ("public", "internal")


def counts_persons(experiment: Experiment, rows: Sequence[Row]) -> bool:
    """Whether there is a universe, and something in it to count.

    Raises:
        ConfigError: Rows count persons of a universe, and the config names none.
    """
    if experiment.universe is not None:
        return True
    row = next((each for each in rows if each.kind not in OF_ACCOUNTS), None)
    if row is not None:
        expected = (
            f"{{file: universe.csv}}: {row.file} counts persons of a universe, and how many these "
            "are a table of format universe says"
        )
        raise ConfigError([Fault("experiment.yaml", "$.universe", "nothing", expected)])
    return False


def require_whole_universe(gathered: Sequence[Gathered]) -> None:
    """A universe without some of its rows is another one, and every share of it is wrong.

    Raises:
        InputError: Rows of it were refused; names the first of them.
    """
    refused = [
        each for each in gathered if each.entry.format == "universe" and each.entry.balance.rejected
    ]
    faults = [fault for each in refused for fault in each.entry.first_rejections]
    faults += [
        Fault(
            each.name,
            "$",
            f"{each.entry.balance.rejected} refused rows",
            "all of them mended: of a part of a universe no share is right",
        )
        for each in refused
    ]
    if faults:
        raise InputError(faults)


def persons_found(
    experiment: Experiment, rows: Sequence[Row], tally: Tally | None
) -> dict[str, Any]:
    """Whom the campaign reached, as the result document holds it.

    Args:
        experiment: With a universe.
        rows: All rows of its media and its universe.
        tally: Of its logs by channel and region; None without logs.

    Raises:
        InputError: Rows that can't be of this universe, or count somebody twice.
        NotEstimableError: Logs reached more persons than live in a region.
    """
    asked = experiment.universe
    if asked is None:
        raise ValueError("got no universe, expected one: see counts_persons")
    people = [row for row in rows if row.kind == "universe"]
    if not people:
        expected = "a table of persons by region with a valid row at least"
        raise InputError([Fault(asked.path, "$", "no valid row", expected)])
    coverage = [row for row in rows if row.kind == "coverage"]
    found = populations(people, coverage, region=asked.region, age=asked.age)
    told = [row for row in rows if row.kind not in ("universe", "coverage")]
    logged = _logged(experiment, tally, found.universe)
    level = experiment.compare.level
    media = _media(experiment, tally)

    def measured(at: float) -> Exposures:
        return exposures(told, found.universe, experiment.seed, at, media=media, age=asked.age)

    plain = measured(level)
    surer = measured(level_of_each(level, channels_measured(plain, logged)))
    often = tuple(_frequencies(told))
    return find_persons(Known(found.universe, plain, surer, logged, often, found.notices), level)


def _frequencies(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """How often those who were reached were, of each row that tells more than one number."""
    for row in rows:
        if row.kind == "audience" and len(_CONTACTS & row.data.keys()) > 1:
            try:
                told: dict[str, Any] = {"told": describe_frequency(row.data)}
            except NotEstimableError as error:
                told = {"not_estimable": str(error)}
            named = {name: row.data.get(name) for name in ("vehicle", "region")}
            yield {
                "channel": row.channel or row.data["medium"],
                **named,
                "row": row.place,
                **told,
            }


def _logged(
    experiment: Experiment, tally: Tally | None, universe: Universe
) -> dict[str, LoggedPersons]:
    if tally is None:
        return {}
    prices = prices_of(experiment)
    meant = _audiences(experiment, tally)
    return {
        audience: logged_persons(
            tally,
            universe,
            {arm: said for arm, said in meant.items() if said == audience},
            prices,
        )
        for audience in _AUDIENCES
        if audience in meant.values()
    }


def _audiences(experiment: Experiment, tally: Tally) -> Mapping[str, str]:
    """For whom each logged channel was meant, of those that sent anything."""
    return {
        arm: experiment.channels[arm].audience if arm in experiment.channels else "public"
        for arm in tally.arms
        if tally.counts[arm]["attempted"]
    }


def _media(experiment: Experiment, tally: Tally | None) -> dict[str, Medium]:
    """What carries channels that only a survey names."""
    said = {
        name: Medium(channel.medium)
        for name, channel in experiment.channels.items()
        if channel.medium is not None
    }
    return said | dict.fromkeys(tally.arms if tally else (), Medium.DIRECT)

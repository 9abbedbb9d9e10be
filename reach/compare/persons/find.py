"""The finding on persons: whom each channel reached, whom all did, and how they compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reach.compare.persons.described import cost_each, describe_exposure
from reach.compare.persons.logged import LoggedPersons
from reach.compare.persons.pairs import Alone, compare_persons
from reach.compare.persons.regions import Placed, as_a_whole, by_region, chosen, counted
from reach.media.exposure import Amount, Exposure
from reach.media.exposures import Exposures
from reach.media.notice import Notice
from reach.media.together.document import describe_together
from reach.media.together.found import Persons, Together
from reach.media.together.given import Region
from reach.media.together.total import together
from reach.media.universe import Universe

_NOBODY_LOGGED = LoggedPersons({}, ())


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of persons.

    Attributes:
        universe: Whom there is to reach.
        measured: What was measured, at the level asked for.
        surer: The same at the level at which all channels' intervals hold together.
        logged: Whom the logs reached, by audience: public and internal.
        frequency: How often, of each row that tells it, as documents.
        notices: What was said on the way here.
    """

    universe: Universe
    measured: Exposures
    surer: Exposures
    logged: Mapping[str, LoggedPersons]
    frequency: tuple[Mapping[str, Any], ...]
    notices: tuple[Notice, ...]


def channels_measured(found: Exposures, logged: Mapping[str, LoggedPersons]) -> int:
    """How many intervals have to hold together for all comparisons to."""
    public = [
        each for audience in ("public", "internal") for each in counted(found.exposures, audience)
    ]
    return len(chosen(public)) + sum(len(one.exposures) for one in logged.values())


def find_persons(known: Known, level: float) -> dict[str, Any]:
    """Answer who was reached, as `schemas/people.schema.json` describes it.

    Args:
        known: All that is known.
        level: Confidence level of intervals; of all comparisons together.

    Raises:
        NotEstimableError: Logs reached more persons than live in a region, or there are too
            many channels.
    """
    universe = known.universe
    logs = [each for one in known.logged.values() for each in one.exposures]
    public, notices = _audience(known, "public", level)
    internal, more = _audience(known, "internal", level)
    notices = [*known.notices, *known.measured.notices, *notices, *more]
    for one in known.logged.values():
        notices += one.notices
    return {
        "universe": {
            "name": universe.name,
            "persons": universe.total,
            "regions": [
                {"region": name, "persons": persons, "covered": universe.covered.get(name)}
                for name, persons in universe.persons.items()
            ],
            "sources": list(universe.sources),
        },
        "level": level,
        "exposures": [
            describe_exposure(each, universe.persons.get(each.region or "", universe.total))
            for each in (*logs, *known.measured.exposures)
        ],
        "public": public,
        "internal": internal,
        "frequency": list(known.frequency),
        "notices": [
            {"code": each.code, "message": each.message, "params": dict(each.params)}
            for each in _once(notices)
        ],
    }


def _audience(
    known: Known, audience: str, level: float
) -> tuple[dict[str, Any] | None, list[Notice]]:
    """What all channels reached of one audience, and how they compare; None if there are none."""
    logged = known.logged.get(audience, _NOBODY_LOGGED)
    found = _Side(known.universe, known.measured, logged, audience)
    surer = _Side(known.universe, known.surer, logged, audience)
    if not found.channels:
        return None, []
    best, others = found.rungs()
    of_each = found.of_each()
    sure_of_each = surer.of_each()
    order = sorted(of_each, key=lambda name: (-_size(of_each[name].total.together), name))
    alone = [
        Alone(name, sure_of_each[name].total.together, grade)
        for name in order
        if (grade := sure_of_each[name].total.grade) is not None
    ]
    document = {
        "channels": [_channel(name, of_each[name], found) for name in order],
        "together": describe_together(best[0]),
        "other_rungs": [_short(each) for each, _ in others],
        "comparisons": compare_persons(alone, known.universe.total, level),
        "unmeasured": [
            {"channel": name, "because": why}
            for name, why in _unmeasured(known.measured, audience).items()
        ],
    }
    return document, list(best[1].notices)


@dataclass(frozen=True, slots=True)
class _Side:
    """One audience at one level of confidence."""

    universe: Universe
    measured: Exposures
    logged: LoggedPersons
    audience: str

    @property
    def media(self) -> list[Exposure]:
        return chosen(counted(self.measured.exposures, self.audience))

    @property
    def channels(self) -> list[str]:
        logs = [each.channel for each in self.logged.exposures]
        return list(dict.fromkeys([*logs, *(each.channel for each in self.media)]))

    def rungs(self) -> tuple[tuple[Together, Placed], list[tuple[Together, Placed]]]:
        """What was reached together on the best rung, and on others that the data allow."""
        regional = by_region(self.universe, self.media, self.logged.regions)
        whole = as_a_whole(self.universe, self.media, self.logged.regions, self.measured.overlaps)
        tried = [(together(each.regions), each) for each in (regional, whole) if _any(each)]
        everything = set(tried[0][0].order)  # the whole lacks what was measured in regions only
        tried = [each for each in tried if set(each[0].order) == everything]
        if not self.logged.regions and all(each.region is None for each in self.media):
            tried.reverse()  # nothing is known by region
        best, *others = sorted(tried, key=lambda each: each[0].total.rung)
        return best, [each for each in others if each[0].total.rung != best[0].total.rung]

    def of_each(self) -> dict[str, Together]:
        """Every channel by itself, its vehicles together."""
        found = {}
        for name in self.channels:
            own = [each for each in self.media if each.channel == name]
            if own:
                found[name] = together(by_region(self.universe, own, {}).regions)
            else:
                regions = by_region(self.universe, [], self.logged.regions).regions
                found[name] = together([_only(each, name) for each in regions])
        return found

    def costs(self, channel: str) -> dict[str, float]:
        """What a channel cost by currency: of the exposures that it is counted by."""
        found: dict[str, float] = defaultdict(float)
        for each in (*self.logged.exposures, *self.media):
            if each.channel == channel:
                for currency, total in each.cost.items():
                    found[currency] += total
        return dict(sorted(found.items()))


def _only(region: Region, channel: str) -> Region:
    """A region as one logged channel has it."""
    if region.logged is None:
        return region
    bit = region.logged.channels.index(channel)
    confirmed, possible = (
        {1: sum(n for members, n in sets.items() if members >> bit & 1)}
        for sets in (region.logged.confirmed, region.logged.possible)
    )
    own = replace(region.logged, channels=(channel,), confirmed=confirmed, possible=possible)
    return replace(region, logged=own)


def _any(placed: Placed) -> bool:
    return any(region.channels for region in placed.regions)


def _channel(name: str, found: Together, side: _Side) -> dict[str, Any]:
    reached = found.total.together
    amount = Amount(reached.estimate, reached.low, reached.high, None)
    return {
        "channel": name,
        "grade": None if found.total.grade is None else str(found.total.grade),
        "medium": _medium(name, side),
        "logged": name in {each.channel for each in side.logged.exposures},
        "parts": list(found.order) if list(found.order) != [name] else [],
        "reached": {"estimate": reached.estimate, "low": reached.low, "high": reached.high},
        "costs": [
            {"currency": currency, "total": total, "per_person": cost_each(total, amount)}
            for currency, total in side.costs(name).items()
        ],
    }


def _medium(name: str, side: _Side) -> str:
    told = (*side.logged.exposures, *side.media)
    return next(str(each.medium) for each in told if each.channel == name)


def _size(persons: Persons) -> float:
    return persons.low if persons.estimate is None else persons.estimate


def _short(found: Together) -> dict[str, Any]:
    whole = describe_together(found)
    return {name: whole[name] for name in ("rung", "grade", "reached", "notes")}


def _unmeasured(found: Exposures, audience: str) -> dict[str, str]:
    """Why channels have no number of persons."""
    own = [
        each for each in found.exposures if each.audience == audience and not each.shared_by_staff
    ]
    measured = {each.channel for each in counted(own, audience)}
    return {
        each.channel: each.not_measured or f"it is told in {each.unit}, which are no persons"
        for each in own
        if each.channel not in measured
    }


def _once(notices: Iterable[Notice]) -> Sequence[Notice]:
    return list({(each.code, each.message): each for each in notices}.values())

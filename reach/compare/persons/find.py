"""The finding on persons as one document: what `schemas/people.schema.json` describes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reach.compare.persons.described import describe_exposure
from reach.compare.persons.logged import LoggedPersons
from reach.compare.persons.pairs import Alone, compare_persons
from reach.compare.persons.regions import Placed, as_a_whole, by_region, counted, name_of
from reach.media.exposure import Exposure
from reach.media.exposures import Exposures
from reach.media.notice import Notice
from reach.media.together.document import describe_together
from reach.media.together.found import Together
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
        notices: What was said on the way here.
    """

    universe: Universe
    measured: Exposures
    surer: Exposures
    logged: Mapping[str, LoggedPersons]
    notices: tuple[Notice, ...]


def channels_measured(found: Exposures, logged: Mapping[str, LoggedPersons]) -> int:
    """How many channels' intervals have to hold together."""
    names = {name_of(each) for each in found.exposures if each.reached is not None}
    names |= {each.channel for one in logged.values() for each in one.exposures}
    return len(names)


def find_persons(known: Known, level: float) -> dict[str, Any]:
    """Answer who was reached.

    Args:
        known: All that is known.
        level: Confidence level of intervals; of all comparisons together.

    Raises:
        NotEstimableError: Logs reached more persons than live in a region, or there are too
            many channels.
    """
    universe = known.universe
    logs = [each for one in known.logged.values() for each in one.exposures]
    notices = [*known.notices, *known.measured.notices]
    for one in known.logged.values():
        notices += one.notices
    public, said = _audience(known, "public", level)
    notices += said
    internal = None
    if _anybody(known, "internal"):
        internal, said = _audience(known, "internal", level)
        notices += said
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
            describe_exposure(each, _persons(universe, each))
            for each in (*logs, *known.measured.exposures)
        ],
        **public,
        "internal": internal,
        "notices": [
            {"code": each.code, "message": each.message, "params": dict(each.params)}
            for each in dict.fromkeys(_frozen(each) for each in notices)
        ],
    }


@dataclass(frozen=True, slots=True)
class _Frozen:
    code: str
    message: str
    params: tuple[tuple[str, str | float | None], ...]


def _frozen(each: Notice) -> _Frozen:
    return _Frozen(each.code, each.message, tuple(each.params.items()))


def _audience(known: Known, audience: str, level: float) -> tuple[dict[str, Any], list[Notice]]:
    """What all channels reached of one audience, and how they compare."""
    logged = known.logged.get(audience, _NOBODY_LOGGED)
    best, others, said = _rungs(known.universe, known.measured, logged, audience)
    surer, _, _ = _rungs(known.universe, known.surer, logged, audience)
    alone = (
        [Alone(name, surer.total.alone[name], surer.grades[name]) for name in surer.order]
        if surer
        else []
    )
    comparisons = compare_persons(
        alone, _unmeasured(known.measured.exposures, audience), known.universe.total, level
    )
    document = {
        "together": describe_together(best) if best else None,
        "other_rungs": [_short(each) for each in others],
        "comparisons": comparisons,
    }
    return document, said


def _rungs(
    universe: Universe, found: Exposures, logged: LoggedPersons, audience: str
) -> tuple[Together | None, list[Together], list[Notice]]:
    """What was reached together on the best rung, and on others that the data allow."""
    media = counted(found.exposures, audience)
    whole = as_a_whole(universe, media, logged.regions, found.overlaps)
    regional = by_region(universe, media, logged.regions)
    tried: list[tuple[Together, Placed]] = []
    for each in (regional, whole) if len(universe.persons) > 1 else (whole,):
        if any(region.channels for region in each.regions):
            tried.append((together(each.regions), each))
    if not tried:
        return None, [], []
    ranked = sorted(tried, key=lambda one: one[0].total.rung)
    (best, place), *rest = ranked
    said = list(place.notices)
    missing = set(rest[0][0].order) - set(best.order) if rest else set()
    if missing:  # channels that were measured by region only have no place in the whole
        best, place = rest[0]
        rest = [ranked[0]]
        said = list(place.notices)
    return best, [each for each, _ in rest], said


def _short(found: Together) -> dict[str, Any]:
    whole = describe_together(found)
    return {name: whole[name] for name in ("rung", "grade", "reached", "notes")}


def _anybody(known: Known, audience: str) -> bool:
    logged = known.logged.get(audience, _NOBODY_LOGGED)
    return bool(logged.exposures or counted(known.measured.exposures, audience))


def _unmeasured(exposures: Sequence[Exposure], audience: str) -> dict[str, str]:
    measured = {
        each.channel for each in exposures if each.reached is not None and each.unit == "persons"
    }
    return {
        each.channel: each.not_measured or f"it is told in {each.unit}, which are no persons"
        for each in exposures
        if each.audience == audience
        and not each.shared_by_staff
        and each.channel not in measured
        and (each.not_measured is not None or each.unit != "persons")
    }


def _persons(universe: Universe, exposure: Exposure) -> int:
    return universe.persons.get(exposure.region or "", universe.total)

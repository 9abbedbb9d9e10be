"""Logged channels as persons of the universe: counted, by the set of channels that reached them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from reach.compare.costs import paid_in
from reach.compare.question import Price
from reach.media.exposure import Amount, Exposure
from reach.media.medium import Medium
from reach.media.notice import Notice, notice
from reach.media.together.given import Logged
from reach.media.universe import Universe
from reach.tally.tally import Tally
from reach.vocabulary import Grade

_MICROS = 1_000_000
_METHOD = (
    "counted: one key a person in all logs; from those with a receipt to those without a failure"
)


@dataclass(frozen=True, slots=True)
class LoggedPersons:
    """What the logs say of persons.

    Attributes:
        regions: By region of the universe.
        exposures: One a channel, over all regions.
        notices: Of persons who are in no region of the universe.
    """

    regions: Mapping[str, Logged]
    exposures: tuple[Exposure, ...]
    notices: tuple[Notice, ...] = ()


def logged_persons(
    tally: Tally,
    universe: Universe,
    channels: Mapping[str, str],
    prices: Mapping[str, Price],
) -> LoggedPersons:
    """Count persons by region and set of channels.

    Args:
        tally: By channel, with the region as its only stratum.
        universe: Whom there is to reach.
        channels: Whose persons are counted, with whom each is meant for: public or internal.
        prices: By channel, what a message costs of whose cost the log says nothing.
    """
    chosen = [(place, arm) for place, arm in enumerate(tally.arms) if arm in channels]
    names = tuple(arm for _, arm in chosen)
    places = [place for place, _ in chosen]
    regions = {
        region: Logged(
            names,
            _projected(tally.confirmed_sets.get((region,), {}), places),
            _projected(tally.possible_sets.get((region,), {}), places),
        )
        for region in universe.persons
    }
    exposures = tuple(
        _exposure(tally, arm, bit, regions, universe.total, prices, channels[arm])
        for bit, arm in enumerate(names)
    )
    return LoggedPersons(regions, exposures, tuple(_elsewhere(tally, universe, places)))


def _projected(sets: Mapping[int, int], places: list[int]) -> dict[int, int]:
    """Sets of all channels as sets of some of them."""
    found: Counter[int] = Counter()
    for members, persons in sets.items():
        found[sum(1 << bit for bit, place in enumerate(places) if members >> place & 1)] += persons
    return dict(sorted(found.items()))


def _exposure(
    tally: Tally,
    arm: str,
    bit: int,
    regions: Mapping[str, Logged],
    universe: int,
    prices: Mapping[str, Price],
    audience: str,
) -> Exposure:
    sure, may = (
        sum(persons for each in sets for members, persons in each.items() if members >> bit & 1)
        for sets in (
            [each.confirmed for each in regions.values()],
            [each.possible for each in regions.values()],
        )
    )
    paid = paid_in(tally, arm, prices)
    return Exposure(
        channel=arm,
        medium=Medium.DIRECT,
        grade=Grade.CENSUS_LOG,
        unit="persons",
        method=_METHOD,
        reached=Amount(float(sure), float(sure), float(may), None),
        audience="internal" if audience == "internal" else "public",
        universe=universe,
        sent=float(tally.counts[arm]["sent"]),
        sent_unit="messages",
        cost={currency: each.micros / _MICROS for currency, each in paid.items()},
    )


def _elsewhere(tally: Tally, universe: Universe, places: list[int]) -> list[Notice]:
    """Persons whom the logs reached, and who live in no region of the universe."""
    mask = sum(1 << place for place in places)
    away = sum(
        persons
        for (region,), sets in tally.possible_sets.items()
        if region not in universe.persons
        for members, persons in sets.items()
        if members & mask
    )
    if not away:
        return []
    message = (
        f"{away} persons of the logs are of no region of the universe and are not counted among "
        "the persons reached: give them a region in people, spelled as in the universe."
    )
    return [notice("persons_elsewhere", message, count=away)]

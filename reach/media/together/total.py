"""All channels and all regions: persons reached together, on the best rung the data allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reach.media.exposure import worst
from reach.media.together.count import alone, reached
from reach.media.together.found import NOBODY, Persons, Reached, Together
from reach.media.together.given import Region
from reach.media.together.notes import Note, merged
from reach.media.together.region import placed
from reach.vocabulary import Grade

METHOD = (
    "Regions do not overlap, so their numbers add up. Interval: every share at its lower end, and"
    " every one at its upper end; it holds if all intervals that went in do. Bounds: least and most"
    " that any population allows with these shares, logs and surveyed overlaps"
)


def together(
    regions: Sequence[Region], *, independence: bool = True, most_contacts: int = 10
) -> Together:
    """Persons that all channels reached together.

    Args:
        regions: Regions that do not overlap, one or more; or one without a name for a universe
            of which nothing is known by region.
        independence: Whether independence may be supposed where nothing better is known; else
            there are bounds only.
        most_contacts: Up to how many contacts are counted, 1 or more.

    Returns:
        Numbers by region and over all. Grades are the worst of all that went in.

    Raises:
        NotEstimableError: Logs reached more persons than live in a region, or there are more
            than 16 channels in one.
        ValueError: No regions, one twice, or one without a name among others.

    Examples:
        Three channels reach 30, 40 and 20 % of a thousand persons.

        >>> from reach.media.together.given import Measured, Share
        >>> media = {
        ...     name: Measured(Share(share, share, share), Grade.SURVEY, needs_signal=False)
        ...     for name, share in (("tv", 0.3), ("radio", 0.4), ("posters", 0.2))
        ... }
        >>> found = together([Region("Bandung", 1000, media=media)]).total
        >>> found.rung.word, round(found.together.estimate, 6), found.together.bounds
        ('independence within', 664.0, (400.0, 900.0))
    """
    names = [region.name for region in regions]
    if not names or len(set(names)) < len(names) or (None in names and len(names) > 1):
        raise ValueError(f"got regions {names}, expected different ones, or one without a name")
    if most_contacts < 1:
        raise ValueError(f"got {most_contacts} contacts, expected 1 or more")
    channels = list(dict.fromkeys(name for region in regions for name in region.channels))
    here = [placed(region, independence=independence) for region in regions]
    sizes = _added([alone(each) for each in here])
    order = tuple(sorted(channels, key=lambda name: (-_size(sizes[name]), name)))
    found = [reached(each, order, most_contacts) for each in here]
    unmeasured = [
        Note("not_measured", channel, (region.name,))
        for channel in order
        for region in regions
        if region.name is not None and channel not in region.channels
    ]
    exact = [each.exactly for each in found if each.exactly is not None]
    contacts = [each.contacts for each in found if each.contacts is not None]
    total = Reached(
        persons=sum(each.persons for each in found),
        rung=max(each.rung for each in found),
        grade=worst(*grades) if (grades := [each.grade for each in found if each.grade]) else None,
        together=_sum(each.together for each in found),
        alone={name: sizes[name] for name in order},
        incremental=_in_order(_added([each.incremental for each in found]), order),
        cumulative=_in_order(_added([each.cumulative for each in found]), order),
        at_least={
            n: _sum(each.at_least.get(n, NOBODY) for each in found)
            for n in range(1, len(order) + 1)
        },
        exactly=_columns(exact, len(order) + 1) if len(exact) == len(found) else None,
        contacts=_columns(contacts, most_contacts) if len(contacts) == len(found) else None,
        notes=merged([note for each in found for note in each.notes] + unmeasured),
    )
    return Together(
        total=total,
        regions={
            each.region.name: one
            for each, one in zip(here, found, strict=True)
            if each.region.name is not None
        },
        grades={name: _grade(regions, name) for name in order},
        order=order,
        most_contacts=most_contacts,
        method=METHOD,
    )


def _size(persons: Persons) -> float:
    return persons.low if persons.estimate is None else persons.estimate


def _sum(several: Iterable[Persons]) -> Persons:
    found = NOBODY
    for each in several:
        found += each
    return found


def _added(several: Iterable[Mapping[str, Persons]]) -> dict[str, Persons]:
    found: dict[str, Persons] = {}
    for each in several:
        for name, persons in each.items():
            found[name] = found.get(name, NOBODY) + persons
    return found


def _in_order(found: Mapping[str, Persons], order: Sequence[str]) -> dict[str, Persons]:
    return {name: found[name] for name in order}


def _columns(rows: Sequence[tuple[float, ...]], length: int) -> tuple[float, ...]:
    return tuple(sum(row[place] for row in rows if place < len(row)) for place in range(length))


def _grade(regions: Sequence[Region], channel: str) -> Grade:
    grades = [region.media[channel].grade for region in regions if channel in region.media]
    return worst(*grades) if grades else Grade.CENSUS_LOG

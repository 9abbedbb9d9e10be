"""What is known of each region, side by side: logs, measurements, surveyed overlaps."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reach.media.exposure import Amount, Exposure, worst
from reach.media.medium import DEFINITIONS
from reach.media.notice import Notice, notice
from reach.media.together.given import Logged, Measured, Region, Share
from reach.media.universe import Universe

MOST_PARTS = 6
"""Parts of a channel in a region that are put together one by one; of more, all as one."""

Overlaps = Mapping[tuple[str, str], Amount]


@dataclass(frozen=True, slots=True)
class Placed:
    """Regions, and what has to be said of how they were filled.

    Attributes:
        regions: As `reach.media.together.total.together` takes them.
        notices: What was supposed of channels that were measured for the whole universe only.
    """

    regions: tuple[Region, ...]
    notices: tuple[Notice, ...]


def name_of(exposure: Exposure) -> str:
    """A channel, or one vehicle of it where the channel was not measured as a whole.

    Examples:
        >>> from reach.media.medium import Medium
        >>> name_of(Exposure("tv", Medium.TV, None, "persons", "diary", None, vehicle="TVRI"))
        'tv: TVRI'
    """
    return f"{exposure.channel}: {exposure.vehicle}" if exposure.vehicle else exposure.channel


def counted(exposures: Iterable[Exposure], audience: str) -> list[Exposure]:
    """Those that are put together: persons reached, of one audience, not by staff's accounts."""
    return [
        each
        for each in exposures
        if each.unit == "persons"
        and each.reached is not None
        and each.audience == audience
        and not each.shared_by_staff
    ]


def chosen(exposures: Sequence[Exposure]) -> list[Exposure]:
    """Of each channel what was measured of it at one level: a part is not added to its whole.

    The whole channel over the whole universe if that was measured, else its vehicles over it,
    else the whole channel in regions, else its vehicles there.

    Args:
        exposures: Of one audience, in persons.
    """
    levels: dict[str, tuple[bool, bool]] = {}
    for each in exposures:
        level = (each.region is not None, each.vehicle is not None)
        levels[each.channel] = min(levels.get(each.channel, level), level)
    return [
        each
        for each in exposures
        if (each.region is not None, each.vehicle is not None) == levels[each.channel]
    ]


def by_region(
    universe: Universe, exposures: Sequence[Exposure], logged: Mapping[str, Logged]
) -> Placed:
    """Every region with its own measurements, or with its part of those of the whole universe.

    Args:
        universe: Whom there is to reach.
        exposures: As `chosen` gives them.
        logged: By region.
    """
    whole = [each for each in exposures if each.region is None]
    with_signal = _with_signal(universe)
    regions = []
    for name, persons in universe.persons.items():
        here = [each for each in exposures if each.region == name]
        parts = _measured(whole, universe.total)
        if with_signal:
            covered = universe.covered.get(name, 1.0)
            parts = {each: _thinned(said, covered / with_signal) for each, said in parts.items()}
        regions.append(
            Region(
                name,
                persons,
                universe.covered.get(name),
                logged.get(name),
                parts | _measured(here, persons),
            )
        )
    return Placed(tuple(regions), tuple(_even(whole, exposures)))


def as_a_whole(
    universe: Universe,
    exposures: Sequence[Exposure],
    logged: Mapping[str, Logged],
    overlaps: Overlaps,
) -> Placed:
    """The universe as one: for overlaps that were surveyed over all of it.

    Args:
        universe: Whom there is to reach.
        exposures: As `chosen` gives them.
        logged: By region.
        overlaps: By pair of channels, the share of the universe that both reached.
    """
    media = _measured([each for each in exposures if each.region is None], universe.total)
    together = _pooled(list(logged.values()))
    known = {*media, *(together.channels if together else ())}
    total = universe.total
    region = Region(
        None,
        total,
        _with_signal(universe),
        together,
        media,
        {
            frozenset(pair): Share(share.low, share.estimate, min(1.0, share.high))
            for pair, share in overlaps.items()
            if known.issuperset(pair)
        },
    )
    return Placed((region,), ())


def _with_signal(universe: Universe) -> float | None:
    """Share of the universe that has a signal; None if nobody says."""
    if not universe.covered:
        return None
    signal = [universe.covered.get(name, 1.0) * n for name, n in universe.persons.items()]
    return min(1.0, sum(signal) / universe.total)


def _thinned(measured: Measured, factor: float) -> Measured:
    """A channel's share in a region where more or fewer can get it than on the whole."""
    if not measured.needs_signal:
        return measured
    share = measured.share
    guess = None if share.estimate is None else min(1.0, factor * share.estimate)
    thinned = Share(min(1.0, factor * share.low), guess, min(1.0, factor * share.high))
    return replace(measured, share=thinned)


def _measured(exposures: Sequence[Exposure], persons: int) -> dict[str, Measured]:
    """Each exposure by its name; the parts of a channel as one where they are very many."""
    found: dict[str, Measured] = {}
    parts: dict[str, list[Exposure]] = defaultdict(list)
    for each in exposures:
        parts[each.channel].append(each)
    for channel, own in parts.items():
        told = {name_of(each): _one(each, persons) for each in own}
        known = {name: measured for name, measured in told.items() if measured is not None}
        found |= known if len(known) <= MOST_PARTS else {channel: _merged(list(known.values()))}
    return found


def _one(exposure: Exposure, persons: int) -> Measured | None:
    if exposure.reached is None or exposure.grade is None:
        return None
    return Measured(
        _share(exposure.reached, persons),
        exposure.grade,
        DEFINITIONS[exposure.medium].needs_signal,
        _contacts(exposure, persons),
    )


def _merged(parts: Sequence[Measured]) -> Measured:
    """Many parts as one: independent of one another in the guess, and anything in the ends."""
    guesses = [
        each.share.low if each.share.estimate is None else each.share.estimate for each in parts
    ]
    low = max(each.share.low for each in parts)
    high = min(1.0, math.fsum(each.share.high for each in parts))
    guess = 1 - math.prod(1 - each for each in guesses)
    share = Share(low, min(max(guess, low), high), high)
    return Measured(share, worst(*(each.grade for each in parts)), parts[0].needs_signal)


def _share(amount: Amount, persons: int) -> Share:
    """A share of persons. Where only bounds are known the lower one is the guess, as with logs."""
    guess = amount.low if amount.estimate is None else amount.estimate
    return Share(
        min(1.0, amount.low / persons), min(1.0, guess / persons), min(1.0, amount.high / persons)
    )


def _contacts(exposure: Exposure, persons: int) -> tuple[float, ...] | None:
    """Shares with 0, 1, 2 … contacts, up to where the next number was not measured."""
    at_least = [exposure.reached, *(exposure.times.get(n) for n in range(2, 11))]
    shares = [1.0]
    for amount in at_least:
        if amount is None or amount.estimate is None:
            break
        shares.append(min(shares[-1], amount.estimate / persons))
    if len(shares) < 3 or not shares[1]:  # noqa: PLR2004 - reached once, and twice
        return None
    return (*(more - fewer for more, fewer in pairwise(shares)), shares[-1])


def _pooled(logs: Sequence[Logged]) -> Logged | None:
    if not logs:
        return None
    confirmed: Counter[int] = Counter()
    possible: Counter[int] = Counter()
    for each in logs:
        confirmed.update(each.confirmed)
        possible.update(each.possible)
    return Logged(logs[0].channels, dict(confirmed), dict(possible))


def _even(whole: Sequence[Exposure], exposures: Sequence[Exposure]) -> Iterable[Notice]:
    for channel in dict.fromkeys(name_of(each) for each in whole):
        message = (
            f"{channel} was measured over the whole universe, and every region is taken to have "
            "its share of that: of those with a signal, where it needs one."
        )
        yield notice("spread_evenly", message, channel=channel)
    bounded = [each for each in exposures if each.reached and each.reached.estimate is None]
    for channel in dict.fromkeys(name_of(each) for each in bounded):
        message = (
            f"Of {channel} only bounds are known: in estimates it counts with the least that it "
            "reached, and with the most in upper ends."
        )
        yield notice("least_in_estimate", message, channel=channel)

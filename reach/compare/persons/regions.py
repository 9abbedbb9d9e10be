"""What is known of each region, side by side: logs, measurements, surveyed overlaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reach.media.exposure import Amount, Exposure
from reach.media.medium import DEFINITIONS
from reach.media.notice import Notice, notice
from reach.media.together.given import Logged, Measured, Region, Share
from reach.media.universe import Universe

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


def by_region(
    universe: Universe, exposures: Sequence[Exposure], logged: Mapping[str, Logged]
) -> Placed:
    """Every region with its own measurements, or with those of the whole universe.

    Args:
        universe: Whom there is to reach.
        exposures: Of one audience, without those of logs.
        logged: By region.
    """
    spread: dict[str, None] = {}
    regions = []
    for name, persons in universe.persons.items():
        own = _measured(_of(exposures, name), persons)
        whole = _measured(_of(exposures, None), universe.total)
        spread |= dict.fromkeys(each for each in whole if each not in own)
        regions.append(
            Region(
                name,
                persons,
                universe.covered.get(name),
                logged.get(name),
                {**{each: said for each, said in whole.items() if each not in own}, **own},
            )
        )
    return Placed(tuple(regions), tuple(_even(spread)))


def as_a_whole(
    universe: Universe,
    exposures: Sequence[Exposure],
    logged: Mapping[str, Logged],
    overlaps: Overlaps,
) -> Placed:
    """The universe as one: for overlaps that were surveyed over all of it.

    Args:
        universe: Whom there is to reach.
        exposures: Of one audience, without those of logs.
        logged: By region.
        overlaps: By pair of channels, the share of the universe that both reached.
    """
    media = _measured(_of(exposures, None), universe.total)
    together = _pooled(list(logged.values()))
    known = {*media, *(together.channels if together else ())}
    total = universe.total
    signal = [universe.covered.get(name, 1.0) * n for name, n in universe.persons.items()]
    region = Region(
        None,
        total,
        min(1.0, sum(signal) / total) if universe.covered else None,
        together,
        media,
        {
            frozenset(pair): Share(share.low, share.estimate, min(1.0, share.high))
            for pair, share in overlaps.items()
            if known.issuperset(pair)
        },
    )
    return Placed((region,), ())


def _of(exposures: Sequence[Exposure], region: str | None) -> list[Exposure]:
    """Exposures of a region; those of vehicles only where the channel has none of its own."""
    here = [each for each in exposures if each.region == region]
    whole = {each.channel for each in here if each.vehicle is None}
    return [each for each in here if each.vehicle is None or each.channel not in whole]


def _measured(exposures: Sequence[Exposure], persons: int) -> dict[str, Measured]:
    found = {}
    for each in exposures:
        if each.reached is not None and each.grade is not None:
            found[name_of(each)] = Measured(
                _share(each.reached, persons),
                each.grade,
                DEFINITIONS[each.medium].needs_signal,
                _contacts(each, persons),
            )
    return found


def _share(amount: Amount, persons: int) -> Share:
    guess = None if amount.estimate is None else min(1.0, amount.estimate / persons)
    return Share(min(1.0, amount.low / persons), guess, min(1.0, amount.high / persons))


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


def _even(spread: Iterable[str]) -> Iterable[Notice]:
    for channel in spread:
        message = (
            f"{channel} was measured over the whole universe; every region is taken to have its "
            "share, where it has none of its own."
        )
        yield notice("spread_evenly", message, channel=channel)

"""One region counted on its rung: together, alone, what each channel adds, how many channels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reach.media.exposure import worst
from reach.media.together import bounds, sets
from reach.media.together.found import NOBODY, Persons, Reached, Rung
from reach.media.together.logged import Interval, apart
from reach.media.together.region import Placed, spreads
from reach.vocabulary import Grade

if TYPE_CHECKING:
    from collections.abc import Callable

    from reach.media.together.sets import Table


def alone(here: Placed) -> dict[str, Persons]:
    """Persons that each channel reached, whoever else did: nothing is put together."""
    found = {}
    for name in here.frame.channels:
        low, high = bounds.alone(here.frame, name)
        if name in here.frame.media:
            share = here.frame.media[name].share.estimate
            middle = None if share is None else share * here.frame.persons
        else:
            middle = low
        found[name] = Persons(middle, low, high, (low, high))
    return found


def reached(here: Placed, order: Sequence[str], most_contacts: int) -> Reached:
    """All numbers of one region.

    Args:
        here: The region on its rung.
        order: All channels, in the order in which they are put together.
        most_contacts: Up to how many contacts are counted.

    Returns:
        The numbers; a channel that is not measured here is not counted.
    """
    frame, estimate = here.frame, here.estimate
    steps = _steps(here, order)
    cumulative, before, members = {}, NOBODY, 0
    for name in order:
        if name in steps:
            members |= 1 << frame.channels.index(name)
            before = _counted(here, partial(sets.by_any, members=members), steps[name])
        cumulative[name] = before
    at_least, possible = {1: before}, here.possible
    for n in range(2, len(frame.channels) + 1):
        low, high = bounds.at_least(frame, n)
        possible = (low, max(low, min(high, possible[1])))  # never more than reached by fewer
        at_least[n] = _counted(here, partial(sets.by_several, n=n), possible)
    grades = [found.grade for found in frame.media.values()]
    grades += [Grade.CENSUS_LOG] if frame.logged else []
    return Reached(
        persons=frame.persons,
        rung=here.rung,
        grade=worst(*grades) if grades else None,
        together=before,
        alone=alone(here),
        incremental={name: _incremental(here, name) for name in frame.channels},
        cumulative=cumulative,
        at_least=at_least,
        exactly=None if estimate is None else tuple(sets.exactly(estimate).tolist()),
        contacts=None
        if estimate is None
        else tuple(
            sets.contacts(estimate, frame.channels, spreads(here.region), most_contacts).tolist()
        ),
        notes=here.notes,
    )


def _steps(here: Placed, order: Sequence[str]) -> dict[str, Interval]:
    """Bounds of those reached by the channels so far, which never fall."""
    frame = here.frame
    measured = [name for name in order if name in frame.channels]
    found = {}
    for place, name in enumerate(measured[:-1], start=1):
        found[name] = bounds.union(frame.of(frozenset(measured[:place])))
    if measured:
        found[measured[-1]] = here.possible
    # What is known of a later step bounds an earlier one, too, and the other way round.
    least, most = 0.0, here.possible[1]
    for name in measured:
        least = max(least, found[name][0])
        found[name] = (least, found[name][1])
    for name in reversed(measured):
        most = max(found[name][0], min(most, found[name][1]))
        found[name] = (found[name][0], most)
    return found


def _incremental(here: Placed, name: str) -> Persons:
    """What would be lost: most where the channel is at its upper end and all others at theirs."""
    frame = here.frame
    place = frame.channels.index(name)
    low = _left_by_others(here, name, "low", here.high)
    high = _left_by_others(here, name, "high", here.low)
    estimate = here.estimate
    only = None if estimate is None else float(estimate[:, 1 << place].sum())
    return _on_rung(here, only, low, high, bounds.only(frame, name))


def _left_by_others(here: Placed, name: str, end: sets.End, others: Table) -> float:
    """Persons reached by a channel alone, with itself at one end and all others at the other."""
    frame = here.frame
    if name in frame.media:
        room, needs_signal = frame.most(name), frame.media[name].needs_signal
        own = bounds.alone(frame, name)
        free = sets.without_others(others, frame.channels.index(name))
    else:
        assert frame.logged is not None  # noqa: S101 - no other channels are there
        room, needs_signal = frame.room, frame.logged.needs_signal
        own = apart(frame.logged, name).only
        # No other log has them: what is left to ask is whom measured channels did not reach.
        free = others[:, : 2 ** len(frame.logged.channels)].sum(axis=1)
    persons = min(own[end == "high"], room)
    return persons * float(free[0] if needs_signal else free.sum()) / room if room else 0.0


def _counted(here: Placed, count: Callable[[Table], float], possible: Interval) -> Persons:
    """A count that rises with every share, on the rung."""
    estimate = None if here.estimate is None else count(here.estimate)
    return _on_rung(here, estimate, count(here.low), count(here.high), possible)


def _on_rung(
    here: Placed, estimate: float | None, low: float, high: float, possible: Interval
) -> Persons:
    """A number with its interval; never outside of what is possible."""
    least, most = possible
    if here.frame.overlaps or here.rung is Rung.BOUNDS:
        low, high = possible
    low, high = max(low, least), min(high, most)
    low = min(low, high)  # apart by a rounding
    if estimate is not None:  # a programme's bounds may be off by its tolerance
        low, high = min(low, estimate), max(high, estimate)
    return Persons(estimate, low, high, (min(least, low), max(most, high)))

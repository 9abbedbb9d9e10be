"""What any population allows that is as was measured: never less, never more.

Where no overlap is known the bounds have a closed form, and it is sharp. With overlaps they
come from a linear programme, and for very many channels from closed forms that are wider.
"""

from __future__ import annotations

from reach.media.together import programme
from reach.media.together.frame import Frame
from reach.media.together.logged import Interval, anyone, apart
from reach.stats.event_bounds import at_least as events_at_least
from reach.stats.event_bounds import dawson_sankoff, hunter


def union(frame: Frame) -> Interval:
    """Least and most persons reached by any channel of a frame.

    Raises:
        NotEstimableError: The overlaps contradict the shares.

    References:
        Fréchet (1935), Fundamenta Mathematicae 25, 379–387.
    """
    if by_programme(frame):
        return programme.union(frame)
    with_signal, without = _by_need(frame, frame.channels)
    if frame.logged:
        (with_signal if frame.logged.needs_signal else without).append(anyone(frame.logged))
    low = max((low for low, _ in with_signal + without), default=0.0)
    high = min(frame.covered, _highs(with_signal)) + _highs(without)
    if frame.overlaps:
        closed = _from_pairs(frame)
        low, high = max(low, closed[0]), min(high, closed[1])
    high = min(high, frame.persons)
    return min(low, high), high


def only(frame: Frame, channel: str) -> Interval:
    """Least and most persons reached by one channel of a frame and by no other.

    Raises:
        NotEstimableError: The overlaps contradict the shares.
    """
    if by_programme(frame):
        return programme.only(frame, channel)
    with_signal, without = _by_need(frame, [name for name in frame.media if name != channel])
    logged = frame.logged
    rest = anyone(logged) if logged else None
    if logged and channel in logged.channels:
        beside = apart(logged, channel)
        own, rest, needs_signal = beside.only, beside.others, logged.needs_signal
    else:
        own = alone(frame, channel)
        needs_signal = frame.media[channel].needs_signal
    # Fewest: all others are spread over those whom the channel reached. What other logged
    # channels share with a logged one is counted, and no longer to be spread.
    spread = list(with_signal), list(without)
    if logged and rest and channel in frame.media:
        spread[not logged.needs_signal].append(rest)
    low = max(0.0, own[0] - min(frame.covered, _highs(spread[0])) - _highs(spread[1]))
    # Most: all others reached the same persons, and as far as they can those without a signal.
    if logged and rest:
        (with_signal if logged.needs_signal else without).append(rest)
    beyond = frame.persons - frame.covered if needs_signal else 0.0
    taken = [least for least, _ in with_signal] + [least - beyond for least, _ in without]
    room = frame.covered if needs_signal else frame.persons
    return low, max(low, min(own[1], room - max([0.0, *taken])))


def at_least(frame: Frame, n: int) -> Interval:
    """Bounds of the persons reached by n channels or more, by the shares and the logs alone."""
    intervals = [alone(frame, name) for name in frame.channels]
    low, high = events_at_least(
        n, [(low / frame.persons, min(1.0, high / frame.persons)) for low, high in intervals]
    )
    logs = 0
    if frame.logged:
        logs = sum(k for members, k in frame.logged.confirmed.items() if members.bit_count() >= n)
    low = max(low * frame.persons, logs)
    return low, max(low, high * frame.persons)


def by_programme(frame: Frame) -> bool:
    """Whether bounds of a frame come from a linear programme."""
    return bool(frame.overlaps) and programme.units(frame) <= programme.MOST_UNITS


def alone(frame: Frame, channel: str) -> Interval:
    """Least and most persons reached by one channel of a frame, whoever else did."""
    if channel in frame.media:
        share = frame.media[channel].share
        return share.low * frame.persons, share.high * frame.persons
    assert frame.logged is not None  # noqa: S101 - no other channels are there
    low, high = apart(frame.logged, channel).channel
    return low, min(high, frame.room)


def _from_pairs(frame: Frame) -> Interval:
    """Bounds in closed form from overlaps, logged channels taken together as one."""
    whole = frame.persons
    shares = [anyone(frame.logged)] if frame.logged else []
    first = len(shares)
    media = list(frame.media)
    shares += [alone(frame, name) for name in media]
    known: dict[tuple[int, int], Interval | None] = {}
    for j, name in enumerate(media):
        if frame.logged:
            known[0, first + j] = programme.overlap_with_logged(frame, name, frame.logged.channels)
        for i, other in enumerate(media[:j]):
            share = frame.overlaps.get(frozenset({name, other}))
            known[first + i, first + j] = (share.low * whole, share.high * whole) if share else None
    lows = {pair: ends[0] / whole for pair, ends in known.items() if ends}
    highs = {pair: ends[1] / whole for pair, ends in known.items() if ends}
    low = dawson_sankoff([low / whole for low, _ in shares], highs)
    high = hunter([high / whole for _, high in shares], lows)
    return low * whole, high * whole


def _by_need(
    frame: Frame, names: list[str] | tuple[str, ...]
) -> tuple[list[Interval], list[Interval]]:
    """Intervals of measured channels that need a signal, and of those that do not."""
    found: tuple[list[Interval], list[Interval]] = ([], [])
    for name in names:
        if name in frame.media:
            found[not frame.media[name].needs_signal].append(alone(frame, name))
    return found


def _highs(intervals: list[Interval]) -> float:
    return sum(high for _, high in intervals)

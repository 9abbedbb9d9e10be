"""The linear programme of one region: the most and the least that any population allows.

A cell is a set of channels among persons with a signal, or without. Logged channels are not
told apart beyond what is asked: where all are wanted they are one, and where one is wanted,
that one and the rest; of these few everything that logs say is a bound on a sum of cells, and
nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from reach.errors import NotEstimableError
from reach.media.together.frame import Frame
from reach.media.together.logged import Interval, anyone, apart, hit

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Channels in one programme, logged ones as one or two: 2,048 cells.
MOST_UNITS = 10
INFEASIBLE = 2  # in the words of scipy's milp


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the matrix depends on; regions alike in it share the matrix.

    Attributes:
        units: How many channels; logged ones first.
        needs_signal: Of each, whether it reaches nobody without a signal.
        logged: How many of them are logged: 0, 1 (all of them) or 2 (one, and the rest).
        pairs: Pairs of units with a known overlap.
        parts: Whether some persons have no signal.
    """

    units: int
    needs_signal: tuple[bool, ...]
    logged: int
    pairs: tuple[tuple[int, int], ...]
    parts: bool


def union(frame: Frame) -> Interval:
    """Least and most persons reached by any channel.

    Raises:
        NotEstimableError: No population is so.
    """
    shape, limits = _programme(frame, None)
    matrix, cells = _matrix(shape)
    return _extremes(frame, matrix, limits, cells > 0)


def only(frame: Frame, channel: str) -> Interval:
    """Least and most persons reached by one channel and no other.

    Raises:
        NotEstimableError: No population is so.
    """
    logged = frame.logged is not None and channel in frame.logged.channels
    shape, limits = _programme(frame, channel if logged else None)
    matrix, cells = _matrix(shape)
    place = 0 if logged else shape.logged + list(frame.media).index(channel)
    return _extremes(frame, matrix, limits, cells == 1 << place)


def units(frame: Frame) -> int:
    """How many channels its largest programme has."""
    return len(frame.media) + min(2, len(frame.logged.channels) if frame.logged else 0)


def _programme(frame: Frame, alone: str | None) -> tuple[_Shape, list[Interval]]:
    """The matrix's shape, and what its rows are to keep to, in persons."""
    logged = frame.logged
    groups: list[tuple[str, ...]] = []
    limits: list[Interval] = []
    if logged and alone is not None and len(logged.channels) > 1:
        beside = apart(logged, alone)
        groups = [(alone,), tuple(name for name in logged.channels if name != alone)]
        limits = [beside.channel, beside.others, beside.either, beside.both]
    elif logged:
        groups = [logged.channels]
        limits = [anyone(logged)]
    media = list(frame.media)
    limits += [_persons(frame, found.share.low, found.share.high) for found in frame.media.values()]
    pairs = []
    for j, medium in enumerate(media):
        for place, group in enumerate(groups):
            if (known := overlap_with_logged(frame, medium, group)) is not None:
                pairs.append((place, len(groups) + j))
                limits.append(known)
        for i, other in enumerate(media[:j]):
            if (share := frame.overlaps.get(frozenset({medium, other}))) is not None:
                pairs.append((len(groups) + i, len(groups) + j))
                limits.append(_persons(frame, share.low, share.high))
    signal = [bool(logged and logged.needs_signal)] * len(groups)
    signal += [found.needs_signal for found in frame.media.values()]
    parts = frame.covered < frame.persons
    limits.append((frame.persons, frame.persons))
    if parts:
        limits.append((frame.covered, frame.covered))
    shape = _Shape(len(signal), tuple(signal), len(groups), tuple(pairs), parts)
    return shape, limits


def _persons(frame: Frame, low: float, high: float) -> Interval:
    return low * frame.persons, high * frame.persons


def overlap_with_logged(frame: Frame, medium: str, group: Sequence[str]) -> Interval | None:
    """What is known of a channel and any of some logged ones, from overlaps with single ones."""
    known = {
        name: _persons(frame, share.low, share.high)
        for name in group
        if (share := frame.overlaps.get(frozenset({medium, name}))) is not None
    }
    if not known:
        return None
    highs = [frame.persons * frame.media[medium].share.high]
    if len(known) == len(group):
        highs.append(sum(high for _, high in known.values()))
    if frame.logged:
        places = {name: 1 << frame.logged.channels.index(name) for name in group}
        for name, (_, high) in known.items():
            rest = sum(places.values()) - places[name]
            highs.append(high + hit(frame.logged.possible, rest))
    low = max(low for low, _ in known.values())
    return low, max(low, min(highs))


@lru_cache(maxsize=256)
def _matrix(shape: _Shape) -> tuple[Any, NDArray[np.int64]]:
    """Rows of the programme as a sparse matrix, and the set of units of each cell."""
    from scipy.sparse import csc_array

    every = np.arange(2**shape.units)
    needing = sum(1 << place for place, needs in enumerate(shape.needs_signal) if needs)
    without = every[every & needing == 0] if shape.parts else every[:0]
    cells = np.concatenate([every, without])
    has = [cells >> place & 1 for place in range(shape.units)]
    rows = has[: shape.logged]
    if shape.logged == 2:  # noqa: PLR2004 - one channel and the rest
        rows += [has[0] | has[1], has[0] & has[1]]
    rows += has[shape.logged :]
    rows += [has[i] & has[j] for i, j in shape.pairs]
    rows.append(np.ones_like(cells))
    if shape.parts:
        rows.append((np.arange(len(cells)) < len(every)).astype(np.int64))
    return csc_array(np.array(rows, dtype=np.float64)), cells


def _extremes(
    frame: Frame,
    matrix: Any,  # noqa: ANN401 - scipy's sparse array
    limits: list[Interval],
    wanted: NDArray[np.bool_],
) -> Interval:
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, and few need it

    ends = np.array(limits, dtype=np.float64) / frame.persons
    kept = LinearConstraint(matrix, ends[:, 0], ends[:, 1])
    # A presolve takes longer than these small programmes do.
    room = Bounds(0, np.inf)
    found = []
    for sign in (1.0, -1.0):
        # Nothing is whole here: scipy's way to HiGHS that takes rows with two ends.
        done = milp(sign * wanted, constraints=kept, bounds=room, options={"presolve": False})
        if done.status == INFEASIBLE:
            raise NotEstimableError("no population has these shares and overlaps together")
        if done.fun is None:  # a failure of the programme, and none of the numbers
            raise NotEstimableError(f"the bounds were not found: {done.message}")
        found.append(min(1.0, max(0.0, sign * float(done.fun))) * frame.persons)
    return min(found), max(found)

"""One region put on the best rung that its data allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from reach.errors import NotEstimableError
from reach.media.together import bounds, sets
from reach.media.together.found import Rung
from reach.media.together.frame import Frame, framed
from reach.media.together.given import Region
from reach.media.together.logged import Interval
from reach.media.together.notes import Note, merged

if TYPE_CHECKING:
    from reach.media.together.sets import Table

NEAR = 1e-6  # of all persons: to which bounds of a programme are known


@dataclass(frozen=True, slots=True)
class Placed:
    """A region on its rung, ready to be counted.

    Attributes:
        region: As it was given.
        frame: As it is calculated with.
        rung: What its numbers rest on.
        possible: Least and most persons reached by any channel.
        estimate: The table of sets at the best guess; None where only bounds are known.
        low: The independent table where every share is at its lower end.
        high: Likewise at its upper end.
        notes: What has to be said.
    """

    region: Region
    frame: Frame
    rung: Rung
    possible: Interval
    estimate: Table | None
    low: Table
    high: Table
    notes: tuple[Note, ...]


def placed(region: Region, *, independence: bool) -> Placed:
    """Find the best rung for a region.

    Args:
        region: What is known of it.
        independence: Whether independence may be supposed where nothing better is known.

    Raises:
        NotEstimableError: Logs reached more persons than live there, or too many channels.
    """
    where = (region.name,) if region.name is not None else ()
    frame, notes = framed(region)
    try:
        possible = bounds.union(frame)
    except NotEstimableError:
        frame = replace(frame, overlaps={})
        possible = bounds.union(frame)
        notes.append(Note("overlaps_contradict", None, where))
    if frame.overlaps and not bounds.by_programme(frame):
        notes.append(Note("closed_form", None, where))
    rung = _rung(region, frame, independence=independence)
    supposed = sets.independent(frame, "estimate")
    estimate = supposed
    if frame.overlaps and supposed is not None:
        if not _feasible(frame, supposed, possible):
            notes.append(Note("independence_infeasible", None, where))
        estimate = sets.with_overlaps(frame, supposed)
        if estimate is None:
            notes.append(Note("overlaps_not_fitted", None, where))
            rung = rung if rung is Rung.SURVEYED_OVERLAP else Rung.BOUNDS
    if not frame.estimable and rung is not Rung.PERSON_KEY:
        rung = Rung.BOUNDS
    notes += _assumed(region, frame, rung)
    return Placed(
        region,
        frame,
        rung,
        possible,
        None if rung is Rung.BOUNDS else estimate,
        sets.at_end(frame, "low"),
        sets.at_end(frame, "high"),
        merged(notes),
    )


def _rung(region: Region, frame: Frame, *, independence: bool) -> Rung:
    if not frame.media or len(frame.channels) == 1:
        return Rung.PERSON_KEY
    logged = frame.logged.channels if frame.logged else ()
    concerned = {frozenset(pair) for pair in combinations(frame.channels, 2)}
    concerned -= {frozenset(pair) for pair in combinations(logged, 2)}
    if concerned <= set(frame.overlaps):
        return Rung.SURVEYED_OVERLAP
    if not independence:
        return Rung.BOUNDS
    return Rung.GLOBAL_INDEPENDENCE if region.name is None else Rung.INDEPENDENCE_WITHIN


def _feasible(frame: Frame, table: Table, possible: Interval) -> bool:
    near = NEAR * frame.persons
    return possible[0] - near <= sets.by_any(table, -1) <= possible[1] + near


def _assumed(region: Region, frame: Frame, rung: Rung) -> list[Note]:
    """What the rung supposes, and what else the numbers suppose."""
    where = (region.name,) if region.name is not None else ()
    notes = []
    if rung is Rung.INDEPENDENCE_WITHIN:
        notes.append(Note("independence", None, where))
    elif rung is Rung.GLOBAL_INDEPENDENCE:
        notes.append(Note("global_independence"))
    if frame.overlaps:
        notes.append(Note("surveyed_overlaps", None, where))
    logged = region.logged
    if logged and logged.confirmed != logged.possible:
        notes.append(Note("confirmed_in_estimate"))
    notes += [
        Note("estimate_unknown", name, where)
        for name, found in region.media.items()
        if found.share.estimate is None
    ]
    known = spreads(region)
    if known:
        notes += [
            Note("frequency_unknown", name, where)
            for name in region.channels
            if sum(known.get(name, ())[1:]) <= 0
        ]
    return notes


def spreads(region: Region) -> dict[str, tuple[float, ...]]:
    """By channel, shares of persons with 0, 1, 2 … contacts, where they are known."""
    found = dict(region.logged.contacts) if region.logged else {}
    return found | {
        name: measured.contacts
        for name, measured in region.media.items()
        if measured.contacts is not None
    }

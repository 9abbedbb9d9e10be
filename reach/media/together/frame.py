"""One region made calculable: who could be reached, by what, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reach.errors import NotEstimableError
from reach.media.together.given import Logged, Measured, Region, Share
from reach.media.together.logged import anyone, restricted
from reach.media.together.notes import Note

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Frame:
    """A region without contradiction between coverage and reach.

    Attributes:
        persons: How many live there.
        covered: How many of them have a signal; all where nothing is known.
        logged: What logs say; None without logs.
        media: What was measured, by channel; no upper end above what is possible.
        overlaps: Surveyed overlaps.
        estimable: Whether estimates can be made.
    """

    persons: int
    covered: float
    logged: Logged | None
    media: Mapping[str, Measured]
    overlaps: Mapping[frozenset[str], Share]
    estimable: bool

    @property
    def channels(self) -> tuple[str, ...]:
        """All channels, logged ones first."""
        return (*(self.logged.channels if self.logged else ()), *self.media)

    @property
    def room(self) -> float:
        """How many persons logged channels can have reached."""
        return self.covered if self.logged and self.logged.needs_signal else self.persons

    def most(self, channel: str) -> float:
        """How many persons a channel that was measured can have reached."""
        return self.covered if self.media[channel].needs_signal else self.persons

    def of(self, kept: frozenset[str]) -> Frame:
        """The same with some of its channels only."""
        return replace(
            self,
            logged=restricted(self.logged, kept) if self.logged else None,
            media={name: found for name, found in self.media.items() if name in kept},
            overlaps={pair: share for pair, share in self.overlaps.items() if pair <= kept},
        )


def framed(region: Region) -> tuple[Frame, list[Note]]:
    """A region as it can be calculated with, and what had to be said of it.

    Where a channel that needs a signal reached more than have one, coverage and reach
    contradict each other. Nobody knows which is wrong, so neither is mended: the coverage is
    left out for the bounds, and nothing is estimated.

    Raises:
        NotEstimableError: Logs reached more persons than live there.
    """
    where = (region.name,) if region.name is not None else ()
    notes: list[Note] = []
    covered = region.persons if region.covered is None else region.covered * region.persons
    over = [
        name
        for name, found in region.media.items()
        if found.needs_signal and _point(found.share) * region.persons > covered * (1 + ROUNDING)
    ]
    if region.logged:
        sure = anyone(region.logged)[0]
        if sure > region.persons:
            place = "the universe has" if region.name is None else f"{region.name} has"
            raise NotEstimableError(
                f"logged channels reached {sure} persons where {place} {region.persons}:"
                " the universe is too small, or persons are in the wrong region"
            )
        if region.logged.needs_signal and sure > covered * (1 + ROUNDING):
            over += region.logged.channels
    notes += [Note("coverage_contradicts", name, where) for name in over]
    if over:
        covered = region.persons
    some_need = any(found.needs_signal for found in region.media.values()) or (
        region.logged is not None and region.logged.needs_signal
    )
    if region.covered is None and some_need:
        notes.append(Note("signal_unknown", None, where))
    media = {}
    for name, found in region.media.items():
        most = covered / region.persons if found.needs_signal else 1.0
        share = found.share
        if share.high > most:
            notes.append(Note("cut_at_coverage", name, where))
            low, middle = min(share.low, most), share.estimate
            share = Share(low, None if middle is None else min(middle, most), most)
        media[name] = replace(found, share=share)
    frame = Frame(
        region.persons, covered, region.logged, media, region.overlaps, estimable=not over
    )
    return frame, notes


def _point(share: Share) -> float:
    return share.low if share.estimate is None else share.estimate

"""How many persons of a universe one channel reached, and how well that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reach.media.medium import Medium
from reach.vocabulary import Grade

Unit = Literal["persons", "households", "accounts", "devices", "copies"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its interval; low ≤ estimate ≤ high, none below 0.

    Attributes:
        estimate: The best guess; None where only bounds are known.
        low: Lower end.
        high: Upper end.
        level: Confidence level of the interval; None where nothing was drawn by chance, so
            that the ends are bounds.
    """

    estimate: float | None
    low: float
    high: float
    level: float | None

    def __post_init__(self) -> None:
        """Refuse what is no interval; a fault of ours."""
        middle = self.low if self.estimate is None else self.estimate
        if not 0 <= self.low <= middle <= self.high:
            raise ValueError(f"got {self}, expected 0 ≤ low ≤ estimate ≤ high")


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one channel did in one region, or in the whole universe.

    Attributes:
        channel: What the office calls it: a logged channel's name, or the medium, or what the
            config calls a source of rows.
        vehicle: Station, paper, account or event within it; None for the channel as a whole.
        medium: What carried it.
        region: Where, by the universe's names; None for all of it.
        audience: Whether it was meant for the public or for the office's own staff.
        shared_by_staff: Whether staff's own accounts showed it: such reach is never added to
            that of the office's account.
        grade: What the evidence is worth; the worst of all that went into it.
        unit: What is counted. Only persons are persons.
        universe: How many of the unit there are, if known.
        sent: How many were put out, in `sent_unit`; None if nobody counted.
        sent_unit: Spots, insertions, copies, pieces, posts, events, messages.
        reached: How many were reached at least once; None if not measured.
        engaged: How many did more; None if not measured.
        times: By n from 2, how many were reached at least n times, where that was measured.
        potential: Whom it might reach (copies, followers): never part of a result.
        cost: By currency, what it cost.
        method: How it was measured, in words.
        inputs: By uncertain input, its share of the result's variance, 0 to 1.
        assumptions: What else had to be supposed, in sentences.
        not_measured: Why there is no number of people reached; None if there is one.
        rows: Rows that it was made of, as ``audience/tv.csv:3``.
    """

    channel: str
    medium: Medium
    grade: Grade | None
    unit: Unit
    method: str
    reached: Amount | None
    vehicle: str | None = None
    region: str | None = None
    audience: Literal["public", "internal"] = "public"
    shared_by_staff: bool = False
    universe: int | None = None
    sent: float | None = None
    sent_unit: str = ""
    engaged: Amount | None = None
    times: Mapping[int, Amount] = field(default_factory=dict)
    potential: float | None = None
    cost: Mapping[str, float] = field(default_factory=dict)
    inputs: Mapping[str, float] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    not_measured: str | None = None
    rows: tuple[str, ...] = ()


def worst(*grades: Grade) -> Grade:
    """The grade of a number made of several: that of its worst input.

    Examples:
        >>> worst(Grade.CENSUS_LOG, Grade.SURVEY, Grade.PANEL)
        <Grade.SURVEY: 'D'>
    """
    return max(grades)  # A to E, then P: the alphabet's order

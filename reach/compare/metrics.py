"""The metrics: what each counts, per what, and between which bounds the unknown puts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reach.errors import NotEstimableError
from reach.stats.gram import GramStratum
from reach.stats.ratio import Ratio, ratio
from reach.tally.axes import AXES, axis
from reach.vocabulary import Measures

Fraction = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """One rate.

    Attributes:
        name: Named by numerator and denominator.
        numerator: What is counted, in words.
        denominator: Per what, in words.
        lower: Axes of numerator and denominator if nothing unknown counts.
        upper: The same if everything possible counts; equal to ``lower`` if nothing is unknown.
        needs: What a source must be able to tell.
        per_assigned: Whether the denominator is what was assigned, sent or not.
        unit: ``message`` or ``person``: what the denominator consists of.
    """

    name: str
    numerator: str
    denominator: str
    lower: Fraction
    upper: Fraction
    needs: Measures
    per_assigned: bool
    unit: str


def _known(fraction: Fraction) -> tuple[Fraction, Fraction]:
    return fraction, fraction


METRICS: Final[Mapping[str, Metric]] = {
    each.name: each
    for each in (
        Metric(
            "delivered_per_sent", "messages delivered", "messages sent",
            ("delivered", "sent"), ("possible", "sent"),
            Measures.DELIVERED, per_assigned=False, unit="message",
        ),
        Metric(
            "delivered_per_assigned", "messages delivered", "messages assigned",
            ("delivered", "attempted"), ("possible", "attempted"),
            Measures.DELIVERED, per_assigned=True, unit="message",
        ),
        Metric(
            "delivered_per_receipted", "messages delivered", "messages with a receipt",
            *_known(("delivered", "receipted")),
            Measures.DELIVERED, per_assigned=False, unit="message",
        ),
        Metric(
            "engaged_per_delivered", "messages engaged with", "messages delivered",
            ("engaged", "possible"), ("maybe_engaged", "delivered"),
            Measures.DELIVERED | Measures.ENGAGED, per_assigned=False, unit="message",
        ),
        Metric(
            "acted_per_sent", "messages acted on", "messages sent",
            *_known(("acted", "sent")),
            Measures.ACTED, per_assigned=False, unit="message",
        ),
        Metric(
            "delivered_per_recipient", "recipients reached", "recipients",
            ("delivered_recipients", "attempted_recipients"),
            ("possible_recipients", "attempted_recipients"),
            Measures.DELIVERED, per_assigned=True, unit="person",
        ),
        Metric(
            "acted_per_recipient", "recipients who acted", "recipients",
            *_known(("acted_recipients", "attempted_recipients")),
            Measures.ACTED, per_assigned=True, unit="person",
        ),
    )
}  # fmt: skip
"""All metrics, by name."""

NOT_MEASURED: Final[Mapping[Measures, str]] = {
    Measures.DELIVERED: "the log holds no receipts",
    Measures.ENGAGED: "the log does not follow engagement",
    Measures.ACTED: "the log does not say who acted",
}
"""Why a stage is not measured; short, for a table's cell."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rate's two ends: if nothing unknown counts, and if everything possible does."""

    lower: Ratio
    upper: Ratio


FAILURES_ONLY: Final = "the log tells of little but failures"
"""Why delivery is not measured where what arrived is hardly ever in a log."""


def why_not_measured(measure: Measures, counts: Mapping[str, int]) -> str:
    """Why a stage of an arm is not measured."""
    return FAILURES_ONLY if counts["failures_only"] else NOT_MEASURED[measure]


def measured(counts: Mapping[str, int]) -> Measures:
    """What an arm's sources can tell, declared or shown; from its plain counts.

    Where some messages are known only because they failed, those that arrived are in no log:
    every share would be one of failures.
    """
    told = Measures(0)
    if counts["failures_only"]:
        return Measures.ENGAGED if counts["tells_engaged"] else told
    for measure, flag in (
        (Measures.DELIVERED, "tells_delivered"),
        (Measures.ENGAGED, "tells_engaged"),
        (Measures.ACTED, "tells_acted"),
    ):
        if counts[flag]:
            told |= measure
    return told


def bounds(
    metric: Metric,
    place: int,
    strata: Sequence[GramStratum],
    weights: Sequence[float] | None = None,
) -> Bounds:
    """A metric's two ends for one arm.

    Args:
        metric: Which.
        place: The arm's place in the tally.
        strata: The tally's strata.
        weights: Fixed weight of each stratum; None pools them.

    Raises:
        NotEstimableError: There is nothing to divide by.
    """
    if not strata:
        raise NotEstimableError("nothing was counted")
    lower = _ratio(metric.lower, place, strata, weights)
    if metric.upper == metric.lower:
        return Bounds(lower, lower)
    return Bounds(lower, _ratio(metric.upper, place, strata, weights))


def _ratio(
    fraction: Fraction, place: int, strata: Sequence[GramStratum], weights: Sequence[float] | None
) -> Ratio:
    size = len(strata[0].sums)
    numerator, denominator = ([0] * size for _ in range(2))
    numerator[axis(place, fraction[0])] = 1
    denominator[axis(place, fraction[1])] = 1
    # Only a bound with another denominator than its numerator's whole can exceed 1.
    return ratio(strata, numerator, denominator, weights, at_most_one=True)


def stage_sums(place: int, strata: Sequence[GramStratum]) -> dict[str, int]:
    """An arm's sums, by axis."""
    return {name: sum(int(stratum.sums[axis(place, name)]) for stratum in strata) for name in AXES}

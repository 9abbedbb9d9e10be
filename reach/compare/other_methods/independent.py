"""Counts of independent units, for methods that know no clusters, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reach.compare.metrics import Metric
from reach.compare.pairs import obstacle
from reach.compare.question import Compare
from reach.compare.rates import Rates
from reach.stats.gram import GramStratum
from reach.tally.axes import axis

REFUSED: Final = {
    "several_messages": (
        "some recipients have several messages, and the method takes messages as independent"
    ),
    "shared_recipients": (
        "some recipients are in both arms, and the method takes the arms as independent"
    ),
    "unlike_denominators": "what is unknown changes the denominator, and with it the units",
}
"""Why a method that knows no clusters is refused, by code."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer.

    Attributes:
        why: In words.
        code: One of `REFUSED`, or None for what is said nowhere else.
    """

    why: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """Independent units of one arm.

    Attributes:
        least: Successes if nothing unknown counts.
        most: Successes if everything possible does.
        units: How many units there are.
    """

    least: int
    most: int
    units: int


def refusal(
    rates: Rates, question: Compare, metric: Metric, pair: tuple[str, str]
) -> Refusal | None:
    """Why a method that takes units as independent can't be used; None if it can.

    Args:
        rates: Of what was counted.
        question: What is asked.
        metric: Which metric.
        pair: Which two arms.
    """
    why = obstacle(rates, question, metric.name, pair)
    if why is not None:
        return Refusal(why.text)
    whole = rates.tally.pooled()
    places = [rates.tally.arms.index(arm) for arm in pair]
    if any(_changes(metric, place, whole) for place in places):
        return _refused("unlike_denominators")
    one, other = (axis(place, metric.lower[1]) for place in places)
    # Squares of 0 and 1 are 0 and 1; those of larger counts are larger than they.
    if any(whole.gram[each, each] != whole.sums[each] for each in (one, other)):
        return _refused("several_messages")
    if whole.gram[one, other]:
        return _refused("shared_recipients")
    return None


def units_of(metric: Metric, place: int, stratum: GramStratum) -> Units:
    """The units of an arm in a stratum."""
    least, most, units = (
        int(stratum.sums[axis(place, name)])
        for name in (metric.lower[0], metric.upper[0], metric.lower[1])
    )
    return Units(least, most, units)


def _changes(metric: Metric, place: int, whole: GramStratum) -> bool:
    """Whether the ends of a metric are shares of different things."""
    below, above = (whole.sums[axis(place, end[1])] for end in (metric.lower, metric.upper))
    return bool(below != above)


def _refused(code: str) -> Refusal:
    return Refusal(REFUSED[code], code)

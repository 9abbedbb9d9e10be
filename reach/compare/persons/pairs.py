"""Which channel reached more persons: comparisons across media, in one unit and of one universe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from reach.compare.verdict import Ruling
from reach.media.together.found import Persons
from reach.vocabulary import Because, Grade, Verdict

METHOD = (
    "Both intervals at a level at which all channels' intervals hold together; the difference"
    " reaches from the one's lower to the other's upper end, whatever the two have in common"
)
ASSUMED = (Grade.SURVEY, Grade.ESTIMATE)
"""Grades whose comparison holds on the stated assumptions only."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What one channel reached, whoever else did.

    Attributes:
        channel: Its name.
        persons: How many.
        grade: What the evidence is worth.
    """

    channel: str
    persons: Persons
    grade: Grade


def level_of_each(level: float, channels: int) -> float:
    """The level at which each of some intervals must hold for all to hold together.

    References:
        Bonferroni's inequality: it takes no independence.

    Examples:
        >>> round(level_of_each(0.95, 5), 6)
        0.99
    """
    return 1 - (1 - level) / max(1, channels)


def compare_persons(channels: Sequence[Alone], universe: int, level: float) -> list[dict[str, Any]]:
    """All pairs, as the document holds them.

    Args:
        channels: Those that were measured; their intervals hold together at the level.
        universe: How many there are to reach.
        level: At which all comparisons hold together.

    Returns:
        Differences in shares of the universe, a − b.
    """
    return [_document(one, other, universe, level) for one, other in combinations(channels, 2)]


def _rule(one: Alone, other: Alone) -> Ruling:
    low, high = _ends(one, other)
    if low > 0:
        return Ruling(Verdict.BETTER)
    if high < 0:
        return Ruling(Verdict.WORSE)
    known = one.persons.estimate is not None and other.persons.estimate is not None
    return Ruling(Verdict.UNDETERMINED, str(Because.SAMPLING if known else Because.BOUNDS))


def _ends(one: Alone, other: Alone) -> tuple[float, float]:
    return one.persons.low - other.persons.high, one.persons.high - other.persons.low


def _document(one: Alone, other: Alone, universe: int, level: float) -> dict[str, Any]:
    ruling = _rule(one, other)
    low, high = _ends(one, other)
    guesses = (one.persons.estimate, other.persons.estimate)
    known = guesses[0] is not None and guesses[1] is not None
    return {
        "a": one.channel,
        "b": other.channel,
        "grades": [str(one.grade), str(other.grade)],
        "across_grades": one.grade != other.grade,
        "on_assumptions": any(each.grade in ASSUMED for each in (one, other)),
        "difference": ((guesses[0] or 0.0) - (guesses[1] or 0.0)) / universe if known else None,
        "low": low / universe,
        "high": high / universe,
        "level": level,
        "method": METHOD,
        "verdict": str(ruling.verdict),
        "because": ruling.because,
    }

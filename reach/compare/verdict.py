"""The verdict table: first match wins. Nothing else decides."""

from __future__ import annotations

from dataclasses import dataclass

from reach.stats.difference import DifferenceInterval
from reach.vocabulary import Because, Verdict

FEWEST_EFFECTIVE_CLUSTERS = 10
"""Below this many effective recipients no interval is believed."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, and why if it needs a reason."""

    verdict: Verdict
    because: str | None = None


def rule(interval: DifferenceInterval, margin: float | None) -> Ruling:
    """The verdict on a difference that could be estimated, with enough recipients.

    Args:
        interval: Of the difference a − b, with what is possible inside it.
        margin: The difference that does not matter, a fraction; None if none is declared.
    """
    if margin is not None and -margin < interval.low and interval.high < margin:
        return Ruling(Verdict.EQUIVALENT)
    if interval.low > 0:
        return Ruling(Verdict.BETTER)
    if interval.high < 0:
        return Ruling(Verdict.WORSE)
    receipts = (
        interval.lower_bound <= 0 <= interval.upper_bound
        and interval.lower_bound < interval.upper_bound
    )
    return Ruling(Verdict.UNDETERMINED, str(Because.RECEIPTS if receipts else Because.SAMPLING))


TOO_FEW = Ruling(Verdict.UNDETERMINED, str(Because.TOO_FEW_RECIPIENTS))


def not_comparable(why: str) -> Ruling:
    """Row 1: there is nothing that could be compared, and why."""
    return Ruling(Verdict.NOT_COMPARABLE, why)

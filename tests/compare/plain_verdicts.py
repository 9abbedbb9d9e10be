"""The verdict table once more, in plain words and exact fractions, from recipients one by one.

It shares nothing with what it checks but the names of stages; the ends of the interval are
taken as they are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from random_tallies import Crowd

# The numerator and denominator of the lower end, then of the upper one; and what must be told.
_WHAT = {
    "delivered_per_sent": ("delivered", "sent", "possible", "sent", "d"),
    "delivered_per_assigned": ("delivered", "attempted", "possible", "attempted", "d"),
    "delivered_per_receipted": ("delivered", "receipted", "delivered", "receipted", "d"),
    "engaged_per_delivered": ("engaged", "possible", "maybe_engaged", "delivered", "de"),
    "acted_per_sent": ("acted", "sent", "acted", "sent", "a"),
    "delivered_per_recipient": ("delivered!", "attempted!", "possible!", "attempted!", "d"),
    "acted_per_recipient": ("acted!", "attempted!", "acted!", "attempted!", "a"),
}
_TELLS = {"d": "tells_delivered", "e": "tells_engaged", "a": "tells_acted"}
_FEWEST = 10


@dataclass(frozen=True)
class End:
    """A rate and its effective recipients, exactly."""

    rate: Fraction
    effective: Fraction


def _count(crowd: Crowd, arm: str, stage: str) -> int:
    """Messages of one recipient, or with ``!`` whether there is any."""
    count = crowd.flags(arm)[stage.removesuffix("!")]
    return min(1, count) if stage.endswith("!") else count


def _total(crowds: Sequence[Crowd], arm: str, stage: str) -> int:
    return sum(crowd.size * _count(crowd, arm, stage) for crowd in crowds)


def end_of(
    crowds: Sequence[Crowd], arm: str, above: str, below: str, *, standardised: bool
) -> End | None:
    """One end of a rate; None if there is nothing to divide by, in all or in a stratum."""
    whole = sum(crowd.size for crowd in crowds)
    names = {crowd.stratum for crowd in crowds} if standardised and crowds else {None}
    rate = concentration = Fraction(0)
    for name in names:
        part = [crowd for crowd in crowds if name is None or crowd.stratum == name]
        sent = _total(part, arm, below)
        if not sent:
            return None
        weight = Fraction(sum(crowd.size for crowd in part), whole)
        rate += weight * Fraction(_total(part, arm, above), sent)
        squares = sum(crowd.size * _count(crowd, arm, below) ** 2 for crowd in part)
        concentration += weight**2 * Fraction(squares, sent**2)
    return End(min(rate, Fraction(1)), 1 / concentration)


def ends_of(
    crowds: Sequence[Crowd], arm: str, metric: str, *, standardised: bool
) -> tuple[End, End] | None:
    """Both ends of a rate; None if there is nothing to divide by."""
    y, n, z, m, _ = _WHAT[metric]
    lower = end_of(crowds, arm, y, n, standardised=standardised)
    upper = end_of(crowds, arm, z, m, standardised=standardised)
    return None if lower is None or upper is None else (lower, upper)


def is_told(crowds: Sequence[Crowd], arm: str, metric: str) -> bool:
    """Whether an arm's sources can tell all that the metric is made of."""
    failures_only = _total(crowds, arm, "failures_only") > 0
    return all(
        _total(crowds, arm, _TELLS[each]) > 0 and not (failures_only and each != "e")
        for each in _WHAT[metric][-1]
    )


def _comparable(crowds: Sequence[Crowd], arm: str, metric: str, threshold: float) -> bool:
    if not _total(crowds, arm, "attempted") or not is_told(crowds, arm, metric):
        return False
    sent, receipted = _total(crowds, arm, "sent"), _total(crowds, arm, "receipted")
    return metric != "delivered_per_receipted" or not sent or receipted / sent >= threshold


def ruling_of(
    crowds: Sequence[Crowd],
    found: Mapping[str, Any],
    *,
    threshold: float,
    standardised: bool,
) -> tuple[str, set[str | None]]:
    """The verdict, and the reasons that may be given for it; any for what is not comparable."""
    metric, pair = found["metric"], (found["a"], found["b"])
    ends = [ends_of(crowds, arm, metric, standardised=standardised) for arm in pair]
    one, other = ends
    comparable = all(_comparable(crowds, arm, metric, threshold) for arm in pair)
    if not comparable or one is None or other is None:
        return "not comparable", {found["because"]}
    if min(end.effective for end in (*one, *other)) < _FEWEST:
        return "undetermined", {"too few recipients"}
    margin, low, high = found["margin"], found["low"], found["high"]
    if margin is not None and -margin < low <= high < margin:
        return "equivalent", {None}
    if low > 0:
        return "better", {None}
    if high < 0:
        return "worse", {None}
    least, most = one[0].rate - other[1].rate, one[1].rate - other[0].rate
    return "undetermined", {"receipts" if least <= 0 <= most and least < most else "sampling"}

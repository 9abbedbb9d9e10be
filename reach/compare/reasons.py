"""Why two arms can't be compared: a sentence, and what it speaks of, so that reports can word it anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from reach.compare.metrics import FAILURES_ONLY, Metric, why_not_measured
from reach.tally.tally import Stratum
from reach.vocabulary import Measures

_UNTOLD: Final = {
    Measures.DELIVERED: "no_receipts",
    Measures.ENGAGED: "no_engagement",
    Measures.ACTED: "no_acts",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    Attributes:
        text: In English, as ``because`` tells it.
        code: A stable word for the kind of reason.
        params: What the text mentions, by name.
    """

    text: str
    code: str
    params: Mapping[str, str | int | float] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """As the result document holds it, beside the text."""
        return {"code": self.code, "params": dict(self.params)}


def no_messages(arm: str) -> Reason:
    """Nothing of the arm is in the logs."""
    return Reason(f"{arm} has no messages", "no_messages", {"arm": arm})


def not_measured(arm: str, measure: Measures, counts: Mapping[str, int]) -> Reason:
    """Its logs do not tell what the metric counts."""
    why = why_not_measured(measure, counts)
    code = "failures_only" if why == FAILURES_ONLY else _UNTOLD[measure]
    return Reason(f"{arm}: {why}", code, {"arm": arm})


def nothing_counted(arm: str, metric: Metric) -> Reason:
    """There is nothing to divide by."""
    return Reason(
        f"{arm} has no {metric.denominator}",
        "nothing_counted",
        {"arm": arm, "per": metric.name.partition("_per_")[2]},
    )


def empty_stratum(arm: str, metric: Metric, strata: Sequence[Stratum]) -> Reason:
    """There is nothing to divide by in some strata, and nothing stands in for them."""
    first, *others = sorted(map(stratum_name, strata))
    text = f"{arm} has no {metric.denominator} in stratum {first}"
    params = {"arm": arm, "per": metric.name.partition("_per_")[2], "stratum": first}
    if not others:
        return Reason(text, "empty_stratum", params)
    return Reason(
        f"{text} and {len(others)} more", "empty_strata", {**params, "count": len(strata)}
    )


def hardly_covered(arm: str, covered: float) -> Reason:
    """So few receipts that a rate among them ranks nothing."""
    return Reason(
        f"{arm} has a receipt for {covered:.1%} only: too few to rank by",
        "hardly_covered",
        {"arm": arm, "coverage": covered},
    )


def alike(campaign: str) -> Reason:
    """How sure a campaign's difference is can't be told."""
    return Reason(
        f"in {campaign} all messages of both fared alike: how sure its difference is can't be told, "
        "nor its weight among the campaigns",
        "alike",
        {"campaign": campaign},
    )


def stratum_name(stratum: Stratum) -> str:
    """A stratum as a reader knows it."""
    return " · ".join("(none)" if name is None else name for name in stratum) or "(all)"

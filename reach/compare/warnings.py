"""What a reader must know before believing a number: few, specific, each with a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reach.compare.metrics import measured
from reach.compare.pairs import coverage
from reach.compare.question import Compare
from reach.compare.verdict import FEWEST_EFFECTIVE_CLUSTERS
from reach.tally.count import Counted, mixed_recipients
from reach.vocabulary import Measures

_MOST_MACHINE_OPENS = 0.5

Warning_ = dict[str, Any]


def warn(code: str, message: str, **params: str | float | None) -> Warning_:
    """A warning as the result document holds it; reports word it anew in their language."""
    return {"code": code, "message": message, "params": params}


def find_warnings(
    counted: Counted,
    question: Compare,
    arms: list[dict[str, Any]],
    comparisons: list[dict[str, Any]],
) -> Iterator[Warning_]:
    """All warnings that follow from what was counted and compared."""
    for arm in arms:
        yield from _of_arm(arm, counted.tally.counts[arm["channel"]], question)
    for channel, end in counted.log_ends.items():
        if end.source == "newest event":
            yield warn(
                "log_end_default",
                f"No log end is declared for {channel}: the newest event stands for it.",
                channel=channel,
            )
    for found in comparisons:
        if found["standardised"] and found["standardised"]["crude"]["sign_changes"]:
            yield warn(
                "sign_changes",
                f"Standardising turns the sign of {found['a']} − {found['b']}: the arms had different audiences.",
                a=found["a"],
                b=found["b"],
            )
    yield from _of_whole(counted)


def _of_arm(
    arm: Mapping[str, Any], counts: Mapping[str, int], question: Compare
) -> Iterator[Warning_]:
    name = arm["channel"]
    if not counts["attempted"]:
        yield warn("no_messages", f"{name} is compared but has no messages.", arm=name)
        return
    told = measured(counts)
    covered = coverage(counts)
    if Measures.DELIVERED in told and covered is not None and covered < question.coverage_threshold:
        yield warn(
            "low_receipt_coverage",
            f"Only {covered:.1%} of {name} has a receipt: don't rank it by the rate among receipted.",
            arm=name,
            coverage=float(covered),
        )
    if counts["conflicts"]:
        yield warn(
            "conflicts",
            f"{counts['conflicts']} messages of {name} are called both not sent and delivered; they count as unknown.",
            arm=name,
            count=counts["conflicts"],
        )
    if counts["opened_by_machine"] > _MOST_MACHINE_OPENS * counts["opened"]:
        share = counts["opened_by_machine"] / counts["opened"]
        yield warn(
            "machine_opens",
            f"{share:.0%} of {name} opens were made by machines; opens are shown as an interval only.",
            channel=name,
            share=share,
        )
    clusters = _effective_clusters(arm)
    if clusters is not None and clusters < FEWEST_EFFECTIVE_CLUSTERS:
        yield warn(
            "few_effective_recipients",
            f"{name} had {arm['clusters']} recipients, but a few got most of the messages: "
            f"they weigh like {clusters:.1f}, too few to compare.",
            arm=name,
            recipients=arm["clusters"],
            effective=round(clusters),
        )


def _effective_clusters(arm: Mapping[str, Any]) -> float | None:
    known = [
        rate["effective_clusters"] for rate in arm["rates"].values() if "effective_clusters" in rate
    ]
    return min(known, default=None)


def _of_whole(counted: Counted) -> Iterator[Warning_]:
    if counted.unmapped:
        yield warn(
            "unmapped_addresses",
            f"{counted.unmapped} addresses are in no people file; each counts as a person of its own.",
            count=counted.unmapped,
        )
    if mixed := mixed_recipients(counted.tally):
        yield warn(
            "mixed_strata",
            f"{mixed} recipients have two strata and are counted as mixed.",
            count=mixed,
        )
    for attribute, count in counted.disagreements.items():
        yield warn(
            "disagreements",
            f"{count} messages have two values of {attribute}; the first by alphabet counts.",
            attribute=attribute,
            count=count,
        )

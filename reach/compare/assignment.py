"""A declared randomisation, held against how many units each arm was really given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reach.compare.metrics import METRICS, stage_sums
from reach.compare.notice import Notice, warn
from reach.compare.question import Assignment, Compare
from reach.stats.balance import balance_check
from reach.tally.tally import Tally


def check_assignment(tally: Tally, declared: Assignment | None) -> dict[str, Any] | None:
    """The check as the result document holds it; None if nothing is declared.

    A person in two arms was not assigned to one of them: then the check fails, whatever the
    counts. Shares that are not declared can't be tested, and causal words need a test.
    """
    if declared is None:
        return None
    axis = "attempted_recipients" if declared.unit == "person" else "attempted"
    strata = list(tally.strata.values())
    arms = (
        [arm for arm in tally.arms if arm in declared.shares]
        if declared.shares
        else list(tally.arms)
    )
    counts = {arm: stage_sums(tally.arms.index(arm), strata)[axis] if strata else 0 for arm in arms}
    found: dict[str, Any] = {
        "unit": declared.unit,
        "randomised": declared.randomised,
        "counts": counts,
        "shares": dict(declared.shares),
        "chi2": None,
        "p_value": None,
        "passed": None,
        "why": None,
    }
    if not declared.randomised:
        return found | {"why": "not randomised"}
    if not declared.shares:
        return found | {"why": "no shares are declared"}
    if not any(counts.values()):
        return found | {"why": "no messages"}
    check = balance_check(list(counts.values()), [declared.shares[arm] for arm in arms])
    found |= {"chi2": check.statistic, "p_value": check.p_value, "passed": check.balanced}
    if not check.balanced:
        found["why"] = "the counts do not fit the declared shares"
    if _assigned_to_several(tally, declared):
        found |= {"passed": False, "why": "some persons are in several arms"}
    return found


def parted_by_chance(assignment: Mapping[str, Any] | None) -> frozenset[str]:
    """The arms that a declared and checked randomisation gave their audiences."""
    if assignment is None or not assignment["randomised"] or assignment["passed"] is not True:
        return frozenset()
    return frozenset(assignment["shares"])


def per_assigned(metric: str, assignment: Mapping[str, Any] | None) -> bool:
    """Whether a rate is one of what chance decided about, sent or not.

    Where messages were dealt out, a person may have got them from several arms: what became of
    the person is then no matter of one arm.
    """
    if assignment is None or not METRICS[metric].per_assigned:
        return False
    return METRICS[metric].unit == "message" or assignment["unit"] == "person"


def doubts_of_assignment(
    tally: Tally, question: Compare, assignment: Mapping[str, Any] | None
) -> Iterator[Notice]:
    """Tell why chance, though declared, gives no causal words."""
    if question.assignment is None or assignment is None or not assignment["randomised"]:
        return
    several = _assigned_to_several(tally, question.assignment)
    if several:
        yield warn(
            "persons_in_several_arms",
            f"{several} persons are in several arms, so that chance did not part them: no causal words.",
            count=several,
        )
    elif assignment["passed"] is False:
        yield warn(
            "unbalanced_assignment",
            "The arms are not as large as randomisation would make them: no causal words.",
        )
    elif assignment["passed"] and not any(
        per_assigned(metric, assignment) for metric in question.metrics
    ):
        unit = assignment["unit"]
        yield warn(
            "no_metric_per_assigned",
            f"Chance decided by {unit}, but no metric counts all that was assigned by {unit}: no "
            "causal words. delivered_per_assigned is such a metric.",
            unit=unit,
        )


def _assigned_to_several(tally: Tally, declared: Assignment) -> int:
    """Persons in several of the arms among which persons were to be parted."""
    return tally.in_several(declared.shares) if declared.unit == "person" else 0

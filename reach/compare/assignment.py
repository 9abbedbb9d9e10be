"""A declared randomisation, held against how many units each arm was really given."""

from __future__ import annotations

from typing import Any

from reach.compare.metrics import stage_sums
from reach.compare.question import Assignment
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
    if assigned_to_several(tally, declared):
        found |= {"passed": False, "why": "some persons are in several arms"}
    return found


def assigned_to_several(tally: Tally, declared: Assignment) -> int:
    """Persons in several of the arms among which persons were to be parted."""
    return tally.in_several(declared.shares) if declared.unit == "person" else 0

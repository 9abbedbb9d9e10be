"""Causal words need chance, an unbroken assignment, and a rate per assigned unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, codes, comparison, event
from plain_outcomes import Event

from reach.errors import ConfigError

SHARES = {"a": 1, "b": 1}
LOG = arm("a", delivered=90, failed=10) + arm("b", delivered=40, failed=60)
METRICS = ["delivered_per_assigned", "delivered_per_sent", "delivered_per_recipient"]


def run(folder: Path, log: list[Event], assignment: dict[str, Any]) -> dict[str, Any]:
    compare = {"metrics": METRICS, "assignment": assignment}
    return answer(campaign(folder, log, log_ends=LONG_AFTER, compare=compare))


def causes(result: dict[str, Any]) -> dict[str, bool]:
    return {name: comparison(result, name, "a", "b")["causal"] for name in METRICS}


def test_chance_and_balance_allow_the_words_per_assigned_unit(tmp_path: Path) -> None:
    found = run(tmp_path, LOG, {"randomised": True, "unit": "person", "shares": SHARES})
    check = found["assignment"]
    assert (check["passed"], check["why"], check["counts"]) == (True, None, {"a": 100, "b": 100})
    assert (check["chi2"], check["p_value"]) == (0, 1)
    assert causes(found) == {
        "delivered_per_assigned": True, "delivered_per_sent": False, "delivered_per_recipient": True,
    }  # fmt: skip
    assert not {"unbalanced_assignment", "persons_in_several_arms"} & set(codes(found))


def test_nothing_decided_gives_no_cause(tmp_path: Path) -> None:
    log = arm("a", delivered=50, failed=50) + arm("b", delivered=49, failed=51)
    found = run(tmp_path, log, {"randomised": True, "shares": SHARES})
    assert found["assignment"]["passed"]
    assert not any(causes(found).values())


def test_what_was_not_tested_gives_no_cause(tmp_path: Path) -> None:
    found = run(tmp_path, LOG, {"randomised": False, "shares": SHARES})
    assert (found["assignment"]["passed"], found["assignment"]["why"]) == (None, "not randomised")
    assert not any(causes(found).values())
    assert "unbalanced_assignment" not in codes(found)


def test_chance_without_shares_is_no_assignment(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"assignment\.randomised: got true, expected with it"):
        run(tmp_path, LOG, {"randomised": True})


def test_messages_dealt_out_say_nothing_of_persons(tmp_path: Path) -> None:
    found = run(tmp_path, LOG, {"randomised": True, "unit": "message", "shares": SHARES})
    assert comparison(found, "delivered_per_recipient", "a", "b")["verdict"] == "better"
    assert causes(found) == {
        "delivered_per_assigned": True, "delivered_per_sent": False, "delivered_per_recipient": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "metrics", "warned"),
    [
        ("person", ["delivered_per_sent"], True),
        ("person", ["delivered_per_sent", "delivered_per_recipient"], False),
        ("message", ["delivered_per_recipient"], True),
        ("message", ["delivered_per_assigned"], False),
    ],
)
def test_a_randomisation_that_no_metric_can_use_is_warned_of(
    tmp_path: Path, unit: str, metrics: list[str], *, warned: bool
) -> None:
    compare = {
        "metrics": metrics,
        "assignment": {"randomised": True, "unit": unit, "shares": SHARES},
    }
    found = answer(campaign(tmp_path, LOG, log_ends=LONG_AFTER, compare=compare))
    assert found["assignment"]["passed"]
    assert ("no_metric_per_assigned" in codes(found)) is warned


@pytest.mark.parametrize("unit", ["person", "message"])
def test_arms_of_the_wrong_size_give_no_cause(tmp_path: Path, unit: str) -> None:
    shares = {"a": 3, "b": 1}
    found = run(tmp_path, LOG, {"randomised": True, "unit": unit, "shares": shares})
    check = found["assignment"]
    assert (check["passed"], check["why"]) == (False, "the counts do not fit the declared shares")
    assert check["chi2"] == pytest.approx(50**2 / 150 + 50**2 / 50)
    assert not any(causes(found).values())
    assert "unbalanced_assignment" in codes(found)


def test_a_person_in_both_arms_gives_no_cause(tmp_path: Path) -> None:
    log = [*LOG, event("both1", "sent", "a", "both"), event("both2", "sent", "b", "both")]
    found = run(tmp_path, log, {"randomised": True, "unit": "person", "shares": SHARES})
    check = found["assignment"]
    assert (check["passed"], check["why"]) == (False, "some persons are in several arms")
    assert check["p_value"] == 1
    assert not any(causes(found).values())
    assert "persons_in_several_arms" in codes(found)


def test_messages_of_one_person_may_go_to_both_arms(tmp_path: Path) -> None:
    log = [*LOG, event("both1", "sent", "a", "both"), event("both2", "sent", "b", "both")]
    found = run(tmp_path / "even", log, {"randomised": True, "unit": "message", "shares": SHARES})
    assert found["assignment"]["passed"]
    assert causes(found)["delivered_per_assigned"]
    # And if the counts do not fit, that is what is said, not that persons are in both.
    odd = {"randomised": True, "unit": "message", "shares": {"a": 9, "b": 1}}
    said = codes(run(tmp_path / "odd", log, odd))
    assert "unbalanced_assignment" in said
    assert "persons_in_several_arms" not in said


def test_an_arm_that_nothing_was_assigned_to_stays_outside(tmp_path: Path) -> None:
    # Everybody got the letter too; whoever drew lots parted a from b only.
    letters = [
        event(f"letter {each['recipient']}", "delivered", "letter", each["recipient"])
        for each in LOG
    ]
    found = run(tmp_path, LOG + letters, {"randomised": True, "shares": SHARES})
    assert (found["assignment"]["passed"], found["recipients_in_several"]) == (True, 200)
    assert causes(found)["delivered_per_assigned"]
    with_letter = [each for each in found["comparisons"] if "letter" in (each["a"], each["b"])]
    assert any(each["verdict"] in ("better", "worse") for each in with_letter)
    assert not any(each["causal"] for each in with_letter)


def test_no_declaration_is_no_check(tmp_path: Path) -> None:
    found = answer(campaign(tmp_path, LOG, compare={"metrics": METRICS}))
    assert found["assignment"] is None
    assert not any(causes(found).values())

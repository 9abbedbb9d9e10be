"""Every row of the verdict table, from logs; and its edges, from intervals."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, codes, comparison, event
from plain_outcomes import Event

from reach.compare.verdict import Ruling, rule
from reach.stats.difference import DifferenceInterval
from reach.vocabulary import Verdict

PER_SENT = "delivered_per_sent"


def compared(
    folder: Path,
    log: list[Event],
    metric: str = PER_SENT,
    channels: dict[str, Any] | None = None,
    **compare: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """The comparison of a with b on a metric."""
    config = {"log_ends": LONG_AFTER, "compare": {"metrics": [metric]} | compare}
    if channels:
        config["channels"] = channels
    return comparison(answer(campaign(folder, log, **config)), metric, "a", "b")


def test_better_and_worse(tmp_path: Path) -> None:
    log = arm("a", delivered=90, failed=10) + arm("b", delivered=50, failed=50)
    found = compared(tmp_path / "one", log, pairs=[["a", "b"]])
    assert (found["verdict"], found["because"]) == ("better", None)
    assert 0 < found["low"] < 0.4 < found["high"]
    assert found["p_adjusted"] < 0.05
    log = arm("b", delivered=90, failed=10) + arm("a", delivered=50, failed=50)
    turned = compared(tmp_path / "two", log)
    assert (turned["verdict"], turned["low"], turned["high"]) == (
        "worse", pytest.approx(-found["high"]), pytest.approx(-found["low"]),
    )  # fmt: skip


def test_sampling(tmp_path: Path) -> None:
    log = arm("a", delivered=52, failed=48) + arm("b", delivered=50, failed=50)
    found = compared(tmp_path, log)
    assert (found["verdict"], found["because"]) == ("undetermined", "sampling")
    assert found["p_value"] > 0.5
    assert (found["tipping_point"], found["non_inferior"]) == ("none", None)


def test_receipts_where_the_bounds_alone_leave_it_open(tmp_path: Path) -> None:
    log = arm("a", delivered=60, sent=40) + arm("b", delivered=70, failed=30)
    found = compared(tmp_path, log)
    assert (found["verdict"], found["because"]) == ("undetermined", "receipts")
    assert found["difference_bounds"] == pytest.approx([-0.1, 0.3])
    assert found["tipping_point"] == pytest.approx(0.25)


def test_better_whatever_became_of_the_unknown(tmp_path: Path) -> None:
    log = arm("a", delivered=190, sent=10) + arm("b", delivered=60, failed=120, sent=20)
    found = compared(tmp_path, log)
    assert found["verdict"] == "better"
    assert (
        found["low"] < found["difference_bounds"][0] < found["difference_bounds"][1] < found["high"]
    )
    assert found["tipping_point"] == "cannot tie"


def test_equivalent_comes_before_better(tmp_path: Path) -> None:
    log = arm("a", delivered=780, failed=20) + arm("b", delivered=740, failed=60)
    found = compared(tmp_path / "wide", log, margin={PER_SENT: 0.1})
    assert (found["verdict"], found["non_inferior"]) == ("equivalent", True)
    assert found["low"] > 0
    found = compared(tmp_path / "narrow", log, margin={PER_SENT: 0.01})
    assert (found["verdict"], found["non_inferior"]) == ("better", True)


def test_not_inferior_is_said_beside_the_verdict(tmp_path: Path) -> None:
    log = arm("a", delivered=52, failed=48) + arm("b", delivered=50, failed=50)
    found = compared(tmp_path / "wide", log, margin={PER_SENT: 0.13})
    assert (found["verdict"], found["non_inferior"]) == ("undetermined", True)
    found = compared(tmp_path / "narrow", log, margin={PER_SENT: 0.05})
    assert (found["verdict"], found["non_inferior"]) == ("undetermined", False)


@pytest.mark.parametrize("recipients", [1, 9])
def test_too_few_recipients(tmp_path: Path, recipients: int) -> None:
    log = arm("a", delivered=recipients) + arm("b", failed=100)
    found = compared(tmp_path, log)
    assert (found["verdict"], found["because"]) == ("undetermined", "too few recipients")
    assert (found["low"], found["p_value"], found["difference"]) == (None, None, 1)


def test_ten_recipients_are_enough(tmp_path: Path) -> None:
    log = arm("a", delivered=10) + arm("b", failed=100)
    assert compared(tmp_path, log)["verdict"] == "better"


def test_many_messages_to_one_person_are_few_recipients(tmp_path: Path) -> None:
    flood = [event(f"flood{each}", "delivered", "a", "one@example.org") for each in range(200)]
    log = flood + arm("a", delivered=30) + arm("b", failed=100)
    result = answer(campaign(tmp_path, log, compare={"metrics": [PER_SENT]}))
    found = comparison(result, PER_SENT, "a", "b")
    assert (found["verdict"], found["because"]) == ("undetermined", "too few recipients")
    assert "few_effective_recipients" in codes(result)


NOT_COMPARABLE = {
    "no receipts": (
        arm("a", sent=20) + arm("b", delivered=20), PER_SENT, "a: the log holds no receipts",
    ),
    "engagement is not followed": (
        arm("a", delivered_and_clicked=20) + arm("b", delivered=20),
        "engaged_per_delivered", "b: the log does not follow engagement",
    ),
    "nobody says who acted": (
        arm("a", converted=20) + arm("b", delivered=20), "acted_per_sent",
        "b: the log does not say who acted",
    ),
    "no messages": (arm("b", delivered=20), PER_SENT, "a has no messages"),
    "nothing sent": (
        arm("a", rejected_and_expired=20) + arm("b", delivered=20), PER_SENT,
        "a has no messages sent",
    ),
    "nothing delivered": (
        [
            event(f"a{each}", word, "a", f"{each}", permanent=True, machine=True)
            for each in range(20)
            for word in ("failed", "clicked")
        ]
        + arm("b", delivered_and_clicked=20),
        "engaged_per_delivered", "a has no messages delivered",
    ),
    "hardly any receipt": (
        arm("a", delivered=60, failed=19, sent=21) + arm("b", delivered=70, failed=30),
        "delivered_per_receipted", "a has a receipt for 79.0% only: too few to rank by",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_COMPARABLE)
def test_not_comparable(tmp_path: Path, case: str) -> None:
    log, metric, why = NOT_COMPARABLE[case]
    found = compared(tmp_path, log, metric, channels={"a": {}, "b": {}})
    assert (found["verdict"], found["because"]) == ("not comparable", why)
    assert {found[name] for name in ("difference", "low", "high", "p_value", "method")} == {None}


def test_enough_receipts_to_rank_by(tmp_path: Path) -> None:
    log = arm("a", delivered=60, failed=20, sent=20) + arm("b", delivered=70, failed=30)
    found = compared(tmp_path / "usual", log, "delivered_per_receipted")
    assert found["verdict"] == "undetermined"
    assert found["difference"] == pytest.approx(0.05)
    strict = compared(tmp_path / "strict", log, "delivered_per_receipted", coverage_threshold=0.81)
    assert strict["verdict"] == "not comparable"


def test_an_empty_stratum_is_named(tmp_path: Path) -> None:
    log = [dict(each, region="north") for each in arm("a", delivered=20) + arm("b", delivered=20)]
    log += [dict(each, region="south") for each in arm("b", failed=20)]
    found = compared(tmp_path / "south", log, standardise=["region"])
    assert found["because"] == "a has no messages sent in stratum south"
    log += arm("a", expired=20)
    log += [dict(each, region="south") for each in arm("a", failed=20)]
    found = compared(tmp_path / "none", log, standardise=["region"])
    assert found["because"] == "b has no messages sent in stratum (none)"


def test_the_family_counts_what_can_t_be_compared(tmp_path: Path) -> None:
    log = arm("a", delivered=90, failed=10) + arm("b", delivered=50, failed=50)
    metrics = [PER_SENT, "acted_per_sent"]
    config = {"channels": {"a": {}, "b": {}, "c": {}}, "compare": {"metrics": metrics}}
    result = answer(campaign(tmp_path, log, **config))
    assert result["family"] == len(result["comparisons"]) == 6
    found = comparison(result, PER_SENT, "a", "b")
    assert found["p_adjusted"] == pytest.approx(6 * found["p_value"])
    assert "no_messages" in codes(result)
    named = answer(campaign(tmp_path / "named", log, **config | {"compare": {"baseline": "b"}}))
    assert [(each["a"], each["b"]) for each in named["comparisons"]] == [("a", "b"), ("c", "b")] * 2


def interval(
    low: float, high: float, bounds: tuple[float, float] | None = None
) -> DifferenceInterval:
    possible = bounds or ((low + high) / 2, (low + high) / 2)
    return DifferenceInterval(*possible, low, high, 1.96, math.inf, 0.5, 0.5, 0, 0, 1, 0.95, "told")


@pytest.mark.parametrize(
    ("found", "margin", "ruling"),
    [
        (interval(0.0, 0.2), None, Ruling(Verdict.UNDETERMINED, "sampling")),
        (interval(-0.2, 0.0), None, Ruling(Verdict.UNDETERMINED, "sampling")),
        (interval(1e-9, 0.2), None, Ruling(Verdict.BETTER)),
        (interval(-0.2, -1e-9), None, Ruling(Verdict.WORSE)),
        (interval(-0.02, 0.05), 0.05, Ruling(Verdict.UNDETERMINED, "sampling")),
        (interval(-0.05, 0.02), 0.05, Ruling(Verdict.UNDETERMINED, "sampling")),
        (interval(-0.049, 0.049), 0.05, Ruling(Verdict.EQUIVALENT)),
        (interval(-0.049, -0.001), 0.05, Ruling(Verdict.EQUIVALENT)),
        (interval(0.01, 0.05), 0.05, Ruling(Verdict.BETTER)),
        (interval(-0.1, 0.3, (0.0, 0.2)), None, Ruling(Verdict.UNDETERMINED, "receipts")),
        (interval(-0.3, 0.1, (-0.2, 0.0)), None, Ruling(Verdict.UNDETERMINED, "receipts")),
        (interval(-0.1, 0.3, (0.01, 0.2)), None, Ruling(Verdict.UNDETERMINED, "sampling")),
        (interval(-0.1, 0.1, (0.0, 0.0)), None, Ruling(Verdict.UNDETERMINED, "sampling")),
        (interval(-0.04, 0.04, (-0.01, 0.01)), 0.05, Ruling(Verdict.EQUIVALENT)),
    ],
)
def test_the_edges_of_the_table(
    found: DifferenceInterval, margin: float | None, ruling: Ruling
) -> None:
    assert rule(found, margin) == ruling

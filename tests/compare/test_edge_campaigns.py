"""Campaigns at the edge: they are answered, within the contract, without an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, codes, comparison, event
from plain_outcomes import Event

from reach.compare.metrics import METRICS
from reach.errors import InputError

CAMPAIGNS: dict[str, list[Event]] = {
    "one channel": arm("a", delivered=20, failed=5),
    "all delivered": arm("a", delivered=20) + arm("b", delivered=30),
    "none delivered": arm("a", failed=20) + arm("b", failed=30),
    "none known": arm("a", sent=20) + arm("b", sent=30),
    "all acted": arm("a", delivered_and_clicked_and_converted=20) + arm("b", converted=30),
    "one person": [event("m1", "delivered", "a", "x"), event("m2", "failed", "b", "x")],
    "one message": [event("m", "sent", "a", "x")],
    "one person got most": [event(f"m{i}", "delivered", "a", "x") for i in range(300)]
    + arm("a", delivered=15, failed=15)
    + arm("b", delivered=20, failed=20),
    "nothing sent": arm("a", rejected=12) + arm("b", suppressed=12),
    "conflicts only": arm("a", rejected_and_delivered=12) + arm("b", delivered=12),
    "machines only": [
        event(f"{name}{i}", "opened", name, f"{name}{i}", machine=True) for name in "ab" for i in range(15)
    ],
    "no times": [dict(each, occurred_at=None) for each in arm("a", sent=12) + arm("b", delivered=12)],
}  # fmt: skip


@pytest.mark.parametrize("name", CAMPAIGNS)
@pytest.mark.parametrize("ends", [True, False])
def test_every_metric_is_answered(tmp_path: Path, name: str, *, ends: bool) -> None:
    config: dict[str, Any] = {"compare": {"metrics": list(METRICS)}, "channels": {"silent": {}}}
    if ends:
        config["log_ends"] = LONG_AFTER
    found = answer(campaign(tmp_path, CAMPAIGNS[name], **config))
    assert found["channels"][0]["channel"] == "silent"
    assert "no_messages" in codes(found)
    for each in found["channels"]:
        outcomes = each["outcomes"]
        parts = ("not_sent", "pending", "unknown", "failed", "delivered")
        assert outcomes["attempted"] == sum(outcomes[part] for part in parts)
        for rate in each["rates"].values():
            if "low" in rate:
                inside = ("set_low", "low", "lower_bound", "upper_bound", "high", "set_high")
                ends_ = [rate[end] for end in inside]
                assert ends_ == sorted(ends_)
    for each in found["comparisons"]:
        if each["low"] is not None:
            ends_ = [each["low"], *each["difference_bounds"], each["high"]]
            assert ends_ == sorted(ends_)
            excludes = each["low"] > 0 or each["high"] < 0
            assert excludes == (each["p_adjusted"] <= 0.05)


def test_one_channel_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    found = answer(campaign(tmp_path, CAMPAIGNS["one channel"]))
    assert (found["comparisons"], found["family"]) == ([], 0)


def test_all_delivered_is_no_certainty(tmp_path: Path) -> None:
    found = answer(campaign(tmp_path, CAMPAIGNS["all delivered"], log_ends=LONG_AFTER))
    rate = found["channels"][0]["rates"]["delivered_per_sent"]
    assert (rate["lower_bound"], rate["high"]) == (1, 1)
    assert rate["low"] < 0.9
    pair = comparison(found, "delivered_per_sent", "a", "b")
    assert (pair["verdict"], pair["because"], pair["difference"]) == ("undetermined", "sampling", 0)


def test_no_receipts_are_neither_nothing_nor_all(tmp_path: Path) -> None:
    found = answer(campaign(tmp_path, CAMPAIGNS["none known"]))
    rates = found["channels"][0]["rates"]
    assert rates["delivered_per_sent"] == {"not_measured": "the log holds no receipts"}
    assert found["channels"][0]["measured"]["delivered"] is False
    assert found["channels"][0]["receipt_coverage"] is None


def test_one_person_has_a_rate_and_no_interval(tmp_path: Path) -> None:
    found = answer(campaign(tmp_path, CAMPAIGNS["one person"]))
    rate = found["channels"][0]["rates"]["delivered_per_sent"]
    assert rate == {
        "not_estimable": "one recipient only: the variance of its rate is not estimable"
    }
    pair = comparison(found, "delivered_per_sent", "a", "b")
    assert (pair["because"], pair["difference"]) == ("too few recipients", 1)


def test_a_log_of_refused_records_only_is_no_campaign(tmp_path: Path) -> None:
    folder = campaign(tmp_path, [event("m", "delivered", "", "x"), event("", "sent", "a", "x")])
    with pytest.raises(InputError, match="no message in 2 records") as raised:
        answer(folder)
    assert "2 refused records" in str(raised.value)


def test_a_fault_names_the_file_as_this_experiment_calls_it(tmp_path: Path) -> None:
    log = [event("m", "delivered", "", "x")]
    for name in ("first", "second"):
        folder = campaign(tmp_path / name, log)
        (folder / "logs" / "log.ndjson").rename(folder / "logs" / f"{name}.ndjson")
        with pytest.raises(InputError, match=f"logs/{name}.ndjson: got no message"):
            answer(folder, tmp_path / "store")


def test_conflicts_are_unknown_and_warned_of(tmp_path: Path) -> None:
    found = answer(campaign(tmp_path, CAMPAIGNS["conflicts only"], log_ends=LONG_AFTER))
    outcomes = found["channels"][0]["outcomes"]
    assert (outcomes["conflicts"], outcomes["unknown"], outcomes["sent"]) == (12, 12, 12)
    assert "conflicts" in codes(found)
    pair = comparison(found, "delivered_per_sent", "a", "b")
    assert (pair["verdict"], pair["because"]) == ("undetermined", "receipts")

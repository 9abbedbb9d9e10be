"""Methods beside the verdicts: published values through a whole campaign, and honest refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, event
from plain_outcomes import Event

from reach.compare.other_methods.independent import REFUSED
from reach.errors import ConfigError
from reach.experiment.load import load_experiment
from reach.stats.counts.mantel_haenszel import common_odds_ratio
from reach.stats.counts.score_difference import score_difference

# Admitted and rejected men and women by department (Bickel, Hammel and O'Connell 1975).
BERKELEY = {
    "A": ((512, 313), (89, 19)), "B": ((353, 207), (17, 8)), "C": ((120, 205), (202, 391)),
    "D": ((138, 279), (131, 244)), "E": ((53, 138), (94, 299)), "F": ((22, 351), (24, 317)),
}  # fmt: skip


def of_regions(fates: dict[str, dict[str, dict[str, int]]]) -> list[Event]:
    """Messages by region and channel, each to another person."""
    return [
        each | {"region": region, "message_id": f"{region}-{each['message_id']}"}
        for region, channels in fates.items()
        for channel, of in channels.items()
        for each in arm(channel, person=f"{region}-{channel}", **of)
    ]


def ask(folder: Path, log: list[Event], *also: str, **compare: Any) -> dict[str, Any]:  # noqa: ANN401
    asked = {"metrics": ["delivered_per_sent"], "also": list(also)} | compare
    return answer(campaign(folder, log, log_ends=LONG_AFTER, compare=asked))


def only(result: dict[str, Any]) -> dict[str, Any]:
    [found] = result["also"]
    return dict(found)


def test_small_counts_have_the_published_interval(tmp_path: Path) -> None:
    # Miettinen and Nurminen's method on 7 of 34 against 1 of 34.
    log = arm("a", delivered=7, failed=27) + arm("b", delivered=1, failed=33)
    found = only(ask(tmp_path, log, "score_interval"))
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.0270, 0.3453)
    assert found["difference_bounds"] == [pytest.approx(6 / 34)] * 2
    assert found["trials"] == [34, 34]
    assert round(found["p_value"], 3) == 0.025
    assert "decides nothing" in found["standing"]


def test_unknown_messages_give_both_extremes(tmp_path: Path) -> None:
    log = arm("a", delivered=60, failed=25, sent=15) + arm("b", delivered=40, failed=55, sent=5)
    found = only(ask(tmp_path, log, "score_interval"))
    below = score_difference(60, 100, 45, 100, 0.05)
    above = score_difference(75, 100, 40, 100, 0.05)
    assert found["difference_bounds"] == [below.estimate, above.estimate]
    assert (found["low"], found["high"]) == (below.low, above.high)
    assert found["p_value"] == below.p_value
    # What is possible on both sides of 0 has no p-value but 1.
    log = arm("a", delivered=60, failed=25, sent=15) + arm("b", delivered=70, failed=30)
    found = only(ask(tmp_path / "open", log, "score_interval"))
    assert found["p_value"] == 1
    assert found["low"] < -0.1 < 0.05 < found["high"]


def test_the_odds_ratio_of_berkeley(tmp_path: Path) -> None:
    fates = {
        name: {
            "men": {"delivered": men[0], "failed": men[1]},
            "women": {"delivered": women[0], "failed": women[1]},
        }
        for name, (men, women) in BERKELEY.items()
    }
    found = only(ask(tmp_path, of_regions(fates), "mantel_haenszel", standardise=["region"]))
    assert [round(each, 4) for each in found["odds_ratio_bounds"]] == [0.9047, 0.9047]
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.7719, 1.0603)
    assert (found["strata"], found["uninformative"]) == (6, [])
    [test] = found["homogeneity"]
    assert (round(test["p_value"], 4), test["degrees_of_freedom"]) == (0.0021, 5)


def test_odds_ratios_of_what_is_possible(tmp_path: Path) -> None:
    fates = {
        "north": {"a": {"delivered": 30, "failed": 8, "sent": 4}, "b": {"delivered": 20, "failed": 20}},
        "south": {"a": {"delivered": 9, "failed": 9}, "b": {"delivered": 5, "failed": 9, "sent": 1}},
        "west": {"a": {"delivered": 3}},
    }  # fmt: skip
    found = only(ask(tmp_path, of_regions(fates), "mantel_haenszel", standardise=["region"]))
    below = common_odds_ratio([(30, 12, 20, 20), (9, 9, 6, 9), (3, 0, 0, 0)], 0.05)
    above = common_odds_ratio([(34, 8, 20, 20), (9, 9, 5, 10), (3, 0, 0, 0)], 0.05)
    assert found["odds_ratio_bounds"] == pytest.approx([below.estimate, above.estimate])
    assert (found["low"], found["high"]) == pytest.approx((below.low, above.high))
    assert (found["strata"], found["uninformative"]) == (2, ["west"])
    assert found["p_value"] == pytest.approx(below.p_value)
    assert len(found["homogeneity"]) == 2


def test_an_odds_ratio_without_limit_is_none(tmp_path: Path) -> None:
    fates = {"north": {"a": {"delivered": 9}, "b": {"delivered": 3, "failed": 4}}}
    found = only(ask(tmp_path, of_regions(fates), "mantel_haenszel", standardise=["region"]))
    assert "no upper limit" in found["not_estimable"]
    assert found["code"] is None


def test_missing_at_random_weighs_strata_by_what_they_sent(tmp_path: Path) -> None:
    fates = {
        "north": {"sms": {"delivered": 72, "failed": 18, "sent": 10}},
        "south": {"sms": {"delivered": 6, "failed": 14, "sent": 80}},
    }
    result = ask(
        tmp_path, of_regions(fates), "missing_at_random", standardise=["region"], metrics=["acted_per_sent"]
    )  # fmt: skip
    found = only(result)
    assert (found["a"], found["b"], found["metric"]) == ("sms", None, "delivered_per_sent")
    assert found["estimate"] == pytest.approx((72 / 90 + 6 / 20) / 2)
    assert (found["lower_bound"], found["upper_bound"]) == (0.39, 0.84)
    assert found["low"] < found["estimate"] < found["high"]
    assert found["receipt_coverage"] == 0.55
    assert found["standing"].startswith("sensitivity analysis")


def test_missing_at_random_says_what_it_can_not(tmp_path: Path) -> None:
    fates = {"north": {"sms": {"delivered": 9}}, "south": {"sms": {"sent": 8}}}
    log = [
        *of_regions(fates),
        event("x", "opened", "email", "e@x.org", machine=False, region="north"),
    ]
    result = ask(tmp_path, log, "missing_at_random", standardise=["region"])
    whys = {each["a"]: each["not_estimable"] for each in result["also"]}
    assert "south (8 sent)" in whys["sms"]
    assert whys["email"] == "the log holds no receipts"


def test_clusters_are_refused(tmp_path: Path) -> None:
    log = arm("a", delivered=20, failed=10) + arm("b", delivered=20, failed=9)
    again = {**log[0], "message_id": "again"}
    found = only(ask(tmp_path, [*log, again], "score_interval"))
    assert (found["code"], found["not_estimable"]) == (
        "several_messages",
        REFUSED["several_messages"],
    )
    assert "low" not in found
    shared = arm("a", delivered=20, failed=10) + arm("b", person="a", delivered=3, failed=19)
    found = only(ask(tmp_path / "shared", shared, "score_interval"))
    assert found["code"] == "shared_recipients"


def test_people_may_get_several_messages_where_people_are_counted(tmp_path: Path) -> None:
    log = arm("a", delivered=20, failed=10) + arm("b", delivered=10, failed=20)
    log += [{**each, "message_id": f"{each['message_id']}-again"} for each in log]
    found = only(ask(tmp_path, log, "score_interval", metrics=["delivered_per_recipient"]))
    assert found["trials"] == [30, 30]
    assert found["low"] == score_difference(20, 30, 10, 30, 0.05).low


def test_ends_with_other_denominators_are_refused(tmp_path: Path) -> None:
    log = arm("a", delivered_and_replied=5, delivered=20, sent=10) + arm(
        "b", delivered_and_replied=30
    )
    found = only(ask(tmp_path, log, "score_interval", metrics=["engaged_per_delivered"]))
    assert found["code"] == "unlike_denominators"
    log = arm("a", delivered_and_replied=5, delivered=20) + arm("b", delivered_and_replied=30)
    found = only(ask(tmp_path / "known", log, "score_interval", metrics=["engaged_per_delivered"]))
    assert found["difference_bounds"] == [5 / 25 - 1] * 2


def test_what_is_not_measured_is_not_estimated(tmp_path: Path) -> None:
    log = arm("a", sent=20) + arm("b", delivered=30)
    found = only(ask(tmp_path, log, "score_interval"))
    assert found["not_estimable"] == "a: the log holds no receipts"


def test_no_verdict_changes(tmp_path: Path) -> None:
    fates = {
        "north": {"a": {"delivered": 30, "failed": 8, "sent": 4}, "b": {"delivered": 20, "failed": 20}},
        "south": {"a": {"delivered": 9, "failed": 9}, "b": {"delivered": 5, "failed": 9, "sent": 1}},
    }  # fmt: skip
    methods = ("score_interval", "mantel_haenszel", "missing_at_random")
    folder = campaign(
        tmp_path, of_regions(fates), log_ends=LONG_AFTER, compare={"standardise": ["region"]}
    )
    without = answer(folder)
    with_them = ask(
        tmp_path / "also", of_regions(fates), *methods, standardise=["region"],
        metrics=["delivered_per_sent", "engaged_per_delivered"],
    )  # fmt: skip
    assert "also" not in without
    assert {each["method"] for each in with_them["also"]} == set(methods)
    for part in ("comparisons", "channels", "family", "warnings"):
        assert with_them[part] == without[part]


def test_an_odds_ratio_over_strata_needs_strata(tmp_path: Path) -> None:
    log = arm("a", delivered=3)
    for compare in (
        {"also": ["mantel_haenszel"]},
        {"also": ["probit"]},
        {"also": "score_interval"},
    ):
        with pytest.raises(ConfigError, match=r"compare\.also"):
            load_experiment(campaign(tmp_path, log, compare=compare))

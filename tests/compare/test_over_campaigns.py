"""Several campaigns put together: plain numbers in, the same numbers out, and what can't be said."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign
from plain_outcomes import Event

from reach.errors import ConfigError
from reach.experiment.load import load_experiment
from reach.report.campaigns import campaign_lines
from reach.report.csv_text import csv_text
from reach.report.funnel import outcomes_only
from reach.report.numbers import Lang
from reach.stats.campaigns.pooled import pooled

Fates = dict[str, int]


def _events(campaigns: dict[str, tuple[Fates, Fates]]) -> list[Event]:
    """Two channels, sms and email, in each campaign; everyone gets one message."""
    events = []
    for name, fates in campaigns.items():
        for channel, each in zip(("sms", "email"), fates, strict=True):
            for event in arm(channel, person=f"{name}-{channel}", **each):
                event["message_id"] = f"{name}-{event['message_id']}"
                events.append(event | {"campaign": name})
    return events


def _ask(folder: Path, fates: dict[str, tuple[Fates, Fates]], **compare: Any) -> dict[str, Any]:  # noqa: ANN401
    asked = {"metrics": ["delivered_per_sent"], "campaigns": list(fates)} | compare
    return answer(campaign(folder, _events(fates), log_ends=LONG_AFTER, compare=asked))


def _only(found: dict[str, Any]) -> dict[str, Any]:
    [each] = found["over_campaigns"]["pooled"]
    return dict(each)


KNOWN = {
    "one": ({"delivered": 30, "failed": 10}, {"delivered": 20, "failed": 20}),
    "two": ({"delivered": 33, "failed": 17}, {"delivered": 30, "failed": 30}),
    "three": ({"delivered": 45, "failed": 5}, {"delivered": 22, "failed": 18}),
    "four": ({"delivered": 20, "failed": 20}, {"delivered": 26, "failed": 14}),
}


def _plain(fates: tuple[Fates, Fates]) -> tuple[float, float]:
    """Difference email − sms and its unbiased variance, by hand."""
    sms, email = ((each["delivered"], each["delivered"] + each["failed"]) for each in fates)
    shares = [delivered / sent for delivered, sent in (email, sms)]
    errors = [p * (1 - p) / (n - 1) for p, (_, n) in zip(shares, (email, sms), strict=True)]
    return shares[0] - shares[1], sum(errors)


def test_it_pools_what_each_campaign_says(tmp_path: Path) -> None:
    found = _only(_ask(tmp_path, KNOWN))
    assert (found["a"], found["b"]) == ("email", "sms")
    estimates, variances = zip(*map(_plain, KNOWN.values()), strict=True)
    wanted = pooled(estimates, variances, 0.05)
    assert [each["campaign"] for each in found["of"]] == list(KNOWN)
    assert [each["difference"] for each in found["of"]] == pytest.approx(estimates)
    assert found["difference_bounds"] == pytest.approx([wanted.estimate] * 2)
    assert (found["low"], found["high"]) == pytest.approx((wanted.low, wanted.high))
    assert found["p_value"] == pytest.approx(wanted.p_value)
    assert found["spread"] == pytest.approx([math.sqrt(wanted.heterogeneity.tau2)] * 2)
    assert wanted.prediction is not None
    assert found["prediction"]["low"] == pytest.approx(max(-1, wanted.prediction.low))
    assert found["prediction"]["degrees_of_freedom"] == 2


def test_missing_receipts_pull_the_ends_apart(tmp_path: Path) -> None:
    known = _only(_ask(tmp_path / "known", KNOWN))
    partly = {
        name: (sms, {"delivered": email["delivered"] - 8, "failed": email["failed"], "sent": 8})
        for name, (sms, email) in KNOWN.items()
    }
    found = _only(_ask(tmp_path / "partly", partly))
    low, high = found["difference_bounds"]
    assert found["low"] < low < known["difference_bounds"][0] <= high < found["high"]
    assert found["prediction"]["low"] <= found["low"]
    assert found["prediction"]["high"] >= found["high"]


def test_the_interval_excludes_0_just_where_the_p_value_says_so(tmp_path: Path) -> None:
    better = {
        f"c{n}": (
            {"delivered": 20 + n, "failed": 30},
            {"delivered": 40, "failed": 5, "sent": n + 1},
        )
        for n in range(4)
    }
    excluded = 0
    for number, fates in enumerate((KNOWN, better)):
        for level in (0.5, 0.8, 0.95, 0.999999):
            found = _only(_ask(tmp_path / str(number), fates, level=level))
            excludes = found["low"] > 0 or found["high"] < 0
            assert excludes == (found["p_value"] <= 1 - level)
            excluded += excludes
    assert 0 < excluded < 8
    least = _only(_ask(tmp_path / "1", better))["p_value"]
    for factor, excludes in ((0.98, False), (1.02, True)):
        found = _only(_ask(tmp_path / "1", better, level=1 - factor * least))
        assert (found["low"] > 0 or found["high"] < 0) is excludes


def test_two_campaigns_have_an_average_and_no_next(tmp_path: Path) -> None:
    two = {name: KNOWN[name] for name in ("one", "two")}
    answered = _ask(tmp_path, two)
    found = _only(answered)
    assert found["prediction"] is None
    assert found["no_prediction"].startswith("2 campaigns cannot tell how the next one may differ")
    assert found["degrees_of_freedom"] == 1
    assert found["low"] < found["difference_bounds"][0] < found["high"]
    assert "two campaigns can't tell where the next one may lie" in _read(answered, "en")
    assert "dua kampanye tidak menunjukkan di mana kampanye berikutnya" in _read(answered, "id")
    assert "two campaigns" not in _read(_ask(tmp_path / "all", KNOWN), "en")


def test_campaigns_that_cannot_enter_are_named(tmp_path: Path) -> None:
    odd = KNOWN | {
        "silent": ({"delivered": 30}, {}),
        "small": ({"delivered": 3, "failed": 2}, {"delivered": 2, "failed": 3}),
    }
    answered = _ask(tmp_path, odd, campaigns=[*odd, "never"])
    found = _only(answered)
    empty = [each["params"] for each in answered["warnings"] if each["code"] == "empty_campaign"]
    assert empty == [{"campaign": "never"}]
    left = {each["campaign"]: each["because"] for each in found["left_out"]}
    assert left == {
        "silent": "email has no messages",
        "small": "too few recipients",
        "never": "email has no messages",
    }
    assert [each["campaign"] for each in found["of"]] == list(KNOWN)


def _read(found: dict[str, Any], lang: Lang) -> str:
    return " ".join(" ".join(line.plain for line in campaign_lines(found, lang, 100)).split())


def test_a_campaign_without_any_variance_leaves_nothing_to_say(tmp_path: Path) -> None:
    answered = _ask(tmp_path, KNOWN | {"all": ({"delivered": 30}, {"delivered": 30})})
    found = _only(answered)
    assert "in all all messages of both fared alike" in found["not_estimable"]
    assert "low" not in found
    assert "email − SMS: in all all messages of both fared alike" in _read(answered, "en")
    assert "email − SMS: dalam kampanye all semua pesan keduanya" in _read(answered, "id")


def test_one_campaign_is_not_several(tmp_path: Path) -> None:
    answered = _ask(tmp_path, {"one": KNOWN["one"]}, campaigns=["one", "never"])
    found = _only(answered)
    assert found["not_estimable"].startswith("1 campaign only")
    assert "low" not in found
    assert "one campaign can't tell how much campaigns differ" in _read(answered, "en")
    assert "satu kampanye tidak menunjukkan" in _read(answered, "id")


def test_nothing_is_put_together_unasked(tmp_path: Path) -> None:
    found = answer(campaign(tmp_path, _events(KNOWN), log_ends=LONG_AFTER))
    assert "over_campaigns" not in found
    assert campaign_lines(found, "en", 80) == []


def _csv_rows(found: dict[str, Any]) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(csv_text(found)))
    return [row for row in rows if row["table"] in ("over_campaigns", "of_campaign")]


def test_the_csv_holds_every_number_of_it(tmp_path: Path) -> None:
    answered = _ask(tmp_path, KNOWN, campaigns=[*KNOWN, "never"])
    found = _only(answered)
    rows = _csv_rows(answered)
    assert {(row["arm"], row["other_arm"], row["metric"]) for row in rows} == {
        ("email", "sms", "delivered_per_sent")
    }
    whole = {row["quantity"]: row for row in rows if row["table"] == "over_campaigns"}

    def ends(quantity: str) -> list[float]:
        return [float(whole[quantity][end]) for end in ("low", "high")]

    assert whole["campaigns"]["value"] == "4"
    assert float(whole["average_difference"]["value"]) == pytest.approx(
        found["difference_bounds"][0]
    )
    assert ends("average_difference") == pytest.approx([found["low"], found["high"]])
    assert (whole["average_difference"]["level"], whole["average_difference"]["method"]) == (
        "0.95", found["method"],
    )  # fmt: skip
    assert ends("average_bounds") == pytest.approx(found["difference_bounds"])
    assert float(whole["p_value"]["value"]) == pytest.approx(found["p_value"])
    assert whole["degrees_of_freedom"]["value"] == "3"
    assert ends("spread") == pytest.approx(found["spread"])
    assert ends("i2") == pytest.approx(found["i2"])
    following = found["prediction"]
    assert ends("next_campaign") == pytest.approx([following["low"], following["high"]])
    assert float(whole["next_campaign_degrees_of_freedom"]["value"]) == 2
    each = [row for row in rows if row["table"] == "of_campaign"]
    told = {row["source"]: float(row["value"]) for row in each if row["quantity"] == "difference"}
    assert told == pytest.approx({of["campaign"]: of["difference"] for of in found["of"]})
    bounds = [row for row in each if row["quantity"] == "difference_bounds"]
    assert [float(row["low"]) for row in bounds] == pytest.approx(
        [of["difference_bounds"][0] for of in found["of"]]
    )
    left = [(row["source"], row["because"]) for row in each if row["quantity"] == "left_out"]
    assert left == [("never", "email has no messages")]


def test_the_csv_says_what_can_t_be_had(tmp_path: Path) -> None:
    def of(names: list[str]) -> dict[str, dict[str, str]]:
        fates = {name: KNOWN[name] for name in names}
        answered = _ask(tmp_path / "".join(names), fates, campaigns=[*names, "never"])
        rows = _csv_rows(answered)
        return {row["quantity"]: row for row in rows if row["table"] == "over_campaigns"}

    two = of(["one", "two"])
    assert (two["next_campaign"]["low"], two["next_campaign"]["high"]) == ("", "")
    assert "needs three or more" in two["next_campaign"]["because"]
    one = of(["one"])
    assert set(one) == {"campaigns", "not_estimable"}
    assert "needs two or more" in one["not_estimable"]["because"]


def test_between_two_ends_the_csv_has_no_average_of_its_own(tmp_path: Path) -> None:
    partly = {
        name: (sms, {"delivered": email["delivered"] - 8, "failed": email["failed"], "sent": 8})
        for name, (sms, email) in KNOWN.items()
    }
    [average] = [
        row for row in _csv_rows(_ask(tmp_path, partly)) if row["quantity"] == "average_difference"
    ]
    assert average["value"] == ""
    assert float(average["low"]) < float(average["high"])


def test_a_funnel_puts_no_comparisons_together(tmp_path: Path) -> None:
    found = outcomes_only(_ask(tmp_path, KNOWN))
    assert "over_campaigns" not in found
    assert _csv_rows(dict(found)) == []


def test_one_arm_has_nothing_to_put_together(tmp_path: Path) -> None:
    found = _ask(tmp_path, KNOWN, by="region")
    assert found["over_campaigns"]["pooled"] == []
    assert campaign_lines(found, "en", 80) == []


def test_the_report_tells_it_in_both_languages(tmp_path: Path) -> None:
    found = _ask(tmp_path, KNOWN, campaigns=[*KNOWN, "never"])
    for lang, head, following, never in (
        ("en", "Over 5 campaigns", "the next", "never (email has no messages)"),
        ("id", "Atas 5", "berikutnya", "never (tidak ada pesan email)"),
    ):
        for width in (40, 60, 100):
            lines = [line.plain for line in campaign_lines(found, lang, width)]
            assert all(len(line) <= width for line in lines)
            text = " ".join(" ".join(lines).split())
            assert head in text
            assert following in text
            assert never in text


@pytest.mark.parametrize(
    ("compare", "received"),
    [
        ({"by": "campaign", "campaigns": ["one", "two"]}, "campaigns with by: campaign"),
        ({"campaigns": ["one"]}, "a list of 1"),
        ({"campaigns": ["one", "one"]}, "a list of 2"),
        ({"campaigns": "all"}, '"all"'),
    ],
)
def test_what_cannot_be_asked_is_said(
    tmp_path: Path, compare: dict[str, Any], received: str
) -> None:
    folder = campaign(tmp_path, _events({"one": KNOWN["one"]}), compare=compare)
    with pytest.raises(ConfigError) as refusal:
        load_experiment(folder)
    assert f"$.compare.campaigns: got {received}" in str(refusal.value)

"""Sentences say what the verdict says, no more and no less."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from report_samples import load

from reach.report.numbers import Lang
from reach.report.sentences import sentence, sentences


def _said(result: dict[str, Any]) -> str:
    return sentence(result, result["comparisons"][0], "en")


def test_receipts_name_the_unknown_share_and_the_tipping_point() -> None:
    # 600 delivered, 250 failed, 150 unknown against 700, 300, 0: 100 of 150 make a tie.
    said = _said(load("two-variants"))
    assert "undetermined: 15.0 % of variant a has no receipt" in said
    assert "at least 66.7 % of those" in said


def test_the_trailing_arm_is_named_whichever_side_it_stands_on() -> None:
    result = load("two-variants")
    pair = result["comparisons"][0]
    pair.update(
        a="b", b="a", difference=0.1, low=-0.083, high=0.135, difference_bounds=[-0.05, 0.1]
    )
    assert "15.0 % of variant a has no receipt" in _said(result)


def test_without_a_tipping_point_the_possible_range_is_said() -> None:
    result = load("two-variants")
    result["comparisons"][0]["tipping_point"] = None
    assert "what is unknown leaves anything from −10.0 to +5.0 points possible" in _said(result)


def test_unknown_ones_are_mentioned_only_where_there_are_some() -> None:
    with_unknown = [text for _, text in sentences(load("three-channels"), "en")]
    assert "whatever became of the unknown ones" in with_unknown[0]
    without = [text for _, text in sentences(load("calls-not-measured"), "en")]
    assert without[0] == "Cellular was acted on more than telephone: +8.8 to +10.2 points."


def test_suspect_clicks_are_named_where_they_make_the_range() -> None:
    result = load("three-channels")
    pair = next(
        p for p in result["comparisons"] if p["metric"] == "engaged_per_delivered" and p["low"]
    )
    pair.update(verdict="better", because=None, low=0.01, high=0.2, difference_bounds=[0.02, 0.19])
    for arm in result["channels"]:
        arm["outcomes"].update(unknown=0, pending=0)
    assert sentence(result, pair, "en").endswith("points, however suspect clicks are counted.")


CAUSES = ("because of", "causes", "leads to", "karena")


def test_causal_words_stand_only_where_the_comparison_is_causal() -> None:
    result = load("randomised")
    causal = [sentence(result, pair, "en") for pair in result["comparisons"]]
    assert "better than variant late because of the variant: " in causal[0]
    for pair in result["comparisons"]:
        pair["causal"] = False
        for lang in ("en", "id"):
            assert not any(word in sentence(result, pair, lang) for word in CAUSES)


def test_equivalence_states_margin_and_sign() -> None:
    result = load("refused-rows")
    pair = result["comparisons"][0]
    assert "within the margin of ±0.5 points" in _said(result)
    pair.update(low=0.0001, high=0.0003)
    assert _said(result).endswith("email is slightly ahead.")
    pair.update(low=-0.0003, high=-0.0001)
    assert _said(result).endswith("email is slightly behind.")


def test_too_few_recipients_counts_the_smaller_arm() -> None:
    said = sentence(result := load("pending"), result["comparisons"][1], "en")
    assert "only 6 effective recipients in push where at least 10 are needed" in said


def test_too_few_recipients_are_never_rounded_up_to_enough() -> None:
    result = load("pending")
    rate = result["channels"][2]["rates"]["delivered_per_sent"]
    for effective, en, indonesian in ((9.97, "9.9", "9,9"), (9.7, "9.7", "9,7"), (9.0, "9", "9")):
        rate["effective_clusters"] = effective
        said = {lang: sentence(result, result["comparisons"][1], lang) for lang in get_args(Lang)}
        assert f"only {en} effective recipients in push" in said["en"]
        assert f"hanya {indonesian} penerima efektif di kanal push" in said["id"]


def test_one_effective_recipient_is_one() -> None:
    result = load("pending")
    result["channels"][2]["rates"]["delivered_per_sent"]["effective_clusters"] = 1.0
    said = {lang: sentence(result, result["comparisons"][1], lang) for lang in get_args(Lang)}
    assert "only 1 effective recipient in push where at least 10 are needed" in said["en"]
    assert "hanya 1 penerima efektif di kanal push" in said["id"]


def test_an_arm_without_messages_is_not_called_unmeasured() -> None:
    result = load("calls-not-measured")
    arm, pair = result["channels"][0], result["comparisons"][0]
    arm["outcomes"] = dict.fromkeys(arm["outcomes"], 0)
    arm["rates"] = {name: {"not_estimable": "no messages"} for name in arm["rates"]}
    pair |= {"verdict": "not comparable", "because": f"{arm['channel']} has no messages"}
    pair |= {"difference": None, "difference_bounds": None, "low": None, "high": None}
    name = arm["channel"]
    assert sentence(result, pair, "en").endswith(
        f"not comparable: there are no messages of {name}."
    )
    assert sentence(result, pair, "id").endswith(f"tidak ada pesan kanal {name}.")


def test_provisional_and_assumed_verdicts_say_so() -> None:
    result = load("pending")
    assert _said(result).endswith("(provisional).")
    for arm in result["channels"]:
        arm["grade"] = "E"
    assert "on the stated assumptions" in _said(result)


def test_non_inferiority_is_said_with_its_margin() -> None:
    result = load("pending")
    result["comparisons"][0].update(because="sampling", low=-0.015, high=0.03, non_inferior=True)
    assert "; WhatsApp is not worse than SMS by more than the margin of 2.0 points" in _said(result)
    said = sentence(result, result["comparisons"][0], "id")
    assert "; WhatsApp tidak lebih buruk dari SMS melebihi batas 2,0 poin" in said


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "Cellular and telephone are not comparable: units differ."),
        ("id", "Kanal cellular dan kanal telephone tidak dapat dibandingkan: units differ."),
    ],
)
def test_not_comparable_gives_the_reason(lang: Any, expected: str) -> None:  # noqa: ANN401
    result = load("calls-not-measured")
    pair = result["comparisons"][0]
    pair.update(verdict="not comparable", because="units differ", low=None, high=None)
    assert sentence(result, pair, lang) == expected


def test_what_is_not_measured_is_said_in_the_readers_language() -> None:
    pairs = [text for _, text in sentences(load("three-channels"), "id")]
    assert "keterlibatan per pesan tersampaikan tidak terukur di SMS" in pairs[3]


def test_metrics_without_words_of_their_own_are_still_said() -> None:
    result = load("calls-not-measured")
    pair = result["comparisons"][0]
    for arm in result["channels"]:
        arm["rates"]["shared_per_day"] = arm["rates"].pop("acted_per_recipient")
    pair["metric"] = "shared_per_day"
    assert _said(result).startswith("Cellular has more shared per day than telephone: +8.8")

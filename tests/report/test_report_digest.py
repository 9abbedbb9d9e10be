"""Many pairs in few sentences, long titles without a cut, and what to do next."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from report_samples import load

from reach.report.digest import MOST_SENTENCES
from reach.report.next_steps import next_steps
from reach.report.render import render

NAMES = ("mail", "sms", "wa", "push")


def arm(name: str, **outcomes: int) -> dict[str, Any]:
    whole = load("three-channels")["channels"][0]
    counts = dict.fromkeys(whole["outcomes"], 0) | {"attempted": 1000, "sent": 1000}
    return whole | {"channel": name, "outcomes": counts | outcomes}


def pair(a: str, b: str, verdict: str, because: str | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    model = load("three-channels")["comparisons"][0]
    return model | {"a": a, "b": b, "verdict": verdict, "because": because, "causal": False} | more


def result(*comparisons: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    whole = load("three-channels")
    arms = [arm(name, delivered=900, unknown=50 * place) for place, name in enumerate(NAMES)]
    return whole | {"channels": arms, "comparisons": list(comparisons), "warnings": []} | more


def told(*comparisons: dict[str, Any], lang: Any = "en") -> str:  # noqa: ANN401
    assert len(comparisons) > MOST_SENTENCES
    text = render(result(*comparisons), "table", lang, width=100)
    return " ".join(text.split("  What to do next")[0].split())


ALL = list(itertools.combinations(NAMES, 2))
OPEN = [pair(a, b, "undetermined", "receipts") for a, b in ALL]


def test_a_winner_is_told_with_all_whom_it_beats() -> None:
    wins = [pair("wa", other, "better") for other in ("mail", "sms", "push")]
    assert "Wa delivers better than mail, SMS and push, whatever became" in told(*wins, *OPEN)


def test_who_is_behind_several_that_beat_no_other_is_told_once() -> None:
    losses = [pair("mail", other, "worse") for other in ("sms", "wa")]
    text = told(*losses, *OPEN)
    assert "Mail delivers worse than SMS and wa" in text
    assert "better than mail" not in text


def test_what_is_open_is_told_by_the_arm_that_lacks_receipts() -> None:
    text = told(*OPEN, pair("mail", "sms", "undetermined", "sampling"))
    assert "Push against mail, SMS and wa is undetermined: 15.0 % of push has no receipt." in text
    assert "Undetermined, because of sampling error: mail against SMS." in text


def test_pairs_that_can_t_be_compared_are_told_by_what_is_missing() -> None:
    none = {"not_measured": "the log does not follow engagement"}
    arms = [arm(name) | {"rates": {"engaged_per_delivered": none}} for name in NAMES]
    pairs = [
        pair(a, b, "not comparable", "-", metric="engaged_per_delivered", difference=None,
             difference_bounds=None, low=None, high=None, p_value=None, p_adjusted=None)
        for a, b in [*ALL, ("sms", "mail")]
    ]  # fmt: skip
    text = render(
        result(*pairs, channels=arms, metrics=["engaged_per_delivered"]), "table", "en", width=100
    )
    said = "not measured in mail, SMS, wa and push."
    assert (
        " ".join(text.split()).count(
            f"Not compared with any other: engaged per delivered is {said}"
        )
        == 1
    )


def test_the_first_choice_is_who_beats_most_and_is_beaten_by_none() -> None:
    pairs = [
        pair("wa", "mail", "better"),
        pair("wa", "sms", "better"),
        pair("push", "sms", "better"),
    ]
    [best, *_] = next_steps(result(*pairs, metrics=["delivered_per_sent"]), "en")
    assert "choose wa: nothing here delivers better" in best
    [best, *_] = next_steps(result(*pairs, pair("wa", "push", "worse")), "en")
    assert "choose push:" in best


def test_no_channel_is_advised_where_arms_are_no_channels() -> None:
    steps = next_steps(result(pair("wa", "mail", "better"), by="variant"), "en")
    assert not any("choose" in step for step in steps)


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_long_title_is_never_cut(lang: Any, width: int) -> None:  # noqa: ANN401
    title = "Gerbang SMS Dinas Komunikasi dan Informatika"
    whole = load("three-channels")
    whole["channels"][0]["title"] = {"en": title, "id": title}
    text = render(whole, "table", lang, width=width)
    assert "…o" not in text
    assert "Komun…" not in text
    for word in title.split():
        assert text.count(word) >= 2


def _regions(verdicts: list[tuple[str, str | None]], lang: Any = "en") -> str:  # noqa: ANN401
    """What is said of many regions, whose pairs get these verdicts in turn."""
    names = [f"Region {number:02}" for number in range(20)]
    arms = [arm(name, delivered=900, unknown=5 * place) for place, name in enumerate(names)]
    pairs = [
        pair(a, b, *verdicts[place % len(verdicts)])
        for place, (a, b) in enumerate(itertools.combinations(names, 2))
    ]
    text = render(result(*pairs, channels=arms, by="region"), "table", lang, width=100)
    end = "  What to do next" if lang == "en" else "  Langkah berikutnya"
    return " ".join(text.split(end)[0].split())


@pytest.mark.parametrize("lang", ["en", "id"])
def test_of_very_many_arms_it_says_how_many(lang: Any) -> None:  # noqa: ANN401
    every = [("undetermined", "receipts"), ("undetermined", "sampling"), ("better", None)]
    text = _regions(every, lang)
    assert len(text) < 2500
    assert "wilayah Region" not in text
    assert "region Region" not in text


def test_many_open_pairs_are_counted_and_not_listed() -> None:
    text = _regions([("undetermined", "receipts")])
    assert "190 pairs are undetermined: messages without a receipt, 0.5 – 9.5 % of" in text


def test_of_many_names_the_first_are_told_and_how_many_others() -> None:
    text = _regions([("better", None)])
    assert "Region 00 delivers better than Region 01, Region 02" in text
    assert "Region 06 and 13 others" in text
    assert "13 more are ahead of others" in text

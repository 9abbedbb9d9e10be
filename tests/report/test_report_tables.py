"""The tables: one scale for all bars, nothing unmeasured as a number, the order of the page."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import load
from rich.console import Console

from reach.report.bars import bar
from reach.report.render import render, show

shares = st.floats(0, 1)


@given(confirmed=shares, unknown=shares, cells=st.integers(4, 40))
def test_bars_have_one_length_and_show_no_more_than_there_is(
    confirmed: float, unknown: float, cells: int
) -> None:
    possible = min(1.0, confirmed + unknown)
    drawn = bar(confirmed, possible, cells)
    assert len(drawn) == cells + 2
    full = drawn.count("█")
    assert full / cells <= confirmed + 1e-9
    assert full + drawn.count("░") <= max(round(possible * cells), full + 1)


@given(first=shares, second=shares)
def test_bars_keep_the_order_of_their_rates(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert bar(low, low, 20).count("█") <= bar(high, high, 20).count("█")


def test_only_all_fills_the_bar() -> None:
    assert bar(1, 1, 20) == "▕" + "█" * 20 + "▏"
    assert bar(0.99999, 0.99999, 20) != bar(1, 1, 20)


def test_all_bars_of_a_page_are_equally_long() -> None:
    for width in (60, 80, 100):
        text = render(load("three-channels"), "table", "en", width=width)
        bars = re.findall(r"▕[^▕\n]*▏(?= |$)", text, flags=re.MULTILINE)
        assert len(bars) == 3
        assert len({len(found) for found in bars}) == 1


def test_the_gravest_warnings_and_verdicts_come_first_and_the_balance_last() -> None:
    text = render(load("three-channels"), "table", "en")
    places = [
        text.index(part)
        for part in (
            "SIMULATED",
            "! 3 warnings",
            "WhatsApp delivers",
            "sent  del",
            "Pairs",
            "Warnings",
            "Balance",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_what_is_not_measured_is_never_a_number(lang: str) -> None:
    text = render(load("calls-not-measured"), "table", lang)  # type: ignore[arg-type]
    assert "0.0 %" not in text
    assert "0,0 %" not in text
    assert ("Delivery is not measured" if lang == "en" else "Ketersampaian tidak terukur") in text
    funnel = render(load("calls-not-measured"), "table", "en", view="funnel")
    assert "–" in funnel


@pytest.mark.parametrize(
    ("inferred", "words"),
    [
        (0, "hold no receipts, so that nothing is known of arrival."),
        (6, "hold no receipts, and only what people reacted to is known to have arrived."),
    ],
)
def test_without_receipts_arrival_is_known_from_reactions_alone(inferred: int, words: str) -> None:
    result = load("calls-not-measured")
    for arm in result["channels"]:
        arm["receipt_levels"]["inferred"] = inferred
    for view in ("comparison", "funnel"):
        assert words in " ".join(render(result, "table", "en", view=view).split())


def test_engagement_that_nobody_asks_for_or_measures_has_no_column() -> None:
    result = load("calls-not-measured")
    for arm in result["channels"]:
        arm["rates"]["engaged_per_delivered"] = {"not_measured": "the log holds no receipts"}
    assert "engaged" not in render(result, "table", "en")
    result["metrics"].append("engaged_per_delivered")
    assert "engaged" in render(result, "table", "en")


def test_one_arm_without_receipts_is_named() -> None:
    result = load("three-channels")
    result["channels"][1]["measured"]["delivered"] = False
    text = render(result, "table", "en")
    assert "Delivery is not measured in SMS" in text
    assert re.search(r"SMS +\(A\) +398,911 +not measured", text)


def test_a_narrow_interval_shows_enough_digits() -> None:
    text = render(load("refused-rows"), "table", "en")
    assert "0.016 %  0.011 – 0.022" in text
    assert "100.0 %" not in text


def test_an_arm_is_spelt_alike_in_tables_sentences_and_warnings() -> None:
    for view in ("comparison", "funnel"):
        for name in ("three-channels", "pending", "refused-rows"):
            text = render(load(name), "table", "en", view=view)
            assert "SMS" in text
            assert not re.search(r"\b(sms|whatsapp)\b(?!-)", text)  # but files keep their names


def test_an_arm_without_messages_has_no_grade() -> None:
    result = load("three-channels")
    arm = result["channels"][1]
    arm["outcomes"] = dict.fromkeys(arm["outcomes"], 0)
    for view in ("comparison", "funnel"):
        text = render(result, "table", "en", view=view)
        assert re.search(r"^  SMS +0 ", text, re.MULTILINE)
        assert "WhatsApp (A)" in text
        assert not re.search(r"SMS +\(", text)


def test_the_pair_table_says_level_family_persons_and_condition() -> None:
    text = " ".join(render(load("three-channels"), "table", "en").split())
    head = "95 % for all together, family of 6, 211,004 persons of whom 180,112 in several arms, conditional on these sendings"
    assert head in text


def test_unfinished_results_say_so_on_top() -> None:
    for lang, words in (("en", "NOT FINAL"), ("id", "BELUM FINAL")):
        text = render(load("pending"), "table", lang)  # type: ignore[arg-type]
        assert words in "".join(text.split("\n\n")[0])


def test_a_failed_balance_of_arms_is_said() -> None:
    result = load("randomised")
    result["assignment"].update(
        chi2=22.7744, p_value=1.822e-6, passed=False, why="counts do not fit"
    )
    assert "χ² = 22.77, p < 0.001: NOT PASSED" in " ".join(render(result, "table", "en").split())


def test_warnings_of_one_kind_are_said_once() -> None:
    text = render(load("pending"), "table", "en")
    assert "No log end is declared for WhatsApp, SMS and push" in text
    assert text.count("No log end") == 1


def test_a_warning_without_the_params_its_words_need_is_said_as_it_came() -> None:
    result = load("pending")
    result["warnings"] = [{"code": "conflicts", "message": "17 are contradictory.", "params": {}}]
    assert "! 17 are contradictory." in render(result, "table", "id")


def test_colours_are_the_consoles_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for variable, coloured in (("", True), ("1", False)):
        monkeypatch.setenv("NO_COLOR", variable)
        out = StringIO()
        console = Console(file=out, width=100, force_terminal=True, color_system="standard")
        show(load("three-channels"), "en", console)
        assert ("\x1b[32m" in out.getvalue()) is coloured
    assert "\x1b" not in render(load("three-channels"), "table", "en")

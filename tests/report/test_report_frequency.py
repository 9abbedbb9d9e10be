"""The picture of how often: what it draws, what it says, and that it fits the terminal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reach.media.frequency.described import describe_frequency
from reach.report.frequency import frequency_lines
from reach.report.numbers import Lang

ROW = {"insertions": 40, "grp": 120, "reach1_pct": 45, "reach2_pct": 27, "reach3_pct": 17}
ROWS = [
    ROW,
    {"insertions": 40, "grp": 120, "reach1_pct": 45},
    {"insertions": 42, "grp": 88.2, "reach1_pct": 32.7, "reach2_pct": 18.4, "reach3_pct": 9.6},
    {"insertions": 10**9, "grp": 123456.7, "reach1_pct": 99.9},
    {"insertions": 40, "reach1_pct": 0.002},
    {"insertions": 5, "grp": 30},
    {"reach1_pct": 45},
    {"reach2_pct": 45, "reach7_pct": 12},
]


def printed(row: dict[str, Any], lang: Lang, width: int) -> str:
    return "\n".join(line.plain for line in frequency_lines(describe_frequency(row), lang, width))


def test_the_picture() -> None:
    assert printed({**ROW, "reach2_pct": None, "reach3_pct": None}, "en", 100) == (
        """\
  How often, and what more of the same would reach (estimate, grade E)
            insertions  GRP  1+                                               2+             3+
  measured          40  120  ▕█████████           ▏        45.0 %              –              –
       1 ×          40  120  ▕█████████           ▏        45.0 %  26.7 – 34.5 %  16.8 – 21.6 %
       2 ×          80  240  ▕█████████▊░         ▏ 49.0 – 57.0 %  40.6 – 47.1 %  30.5 – 42.6 %
       3 ×         120  360  ▕█████████▊░░░       ▏ 49.3 – 63.3 %  48.6 – 50.0 %  39.0 – 48.2 %
       4 ×         160  480  ▕█████████▊░░░       ▏ 49.3 – 67.3 %  49.3 – 54.4 %  44.9 – 49.2 %
    █ as all models that fit have it · ░ as some have it · n+ reached at least n times
    all bars 0 to 100 %
  Measured: 2.7 contacts of each who was reached.
  Models that fit: beta-binomial, Goerg and negative exponential.
  Nothing in the row tests beta-binomial, Goerg and negative exponential: reach 2+, 3+ and so on
  would tell which is right.
  Contradicting what was measured, and so not used: binomial (1+ 45.0 % measured, 70.4 % modelled).
  For several vehicles with known audiences and overlaps: Sainsbury, Agostini and Metheringham.
  The spread is that between models; the error of the sample and of what changes with more
  insertions comes on top."""
    )


def test_it_is_said_in_indonesian() -> None:
    text = printed(ROW, "id", 100)
    assert "Model yang cocok: beta-binomial dan Goerg." in text
    assert "55,4 – 57,0 %" in text
    assert "eksponensial negatif (2+ terukur 27,0 %, menurut model 34,5 %)" in text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROWS[2], "No model agrees with what was measured"),
        (ROWS[3], "The row's numbers are none that these can have: binomial and beta-binomial."),
        (ROWS[4], "Only one model fits (binomial)"),
        (ROWS[5], "Without a reach not possible: beta-binomial, Goerg"),
        (ROWS[6], "No model can be fitted to this row"),
        (ROWS[6], "Without the number of insertions not possible: binomial"),
        (ROWS[6], "Without GRP or contacts of each not possible: Goerg"),
    ],
)
def test_what_does_not_fit_is_told(row: dict[str, Any], said: str) -> None:
    assert said in " ".join(printed(row, "en", 100).split())


def test_what_is_too_small_to_show_is_not_nothing() -> None:
    text = printed(ROWS[4], "en", 100)
    assert "< 0.001 %" in text
    assert "0.000 %" not in text
    assert "0.0 %" in printed({"insertions": 1, "grp": 30}, "en", 100)  # none of one had two


def test_only_what_is_extrapolated_has_a_column() -> None:
    heads = printed({**ROW, "reach4_pct": 11}, "en", 120).split("\n")[1]
    assert "3+" in heads
    assert "4+" not in heads
    assert "4+" in printed({**ROWS[2], "reach4_pct": 5}, "en", 120).split("\n")[1]


def test_without_a_model_only_what_was_measured_is_drawn() -> None:
    text = printed(ROWS[2], "en", 100)
    assert "measured" in text
    assert "18.4 %  9.6 %" in text
    assert "×" not in text
    assert "░" not in text


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("lang", ["en", "id"])
@settings(deadline=None, max_examples=15)
@given(width=st.integers(40, 120))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(
    row: dict[str, Any], lang: Lang, width: int
) -> None:
    text = printed(row, lang, width)
    assert all(cell_len(line) <= width for line in text.split("\n"))
    for point in describe_frequency(row)["curve"]:
        if point["reach"]:
            assert f"{point['multiple']} ×" in text

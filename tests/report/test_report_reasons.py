"""Why two arms are not comparable: said by code in the reader's language, from counted logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, event
from plain_outcomes import Event

from reach.report.reasons import because_words
from reach.report.sentences import sentence

PER_SENT = "delivered_per_sent"


def _placed(log: list[Event], region: str) -> list[Event]:
    """The same of other people, in a region."""
    return [
        {
            **each,
            **{name: region + each[name] for name in ("message_id", "recipient")},
            "region": region,
        }
        for each in log
    ]


BOTH = arm("a", delivered=20) + arm("b", delivered=20)
FAILED_THEN_CLICKED = [
    event(f"a{each}", word, "a", f"{each}", permanent=True, machine=True)
    for each in range(20)
    for word in ("failed", "clicked")
]
REGIONS = _placed(BOTH, "north") + _placed(arm("a", failed=20), "south")
CASES: dict[str, tuple[list[Event], str, dict[str, Any], str]] = {
    "no_messages": (arm("b", delivered=20), PER_SENT, {}, "tidak ada pesan a"),
    "no_receipts": (
        arm("a", sent=20) + arm("b", delivered=20), PER_SENT, {}, "a: log tidak memuat tanda terima",
    ),
    "no_engagement": (
        arm("a", delivered_and_clicked=20) + arm("b", delivered=20), "engaged_per_delivered", {},
        "b: log tidak mencatat keterlibatan",
    ),
    "no_acts": (
        arm("a", converted=20) + arm("b", delivered=20), "acted_per_sent", {},
        "b: log tidak mencatat siapa yang bertindak",
    ),
    "nothing_counted": (
        FAILED_THEN_CLICKED + arm("b", delivered_and_clicked=20), "engaged_per_delivered", {},
        "a tidak memiliki pesan tersampaikan",
    ),
    "hardly_covered": (
        arm("a", delivered=60, failed=19, sent=21) + arm("b", delivered=70, failed=30),
        "delivered_per_receipted", {},
        "hanya 79,0 % pesan a memiliki tanda terima: terlalu sedikit untuk menentukan peringkat",
    ),
    "empty_stratum": (
        REGIONS, PER_SENT, {"standardise": ["region"]}, "b tidak memiliki pesan terkirim di strata south",
    ),
    "empty_strata": (
        REGIONS + _placed(arm("a", failed=5), "east"), PER_SENT, {"standardise": ["region"]},
        "b tidak memiliki pesan terkirim di 2 strata, misalnya east",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_reason_in_both_languages(tmp_path: Path, code: str) -> None:
    log, metric, compare, indonesian = CASES[code]
    asked = {"metrics": [metric], "pairs": [["a", "b"]], **compare}
    result = answer(campaign(tmp_path, log, log_ends=LONG_AFTER, compare=asked))
    [pair] = result["comparisons"]
    assert (pair["verdict"], pair["reason"]["code"]) == ("not comparable", code)
    assert because_words(result, pair, "id") == indonesian
    # In English it is what the result says, but for the form of numbers.
    given = pair["because"].replace("%", " %").replace(" and 1 more", "")
    english = because_words(result, pair, "en").replace("in 2 strata, as in", "in stratum")
    assert english == given


def test_a_stratum_with_one_of_two_channels_is_named_in_the_sentence(tmp_path: Path) -> None:
    compare = {"metrics": [PER_SENT], "standardise": ["region"]}
    result = answer(campaign(tmp_path, REGIONS, log_ends=LONG_AFTER, compare=compare))
    [pair] = result["comparisons"]
    assert (pair["because"], pair["difference"], pair["low"]) == (
        "b has no messages sent in stratum south", None, None,
    )  # fmt: skip
    assert sentence(result, pair, "en") == (
        "A and b are not comparable: b has no messages sent in stratum south."
    )
    assert sentence(result, pair, "id") == (
        "Kanal a dan kanal b tidak dapat dibandingkan: b tidak memiliki pesan terkirim di strata south."
    )


def test_reasons_of_another_reach_are_said_as_they_came(tmp_path: Path) -> None:
    result = answer(campaign(tmp_path, BOTH, log_ends=LONG_AFTER))
    for reason in (
        None,
        {"code": "of_tomorrow", "params": {}},
        {"code": "empty_stratum", "params": {"arm": "a"}},
        {"code": "nothing_counted", "params": {"arm": "a", "per": "of_tomorrow"}},
    ):
        pair = {"because": "units \x1b[31mdiffer.", "reason": reason}
        assert because_words(result, pair, "id") == r"units \x1b[31mdiffer"


def test_few_recipients_are_those_behind_the_standardised_difference(tmp_path: Path) -> None:
    # One person alone stands for everybody in the south: 41 recipients weigh like two.
    log = _placed(arm("a", delivered=30, failed=10) + arm("b", delivered=20, failed=20), "north")
    log += _placed(arm("a", delivered=150, failed=50) + arm("b", delivered=1), "south")
    compare = {"metrics": [PER_SENT], "standardise": ["region"]}
    result = answer(campaign(tmp_path, log, log_ends=LONG_AFTER, compare=compare))
    [pair] = result["comparisons"]
    assert pair["because"] == "too few recipients"
    assert result["channels"][1]["rates"][PER_SENT]["effective_clusters"] == pytest.approx(41)
    # G* = 1/(Σ a²): all in the north share 80/281, the one in the south has 201/281.
    expected = 1 / (40 * (80 / 281 / 40) ** 2 + (201 / 281) ** 2)
    assert pair["effective_clusters"] == pytest.approx([pair["effective_clusters"][0], expected])
    assert "only 1.9 effective recipients in b where at least 10 are needed" in sentence(
        result, pair, "en"
    )

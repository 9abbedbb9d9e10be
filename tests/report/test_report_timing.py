"""How soon messages arrived, as it is read: safe, whole, and the same in every form."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import load, renamed
from rich.cells import cell_len

from reach.compare.timing import NO_RECEIPT_TIMES, NO_SENDING, NO_TIMES
from reach.explanations import violations
from reach.report.durations import duration
from reach.report.numbers import Lang
from reach.report.render import render

LANGS = get_args(Lang)
HOSTILE = [
    "[bold]x[/]",
    "\x1b[2Jsms\r\n",
    "w" * 300,
    "超宽频道名称" * 30,
    "sms\u202egnorw",
    "{a} %s",
]
_SIZES = {"d": 86_400, "h": 3_600, "min": 60, "s": 1}


def text(result: dict[str, Any], lang: Lang = "en", width: int = 100) -> str:
    return render(result, "table", lang, view="timing", width=width)


def without(reasons: dict[str, str]) -> dict[str, Any]:
    """The sample with arms that are not measured, by reason."""
    result = load("how-soon")
    for arm in result["channels"]:
        if arm["channel"] in reasons:
            arm["timing"] = {"not_measured": reasons[arm["channel"]]}
    return result


@settings(max_examples=25, deadline=None)
@given(
    arms=st.lists(
        st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=99), min_size=3, max_size=3
    ),
    width=st.integers(40, 120),
    lang=st.sampled_from(LANGS),
)
def test_no_line_is_wider_than_the_terminal(arms: list[str], width: int, lang: Lang) -> None:
    for line in text(renamed(load("how-soon"), arms), lang, width).split("\n"):
        assert cell_len(line) <= min(width, 100), line
        assert not any(unicodedata.category(char).startswith("C") for char in line), ascii(line)


@pytest.mark.parametrize("width", range(40, 101, 6))
@pytest.mark.parametrize("lang", LANGS)
def test_no_number_is_cut_or_left_out(width: int, lang: Lang) -> None:
    result = load("how-soon")
    shown = " ".join(text(result, lang, width).split())
    for arm in result["channels"]:
        for share in arm["timing"].get("within", {}).values():
            ends = (share["rate"]["lower_bound"], share["rate"]["upper_bound"])
            numbers = " … ".join(f"{100 * end:.1f}" for end in ends)
            assert (numbers if lang == "en" else numbers.replace(".", ",")) in shown
            count = f"{share['sent']:,}"
            assert (count if lang == "en" else count.replace(",", ".")) in shown


@pytest.mark.parametrize("lang", LANGS)
def test_reasons_are_told_once_each_with_their_arms(lang: Lang) -> None:
    result = without({"sms": NO_SENDING, "call": NO_SENDING, "email": NO_RECEIPT_TIMES})
    said = " ".join(text(result, lang).split())
    expected = {
        "en": ["in SMS and call: the log does not say when messages were sent."],
        "id": ["di SMS dan kanal call: log tidak mencantumkan kapan pesan dikirim."],
    }
    for part in expected[lang]:
        assert said.count(part) == 1


def test_one_reason_for_all_is_one_sentence_and_no_table() -> None:
    shown = text(without(dict.fromkeys(("sms", "email", "call"), NO_TIMES)))
    assert "Time to delivery is not measured: the log has no times." in shown
    assert "per sent" not in shown
    assert "%" not in shown.split("Warnings")[0]


def test_what_is_not_measured_is_never_a_number() -> None:
    [row] = [line for line in text(load("how-soon")).splitlines() if line.startswith("  call")]
    assert not re.search(r"\d", row)


def test_a_log_too_short_for_a_time_says_so() -> None:
    result = load("how-soon")
    for arm in result["channels"][:2]:
        share = arm["timing"]["within"]["7d"]
        share |= {"sent": 0, "too_recent": arm["timing"]["timed"], "rate": {"not_estimable": "x"}}
    assert violations("result", result) == []
    assert text(result).count("log too short") == 2


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (190, 660, "3 min 10 s … 11 min"),
        (190, None, "3 min 10 s … not reached"),
        (None, None, "not reached"),
        (75, 75, "1 min 15 s"),
    ],
)
def test_a_median_is_a_pair_or_is_not_reached(
    earliest: int | None, latest: int | None, words: str
) -> None:
    result = load("how-soon")
    result["channels"][0]["timing"]["median"] |= {"earliest_s": earliest, "latest_s": latest}
    row = next(line for line in text(result).splitlines() if line.startswith("  SMS"))
    assert row.endswith(f"  {words}")


@given(seconds=st.integers(0, 10**9))
def test_a_duration_is_never_rounded_the_wrong_way(seconds: int) -> None:
    def back(words: str) -> int:
        parts = words.replace(",", "").split(" ")
        return sum(int(n) * _SIZES[unit] for n, unit in zip(parts[::2], parts[1::2], strict=True))

    down, up = duration(seconds, "en", "down"), duration(seconds, "en", "up")
    assert back(down) <= seconds <= back(up)
    assert back(up) - back(down) <= max(1, seconds / 10)
    assert back(duration(seconds, "en", "nearest")) in (back(down), back(up))


def test_json_is_the_result_without_comparisons() -> None:
    result = load("how-soon")
    told = json.loads(render(result, "json", "en", view="timing"))
    assert violations("result", told) == []
    assert (told["channels"], told["comparisons"]) == (result["channels"], [])


def test_csv_has_a_row_a_number() -> None:
    rows = list(csv.DictReader(io.StringIO(render(load("how-soon"), "csv", "en", view="timing"))))
    timing = [row for row in rows if row["table"] == "timing"]
    sample = {arm["channel"]: arm["timing"] for arm in load("how-soon")["channels"]}
    found = {(row["arm"], row["metric"], row["quantity"]): row for row in timing}
    assert len(found) == len(timing)
    for within, share in sample["sms"]["within"].items():
        metric = f"delivered_within_{within}_per_sent"
        possible = found["sms", metric, "possible"]
        assert float(possible["low"]) == share["rate"]["lower_bound"]
        assert float(possible["high"]) == share["rate"]["upper_bound"]
        assert found["sms", metric, "rate"]["denominator"] == str(share["sent"])
        assert found["sms", metric, "too_recent"]["value"] == str(share["too_recent"])
    latest = found["email", "", "median_latest"]
    assert (latest["value"], latest["because"]) == ("", "not reached")
    assert found["call", "", "not_measured"]["because"] == NO_TIMES
    assert not [row for row in rows if row["table"] == "comparisons"]

"""Nothing is wider than the terminal, and no name gets at the terminal."""

from __future__ import annotations

import unicodedata
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import VALID, load, renamed
from rich.cells import cell_len

from reach.report.numbers import Lang
from reach.report.render import View, render

HOSTILE = [
    "[bold red]sms[/] [link=http://x]y[/link] [/nothing]",
    "\x1b[2J\x1b]0;owned\x07sms\r\nforged line",
    "sms\u202egnorw\u202c\u200b\u200d\ufeff\u2066",
    "w" * 300,
    "超宽频道名称" * 30,
    "e" + "\u0301" * 300,
    "قناة الرسائل القصيرة",
    "{a} {0} %s {interval",
    "\ud800 lone \x9b31m",
    "👨‍👩‍👧‍👦🏽" * 9,
]
names = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=300))
samples = st.sampled_from([path.stem for path in VALID])


def _hostile(result: dict[str, Any], arms: list[str], text: str) -> dict[str, Any]:
    changed = renamed(deepcopy(result), arms)
    changed["title"] = {"en": text, "id": text}
    changed["warnings"].append({"code": "conflicts", "message": text, "params": {"arm": text}})
    changed["rejections"] = [{"source": text, "count": 3, "file": text}]
    for pair in changed["comparisons"]:
        if pair["verdict"] == "not comparable":
            pair["because"] = text
    return changed


def _assert_safe(text: str, width: int) -> None:
    for line in text.split("\n"):
        assert cell_len(line) <= width, line
        assert not any(unicodedata.category(char).startswith("C") for char in line), ascii(line)


@settings(max_examples=60, deadline=None)
@given(
    name=samples,
    arms=st.lists(names, min_size=3, max_size=3),
    text=names,
    width=st.integers(60, 120),
    kind=st.tuples(st.sampled_from(["en", "id"]), st.sampled_from(["comparison", "funnel"])),
)
def test_no_line_is_wider_than_the_terminal(
    name: str, arms: list[str], text: str, width: int, kind: tuple[Lang, View]
) -> None:
    lang, view = kind
    result = _hostile(load(name), arms, text)
    _assert_safe(render(result, "table", lang, view=view, width=width), min(width, 100))


@pytest.mark.parametrize("width", range(60, 121, 3))
@pytest.mark.parametrize("name", [path.stem for path in VALID])
def test_numbers_are_never_cut(name: str, width: int) -> None:
    result = load(name)
    text = render(result, "table", "en", width=width)
    _assert_safe(text, min(width, 100))
    for arm in result["channels"]:
        assert f"{arm['outcomes']['sent']:,}" in text


def test_a_huge_log_still_fits() -> None:
    result = load("three-channels")
    for arm in result["channels"]:
        arm["outcomes"] = dict.fromkeys(arm["outcomes"], 987_654_321_987)
    for view in ("comparison", "funnel"):
        _assert_safe(render(result, "table", "id", view=view, width=60), 60)


def test_long_names_that_differ_at_their_end_stay_apart() -> None:
    long = "vaccination-campaign-west-java-2026-wave-"
    text = render(renamed(load("three-channels"), [long] * 3), "table", "en")
    assert all(text.count(f"wave-{place}") > 1 for place in range(3))

"""The tables of pairs: one shape for all of a page, and nothing left out or cut."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from report_samples import VALID, load

from reach.report.numbers import Lang
from reach.report.render import render

LANGS = get_args(Lang)
REASON = "sms has no messages in the stratum of Kecamatan Bandung Wetan"


def _blocks(result: dict[str, Any], lang: Lang, width: int) -> list[str]:
    """The table of every metric, with its headings."""
    text = render(result, "table", lang, width=width)
    mark = ", in points\n" if lang == "en" else ", dalam poin\n"
    return [each.partition("\n\n")[0] for each in text.split(mark)[1:]]


def _with_a_reason() -> dict[str, Any]:
    """Three channels whose engagement nobody can compare."""
    result = load("three-channels")
    for pair in result["comparisons"]:
        if pair["metric"] == "engaged_per_delivered":
            pair |= {"verdict": "not comparable", "because": REASON, "p_adjusted": None}
            pair |= {"low": None, "high": None, "difference_bounds": None}
    return result


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [72, 80, 90, 100])
@pytest.mark.parametrize("name", [path.stem for path in VALID])
def test_p_is_in_every_table(name: str, width: int, lang: Lang) -> None:
    word = "p value" if lang == "en" else "terkoreksi"
    blocks = _blocks(load(name), lang, width)
    assert blocks
    assert all(word in block for block in blocks)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [80, 100])
def test_where_nothing_is_comparable_there_are_no_empty_columns(lang: Lang, width: int) -> None:
    delivered, engaged = _blocks(_with_a_reason(), lang, width)
    words = ("possible", "verdict") if lang == "en" else ("mungkin", "kesimpulan")
    assert all(word in delivered for word in words)
    assert engaged.split("\n")[0].split() == [words[1]]


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_reason_is_wrapped_and_not_cut(width: int) -> None:
    engaged = _blocks(_with_a_reason(), "en", width)[1]
    assert "…" not in engaged
    assert f"not comparable: {REASON}" in " ".join(engaged.split())


@pytest.mark.parametrize("lang", LANGS)
def test_what_standardising_changed_stands_with_its_metric(lang: Lang) -> None:
    assigned, acted = _blocks(load("randomised"), lang, 80)
    word = "standardised by" if lang == "en" else "distandardisasi menurut"
    assert word in assigned
    assert word not in acted

"""Posts in a report: what is said of each verdict, within any width, safe to print."""

from __future__ import annotations

import csv
from copy import deepcopy
from typing import Any, get_args

import pytest
from report_samples import load
from rich.cells import cell_len

from reach.report.numbers import Lang
from reach.report.render import render

LANGS = get_args(Lang)


def changed(**of_pair: Any) -> dict[str, Any]:  # noqa: ANN401
    """The sample with its one decided pair otherwise."""
    result = deepcopy(load("post-kinds"))
    [pair] = [each for each in result["posts"]["comparisons"] if each["low"] is not None]
    pair.update(of_pair)
    return result


def read(result: dict[str, Any], lang: Lang = "en", width: int = 100) -> str:
    return " ".join(render(result, "table", lang, width=width).split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [40, 47, 60, 80, 100])
def test_no_line_is_too_wide(lang: Lang, width: int) -> None:
    for result in (load("post-kinds"), hostile()):
        for line in render(result, "table", lang, width=width).splitlines():
            assert cell_len(line) <= width, line


def hostile() -> dict[str, Any]:
    result = deepcopy(load("post-kinds"))
    posts = result["posts"]
    names = {"Photo": "\x1b[2J" + "x" * 80, "Link": "\u202eknil", "Status": "状态" * 30}
    for part in (posts, posts["with_impossible"]):
        for arm in part["arms"]:
            arm["arm"] = names.get(arm["arm"], arm["arm"])
        for pair in part["comparisons"]:
            pair["a"], pair["b"] = (names.get(pair[side], pair[side]) for side in ("a", "b"))
    posts["impossible"] = posts["impossible"] * 3
    posts["blank"] = {"\x1b[0m": 3}
    return result


@pytest.mark.parametrize("lang", LANGS)
def test_names_are_safe_to_print(lang: Lang) -> None:
    text = render(hostile(), "table", lang)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "7" in read(hostile(), lang)  # 12 impossible rows, 5 by name


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ({"verdict": "better"}, "Photo posts engaged more of the accounts"),
        (
            {"verdict": "equivalent", "margin": 0.2},
            "Photo posts and Status posts are equivalent: −12.4 to −6.6 points, within the margin of ±20.0 points.",
        ),
        (
            {"verdict": "undetermined", "because": "sampling"},
            "Photo posts against Status posts is undetermined: sampling error",
        ),
        (
            {"verdict": "undetermined", "because": "sampling", "margin": 0.2, "non_inferior": True},
            "not worse than Status posts by more than the margin of 20.0 points",
        ),
        (
            {
                "verdict": "not comparable",
                "because": "no post is of Status",
                "low": None,
                "high": None,
                "reason": {"code": "no_posts", "params": {"arm": "Status", "known": "Photo"}},
            },
            "Not compared: there is no post of Status, but there are of Photo.",
        ),
    ],
)
def test_every_verdict_has_its_sentence(pair: dict[str, Any], words: str) -> None:
    assert words in read(changed(**pair))
    assert read(changed(**pair), "id")


def test_another_verdict_with_impossible_rows_is_told() -> None:
    result = changed(verdict="undetermined", because="sampling")
    assert "Photo − Status would be: worse" in read(result)
    assert "No verdict would be another" not in read(result)


def test_without_impossible_rows_nothing_is_said_of_them() -> None:
    result = load("post-kinds")
    result["posts"] |= {"impossible": [], "with_impossible": None}
    assert "Impossible" not in read(result)
    assert "_with_impossible" not in render(result, "csv", "en")


def test_what_is_repeated_or_left_out_is_told() -> None:
    result = load("post-kinds")
    result["posts"] |= {"repeated": 1, "left_out": {"internal": 1, "staff": 3}}
    text = read(result)
    assert "One row is of a post that another row has, too" in text
    assert "Left out: 1 post meant for the office's own staff." in text
    assert "Left out: 3 posts shown by staff's own accounts." in text


def test_arms_of_closed_words_are_worded() -> None:
    result = load("post-kinds")
    posts = result["posts"]
    posts["by"] = "paid"
    for pair in posts["comparisons"]:
        pair["a"], pair["b"] = "paid", "unpaid"
    assert "unggahan tidak berbayar" in read(result, "id")
    assert "unpaid posts" in read(result)


def test_many_pairs_are_told_by_those_that_have_an_answer() -> None:
    result = load("post-kinds")
    posts = result["posts"]
    posts["comparisons"] = posts["comparisons"] * 8
    text = read(result)
    assert text.count("Photo posts engaged fewer") == 6
    assert "2 pairs more: see the table." in text
    assert "Not shown: 40 comparisons without an answer." in text


def test_no_pairs_at_all() -> None:
    result = load("post-kinds")
    result["posts"]["comparisons"] = []
    assert "There is nothing to compare: all posts are in one arm." in read(result)


def test_a_rate_that_is_not_there_says_why_in_csv_and_table() -> None:
    result = load("post-kinds")
    rate = {
        "blank": {"reach": 20, "engaged_accounts": 0},
        "not_estimable": "none of them",
        "reason": {"code": "posts_not_measured", "params": {}},
    }
    result["posts"]["arms"][0]["rates"]["engaged_per_reached"] = rate
    assert "Link (B) 20 not measured" in read(result)
    rows = list(csv.DictReader(render(result, "csv", "en").splitlines()))
    [row] = [row for row in rows if row["quantity"] == "not_estimable"]
    assert (row["table"], row["arm"], row["because"]) == ("post_arms", "Link", "none of them")

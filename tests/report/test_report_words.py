"""Two languages, one set of texts."""

from __future__ import annotations

from string import Formatter

import pytest

from reach.compare.metrics import METRICS
from reach.report.words import LANGUAGES, counted, knows, say
from reach.vocabulary import Because, Verdict

ENGLISH, INDONESIAN = LANGUAGES["en"], LANGUAGES["id"]


def test_both_languages_have_the_same_texts() -> None:
    assert {key for key in ENGLISH if not key.endswith("_one")} == set(INDONESIAN)


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(INDONESIAN))
def test_both_languages_leave_the_same_blanks(key: str) -> None:
    assert _blanks(ENGLISH[key]) == _blanks(INDONESIAN[key])
    assert ENGLISH[key].count("\n") <= 1


@pytest.mark.parametrize("key", sorted(set(ENGLISH) - set(INDONESIAN)))
def test_a_wording_for_one_leaves_the_blanks_of_that_for_many(key: str) -> None:
    many = _blanks(ENGLISH[key.removesuffix("_one")])
    assert _blanks(ENGLISH[key]) == many - {"count"}
    assert "count" in many
    assert say("en", key.removesuffix("_one"), **dict.fromkeys(many, "1")) == say(
        "en", key, **dict.fromkeys(many, "1")
    )


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_verdict_and_cause_has_words(lang: str) -> None:
    for verdict in Verdict:
        assert say(lang, f"verdict_{verdict}")  # type: ignore[arg-type]
    for because in Because:
        assert say(lang, f"because_{because}")  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("metric", sorted(METRICS))
def test_both_halves_of_every_metric_have_words(lang: str, metric: str) -> None:
    what, _, unit = metric.partition("_per_")
    assert knows(lang, f"what_{what}")  # type: ignore[arg-type]
    assert knows(lang, f"per_{unit}")  # type: ignore[arg-type]


def test_a_blank_keeps_what_a_name_holds() -> None:
    assert say("en", "suspect_clicks", count="3", arm="{count} {0}") == "3 clicks of {count} {0}"


@pytest.mark.parametrize(
    "noun", ["records", "events", "facts", "repeats", "files", "persons", "comparisons"]
)
def test_one_is_not_many(noun: str) -> None:
    one = counted(noun, 1, "en")
    assert not one.endswith("s")
    assert counted(noun, 2, "en") == f"2 {noun}"
    assert counted(noun, 0, "en") == f"0 {noun}"
    assert one.split()[1] == noun.removesuffix("s")
    assert counted(noun, 1, "id").startswith("1 ")

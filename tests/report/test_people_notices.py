"""Every notice has words in both languages, and every reason and assumption in Indonesian."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from reach.media import attendances, audiences, estimates, placements, posts, ratings, surveys
from reach.media.formulas import FORMULAS
from reach.report import english_notices, indonesian_notices
from reach.report.indonesian_given import GIVEN
from reach.report.people.given import given
from reach.report.people.names import readable
from reach.report.people.noticed import notice_texts
from reach.report.people.unit_names import unit_words
from reach.report.words import LANGUAGES, say
from reach.stats.estimated.monte_carlo import COVERS

REACH = Path(__file__).parents[2] / "reach"
VARIANTS = {"margin_hides_design": "design_effect", "survey_regions_missing": "only"}
"""Codes that are said otherwise where this parameter is given."""

SPREAD = {"placements_not_sent": {"claimed", "planned", "missed"}}
"""Parameters that the source gives as one mapping."""

MAY_BE_NONE = {("potential_left_out", "number")} | set(VARIANTS.items())


def _calls() -> dict[str, set[str]]:
    """Codes that the source gives, with their parameters."""
    found: dict[str, set[str]] = {}
    folders = (REACH / "media", REACH / "compare" / "persons")
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "notice":
                code = ast.literal_eval(node.args[0])
                assert code not in found, f"{code} is given twice"
                found[code] = {each.arg for each in node.keywords if each.arg is not None}
                found[code] |= SPREAD.get(code, set())
    return found


CALLS = _calls()
KEYS = {f"notice_{code}": code for code in CALLS}
KEYS |= {f"notice_{code}_with": code for code in VARIANTS}


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", KEYS)
def test_every_notice_has_words_in_both_languages_with_the_same_blanks(key: str) -> None:
    english, indonesian = english_notices.TEXTS[key], indonesian_notices.TEXTS[key]
    assert _blanks(english) == _blanks(indonesian)
    assert english != indonesian


@pytest.mark.parametrize(("key", "code"), KEYS.items())
def test_words_ask_for_nothing_that_a_notice_may_lack(key: str, code: str) -> None:
    sure = {name for name in CALLS[code] if (code, name) not in MAY_BE_NONE}
    if key.endswith("_with"):
        sure.add(VARIANTS[code])
    assert _blanks(english_notices.TEXTS[key]) <= sure


def test_there_are_no_words_for_what_is_never_said() -> None:
    said = {key.removesuffix("_one") for key in english_notices.TEXTS if key.startswith("notice_")}
    assert said == set(KEYS)
    assert set(indonesian_notices.TEXTS) <= set(english_notices.TEXTS)


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("key", KEYS)
def test_a_notice_is_said_in_the_readers_words(key: str, lang: str) -> None:
    code = KEYS[key]
    params: dict[str, object] = dict.fromkeys(sorted(CALLS[code]), "x")
    params |= {name: 2 for name in params if name in SUMMED}
    if code in VARIANTS and not key.endswith("_with"):
        params[VARIANTS[code]] = None
    each = {"code": code, "message": "As it came.", "params": params}
    people = readable({"notices": [each, each]})
    (text,) = notice_texts(people, lang)  # type: ignore[arg-type]
    assert text != "As it came."
    assert text.split("{")[0] == text
    assert text.endswith(".")


SUMMED = {
    "rows", "silent", "posts", "mentions", "uncounted", "events", "others", "respondents", "people",
    "placements", "claimed", "planned", "missed", "count",
}  # fmt: skip


def test_numbers_add_up_and_channels_are_listed() -> None:
    notices = [
        {
            "code": "events_uncounted",
            "message": "-",
            "params": {"channel": name, "uncounted": 1, "events": n},
        }
        for name, n in (("shows", 4), ("forums", 1500))
    ]
    people = readable({"notices": notices})
    assert notice_texts(people, "en") == [
        (
            "At 2 of 1,504 events of shows and forums nobody counted who came, which is not 0: the "
            "numbers are of the others alone."
        )
    ]
    assert notice_texts(people, "id") == [
        (
            "Pada 2 dari 1.504 acara shows dan forums tidak ada yang menghitung siapa yang hadir, dan "
            "itu bukan 0: angkanya hanya dari acara lain."
        )
    ]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_way_of_counting_has_words(lang: str) -> None:
    for way in ("register", "ticket", "headcount", "photo_estimate", "organiser_claim"):
        assert say(lang, f"counted_by_{way}")  # type: ignore[arg-type]
        params = {"channel": "shows", "place": "a.csv:2", "method": way.replace("_", " ")}
        each = {"code": "count_without_range", "message": "-", "params": params}
        (text,) = notice_texts(readable({"notices": [each]}), lang)  # type: ignore[arg-type]
        assert LANGUAGES[lang][f"counted_by_{way}"] in text  # type: ignore[index]


@pytest.mark.parametrize(
    "sentence",
    [
        *(attendances.HEARD, attendances.SEVERAL, attendances.UNCOUNTED),
        *(audiences.POTENTIAL, ratings.UNSTATED),
        *(estimates.CERTAIN, COVERS, placements.NOBODY),
        *(posts.NO_ACCOUNTS, posts.SEVERAL, posts.OUTLETS),
        *(surveys.CALLED_BACK, surveys.STAFF),
        *{formula.supposes: None for formula in FORMULAS.values()},
    ],
)
def test_what_a_measurement_supposes_or_lacks_is_said_in_indonesian(sentence: str) -> None:
    assert sentence in GIVEN
    assert given(sentence, "id") == GIVEN[sentence].rstrip(".")
    assert given(sentence, "en") == sentence


def test_no_pattern_is_taken_for_another() -> None:
    for english, indonesian in GIVEN.items():
        values = dict.fromkeys(_blanks(english), "7")
        assert given(english.format(**values), "id") == indonesian.format(**values).rstrip(".")


@pytest.mark.parametrize("english", GIVEN)
def test_a_sentence_keeps_its_blanks(english: str) -> None:
    assert _blanks(english) == _blanks(GIVEN[english])


def test_what_a_blank_holds_is_kept_and_units_are_named() -> None:
    unit = unit_words("accounts", "id")
    told = given("it is told in accounts, which are no persons", "id")
    assert told == f"angkanya dalam {unit}, dan {unit} bukan orang"
    named = given("of copies × {0} nobody states noting, a.b", "id")
    assert named == "dari copies × {0} belum dinyatakan noting, a.b"
    assert given("its 900 persons stand for the 1200 of the universe", "id").startswith(
        "900 orang "
    )
    assert given("Of tomorrow.", "id") == "Of tomorrow"

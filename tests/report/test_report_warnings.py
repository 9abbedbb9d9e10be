"""Every warning that the source can give has words in both languages, and few lines say many."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from report_samples import load

import reach
from reach.compare.notice import warn
from reach.report.numbers import Lang
from reach.report.render import render
from reach.report.words import LANGUAGES

PACKAGE = Path(reach.__file__).parent
PREFIX = "warning_"
LANGS = get_args(Lang)


def _given() -> dict[str, set[str]]:
    """All codes of warnings in the source, with the names of what they tell."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "warn":
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{path.name}:{node.lineno}"
                names = {str(keyword.arg) for keyword in node.keywords}
                assert found.setdefault(str(code.value), names) == names, code.value
    return found


GIVEN = _given()


def test_the_source_is_searched() -> None:
    assert {"no_messages", "empty_source", "persons_in_several_arms"} <= set(GIVEN)


@pytest.mark.parametrize("lang", LANGS)
def test_every_warning_has_words_and_no_words_are_left_over(lang: Lang) -> None:
    texts = LANGUAGES[lang]
    worded = {key.removeprefix(PREFIX).removesuffix("_one") for key in texts if PREFIX in key}
    assert worded == set(GIVEN)


@pytest.mark.parametrize("code", sorted(GIVEN))
@pytest.mark.parametrize("lang", LANGS)
def test_the_words_tell_all_that_the_warning_knows(lang: Lang, code: str) -> None:
    text = LANGUAGES[lang][PREFIX + code]
    assert {name for _, name, _, _ in Formatter().parse(text) if name} == GIVEN[code]


def _printed(lang: Lang, *warnings: dict[str, Any], width: int = 100) -> list[str]:
    """The lines of warnings, each put together from as many as it was broken into."""
    result = load("two-variants") | {"warnings": list(warnings)}
    text = render(result, "table", lang, width=width)
    heading = f"  {LANGUAGES[lang]['warnings']}\n"
    block = next((each for each in text.split("\n\n") if each.startswith(heading)), "")
    return [" ".join(each.split()) for each in block.split("\n  ! ")[1:]]


@pytest.mark.parametrize(
    ("warning", "english", "indonesian"),
    [
        (
            warn("few_effective_recipients", "-", arm="sms", recipients=1200, effective=9.97),
            (
                "sms had 1,200 recipients, but a few got most of the messages: they weigh like 9.9, "
                "too few to compare."
            ),
            (
                "sms memiliki 1.200 penerima, tetapi sebagian besar pesannya hanya untuk segelintir orang: "
                "bobotnya setara 9,9 penerima, terlalu sedikit untuk dibandingkan."
            ),
        ),
        (
            warn("disagreements", "-", attribute="region", count=3),
            "3 messages have two values of region; the first by alphabet counts.",
            "3 pesan memiliki dua nilai wilayah; yang dipakai adalah nilai pertama menurut abjad.",
        ),
        (
            warn("disagreements", "-", attribute="channel", count=1000),
            "1,000 messages have two values of channel; the first by alphabet counts.",
            "1.000 pesan memiliki dua nilai kanal; yang dipakai adalah nilai pertama menurut abjad.",
        ),
        (
            warn("unknown_key", "-", source="a.ndjson", key="recipent", near="recipient"),
            "The key recipent of a.ndjson is not read; is recipient meant?",
            "Isian recipent di a.ndjson tidak dibaca; apakah maksudnya recipient?",
        ),
        (
            warn("no_strata", "-", attribute="region"),
            "No recipient has a region: standardising by it changes nothing.",
            "Tidak ada penerima yang memiliki wilayah: standardisasi menurutnya tidak mengubah apa pun.",
        ),
        (
            warn("no_arms", "-", attribute="variant"),
            "No message has a variant: all are in one arm, and there is nothing to compare.",
            (
                "Tidak ada pesan yang memiliki varian: semuanya masuk satu kelompok, jadi tidak ada yang "
                "dapat dibandingkan."
            ),
        ),
        (
            warn("persons_in_several_arms", "-", count=12),
            "12 persons are in several arms, so that chance did not part them: no causal words.",
            (
                "12 orang ada di beberapa kelompok, jadi tidak terpisah secara acak: "
                "selisih tidak dinyatakan sebagai akibat."
            ),
        ),
    ],
)
def test_numbers_and_names_are_said_in_the_language(
    warning: dict[str, Any], english: str, indonesian: str
) -> None:
    assert _printed("en", warning) == [english]
    assert _printed("id", warning) == [indonesian]


def test_one_line_for_all_sources_that_say_the_same() -> None:
    empty = [warn("empty_source", "-", source=f"logs/{n}.csv") for n in range(30)]
    keys = [warn("unread_keys", "-", source=f"logs/{n}.csv", keys="note, x") for n in range(3)]
    other = warn("unread_keys", "-", source="b.csv", keys="y")
    late = [warn("untimed", "-", source=f"logs/{n}.csv", count=500) for n in range(3)]
    assert _printed("en", *empty, *keys, other, *late) == [
        "No record in logs/0.csv, logs/1.csv and 28 more.",
        "Keys that nothing reads, in logs/0.csv, logs/1.csv and logs/2.csv: note, x.",
        "Keys that nothing reads, in b.csv: y.",
        (
            "1,500 events of logs/0.csv, logs/1.csv and logs/2.csv have no time: what happened "
            "counts, and when is not known."
        ),
    ]
    assert _printed("id", *empty) == ["Tidak ada catatan di logs/0.csv, logs/1.csv dan 28 lainnya."]


def test_one_line_for_all_metrics_of_a_pair() -> None:
    flips = [
        warn("sign_changes", "-", a=a, b="late", metric=metric)
        for a in ("early", "noon")
        for metric in ("delivered_per_sent", "acted_per_sent")
    ]
    rest = "the arms had different audiences."
    assert _printed("en", *flips) == [
        f"Standardising turns the sign of early − late (delivered per sent and acted per sent): {rest}",
        f"Standardising turns the sign of noon − late (delivered per sent and acted per sent): {rest}",
    ]


def test_arms_of_one_receipt_level_are_told_together() -> None:
    pairs = [("wa", "sms"), ("wa", "mail"), ("bot", "mail"), ("bot", "sms"), ("app", "sms")]
    levels = [warn("receipt_levels_differ", "-", device=a, carrier=b) for a, b in pairs]
    told = [text.split(" come from ")[0] for text in _printed("en", *levels)]
    assert told == ["Receipts of wa and bot", "Receipts of app"]


def test_arms_that_differ_in_a_number_keep_a_line_each() -> None:
    conflicts = [warn("conflicts", "-", arm=arm, count=2) for arm in ("sms", "push")]
    assert len(_printed("en", *conflicts)) == 2
    silent = [warn("no_messages", "-", arm=arm, known="email") for arm in ("sms", "push")]
    assert _printed("en", *silent) == [
        "To be compared, but without messages: sms and push. There are messages of email."
    ]


def test_warnings_without_words_are_all_said_as_they_came() -> None:
    unknown = [warn("of_tomorrow", f"Said of {arm}.", arm=arm) for arm in ("sms", "push")]
    assert _printed("id", *unknown) == ["Said of sms.", "Said of push."]
    bare = [{"code": "unread_keys", "message": f"Of {n}.", "params": {"source": "x"}} for n in "ab"]
    assert _printed("en", *bare) == ["Of a.", "Of b."]


def test_names_in_warnings_are_safe_and_short() -> None:
    nasty = "\x1b[2J" + "x" * 500
    params = dict.fromkeys(("source", "key", "near"), nasty)
    lines = _printed("en", warn("unknown_key", "-", **params), width=60)
    assert "\x1b" not in "".join(lines)
    assert len("".join(lines)) < 500

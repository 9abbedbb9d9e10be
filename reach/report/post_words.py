"""Posts compared, in sentences: who engaged more, and what is too little to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.digest import MOST_SENTENCES
from reach.report.numbers import cut_number, number, percent, points
from reach.report.reading import LONGEST_NAME, NAME_CELLS, listed, short_name
from reach.report.reasons import because_words
from reach.report.words import knows, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

FEWEST = 10
"""Effective posts that a verdict needs."""

TOO_FEW = "too few posts"


def post_sentences(result: Result, lang: Lang) -> Iterator[tuple[str, str]]:
    """Verdict and sentence, of the pairs that have an answer, and of the others together."""
    pairs = result["posts"]["comparisons"]
    if not pairs:
        yield "", say(lang, "posts_nothing") + "."
    answered = [each for each in pairs if is_answered(each)]
    most = min(len(answered), MOST_SENTENCES)
    for pair in answered[:most]:
        yield pair["verdict"], _sentence(result, pair, lang)
    if more := len(answered) - most:
        yield "", say(lang, "posts_more", count=number(more, lang)) + "."
    few = {
        pair[side]: effective
        for pair in pairs
        if pair["because"] == TOO_FEW
        for side, effective in zip(("a", "b"), pair["effective_posts"], strict=True)
        if effective < FEWEST
    }
    if few:
        arms = [
            say(lang, "posts_weighs", arm=spoken(result, name, lang), count=cut_number(each, lang))
            for name, each in few.items()
        ]
        yield "undetermined", say(lang, "posts_too_few", arms=listed(arms, lang)) + "."
    refused = [each for each in pairs if each["verdict"] == "not comparable"]
    for why in dict.fromkeys(because_words(result, each, lang) for each in refused):
        yield "not comparable", say(lang, "posts_not_compared", why=why) + "."


def is_answered(pair: Part) -> bool:
    """Whether there was enough to work out an interval."""
    return pair["low"] is not None


def arm_words(result: Result, name: str, lang: Lang, cells: int = NAME_CELLS) -> str:
    """An arm's name in a table."""
    key = f"posts_arm_{name}"
    closed = result["posts"]["by"] in ("paid", "shared_by") and knows(lang, key)
    return say(lang, key) if closed else short_name(name, cells)


def spoken(result: Result, name: str, lang: Lang) -> str:
    """An arm's name in a sentence."""
    by = result["posts"]["by"]
    return say(lang, f"posts_of_{by}", name=arm_words(result, name, lang, LONGEST_NAME))


def _sentence(result: Result, pair: Part, lang: Lang) -> str:
    names = {side: spoken(result, pair[side], lang) for side in ("a", "b")}
    interval = points(pair["low"], pair["high"], lang, say(lang, "to"))
    margin = "" if pair["margin"] is None else percent(pair["margin"], lang).removesuffix(" %")
    if pair["verdict"] == "equivalent":
        said = say(lang, "equivalent", **names, interval=interval, margin=margin)
    elif pair["verdict"] == "undetermined":
        said = say(lang, "undetermined_sampling", **names, interval=interval)
        if pair["non_inferior"]:
            said += say(lang, "non_inferior", **names, margin=margin)
    else:
        said = say(lang, f"posts_{pair['verdict']}", **names, interval=interval)
    return said[0].upper() + said[1:] + "."

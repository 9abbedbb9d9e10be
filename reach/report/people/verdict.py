"""What all channels reached together, in sentences: the verdict that stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.numbers import percent, whole_percent
from reach.report.people.amounts import ends, persons
from reach.report.people.names import name_of
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_LEAST_SHARE = 0.0005
"""Of the universe: what a channel adds below it is told in the table alone."""


def verdict(people: Result, lang: Lang) -> Iterator[tuple[str, str]]:
    """Sentences with their rich styles.

    Args:
        people: As `reach.report.people.names.readable` gives it.
        lang: Language of the sentences.
    """
    public = people["public"]
    if public is None:
        yield say(lang, "people_nobody_known"), "yellow"
        return
    together = public["together"]
    yield together_sentence(together, lang), "bold green"
    yield from ((text, "") for text in _adds_most(people, together, lang))
    yield _missed(together, lang), ""
    if blank := _without_signal(people):
        share = percent(blank / together["persons"], lang)
        yield say(lang, "people_blank", count=persons(blank, lang, words=True), share=share), ""
    for other in public["other_rungs"]:
        yield _other_rung(other, lang), "dim"


def rung_words(rung: Part, lang: Lang) -> str:
    """The rung by its step and what it supposes."""
    return say(lang, "people_rung", step=str(rung["step"]), name=say(lang, f"rung_{rung['step']}"))


def together_sentence(together: Part, lang: Lang) -> str:
    """What all channels reached together, in one sentence."""
    reached = together["reached"]
    said = ends(reached, lang, words=True)
    blanks = {
        "all": persons(together["persons"], lang, words=True),
        "low": said.low,
        "high": said.high,
        "rung": rung_words(together["rung"], lang),
        "grade": together["grade"] or "–",
    }
    if reached["estimate"] is None:
        return say(lang, "people_together_bounds", **blanks)
    share = whole_percent(reached["estimate"] / together["persons"], lang)
    bounds = _bounds(reached["bounds"], lang)
    text = say(lang, "people_together", estimate=said.estimate, share=share, **blanks)
    if (bounds[0], bounds[1]) != (said.low, said.high):
        text += say(lang, "people_whatever", least=bounds[0], most=bounds[1])
    return text + "."


def _bounds(bounds: list[float], lang: Lang) -> tuple[str, str]:
    said = ends({"low": bounds[0], "estimate": None, "high": bounds[1]}, lang, words=True)
    return said.low, said.high


def _adds_most(people: Result, together: Part, lang: Lang) -> Iterator[str]:
    """The channel without which most would be lost."""
    known = [each for each in together["channels"] if each["incremental"]["estimate"] is not None]
    if len(together["channels"]) < 2 or not known:  # noqa: PLR2004 - nothing to add to
        return
    most = max(known, key=lambda each: each["incremental"]["estimate"])
    found = most["incremental"]
    if found["estimate"] < _LEAST_SHARE * together["persons"]:
        yield say(lang, "people_adds_nothing")
        return
    said = ends(found, lang, words=True)
    name = name_of(people, most["channel"], lang)
    blanks = {"estimate": said.estimate, "low": said.low, "high": said.high}
    yield say(lang, "people_adds_most", channel=name, **blanks)


def _missed(together: Part, lang: Lang) -> str:
    """Whom no channel reached: all others."""
    everybody, reached = together["persons"], together["reached"]
    middle = reached["estimate"]
    missed = {
        "low": everybody - reached["high"],
        "estimate": None if middle is None else everybody - middle,
        "high": everybody - reached["low"],
    }
    said = ends(missed, lang, words=True)
    if middle is None:
        return say(lang, "people_missed_bounds", low=said.low, high=said.high)
    blanks = {"estimate": said.estimate, "low": said.low, "high": said.high}
    share = whole_percent(missed["estimate"] / everybody, lang)
    return say(lang, "people_missed", share=share, **blanks)


def _without_signal(people: Result) -> float:
    """How many live where there is no signal, as far as that is known."""
    missing: float = sum(
        region["persons"] * (1 - region["covered"])
        for region in people["universe"]["regions"]
        if region["covered"] is not None
    )
    return missing


def _other_rung(other: Part, lang: Lang) -> str:
    said = ends(other["reached"], lang, words=True)
    blanks = {"low": said.low, "high": said.high, "rung": rung_words(other["rung"], lang)}
    if other["reached"]["estimate"] is None:
        return say(lang, "people_other_rung_bounds", **blanks)
    return say(lang, "people_other_rung", estimate=said.estimate, **blanks)

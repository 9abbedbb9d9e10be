"""What the numbers rest on: contradictions first, then what was supposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, wrapped
from reach.report.people.given import given
from reach.report.people.names import distinct, name_of
from reach.report.reading import listed
from reach.report.safe_text import shortened
from reach.report.warnings import MARK, some
from reach.report.words import knows, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_MESSAGE_CELLS = 300


def resting_lines(people: Result, audience: Part, lang: Lang, width: int) -> list[Text]:
    """The notes on an audience, those of one kind together, and the assumptions of measurements."""
    groups: dict[str, list[Part]] = {}
    for note in audience["together"]["notes"]:
        groups.setdefault(note["code"], []).append(note)
    notes = [
        (text, group[0]["fault"])
        for group in groups.values()
        for text in _said(people, group, lang)
    ]
    notes.sort(key=lambda note: not note[1])
    lines: list[Text] = []
    for text, fault in notes:
        style, first = ("bold yellow", MARK) if fault else ("", f"{MARGIN}· ")
        lines += wrapped(text, width, style=style, first=first)
    for text in _assumed(people, audience, lang):
        lines += wrapped(text, width, first=f"{MARGIN}· ")
    return [*wrapped(say(lang, "people_resting"), width, style="bold"), *lines] if lines else []


def _said(people: Result, notes: Sequence[Part], lang: Lang) -> list[str]:
    """Notes of one code in one sentence; as they came where there are no words for them."""
    key = f"note_{notes[0]['code']}"
    if not knows(lang, key):
        return [shortened(note["message"], _MESSAGE_CELLS) for note in notes]
    names = [name_of(people, note["channel"], lang) for note in notes if note["channel"]]
    regions = distinct([region for note in notes for region in note["regions"]])
    everywhere = len(regions) == len(people["universe"]["regions"])
    where = ""
    if regions and not everywhere:
        where = say(
            lang, "people_where", regions=some([shortened(each, 40) for each in regions], lang)
        )
    return [say(lang, key, channels=some(names, lang) if names else "", where=where)]


def _assumed(people: Result, audience: Part, lang: Lang) -> Iterator[str]:
    """What measurements of counted channels suppose, each sentence once with its channels."""
    counted = {each["channel"] for each in audience["channels"]}
    by_text: dict[str, list[str]] = {}
    for each in people["exposures"]:
        if each["channel"] in counted and each["unit"] == "persons" and each["reached"]:
            for text in each["assumptions"]:
                by_text.setdefault(text, []).append(name_of(people, each["channel"], lang))
    # What several channels suppose alike is said once for the same channels.
    by_names: dict[tuple[str, ...], list[str]] = {}
    for text, names in by_text.items():
        by_names.setdefault(tuple(distinct(names)), []).append(given(text, lang))
    for alike, texts in by_names.items():
        yield say(lang, "people_assumed", channels=listed(alike, lang), what="; ".join(texts))

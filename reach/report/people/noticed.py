"""What was left out, supposed or chosen on the way from rows to persons: a line a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reach.report.layout import MARGIN, wrapped
from reach.report.numbers import number, percent
from reach.report.people.names import distinct, name_of
from reach.report.people.unit_names import unit_words
from reach.report.safe_text import shortened
from reach.report.warnings import some
from reach.report.words import knows, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_CELLS = 60
_TAIL = 24
_MESSAGE_CELLS = 300
_SUMMED: Final = frozenset(
    ("rows", "silent", "posts", "mentions", "uncounted", "events", "others", "respondents", "people",
     "placements", "claimed", "planned", "missed", "count")
)  # fmt: skip
"""Counts that may be added over channels; others are listed."""

_VARIANTS: Final = {"margin_hides_design": "design_effect", "survey_regions_missing": "only"}
"""Codes with another sentence where they have this parameter."""


def notice_lines(people: Result, lang: Lang, width: int) -> list[Text]:
    """The notices under their heading; nothing if there are none."""
    texts = notice_texts(people, lang)
    if not texts:
        return []
    lines = wrapped(say(lang, "people_noticed"), width, style="bold")
    for text in texts:
        lines += wrapped(text, width, first=f"{MARGIN}· ")
    return lines


def notice_texts(people: Result, lang: Lang) -> list[str]:
    """One sentence for notices of one kind, in the order in which the first of each came."""
    groups: dict[str, list[Part]] = {}
    for each in people["notices"]:
        groups.setdefault(_key(each), []).append(each)
    return [text for key, group in groups.items() for text in _said(people, key, group, lang)]


def _key(found: Part) -> str:
    code: str = found["code"]
    variant = _VARIANTS.get(code)
    return f"notice_{code}" + ("_with" if variant and found["params"].get(variant) else "")


def _said(people: Result, key: str, group: Sequence[Part], lang: Lang) -> list[str]:
    if knows(lang, key):
        names = distinct([name for each in group for name in each["params"]])
        values = {
            name: [each["params"][name] for each in group if each["params"].get(name) is not None]
            for name in names
        }
        blanks = {name: _blank(people, name, said, lang) for name, said in values.items()}
        try:
            return [say(lang, key, **blanks)]
        except KeyError:  # of a later reach, which tells other things
            pass
    return [shortened(each["message"], _MESSAGE_CELLS) for each in group]


def _blank(people: Result, name: str, values: Sequence[Any], lang: Lang) -> str:
    """Counts summed, shares as the largest, names and places listed."""
    if name in _SUMMED:
        return number(sum(values), lang)
    if values and all(isinstance(each, float) for each in values) and name == "share":
        return percent(max(values), lang)
    return (
        some(distinct([_word(people, name, each, lang) for each in values]), lang) if values else ""
    )


def _word(people: Result, name: str, value: Any, lang: Lang) -> str:  # noqa: ANN401  (any JSON scalar)
    if isinstance(value, (int, float)):
        return number(value, lang, 0 if value == int(value) else 1)
    if name == "channel":
        return name_of(people, value, lang)
    if name == "unit":
        return unit_words(value, lang)
    if name == "method" and knows(lang, key := f"counted_by_{value.replace(' ', '_')}"):
        return say(lang, key)
    return shortened(value, _CELLS, tail=_TAIL)

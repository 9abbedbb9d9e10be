"""What sent, reached and engaged mean, medium by medium: nobody can read the numbers without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, wrapped
from reach.report.people.names import distinct, name_of
from reach.report.words import knows, say

if TYPE_CHECKING:
    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result


def meaning_lines(people: Result, audience: Part, lang: Lang, width: int) -> list[Text]:
    """A line for each way of counting that the channels of an audience have."""
    by_meaning: dict[str, list[str]] = {}
    for each in audience["channels"]:
        key = f"means_{each['medium']}"
        if knows(lang, key):
            by_meaning.setdefault(say(lang, key), []).append(name_of(people, each["channel"], lang))
    lines = wrapped(say(lang, "people_means"), width, style="bold")
    for meaning, names in by_meaning.items():
        text = f"{', '.join(distinct(names))}: {meaning}"
        lines += wrapped(text, width, style="dim", first=MARGIN * 2, rest=MARGIN * 3)
    return lines if by_meaning else []

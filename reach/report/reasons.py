"""Why something has no answer, in the reader's language where the result says it by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.numbers import number, percent
from reach.report.reading import arm_name
from reach.report.safe_text import visible
from reach.report.words import knows, say

if TYPE_CHECKING:
    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result


def because_words(result: Result, part: Part, lang: Lang, *, told: str = "because") -> str:
    """The reason that a part of a result gives; as it was given where there are no words for it.

    Args:
        result: The result that holds the part's arms.
        part: A comparison, or a campaign that is left out, or several put together.
        lang: Language of the words.
        told: Which of its fields has the reason in English.
    """
    given = str(part[told])
    reason = part.get("reason")
    if reason is not None and knows(lang, f"reason_{reason['code']}"):
        try:
            return say(lang, f"reason_{reason['code']}", **_blanks(result, reason["params"], lang))
        except KeyError:  # of a later reach, which tells other things
            pass
    if knows(lang, f"because_{given}"):
        return say(lang, f"because_{given}")
    return visible(given).rstrip(".")


def _blanks(result: Result, params: Part, lang: Lang) -> dict[str, str]:
    return {name: _blank(result, name, value, lang) for name, value in params.items()}


def _blank(result: Result, name: str, value: str | float, lang: Lang) -> str:
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, float):
        return percent(value, lang)
    if name == "arm":
        return arm_name(result, value, lang)
    return say(lang, f"things_{value}") if name == "per" else visible(value)

"""The gravest warnings in few words, for the top of a report: nothing below is read right without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reach.report.layout import wrapped
from reach.report.numbers import MINUS, number
from reach.report.reading import arm_name
from reach.report.warnings import MARK, some, warning_texts
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Collection

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_FEW: Final = ("few_recipients", "few_effective_recipients", "few_effective_in_strata")
_GRAVE: Final = {
    "assignment": ("unbalanced_assignment", "persons_in_several_arms"),
    "sign": ("sign_changes",),
    "strata": ("empty_strata",),
    "receipts": ("low_receipt_coverage",),
    "few": _FEW,
    "dominant": ("one_dominant_recipient",),
    "machines": ("machine_opens",),
}
"""Codes by what is said of them, gravest first."""


def gravest_lines(result: Result, lang: Lang, width: int, told: Collection[str] = ()) -> list[Text]:
    """How many warnings there are below, and the gravest; nothing where none is grave.

    Args:
        result: The result that has them.
        lang: Language of the words.
        width: Cells a line may take.
        told: Codes of warnings that the report says elsewhere.
    """
    parts = []
    for words, codes in _GRAVE.items():
        found = [warning for warning in result["warnings"] if warning["code"] in codes]
        if found:
            of = dict.fromkeys(_of(result, warning, lang) for warning in found)
            parts.append(say(lang, f"grave_{words}", arms=some(list(of), lang)))
    if not parts:
        return []
    count = number(len(warning_texts(result, lang, told)), lang)
    text = say(lang, "gravest", count=count, parts="; ".join(parts))
    return wrapped(text, width, style="bold yellow", first=MARK)


def _of(result: Result, warning: Part, lang: Lang) -> str:
    """The arm, or the pair, that a warning speaks of; nothing if it speaks of all."""
    params = warning["params"]
    names = [params[name] for name in ("arm", "a", "b") if name in params]
    return f" {MINUS} ".join(arm_name(result, name, lang) for name in names)

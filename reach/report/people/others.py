"""What stands apart: accounts and devices, what staff shared, and channels without a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, Column, wrapped
from reach.report.numbers import number
from reach.report.people.amounts import ends
from reach.report.people.fitting import fitted
from reach.report.people.given import given
from reach.report.people.names import name_of, of_exposure
from reach.report.people.unit_names import sent_unit_words, unit_words
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result


def other_unit_lines(people: Result, lang: Lang, width: int) -> list[Text]:
    """What was counted in units that are no persons; apart, what staff's accounts showed."""
    told = [each for each in people["exposures"] if each["reached"] is not None]
    others = [each for each in told if each["unit"] != "persons" and not each["shared_by_staff"]]
    shared = [each for each in told if each["shared_by_staff"]]
    lines: list[Text] = []
    for key, rows in (("people_units_head", others), ("people_staff_head", shared)):
        if rows:
            lines += wrapped(say(lang, key), width, style="bold")
            lines += _table(people, rows, lang, width)
    return lines


def _table(people: Result, rows: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    told = [ends(each["reached"], lang) for each in rows]
    grades = [each["grade"] or "–" for each in rows]
    sent = [
        "" if each["sent"] is None
        else f"{number(each['sent'], lang)} {sent_unit_words(each['sent_unit'], lang)}".strip()
        for each in rows
    ]  # fmt: skip
    reached = tuple(
        f"{said.range} {unit_words(each['unit'], lang)}"
        for said, each in zip(told, rows, strict=True)
    )
    return fitted(
        lambda cells: Column(
            "",
            tuple(
                f"{of_exposure(people, each, lang, cells)} ({grade})"
                for each, grade in zip(rows, grades, strict=True)
            ),
            right=False,
            styles=("bold",) * len(rows),
        ),
        lambda _: [
            [
                Column(say(lang, "people_units_reached"), reached),
                Column(say(lang, "people_units_sent"), tuple(sent)),
            ]
        ],
        width,
    )


def unmeasured_lines(people: Result, audience: Part, lang: Lang, width: int) -> list[Text]:
    """Channels without a number of persons, by why; that is not 0."""
    by_reason: dict[str, list[str]] = {}
    for each in audience["unmeasured"]:
        by_reason.setdefault(each["because"], []).append(name_of(people, each["channel"], lang))
    if not by_reason:
        return []
    lines = wrapped(say(lang, "people_unmeasured_head"), width, style="bold")
    for why, names in by_reason.items():
        text = say(lang, "people_unmeasured", channels=", ".join(names), why=given(why, lang))
        lines += wrapped(text, width, style="yellow", first=MARGIN * 2, rest=MARGIN * 3)
    return lines

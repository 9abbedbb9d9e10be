"""By how many channels, and how often, persons were reached; and what more of the same would do."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from reach.report.frequency import frequency_lines
from reach.report.layout import MARGIN, Column, wrapped
from reach.report.numbers import number
from reach.report.people.amounts import ends, persons
from reach.report.people.channels import share_bar
from reach.report.people.fitting import fitted
from reach.report.people.names import of_exposure
from reach.report.reading import listed
from reach.report.safe_text import visible
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_MOST_ROWS = 6
_LEAST_SHARE = 0.001
"""Of the universe: fewer persons than this were reached so often that no row tells of them."""


def several_lines(people: Result, audience: Part, lang: Lang, width: int) -> list[Text]:
    """Persons by at least n channels, and with at least n contacts; nothing where n is always 1."""
    together = audience["together"]
    everybody = people["universe"]["persons"]
    contacts = [each["persons"] for each in together["contacts"] or ()]
    rows = [
        (channels and channels["reached"], known)
        for channels, known in zip_longest(together["at_least"], contacts)
    ]
    least = _LEAST_SHARE * everybody
    rows = [
        row
        for place, row in enumerate(rows[:_MOST_ROWS])
        if place == 0 or (row[0] and row[0]["high"] > least) or (row[1] or 0) > least
    ]
    if len(rows) < 2:  # noqa: PLR2004 - n = 1 is what the verdict says
        return []
    lines = wrapped(say(lang, "people_several_head"), width, style="bold")
    numbers = tuple(f"{number(place, lang)}+" for place, _ in enumerate(rows, start=1))
    told = [ends(reached, lang) if reached else None for reached, _ in rows]
    lines += fitted(
        lambda _: Column("", numbers, styles=("bold",) * len(numbers)),
        lambda cells: [
            [
                Column(
                    say(lang, "people_by_channels"),
                    tuple(each.estimate if each else "" for each in told),
                ),
                Column(say(lang, "interval"), tuple(each.range if each else "" for each in told)),
                Column("", tuple(_bar(row[0], everybody, cells) for row in rows), right=False),
            ],
            [
                Column(
                    say(lang, "people_by_contacts"),
                    tuple("" if known is None else persons(known, lang) for _, known in rows),
                )
            ]
            if contacts
            else [],
        ],
        width,
    )
    return lines


def _bar(reached: Part | None, everybody: int, cells: int) -> str:
    if reached is None:
        return ""
    return share_bar(reached, everybody, cells)


def often_lines(people: Result, lang: Lang, width: int) -> list[Text]:
    """How often each channel was met, and what more would reach: rows of whole channels that count."""
    taken = {row for each in people["exposures"] for row in each["rows"]}
    shown: list[Part] = []
    left: list[Part] = []
    for each in people["frequency"]:
        whole = each["region"] is None and each["vehicle"] is None and each["row"] in taken
        (shown if whole else left).append(each)
    lines: list[Text] = []
    for each in shown:
        lines += wrapped(
            say(
                lang,
                "people_often",
                channel=of_exposure(people, each, lang),
                row=visible(each["row"]),
            ),
            width,
            style="italic",
        )
        if "told" in each:
            lines += frequency_lines(each["told"], lang, width)
        else:
            why = visible(each["not_estimable"]).rstrip(".")
            lines += wrapped(say(lang, "people_often_not", why=why), width, style="dim")
    if left:
        of = listed(_some_of(people, left, lang), lang)
        text = say(lang, "people_often_left", count=number(len(left), lang), channels=of)
        lines += wrapped(text, width, style="dim", first=MARGIN * 2)
    return lines


def _some_of(people: Result, rows: Sequence[Part], lang: Lang) -> list[str]:
    named = [{"channel": each["channel"], "vehicle": None, "region": None} for each in rows]
    return list(dict.fromkeys(of_exposure(people, each, lang) for each in named))

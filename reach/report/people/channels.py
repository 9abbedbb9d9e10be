"""The table of channels: grade, persons reached, their share of all, and what one of them cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from reach.report.bars import bar
from reach.report.layout import MARGIN, Column, flowed, wrapped
from reach.report.numbers import money, percent
from reach.report.people.amounts import ends, persons
from reach.report.people.fitting import fitted
from reach.report.people.names import name_of
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

COUNTED = "A"
"""The grade whose persons are known one by one."""


def channel_lines(
    people: Result, audience: Part, lang: Lang, width: int, *, of_universe: bool = True
) -> list[Text]:
    """The table in lines of at most `width` cells, with its legend.

    Args:
        people: As `reach.report.people.names.readable` gives it.
        audience: Its member ``public`` or ``internal``.
        lang: Language of words and numbers.
        width: Cells a line may take.
        of_universe: Whether these persons are a share of the universe; staff are none.
    """
    rows = audience["channels"]
    everybody = people["universe"]["persons"] if of_universe else None
    lines = fitted(
        lambda cells: name_column(people, [(each["channel"], each["grade"]) for each in rows], lang, cells),
        lambda cells: [_reached(rows, lang), _share(rows, everybody, lang, cells), _costs(rows, lang)],
        width,
    )  # fmt: skip
    legend = say(lang, "people_legend" if of_universe else "people_legend_short").split(" · ")
    lines += flowed(legend, width, style="dim", first=MARGIN * 2)
    if any(each["parts"] for each in rows):
        lines += wrapped(say(lang, "people_parts"), width, style="dim", first=MARGIN * 2)
    return lines


def name_column(
    people: Result, rows: Sequence[tuple[str, str | None]], lang: Lang, cells: int
) -> Column:
    """Names with their grades under one another."""
    names = [name_of(people, name, lang, cells) for name, _ in rows]
    longest = max(map(cell_len, names))
    labels = tuple(
        f"{name}{' ' * (longest - cell_len(name))} ({grade or '–'})"
        for name, (_, grade) in zip(names, rows, strict=True)
    )
    return Column("", labels, right=False, styles=("bold",) * len(labels))


def _reached(rows: Sequence[Part], lang: Lang) -> list[Column]:
    told = [ends(each["reached"], lang, exact=each["grade"] == COUNTED) for each in rows]
    return [
        Column(say(lang, "people_reached"), tuple(each.estimate for each in told)),
        Column(say(lang, "interval"), tuple(each.range for each in told)),
    ]


def _share(rows: Sequence[Part], everybody: int | None, lang: Lang, cells: int) -> list[Column]:
    """Bars on one scale, from nobody to everybody; the whole of one is what is sure."""
    if everybody is None:
        return []
    texts = [
        "" if each["reached"]["estimate"] is None
        else percent(each["reached"]["estimate"] / everybody, lang)
        for each in rows
    ]  # fmt: skip
    widest = max(map(len, texts))
    drawn = (share_bar(each["reached"], everybody, cells) for each in rows)
    shares = tuple(f"{each} {text:>{widest}}" for each, text in zip(drawn, texts, strict=True))
    heading = say(lang, "people_share", all=persons(everybody, lang))
    return [Column(heading, shares, right=False)]


def share_bar(reached: Part, everybody: int, cells: int) -> str:
    """A bar from what is sure to what is possible, on the scale of everybody."""
    low, high = (min(1.0, reached[end] / everybody) for end in ("low", "high"))
    return bar(low, high, cells)


def _costs(rows: Sequence[Part], lang: Lang) -> list[Column]:
    """What one person cost, by currency: the paid total is known, and how many it reached is not."""
    currencies = sorted({cost["currency"] for each in rows for cost in each["costs"]})
    columns = []
    for currency in currencies:
        found = [
            next((cost["per_person"] for cost in each["costs"] if cost["currency"] == currency), None)
            for each in rows
        ]  # fmt: skip
        if not any(found):
            continue
        guesses = [_guess(each, lang) for each in found]
        widest = max(map(len, guesses))
        cells = tuple(
            f"{guess:>{widest}}  {_interval(each, lang)}" if each else ""
            for guess, each in zip(guesses, found, strict=True)
        )
        heading = say(lang, "people_each", currency=currency)
        columns.append(Column(heading, cells, right=False))
    return columns


def _guess(cost: Part | None, lang: Lang) -> str:
    if cost is None:
        return ""
    return "–" if cost["estimate"] is None else money([cost["estimate"]], lang)[0]


def _interval(cost: Part, lang: Lang) -> str:
    if cost["high"] is None:
        return say(lang, "costs_at_least", amount=money([cost["low"]], lang)[0])
    least, most = (money([cost[end]], lang)[0] for end in ("low", "high"))
    return least if least == most else f"{least} – {most}"

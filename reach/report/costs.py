"""What messages cost, arm by arm and currency by currency; nothing is summed over currencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reach.report.layout import MARGIN, Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import amount, money, number, whole_percent
from reach.report.reading import NAME_CELLS, arm_name, has_messages, listed, spoken_name
from reach.report.safe_text import visible
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

COSTS: Final = ("cost_per_delivered", "cost_per_engaged")
_NARROW_NAME = 12


def cost_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """What was paid and what each success cost, in lines of at most `width` cells.

    Nothing where no message has a price.
    """
    rows = [(arm, cost) for arm in result["channels"] for cost in arm.get("costs", ())]
    if not rows:
        return []
    head = say(lang, "costs_head", level=whole_percent(result["level"], lang))
    lines = wrapped(head, width, style="bold") + _tables(result, rows, lang, width)
    for note in _notes(result, lang):
        lines += wrapped(note, width, style="yellow")
    return lines + flowed(
        say(lang, "costs_legend").split(" · "), width, style="dim", first=MARGIN * 2
    )


def _tables(
    result: Result, rows: Sequence[tuple[Part, Part]], lang: Lang, width: int
) -> list[Text]:
    """One table, or one for each cost, or every arm in lines of its own."""
    paid = [
        Column(
            say(lang, "costs_paid"),
            tuple(f"{cost['currency']} {amount(cost['total'], lang)}" for _, cost in rows),
        )
    ]
    shown = [
        name for name in COSTS if any("lower_bound" in cost[name] for _, cost in rows)
    ] or COSTS[:1]
    each = {name: _columns([cost[name] for _, cost in rows], name, lang) for name in shown}
    for cells in (NAME_CELLS, _NARROW_NAME):
        names = tuple(arm_name(result, arm["channel"], lang, cells) for arm, _ in rows)
        first = Column("", names, right=False, styles=("bold",) * len(rows))
        whole = [first, *paid, *(column for columns in each.values() for column in columns)]
        if table_width(whole) <= width:
            return table_lines(whole)
        apart = [[first, *paid], *([first, *columns] for columns in each.values())]
        if all(table_width(table) <= width for table in apart):
            return [line for table in apart for line in table_lines(table)]
    lines: list[Text] = []
    for row, name in enumerate(names):
        lines += wrapped(name, width, style="bold")
        parts = [
            f"{' '.join(column.heading.split())}: {column.cells[row]}"
            for column in whole[1:]
            if column.cells[row]
        ]
        lines += flowed(parts, width, first=MARGIN * 2)
    return lines


def _columns(costs: Sequence[Part], name: str, lang: Lang) -> list[Column]:
    """What is possible of a cost, and its interval."""
    possible, intervals = [], []
    for cost in costs:
        if "lower_bound" not in cost:
            missing = "not_measured" if "not_measured" in cost else "not_estimable"
            possible.append(say(lang, missing))
            intervals.append("")
            continue
        least, most, low, high = (
            cost[end] for end in ("lower_bound", "upper_bound", "low", "high")
        )
        known = [least] if most == least else [least, most]
        possible.append(_range(known, lang, " … "))
        intervals.append(_range([low, high], lang, " – "))
    return [
        Column(say(lang, f"costs_{name}"), tuple(possible)),
        Column(say(lang, "interval"), tuple(intervals)),
    ]


def _range(ends: Sequence[float | None], lang: Lang, between: str) -> str:
    """Two amounts, the upper one of which may not be known; or one."""
    found = money([end for end in ends if end is not None], lang)
    if None in ends:
        return say(lang, "costs_at_least", amount=found[0])
    return between.join(found)


def _notes(result: Result, lang: Lang) -> Iterator[str]:
    """Which arms have no price, and why there is no cost of one message."""
    arms = [arm for arm in result["channels"] if has_messages(arm)]
    free = [
        spoken_name(result, arm["channel"], lang)
        for arm in arms
        if not arm.get("costs") and arm["outcomes"]["sent"]
    ]
    if free:
        yield say(lang, "costs_no_price", arms=listed(free, lang))
    for arm in arms:
        yield from _of_arm(arm, spoken_name(result, arm["channel"], lang), lang)


def _of_arm(arm: Part, name: str, lang: Lang) -> Iterator[str]:
    costs = arm.get("costs", ())
    if not costs:
        return
    without = costs[0]["unpriced_messages"]
    if without:
        sent = number(arm["outcomes"]["sent"], lang)
        yield say(lang, "costs_unpriced", count=number(without, lang), sent=sent, arm=name)
        return
    if len(costs) > 1:
        currencies = listed([cost["currency"] for cost in costs], lang)
        yield say(lang, "costs_currencies", arm=name, currencies=currencies)
        return
    for cost in COSTS:
        words = say(lang, f"costs_{cost}").replace("\n", " ")
        found = costs[0][cost]
        if "not_estimable" in found:
            why = visible(found["not_estimable"])
            yield say(lang, "costs_why", arm=name, cost=words, why=why)
        elif found.get("high", 0) is None:
            yield say(lang, "costs_no_upper", arm=name, cost=words)

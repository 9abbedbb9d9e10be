"""Comparisons of several campaigns put together: on average, and what the next may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import difference, number, points, whole_percent
from reach.report.pairs import pair_name
from reach.report.reading import NAME_CELLS
from reach.report.reasons import because_words
from reach.report.safe_text import visible
from reach.report.words import metric_words, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_NARROW_NAME = 12
_ALONE = 1  # campaign, of which nothing can be put together


def campaign_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """What the campaigns say together, in lines of at most `width` cells; nothing if there is none."""
    together = result.get("over_campaigns")
    if together is None or not together["pooled"]:  # one arm has no pairs
        return []
    level = whole_percent(together["level"], lang)
    count = number(len(together["campaigns"]), lang)
    lines = wrapped(say(lang, "campaigns_head", count=count, level=level), width, style="bold")
    for metric in result["metrics"]:
        found = [each for each in together["pooled"] if each["metric"] == metric]
        words = say(lang, "in_points", metric=metric_words(metric, lang))
        lines += wrapped(words, width, style="italic")
        lines += _table(result, found, lang, width)
        for each in found:
            lines += _notes(result, each, lang, width)
    return lines + wrapped(say(lang, "campaigns_legend"), width, style="dim", first=MARGIN * 2)


def _table(result: Result, found: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    known = [
        Column(say(lang, "campaigns_of"), tuple(number(len(each["of"]), lang) for each in found)),
        Column(say(lang, "campaigns_average"), tuple(_average(each, lang) for each in found)),
        Column(say(lang, "interval"), tuple(_interval(each, lang) for each in found)),
        Column(say(lang, "campaigns_next"), tuple(_next(each, lang) for each in found)),
    ]
    for cells in (NAME_CELLS, _NARROW_NAME):
        names = tuple(pair_name(result, each, lang, cells) for each in found)
        table = [Column("", names, right=False), *known]
        if table_width(table) <= width:
            return table_lines(table)
    lines: list[Text] = []
    for row, each in enumerate(found):
        lines += wrapped(pair_name(result, each, lang), width, style="bold")
        parts = [f"{column.heading}: {column.cells[row]}" for column in known if column.cells[row]]
        lines += flowed(parts, width, first=MARGIN * 2)
    return lines


def _average(pooled: Part, lang: Lang) -> str:
    if "not_estimable" in pooled:
        return say(lang, "not_estimable")
    low, high = pooled["difference_bounds"]
    return difference(low, lang) if low == high else points(low, high, lang, " … ")


def _interval(pooled: Part, lang: Lang) -> str:
    if "not_estimable" in pooled:
        return ""
    return points(pooled["low"], pooled["high"], lang, say(lang, "to_short"))


def _next(pooled: Part, lang: Lang) -> str:
    prediction = pooled.get("prediction")
    if prediction is None:
        return "" if "not_estimable" in pooled else say(lang, "campaigns_too_few")
    return points(prediction["low"], prediction["high"], lang, say(lang, "to_short"))


def _notes(result: Result, pooled: Part, lang: Lang, width: int) -> list[Text]:
    """Why there is no average or no next campaign, and which campaigns do not enter."""
    name = pair_name(result, pooled, lang)
    notes = []
    if why := _why_not(result, pooled, lang):
        notes.append(say(lang, "campaigns_why", pair=name, why=why))
    if pooled["left_out"]:
        by_reason: dict[str, list[str]] = {}
        for left in pooled["left_out"]:
            why = because_words(result, left, lang)
            by_reason.setdefault(why, []).append(visible(left["campaign"]))
        each = "; ".join(f"{', '.join(of)} ({why})" for why, of in by_reason.items())
        notes.append(say(lang, "campaigns_left_out", pair=name, campaigns=each))
    return [line for note in notes for line in wrapped(note, width, style="dim")]


def _why_not(result: Result, pooled: Part, lang: Lang) -> str:
    """What the campaigns that enter are too few for, or too much alike; nothing if none enters.

    Those left out then tell why.
    """
    entered = len(pooled["of"])
    if entered == _ALONE:
        return say(lang, "campaigns_alone")
    if "not_estimable" in pooled:
        return because_words(result, pooled, lang, told="not_estimable") if entered else ""
    return say(lang, "campaigns_no_next") if pooled["prediction"] is None else ""

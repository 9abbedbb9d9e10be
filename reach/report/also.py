"""Other methods beside the verdicts, each under its name and with what it is: they decide nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import number, p_value, percent, percent_range, points, whole_percent
from reach.report.pairs import pair_name
from reach.report.reading import NAME_CELLS, arm_name
from reach.report.safe_text import visible
from reach.report.words import metric_words, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_NARROW_NAME = 12
_MOST_NAMED = 3
_POSSIBLE = {"score_interval": "difference_bounds", "mantel_haenszel": "odds_ratio_bounds"}


def also_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """What they say, method by method, in lines of at most `width` cells; nothing if none is asked."""
    also = result.get("also", ())
    if not also:
        return []
    level = whole_percent(result["level"], lang)
    lines = wrapped(say(lang, "also_head", level=level), width, style="bold")
    for method, metric in dict.fromkeys((each["method"], each["metric"]) for each in also):
        found = [each for each in also if (each["method"], each["metric"]) == (method, metric)]
        title = say(lang, f"also_{method}", metric=metric_words(metric, lang))
        lines += wrapped(title, width, style="italic")
        lines += _table(result, found, lang, width)
        lines += _refusals(result, found, lang, width)
        if any("low" in each for each in found):
            legend = say(lang, f"also_{method}_legend")
            lines += wrapped(legend, width, style="dim", first=MARGIN * 2)
    return lines


def _table(result: Result, found: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    rows = [each for each in found if "low" in each]
    if not rows:
        return []
    known = [
        Column(say(lang, heading), tuple(cell(each, lang) for each in rows))
        for heading, cell in (
            ("possible", _possible),
            ("also_assumed", _assumed),
            ("interval", _interval),
            ("also_p_value", _p_value),
            ("also_alike", _alike),
        )
        if any(cell(each, lang) for each in rows)
    ]
    for cells in (NAME_CELLS, _NARROW_NAME):
        names = tuple(_name(result, each, lang, cells) for each in rows)
        table = [Column("", names, right=False), *known]
        if table_width(table) <= width:
            return table_lines(table)
    lines: list[Text] = []
    for row, each in enumerate(rows):
        lines += wrapped(_name(result, each, lang, NAME_CELLS), width, style="bold")
        parts = [
            f"{' '.join(column.heading.split())}: {column.cells[row]}"
            for column in known
            if column.cells[row]
        ]
        lines += flowed(parts, width, first=MARGIN * 2)
    return lines


def _name(result: Result, each: Part, lang: Lang, cells: int) -> str:
    if each["b"] is None:
        return arm_name(result, each["a"], lang, cells)
    return pair_name(result, each, lang, cells)


def _possible(each: Part, lang: Lang) -> str:
    if each["method"] == "missing_at_random":
        return percent_range(each["lower_bound"], each["upper_bound"], lang) + " %"
    low, high = each[_POSSIBLE[each["method"]]]
    return _between(each, [low] if low == high else [low, high], lang, " … ")


def _assumed(each: Part, lang: Lang) -> str:
    return percent(each["estimate"], lang) if "estimate" in each else ""


def _interval(each: Part, lang: Lang) -> str:
    if each["method"] == "missing_at_random":
        return percent_range(each["low"], each["high"], lang) + " %"
    between = say(lang, "to_short") if each["method"] == "score_interval" else " – "
    return _between(each, [each["low"], each["high"]], lang, between)


def _between(each: Part, ends: Sequence[float], lang: Lang, between: str) -> str:
    """Differences in points, or ratios as they are."""
    if each["method"] == "score_interval":
        text = points(ends[0], ends[-1], lang, "\n")
        return text.split("\n")[0] if len(ends) == 1 else text.replace("\n", between)
    return between.join(number(end, lang, 3) for end in ends)


def _p_value(each: Part, lang: Lang) -> str:
    return p_value(each["p_value"], lang) if "p_value" in each else ""


def _alike(each: Part, lang: Lang) -> str:
    """The least p-value of the strata having one odds ratio."""
    found = [test["p_value"] for test in each.get("homogeneity", ()) if "p_value" in test]
    return p_value(min(found), lang) if found else ""


def _refusals(result: Result, found: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    """Why nothing is estimated, said once for all that it is true of."""
    by_reason: dict[tuple[str | None, str], list[Part]] = {}
    for each in found:
        if "not_estimable" in each:
            by_reason.setdefault((each["code"], each["not_estimable"]), []).append(each)
    lines: list[Text] = []
    for (code, why), those in by_reason.items():
        names = [_name(result, each, lang, NAME_CELLS) for each in those]
        if len(names) > _MOST_NAMED:
            more = say(lang, "more", count=number(len(names) - _MOST_NAMED + 1, lang))
            names = [*names[: _MOST_NAMED - 1], more]
        words = visible(why) if code is None else say(lang, f"also_{code}")
        said = say(lang, "also_not_estimable", names=", ".join(names), why=words)
        lines += wrapped(said, width, style="yellow")
    return lines

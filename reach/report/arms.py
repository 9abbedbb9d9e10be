"""The table of arms: what was sent, what surely arrived, what may have, and what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from reach.compare.metrics import FAILURES_ONLY
from reach.report.bars import bar
from reach.report.layout import (
    MARGIN,
    Column,
    flowed,
    folded,
    table_lines,
    table_width,
    wrapped,
)
from reach.report.numbers import decimals_for, number, percent
from reach.report.reading import (
    NAME_CELLS,
    Part,
    Result,
    has_messages,
    is_estimated,
    listed,
    missing_in,
    name_lines,
    point,
    spoken_name,
    undecided,
)
from reach.report.words import metric_words, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reach.report.numbers import Lang

BAR_CELLS = 20
LEAST_BAR_CELLS = 8
_NARROW_NAME = 12
_STACKED_WIDTH = 60
_HEADLINE = "delivered_per_sent"


def arm_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """The table and its legend in lines of at most `width` cells.

    Where the columns do not fit the bars shrink, then names, and at last every arm gets
    several lines of its own.
    """
    arms = result["channels"]
    lines: list[Text] = []
    if not any(arm["measured"]["delivered"] for arm in arms):
        inferred = any(arm["receipt_levels"]["inferred"] for arm in arms)
        key = "delivery_only_inferred" if inferred else "delivery_not_measured"
        if any(map(_tells_of_failures_only, arms)):
            key = "delivery_of_failures_only"
        lines += [*wrapped(say(lang, key), width, style="bold yellow"), Text()]
    for name_cells in (NAME_CELLS, _NARROW_NAME):
        tables = _fitting(result, lang, width, name_cells)
        if tables:
            lines += tables
            break
    else:
        lines += _stacked(result, lang, min(width, _STACKED_WIDTH))
    return lines + _notes(result, lang, width)


def _tells_of_failures_only(arm: Part) -> bool:
    return any(rate.get("not_measured") == FAILURES_ONLY for rate in arm["rates"].values())


def _fitting(result: Result, lang: Lang, width: int, name_cells: int) -> list[Text]:
    """One table, or the further rates in a second one; nothing if a line would be too wide."""
    for rates_apart in (False, True):
        for cells in range(BAR_CELLS, LEAST_BAR_CELLS - 1, -1):
            columns = _columns(result, lang, name_cells, cells)
            tables = [columns]
            if rates_apart:
                rates = len(shown_metrics(result))
                tables = [columns[:-rates], [columns[0], *columns[-rates:]]] if rates else []
            if tables and all(table_width(table) <= width for table in tables):
                return [line for table in tables for line in table_lines(table)]
    return []


def shown_metrics(result: Result) -> list[str]:
    """Metrics with a column of their own: the declared ones, and engagement if it is known."""
    extra = "engaged_per_delivered"
    metrics = list(result["metrics"])
    known = any(is_estimated(arm["rates"].get(extra)) for arm in result["channels"])
    if extra not in metrics and known:
        metrics.append(extra)
    if any(arm["measured"]["delivered"] for arm in result["channels"]):
        # Delivery per message sent heads the table from the counts, declared or not.
        metrics = [metric for metric in metrics if metric != _HEADLINE]
    return metrics


def labels(result: Result, lang: Lang, cells: int) -> list[str]:
    """Names with their grades under one another; where nothing was sent there is no grade.

    A name that is too long for its cells goes on in further lines.
    """
    arms = result["channels"]
    names = [name_lines(result, arm["channel"], lang, cells) for arm in arms]
    longest = max(cell_len(line) for lines in names for line in lines)
    found = []
    for (first, *others), arm in zip(names, arms, strict=True):
        room = " " * (longest - cell_len(first))
        graded = f"{first}{room} ({arm['grade']})" if has_messages(arm) else first
        found.append("\n".join([graded, *others]))
    return found


def _columns(result: Result, lang: Lang, name_cells: int, bar_cells: int) -> list[Column]:
    arms = result["channels"]
    metrics = shown_metrics(result)
    sent = tuple(number(arm["outcomes"]["sent"], lang) for arm in arms)
    columns = [
        Column(
            "", tuple(labels(result, lang, name_cells)), right=False, styles=("bold",) * len(arms)
        ),
        Column(say(lang, "sent"), sent),
    ]
    if any(metric.endswith("_per_recipient") for metric in metrics):
        persons = tuple(number(arm["outcomes"]["recipients"], lang) for arm in arms)
        columns.append(Column(say(lang, "recipients"), persons))
    if any(arm["measured"]["delivered"] for arm in arms):
        columns += _delivery_columns(arms, lang, bar_cells)
        return columns + [_rate_column(arms, metric, lang, None) for metric in metrics]
    # Without receipts the first declared metric leads, and has the bar.
    first, *others = metrics
    columns.append(_rate_column(arms, first, lang, bar_cells))
    return columns + [_rate_column(arms, metric, lang, None) for metric in others]


def _delivery_columns(arms: Sequence[Part], lang: Lang, bar_cells: int) -> list[Column]:
    shares = [_delivery_shares(arm) for arm in arms]
    known = [share for share in shares if share]
    places = [max((decimals_for([pair[part]]) for pair in known), default=1) for part in (0, 1)]
    confirmed = [percent(pair[0], lang, places[0]) if pair else "" for pair in shares]
    room = max(map(len, confirmed))
    cells = tuple(
        f"{text:>{room}}  {bar(pair[0], pair[0] + pair[1], bar_cells)}"
        if pair
        else say(lang, "not_measured" if has_messages(arm) else "no_messages")
        for text, pair, arm in zip(confirmed, shares, arms, strict=True)
    )
    unknown = tuple(percent(pair[1], lang, places[1]) if pair else "" for pair in shares)
    return [
        Column(folded(metric_words(_HEADLINE, lang), cells), cells, right=False),
        Column(say(lang, "unknown_per_sent"), unknown),
    ]


def _delivery_shares(arm: Part) -> tuple[float, float] | None:
    """Confirmed and undecided shares of what was sent; None if unmeasured or nothing sent."""
    outcomes = arm["outcomes"]
    if not arm["measured"]["delivered"] or not outcomes["sent"]:
        return None
    return outcomes["delivered"] / outcomes["sent"], undecided(arm) / outcomes["sent"]


def _rate_column(arms: Sequence[Part], metric: str, lang: Lang, bar_cells: int | None) -> Column:
    """A metric's rates with their intervals, digits under digits."""
    rates = [arm["rates"].get(metric) for arm in arms]
    numbers = [(point(rate), rate["low"], rate["high"]) for rate in rates if is_estimated(rate)]
    places = max((decimals_for(rate) for rate in numbers), default=1)
    widest = max(
        (len(number(100 * part, lang, places)) for rate in numbers for part in rate), default=0
    )
    cells = []
    for arm, rate in zip(arms, rates, strict=True):
        if rate is None or not is_estimated(rate):
            cells.append(say(lang, missing_in(arm, metric) or "not_measured"))
            continue
        middle, low, high = (
            number(100 * part, lang, places).rjust(widest)
            for part in (point(rate), rate["low"], rate["high"])
        )
        drawn = ""
        if bar_cells is not None:
            drawn = bar(rate["lower_bound"], rate["upper_bound"], bar_cells) + "  "
        cells.append(f"{middle} %  {drawn}{low} – {high}")
    styles = tuple("" if is_estimated(rate) else "dim" for rate in rates)
    heading = folded(metric_words(metric, lang), cells)
    return Column(heading, tuple(cells), right=bar_cells is None, styles=styles)


def _stacked(result: Result, lang: Lang, width: int) -> list[Text]:
    """Every arm in lines of its own, for narrow terminals and long names."""
    columns = _columns(result, lang, max(8, width - 8), LEAST_BAR_CELLS)
    lines: list[Text] = []
    for row, label in enumerate(columns[0].cells):
        lines += wrapped(label, width, style="bold")
        for column in columns[1:]:
            if column.cells[row].strip():
                lines += _labelled(column, row, width)
    return lines


def _labelled(column: Column, row: int, width: int) -> list[Text]:
    heading = MARGIN * 2 + " ".join(column.heading.split("\n"))
    value = column.cells[row].strip()
    room = width - cell_len(heading) - cell_len(value)
    if room >= len(MARGIN):
        return [Text(heading + " " * room + value)]
    return [Text(heading), Text(value.rjust(width))]


def _notes(result: Result, lang: Lang, width: int) -> list[Text]:
    """The legend, arms without receipts, and suspects set apart."""
    arms = result["channels"]
    measured = [arm for arm in arms if arm["measured"]["delivered"]]
    possible = any(undecided(arm) for arm in measured) or (
        not measured
        and any(
            rate["lower_bound"] < rate["upper_bound"]
            for arm in arms
            if is_estimated(rate := arm["rates"].get(shown_metrics(result)[0]))
        )
    )
    legend = say(lang, "legend" if possible else "legend_confirmed")
    lines = flowed(legend.split(" · "), width, style="dim", first=MARGIN * 2)
    without = [arm for arm in arms if not arm["measured"]["delivered"] and has_messages(arm)]
    for key, failures_only in (("no_receipts", False), ("failures_only", True)):
        names = [
            spoken_name(result, arm["channel"], lang)
            for arm in without
            if _tells_of_failures_only(arm) is failures_only
        ]
        if names and measured:
            why = say(lang, key)
            note = say(lang, "delivery_not_measured_in", arms=listed(names, lang), why=why)
            lines += wrapped(note, width, style="yellow")
    suspects = [
        say(
            lang,
            "suspect_clicks",
            count=number(count, lang),
            arm=spoken_name(result, arm["channel"], lang),
        )
        for arm in arms
        if (count := arm["outcomes"]["suspects"])
    ]
    if suspects:
        lines += wrapped(say(lang, "set_apart", items=listed(suspects, lang)), width)
    return lines

"""What became of every message, arm by arm, with nothing compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.arms import arm_lines, labels
from reach.report.blocks import print_lines, stacked_blocks
from reach.report.frame import balance_lines, title_lines
from reach.report.gravest import gravest_lines
from reach.report.layout import MARGIN, Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import number
from reach.report.reading import NAME_CELLS, shown_count, shown_receipts
from reach.report.warnings import warning_lines
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_PARTS = ("not_sent", "pending", "unknown", "failed", "delivered")
_RECEIPTS = ("carrier", "device", "inferred")
_FOLLOWING = ("seen", "machine_only", "engaged", "suspects", "acted", "conflicts")
_OF_COMPARING = frozenset(
    {
        "empty_strata",
        "few_effective_in_strata",
        "few_effective_recipients",
        "few_recipients",
        "no_metric_per_assigned",
        "no_strata",
        "persons_in_several_arms",
        "sign_changes",
        "unbalanced_assignment",
    }
)
"""Warnings, by code, that say nothing where nothing is compared."""


def outcomes_only(result: Result) -> Result:
    """The result without its comparisons, and without what is only said because of them."""
    warnings = [each for each in result["warnings"] if each["code"] not in _OF_COMPARING]
    beside = ("over_campaigns", "also", "posts")
    rest = {name: value for name, value in result.items() if name not in beside}
    return {**rest, "comparisons": [], "family": 0, "warnings": warnings}


def funnel_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Title, arms, every message's outcome as a sum, how it is known, warnings and balance."""
    arms = (arm_lines, _sums, _following) if result["channels"] else (_nothing,)
    blocks = [
        title_lines(result, lang, width) + gravest_lines(result, lang, width),
        *(lines(result, lang, width) for lines in arms),
        warning_lines(result, lang, width),
        balance_lines(result, lang, width),
    ]
    return stacked_blocks(blocks)


def print_funnel(result: Result, lang: Lang, console: Console) -> None:
    """Print the outcomes on a console."""
    print_lines(funnel_lines, result, lang, console)


def _nothing(result: Result, lang: Lang, width: int) -> list[Text]:  # noqa: ARG001
    return wrapped(say(lang, "no_messages"), width, style="dim")


def _sums(result: Result, lang: Lang, width: int) -> list[Text]:
    """Attempted = not sent + pending + unknown + failed + delivered, a row an arm."""
    arms = result["channels"]
    columns = [_names(result, lang), _count(arms, "attempted", lang)]
    for index, part in enumerate(_PARTS):
        sign = "+" if index else "="
        columns += [Column(sign, (sign,) * len(arms)), _count(arms, part, lang)]
    head = wrapped(say(lang, "funnel_head"), width, style="bold")
    if table_width(columns) <= width:
        return head + table_lines(columns)
    law = " + ".join(say(lang, part) for part in _PARTS)
    head += wrapped(f"{say(lang, 'attempted')} = {law}", width)
    for row, label in enumerate(columns[0].cells):
        numbers = " ".join(column.cells[row] for column in columns[1:])
        head += wrapped(label, width, style="bold") + wrapped(numbers, width, first=MARGIN * 2)
    return head


def _following(result: Result, lang: Lang, width: int) -> list[Text]:
    arms = result["channels"]
    levels = [_receipts(arms, level, lang) for level in _RECEIPTS]
    counts = [_count(arms, outcome, lang) for outcome in _FOLLOWING]
    head = wrapped(say(lang, "funnel_receipts"), width, style="bold")
    names = _names(result, lang)
    if table_width([names, *levels, *counts]) <= width:
        return head + table_lines([names, *levels, *counts])
    if table_width([names, *counts]) <= width:
        return head + table_lines([names, *levels]) + table_lines([names, *counts])
    for row, label in enumerate(names.cells):
        head += wrapped(label, width, style="bold")
        parts = [f"{' '.join(c.heading.split())} {c.cells[row]}" for c in (*levels, *counts)]
        head += flowed(parts, width, first=MARGIN * 2)
    return head


def _names(result: Result, lang: Lang) -> Column:
    names = tuple(labels(result, lang, NAME_CELLS))
    return Column("", names, right=False, styles=("bold",) * len(names))


def _count(arms: Sequence[Part], outcome: str, lang: Lang) -> Column:
    """Counts of one outcome; what the logs cannot show is a dash, not 0."""
    counts = (shown_count(arm, outcome) for arm in arms)
    cells = ("–" if count is None else number(count, lang) for count in counts)
    return Column(say(lang, outcome), tuple(cells))


def _receipts(arms: Sequence[Part], level: str, lang: Lang) -> Column:
    counts = (shown_receipts(arm, level) for arm in arms)
    cells = ("–" if count is None else number(count, lang) for count in counts)
    return Column(say(lang, level), tuple(cells))

"""The result of a comparison as an officer reads it in a terminal, the verdict first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from reach.report.also import also_lines
from reach.report.arms import arm_lines
from reach.report.blocks import print_lines, stacked_blocks
from reach.report.campaigns import campaign_lines
from reach.report.costs import cost_lines
from reach.report.digest import MOST_SENTENCES, digest
from reach.report.frame import balance_lines, title_lines
from reach.report.gravest import gravest_lines
from reach.report.layout import MARGIN, wrapped
from reach.report.next_steps import next_lines
from reach.report.numbers import number
from reach.report.pairs import STYLES, pair_lines
from reach.report.people.lines import persons_lines
from reach.report.posts import post_blocks
from reach.report.sentences import sentences
from reach.report.warnings import warning_lines
from reach.report.words import metric_words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_TOLD = ("unfinished",)
"""Warnings that stand beside the verdicts already."""


def comparison_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Title, gravest warnings, sentences, next steps, arms, costs, pairs, posts, and what stands beside them.

    Args:
        result: A result as `schemas/result.schema.json` describes it.
        lang: Language of the words and numbers.
        width: Cells a line may take, at least `NARROWEST`.
    """
    messages = bool(result["channels"])
    others = "posts" in result or "persons" in result
    blocks = [
        title_lines(result, lang, width) + gravest_lines(result, lang, width, _TOLD),
        _verdicts(result, lang, width) if messages or not others else [],
        next_lines(result, lang, width) if messages or not others else [],
        arm_lines(result, lang, width) if messages else [],
        cost_lines(result, lang, width),
        pair_lines(result, lang, width) if result["comparisons"] else [],
        campaign_lines(result, lang, width),
        also_lines(result, lang, width),
        *post_blocks(result, lang, width),
        persons_lines(result, lang, width),
        warning_lines(result, lang, width, _TOLD),
        balance_lines(result, lang, width),
    ]
    return stacked_blocks(blocks)


def _verdicts(result: Result, lang: Lang, width: int) -> list[Text]:
    lines: list[Text] = []
    heading = None
    if not result["comparisons"]:
        lines += wrapped(say(lang, "nothing_to_compare"), width, style="dim")
    for metric, verdict, words in _told(result, lang):
        if len(result["metrics"]) > 1 and metric != heading:
            heading = metric
            lines += wrapped(metric_words(metric, lang).capitalize(), width, style="italic")
        lines += wrapped(words, width, style=STYLES.get(verdict, "dim"), rest=MARGIN * 2)
    if not result["final"]:
        note = say(lang, "warning_unfinished", count=number(result["pending"], lang))
        lines += wrapped(note, width, style="bold", rest=MARGIN * 2)
    return lines


def _told(result: Result, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Metric, verdict and sentence: of each pair, or of many pairs together."""
    by_metric: dict[str, list[tuple[Part, str]]] = {}
    for comparison, words in sentences(result, lang):
        by_metric.setdefault(comparison["metric"], []).append((comparison, words))
    few = len(result["comparisons"]) <= MOST_SENTENCES
    for metric, told in by_metric.items():
        if few:
            yield from ((metric, pair["verdict"], words) for pair, words in told)
        else:
            pairs = [pair for pair, _ in told]
            yield from ((metric, *each) for each in digest(result, pairs, lang))


def print_comparison(result: Result, lang: Lang, console: Console) -> None:
    """Print a comparison on a console."""
    print_lines(comparison_lines, result, lang, console)

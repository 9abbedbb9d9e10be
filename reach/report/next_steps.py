"""What an office can do after a comparison: which arm to prefer, and what would settle the rest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from reach.report.digest import open_arm, winner_of
from reach.report.layout import MARGIN, wrapped
from reach.report.numbers import number, percent
from reach.report.reading import (
    Part,
    Result,
    arm_of,
    has_messages,
    listed,
    spoken_name,
)
from reach.report.words import counted, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reach.report.numbers import Lang

_MOST_ARMS = 2  # arms whose receipts are asked for: more would be no next step


def next_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """The steps under their heading; none where there is nothing to advise."""
    steps = list(next_steps(result, lang))
    if not steps:
        return []
    lines = wrapped(say(lang, "next"), width, style="bold")
    for step in steps:
        lines += wrapped(step, width, first=f"{MARGIN}→ ", rest=f"{MARGIN}  ")
    return lines


def next_steps(result: Result, lang: Lang) -> Iterable[str]:
    """Each step as a sentence, the most useful first."""
    arms = [arm for arm in result["channels"] if has_messages(arm)]
    delivery = [pair for pair in result["comparisons"] if pair["metric"].startswith("delivered_")]
    if arms and not any(arm["measured"]["delivered"] for arm in arms):
        yield say(lang, "next_no_receipts")
    if result["by"] == "channel" and (best := _unbeaten(delivery)):
        yield say(
            lang, "next_best", arms=listed([spoken_name(result, a, lang) for a in best], lang)
        )
    if result["pending"]:
        yield say(lang, "next_pending", count=number(result["pending"], lang))
    yield from _receipts(result, delivery, lang)
    if sampled := [pair for pair in result["comparisons"] if _wants_recipients(pair)]:
        yield say(lang, "next_recipients", pairs=counted("comparisons", len(sampled), lang))
    yield from _engagement(result, arms, lang)


def _unbeaten(pairs: list[Part]) -> list[str]:
    """Of the arms that are surely behind none, those that are surely ahead of most."""
    won = [found for pair in pairs if (found := winner_of(pair)) is not None]
    losers = {loser for _, loser in won}
    wins = Counter(winner for winner, _ in won if winner not in losers)
    return [arm for arm, count in wins.items() if count == max(wins.values())]


def _receipts(result: Result, pairs: list[Part], lang: Lang) -> Iterable[str]:
    waiting = Counter(
        open_arm(result, pair)
        for pair in pairs
        if pair["verdict"] == "undetermined" and pair["because"] == "receipts"
    )
    for name, count in waiting.most_common(_MOST_ARMS):
        arm = arm_of(result, name)
        without = arm["outcomes"]["unknown"]  # what is pending may still get one by itself
        if without:
            yield say(
                lang,
                "next_receipts",
                arm=spoken_name(result, name, lang),
                count=number(without, lang),
                share=percent(without / arm["outcomes"]["sent"], lang),
                pairs=counted("comparisons", count, lang),
            )


def _wants_recipients(pair: Part) -> bool:
    return bool(pair["verdict"] == "undetermined" and pair["because"] != "receipts")


def _engagement(result: Result, arms: list[Part], lang: Lang) -> Iterable[str]:
    wanted = any(metric.startswith("engaged_") for metric in result["metrics"])
    silent = [arm["channel"] for arm in arms if not arm["measured"]["engaged"]]
    if wanted and silent:
        names = [spoken_name(result, name, lang) for name in silent]
        yield say(lang, "next_engagement", arms=listed(names, lang))

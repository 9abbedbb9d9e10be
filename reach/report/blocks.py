"""A report as blocks of lines, and how they come to a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from reach.report.numbers import Lang
    from reach.report.reading import Result

WIDEST = 100
NARROWEST = 40


def stacked_blocks(blocks: list[list[Text]]) -> list[Text]:
    """Blocks under one another, an empty line between them; empty ones left out."""
    lines: list[Text] = []
    for block in blocks:
        if block:
            lines += [Text(), *block] if lines else block
    return lines


def print_lines(
    compose: Callable[[Result, Lang, int], list[Text]], result: Result, lang: Lang, console: Console
) -> None:
    """Print composed lines on a console, never wider than it nor than `WIDEST`.

    Colours, `NO_COLOR` and dumb terminals are the console's business.
    """
    width = max(NARROWEST, min(console.width, WIDEST))
    for line in compose(result, lang, width):
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)

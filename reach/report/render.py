"""Which formats there are, and a result in one of them as text."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Final, Literal

from rich.console import Console

from reach.report.blocks import WIDEST
from reach.report.csv_text import csv_text
from reach.report.funnel import outcomes_only, print_funnel
from reach.report.json_text import json_text
from reach.report.people.lines import print_people
from reach.report.terminal import print_comparison
from reach.report.timing import print_timing

if TYPE_CHECKING:
    from collections.abc import Callable

    from reach.report.numbers import Lang
    from reach.report.reading import Result

View = Literal["comparison", "funnel", "timing", "people"]

PRINTERS: Final[dict[View, Callable[[Result, Lang, Console], None]]] = {
    "comparison": print_comparison,
    "funnel": print_funnel,
    "timing": print_timing,
    "people": print_people,
}


def _table(result: Result, lang: Lang, view: View, width: int) -> str:
    text = StringIO()
    console = Console(file=text, width=width, force_terminal=False, no_color=True)
    PRINTERS[view](result, lang, console)
    return text.getvalue()


def _viewed(result: Result, view: View) -> Result:
    return outcomes_only(result) if view in ("funnel", "timing") else result


def _csv(result: Result, lang: Lang, view: View, width: int) -> str:
    del lang, view, width  # one table for every reader
    return csv_text(result)


def _json(result: Result, lang: Lang, view: View, width: int) -> str:
    del lang, view, width
    return json_text(result)


FORMATS: Final[dict[str, Callable[[Result, Lang, View, int], str]]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
}


def render(
    result: Result, form: str, lang: Lang, *, view: View = "comparison", width: int = WIDEST
) -> str:
    """A result as text, its last line ended.

    Args:
        result: A result as `schemas/result.schema.json` describes it.
        form: One of `FORMATS`.
        lang: Language of a table; JSON and CSV are the same in both.
        view: Comparisons with their verdicts, outcomes only, or how soon messages arrived.
        width: Terminal cells a table may take, from 40 to 100.

    Raises:
        KeyError: No such format.
        ValueError: A number in the result is not finite.
    """
    return FORMATS[form](_viewed(result, view), lang, view, width)


def show(result: Result, lang: Lang, console: Console, *, view: View = "comparison") -> None:
    """Print a result as a table on a console, in its colours if it has them."""
    PRINTERS[view](_viewed(result, view), lang, console)

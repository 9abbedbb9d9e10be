"""What became of every log that was read: the answer of check and ingest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from reach.report.blocks import print_lines, stacked_blocks
from reach.report.frame import balance_lines
from reach.report.layout import MARGIN, Column, table_lines, table_width, wrapped
from reach.report.numbers import number
from reach.report.safe_text import shortened, visible
from reach.report.warnings import warning_lines
from reach.report.words import counted, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from reach.report.numbers import Lang
    from reach.report.reading import Result

_SOURCE_CELLS = 40
_MOST_FILES = 30
"""What a reader goes through a file at a time; the refused records name theirs in any case."""
_FULL = ("records", "accepted", "rejected", "without_event", "events", "repeats")
_SHORT = ("records", "rejected", "events")


def logs_lines(logs: Result, lang: Lang, width: int) -> list[Text]:
    """Files, refusals, warnings and the balance, in that order.

    Args:
        logs: ``balance``, ``rejections`` and ``warnings`` as `schemas/result.schema.json`
            describes them; ``refusals``, the first few as `reach.errors.Fault` has them; ``written``, whether all
            are in a file; ``recognised``, how many files by format and by what shows it;
            ``known``, how many files the store had already, and None where
            nothing is stored.
        lang: Language of the words and numbers.
        width: Cells a line may take.
    """
    blocks = [
        _verdict(logs, lang, width),
        _files(logs, lang, width),
        _recognised(logs, lang, width),
        _refusals(logs, lang, width),
        warning_lines(logs, lang, width),
        balance_lines(logs, lang, width),
    ]
    return stacked_blocks(blocks)


def _verdict(logs: Result, lang: Lang, width: int) -> list[Text]:
    balance = logs["balance"]
    refused = balance["rejected"]
    text = say(
        lang,
        "logs_refused" if refused else "logs_valid",
        refused=number(refused, lang),
        records=counted("records", balance["records"], lang),
        files=counted("files", len(balance["sources"]), lang),
    )
    lines = wrapped(text, width, style="bold yellow" if refused else "bold green", first="")
    if logs["known"]:
        lines += wrapped(say(lang, "logs_known", count=number(logs["known"], lang)), width)
    return lines


def _files(logs: Result, lang: Lang, width: int) -> list[Text]:
    for counts in (_FULL, _SHORT):
        columns = _columns(logs, lang, counts)
        if table_width(columns) <= width:
            break
    return table_lines(columns)


def _columns(logs: Result, lang: Lang, counts: Sequence[str]) -> list[Column]:
    sources = logs["balance"]["sources"]
    if len(sources) > _MOST_FILES:
        sources = _by_format(sources, lang)
    names = tuple(shortened(each["source"], _SOURCE_CELLS, tail=24) for each in sources)
    formats = tuple(each["format"] for each in sources)
    columns = [
        Column(say(lang, "logs_file"), names, right=False),
        Column(say(lang, "logs_format"), formats, right=False),
    ]
    for count in counts:
        cells = tuple(number(each[count], lang) for each in sources)
        columns.append(Column(say(lang, f"logs_{count}"), cells))
    return columns


def _by_format(sources: Sequence[Result], lang: Lang) -> list[Result]:
    """The accounts of many files, as a folder of mails has them, in a row for each format."""
    groups: dict[str, list[Result]] = {}
    for each in sources:
        groups.setdefault(each["format"], []).append(each)
    return [
        {"source": counted("files", len(group), lang), "format": name}
        | {count: sum(each[count] for each in group) for count in _FULL}
        for name, group in groups.items()
    ]


def _recognised(logs: Result, lang: Lang, width: int) -> list[Text]:
    """By what each format was recognised."""
    found = logs["recognised"]
    lines = [Text(MARGIN + say(lang, "logs_recognised"), style="bold")] if found else []
    for (name, why), count in found.items():
        files = f" ({counted('files', count, lang)})" if count > 1 else ""
        text = f"{name}{files}: {visible(why)}"
        lines += wrapped(text, width, first=MARGIN * 2, rest=MARGIN * 4)
    return lines


def _refusals(logs: Result, lang: Lang, width: int) -> list[Text]:
    shown = logs["refusals"]
    if not shown:
        return []
    lines = [Text(MARGIN + say(lang, "logs_refusals"), style="bold")]
    for fault in shown:
        path = "" if fault["path"] in ("", "$") else f" {fault['path']}"
        told = {name: visible(fault[name]) for name in ("received", "expected")}
        text = say(lang, "fault", place=visible(fault["where"] + path), **told)
        lines += wrapped(text, width, first=MARGIN * 2, rest=MARGIN * 4)
    more = logs["balance"]["rejected"] - len(shown)
    if more > 0:
        key = "logs_more" if logs["written"] else "logs_more_unwritten"
        text = say(lang, key, count=number(more, lang))
        lines += wrapped(text, width, first=MARGIN * 2, style="dim")
    return lines


def print_logs(logs: Result, lang: Lang, console: Console) -> None:
    """Print what became of logs on a console."""
    print_lines(logs_lines, logs, lang, console)

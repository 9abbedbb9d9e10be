"""The formats that reach reads, and one format's table of words, as a reader of logs needs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.text import Text

from reach.formats.media.media_format import MediaFormat
from reach.report.blocks import NARROWEST, WIDEST, stacked_blocks
from reach.report.layout import MARGIN, Column, narrowed, table_lines, table_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rich.console import Console

    from reach.formats.record import Format

    AnyFormat: TypeAlias = Format | MediaFormat

_OF_MESSAGES = "Logs of messages"
_OF_PEOPLE = "Tables that count people, and no messages"
_GAP = 2
_LEAST_NOTE = 16
_FOR_GOOD = {True: "for good", False: "for now", None: ""}


def formats_lines(formats: Collection[AnyFormat], width: int) -> list[Text]:
    """Every format with what it can and can't know."""
    opening = "Formats that reach reads. Which of them a file has is decided by its content."
    closing = "reach formats NAME shows a format's words and what they mean."
    blocks = [wrapped(opening, width, first="")]
    for heading, counts_people in ((_OF_MESSAGES, False), (_OF_PEOPLE, True)):
        group = [each for each in formats if isinstance(each, MediaFormat) is counts_people]
        blocks.append(wrapped(heading, width, first="", style="bold") if group else [])
        blocks += [_format(each, width) for each in group]
    return stacked_blocks([*blocks, wrapped(closing, width, first="", style="dim")])


def format_lines(one: AnyFormat, width: int) -> list[Text]:
    """One format: what it can and can't know, its words and its codes."""
    if isinstance(one, MediaFormat):
        return stacked_blocks([_format(one, width, margin=""), _table(_fields(one), width)])
    refused = "Any other word is a refused record that names it."
    return stacked_blocks(
        [
            _format(one, width, margin=""),
            _table(_words(one), width),
            wrapped(refused, width, style="dim") if one.closed else [],
            _table(_codes(one), width),
        ]
    )


def formats_text(formats: Collection[AnyFormat]) -> str:
    """The same as JSON: a list of formats with their words."""
    return json.dumps([_plain(each) for each in formats], indent=1, ensure_ascii=False) + "\n"


def print_formats(formats: Collection[AnyFormat], one: AnyFormat | None, console: Console) -> None:
    """Print all formats, or one, on a console."""
    width = max(NARROWEST, min(console.width, WIDEST))
    lines = formats_lines(formats, width) if one is None else format_lines(one, width)
    for line in lines:
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def _format(one: AnyFormat, width: int, margin: str = MARGIN) -> list[Text]:
    heading = Text(margin).append(one.name, style="bold").append(f"  {one.title}")
    lines = [heading]
    for sign, said in (("+", one.tells), ("−", one.silent)):
        for each in said:
            lines += wrapped(each, width, first=f"{margin}  {sign} ", rest=f"{margin}    ")
    return lines


def _fields(one: MediaFormat) -> list[Column]:
    rows = [(each.said, each.field or "not read", each.note) for each in one.columns]
    return _columns(("column", f"field ({one.row})", "note"), rows)


def _words(one: Format) -> list[Column]:
    rows = [
        (
            each.said,
            str(each.event or "no event"),
            str(each.receipt or ""),
            _FOR_GOOD[each.permanent],
            str(each.reason or ""),
            each.note,
        )
        for each in one.words
    ]
    return _columns(("said", "means", "receipt", "failed", "reason", "note"), rows)


def _codes(one: Format) -> list[Column]:
    rows = [
        (each.said, str(each.reason), _FOR_GOOD[each.permanent], each.note) for each in one.codes
    ]
    return _columns(("why it failed", "reason", "failed", "note"), rows) if rows else []


def _columns(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[Column]:
    """Columns that say anything in any row."""
    columns = [
        Column(name, cells, right=False)
        for name, cells in zip(names, zip(*rows, strict=True), strict=True)
    ]
    return [column for column in columns if any(column.cells)]


def _table(columns: list[Column], width: int) -> list[Text]:
    if not columns:
        return []
    *others, last = columns
    if last.heading != "note" or table_width(columns) <= width:
        return table_lines(columns)
    room = width - table_width(others) - _GAP
    if room >= _LEAST_NOTE:
        return table_lines([*others, narrowed(last, room)])
    # Where no room is left for notes they stand below.
    notes = [
        line
        for said, note in zip(others[0].cells, last.cells, strict=True)
        if note
        for line in wrapped(f"{said}: {note}", width, first=MARGIN * 2, rest=MARGIN * 3)
    ]
    return [*table_lines(others), *notes]


def _plain(one: AnyFormat) -> dict[str, Any]:
    if isinstance(one, MediaFormat):
        return {
            "name": one.name,
            "title": one.title,
            "version": one.version,
            "row": one.row,
            "tells": list(one.tells),
            "silent": list(one.silent),
            "columns": [
                {"said": each.said, "field": each.field, "note": each.note} for each in one.columns
            ],
        }
    return {
        "name": one.name,
        "title": one.title,
        "version": one.version,
        "closed": one.closed,
        "tells": list(one.tells),
        "silent": list(one.silent),
        "words": [
            {
                "said": each.said,
                "event": each.event,
                "receipt": each.receipt,
                "permanent": each.permanent,
                "reason": each.reason,
                "note": each.note,
            }
            for each in one.words
        ],
        "codes": [
            {
                "said": each.said,
                "reason": each.reason,
                "permanent": each.permanent,
                "note": each.note,
            }
            for each in one.codes
        ],
    }

"""What is said of a file that no format fits: what it looks like, and what to do with it."""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from reach.formats.containers.csv_rows import read_rows
from reach.shown import shorten, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reach.formats.containers.head import Head
    from reach.formats.record import Fit

_KNOWN = "a log of a format that `reach formats` lists"
_MAP = "a map: in experiment.yaml that says what its columns mean"
_OWN = "reach's own fields (`reach formats reach`)"
_OWN_KEYS = {"message_id", "event", "channel", "recipient"}
_MOST_SHOWN = 12
_ROWS = 5
_LONGEST = 40
_NO_NAME = re.compile(r"\+?\d[\d\s()-]{6,}|\d{4}-\d\d-\d\d[T ]\d.*|[^@\s]+@[^@\s]+")
"""Telephone numbers, times and addresses: what stands in cells, and names no column."""


def of_no_format(head: Head, fits: Mapping[str, Fit]) -> tuple[str, str]:
    """What a file is that fits none of the formats: received, expected.

    Args:
        head: Its beginning, of text or of Parquet.
        fits: Why each format does not fit it.
    """
    nearly = next(((name, fit) for name, fit in fits.items() if fit.mend), None)
    if nearly is not None:
        name, fit = nearly
        return f"a log of no known format; the nearest is {name}, but {fit.why}", fit.mend
    has_records = head.container == "parquet" or head.objects
    return _of_records(head) if has_records else _of_a_text(head)


def _of_records(head: Head) -> tuple[str, str]:
    if head.container == "parquet":
        received = f"a Parquet table of no known format, with the columns {_listed(head.columns)}"
        return received, f"{_OWN}, or fields: in experiment.yaml that says which columns hold them"
    keys = head.objects[0]
    if set(keys) >= _OWN_KEYS:
        return "reach's own events, but not one on each line", "one JSON object on each line"
    received = f"JSON of no known format, with the keys {_listed(keys)}"
    return received, f"{_KNOWN}, or its records rewritten in {_OWN}"


def _of_a_text(head: Head) -> tuple[str, str]:
    if head.start.lstrip()[:1] == "<":
        return "a web page, or XML", "the export itself; download it again, as CSV or JSON"
    if not _is_table(head):
        return "text that is neither a table nor JSON, and no log of a known format", _KNOWN
    if any(_NO_NAME.fullmatch(name.strip()) for name in head.columns):
        received = f"a table whose first row seems to name no columns: {_listed(head.columns)}"
        return received, f"a first row with the names of the columns, and {_MAP}"
    received = f"a table of no known format, with the columns {_listed(head.columns)}"
    return received, f"{_KNOWN}, or {_MAP}"


def _is_table(head: Head) -> bool:
    """Whether the first rows have several cells, and all as many."""
    if head.container != "csv":
        return False
    rows = read_rows(io.StringIO(head.start, newline=""), head.delimiter)
    sizes = {len(row.fields) for row in islice((row for row in rows if row.text), _ROWS)}
    return len(sizes) == 1 and min(sizes) > 1


def _listed(names: Iterable[str]) -> str:
    shown = [word(name) if len(name) <= _LONGEST else shorten(name) for name in names]
    more = f" and {len(shown) - _MOST_SHOWN} more" if len(shown) > _MOST_SHOWN else ""
    return ", ".join(shown[:_MOST_SHOWN]) + more

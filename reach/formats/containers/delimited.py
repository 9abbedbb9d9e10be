"""The CSV container: rows as text, read by the engine at once or by Python one by one.

The engine reads strictly and gives up on a file whose rows do not fit its header; such a
file is read a row at a time, where the bad row alone is refused.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

from reach.engine import file_literal, literal
from reach.formats.containers.compressed import open_plain
from reach.formats.containers.csv_rows import LONGEST_ROW, TOO_LONG, Row, bounded_lines, read_rows
from reach.formats.containers.head import Head, header
from reach.formats.record import Log, Options, Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


def delimiter(head: Head, options: Options) -> str:
    """What stands between two fields: as the column map says, else as the header shows."""
    return str((options.map or {}).get("delimiter", head.delimiter))


def column_names(head: Head, options: Options) -> tuple[str, ...]:
    """The header's names, made distinct: a repeated name gets its position appended."""
    names: dict[str, None] = {}
    for position, found in enumerate(_as_written(head, options), start=1):
        name = found
        while name in names:
            name = f"{name} (column {position})"
        names[name] = None
    return tuple(names)


def repeated_names(head: Head, options: Options) -> frozenset[str]:
    """The names that the header has more than once."""
    return frozenset(
        name for name, times in Counter(_as_written(head, options)).items() if times > 1
    )


def _as_written(head: Head, options: Options) -> tuple[str, ...]:
    sign = delimiter(head, options)
    return head.columns if sign == head.delimiter else header(head.start, sign)


def rows(log: Log, *, numbered: bool = True) -> str:
    """SQL for the file's rows: ``record`` from 1 (or NULL) and every column as text."""
    number = "row_number() OVER ()" if numbered else "NULL::BIGINT"
    columns = ", ".join(
        f"{literal(_engine_name(i))}: 'VARCHAR'"
        for i in range(len(column_names(log.head, log.options)))
    )
    return (
        f"SELECT {number} AS record, * FROM "
        f"read_csv({file_literal(log.path)}, columns = {{{columns}}}, header = true, "
        f"auto_detect = false, delim = {literal(delimiter(log.head, log.options))}, quote = '\"', escape = '\"', "
        f"strict_mode = true, max_line_size = {LONGEST_ROW}, "
        f"compression = {literal(log.head.compression)})"
    )


def column_reference(log: Log, name: str) -> str:
    """How `rows` calls the column that the header calls ``name``; empty text is NULL.

    Positions, because the engine takes names that differ in case alone for one.

    Raises:
        ValueError: There is no such column.
    """
    return _reference(column_names(log.head, log.options).index(name))


def column_references(log: Log) -> dict[str, str]:
    """All columns by name, each as `column_reference` has it."""
    names = column_names(log.head, log.options)
    return {name: _reference(position) for position, name in enumerate(names)}


def _reference(position: int) -> str:
    return f"nullif({_engine_name(position)}, '')"


def _engine_name(position: int) -> str:
    return f"c{position}"


def records(log: Log) -> Iterator[Record]:
    """The file's rows, with the line that each begins on."""
    names = column_names(log.head, log.options)
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
        found = (
            row
            for row in read_rows(bounded_lines(text), delimiter(log.head, log.options))
            if row.text
        )
        for _ in range(log.head.preamble + 1):  # the header comes last
            next(found, None)
        for number, row in enumerate(found, start=1):
            # Many programs end a row with delimiters; the engine's reader drops them, too.
            extra = any(row.fields[len(names) :])
            fields = row.fields if extra else row.fields[: len(names)]
            why = _fault(row, fields, len(names))
            raw = row.text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            value = None if why else dict(zip(names, fields, strict=True))
            yield Record(number, row.line, raw, value, why)


def _fault(row: Row, fields: tuple[str, ...], wanted: int) -> Refused | None:
    if row.fault:
        if row.fault == TOO_LONG:
            return Refused("$", row.fault, "a row of fewer, and a line end after each")
        return Refused("$", row.fault, "quotes closed, and doubled within quotes")
    if len(fields) != wanted:
        return Refused("$", f"a row of {len(fields)} fields", f"{wanted}, as the header has")
    content = row.text.encode("utf-8", "surrogateescape")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{content[error.start]:02x} at {error.start + 1}, not UTF-8"
        return Refused("$", byte, "UTF-8 text; save it again as CSV UTF-8")
    return None

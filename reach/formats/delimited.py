"""The CSV container: rows as text, read by the engine at once or by Python one by one.

The engine reads strictly and gives up on a file whose rows do not fit its header; such a
file is read a row at a time, where the bad row alone is refused.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from reach.engine import file_literal, literal
from reach.formats.compressed import open_plain
from reach.formats.head import Head
from reach.formats.record import Log, Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_ROW = 1 << 24


def column_names(head: Head) -> tuple[str, ...]:
    """The header's names, made distinct: a repeated name gets its position appended."""
    names: list[str] = []
    for position, name in enumerate(head.columns, start=1):
        names.append(name if name not in names else f"{name} (column {position})")
    return tuple(names)


def delimiter(log: Log) -> str:
    """What stands between two fields: as the column map says, else as the header shows."""
    return str((log.options.map or {}).get("delimiter", log.head.delimiter))


def rows(log: Log, *, numbered: bool = True) -> str:
    """SQL for the file's rows: ``record`` from 1 (or NULL) and every column as text."""
    number = "row_number() OVER ()" if numbered else "NULL::BIGINT"
    columns = ", ".join(
        f"{literal(_engine_name(i))}: 'VARCHAR'" for i in range(len(log.head.columns))
    )
    return (
        f"SELECT {number} AS record, * FROM "
        f"read_csv({file_literal(log.path)}, columns = {{{columns}}}, header = true, "
        f"auto_detect = false, delim = {literal(delimiter(log))}, quote = '\"', escape = '\"', "
        f"strict_mode = true, max_line_size = {_LONGEST_ROW}, "
        f"compression = {literal(log.head.compression)})"
    )


def column_reference(log: Log, name: str) -> str:
    """How `rows` calls the column that the header calls ``name``; empty text is NULL.

    Positions, because the engine takes names that differ in case alone for one.

    Raises:
        ValueError: There is no such column.
    """
    return f"nullif({_engine_name(column_names(log.head).index(name))}, '')"


def _engine_name(position: int) -> str:
    return f"c{position}"


def records(log: Log) -> Iterator[Record]:
    """The file's rows, with the line that each begins on."""
    names = column_names(log.head)
    csv.field_size_limit(_LONGEST_ROW)
    with open_plain(log.path, log.head.compression) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
        reader = csv.reader(text, delimiter=delimiter(log), strict=True)
        number = 0
        header_seen = False
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                why = Refused("$", f"a row that is no CSV ({error})", "quotes closed and doubled")
                yield Record(number, line, "", None, why)
                continue
            if not header_seen:
                header_seen = True
                continue
            if not row:
                continue
            number += 1
            yield _record(number, line, row, names, delimiter(log))


def _record(number: int, line: int, row: list[str], names: tuple[str, ...], sign: str) -> Record:
    written = io.StringIO()
    csv.writer(written, delimiter=sign, lineterminator="").writerow(row)
    content = written.getvalue()
    raw = content.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    why = None
    if len(row) != len(names):
        why = Refused("$", f"a row of {len(row)} fields", f"{len(names)}, as the header has")
    elif not content.isprintable() and _is_undecodable(content):
        why = Refused("$", "bytes that are not UTF-8", "UTF-8 text")
    if why:
        return Record(number, line, raw, None, why)
    return Record(number, line, raw, dict(zip(names, row, strict=True)))


def _is_undecodable(content: str) -> bool:
    try:
        content.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False

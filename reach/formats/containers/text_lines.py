r"""Lines of plain text, each a record: read by the engine at once, or by Python one by one.

A line of blanks is no record. A byte that is not UTF-8 is read as ``\xNN``. The engine takes
the file for CSV of one column, in which nothing is quoted; it gives up on a file with such
bytes, with two kinds of line ends or with very long lines, and Python then reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from reach.engine import file_literal, literal
from reach.formats.containers.compressed import open_plain
from reach.formats.containers.ndjson import LONGEST, lines, too_long
from reach.formats.record import Log, Record

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_BLANKS = " \t\r\v\f"
_LONGEST_OF_ENGINE = 1 << 21  # bytes; it sets aside memory for several such lines
_PRIVATE_USE = 0xF0000
_CHOICES = 1 << 15


def rows_sql(log: Log, *, numbered: bool) -> str:
    """SQL for the lines that are not blank.

    Columns: ``record`` (BIGINT from 1, or NULL if not ``numbered``) and ``line`` (VARCHAR),
    without its end. It fails on a file that only Python can read.
    """
    reader = (
        f"read_csv({file_literal(log.path)}, columns = {{'bare': 'VARCHAR', 'rest': 'VARCHAR'}}, "
        f"header = false, auto_detect = false, delim = {literal(_nowhere(log))}, quote = '', "
        f"escape = '', comment = '', nullstr = '\n', null_padding = true, strict_mode = true, "
        f"max_line_size = {_LONGEST_OF_ENGINE}, "
        f"compression = {literal(log.head.compression)})"
    )
    # Whatever stands in a line, no end of line does: only what is missing is NULL.
    whole = "CASE WHEN rest IS NULL THEN bare ELSE error('the sign between fields') END"
    reader = f"(SELECT {whole} AS line FROM {reader})"
    # Nearly all lines begin above the blanks.
    filled = f"line >= '!' OR trim(line, {literal(_BLANKS)}) <> ''"
    # row_number() over the reader follows the file's order, whatever the threads do.
    number = "row_number() OVER ()" if numbered else "NULL::BIGINT"
    return f"SELECT {number} AS record, line FROM {reader} WHERE {filled}"


def _nowhere(log: Log) -> str:
    """A sign that stands in no line: the engine knows no lines without something between fields.

    One for private use, that no log has a use for; which one, nobody knows before the file is
    written. A line that has it all the same makes the engine give up.
    """
    return chr(_PRIVATE_USE + crc32(log.digest.encode()) % _CHOICES)


def records(log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
    """The lines that are not blank, each as ``raw`` and as ``line`` of the record's value.

    Args:
        log: The file.
        wanted: Numbers of the records to be read; the others come without content. None for all.
    """
    with open_plain(log.path, log.head.compression, log.head.encoding) as file:
        for number, (place, content) in enumerate(lines(file), start=1):
            if wanted is not None and number not in wanted:
                yield Record(number, place, "", None)
                continue
            text = content.decode("utf-8", errors="backslashreplace")
            if len(content) > LONGEST:
                yield Record(number, place, text, None, too_long())
            else:
                yield Record(number, place, text, {"line": text})

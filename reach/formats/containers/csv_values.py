"""Rows of CSV as JSON objects, so that a provider's table is read like its other records.

An empty cell is a missing value.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.formats.containers import delimited

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reach.formats.record import Log, Record


def rows_sql(log: Log, *, numbered: bool) -> str:
    """SQL for the file's rows: ``record`` (BIGINT from 1, or NULL) and ``value``, as JSON."""
    columns = delimited.column_references(log)
    cells = ", ".join(f"{literal(name)}, {cell}" for name, cell in columns.items())
    return (
        f"SELECT record, json_object({cells}) AS value "
        f"FROM ({delimited.rows(log, numbered=numbered)})"
    )


def records(log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:  # noqa: ARG001 -- rows are cheap
    """The file's rows, with the line that each begins on."""
    for record in delimited.records(log):
        filled = {key: cell for key, cell in (record.value or {}).items() if cell != ""}
        yield record if record.value is None else replace(record, value=filled)

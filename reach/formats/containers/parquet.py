"""The Parquet container: typed columns, turned into the same JSON tokens as text has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb

from reach.engine import Limits, connect, file_literal, identifier
from reach.errors import Fault, InputError
from reach.formats.given import Given
from reach.formats.record import Log, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_BATCH = 2048  # rows, as many as the engine works on at a time
_ROW_NUMBER = "file_row_number"
_ZONED = "TIMESTAMP WITH TIME ZONE"
_ZONED_NS = "TIMESTAMPTZ_NS"
_NO_TIME = -(1 << 62)


def rows(log: Log) -> str:
    """SQL for the file's rows: ``record`` from 1 and its columns, to be taken with `cell`."""
    fields = ", ".join(
        # A column may be called as any word of SQL.
        f"{_microseconds(identifier(name), kind)} AS {_column(log, name)}"
        for name, kind in zip(log.head.columns, log.head.types, strict=True)
    )
    file = file_literal(log.path)
    if any(name.lower() == _ROW_NUMBER for name in log.head.columns):
        number, reader = "row_number() OVER ()", f"read_parquet({file})"
    else:
        number, reader = f"{_ROW_NUMBER} + 1", f"read_parquet({file}, {_ROW_NUMBER} = true)"
    return f"SELECT {number} AS record, {fields} FROM {reader}"


def given(log: Log, column: str, name: str) -> Given:
    """The cheapest way to take a column as an event field.

    Raises:
        ValueError: There is no such column.
    """
    kind = _kind(log, column)
    if kind == _ZONED and name == "occurred_at":
        return Given.MOMENT
    return Given.TEXT if kind == "VARCHAR" else Given.TOKEN


def cell(log: Log, name: str, column: str, how: Given) -> str:  # noqa: ARG001 -- any field
    """SQL for a column of `rows`, taken as `given` allows, or as a token.

    A time with a zone becomes an RFC 3339 text in UTC; one without stays without, so that
    it is refused like its like in any other container.

    Raises:
        ValueError: There is no such column.
    """
    sql = _column(log, column)
    if how is Given.MOMENT:
        # Without end it is no time: a number that none has.
        return f"CASE WHEN isfinite({sql}) THEN epoch_us({sql}) WHEN {sql} IS NOT NULL THEN {_NO_TIME} END"
    return sql if how is Given.TEXT else _token(sql, _kind(log, column))


def _microseconds(column: str, kind: str) -> str:
    """A time in nanoseconds, as data frames write them, cut to microseconds."""
    return f"make_timestamptz(epoch_ns({column}) // 1000)" if kind == _ZONED_NS else column


def _kind(log: Log, column: str) -> str:
    kind = log.head.types[log.head.columns.index(column)]
    return _ZONED if kind == _ZONED_NS else kind


def _column(log: Log, name: str) -> str:
    return f"c{log.head.columns.index(name)}"


def _token(column: str, kind: str) -> str:
    if kind == _ZONED:
        return _zoned_token(column)
    if kind.startswith("TIMESTAMP"):
        column = f"strftime({column}, '%Y-%m-%dT%H:%M:%S.%f')"
    elif kind == "JSON":
        return f"nullif({column}::VARCHAR, 'null')"
    return f"nullif(to_json({column})::VARCHAR, 'null')"


def _zoned_token(column: str) -> str:
    """A time in the form that is proven at the least cost, with a fraction only if it has one."""
    # As a time without a zone, which is written without a look at any calendar of zones.
    us = f"epoch_us({column})"
    return (
        f"CASE WHEN isfinite({column}) AND {us} % 1000000 = 0 "
        f"THEN strftime(make_timestamp({us}), '\"%Y-%m-%dT%H:%M:%SZ\"') WHEN isfinite({column}) "
        f"THEN strftime(make_timestamp({us}), '\"%Y-%m-%dT%H:%M:%S.%fZ\"') "
        f"ELSE to_json({column}::VARCHAR)::VARCHAR END"
    )


def records(log: Log) -> Iterator[Record]:
    """The file's rows as objects of the columns that are not NULL.

    Read in order and batch by batch, by an engine of its own: memory holds one row group of the
    file, whatever the file's size.

    Raises:
        InputError: The file is damaged behind its beginning.
    """
    with connect(Limits(threads=1)) as engine:
        # In the file's order there is nothing to sort, and so nothing to keep.
        engine.execute("SET preserve_insertion_order = true")
        try:
            cells = (cell(log, name, name, Given.TOKEN) for name in log.head.columns)
            found = engine.execute(f"SELECT record, {', '.join(cells)} FROM ({rows(log)})")
            while batch := found.fetchmany(_BATCH):
                for number, *row in batch:
                    yield _record(number, row, log.head.columns)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            fault = Fault(log.name, "$", "a damaged Parquet file", "a whole file; fetch it again")
            raise InputError([fault]) from error


def _record(number: int, row: list[str | None], names: tuple[str, ...]) -> Record:
    cells = [
        f"{json.dumps(name, ensure_ascii=False)}: {token}"
        for name, token in zip(names, row, strict=True)
        if token is not None
    ]
    raw = "{" + ", ".join(cells) + "}"
    return Record(number, number, raw, json.loads(raw))

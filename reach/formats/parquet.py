"""The Parquet container: typed columns, turned into the same JSON tokens as text has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reach.engine import connect, file_literal, identifier
from reach.formats.record import Log, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_BATCH = 10_000


def tokens_by_column(log: Log) -> str:
    """SQL for the file's rows: ``record`` from 1 and each column as a JSON token.

    A time with a zone becomes an RFC 3339 text in UTC; one without stays without, so that
    it is refused like its like in any other container.
    """
    fields = ", ".join(
        f"{_token(name, kind)} AS {identifier(name)}"
        for name, kind in zip(log.head.columns, log.head.types, strict=True)
    )
    return (
        f"SELECT file_row_number + 1 AS record, {fields} "
        f"FROM read_parquet({file_literal(log.path)}, file_row_number = true)"
    )


def _token(name: str, kind: str) -> str:
    column = identifier(name)
    if kind == "TIMESTAMP WITH TIME ZONE":
        column = f"strftime({column}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    elif kind.startswith("TIMESTAMP"):
        column = f"strftime({column}, '%Y-%m-%dT%H:%M:%S.%f')"
    elif kind == "JSON":
        return f"nullif({column}::VARCHAR, 'null')"
    return f"nullif(to_json({column})::VARCHAR, 'null')"


def records(log: Log) -> Iterator[Record]:
    """The file's rows as objects of the columns that are not NULL."""
    with connect() as engine:
        found = engine.execute(f"{tokens_by_column(log)} ORDER BY record")
        names = log.head.columns
        while batch := found.fetchmany(_BATCH):
            for number, *row in batch:
                cells = [
                    f"{json.dumps(name)}: {token}"
                    for name, token in zip(names, row, strict=True)
                    if token is not None
                ]
                raw = "{" + ", ".join(cells) + "}"
                yield Record(number, number, raw, json.loads(raw))

"""Evidence as the store holds it, made up row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from reach.ingest.event_rows import ATTRIBUTES
from reach.ingest.grouping import TIMES

COLUMNS = {
    "message_key": "BLOB",
    "alias_key": "BLOB",
    "address": "BLOB",
    **dict.fromkeys(ATTRIBUTES, "VARCHAR"),
    "bits": "INTEGER",
    "measures": "INTEGER",
    "disagreements": "INTEGER",
    **dict.fromkeys(TIMES, "BIGINT"),
}

Row = Mapping[str, Any]


def put(engine: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Row]) -> None:
    """Make a table of evidence; what a row does not say is NULL, or no bit."""
    columns = ", ".join(f"{column} {kind}" for column, kind in COLUMNS.items())
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    usual = dict.fromkeys(COLUMNS) | {"bits": 0, "measures": 0, "disagreements": 0}
    listed = [list((usual | dict(row)).values()) for row in rows]
    if listed:
        marks = ", ".join("?" * len(COLUMNS))
        engine.executemany(f"INSERT INTO {name} VALUES ({marks})", listed)


def fetched(engine: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a query."""
    found = engine.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

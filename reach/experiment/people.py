"""Who is behind an address: the office's own file, hashed like the addresses in the logs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from reach.engine import file_literal, literal
from reach.errors import Fault, InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLE = "people"
_COLUMNS = ("address", "person", "region", "segment")
_REQUIRED = ("address", "person")
_BLANKS = literal(" \t\r\n\f\v")
_SHOWN = 5


def load_people(engine: DuckDBPyConnection, path: Path, name: str) -> str:
    """Read the file into a table of the engine.

    Args:
        engine: With the macros of `reach.ingest.secret.define_macros`.
        path: A CSV with the columns address and person, and perhaps region and segment. A
            person may have several addresses, an address one person.
        name: What to call the file in messages.

    Returns:
        The table's name; its columns are ``address``, ``person`` (hashed), ``region``,
        ``segment``.

    Raises:
        InputError: The file is missing, is no such CSV, or gives one address to two persons.
    """
    import duckdb

    columns = _header(path, name)
    names = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
    cells = ", ".join(f"{_cell(column, columns)} AS {column}" for column in _COLUMNS)
    try:
        engine.execute(
            "CREATE OR REPLACE TEMP TABLE people_rows AS "
            f"SELECT row_number() OVER () + 1 AS line, {cells} FROM read_csv({file_literal(path)}, "
            f"columns = {{{names}}}, header = true, auto_detect = false, delim = ',', quote = '\"', "
            "escape = '\"', strict_mode = true)"
        )
    except duckdb.Error as error:
        received = str(error).splitlines()[0].removeprefix("Invalid Input Error: ")
        raise InputError(
            [Fault(name, "$", received, "a CSV of address, person, region, segment")]
        ) from error
    faults = _blank_rows(engine, name) + _torn_addresses(engine, name)
    if faults:
        raise InputError(faults)
    # The same keyed hash as for addresses, marked so that a person's name is no address.
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT DISTINCT "
        "pseudonym(address) AS address, "
        "pseudonym('person:' || person) AS person, region, segment FROM people_rows"
    )
    return TABLE


def _cell(column: str, columns: list[str]) -> str:
    """SQL for a cell without the blanks around it; NULL if nothing is left or no such column."""
    if column not in columns:
        return "NULL::VARCHAR"
    bare = f"trim({column}, {_BLANKS})"
    # The macro knows spaces alone: here, as where a log's records are judged, tabs go too.
    return f"nullif({f'normal_address({bare})' if column == 'address' else bare}, '')"


def _header(path: Path, name: str) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            columns = next(csv.reader(file), [])
    except OSError as error:
        received = (error.strerror or str(error)).lower()
        raise InputError(
            [Fault(name, "$", received, "the people file that the config names")]
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            [Fault(name, "$", "no UTF-8 CSV", "a CSV of address, person, region, segment")]
        ) from error
    missing = [column for column in _REQUIRED if column not in columns]
    if missing or len(set(columns)) < len(columns):
        shown = f"the columns {', '.join(columns)}" if columns else "no columns"
        raise InputError(
            [Fault(f"{name}:1", "$", shown, "address and person, and perhaps region and segment")]
        )
    return columns


def _blank_rows(engine: DuckDBPyConnection, name: str) -> list[Fault]:
    rows = engine.execute(
        "SELECT line, address IS NULL FROM people_rows WHERE address IS NULL OR person IS NULL "
        f"ORDER BY line LIMIT {_SHOWN}"
    ).fetchall()
    return [
        Fault(
            f"{name}:{line}",
            "$.address" if no_address else "$.person",
            "nothing",
            "a value in every row",
        )
        for line, no_address in rows
    ]


def _torn_addresses(engine: DuckDBPyConnection, name: str) -> list[Fault]:
    rows = engine.execute(
        "SELECT min(line), max(line) FROM people_rows WHERE address IS NOT NULL "
        "GROUP BY address "
        "HAVING count(DISTINCT (person, region, segment)) > 1 "
        f"ORDER BY min(line) LIMIT {_SHOWN}"
    ).fetchall()
    return [
        Fault(
            f"{name}:{last}",
            "$.address",
            f"an address that line {first} gives to another person, region or segment",
            "one person for each address",
        )
        for first, last in rows
    ]

"""Who is behind an address: the office's own file, hashed like the addresses in the logs."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reach.engine import file_literal, literal
from reach.errors import Fault, InputError
from reach.formats.containers import delimited
from reach.formats.containers.compressed import DAMAGE
from reach.formats.containers.head import binary, peek
from reach.formats.record import Log, Options
from reach.ingest.spellings import NUMBERS, unite_spellings
from reach.ingest.unpacked import engine_reads
from reach.scratch import scratch_folder
from reach.shown import shorten, word

if TYPE_CHECKING:
    from collections.abc import Collection

    from duckdb import DuckDBPyConnection

TABLE = "people"
_COLUMNS = ("address", "person", "region", "segment")
_REQUIRED = ("address", "person")
_WANTED = "a CSV of address, person, region, segment"
_BLANKS = literal(" \t\r\n\f\v")
_ROUNDED = "[1-9]([.,][0-9]+)?[Ee][+][0-9]{1,2}"
_SHOWN = 5
_SHOWN_COLUMNS = 10


def load_people(engine: DuckDBPyConnection, path: Path, name: str, country: str | None) -> str:
    """Read the file into a table of the engine.

    Args:
        engine: With the macros of `reach.ingest.secret.define_macros`.
        path: A CSV with the columns address and person, and perhaps region and segment, read
            with the tolerance that logs are read with. A person may have several addresses,
            an address one person.
        name: What to call the file in messages.
        country: Whose telephone numbers may be written without a country code, as for the
            logs.

    Returns:
        The table's name; its columns are ``address``, ``person`` (hashed), ``region``,
        ``segment``.

    Raises:
        InputError: The file is missing, is no such CSV, or gives one address to two persons.
    """
    import duckdb

    log = _open(engine, path, name)
    columns = _columns(log)
    try:
        _load_rows(engine, log, columns)
    except duckdb.OutOfMemoryException as error:
        raise _error(
            name, "more data than the memory limit allows", "a higher --memory-limit"
        ) from error
    except DAMAGE as error:
        received = f"damaged compressed data ({error})"
        raise _error(name, received, "a whole file; fetch it again") from error
    unite_spellings(engine, "people_rows", "address", country)
    engine.execute(f"DROP TABLE {NUMBERS}")
    faults = _blank_rows(engine, log) + _rounded_numbers(engine, log)
    faults += _torn_addresses(engine, log)
    if faults:
        raise InputError(faults)
    # The same keyed hash as for addresses, marked so that a person's name is no address.
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT DISTINCT "
        "pseudonym(address) AS address, "
        "pseudonym('person:' || person) AS person, region, segment FROM people_rows"
    )
    return TABLE


def _error(where: str, received: str, expected: str) -> InputError:
    return InputError([Fault(where, "$", received, expected)])


def _open(engine: DuckDBPyConnection, path: Path, name: str) -> Log:
    try:
        path.open("rb").close()
    except OSError as error:
        received = (error.strerror or str(error)).lower()
        raise _error(name, received, "the people file that the config names") from error
    head = peek(path, name, engine)
    if head.is_binary:
        raise binary(name)
    if head.container not in ("csv", "empty"):
        raise _error(name, "JSON" if head.container != "parquet" else "Parquet", _WANTED)
    return Log(path, name, "", head, Options())


def _columns(log: Log) -> list[str]:
    """Those of our columns that the file has."""
    found = delimited.column_names(log.head, log.options)
    repeated = delimited.repeated_names(log.head, log.options)
    if set(_REQUIRED) - set(found) or repeated & set(_COLUMNS):
        shown = ", ".join(word(column)[:40] for column in log.head.columns[:_SHOWN_COLUMNS])
        more = ", …" if len(found) > _SHOWN_COLUMNS else ""
        received = f"the columns {shown}{more}" if found else "no columns"
        expected = "address and person, and perhaps region and segment"
        raise _error(f"{log.name}:1", received, expected)
    return [column for column in _COLUMNS if column in found]


def _load_rows(engine: DuckDBPyConnection, log: Log, columns: Collection[str]) -> None:
    """Make ``people_rows``: the engine reads the file, or Python what the engine gives up on."""
    import duckdb

    cells = {column: delimited.column_reference(log, column) for column in columns}
    if log.head.container == "csv" and engine_reads(log.head) and not log.head.preamble:
        try:
            _make_rows(engine, cells, delimited.rows(log))
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            pass
        else:
            return
    with scratch_folder() as folder:
        spool = folder / "people.ndjson"
        _spool(log, columns, spool)
        types = ", ".join(f"{column}: 'VARCHAR'" for column in columns)
        _make_rows(
            engine,
            {column: column for column in columns},
            f"SELECT * FROM read_ndjson({file_literal(spool)}, "
            f"columns = {{record: 'BIGINT', {types}}})",
        )


def _make_rows(engine: DuckDBPyConnection, cells: dict[str, str], rows: str) -> None:
    selected = ", ".join(f"{_cell(column, cells)} AS {column}" for column in _COLUMNS)
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE people_rows AS SELECT record, {selected} FROM ({rows})"
    )


def _cell(column: str, cells: dict[str, str]) -> str:
    """SQL for a cell without the blanks around it; NULL if nothing is left or no such column."""
    if column not in cells:
        return "NULL::VARCHAR"
    bare = f"trim({cells[column]}, {_BLANKS})"
    # The macro knows spaces alone: here, as where a log's records are judged, tabs go too.
    return f"nullif({f'normal_address({bare})' if column == 'address' else bare}, '')"


def _spool(log: Log, columns: Collection[str], spool: Path) -> None:
    """Write the rows that Python reads for the engine.

    Raises:
        InputError: Some are no CSV.
    """
    faults: list[Fault] = []
    with spool.open("w", encoding="utf-8") as file:
        for record in delimited.records(log):
            if record.value is not None:
                said = {column: record.value[column] for column in columns}
                file.write(json.dumps({"record": record.number} | said) + "\n")
            elif why := record.broken:
                where = f"{log.name}:{record.line}"
                faults.append(Fault(where, why.path, why.received, why.expected))
            if len(faults) == _SHOWN:
                break
    if faults:
        raise InputError(faults)


def _blank_rows(engine: DuckDBPyConnection, log: Log) -> list[Fault]:
    rows = engine.execute(
        "SELECT record, address IS NULL FROM people_rows WHERE address IS NULL OR person IS NULL "
        f"ORDER BY record LIMIT {_SHOWN}"
    ).fetchall()
    lines = _lines(log, {record for record, _ in rows})
    return [
        Fault(
            f"{log.name}:{lines[record]}",
            "$.address" if no_address else "$.person",
            "nothing",
            "a value in every row",
        )
        for record, no_address in rows
    ]


def _rounded_numbers(engine: DuckDBPyConnection, log: Log) -> list[Fault]:
    """Telephone numbers of which a spreadsheet kept the first digits only: nobody's any more."""
    rows = engine.execute(
        "SELECT record, address FROM people_rows "
        f"WHERE regexp_full_match(address, {literal(_ROUNDED)}) ORDER BY record LIMIT {_SHOWN}"
    ).fetchall()
    lines = _lines(log, {record for record, _ in rows})
    return [
        Fault(
            f"{log.name}:{lines[record]}",
            "$.address",
            shorten(address),
            "a number that no spreadsheet has rounded; export it again and leave it closed",
        )
        for record, address in rows
    ]


def _torn_addresses(engine: DuckDBPyConnection, log: Log) -> list[Fault]:
    rows = engine.execute(
        "SELECT min(record), max(record) FROM people_rows WHERE address IS NOT NULL "
        "GROUP BY address "
        "HAVING count(DISTINCT (person, region, segment)) > 1 "
        f"ORDER BY min(record) LIMIT {_SHOWN}"
    ).fetchall()
    lines = _lines(log, {record for pair in rows for record in pair})
    return [
        Fault(
            f"{log.name}:{lines[last]}",
            "$.address",
            f"an address that line {lines[first]} gives to another person, region or segment",
            "one person for each address",
        )
        for first, last in rows
    ]


def _lines(log: Log, wanted: Collection[int]) -> dict[int, int]:
    """On which line each of these records begins: what spans lines and blank lines count, too."""
    if not wanted:
        return {}
    records = islice(delimited.records(log), max(wanted))
    return {record.number: record.line for record in records if record.number in wanted}

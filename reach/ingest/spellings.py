"""Telephone numbers in a column of the engine, brought to their one form.

`normal_number` says what that is, at twenty numbers a millisecond. Of most numbers in a log
SQL can show it, from the same tables of lengths and prefixes (`reach.ingest.plain_numbers`);
only the others are worked out by Python, each different one once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.ingest.plain_numbers import plainly_local, surely_normal, without_signs
from reach.ingest.telephone import PLUS, is_written_as_number, normal_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

NUMBERS = "telephone_numbers"
"""Addresses that are ``written`` in another way than as their ``number``, each once."""

_BATCH = 10_000
_LONGEST_CODE = 3


def unite_spellings(
    engine: DuckDBPyConnection, table: str, column: str, country: str | None
) -> int:
    """Give every telephone number in a column its one form, and make the table `NUMBERS`.

    Args:
        engine: Where the table is.
        table: Its name.
        column: The column of addresses, each as `reach.ingest.secret.normal_address` has it.
        country: As for `reach.ingest.telephone.normal_number`.

    Returns:
        How many different addresses are written as numbers are, and are none; they stay as
        they are.
    """
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE written_addresses AS "
        f"SELECT DISTINCT {column} AS written FROM {table} WHERE {_perhaps(column, country)}"
    )
    normal = surely_normal("written", _codes_begun(engine, "written_addresses", "written"))
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE written_numbers AS "
        f"SELECT written, {without_signs('written')} AS bare FROM written_addresses "
        f"WHERE NOT ({normal}) AND NOT regexp_matches(written, '[A-Za-z]')"
    )
    engine.execute("DROP TABLE written_addresses")
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {NUMBERS} AS SELECT written, number FROM "
        f"(SELECT written, {_proven(engine, country)} AS number FROM written_numbers) "
        "WHERE number IS NOT NULL"
    )
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE written_numbers AS "
        f"SELECT written FROM written_numbers ANTI JOIN {NUMBERS} USING (written)"
    )
    strange = sum(_work_out(engine, batch, country) for batch in _batches(engine))
    engine.execute("DROP TABLE written_numbers")
    if _count(engine, NUMBERS):
        engine.execute(
            f"UPDATE {table} SET {column} = number FROM {NUMBERS} "
            f"WHERE {table}.{column} = {NUMBERS}.written"
        )
    return strange


def _perhaps(column: str, country: str | None) -> str:
    """SQL that is true for all that `is_written_as_number` is true for, and cheap."""
    if country is None:
        return "(" + " OR ".join(f"contains({column}, '{sign}')" for sign in PLUS) + ")"
    return f"NOT contains({column}, '@')"


def _codes_begun(engine: DuckDBPyConnection, table: str, column: str) -> set[str]:
    """What addresses have after a plus that may be a country code, or its beginning and more."""
    found = engine.execute(
        f"SELECT DISTINCT substring({column}, 2, {_LONGEST_CODE}) FROM {table} "
        f"WHERE {column} >= '+1' AND {column} < '+:'"
    ).fetchall()
    return {begin[:length] for (begin,) in found for length in range(1, _LONGEST_CODE + 1)}


def _proven(engine: DuckDBPyConnection, country: str | None) -> str:
    # The tables of numbers take a while to load: only if there is something to look up.
    if not _count(engine, "written_numbers"):
        return "NULL::VARCHAR"
    normal = surely_normal("bare", _codes_begun(engine, "written_numbers", "bare"))
    local = "NULL::VARCHAR" if country is None else plainly_local("bare", country)
    return f"CASE WHEN {normal} THEN bare ELSE {local} END"


def _batches(engine: DuckDBPyConnection) -> Iterator[list[str]]:
    for first in range(0, _count(engine, "written_numbers"), _BATCH):
        rows = engine.execute(
            "SELECT written FROM written_numbers WHERE rowid >= ? AND rowid < ?",
            [first, first + _BATCH],
        ).fetchall()
        yield [written for (written,) in rows]


def _work_out(engine: DuckDBPyConnection, batch: list[str], country: str | None) -> int:
    """Put a batch's numbers into the table; how many are none."""
    strange = 0
    apart: dict[str, str] = {}
    for written in batch:
        if not is_written_as_number(written, country):
            continue
        number = normal_number(written, country)
        if number is None:
            strange += 1
        elif number != written:
            apart[written] = number
    if apart:
        rows = [list(apart), list(apart.values())]
        engine.execute(f"INSERT INTO {NUMBERS} SELECT unnest($1), unnest($2)", rows)
    return strange


def _count(engine: DuckDBPyConnection, table: str) -> int:
    return int((engine.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0])

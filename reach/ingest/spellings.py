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
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {NUMBERS} (written VARCHAR, number VARCHAR)")
    perhaps = _perhaps(column, country)
    begun = _begun(engine, column, f"{table} WHERE {perhaps}")
    if not begun:
        return 0
    left = _made(
        engine,
        f"SELECT written, {without_signs('written')} AS bare "
        f"FROM (SELECT DISTINCT {column} AS written FROM {table} WHERE {perhaps} "
        f"AND NOT ({surely_normal(column, _codes(begun))}) "
        f"AND NOT regexp_matches({column}, '[A-Za-z]'))",
    )
    if not left:
        return 0
    apart = _count_changed(
        engine,
        f"INSERT INTO {NUMBERS} SELECT written, {_proven(engine, country)} AS number "
        "FROM written_numbers WHERE number IS NOT NULL",
    )
    if apart:
        left = _made(
            engine, f"SELECT written FROM written_numbers ANTI JOIN {NUMBERS} USING (written)"
        )
    strange = 0
    for batch in _batches(engine, left):
        found, none = _work_out(engine, batch, country)
        apart, strange = apart + found, strange + none
    engine.execute("DROP TABLE written_numbers")
    if apart:
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


def _begun(engine: DuckDBPyConnection, column: str, rows: str) -> set[str | None]:
    """What addresses have after a plus that may be a country code and more; None for others."""
    after_plus = f"CASE WHEN {column} >= '+1' AND {column} < '+:' "
    found = engine.execute(
        f"SELECT DISTINCT {after_plus} THEN substring({column}, 2, {_LONGEST_CODE}) END FROM {rows}"
    ).fetchall()
    return {begin for (begin,) in found}


def _codes(begun: set[str | None]) -> set[str]:
    """What may be a country code of these, or the beginning of one."""
    return {b[:length] for b in begun if b for length in range(1, _LONGEST_CODE + 1)}


def _proven(engine: DuckDBPyConnection, country: str | None) -> str:
    normal = surely_normal("bare", _codes(_begun(engine, "bare", "written_numbers")))
    local = "NULL::VARCHAR" if country is None else plainly_local("bare", country)
    return f"CASE WHEN {normal} THEN bare ELSE {local} END"


def _batches(engine: DuckDBPyConnection, left: int) -> Iterator[list[str]]:
    for first in range(0, left, _BATCH):
        rows = engine.execute(
            "SELECT written FROM written_numbers WHERE rowid >= ? AND rowid < ?",
            [first, first + _BATCH],
        ).fetchall()
        yield [written for (written,) in rows]


def _work_out(engine: DuckDBPyConnection, batch: list[str], country: str | None) -> tuple[int, int]:
    """Put a batch's numbers into the table; how many are written otherwise, and how many none."""
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
    return len(apart), strange


def _made(engine: DuckDBPyConnection, rows: str) -> int:
    """Make the table ``written_numbers``; how many rows it has."""
    return _count_changed(engine, f"CREATE OR REPLACE TEMP TABLE written_numbers AS {rows}")


def _count_changed(engine: DuckDBPyConnection, statement: str) -> int:
    return int((engine.execute(statement).fetchone() or (0,))[0])

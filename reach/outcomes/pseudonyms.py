"""Pseudonyms of 16 bytes, compared as the numbers they are: twice as fast as texts of bytes.

Which numbers they become is of no interest, only that different ones stay different. This
stands around the portable texts; an engine that knows no such reading compares the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.engine import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PROBE = "fedcba9876543210fedcba9876543210"


def quick_key(engine: DuckDBPyConnection, column: str) -> str:
    """SQL for what is equal exactly where the pseudonyms of a column are.

    Args:
        engine: Which is asked whether it can read 16 bytes as a number.
        column: SQL for a pseudonym.
    """
    return _as_number(column) if _reads_numbers(engine) else column


def plain_key(engine: DuckDBPyConnection, key: str) -> str:
    """SQL for the pseudonyms that a column of `quick_key` was made of.

    Examples:
        >>> from reach.engine import connect
        >>> with connect() as engine:
        ...     key = quick_key(engine, "unhex('00112233445566778899aabbccddeeff')")
        ...     engine.execute(f"SELECT {plain_key(engine, key)}").fetchone()[0].hex()
        '00112233445566778899aabbccddeeff'
    """
    return _as_bytes(key) if _reads_numbers(engine) else key


def _reads_numbers(engine: DuckDBPyConnection) -> bool:
    import duckdb

    probe = _as_bytes(_as_number(f"unhex({literal(_PROBE)})"))
    try:
        found = engine.execute(f"SELECT lower(hex({probe}))").fetchone()
    except (duckdb.Error, UnicodeDecodeError):  # its words for such bytes may be no text
        return False
    return found == (_PROBE,)


def _as_number(column: str) -> str:
    return f"CAST({column} AS UUID)"


def _as_bytes(number: str) -> str:
    return f"unhex(replace(CAST({number} AS VARCHAR), '-', ''))"

"""Messages that a provider calls by two names, found under one.

A log may say that a message has a second name, and events may carry only that one. Names
that belong together, however the log links them, get the smallest of them: which name says
so first, and which of two comes before the other, then makes no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLE = "names"


def find_names(engine: DuckDBPyConnection, rows: str) -> str:
    """Make a table of ``message_key`` and ``name`` for messages that have two names.

    A second name that no event carries links nothing: it may be a filler.

    Args:
        engine: Where to work.
        rows: SQL for the evidence rows of the experiment.

    Returns:
        The table's name.
    """
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE links AS "
        f"WITH linked AS (SELECT DISTINCT message_key, alias_key FROM ({rows}) AS evidence "
        "WHERE alias_key IS NOT NULL "
        f"AND alias_key IN (SELECT message_key FROM ({rows}) AS evidence)) "
        "SELECT message_key AS one, alias_key AS other FROM linked "
        "UNION SELECT alias_key, message_key FROM linked "
        "UNION SELECT message_key, message_key FROM linked "
        "UNION SELECT alias_key, alias_key FROM linked"
    )
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} AS {_NAMED_THEMSELVES}")
    while _smaller_names(engine):
        pass
    return TABLE


_NAMED_THEMSELVES = "SELECT one AS message_key, one AS name FROM links WHERE one = other"
_NAMED_LIKE_NEIGHBOURS = (
    f"SELECT links.one AS message_key, MIN({TABLE}.name) AS name "
    f"FROM links JOIN {TABLE} ON links.other = {TABLE}.message_key GROUP BY links.one"
)


def _smaller_names(engine: DuckDBPyConnection) -> bool:
    """Let every name take the smallest of its neighbours' names; whether any did."""
    engine.execute(f"CREATE OR REPLACE TEMP TABLE smaller AS {_NAMED_LIKE_NEIGHBOURS}")
    found = engine.execute(
        f"SELECT COUNT(*) FROM smaller JOIN {TABLE} ON smaller.message_key = {TABLE}.message_key "
        f"WHERE smaller.name <> {TABLE}.name"
    ).fetchone()
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT * FROM smaller")
    return bool(found and found[0])

"""Messages of which the evidence has several rows: they alone need merging.

In one ingest a message has one row, or one for each second name. So of one ingest without
second names nothing is looked at, and of several as little as will do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.outcomes.names import TABLE as NAMES
from reach.outcomes.pseudonyms import plain_key, quick_key

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REPEATED = "seen_again"
"""The table of their names."""


def make_repeated(
    engine: DuckDBPyConnection,
    named: str,
    sizes: Mapping[str, int],
    sharing: Sequence[Collection[str]] | None,
    *,
    aliased: bool,
) -> int:
    """Make `REPEATED`, with one ``message_name`` a row.

    Args:
        engine: Where to work.
        named: SQL as `reach.outcomes.messages.named_sql` gives it.
        sizes: Rows by ingest.
        sharing: Ingests that may tell of the same messages, by groups; None if any may.
        aliased: Whether any row has a second name; `reach.outcomes.names.find_names` has
            then been there.

    Returns:
        How many there are.
    """
    key = quick_key(engine, "message_name")
    finds = [
        find
        for group in ([list(sizes)] if sharing is None else sharing)
        for find in _in_several(named, {each: sizes[each] for each in group if each in sizes}, key)
    ]
    if aliased:
        # The second names of one message are in one ingest, too.
        carriers = (
            f"SELECT message_key FROM ({named}) AS named WHERE alias_key IS NOT NULL "
            f"UNION SELECT message_key FROM {NAMES}"
        )
        finds.append(
            f"SELECT {key} AS key FROM ({named}) AS named "
            f"WHERE message_key IN ({carriers}) GROUP BY key HAVING COUNT(*) > 1"
        )
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {REPEATED} (message_name BLOB)")
    if finds:
        engine.execute(
            f"INSERT INTO {REPEATED} "
            f"SELECT {plain_key(engine, 'key')} FROM ({' UNION '.join(finds)})"
        )
    found = engine.execute(f"SELECT COUNT(*) FROM {REPEATED}").fetchone()
    return int(found[0]) if found else 0


def _in_several(named: str, sizes: Mapping[str, int], key: str) -> list[str]:
    """SQL for the messages that several of these ingests tell of."""
    if len(sizes) < 2:  # noqa: PLR2004
        return []
    largest, *others = sorted(sizes, key=lambda ingest: (-sizes[ingest], ingest))
    if sizes[largest] <= sum(sizes[each] for each in others):
        return [f"{_keys(named, sizes, key)} GROUP BY key HAVING COUNT(*) > 1"]
    # One that is large and the few that came since: only these are held in memory.
    few = _keys(named, others, key)
    most = _keys(named, [largest], key)
    return [
        f"{few} GROUP BY key HAVING COUNT(*) > 1",
        f"SELECT key FROM ({most}) AS most WHERE key IN (SELECT key FROM ({few}) AS few)",
    ]


def _keys(named: str, ingests: Collection[str], key: str) -> str:
    listed = ", ".join(literal(each) for each in ingests)
    return f"SELECT {key} AS key FROM ({named}) AS named WHERE ingest_id IN ({listed})"

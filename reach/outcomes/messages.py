"""Evidence of several files, merged into one row a message.

The text is for any SQL engine: integers, CASE, MIN, MAX, BIT_OR, COUNT, GROUP BY, and no
function that engines spell or round differently; for costs MAX_BY, without ties.
"""

from __future__ import annotations

from reach.ingest.event_rows import ATTRIBUTES
from reach.vocabulary import Measures

_EARLIEST = ("first_at", "sent_at", "delivered_at", "acted_at")
_LATEST = ("last_at", "last_click_at")

COST = ("cost_micros", "currency")
"""What a message cost, in millionths of a unit of a currency; NULL where that is not known."""

_LACK = (Measures.ANSWERS_ONLY | Measures.FAILURES_ONLY).value
_MEASURES = f"BIT_OR(measures & {~_LACK}) + BIT_AND(measures & {_LACK})"
"""What any source of a message can tell; and what it lacks, only if all of them lack it."""


def named_sql(rows: str, names: str) -> str:
    """Evidence rows with each message under one name, where a provider used two.

    Args:
        rows: SQL for the evidence rows of the experiment.
        names: A table as `reach.outcomes.names.find_names` makes it.
    """
    return (
        f"SELECT CASE WHEN {names}.name IS NULL THEN evidence.message_key "
        f"ELSE {names}.name END AS message_name, evidence.* "
        f"FROM ({rows}) AS evidence LEFT JOIN {names} ON evidence.message_key = {names}.message_key"
    )


def unnamed_sql(rows: str) -> str:
    """What `named_sql` gives where no provider used two names.

    Args:
        rows: SQL for the evidence rows of the experiment.
    """
    return f"SELECT evidence.message_key AS message_name, evidence.* FROM ({rows}) AS evidence"


def merged_sql(rows: str, *, costed: bool = False) -> str:
    """One row a message, by union of bits and minimum or maximum of times.

    Args:
        rows: SQL for rows with a ``message_name``.
        costed: Whether what a message cost is wanted, too.
    """
    attributes = ", ".join(f"MIN({name}) AS {name}" for name in ATTRIBUTES)
    disagreements = " + ".join(
        f"CASE WHEN MIN({name}) <> MAX({name}) OR MAX(disagreements & {1 << position}) <> 0 "
        f"THEN {1 << position} ELSE 0 END"
        for position, name in enumerate(ATTRIBUTES)
    )
    earliest = ", ".join(f"MIN({name}) AS {name}" for name in _EARLIEST)
    latest = ", ".join(f"MAX({name}) AS {name}" for name in _LATEST)
    merged = (
        f"SELECT message_name, MIN(address) AS address, {attributes}, BIT_OR(bits) AS bits, "
        f"{_MEASURES} AS measures, {disagreements} AS disagreements, {earliest}, {latest} "
        f"FROM ({rows}) AS named GROUP BY message_name"
    )
    if not costed:
        return merged
    return (
        f"SELECT merged.*, {', '.join(f'dearest.{name}' for name in COST)} FROM ({merged}) AS merged "
        f"LEFT JOIN ({_dearest_sql(rows)}) AS dearest ON merged.message_name = dearest.message_name"
    )


def _dearest_sql(rows: str) -> str:
    """Of the costs of a message the largest, with its currency; of two currencies, the later word."""
    amount, currency = COST
    costs = (
        f"SELECT message_name, {amount}, MAX({currency}) AS {currency} FROM ({rows}) AS named "
        f"WHERE {amount} IS NOT NULL AND {currency} IS NOT NULL GROUP BY message_name, {amount}"
    )
    return (
        f"SELECT message_name, MAX({amount}) AS {amount}, "
        f"MAX_BY({currency}, {amount}) AS {currency} FROM ({costs}) AS costs GROUP BY message_name"
    )


def alone_sql(rows: str, *, costed: bool = False) -> str:
    """What `merged_sql` gives for messages of one row each, without grouping.

    And the ``ingest_id`` of that row.

    Args:
        rows: SQL for rows with a ``message_name`` that no two of them share.
        costed: Whether what a message cost is wanted, too.
    """
    columns = (
        "ingest_id",
        "message_name",
        "address",
        *ATTRIBUTES,
        "bits",
        "measures",
        "disagreements",
    )
    wanted = (*columns, *_EARLIEST, *_LATEST, *(COST if costed else ()))
    return f"SELECT {', '.join(wanted)} FROM ({rows}) AS named"

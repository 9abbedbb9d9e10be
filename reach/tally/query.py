"""Who is behind a message, and which arm it is of."""

from __future__ import annotations

from collections.abc import Sequence

MIXED = "mixed"
"""The stratum of a recipient whose messages name two."""


NO_VALUE = "(none)"
"""The arm of messages that have no value of what is compared."""


def people_sql(resolved: str, people: str | None, cells: Sequence[str]) -> str:
    """Resolved messages with the person behind each address.

    Args:
        resolved: SQL as `reach.outcomes.resolve.facts_sql` gives it, or a table's name.
        people: A table of ``address``, ``person``, ``region``, ``segment``, or None: then each
            address is a person of its own.
        cells: Columns that are kept beside what a message is said to be.
    """
    if people is None:
        return f"SELECT m.*, m.address AS person, 0 AS mapped FROM {resolved} AS m"
    # What the office knows of a person wins over what a log says of a message.
    own = ("message_name", "address", "channel", "campaign", "purpose", "variant")
    told = {*own, "region", "segment"}
    return (
        "SELECT "
        + ", ".join(f"m.{cell}" for cell in (*own, *(each for each in cells if each not in told)))
        + ", CASE WHEN p.region IS NULL THEN m.region ELSE p.region END AS region, "
        "CASE WHEN p.segment IS NULL THEN m.segment ELSE p.segment END AS segment, "
        "CASE WHEN p.person IS NULL THEN m.address ELSE p.person END AS person, "
        "CASE WHEN p.person IS NULL THEN 0 ELSE 1 END AS mapped "
        f"FROM {resolved} AS m LEFT JOIN {people} AS p ON m.address = p.address"
    )


def arm_of(by: str) -> str:
    """SQL for the arm of a message, from the attribute that arms are values of."""
    return f"CASE WHEN {by} IS NULL THEN '{NO_VALUE}' ELSE {by} END"

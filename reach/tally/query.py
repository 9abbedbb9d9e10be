"""Who is behind a message, and which arm it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reach.engine import literal

MIXED = "mixed"
"""The stratum of a recipient whose messages name two."""


NO_VALUE = "(none)"
"""The arm of messages that have no value of what is compared."""

PERIOD = "period"
"""What arms are where each is a time and not an attribute's value."""

BEGAN = ("sent_at", "first_at")
"""The times that tell in which period a message belongs."""


@dataclass(frozen=True, slots=True)
class Span:
    """A period: from a moment until just before another, µs since 1970 UTC."""

    name: str
    from_us: int
    until_us: int


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


def arm_of(by: str, periods: Sequence[Span]) -> str:
    """SQL for the arm of a message ``m``.

    Args:
        by: The attribute that arms are values of, or `PERIOD`.
        periods: The arms, if they are periods; a message belongs to the one that it was sent
            in, or was first heard of in where that is not known.
    """
    if by != PERIOD:
        return f"CASE WHEN m.{by} IS NULL THEN '{NO_VALUE}' ELSE m.{by} END"
    began = "CASE WHEN m.sent_at IS NULL THEN m.first_at ELSE m.sent_at END"
    spans = " ".join(
        f"WHEN {began} >= {each.from_us} AND {began} < {each.until_us} THEN {literal(each.name)}"
        for each in periods
    )
    return f"CASE {spans} ELSE '{NO_VALUE}' END"

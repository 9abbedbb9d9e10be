"""The one query text of a tally: for each kind of recipient, how many there are.

Grouping by recipient once, wide over arms, and then collapsing equal vectors leaves a small
table from which every sum, product and histogram follows in integers.
"""

from __future__ import annotations

from collections.abc import Sequence

from reach.tally.axes import STAGES

MIXED = "mixed"
"""The stratum of a recipient whose messages name two."""


NO_VALUE = "(none)"
"""The arm of messages that have no value of what is compared."""


def people_sql(resolved: str, people: str | None, cells: Sequence[str] = STAGES) -> str:
    """Resolved messages with the person behind each address.

    Args:
        resolved: SQL as `reach.outcomes.resolve.resolved_sql` gives it, or a table's name.
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


def vectors_sql(messages: str, by: str, arms: Sequence[str], strata: Sequence[str]) -> str:
    """How many recipients have each vector.

    Columns: one ``stratum_<i>`` for each stratum attribute, ``v_<arm>_<stage>`` for each arm
    and each of `STAGES`, and ``recipients``.

    Args:
        messages: SQL as `people_sql` gives it.
        by: The attribute that arms are values of.
        arms: Its values, and `NO_VALUE` for messages without one.
        strata: Attributes that form strata.
    """
    cells = [f"v_{place}_{stage}" for place in range(len(arms)) for stage in STAGES]
    sums = ", ".join(
        f"SUM(CASE WHEN {_is(by, arm)} THEN {stage} ELSE 0 END) AS v_{place}_{stage}"
        for place, arm in enumerate(arms)
        for stage in STAGES
    )
    marks = "".join(
        f", CASE WHEN MIN({name}) <> MAX({name}) THEN '{MIXED}' ELSE MIN({name}) END AS stratum_{place}"
        for place, name in enumerate(strata)
    )
    recipients = f"SELECT person, {sums}{marks} FROM ({messages}) AS messages GROUP BY person"
    groups = [f"stratum_{place}" for place in range(len(strata))] + cells
    return (
        f"SELECT {', '.join(groups)}, COUNT(*) AS recipients "
        f"FROM ({recipients}) AS recipients GROUP BY {', '.join(groups)}"
    )


def _is(by: str, arm: str) -> str:
    quoted = arm.replace("'", "''")
    return f"{by} = '{quoted}'" if arm != NO_VALUE else f"{arm_of(by)} = '{quoted}'"

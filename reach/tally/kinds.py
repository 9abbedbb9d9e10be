"""The few kinds of messages: those that agree in all that decides what is counted of them.

Millions of messages are of a few hundred kinds. The law is applied to each kind once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reach.outcomes.resolve import FACTS, FLAGS, flags_sql
from reach.tally.query import arm_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KINDS = "kinds"
"""The table of kinds: what is compared, `FACTS`, ``messages`` and `FLAGS`, with a number."""

SAID = "kinds_said"
"""The same by what files say differently of a message, as bits, and without `FLAGS`."""


def make_kinds(engine: DuckDBPyConnection, facts: str, by: str) -> None:
    """Make the tables `KINDS` and `SAID`.

    Args:
        engine: Where the messages are.
        facts: SQL as `reach.outcomes.resolve.facts_sql` gives it.
        by: The attribute whose values are compared.
    """
    keys = ", ".join((by, *FACTS))
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {SAID} AS {said_sql(facts, by)}")
    kinds = f"SELECT {keys}, SUM(messages) AS messages FROM {SAID} AS said GROUP BY {keys}"
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {KINDS} AS "
        f"SELECT row_number() OVER () AS kind, * FROM ({flags_sql(f'({kinds})')})"
    )


def said_sql(facts: str, by: str) -> str:
    """Messages by what decides what is counted of them, and by disagreements."""
    keys = ", ".join((by, *FACTS, "disagreements"))
    return f"SELECT {keys}, COUNT(*) AS messages FROM ({facts}) AS facts GROUP BY {keys}"


def counts_sql(by: str, flags: Sequence[str] = FLAGS) -> str:
    """Sums of flags by arm."""
    sums = ", ".join(f"SUM({flag} * messages) AS {flag}" for flag in flags)
    arm = arm_of(by)
    return f"SELECT {arm} AS arm, {sums} FROM {KINDS} AS kinds GROUP BY {arm}"

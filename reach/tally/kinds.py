"""The few kinds of messages: those that agree in all that decides what is counted of them.

Millions of messages are of a few hundred kinds. The law is applied to each kind once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.outcomes.resolve import FLAGS, flags_sql
from reach.tally.coded import CODED, decoded

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Kind:
    """Messages of one kind.

    Attributes:
        code: What they agree in.
        messages: How many there are.
        arm: The place of their arm.
        facts: What the code says beside the arm.
        flags: What the law makes of it: `FLAGS`, each 0 or 1.
    """

    code: int
    messages: int
    arm: int
    facts: Mapping[str, int]
    flags: Mapping[str, int]


def find_kinds(engine: DuckDBPyConnection, sizes: Mapping[str, int]) -> list[Kind]:
    """The kinds of the messages in `reach.tally.coded.CODED`.

    Args:
        engine: Where the messages are.
        sizes: Of the facts that codes are made of.
    """
    found = engine.execute(f"SELECT code, COUNT(*) FROM {CODED} GROUP BY code").fetchall()
    if not found:
        return []
    told = {code: decoded(code, sizes) for code, _ in found}
    rows = ", ".join(
        f"({code}, {', '.join(map(str, facts.values()))})" for code, (_, facts) in told.items()
    )
    facts = f"SELECT * FROM (VALUES {rows}) AS told(code, {', '.join(sizes)})"
    lawful = engine.execute(f"SELECT code, {', '.join(FLAGS)} FROM ({flags_sql(f'({facts})')})")
    flags = {code: dict(zip(FLAGS, each, strict=True)) for code, *each in lawful.fetchall()}
    return [Kind(code, messages, *told[code], flags[code]) for code, messages in found]

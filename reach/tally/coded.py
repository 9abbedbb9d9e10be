"""Messages in few numbers: whose each is, of what kind it is, and after how long it arrived.

Evidence is wide, and working out what it says of times is dear. So it is read once, and all
that is counted is counted of the narrow table made here. All that decides what is counted of
a message is one whole number, its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.ingest.event_rows import ATTRIBUTES
from reach.outcomes.messages import COST
from reach.outcomes.pseudonyms import quick_key
from reach.outcomes.resolve import facts_sql
from reach.tally.clock import DELAY, TIME_SIZES, Clocks, clocked_sql, find_vague, minded_sql
from reach.tally.messages import BOUNDS, MESSAGES, Messages, Plan
from reach.tally.payers import Payers, payer_columns
from reach.tally.query import BEGAN, arm_of, people_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CODED = "coded"
"""The table of messages: ``person``, ``code``, ``s_<i>``, which is the number of each stratum,
the delay if messages are timed, and who says what each cost, and what, if that is wanted."""

FACT_SIZES: Mapping[str, int] = {
    "bits": 1 << 31,
    "measures": 1 << 8,
    "horizon_passed": 2,
    "only_suspect": 2,
    "disagreements": 1 << len(ATTRIBUTES),
}
"""What decides what is counted of a message's outcome, each below its size."""

_OF_PEOPLE = ("region", "segment")


def sizes_of(*, timed: bool) -> dict[str, int]:
    """The facts that a code is made of, after the arm, each below its size."""
    return {**FACT_SIZES, **(TIME_SIZES if timed else {})}


def code_sql(arm: str, sizes: Mapping[str, int]) -> str:
    """SQL for the code of a message: its arm, then each fact, as the digits of one number.

    Examples:
        >>> code_sql("arm", {"bits": 8, "clock": 6})
        '((arm) * 8 + bits) * 6 + clock'
    """
    code = arm
    for name, size in sizes.items():
        code = f"({code}) * {size} + {name}"
    return code


def decoded(code: int, sizes: Mapping[str, int]) -> tuple[int, dict[str, int]]:
    """The arm and the facts of a code.

    Examples:
        >>> decoded((2 * 8 + 5) * 6 + 3, {"bits": 8, "clock": 6})
        (2, {'bits': 5, 'clock': 3})
    """
    facts = {}
    for name in reversed([*sizes]):
        code, facts[name] = divmod(code, sizes[name])
    return code, {name: facts[name] for name in sizes}


def make_coded(
    engine: DuckDBPyConnection,
    messages: Messages,
    plan: Plan,
    clocks: Clocks | None,
    payers: Payers | None = None,
) -> list[dict[int | None, str | None]]:
    """Make `CODED`.

    Args:
        engine: Where the messages are.
        messages: As `reach.tally.messages.resolve_messages` made them, by the same plan.
        plan: What to count.
        clocks: Whose times to mind; None if messages are not timed.
        payers: Who says what messages cost; None if nobody wants to know.

    Returns:
        The names of each stratum attribute, by their numbers; a missing name has none.
    """
    facts = facts_sql(MESSAGES, BOUNDS)
    if plan.campaign is not None:
        facts = f"SELECT * FROM ({facts}) AS facts WHERE campaign = {literal(plan.campaign)}"
    if clocks is not None:
        vague = find_vague(engine, messages.named, clocks)
        facts = clocked_sql(minded_sql(facts, vague, clocks))
    sizes = sizes_of(timed=clocks is not None)
    delay = [DELAY] if clocks is not None else []
    cost = COST if messages.costed else ()
    people = people_sql(f"({facts})", plan.people, [*sizes, *delay, *BEGAN, *cost])
    numbers = _numbered(engine, plan.strata, plan.people)
    _make_arms(engine, messages.arms)
    marks = "".join(f", s{place}.number AS s_{place}" for place in range(len(plan.strata)))
    joins = "".join(
        f" LEFT JOIN words_{place} AS s{place} ON m.{name} = s{place}.word"
        for place, name in enumerate(plan.strata)
    )
    columns = ", ".join(
        [
            f"{quick_key(engine, 'm.person')} AS person",
            f"{code_sql('a.number', sizes)} AS code",
            *delay,
            *(payer_columns(payers) if payers is not None else ()),
        ]
    )
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {CODED} AS SELECT {columns}{marks} "
        f"FROM ({people}) AS m JOIN arms AS a ON {arm_of(plan.by, plan.periods)} = a.word{joins}"
    )
    return numbers


def _make_arms(engine: DuckDBPyConnection, arms: Sequence[str]) -> None:
    engine.execute("CREATE OR REPLACE TEMP TABLE arms (number BIGINT, word VARCHAR)")
    rows = ", ".join(f"({number}, {literal(arm)})" for number, arm in enumerate(arms))
    engine.execute(f"INSERT INTO arms VALUES {rows}")


def _numbered(
    engine: DuckDBPyConnection, strata: Sequence[str], people: str | None
) -> list[dict[int | None, str | None]]:
    """Make a table of numbered words for each attribute: numbers are compared faster."""
    found: list[dict[int | None, str | None]] = []
    for place, name in enumerate(strata):
        said = " UNION ".join(
            f"SELECT {name} AS word FROM {table} WHERE {name} IS NOT NULL"
            for table in (MESSAGES, people)
            if table is not None and (table == MESSAGES or name in _OF_PEOPLE)
        )
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE words_{place} AS "
            f"SELECT word, (row_number() OVER ())::INTEGER AS number "
            f"FROM (SELECT DISTINCT word FROM ({said}))"
        )
        rows = engine.execute(f"SELECT number, word FROM words_{place}").fetchall()
        found.append({None: None, **dict(rows)})
    return found

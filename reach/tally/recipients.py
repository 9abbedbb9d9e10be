"""Messages added up by recipient: how many recipients have which vector.

What a message adds depends on its kind alone, and its kind on a few columns. A small table of
kinds gives each message its packed words; the engine adds these by person, and collapses equal
sums. Who has more messages than fields can hold is named, to be counted plainly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from reach.outcomes.pseudonyms import plain_key, quick_key
from reach.tally.messages import MESSAGES
from reach.tally.packing import LOW_BITS, Basis, Packing, basis_of, packing_of
from reach.tally.query import MIXED
from reach.tally.recipient_query import MIXED_NUMBER, packed_sql
from reach.tally.recipient_vectors import Kind, Vectors

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CROWDED = "crowded"
"""The table of persons who are to be counted plainly."""

USUAL_WIDTH = 8
"""Bits of a field where it makes no difference."""

_FEW = 1_000_000
_OF_PEOPLE = ("region", "segment")


def find_vectors(
    engine: DuckDBPyConnection,
    messages: str,
    keys: Sequence[str],
    kinds: Sequence[Kind],
    arms: int,
    strata: Sequence[str] = (),
    people: str | None = None,
) -> Vectors:
    """Add up the messages of each recipient, and make `CROWDED`.

    Args:
        engine: Where the messages are.
        messages: SQL for messages with ``person``, the key columns, and the strata.
        keys: The key columns.
        kinds: All kinds of messages there are, with different keys.
        arms: How many arms there are.
        strata: Attributes that form strata.
        people: The table of addresses and persons that gave each its ``person``, or None.
    """
    bases = _bases(kinds, arms)
    total = sum(kind.messages for kind in kinds)
    width = _width(engine, total, people)
    packing = packing_of(sum(len(basis.chosen) for basis in bases), width, total)
    coded = _coded(engine, messages, *_needed(keys, kinds), bases, packing)
    words = _numbered(engine, strata, people)
    for place, name in enumerate(strata):
        coded = (
            f"SELECT coded.*, stratum.number AS s_{place} FROM ({coded}) AS coded "
            f"LEFT JOIN words_{place} AS stratum ON coded.{name} = stratum.word"
        )
    person = quick_key(engine, "person")
    packed = packed_sql(coded, person, packing.words, len(strata), packing.crowded)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE packed AS {packed}")
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {CROWDED} AS "
        f"SELECT {plain_key(engine, 'crowded')} AS person "
        "FROM packed WHERE crowded IS NOT NULL"
    )
    return _fetched(engine, bases, packing, words)


def crowded_messages(messages: str, people: str | None) -> str:
    """SQL for the messages of `CROWDED`, and perhaps a few others'.

    Args:
        messages: The table or view of all messages.
        people: A table of addresses and persons, or None.
    """
    theirs = f"SELECT person AS address FROM {CROWDED}"
    if people is not None:
        theirs += f" UNION SELECT address FROM {people} SEMI JOIN {CROWDED} USING (person)"
    return f"(SELECT * FROM {messages} SEMI JOIN ({theirs}) AS theirs USING (address))"


def crowded_people(messages: str) -> str:
    """SQL for those messages, as `reach.tally.query.people_sql` gives them, that are of `CROWDED`."""
    return f"SELECT * FROM ({messages}) AS people SEMI JOIN {CROWDED} USING (person)"


def _bases(kinds: Sequence[Kind], arms: int) -> tuple[Basis, ...]:
    by_arm: list[dict[tuple[int, ...], None]] = [{} for _ in range(arms)]
    for kind in kinds:
        by_arm[kind.arm][kind.counts] = None
    axes = len(kinds[0].counts) if kinds else 0
    return tuple(
        basis_of(np.array([*counts], dtype=np.int64).reshape(-1, axes)) for counts in by_arm
    )


def _needed(
    keys: Sequence[str], kinds: Sequence[Kind]
) -> tuple[list[str], dict[tuple[Any, ...], Kind]]:
    """The key columns that make a difference, and the kinds by these."""
    kept = list(range(len(keys)))
    for place in range(len(keys)):
        fewer = [each for each in kept if each != place]
        told: dict[tuple[Any, ...], set[tuple[int, tuple[int, ...]]]] = {}
        for kind in kinds:
            told.setdefault(tuple(kind.keys[each] for each in fewer), set()).add(
                (kind.arm, kind.counts)
            )
        if fewer and all(len(same) == 1 for same in told.values()):
            kept = fewer
    return [keys[each] for each in kept], {
        tuple(kind.keys[each] for each in kept): kind for kind in kinds
    }


def _coded(
    engine: DuckDBPyConnection,
    messages: str,
    keys: Sequence[str],
    kinds: Mapping[tuple[Any, ...], Kind],
    bases: Sequence[Basis],
    packing: Packing,
) -> str:
    """SQL for messages with the words that each adds."""
    offsets = np.cumsum([0, *(len(basis.chosen) for basis in bases)])
    rows = []
    for values, kind in kinds.items():
        counted = [0] * packing.fields
        for place, axis in enumerate(bases[kind.arm].chosen):
            counted[int(offsets[kind.arm]) + place] = kind.counts[axis]
        rows.append([*values, *packing.words_of(counted)])
    names = [f"w_{word}" for word in range(packing.words)]
    types = [
        "VARCHAR" if any(isinstance(row[place], str) for row in rows) else "BIGINT"
        for place in range(len(keys))
    ]
    columns = [f"k_{place} {kind}" for place, kind in enumerate(types)]
    columns += [f"{name} HUGEINT" for name in names]
    engine.execute(f"CREATE OR REPLACE TEMP TABLE codes ({', '.join(columns)})")
    if rows:
        marks = ", ".join("?" * len(columns))
        engine.executemany(f"INSERT INTO codes VALUES ({marks})", rows)
    joins = " AND ".join(
        f"messages.{key} IS NOT DISTINCT FROM codes.k_{place}"
        if any(values[place] is None for values in kinds)
        else f"messages.{key} = codes.k_{place}"
        for place, key in enumerate(keys)
    )
    words = ", ".join(f"codes.{name}" for name in names)
    return (
        f"SELECT messages.*, {words} FROM ({messages}) AS messages JOIN codes ON {joins or '1 = 1'}"
    )


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
        found.append({None: None, MIXED_NUMBER: MIXED, **dict(rows)})
    return found


def _width(engine: DuckDBPyConnection, total: int, people: str | None) -> int:
    """Bits of a field that hold the messages of all but one recipient in a hundred."""
    if total < _FEW:
        return USUAL_WIDTH
    # Pseudonyms are evenly spread: these are the messages of every 256th address.
    found = engine.execute(
        "SELECT quantile_disc(number, 0.99) FROM (SELECT count(*) AS number "
        f"FROM {MESSAGES} WHERE address < '\\x01'::BLOB GROUP BY address)"
    ).fetchone()
    most = found[0] if found else None
    if most is None:
        return USUAL_WIDTH
    # A person may have more than one address.
    return min(max(int(most).bit_length() + (people is not None), 3), LOW_BITS // 2)


def _fetched(
    engine: DuckDBPyConnection,
    bases: tuple[Basis, ...],
    packing: Packing,
    words: Sequence[Mapping[int | None, str | None]],
) -> Vectors:
    low, high = (1 << LOW_BITS) - 1, (1 << (packing.top - LOW_BITS)) - 1  # and no messages' number
    cells = [
        f"(word_{word} & {low})::BIGINT AS low_{word}, "
        f"((word_{word} >> {LOW_BITS}) & {high})::BIGINT AS high_{word}"
        for word in range(packing.words)
    ]
    marks = [f"stratum_{place}" for place in range(len(words))]
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE strata AS SELECT *, (row_number() OVER () - 1)::INTEGER AS place "
        f"FROM (SELECT DISTINCT {', '.join(marks) or '0'} FROM packed WHERE crowded IS NULL)"
    )
    names = engine.execute("SELECT * FROM strata ORDER BY place").fetchall()
    joins = " AND ".join(f"packed.{mark} IS NOT DISTINCT FROM strata.{mark}" for mark in marks)
    found = engine.execute(
        f"SELECT {', '.join(cells)}, recipients, place FROM packed "
        f"JOIN strata ON {joins or '1 = 1'} WHERE crowded IS NULL"
    ).fetchnumpy()
    engine.execute("DROP TABLE packed")
    crowded = engine.execute(f"SELECT 1 FROM {CROWDED} LIMIT 1").fetchone()
    return Vectors(
        bases,
        packing,
        found["recipients"].astype(np.int64),
        found["place"].astype(np.int64),
        tuple(
            tuple(words[place][number] for place, number in enumerate(row[: len(words)]))
            for row in names
        ),
        tuple((found[f"low_{word}"], found[f"high_{word}"]) for word in range(packing.words)),
        crowded is not None,
    )

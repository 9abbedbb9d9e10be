"""Messages added up by recipient, and every recipient's vector looked at once.

What a message adds depends on its kind alone. A small table of kinds gives each message its
packed words, and the engine adds these by person. Who has more messages than fields can hold
is added up again, in fields that are wide enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from reach.outcomes.pseudonyms import quick_key
from reach.tally.coded import CODED
from reach.tally.packing import LOW_BITS, Packing, packing_of
from reach.tally.query import MIXED
from reach.tally.recipient_query import MIXED_NUMBER, packed_sql
from reach.tally.recipient_vectors import Recipients, Shape
from reach.tally.tally import Stratum

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

CROWDED = "crowded"
"""The table of persons who have more messages than usual fields hold."""

USUAL_WIDTH = 8
"""Bits of a field where it makes no difference."""

_FEW = 1_000_000
_ADDED_UP = 1 << 22
"""So many messages are added up in one part, four times as many in two, nine times in three."""
_FETCHED = 1 << 20
"""Recipients that leave the engine at a time."""
_ROWS = 1 << 14
"""Vectors that are worked on at a time: enough for speed, and little memory."""

_Found = TypeVar("_Found")


def each_recipient(
    engine: DuckDBPyConnection,
    shape: Shape,
    codes: Mapping[int, tuple[Sequence[int], int]],
    strata: Sequence[Mapping[int | None, str | None]],
    work: Callable[[Recipients], _Found],
) -> Iterator[_Found]:
    """What some work makes of recipients, a few thousand of one stratum at a time.

    Args:
        engine: Where `reach.tally.coded.CODED` is.
        shape: What the fields mean.
        codes: By code, what such a message adds to each field, and how many there are.
        strata: The names of each stratum attribute, by their numbers.
        work: It is done in several threads.
    """
    (threads,) = engine.execute("SELECT current_setting('threads')").fetchone() or (1,)
    with ThreadPoolExecutor(int(threads)) as pool:
        doing: list[Future[_Found]] = []
        for some in _all_packed(engine, shape, codes, strata):
            # While these were added up and fetched those before were worked on.
            done, doing = doing, []
            for name, rows in some.cut():
                doing.append(pool.submit(_worked, work, some, name, rows))
            yield from (each.result() for each in done)
        yield from (each.result() for each in doing)


@dataclass(frozen=True, slots=True)
class _Packed:
    """Packed recipients, as they left the engine.

    Attributes:
        packing: Where their fields stand.
        halves: Of each word.
        places: The stratum of each, as a place in ``names``.
        names: Strata.
    """

    packing: Packing
    halves: list[tuple[NDArray[np.int64], NDArray[np.int64]]]
    places: NDArray[np.int32]
    names: Sequence[Stratum]

    def cut(self) -> Iterator[tuple[Stratum, NDArray[np.int64]]]:
        """Strata and some of their recipients, not too many at a time."""
        order = np.argsort(self.places, kind="stable")
        ends = np.searchsorted(self.places[order], np.arange(len(self.names) + 1))
        for place, name in enumerate(self.names):
            for start in range(ends[place], ends[place + 1], _ROWS):
                yield name, order[start : min(start + _ROWS, ends[place + 1])]


def _worked(
    work: Callable[[Recipients], _Found],
    packed: _Packed,
    name: Stratum,
    rows: NDArray[np.int64],
) -> _Found:
    few = [(low[rows], high[rows]) for low, high in packed.halves]
    return work(Recipients(name, packed.packing.unpack(few)))


def _all_packed(
    engine: DuckDBPyConnection,
    shape: Shape,
    codes: Mapping[int, tuple[Sequence[int], int]],
    strata: Sequence[Mapping[int | None, str | None]],
) -> Iterator[_Packed]:
    """All recipients, many at a time."""
    if not codes:
        return
    total = sum(messages for _, messages in codes.values())
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {CROWDED} AS SELECT person FROM {CODED} LIMIT 0")
    packing = packing_of(shape.fields, _width(engine, total), total)
    most = 0
    for messages in _some_persons(engine, total):
        _pack(engine, messages, packing, codes, len(strata))
        yield from _fetched(engine, packing, strata)
        most = max(most, _crowded(engine, packing))
    if most:
        packing = packing_of(shape.fields, most.bit_length(), total)
        theirs = f"(SELECT * FROM {CODED} SEMI JOIN {CROWDED} USING (person))"
        _pack(engine, theirs, packing, codes, len(strata))
        yield from _fetched(engine, packing, strata)


def _some_persons(engine: DuckDBPyConnection, total: int) -> list[str]:
    """SQL for the messages of some persons, then of others: so that memory holds their sums."""
    # Pseudonyms are evenly spread: those that begin with the same bytes are as many as others.
    # All messages are looked through for each part: with more of them parts grow, too.
    parts = min(max(isqrt(total // _ADDED_UP), 1), 256)
    borders = [256 * part // parts for part in range(parts)]
    keys = [quick_key(engine, f"unhex('{border:02x}{'0' * 30}')") for border in borders]
    tests = [[f"person >= {key}"] for key in keys]
    for test, key in zip(tests, keys[1:], strict=False):
        test.append(f"person < {key}")
    del tests[0][0]  # whatever comes before the first border
    return [
        f"(SELECT * FROM {CODED} WHERE {' AND '.join(test)})" if test else CODED for test in tests
    ]


def _pack(
    engine: DuckDBPyConnection,
    messages: str,
    packing: Packing,
    codes: Mapping[int, tuple[Sequence[int], int]],
    strata: int,
) -> None:
    """Make the table ``packed`` of recipients."""
    names = [f"w_{word}" for word in range(packing.words)]
    columns = ", ".join(f"{name} HUGEINT" for name in names)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE codes (code BIGINT, {columns})")
    rows = ", ".join(
        f"({code}, {', '.join(map(str, packing.words_of(counted)))})"
        for code, (counted, _) in codes.items()
    )
    engine.execute(f"INSERT INTO codes VALUES {rows}")
    worded = (
        f"SELECT m.*, {', '.join(names)} FROM {messages} AS m JOIN codes ON m.code = codes.code"
    )
    packed = packed_sql(worded, packing.words, strata, packing.crowded)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE packed AS {packed}")


def _crowded(engine: DuckDBPyConnection, packing: Packing) -> int:
    """Add crowded recipients to `CROWDED`; how many messages one of them has at most."""
    crowded = "FROM packed WHERE crowded IS NOT NULL"
    engine.execute(f"INSERT INTO {CROWDED} SELECT crowded {crowded}")
    found = engine.execute(f"SELECT MAX(word_0 >> {packing.top})::BIGINT {crowded}").fetchone()
    return int(found[0]) if found and found[0] else 0


def _width(engine: DuckDBPyConnection, total: int) -> int:
    """Bits of a field that hold the messages of all but one recipient in a hundred."""
    if total < _FEW:
        return USUAL_WIDTH
    # Pseudonyms are evenly spread: these are the messages of every 256th person.
    border = quick_key(engine, f"unhex('01{'0' * 30}')")
    found = engine.execute(
        "SELECT quantile_disc(number, 0.99) FROM (SELECT count(*) AS number "
        f"FROM {CODED} WHERE person < {border} GROUP BY person)"
    ).fetchone()
    most = found[0] if found else None
    return USUAL_WIDTH if most is None else min(max(int(most).bit_length(), 3), LOW_BITS // 2)


def _fetched(
    engine: DuckDBPyConnection,
    packing: Packing,
    strata: Sequence[Mapping[int | None, str | None]],
) -> Iterator[_Packed]:
    """Recipients who are not crowded, many at a time."""
    low, high = (1 << LOW_BITS) - 1, (1 << (packing.top - LOW_BITS)) - 1  # and no messages' number
    cells = [
        f"(word_{word} & {low})::BIGINT AS low_{word}, "
        f"((word_{word} >> {LOW_BITS}) & {high})::BIGINT AS high_{word}"
        for word in range(packing.words)
    ]
    marks = [f"stratum_{place}" for place in range(len(strata))]
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE strata AS SELECT *, (row_number() OVER () - 1)::INTEGER AS place "
        f"FROM (SELECT DISTINCT {', '.join(marks) or '0'} FROM packed WHERE crowded IS NULL)"
    )
    names = [
        tuple(
            MIXED if number == MIXED_NUMBER else words[number]
            for words, number in zip(strata, row, strict=False)
        )
        for row in engine.execute("SELECT * FROM strata ORDER BY place").fetchall()
    ]
    joins = " AND ".join(f"packed.{mark} IS NOT DISTINCT FROM strata.{mark}" for mark in marks)
    (rows,) = engine.execute("SELECT COUNT(*) FROM packed").fetchone() or (0,)
    for start in range(0, rows, _FETCHED):
        found = engine.execute(
            f"SELECT {', '.join(cells)}, place FROM packed JOIN strata ON {joins or '1 = 1'} "
            f"WHERE crowded IS NULL AND packed.rowid >= {start} AND packed.rowid < {start + _FETCHED}"
        ).fetchnumpy()
        halves = [(found[f"low_{word}"], found[f"high_{word}"]) for word in range(packing.words)]
        yield _Packed(packing, halves, found["place"], names)

"""The table of outcomes, over every set of facts there can be."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import duckdb
import numpy as np
import plain_outcomes
import pytest
from numpy.typing import NDArray

from reach.outcomes.law import CONFLICT_ROWS, TABLE, outcome, row_number_sql, rows_with
from reach.vocabulary import Seen, Transport

EVERY = 1 << 23
SHARE = 1 << 20


def mask(facts: Iterable[str]) -> int:
    return sum(plain_outcomes.BITS[each].value for each in facts)


def row_numbers(bits: NDArray[np.int64], passed: int) -> NDArray[np.int64]:
    """The eight rows of the table, as one reads them."""

    def any_of(facts: Iterable[str]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (bits & mask(facts)) != 0
        return found

    never = any_of({"rejected", "suppressed"})
    human = any_of(
        {"read", "replied", "opened", "clicked", "complained", "unsubscribed", "converted"}
    )
    device, carrier = any_of({"receipt of device"}), any_of({"receipt of carrier"})
    machine = any_of(
        {"opened by machine", "opened by whom", "clicked by machine", "replied by machine"}
    )
    rows = [
        never & (human | device | carrier),
        never,
        human | device,
        any_of({"failed for good"}),
        carrier | machine,
        any_of({"failed for now", "failed somehow", "expired", "superseded"}),
        np.full(len(bits), not passed),
        np.full(len(bits), bool(passed)),
    ]
    return np.select(rows, range(1, 9))


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def test_there_are_as_many_bits_as_facts() -> None:
    assert mask(plain_outcomes.BITS) == EVERY - 1 == sum(bit.value for bit in Seen)


@pytest.mark.parametrize("passed", [0, 1])
def test_the_query_follows_the_table_on_every_set_of_facts(
    engine: duckdb.DuckDBPyConnection, passed: int
) -> None:
    for start in range(0, EVERY, SHARE):
        law = row_number_sql("bits::INTEGER", str(passed))
        found = engine.execute(
            f"SELECT bits, ({law})::UTINYINT AS law_row FROM range({start}, {start + SHARE}) t(bits)"
        ).fetchnumpy()
        assert len(found["bits"]) == SHARE
        assert np.array_equal(found["law_row"], row_numbers(found["bits"], passed))


def test_python_and_the_query_say_the_same() -> None:
    chance = random.Random(823)  # noqa: S311
    for _ in range(4000):
        # Few facts and many, so that every row is met.
        bits = sum(1 << place for place in range(23) if chance.random() < chance.random() ** 2)
        passed = chance.random() < 0.5
        number = int(row_numbers(np.array([bits]), int(passed))[0])
        found = outcome(Seen(bits), horizon_passed=passed)
        assert found.transport is TABLE[number - 1].transport
        assert found.conflict == (number == 1)
        facts = {name for name, bit in plain_outcomes.BITS.items() if bits & bit.value}
        word, conflict = plain_outcomes.transport(facts, horizon_passed=passed)
        assert (word, conflict) == (found.transport.value, found.conflict)
        receipts = {"receipt of carrier", "receipt of device"}
        assert found.inferred == (word == "delivered" and not facts & receipts)


def test_the_rows_by_their_ends() -> None:
    assert {word.value: rows_with(word) for word in Transport} == {
        "not_sent": "2", "pending": "7", "unknown": "1, 8", "failed": "4, 6", "delivered": "3, 5",
    }  # fmt: skip
    assert CONFLICT_ROWS == "1"


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"sent", "receipt of carrier", "failed for good"}, "failed"),
        ({"sent", "receipt of device", "failed for good"}, "delivered"),
        ({"sent", "receipt of carrier", "failed for now"}, "delivered"),
        ({"failed for good", "opened by machine"}, "failed"),
        ({"failed for good", "opened"}, "delivered"),
        ({"failed for now", "opened by whom"}, "delivered"),
        ({"rejected", "opened by machine"}, "not_sent"),
        ({"suppressed", "clicked"}, "unknown"),
        ({"queued", "sent", "deferred"}, "pending"),
    ],
)
def test_what_overrules_what(facts: set[str], word: str) -> None:
    assert outcome(Seen(mask(facts)), horizon_passed=False).transport.value == word

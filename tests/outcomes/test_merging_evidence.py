"""Evidence of several files: the same messages, however it is cut, repeated or ordered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import duckdb
import pytest
from evidence_rows import fetched, put
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.ingest.event_rows import ATTRIBUTES
from reach.outcomes.messages import merged_sql, named_sql
from reach.outcomes.names import find_names

Rows = list[dict[str, Any]]
MOMENTS = st.none() | st.integers(0, 50)

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "message_key": st.sampled_from([b"a", b"b"]),
            "bits": st.integers(0, (1 << 23) - 1),
            "measures": st.integers(0, 31),
            "disagreements": st.integers(0, 63),
            "channel": st.sampled_from(["sms", "email"]),
            **{name: st.none() | st.sampled_from("xyz") for name in ATTRIBUTES[1:]},
            **dict.fromkeys(("first_at", "last_at", "delivered_at", "last_click_at"), MOMENTS),
        }
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def merged(engine: duckdb.DuckDBPyConnection, rows: Rows) -> Rows:
    put(engine, "rows", rows)
    once = merged_sql("SELECT message_key AS message_name, * FROM rows")
    return fetched(engine, f"{once} ORDER BY message_name")


def again(rows: Rows) -> Rows:
    """Messages as rows that can be merged once more."""
    return [
        {"message_key": row["message_name"]}
        | {name: value for name, value in row.items() if name != "message_name"}
        for row in rows
    ]


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, data=st.data())
def test_merging_is_associative_commutative_and_idempotent(rows: Rows, data: st.DataObject) -> None:
    with duckdb.connect() as engine:
        whole = merged(engine, rows)
        shuffled = data.draw(st.permutations(rows))
        cut = data.draw(st.integers(0, len(rows)))
        parts = again(merged(engine, shuffled[:cut])) + again(merged(engine, shuffled[cut:]))
        assert merged(engine, shuffled) == whole
        assert merged(engine, parts) == whole
        assert merged(engine, rows + shuffled[:cut]) == whole


def test_union_of_bits_and_ends_of_times(engine: duckdb.DuckDBPyConnection) -> None:
    rows = [
        {"message_key": b"a", "bits": 0b101, "measures": 1, "first_at": 5, "last_at": 9, "region": "y"},
        {"message_key": b"a", "bits": 0b110, "measures": 4, "first_at": 3, "last_at": 8, "region": "x"},
    ]  # fmt: skip
    (row,) = merged(engine, rows)
    assert (row["bits"], row["measures"], row["first_at"], row["last_at"]) == (0b111, 5, 3, 9)
    assert (row["region"], row["disagreements"]) == ("x", 1 << ATTRIBUTES.index("region"))


def names(
    engine: duckdb.DuckDBPyConnection, *said: tuple[bytes, bytes | None]
) -> set[frozenset[bytes]]:
    """Which of the names that a log holds are one message's; from names and second names."""
    put(engine, "rows", ({"message_key": one, "alias_key": other} for one, other in said))
    table = find_names(engine, "SELECT * FROM rows")
    found = fetched(engine, named_sql("SELECT * FROM rows", table))
    assert len(found) == len(said)
    called = {row["message_key"]: row["message_name"] for row in found}
    groups = {name: frozenset(k for k in called if called[k] == name) for name in called.values()}
    assert all(name == min(group) for name, group in groups.items())
    return set(groups.values())


def one_message(*called: bytes) -> frozenset[bytes]:
    return frozenset(called)


@pytest.mark.parametrize(("one", "other"), [(b"a", b"b"), (b"b", b"a")])
def test_a_second_name_joins(engine: duckdb.DuckDBPyConnection, one: bytes, other: bytes) -> None:
    found = names(engine, (one, other), (other, None), (b"c", None))
    assert found == {one_message(b"a", b"b"), one_message(b"c")}


def test_each_may_be_the_other_s_second_name(engine: duckdb.DuckDBPyConnection) -> None:
    assert names(engine, (b"a", b"b"), (b"b", b"a")) == {one_message(b"a", b"b")}


def test_a_name_that_two_claim_joins_both(engine: duckdb.DuckDBPyConnection) -> None:
    found = names(engine, (b"a", b"b"), (b"c", b"b"), (b"b", None))
    assert found == {one_message(b"a", b"b", b"c")}


def test_two_second_names_join_too(engine: duckdb.DuckDBPyConnection) -> None:
    found = names(engine, (b"b", b"a"), (b"b", b"c"), (b"a", None), (b"c", None))
    assert found == {one_message(b"a", b"b", b"c")}


@settings(max_examples=8, deadline=None)
@given(order=st.permutations([b"a", b"b", b"c", b"d", b"e", b"f"]))
def test_a_chain_of_names_is_one_message(order: list[bytes]) -> None:
    with duckdb.connect() as engine:
        links = [*pairwise(order), (order[-1], None)]
        assert names(engine, *links) == {one_message(*order)}


def test_a_second_name_that_no_event_carries_joins_nothing(
    engine: duckdb.DuckDBPyConnection,
) -> None:
    found = names(engine, (b"a", b"-"), (b"b", b"-"))
    assert found == {one_message(b"a"), one_message(b"b")}

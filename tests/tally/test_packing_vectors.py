"""Counts in bit fields come back as they went in, and no field spills into another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.tally.packing import LOW_BITS, Basis, basis_of, packing_of
from reach.tally.vectors import gram_of, histogram

LOW = (1 << LOW_BITS) - 1


@settings(max_examples=60, deadline=None)
@given(data=st.data(), width=st.integers(1, 31), fields=st.integers(0, 90))
def test_sums_of_packed_messages_are_unpacked(data: st.DataObject, width: int, fields: int) -> None:
    most = min((1 << width) - 1, 40)
    packing = packing_of(fields, width, data.draw(st.sampled_from([1, 1000, 10**9])))
    number = data.draw(st.integers(0, most))
    bits = st.lists(st.integers(0, 1), min_size=fields, max_size=fields)
    messages = [data.draw(bits) for _ in range(min(number, 3))]
    messages += [[1] * fields] * (number - len(messages))
    words = [sum(each) for each in zip(*map(packing.words_of, messages), strict=True)]
    words = words or [0] * packing.words
    assert (words[0] >= packing.crowded) == (number > packing.most)
    assert words[0] >> packing.top == number
    high = (1 << (packing.top - LOW_BITS)) - 1
    halves = [(np.array([word & LOW]), np.array([(word >> LOW_BITS) & high])) for word in words]
    wanted = [sum(each[field] for each in messages) for field in range(fields)]
    assert packing.unpack(halves)[:, 0].tolist() == wanted


def test_one_message_too_many_shows_in_the_first_word() -> None:
    packing = packing_of(fields=42, width=2, messages=10**6)
    word = packing.words_of([1] * 42)[0]
    assert 3 * word < packing.crowded <= 4 * word


@pytest.mark.parametrize("messages", [1, 33_000_000, 10**12])
def test_no_sum_is_larger_than_the_engine_s_integers(messages: int) -> None:
    packing = packing_of(fields=60, width=4, messages=messages)
    assert max(packing.words_of([1] * 60)) * messages < 1 << 127


def expanded(
    basis: Basis, kinds: np.ndarray[tuple[int, int], np.dtype[np.int64]]
) -> list[list[int]]:
    return (kinds[:, list(basis.chosen)] @ basis.expand.T).tolist()


@settings(max_examples=60, deadline=None)
@given(
    kinds=st.integers(1, 8).flatmap(
        lambda axes: st.lists(
            st.lists(st.integers(0, 1), min_size=axes, max_size=axes), min_size=1, max_size=6
        )
    )
)
def test_axes_that_were_left_out_follow_from_the_others(kinds: list[list[int]]) -> None:
    wide = np.array(kinds, dtype=np.int64)
    assert expanded(basis_of(wide), wide) == kinds


def test_the_law_makes_an_axis_superfluous() -> None:
    # Delivered, failed, unknown and never sent: what is possible follows from the others.
    sent, delivered, receipted, possible = [1, 1, 1, 0], [1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0]
    kinds = np.array([sent, delivered, receipted, possible]).T
    basis = basis_of(kinds)
    assert (basis.chosen, basis.expand[3].tolist()) == ((0, 1, 2), [1, 1, -1])


@settings(max_examples=40, deadline=None)
@given(data=st.data(), axes=st.integers(1, 30), rows=st.integers(0, 40))
def test_products_are_exact_whatever_floats_they_go_through(
    data: st.DataObject, axes: int, rows: int
) -> None:
    largest = data.draw(st.sampled_from([1, 15, 4095, 4096, 2**20]))
    dtype = data.draw(st.sampled_from([np.int16, np.int64] if largest < 2**15 else [np.int64]))
    chance = np.random.default_rng(data.draw(st.integers(0, 1000)))
    vectors = chance.integers(0, largest, (rows, axes), endpoint=True)
    found = gram_of(vectors.astype(dtype))
    assert np.array_equal(found.gram, vectors.T @ vectors)
    assert found.sums.tolist() == vectors.sum(axis=0).tolist()
    assert found.recipients == rows


def test_more_vectors_than_are_worked_on_at_a_time_are_all_counted() -> None:
    vectors = np.arange(3 * 20_000).reshape(-1, 3) % 7
    assert np.array_equal(gram_of(vectors).gram, vectors.T @ vectors)


@pytest.mark.parametrize("most", [3, 2**16 - 1, 2**16, 2**60])
def test_values_are_counted_in_order(most: int) -> None:
    found = histogram(np.array([most, 0, most, 1]))
    assert list(found.items()) == [(0, 1), (1, 1), (most, 2)]
    assert histogram(np.array([], dtype=np.int64)) == {}

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from reach.stats.gram import GramStratum, pool, tally_vectors

VECTORS = hnp.arrays(
    np.int64, st.tuples(st.integers(0, 8), st.just(3)), elements=st.integers(0, 1000)
)


def same(one: GramStratum, other: GramStratum) -> bool:
    return (
        np.array_equal(one.sums, other.sums)
        and np.array_equal(one.gram, other.gram)
        and one.recipients == other.recipients
    )


@given(st.lists(VECTORS, min_size=1, max_size=5))
def test_merging_strata_is_tallying_all_their_recipients(groups: list[np.ndarray]) -> None:
    merged = pool([tally_vectors(group) for group in groups])
    assert same(merged, tally_vectors(np.concatenate(groups)))


@given(VECTORS, VECTORS)
def test_the_order_of_merging_does_not_matter(one: np.ndarray, other: np.ndarray) -> None:
    first, second = tally_vectors(one), tally_vectors(other)
    assert same(first + second, second + first)


def test_it_stays_in_whole_numbers() -> None:
    stratum = tally_vectors(np.array([[1, 2], [3, 4]], dtype=np.int8))
    assert stratum.sums.dtype == np.int64
    assert stratum.gram.dtype == np.int64
    assert stratum.gram.tolist() == [[10, 14], [14, 20]]


@pytest.mark.parametrize(
    ("sums", "gram", "recipients", "why"),
    [
        (np.array([1, 2]), np.eye(3, dtype=np.int64), 1, "shape"),
        (np.array([1.0, 2.0]), np.eye(2, dtype=np.int64), 1, "expected int64"),
        (np.array([1, 2]), np.array([[1, 2], [3, 4]]), 1, "not symmetric"),
        (np.array([1]), np.array([[1]]), -1, "recipients is -1"),
    ],
)
def test_it_refuses_what_is_no_tally(
    sums: np.ndarray, gram: np.ndarray, recipients: int, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        GramStratum(sums, gram, recipients)


def test_it_refuses_vectors_that_are_no_counts() -> None:
    with pytest.raises(ValueError, match="of integers"):
        tally_vectors([[0.5, 1.0]])
    with pytest.raises(ValueError, match="no strata"):
        pool([])
    with pytest.raises(ValueError, match="can't be added"):
        tally_vectors([[1]]) + tally_vectors([[1, 2]])


def test_counts_that_leave_64_bits_are_refused_and_not_turned_round() -> None:
    with pytest.raises(ValueError, match="squares leave 64 bits"):
        tally_vectors([[3_100_000_000]])
    half = GramStratum(np.array([2**62]), np.array([[2**62]]), 1)
    with pytest.raises(ValueError, match="too large to be added"):
        half + half
    with pytest.raises(ValueError, match="too large to be added"):
        pool([half, half])

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.stats.largest import least_largest


def sums(numbers: list[int]) -> tuple[int, int, int]:
    return len(numbers), sum(numbers), sum(n * n for n in numbers)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30))
def test_it_is_never_more_than_the_largest(numbers: list[int]) -> None:
    assert 1 <= least_largest(*sums(numbers)) <= max(numbers)


@given(st.integers(1, 10**12), st.integers(0, 10**6))
def test_it_is_the_largest_if_all_others_are_one(largest: int, others: int) -> None:
    assert least_largest(1 + others, largest + others, largest**2 + others) == largest


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_it_is_any_of_equal_numbers(each: int, count: int) -> None:
    assert least_largest(count, each * count, each**2 * count) == each


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5))
def test_it_says_at_least_what_the_mean_squares_say(numbers: list[int]) -> None:
    # Σn²/Σn is a bound as well, and a weaker one.
    _, total, squares = sums(numbers)
    assert least_largest(*sums(numbers)) >= squares / total


@pytest.mark.parametrize("wrong", [(0, 0, 0), (3, 2, 2), (2, 4, 5), (2, 2, 3), (-1, 1, 1)])
def test_it_refuses_sums_that_nothing_has(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="have sum"):
        least_largest(*wrong)

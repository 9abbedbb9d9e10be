"""When half has arrived, against counting one by one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.stats.half import half_reached


@given(
    arrived=st.dictionaries(st.integers(0, 20), st.integers(1, 5), max_size=8),
    never=st.integers(0, 30),
    at_once=st.integers(0, 10),
)
def test_it_is_the_middle_of_all_with_those_that_never_came(
    arrived: dict[int, int], never: int, at_once: int
) -> None:
    times = [0.0] * at_once + [time for time, count in arrived.items() for _ in range(count)]
    everyone = sorted(times) + [float("inf")] * never
    # Of 4 and of 3 the second has to have come.
    middle = everyone[(len(everyone) + 1) // 2 - 1] if everyone else float("inf")
    found = half_reached(arrived, len(everyone), at_once)
    assert found == (None if middle == float("inf") else middle)


def test_more_can_t_arrive_than_there_are() -> None:
    with pytest.raises(ValueError, match="3 of 2 have arrived"):
        half_reached({1: 2}, 2, at_once=1)


@pytest.mark.parametrize(("never", "median"), [(0, 36), (10, 46), (50, 120), (51, None)])
def test_it_is_r_s_quantile_of_the_first_kind(never: int, median: int | None) -> None:
    # Stopping distances, `cars` in R (Ezekiel 1930). R 4.2.2:
    # quantile(c(cars$dist, rep(Inf, never)), .5, type = 1); Inf is None here.
    distances = [
        2, 4, 10, 10, 14, 16, 17, 18, 20, 20, 22, 24, 26, 26, 26, 26, 28, 28, 32, 32, 32, 34, 34,
        34, 36, 36, 40, 40, 42, 46, 46, 48, 50, 52, 54, 54, 56, 56, 60, 64, 66, 68, 70, 76, 80, 84,
        85, 92, 93, 120,
    ]  # fmt: skip
    assert half_reached(Counter(distances), 50 + never) == median

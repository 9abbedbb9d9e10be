"""When half has arrived, against counting one by one."""

from __future__ import annotations

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

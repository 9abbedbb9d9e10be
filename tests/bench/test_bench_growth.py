"""The exponent is found again, and nothing is projected to get cheaper by being more."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from reach.bench.growth import Size, exponent, projected_s

powers = st.floats(0.5, 2)
fixed = st.floats(0, 10)
SIZES = (10_000, 300_000, 1_000_000, 30_000_000, 100_000_000)


@given(powers, fixed, st.sets(st.sampled_from(SIZES), min_size=2))
def test_the_exponent_is_found_again(power: float, fixed_s: float, events: set[int]) -> None:
    found = exponent([Size(each, fixed_s + 1e-3 * each**power) for each in events], fixed_s)
    assert found is not None
    assert isclose(found, power, rel_tol=1e-6)


@given(st.one_of(st.none(), powers), fixed, st.floats(0, 1_000))
def test_more_never_takes_less(power: float | None, fixed_s: float, above: float) -> None:
    whole = Size(1_000_000, fixed_s + above)
    ten = projected_s(whole, fixed_s, power, 10)
    assert ten >= fixed_s + 10 * above - 1e-6
    assert projected_s(whole, fixed_s, power, 100) >= ten - 1e-6


def test_what_can_not_be_told_is_not_told() -> None:
    assert exponent([Size(10, 1.0), Size(10, 2.0)]) is None
    assert exponent([Size(10, 1.0), Size(100, 0.9)], fixed_s=0.9) is None

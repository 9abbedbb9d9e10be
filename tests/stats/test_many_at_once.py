"""Curves that are looked at in many places at once are those that are looked at in one."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reach.stats.critical import Margin, margins
from reach.stats.monotone import GRID, running_maximum
from reach.stats.wilson import reach_above, reach_below, reaches_above, reaches_below

PLACES = np.array([1e-9, *GRID])


@given(p=st.floats(0, 1), n=st.floats(1, 1e9))
@example(p=0.0, n=1.0)
@example(p=1.0, n=1e9)
@example(p=5e-324, n=10.0)
def test_reaches(p: float, n: float) -> None:
    for many, one in ((reaches_below, reach_below), (reaches_above, reach_above)):
        assert many(p, n, PLACES) == pytest.approx([one(p, n, c) for c in PLACES], rel=1e-14, abs=0)


def dip(c: float) -> float:
    return c / (1 + c) + 3 * c**2 / (1 + c**4)


@pytest.mark.parametrize("unknown", [0.0, 1e-6, 0.3])
def test_a_dip_in_a_margin_is_bridged_in_either(unknown: float) -> None:
    def dips(c: np.ndarray) -> np.ndarray:
        return np.array([dip(each) for each in c])

    found = margins(Margin(dip, dips), Margin(dip, dips), unknown, 12.0)
    risen = running_maximum(dip)
    assert risen(5.0) > dip(5.0)
    for c in (0.1, 0.9, 1.5, 5.0, 300.0):
        assert found.below(c) == pytest.approx(risen(c), rel=1e-9)
        assert found.above(c) == found.below(c)
    tails = [found.tail(float(c)) for c in PLACES]
    assert tails == sorted(tails)
    c = found.critical_value(0.05)
    assert found.tail(c) == pytest.approx(-0.05, rel=1e-9)

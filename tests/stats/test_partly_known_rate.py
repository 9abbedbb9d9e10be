import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from reach.errors import NotEstimableError
from reach.stats.gram import GramStratum, tally_vectors
from reach.stats.partial import RateInterval, rate_interval
from reach.stats.ratio import Ratio, ratio
from reach.stats.wilson import wilson


def bounds(trials: int, successes: int, unknown: int) -> tuple[Ratio, Ratio]:
    """One message each."""
    possible = successes + unknown
    gram = np.array(
        [
            [trials, successes, possible],
            [successes, successes, successes],
            [possible, successes, possible],
        ]
    )
    stratum = GramStratum(gram[0], gram, trials)
    return ratio([stratum], [0, 1, 0], [1, 0, 0]), ratio([stratum], [0, 0, 1], [1, 0, 0])


def test_600_of_1000_delivered_and_150_unknown() -> None:
    rate = rate_interval(*bounds(1000, 600, 150), alpha=0.05, nu=math.inf)
    assert (rate.lower_bound, rate.upper_bound) == (0.6, 0.75)
    assert [round(end, 4) for end in (rate.set_low, rate.set_high)] == [0.5693, 0.7758]
    assert [round(end, 4) for end in (rate.low, rate.high)] == [0.5743, 0.7718]
    assert rate.critical == pytest.approx(1.6449, abs=5e-5)
    assert rate.set_critical == pytest.approx(1.9600, abs=5e-5)


def test_700_of_1000_delivered_and_nothing_unknown() -> None:
    rate = rate_interval(*bounds(1000, 700, 0), alpha=0.05, nu=math.inf)
    assert [round(end, 4) for end in (rate.low, rate.high)] == [0.6709, 0.7276]
    assert (rate.set_low, rate.set_high) == (rate.low, rate.high)
    assert "between bounds" not in rate.method


def test_none_of_20() -> None:
    rate = rate_interval(*bounds(20, 0, 0), alpha=0.05, nu=math.inf)
    assert (rate.low, round(rate.high, 4)) == (0, 0.1611)


def test_the_degrees_of_freedom_are_those_of_the_clusters() -> None:
    lower, _ = bounds(12, 5, 0)
    rate = rate_interval(lower, lower, alpha=0.1)
    assert rate.nu == pytest.approx(11)
    assert rate.critical == pytest.approx(float(t.ppf(0.95, 11)), rel=1e-9)
    assert (rate.low, rate.high) == pytest.approx(wilson(5 / 12, 12, rate.critical))


def test_all_unknown_is_all_possible() -> None:
    rate = rate_interval(*bounds(50, 0, 50), alpha=0.05)
    assert (rate.low, rate.high, rate.set_low, rate.set_high) == (0, 1, 0, 1)


@st.composite
def partly_known(draw: st.DrawFn) -> tuple[Ratio, Ratio]:
    count = st.integers(0, 4)
    people = draw(st.lists(st.tuples(count, count, count), min_size=2, max_size=12))
    vectors = [[1 + y + u + f, y, y + u] for y, u, f in people]
    stratum = tally_vectors(vectors)
    return ratio([stratum], [0, 1, 0], [1, 0, 0]), ratio([stratum], [0, 0, 1], [1, 0, 0])


def ends(rate: RateInterval) -> list[float]:
    return [rate.set_low, rate.low, rate.lower_bound, rate.upper_bound, rate.high, rate.set_high]


@settings(max_examples=60, deadline=None)
@given(partly_known(), st.floats(0.001, 0.9), st.floats(0.1, 0.9))
def test_intervals_are_nested(pair: tuple[Ratio, Ratio], alpha: float, smaller: float) -> None:
    rate = rate_interval(*pair, alpha=alpha)
    inside_out = ends(rate)
    assert all(one <= other + 1e-12 for one, other in pairwise(inside_out))
    assert inside_out[0] >= 0
    assert inside_out[-1] <= 1
    surer = rate_interval(*pair, alpha=alpha * smaller)
    assert surer.low <= rate.low + 1e-12
    assert surer.high >= rate.high - 1e-12


def test_what_is_not_estimable() -> None:
    alone = ratio([tally_vectors([[3, 1]])], [0, 1], [1, 0])
    with pytest.raises(NotEstimableError, match="one recipient only"):
        rate_interval(alone, alone, alpha=0.05)
    above = ratio([tally_vectors([[1, 2], [1, 2]])], [0, 1], [1, 0])
    with pytest.raises(NotEstimableError, match="at_most_one"):
        rate_interval(above, above, alpha=0.05)


def test_it_refuses_impossible_arguments() -> None:
    lower, upper = bounds(50, 20, 10)
    with pytest.raises(ValueError, match="lies above"):
        rate_interval(upper, lower, alpha=0.05)
    with pytest.raises(ValueError, match="alpha"):
        rate_interval(lower, upper, alpha=0)
    with pytest.raises(ValueError, match="nu"):
        rate_interval(lower, upper, alpha=0.05, nu=0)

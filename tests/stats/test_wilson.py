import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from reach.stats.wilson import reach_above, reach_below, wilson

Z95 = 1.959963984540054
PROPORTIONS = st.floats(0, 1)
TRIALS = st.floats(0.5, 1e9)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 20, 0.0, 0.1611),  # Newcombe 1998, Statistics in Medicine 17, 857–872
        (1, 29, 0.0061, 0.1718),  # ibid.
        (15, 148, 0.0624, 0.1605),  # ibid.
        (81, 263, 0.2553, 0.3662),  # ibid.
    ],
)
def test_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    found = wilson(successes / trials, trials, Z95)
    assert [round(end, 4) for end in found] == [low, high]


@given(st.integers(0, 300), st.integers(1, 300), st.floats(0.001, 0.5))
def test_it_equals_statsmodels(successes: int, trials: int, alpha: float) -> None:
    successes = min(successes, trials)
    z = -float(norm.ppf(alpha / 2))
    expected = proportion_confint(successes, trials, alpha=alpha, method="wilson")
    assert wilson(successes / trials, trials, z) == pytest.approx(expected, abs=1e-12)


@given(PROPORTIONS, TRIALS, st.floats(0, math.inf))
def test_it_stays_within_0_and_1_around_p(p: float, n: float, c: float) -> None:
    low, high = wilson(p, n, c)
    assert 0 <= low <= p <= high <= 1


@given(PROPORTIONS, TRIALS, st.floats(0, 1e200), st.floats(1, 100))
def test_it_widens_with_c(p: float, n: float, c: float, factor: float) -> None:
    # Rounding is relative, but for the smallest numbers there are, which have few digits.
    def most(reach: float) -> float:
        return reach * (1 + 1e-15) + 1e-320

    assert reach_below(p, n, c) <= most(reach_below(p, n, c * factor))
    assert reach_above(p, n, c) <= most(reach_above(p, n, c * factor))


def test_the_ends_of_the_scale() -> None:
    assert wilson(0.0, 20, Z95)[0] == 0
    assert wilson(1.0, 20, Z95)[1] == 1
    assert wilson(0.3, 20, 0) == (0.3, 0.3)
    assert wilson(0.3, 20, math.inf) == (0.0, 1.0)


@pytest.mark.parametrize(("p", "n", "c"), [(-0.1, 9, 1), (1.1, 9, 1), (0.5, 0, 1), (0.5, 9, -1)])
def test_it_refuses_impossible_arguments(p: float, n: float, c: float) -> None:
    with pytest.raises(ValueError, match="expected"):
        wilson(p, n, c)

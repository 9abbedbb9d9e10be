import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from reach.errors import NotEstimableError
from reach.stats.over_time.trend import mann_kendall, sen_slope

RUNS = 1000
SERIES = st.lists(st.integers(-20, 20), min_size=2, max_size=25)


def autoregression(rng: np.random.Generator, phi: float, n: int) -> np.ndarray:
    series = rng.standard_normal(n)
    for time in range(1, n):
        series[time] = phi * series[time - 1] + math.sqrt(1 - phi**2) * series[time]
    return series


def test_the_published_slope() -> None:
    # Sen (1968), JASA 63: b = 4, the median of 21 slopes
    found = sen_slope([9, 15, 19, 20, 45, 55, 78], [1, 2, 3, 4, 10, 12, 18], runs=RUNS)
    assert (found.slope, found.pairs) == (4, 21)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 6)), min_size=2, max_size=25))
def test_it_is_scipy_s_slope_with_ties_in_values_and_times(pairs: list[tuple[int, int]]) -> None:
    values, times = [v for v, _ in pairs], [t for _, t in pairs]
    assume(len(set(times)) > 1)
    found = sen_slope(values, times, runs=RUNS)
    with np.errstate(invalid="ignore"):  # of its interval, where nearly all is tied
        oracle = theilslopes(values, times)
    assert found.slope == pytest.approx(oracle.slope)
    assert found.intercept == pytest.approx(oracle.intercept)


@settings(deadline=None, max_examples=30)
@given(SERIES, st.floats(-3, 3), st.floats(0.1, 10))
def test_it_turns_and_stretches_with_the_series(
    series: list[int], tilt: float, unit: float
) -> None:
    values = np.array(series, dtype=float)
    time = np.arange(values.size)
    plain = sen_slope(values, runs=RUNS).slope
    assert sen_slope(values + tilt * time, runs=RUNS).slope == pytest.approx(plain + tilt, abs=1e-9)
    assert sen_slope(-values, runs=RUNS).slope == pytest.approx(-plain)
    assert sen_slope(values, list(unit * time), runs=RUNS).slope == pytest.approx(plain / unit)
    backwards = sen_slope(values[::-1], list(time[::-1]), runs=RUNS)
    assert backwards.slope == plain


def test_a_wild_day_does_not_turn_it() -> None:
    values = 0.5 * np.arange(30)
    values[29] = -1000
    assert sen_slope(values, runs=RUNS).slope == pytest.approx(0.5)
    assert np.polyfit(np.arange(30), values, 1)[0] < 0


def test_mann_kendall_with_ties() -> None:
    # R: 2 * pnorm(-(S - 1) / sqrt(v)), with S = 29 and v = (10 * 9 * 25 - 72) / 18 = 121 after
    # Kendall (1975), of x <- c(1, 2, 2, 3, 1, 4, 4, 5, 3, 6)
    x = np.array([1, 2, 2, 3, 1, 4, 4, 5, 3, 6], dtype=float)
    assert mann_kendall(x) == pytest.approx(0.01091355715, abs=5e-12)
    assert mann_kendall(-x) == mann_kendall(x)
    assert mann_kendall(np.ones(12)) == 1


def test_mann_kendall_is_near_the_exact_test() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        x = rng.standard_normal(20)
        exact = kendalltau(np.arange(20), x, method="exact").pvalue
        assert mann_kendall(x) == pytest.approx(exact, abs=0.012)


def test_independent_values_have_a_p_value_and_its_level() -> None:
    rng = np.random.default_rng(1)
    found = sen_slope(rng.standard_normal(60) + 0.05 * np.arange(60))
    assert found.level is not None
    assert found.level <= 0.06
    assert found.p_value is not None
    assert found.p_value < 0.001
    assert found.why == ""
    assert found.autocorrelation == pytest.approx(0, abs=0.2)


def test_values_that_resemble_the_one_before_have_none() -> None:
    found = sen_slope(autoregression(np.random.default_rng(5), 0.5, 200))
    assert found.autocorrelation == pytest.approx(0.5, abs=0.15)
    assert found.p_value is None
    assert found.level is not None
    assert found.level > 0.15
    assert f"in {found.level:.0%} of such series" in found.why


def test_no_more_series_without_a_trend_are_called_one_than_said() -> None:
    rng = np.random.default_rng(20_240_601)
    for phi in (0.0, 0.6):
        found = [sen_slope(autoregression(rng, phi, 30), runs=RUNS) for _ in range(100)]
        called = sum(f.p_value is not None and f.p_value <= 0.05 for f in found) / len(found)
        assert called <= 0.06 + 2 * math.sqrt(0.06 * 0.94 / len(found))
    assert sum(f.p_value is None for f in found) > 90


def test_the_autocorrelation_of_short_series_is_not_taken_for_less() -> None:
    rng = np.random.default_rng(8)
    found = [sen_slope(autoregression(rng, 0.4, 30), runs=RUNS).autocorrelation for _ in range(100)]
    assert np.mean([phi for phi in found if phi is not None]) == pytest.approx(0.4, abs=0.08)


def test_the_seed_decides() -> None:
    series = autoregression(np.random.default_rng(9), 0.4, 50)
    assert sen_slope(series) == sen_slope(series)
    first, other = sen_slope(series).level, sen_slope(series, seed=5).level
    assert first is not None
    assert other == pytest.approx(first, abs=0.03)


@pytest.mark.parametrize(
    ("values", "times"),
    [
        ([3, 1, 4, 1, 5], None),  # too few
        ([3, 1, 4, 1, 5, 9, 2, 6, 5], [0, 1, 2, 3, 4, 5, 6, 7, 30]),  # unequal steps
        ([2.0] * 20, None),  # all alike
        (list(0.1 * np.arange(20)), None),  # a straight line
    ],
)
def test_without_an_autocorrelation_there_is_no_p_value(
    values: list[float], times: list[float] | None
) -> None:
    found = sen_slope(values, times, runs=RUNS)
    assert found.autocorrelation is found.level is found.p_value is None
    assert "how much one value resembles the next is not known" in found.why


@settings(deadline=None, max_examples=30)
@given(SERIES)
def test_it_gives_a_p_value_or_says_why_not(series: list[int]) -> None:
    found = sen_slope(series, runs=RUNS)
    assert (found.p_value is None) == bool(found.why)
    assert found.p_value is None or 0 <= found.p_value <= 1
    assert math.isfinite(found.slope)
    assert math.isfinite(found.intercept)


def test_it_refuses_what_is_no_series() -> None:
    with pytest.raises(NotEstimableError, match="one time"):
        sen_slope([1, 2, 3], [5, 5, 5])
    with pytest.raises(ValueError, match="two or more"):
        sen_slope([1])
    with pytest.raises(ValueError, match="3 times"):
        sen_slope([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="finite"):
        sen_slope([1, math.nan])
    with pytest.raises(ValueError, match="finite"):
        sen_slope([1, 2], [0, math.inf])
    with pytest.raises(ValueError, match="take weeks"):
        sen_slope(np.zeros(2001))
    with pytest.raises(ValueError, match="runs"):
        sen_slope([1, 2], runs=10)

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from reach.errors import NotEstimableError
from reach.stats.over_time.cusum import drop_alarm, threshold_for

WELL = [(900 + 9 * (-1) ** day, 1000) for day in range(28)]


def run_length_by_markov_chain(h: float, k: float, states: int = 300) -> float:
    """Brook & Evans (1972), Biometrika 59, 539–549: mean first run length of unchanged days."""
    width = 2 * h / (2 * states - 1)
    heights = np.arange(states) * width
    steps = heights[None, :] - heights[:, None] + k
    moves = norm.cdf(steps + width / 2) - norm.cdf(steps - width / 2)
    moves[:, 0] = norm.cdf(steps[:, 0] + width / 2)
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[0])


def test_the_oracle_knows_the_published_run_lengths() -> None:
    # Montgomery (2013), Introduction to Statistical Quality Control, 7th ed.:
    # two-sided charts with k = 1/2 have 168 days for h = 4 and 465 for h = 5; one-sided twice.
    assert run_length_by_markov_chain(4, 0.5) == pytest.approx(2 * 168, rel=0.005)
    assert run_length_by_markov_chain(5, 0.5) == pytest.approx(2 * 465, rel=0.005)


@pytest.mark.parametrize(("run_length", "k"), [(100, 0.5), (336, 0.5), (200, 0.25)])
def test_the_simulated_threshold_has_the_run_length_asked_for(run_length: float, k: float) -> None:
    h = threshold_for(run_length, k)
    assert run_length_by_markov_chain(h, k) == pytest.approx(run_length, rel=0.08)


def test_the_threshold_rises_with_patience_ignorance_and_memory() -> None:
    usual = threshold_for(200)
    assert threshold_for(400) > usual
    assert threshold_for(200, allowance=1) < usual
    assert threshold_for(200, autocorrelation=0.3) > usual + 1
    assert threshold_for(200, baseline_days=14) > threshold_for(200, baseline_days=60) > usual
    assert threshold_for(200, baseline_days=2000) == pytest.approx(usual, abs=0.15)
    assert threshold_for(200) == usual, "the seed decides"
    assert threshold_for(200, seed=1) == pytest.approx(usual, abs=0.15)


def test_offices_with_their_own_baselines_have_the_false_alarms_they_asked_for() -> None:
    rng = np.random.default_rng(7)
    h = threshold_for(100, baseline_days=28)
    alarms = 0
    for _ in range(400):
        baseline, days = rng.standard_normal(28), rng.standard_normal(200)
        height = 0.0
        for z in (days - baseline.mean()) / baseline.std(ddof=1):
            height = max(0.0, height - z - 0.5)
            if height > h:
                alarms, height = alarms + 1, 0.0
    assert alarms == pytest.approx(400 * 200 / 100, rel=0.25)


def test_the_chart_by_hand() -> None:
    days = [(900, 1000), (880, 1000), (0, 0), (910, 1000), (860, 1000), (860, 1000), (860, 1000)]
    found = drop_alarm(WELL, days)
    r = 0.9
    sigma = max(1, math.sqrt(28 * (9 / math.sqrt(90)) ** 2 / 27))
    assert (found.baseline_rate, found.dispersion) == (r, sigma)
    assert found.baseline_days == 28
    height, path = 0.0, []
    for y, n in days:
        if n:
            height = max(0.0, height - (y - n * r) / math.sqrt(n * r * (1 - r)) / sigma - 0.5)
        path.append(height)
    assert found.path == pytest.approx(path)
    assert found.threshold == threshold_for(365, baseline_days=28)
    assert (found.alarm_on, found.began_on) == (5, 1)
    assert path[4] <= found.threshold < path[5]


def test_a_small_lasting_drop_is_found_and_no_drop_is_not() -> None:
    rng = np.random.default_rng(11)
    well = [(int(y), 1000) for y in rng.binomial(1000, 0.9, 60)]
    drop = [(int(y), 1000) for y in rng.binomial(1000, 0.888, 40)]  # 1.26 deviations of a day
    found = drop_alarm(well, drop)
    assert found.alarm_on is not None
    assert found.alarm_on < 20
    assert drop_alarm(well, [(900, 1000)] * 40).alarm_on is None
    assert drop_alarm(well, [(990, 1000)] * 40).path == (0.0,) * 40, "better is no drop"


def test_days_that_differ_more_than_their_messages_alarm_less() -> None:
    uneasy = [(900 + 40 * (-1) ** day, 1000) for day in range(28)]
    drop = [(880, 1000)] * 6
    assert drop_alarm(WELL, drop).alarm_on is not None
    found = drop_alarm(uneasy, drop)
    assert found.alarm_on is None
    assert found.dispersion == pytest.approx(math.sqrt(28 / 27) * 40 / math.sqrt(90))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=30))
def test_the_chart_is_a_finite_height_for_any_days(pairs: list[tuple[int, int]]) -> None:
    days = [(min(pair), max(pair)) for pair in pairs]
    found = drop_alarm(WELL, days, run_length=20, runs=100)
    assert len(found.path) == len(days)
    assert all(0 <= height < math.inf for height in found.path)
    crossed = [day for day, height in enumerate(found.path) if height > found.threshold]
    assert found.alarm_on == (crossed[0] if crossed else None)
    assert (found.began_on is None) == (found.alarm_on is None)


def test_a_baseline_that_tells_nothing_is_not_estimable() -> None:
    with pytest.raises(NotEstimableError, match="13 days with messages"):
        drop_alarm([*WELL[:13], (0, 0), (0, 0)], [(1, 2)])
    with pytest.raises(NotEstimableError, match="ended alike"):
        drop_alarm([(5, 5)] * 20, [(1, 2)])


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"run_length": 1}, "run_length"),
        ({"run_length": math.inf}, "run_length"),
        ({"allowance": 0}, "allowance"),
        ({"autocorrelation": 1}, "autocorrelation"),
        ({"runs": 99}, "runs"),
        ({"baseline_days": 13}, "baseline days"),
    ],
)
def test_it_refuses_what_no_chart_can_be(wrong: dict[str, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        threshold_for(**{"run_length": 100, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize("day", [(3, 2), (-1, 2)])
def test_it_refuses_impossible_counts(day: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"days\[1\]"):
        drop_alarm(WELL, [(1, 2), day])
    with pytest.raises(ValueError, match=r"baseline\[28\]"):
        drop_alarm([*WELL, day], [])

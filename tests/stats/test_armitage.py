import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import norm, t
from statsmodels.stats.contingency_tables import Table

from reach.errors import NotEstimableError
from reach.stats.gram import tally_vectors
from reach.stats.over_time.armitage import rate_trend

Y, N, SCORES = [1, 3, 5], [0, 2, 4], [1, 2, 3]


def alone(won: list[int], tried: list[int]) -> np.ndarray:
    """Recipient vectors of messages that all went to different persons."""
    rows = []
    for arm, (y, n) in enumerate(zip(won, tried, strict=True)):
        for success in [1] * y + [0] * (n - y):
            row = [0] * (2 * len(won))
            row[2 * arm : 2 * arm + 2] = [1, success]
            rows.append(row)
    return np.array(rows)


def axes(arms: int) -> tuple[list[int], list[int]]:
    return list(range(1, 2 * arms, 2)), list(range(0, 2 * arms, 2))


def test_the_published_trend() -> None:
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)), its help page (smoking in
    # four groups of patients, Fleiss 1981): X-squared = 8.2249, df = 1, p-value = 0.004132
    smokers, patients = [83, 90, 129, 70], [86, 93, 136, 82]
    found = rate_trend([tally_vectors(alone(smokers, patients))], *axes(4), [1, 2, 3, 4])
    total = sum(patients)
    assert found.statistic**2 * total / (total - 1) == pytest.approx(8.2249, abs=5e-5)
    assert found.statistic < 0
    classical = abs(found.statistic) * math.sqrt(total / (total - 1))
    assert 2 * norm.sf(classical) == pytest.approx(0.004132, abs=5e-7)
    assert found.p_value == pytest.approx(0.004132, abs=6e-4)  # Student's t
    assert found.design_effect == pytest.approx(1)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=5),
    st.lists(st.integers(-9, 9), min_size=5, max_size=5),
)
def test_with_one_message_each_it_is_the_classical_test(
    pairs: list[tuple[int, int]], scores: list[int]
) -> None:
    won, lost = [y for y, _ in pairs], [f for _, f in pairs]
    tried = [y + f for y, f in pairs]
    try:
        found = rate_trend([tally_vectors(alone(won, tried))], *axes(len(won)), scores[: len(won)])
    except (NotEstimableError, ValueError):
        return
    table = Table(np.column_stack([won, lost]), shift_zeros=False)
    oracle = table.test_ordinal_association(row_scores=np.array(scores[: len(won)]))
    # statsmodels gives the permutation variance, which has N − 1 for N, as κ does
    assert abs(found.statistic) == pytest.approx(abs(oracle.zscore), rel=1e-7, abs=1e-9)


def by_rows(people: np.ndarray) -> tuple[float, float]:
    """Slope and standard error from each person's residual, step by step."""
    n, y, x = people[:, 0::2], people[:, 1::2], np.array(SCORES, dtype=float)
    messages = n.sum()
    p = y.sum() / messages
    w = x - (n.sum(axis=0) * x).sum() / messages
    spread = (w**2 * n).sum()
    clustered = (((y - p * n) * w).sum(axis=1) ** 2).sum()
    single = (w**2 * (y * (1 - p) ** 2 + (n - y) * p**2)).sum()
    clusters = messages**2 / (n.sum(axis=1) ** 2).sum()
    kappa = clusters / (clusters - 1)
    variance = p * (1 - p) * spread * clustered / single * kappa
    return (w * y).sum() / spread, math.sqrt(variance) / spread


def people_of(seed: int, recipients: int = 60, slope: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    n = rng.integers(0, 4, (recipients, 3))
    ability = rng.beta(1.2, 0.8, (recipients, 1)) + slope * np.array([-1, 0, 1])
    y = rng.binomial(n, ability.clip(0, 1))
    return np.stack([n, y], axis=2).reshape(recipients, 6)


@pytest.mark.parametrize("seed", range(4))
def test_the_gram_matrix_gives_what_the_rows_give(seed: int) -> None:
    people = people_of(seed)
    found = rate_trend([tally_vectors(people[:20]), tally_vectors(people[20:])], Y, N, SCORES)
    slope, error = by_rows(people)
    assert found.slope == pytest.approx(slope)
    assert found.slope / found.statistic == pytest.approx(error)
    assert found.messages == people[:, 0::2].sum()
    n = people[:, 0::2]
    weight = (n * (np.array(SCORES) - n.sum(axis=0) @ SCORES / n.sum()) ** 2).sum(axis=1)
    assert found.effective_clusters == pytest.approx(weight.sum() ** 2 / (weight**2).sum())
    assert found.degrees_of_freedom == found.effective_clusters - 1
    tail = t.sf(abs(found.statistic), found.degrees_of_freedom)
    assert found.p_value == pytest.approx(2 * float(tail))
    half = float(t.ppf(0.975, found.degrees_of_freedom)) * error
    assert (found.low, found.high) == pytest.approx((slope - half, slope + half))


def test_weighted_least_squares_gives_the_slope() -> None:
    people = people_of(2, slope=0.1)
    n, y = people[:, 0::2].sum(axis=0), people[:, 1::2].sum(axis=0)
    fit = np.polyfit(SCORES, y / n, 1, w=np.sqrt(n))
    assert rate_trend([tally_vectors(people)], Y, N, SCORES).slope == pytest.approx(fit[0])


def test_whole_persons_that_succeed_or_fail_count_once() -> None:
    once = alone([12, 15, 22], [30, 30, 30])
    often = once * 7
    one, seven = (rate_trend([tally_vectors(rows)], Y, N, SCORES) for rows in (once, often))
    assert seven.slope == pytest.approx(one.slope)
    assert seven.statistic == pytest.approx(one.statistic)
    assert seven.design_effect == pytest.approx(7)
    assert seven.p_value == pytest.approx(one.p_value)


def test_it_keeps_its_level_where_the_classical_test_does_not() -> None:
    rng = np.random.default_rng(20_240_601)
    runs, recipients = 500, 60
    ours = classical = 0
    for _ in range(runs):
        arm = rng.integers(0, 3, recipients)
        sent = rng.integers(1, 8, recipients)
        won = rng.binomial(sent, rng.beta(0.6, 0.4, recipients))
        people = np.zeros((recipients, 6), dtype=int)
        people[np.arange(recipients), 2 * arm] = sent
        people[np.arange(recipients), 2 * arm + 1] = won
        found = rate_trend([tally_vectors(people)], Y, N, SCORES)
        ours += found.p_value <= 0.05
        classical += abs(found.statistic) * math.sqrt(found.design_effect) > 1.96
    assert ours / runs == pytest.approx(0.05, abs=0.03)
    assert classical / runs > 0.2


PEOPLE = hnp.arrays(np.int64, st.tuples(st.integers(2, 40), st.just(6)), elements=st.integers(0, 5))


@settings(deadline=None, max_examples=60)
@given(PEOPLE, st.floats(0.001, 0.5))
def test_interval_and_p_value_never_disagree(people: np.ndarray, alpha: float) -> None:
    people[:, 1::2] = np.minimum(people[:, 1::2], people[:, 0::2])
    try:
        found = rate_trend([tally_vectors(people)], Y, N, SCORES, alpha)
    except NotEstimableError:
        return
    assert all(math.isfinite(number) for number in (found.low, found.high, found.statistic))
    assert found.effective_clusters >= 10
    if abs(found.p_value - alpha) > 1e-9:
        assert (found.low > 0 or found.high < 0) == (found.p_value < alpha)


def test_the_unit_of_the_score_does_not_matter() -> None:
    stratum = tally_vectors(people_of(5))
    months, days = (rate_trend([stratum], Y, N, x) for x in ([1, 2, 3], [930.5, 961, 991.5]))
    assert days.p_value == pytest.approx(months.p_value)
    assert days.slope == pytest.approx(months.slope / 30.5)


@pytest.mark.parametrize(
    ("people", "scores", "why"),
    [
        ([[1, 1, 1, 1, 1, 1]] * 20, SCORES, "ended alike"),
        ([[0, 0, 0, 0, 0, 0]] * 20, SCORES, "ended alike"),
        ([[1, 1, 1, 0, 1, 0]] * 20, [2, 2, 2], "one score"),
        ([[1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]] * 20, SCORES, "one score"),
        ([[1, 1, 1, 0, 1, 0]] * 9, SCORES, r"9\.0 effective recipients"),
        ([[1, 1, 0, 0, 1, 0]] * 10 + [[90, 0, 0, 0, 90, 9]], SCORES, "effective recipients"),
        ([[2, 1, 2, 1, 2, 1]] * 20, SCORES, "nothing varies"),
    ],
)
def test_what_no_trend_can_be_told_from(
    people: list[list[int]], scores: list[int], why: str
) -> None:
    with pytest.raises(NotEstimableError, match=why):
        rate_trend([tally_vectors(people)], Y, N, scores)


def test_it_refuses_what_does_not_fit() -> None:
    stratum = tally_vectors(people_of(1))
    with pytest.raises(ValueError, match="two arms or more"):
        rate_trend([stratum], [1], [0], [1])
    with pytest.raises(ValueError, match="one each per arm"):
        rate_trend([stratum], Y, N, [1, 2])
    with pytest.raises(ValueError, match="finite"):
        rate_trend([stratum], Y, N, [1, 2, math.nan])
    with pytest.raises(ValueError, match="none of 6"):
        rate_trend([stratum], [1, 3, 6], N, SCORES)
    with pytest.raises(ValueError, match="expected 0 to all"):
        rate_trend([tally_vectors([[1, 2, 1, 0, 1, 0]] * 12)], Y, N, SCORES)
    with pytest.raises(ValueError, match="alpha"):
        rate_trend([stratum], Y, N, SCORES, alpha=1)

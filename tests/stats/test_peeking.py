import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.errors import NotEstimableError
from reach.stats.gram import tally_vectors
from reach.stats.over_time.peeking import anytime_interval, relative_lift
from reach.stats.ratio import covariance, ratio


def test_the_published_relative_lift() -> None:
    # gbstats, tests/frequentist/test_tests.py: proportions 1396/3000 and 2422/3461, relative,
    # sequential_tuning_parameter 5000.
    a, b = 1396 / 3000, 2422 / 3461
    lift, error = relative_lift(b, a, b * (1 - b) / 3461, a * (1 - a) / 3000)
    look = anytime_interval(lift, error, 3000 + 3461, 3000, narrowest_at=5000)
    assert look.estimate == pytest.approx(0.50386, abs=5e-6)
    assert (look.low, look.high) == pytest.approx((0.40098, 0.60675), abs=5e-6)


@pytest.mark.parametrize("n", [100, 1000, 50_000])
@pytest.mark.parametrize("contrasts", [1, 6])
def test_the_half_width_is_the_formula(n: int, contrasts: int) -> None:
    look = anytime_interval(0.2, 0.03, n, n, narrowest_at=800, alpha=0.1, contrasts=contrasts)
    alpha = 0.1 / contrasts
    rho2 = (-2 * math.log(alpha) + math.log(1 - 2 * math.log(alpha))) / 800
    s = math.sqrt(n) * 0.03
    half = s * math.sqrt(
        2 * (n * rho2 + 1) / (n**2 * rho2) * math.log(math.sqrt(n * rho2 + 1) / alpha)
    )
    assert look.high - look.estimate == pytest.approx(half)
    assert look.estimate - look.low == pytest.approx(half)
    assert look.level == 0.9


def test_it_is_tightest_about_where_it_was_asked_to_be() -> None:
    def surplus(n: int, tuned: float) -> float:
        look = anytime_interval(0, 1, n, n, narrowest_at=tuned)
        return look.high  # in standard errors

    assert surplus(5000, 5000) < min(surplus(5000, 1000), surplus(5000, 25_000))
    assert surplus(5000, 5000) > 1.96


@settings(max_examples=50, deadline=None)
@given(
    st.floats(-2, 2),
    st.floats(1e-3, 1),
    st.integers(100, 10**6),
    st.floats(1, 1e6),
    st.floats(0.001, 0.5),
    st.integers(1, 30),
)
def test_interval_and_p_value_never_disagree(
    estimate: float, error: float, n: int, tuned: float, alpha: float, contrasts: int
) -> None:
    look = anytime_interval(estimate, error, n, n, tuned, alpha, contrasts=contrasts)
    assert 0 <= look.p_value <= look.p_adjusted <= 1
    if abs(look.p_adjusted - alpha) > 1e-9:
        assert look.excludes_zero == (look.p_adjusted < alpha)


def looks(seed: int, runs: int, clusters: int) -> tuple[np.ndarray, ...]:
    """Recipients in order, alternately in A and B, with unequal numbers of alike messages.

    Returns a clustered difference of rates, truly 0, its standard error without κ, and the
    sums that make them, at every look.
    """
    rng = np.random.default_rng(seed)
    sent = rng.choice([1, 2, 6], (2, runs, clusters), p=[0.6, 0.3, 0.1])
    delivered = rng.binomial(sent, rng.beta(0.7, 0.3, sent.shape))
    n, y = sent.cumsum(axis=2), delivered.cumsum(axis=2)
    rate = y / n
    squares = (
        (delivered**2).cumsum(axis=2)
        - 2 * rate * (delivered * sent).cumsum(axis=2)
        + rate**2 * (sent**2).cumsum(axis=2)
    )
    error = np.sqrt((squares / n**2).sum(axis=0))
    return rate[1] - rate[0], error, sent, delivered


def test_it_covers_at_all_looks_together_where_a_fixed_interval_does_not() -> None:
    runs, clusters, alpha = 400, 1500, 0.1
    difference, error, sent, _ = looks(20_240_601, runs, clusters)
    effective = sent.cumsum(axis=2) ** 2 / (sent**2).cumsum(axis=2)
    open_to_look = effective.min(axis=0) >= 100
    assert open_to_look[:, -1].all()
    assert not open_to_look[:, 99].any()
    reach = np.array(
        [
            anytime_interval(0, 1, 2 * n, 2 * n, narrowest_at=1000, alpha=alpha).high
            if n >= 100
            else np.inf
            for n in range(1, clusters + 1)
        ]
    )
    distance = np.zeros_like(error)
    np.divide(np.abs(difference), error, out=distance, where=open_to_look)
    missed = (distance > reach).any(axis=1).mean()
    assert missed <= alpha + 3 * math.sqrt(alpha * (1 - alpha) / runs)
    assert missed > 0, "a sequence that never misses tests nothing"
    assert (distance > 1.6449).any(axis=1).mean() > 0.35  # each look as if it were the only one


def test_the_simulated_looks_are_what_reach_computes() -> None:
    difference, error, sent, delivered = looks(3, 2, 130)
    zero = np.zeros_like(sent[0, 1])
    first = np.column_stack([sent[0, 1], delivered[0, 1], zero, zero])
    second = np.column_stack([zero, zero, sent[1, 1], delivered[1, 1]])
    stratum = tally_vectors(np.concatenate([first, second]))
    a, b = (
        ratio([stratum], [0, 1, 0, 0], [1, 0, 0, 0]),
        ratio([stratum], [0, 0, 0, 1], [0, 0, 1, 0]),
    )
    assert b.estimate - a.estimate == pytest.approx(difference[1, -1])
    assert math.sqrt(a.variance_cr0 + b.variance_cr0) == pytest.approx(error[1, -1])
    assert covariance(a, b) == 0


def test_the_lift_of_arms_that_move_together_is_surer() -> None:
    apart = relative_lift(0.6, 0.5, 0.01, 0.01)
    together = relative_lift(0.6, 0.5, 0.01, 0.01, covariance=0.008)
    assert apart[0] == together[0] == pytest.approx(0.2)
    assert apart[1] == pytest.approx(math.sqrt(0.01 + 1.44 * 0.01) / 0.5)
    assert together[1] < apart[1]
    assert relative_lift(0.5, 0.5, 0.01, 0.01, covariance=0.01)[1] == pytest.approx(0, abs=1e-8)


def test_looks_that_are_too_early_are_not_estimable() -> None:
    with pytest.raises(NotEstimableError, match=r"too early to look: an arm has 99 effective"):
        anytime_interval(0.1, 0.02, 4000, 99.4, narrowest_at=1000)
    with pytest.raises(NotEstimableError, match="ended alike"):
        anytime_interval(0.0, 0.0, 4000, 1000, narrowest_at=1000)
    with pytest.raises(NotEstimableError, match="baseline's rate is 0"):
        relative_lift(0.1, 0.0, 0.01, 0.0)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"alpha": 0}, "alpha"),
        ({"alpha": 1}, "alpha"),
        ({"contrasts": 0}, "contrasts"),
        ({"estimate": math.nan}, "finite"),
        ({"standard_error": -1}, "finite"),
        ({"standard_error": math.inf}, "finite"),
        ({"narrowest_at": 0}, "narrowest_at"),
        ({"recipients": 0}, "recipients"),
        ({"effective_clusters": 0}, "effective_clusters"),
        ({"effective_clusters": 5001}, "effective_clusters"),
    ],
)
def test_it_refuses_what_no_look_can_be(wrong: dict[str, float], why: str) -> None:
    right = {
        "estimate": 0.1,
        "standard_error": 0.02,
        "recipients": 5000,
        "effective_clusters": 900,
        "narrowest_at": 2000,
        "alpha": 0.05,
    }
    with pytest.raises(ValueError, match=why):
        anytime_interval(**{**right, **wrong})  # type: ignore[arg-type]


def test_a_lift_of_impossible_rates_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        relative_lift(0.1, -0.1, 0.01, 0.01)
    with pytest.raises(ValueError, match="more than the variances allow"):
        relative_lift(0.1, 0.1, 0.01, 0.01, covariance=0.02)

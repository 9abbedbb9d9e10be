import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Gaussian
from statsmodels.genmod.generalized_estimating_equations import GEE

from reach.errors import NotEstimableError
from reach.stats.gram import pool, tally_vectors
from reach.stats.ratio import correlation, covariance, covariance_cr0, overlap, ratio

# Axes of the recipient vectors: A's messages and deliveries, then B's.
A = ([0, 1, 0, 0], [1, 0, 0, 0])
B = ([0, 0, 0, 1], [0, 0, 1, 0])


def clustered(seed: int, recipients: int = 25) -> np.ndarray:
    """Recipients of whom most are in both arms, with deliveries that go together."""
    rng = np.random.default_rng(seed)
    reachable = rng.beta(1, 1, recipients)
    sent = rng.integers(0, 6, (recipients, 2))
    delivered = rng.binomial(sent, reachable[:, None])
    return np.column_stack([sent[:, 0], delivered[:, 0], sent[:, 1], delivered[:, 1]])


def by_gee(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rates of both arms and their robust covariance from one row a message."""
    rows = [
        (delivered, arm == 0, arm == 1, recipient)
        for recipient, (n_a, y_a, n_b, y_b) in enumerate(vectors)
        for arm, n, y in ((0, n_a, y_a), (1, n_b, y_b))
        for delivered in [1] * y + [0] * (n - y)
    ]
    table = np.array(rows, dtype=float)
    model = GEE(
        table[:, 0],
        table[:, 1:3],
        groups=table[:, 3],
        cov_struct=Independence(),
        family=Gaussian(),
    )
    fit = model.fit()
    return np.asarray(fit.params), np.asarray(fit.cov_params())


@pytest.mark.parametrize("seed", range(5))
def test_variances_and_covariance_equal_robust_gee(seed: int) -> None:
    vectors = clustered(seed)
    a, b = (ratio([tally_vectors(vectors)], *arm) for arm in (A, B))
    rates, robust = by_gee(vectors)
    assert [a.estimate, b.estimate] == pytest.approx(rates, rel=1e-9)
    assert a.variance_cr0 == pytest.approx(robust[0, 0], rel=1e-9)
    assert b.variance_cr0 == pytest.approx(robust[1, 1], rel=1e-9)
    assert covariance_cr0(a, b) == pytest.approx(robust[0, 1], rel=1e-9)
    assert abs(robust[0, 1]) > 1e-4, "the arms have to share recipients for this to test anything"
    assert overlap(a, b)


def test_kappa_scales_variances_and_covariances() -> None:
    stratum = tally_vectors(clustered(7))
    a, b = ratio([stratum], *A), ratio([stratum], *B)
    assert a.kappa is not None
    assert b.kappa is not None
    assert a.kappa == pytest.approx(a.effective_clusters / (a.effective_clusters - 1))
    assert covariance(a, a) == pytest.approx(a.variance)
    assert covariance(a, b) == pytest.approx(math.sqrt(a.kappa * b.kappa) * covariance_cr0(a, b))
    assert -1 <= correlation(a, b) <= 1


def test_effective_clusters_by_hand() -> None:
    rate = ratio([tally_vectors([[2, 1], [1, 1], [1, 0]])], [0, 1], [1, 0])
    assert rate.effective_clusters == pytest.approx(16 / 6)
    assert (rate.numerator, rate.denominator) == (2, 4)
    assert rate.kappa == pytest.approx(1.6)
    # residuals 0, 1/2, −1/2; variance 1.6 · (1/2)/16 = .05
    assert rate.variance == pytest.approx(0.05)
    assert rate.effective_trials == 4  # .25/.05 · 4/3 is more than there are
    assert rate.deff == 1


def test_whole_clusters_that_succeed_or_fail_count_once() -> None:
    rate = ratio([tally_vectors([[5, 5]] * 30 + [[5, 0]] * 20)], [0, 1], [1, 0])
    assert rate.estimate == 0.6
    # .24/(.24/49) = 49, against the 249 of 250 independent messages
    assert rate.effective_trials == pytest.approx(49 * 250 / 249)
    assert rate.deff == pytest.approx(249 / 49)


@given(st.integers(2, 5000), st.floats(0, 1))
def test_one_message_each_counts_in_full(trials: int, share: float) -> None:
    successes = round(share * trials)
    gram = np.array([[trials, successes], [successes, successes]])
    stratum = tally_vectors(np.zeros((0, 2), dtype=int))
    rate = ratio([type(stratum)(gram[0], gram, trials)], [0, 1], [1, 0])
    assert rate.effective_trials == pytest.approx(trials)
    assert rate.effective_clusters == pytest.approx(trials)


@pytest.mark.parametrize("delivered", [0, 1])
def test_at_0_and_1_the_effective_clusters_are_the_trials(delivered: int) -> None:
    vectors = np.array([[4, 4], [2, 2], [1, 1]]) * [1, delivered]
    rate = ratio([tally_vectors(vectors)], [0, 1], [1, 0])
    assert rate.estimate == delivered
    assert rate.variance == 0
    assert rate.effective_trials == rate.effective_clusters == pytest.approx(49 / 21)


def test_a_variance_of_zero_is_zero_however_large_the_counts() -> None:
    vectors = np.array([[3, 1], [30, 10], [30_000_000, 10_000_000]])
    rate = ratio([tally_vectors(vectors)], [0, 1], [1, 0])
    assert rate.variance == 0
    assert rate.effective_trials == pytest.approx(30_000_033)


def test_one_recipient_has_a_rate_and_no_variance() -> None:
    rate = ratio([tally_vectors([[4, 1], [0, 0]])], [0, 1], [1, 0])
    assert (rate.estimate, rate.effective_clusters) == (0.25, 1)
    assert rate.variance is rate.effective_trials is rate.deff is rate.kappa is None
    with pytest.raises(NotEstimableError, match="one recipient only"):
        covariance(rate, rate)


def test_a_bound_above_1_is_capped_when_asked() -> None:
    stratum = tally_vectors([[1, 2], [2, 2], [1, 3]])
    free = ratio([stratum], [0, 1], [1, 0])
    assert free.estimate == 7 / 4
    assert free.effective_trials is None
    assert free.variance is not None
    capped = ratio([stratum], [0, 1], [1, 0], at_most_one=True)
    assert (capped.estimate, capped.variance, capped.capped) == (1, 0, True)
    assert capped.effective_trials == capped.effective_clusters
    assert covariance(capped, free) == correlation(capped, free) == 0
    below = ratio([stratum], [1, 0], [0, 1], at_most_one=True)
    assert (below.estimate, below.capped) == (4 / 7, False)


def test_weights_may_be_fractions() -> None:
    vectors = clustered(3)
    half = ratio([tally_vectors(vectors)], [0, 0.5, 0, 0], [1, 0, 0, 0])
    whole = ratio([tally_vectors(vectors)], *A)
    assert half.estimate == pytest.approx(whole.estimate / 2)
    assert half.variance_cr0 == pytest.approx(whole.variance_cr0 / 4)


COUNTS = hnp.arrays(np.int64, st.tuples(st.integers(2, 8), st.just(4)), elements=st.integers(0, 9))


@settings(max_examples=50)
@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_a_crude_rate_of_strata_is_the_rate_of_all(groups: list[np.ndarray]) -> None:
    vectors = np.concatenate(groups)
    vectors[0, 0] += 1
    groups[0] = vectors[: len(groups[0])]
    strata = [tally_vectors(group) for group in groups]
    crude = ratio(strata, *A)
    assert crude == ratio([tally_vectors(vectors)], *A)
    assert crude == ratio([pool(strata)], *A, weights=[0.3])


def test_nothing_to_divide_by_is_not_estimable() -> None:
    full, empty = tally_vectors([[1, 1], [1, 0]]), tally_vectors([[0, 0]])
    with pytest.raises(NotEstimableError, match="denominator of the rate is 0"):
        ratio([empty], [0, 1], [1, 0])
    with pytest.raises(NotEstimableError, match="in stratum 2"):
        ratio([full, full, empty], [0, 1], [1, 0], weights=[1, 1, 1])
    assert ratio([full, full, empty], [0, 1], [1, 0], weights=[1, 1, 0]).estimate == 0.5


def test_it_refuses_weights_that_do_not_fit() -> None:
    stratum = tally_vectors([[1, 1], [1, 0]])
    with pytest.raises(ValueError, match="1 weights for 2 strata"):
        ratio([stratum, stratum], [0, 1], [1, 0], weights=[1])
    with pytest.raises(ValueError, match="not all 0"):
        ratio([stratum], [0, 1], [1, 0], weights=[0])
    with pytest.raises(ValueError, match="0 or more"):
        ratio([stratum, stratum], [0, 1], [1, 0], weights=[2, -1])
    with pytest.raises(ValueError, match="for 2 axes"):
        ratio([stratum], [0, 1, 0], [1, 0, 0])
    other = ratio([tally_vectors([[1, 1], [2, 0]])], [0, 1], [1, 0])
    with pytest.raises(ValueError, match="different strata"):
        covariance(ratio([stratum], [0, 1], [1, 0]), other)

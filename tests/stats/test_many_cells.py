import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy.stats import beta, betabinom

from reach.errors import NotEstimableError
from reach.stats.counts.beta_binomial import BetaBinomial, fit_beta_binomial
from reach.stats.counts.many_cells import many_cells

# Rats with tumours in 71 control groups: Tarone 1982; Gelman et al. 2013, table 5.1.
TUMOURS = [
    *[0] * 14, *[1] * 8, *[2] * 9, 1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10, *[4] * 7, 10, 4, 4, 4, 5,
    11, 12, 5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9, 4,
]  # fmt: skip
RATS = [
    *[20] * 7, *[19] * 4, 18, 18, 17, *[20] * 4, 19, 19, 18, 18, 25, 24, 23, *[20] * 6, 10, 49, 19,
    46, 27, 17, 49, 47, 20, 20, 13, 48, 50, *[20] * 7, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19,
    22, 20, 20, 20, 52, 46, 47, 24, 14,
]  # fmt: skip
# Hits of 18 players in 45 at bats, and their averages over the rest of the season 1970: Efron &
# Morris 1975, JASA 70, 311–319.
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
SEASON = [
    0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269, 0.230, 0.264, 0.256, 0.303,
    0.264, 0.226, 0.285, 0.316, 0.200,
]  # fmt: skip
ROW = np.arange(40)
MADE_N = 3 + (7 * ROW) % 23
MADE_Y = np.minimum(MADE_N, ((5 * ROW**2 + 3 * ROW) % 11) * MADE_N // 14)


def fitted(successes: object, trials: object) -> BetaBinomial:
    (fit,) = fit_beta_binomial(np.array([successes]), np.array(trials))
    return fit


def log_likelihood(y: object, n: object, a: float, b: float) -> float:
    return float(betabinom.logpmf(y, n, a, b).sum())


@pytest.mark.parametrize(
    ("successes", "trials", "mean", "precision", "log_lik"),
    [
        # R 4.2.2: optim(c(qlogis(sum(y)/sum(n)), 2), function(p) { m <- plogis(p[1]);
        #   s <- exp(p[2]); -sum(lchoose(n,y) + lbeta(y+m*s, n-y+(1-m)*s) - lbeta(m*s, (1-m)*s)) },
        #   method="BFGS", control=list(reltol=1e-16, maxit=1000)): a 2.34161, b 14.11481
        (TUMOURS, RATS, 0.1422918447, 16.45642316, -156.5689298832),
        (HITS, [45] * 18, 0.2654324982, 793.23380946, -45.3438962551),
        # n <- 3+(7*i)%%23; y <- pmin(n, (((5*i*i+3*i)%%11)*n)%/%14), i from 0 to 39
        (MADE_Y, MADE_N, 0.2645591504, 3.63012095, -90.7612587066),
    ],
)
def test_the_fit_equals_r(
    successes: list[int], trials: list[int], mean: float, precision: float, log_lik: float
) -> None:
    fit = fitted(successes, trials)
    assert fit.mean == pytest.approx(mean, rel=1e-6)
    assert fit.precision == pytest.approx(precision, rel=1e-5)
    assert log_likelihood(successes, trials, fit.a, fit.b) == pytest.approx(log_lik, abs=1e-8)
    assert not fit.at_boundary
    # moments of 70 earlier groups as published: .136 and .103
    assert sum(TUMOURS) == 267
    assert round(float(np.std(np.divide(TUMOURS, RATS)[:-1], ddof=1)), 3) == 0.103


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32), st.integers(5, 30), st.sampled_from([0.3, 2.0, 40.0, 1e5]))
def test_no_other_parameters_are_likelier(seed: int, cells: int, precision: float) -> None:
    """Against scipy's beta-binomial under a general optimiser, from several starts."""
    chance = np.random.default_rng(seed)
    n = chance.integers(1, 30, cells)
    y = chance.binomial(n, chance.beta(0.3 * precision, 0.7 * precision, cells))
    fit = fitted(y, n)
    if not 0 < y.sum() < n.sum():
        assert fit.at_boundary
        return
    constant = log_likelihood(y, n, 1, 1) - own_log_likelihood(y, n, 0.5, 2.0)

    def minus(at: np.ndarray) -> float:
        m, s = 1 / (1 + math.exp(-at[0])), math.exp(at[1])
        return -log_likelihood(y, n, m * s, (1 - m) * s)

    for start in (-2, 1, 4):
        found = optimize.minimize(
            minus, [0, start], method="Nelder-Mead", bounds=[(-12, 12), (-9, 9)]
        )
        assert fit.log_likelihood + constant >= -found.fun - 1e-6


def own_log_likelihood(y: np.ndarray, n: np.ndarray, mean: float, s: float) -> float:
    """The same by its definition as a chain of draws from an urn, one trial after another."""
    value = 0.0
    for won, tried in zip(y.tolist(), n.tolist(), strict=True):
        value += sum(math.log(mean * s + j) for j in range(won))
        value += sum(math.log((1 - mean) * s + j) for j in range(tried - won))
        value -= sum(math.log(s + j) for j in range(tried))
    return value


def test_its_log_likelihood_is_that_of_the_urn() -> None:
    fit = fitted(MADE_Y, MADE_N)
    ours = own_log_likelihood(MADE_Y, MADE_N, fit.mean, fit.precision)
    assert fit.log_likelihood == pytest.approx(ours, abs=1e-9)


def test_many_data_sets_at_once_are_each_by_itself() -> None:
    chance = np.random.default_rng(5)
    n = chance.integers(1, 40, 12)
    y = chance.binomial(n, chance.beta(2, 5, (30, 12)))
    y[3], y[7] = 0, n
    for together, row in zip(fit_beta_binomial(y, n), y, strict=True):
        alone = fitted(row, n)
        assert together.at_boundary == alone.at_boundary
        # near its top the likelihood is flat: parameters agree to half the digits
        assert together.rho == pytest.approx(alone.rho, rel=1e-5, abs=1e-9)
        assert together.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-10)


def test_it_finds_the_parameters_that_made_the_cells() -> None:
    chance = np.random.default_rng(1)
    n = chance.integers(5, 40, 4000)
    fit = fitted(chance.binomial(n, chance.beta(2, 6, 4000)), n)
    assert (fit.a, fit.b) == (pytest.approx(2, rel=0.1), pytest.approx(6, rel=0.1))


def test_shrunken_averages_foretell_the_season() -> None:
    """Efron & Morris: squared errors .077 raw and .022 shrunken; theirs is James-Stein's."""
    found = many_cells(HITS, [45] * 18, seed=1)
    raw = sum((each.raw - p) ** 2 for each, p in zip(found.cells, SEASON, strict=True))
    shrunken = sum((each.estimate - p) ** 2 for each, p in zip(found.cells, SEASON, strict=True))
    assert raw == pytest.approx(0.0753, abs=5e-5)
    assert shrunken == pytest.approx(0.0228, abs=5e-5)
    assert found.at_boundary > 0.3  # these players hardly differ, and the result says so


def test_a_cell_by_hand() -> None:
    found = many_cells(TUMOURS, RATS, seed=1)
    last = found.cells[-1]
    assert (last.successes, last.trials, last.raw) == (4, 14, 4 / 14)
    assert last.estimate == pytest.approx((4 + 2.34161481) / (14 + 16.45642316), rel=1e-6)
    assert last.own_weight == pytest.approx(14 / 30.45642316, rel=1e-6)
    assert last.own_weight * last.raw + (1 - last.own_weight) * found.mean == pytest.approx(
        last.estimate
    )


def widths(successes: list[int], trials: list[int]) -> tuple[float, float]:
    """Mean width of our intervals, and of those that take a and b for known."""
    found = many_cells(successes, trials, seed=1)
    a, b = found.mean * found.precision, (1 - found.mean) * found.precision
    posterior = beta(np.array(successes) + a, np.subtract(trials, successes) + b)
    ours = [each.high - each.low for each in found.cells]
    return float(np.mean(ours)), float(np.mean(posterior.ppf(0.975) - posterior.ppf(0.025)))


def test_not_knowing_the_parameters_widens_intervals_where_cells_tell_little_of_them() -> None:
    ours, plain = widths(HITS, [45] * 18)
    assert ours > 1.5 * plain
    ours, plain = widths(TUMOURS, RATS)  # 71 cells tell a and b well
    assert ours == pytest.approx(plain, rel=0.05)


def test_neither_order_nor_repetition_changes_anything() -> None:
    one = many_cells(TUMOURS, RATS, seed=4, resamples=40)
    assert many_cells(TUMOURS, RATS, seed=4, resamples=40) == one
    order = np.random.default_rng(0).permutation(71)
    other = many_cells([TUMOURS[k] for k in order], [RATS[k] for k in order], seed=4, resamples=40)
    assert [one.cells[k] for k in order] == list(other.cells)
    assert many_cells(TUMOURS, RATS, seed=5, resamples=40).cells != one.cells


def test_intervals_hold_on_average_over_the_cells() -> None:
    """15 sets of 30 cells: 450 intervals, of which 95 % is 427 ± 5."""
    chance = np.random.default_rng(2)
    covered = []
    for seed in range(15):
        n, p = chance.integers(5, 30, 30), chance.beta(2, 8, 30)
        found = many_cells(chance.binomial(n, p), n, seed=seed, resamples=25)
        covered += [each.low <= q <= each.high for each, q in zip(found.cells, p, strict=True)]
    assert 0.91 < np.mean(covered) < 0.99


def test_the_result_says_what_it_is_not_for() -> None:
    found = many_cells(MADE_Y.tolist(), MADE_N.tolist(), seed=0, resamples=20)
    assert "never feeds a verdict" in found.stands_for
    assert "on average over the cells" in found.stands_for
    assert (found.level, found.resamples, found.seed) == (0.95, 20, 0)


@pytest.mark.parametrize(
    ("successes", "trials", "why"),
    [
        ([], [], "0 cells are too few"),
        ([1, 2, 3, 4], [9, 9, 9, 9], "4 cells are too few"),
        ([3, 3, 3, 3, 3], [9, 9, 9, 9, 9], "no more than chance"),
        ([0, 1, 1, 0, 1, 1], [1, 1, 1, 1, 1, 1], "no more than chance"),
        ([0, 9, 0, 0, 8], [9, 9, 7, 9, 8], "all or nothing"),
        ([0, 0, 0, 0, 0], [9, 9, 9, 9, 9], "one outcome"),
        ([9, 9, 9, 9, 1], [9, 9, 9, 9, 1], "one outcome"),
    ],
)
def test_what_is_not_estimable_says_why(successes: list[int], trials: list[int], why: str) -> None:
    with pytest.raises(NotEstimableError, match=why):
        many_cells(successes, trials, seed=0)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=5, max_size=12),
    st.sampled_from([0.5, 0.95, 1 - 1e-9]),
)
def test_it_gives_numbers_around_each_estimate_or_says_why_not(
    cells: list[tuple[int, int]], level: float
) -> None:
    successes = [min(y, n) for y, n in cells]
    try:
        found = many_cells(successes, [n for _, n in cells], seed=0, level=level, resamples=20)
    except NotEstimableError:
        return
    for each in found.cells:
        assert 0 <= each.low <= each.estimate <= each.high <= 1
        assert each.low < each.high
        assert min(each.raw, found.mean) - 1e-9 <= each.estimate <= max(each.raw, found.mean) + 1e-9


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"successes": [1] * 5}, "pairs"),
        ({"successes": [0.5] * 6}, "whole numbers"),
        ({"successes": [-1] * 6}, "out of range"),
        ({"trials": [1] * 6}, "out of range"),
        ({"successes": [0] * 6, "trials": [0] * 6}, "out of range"),
        ({"trials": [9, 9, 9, 9, 9, 10_001]}, "its own rate needs no others"),
        ({"level": 0}, "level 0"),
        ({"seed": -1}, "seed is -1"),
        ({"resamples": 19}, "resamples 19"),
    ],
)
def test_it_refuses_what_no_caller_may_pass(wrong: dict[str, object], why: str) -> None:
    right = {"successes": [2, 5, 3, 9, 2, 2], "trials": [9] * 6, "seed": 0}
    with pytest.raises(ValueError, match=why):
        many_cells(**{**right, **wrong})  # type: ignore[arg-type]

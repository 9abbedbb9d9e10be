import math
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reach.errors import NotEstimableError
from reach.stats.estimated.input_distributions import (
    Beta,
    Distribution,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)
from reach.stats.estimated.monte_carlo import MonteCarloEstimate, monte_carlo

U = np.linspace(0.001, 0.999, 999)


@pytest.mark.parametrize(
    ("ours", "scipys"),
    [
        (Normal(3, 2), stats.norm(3, 2)),
        (Lognormal(100, 180), stats.lognorm(math.log(1.8) / stats.norm.ppf(0.975), scale=100)),
        (Beta(0.3, 10), stats.beta(3, 7)),
        (Beta.from_counts(0, 20), stats.beta(0.5, 20.5)),  # Jeffreys
        (Triangular(-1, 2, 3), stats.triang(0.75, -1, 4)),
        (Triangular(2, 2, 3), stats.triang(0, 2, 1)),
        (Triangular(2, 3, 3), stats.triang(1, 2, 1)),
        (Uniform(-2, 5), stats.uniform(-2, 7)),
    ],
)
def test_inputs_equal_scipys_distributions(ours: Distribution, scipys: stats.rv_continuous) -> None:
    assert ours.at(U) == pytest.approx(scipys.ppf(U), rel=1e-9, abs=1e-12)


def test_a_lognormal_by_its_range() -> None:
    by_range = Lognormal.from_range(50, 200)
    assert (by_range.median, by_range.lower) == pytest.approx((100, 50))
    assert by_range.at(np.array([0.025, 0.975])) == pytest.approx([50, 200])


def shares(found: MonteCarloEstimate) -> dict[str, float]:
    return {each.name: each.share for each in found.shares}


def assert_shares(found: MonteCarloEstimate, expected: dict[str, float]) -> None:
    """Within four Monte Carlo standard errors, and those are small."""
    for each in found.shares:
        assert each.standard_error < 0.02
        assert abs(each.share - expected[each.name]) <= 4 * each.standard_error + 1e-12


def test_a_sum_of_normals() -> None:
    inputs = {"a": Normal(10, 1), "b": Normal(20, 2), "c": Normal(-5, 3), "d": Fixed(7)}
    found = monte_carlo(lambda a, b, c, d: a + b + c + d, inputs, seed=3, draws=50_000)
    sd = math.sqrt(14)
    assert found.mean_error == pytest.approx(sd / math.sqrt(100_000), rel=0.02)
    assert abs(found.mean - 32) < 4 * found.mean_error
    assert found.median == pytest.approx(32, abs=0.05)
    assert (found.low, found.high) == pytest.approx((32 - 1.96 * sd, 32 + 1.96 * sd), abs=0.1)
    assert_shares(found, {"a": 1 / 14, "b": 4 / 14, "c": 9 / 14, "d": 0})
    for each in found.shares:
        assert each.total == pytest.approx(each.share, abs=0.03)
    assert shares(found)["d"] == 0


def test_a_product_of_lognormals() -> None:
    """Log of the product is normal; S_i = (e^σ_i² − 1)/(e^Σσ² − 1)."""
    inputs = {"reach": Lognormal(1000, 1500), "twice": Lognormal(0.5, 0.9)}
    found = monte_carlo(lambda reach, twice: reach * twice, inputs, seed=5, draws=50_000)
    sigmas = {name: each.sigma for name, each in inputs.items()}
    whole = sum(sigma**2 for sigma in sigmas.values())
    far = math.exp(1.959964 * math.sqrt(whole))
    assert (found.low, found.median, found.high) == pytest.approx(
        (500 / far, 500, 500 * far), rel=0.02
    )
    assert found.mean == pytest.approx(500 * math.exp(whole / 2), abs=4 * found.mean_error)
    variance = math.expm1(whole)
    expected = {name: math.expm1(sigma**2) / variance for name, sigma in sigmas.items()}
    assert_shares(found, expected)
    assert sum(expected.values()) < 1
    # the total of two inputs is 1 less the other's first-order share
    totals = {each.name: each.total for each in found.shares}
    assert totals["reach"] == pytest.approx(1 - expected["twice"], abs=0.03)


def ishigami(x1: np.ndarray, x2: np.ndarray, x3: np.ndarray) -> np.ndarray:
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def test_ishigami() -> None:
    # Ishigami & Homma 1990; Saltelli et al. 2008, Global Sensitivity Analysis: S = .3139, .4424,
    # 0; totals .5576, .4424, .2437; mean a/2 = 3.5
    inputs = dict.fromkeys(["x1", "x2", "x3"], Uniform(-math.pi, math.pi))
    found = monte_carlo(ishigami, inputs, seed=11, draws=50_000)
    assert_shares(found, {"x1": 0.3139, "x2": 0.4424, "x3": 0})
    assert [each.total for each in found.shares] == pytest.approx(
        [0.5576, 0.4424, 0.2437], abs=0.01
    )
    assert found.mean == pytest.approx(3.5, abs=4 * found.mean_error)


def test_the_standard_error_of_a_share_is_its_spread_over_seeds() -> None:
    inputs = dict.fromkeys(["x1", "x2", "x3"], Uniform(-math.pi, math.pi))
    runs = [monte_carlo(ishigami, inputs, seed=seed, draws=1_000) for seed in range(60)]
    seen = np.std([run.shares[1].share for run in runs], ddof=1)
    assert runs[0].shares[1].standard_error == pytest.approx(seen, rel=0.35)


def test_neither_order_nor_company_of_the_inputs_changes_their_draws() -> None:
    inputs = {"a": Normal(1, 1), "b": Beta(0.2, 9), "c": Triangular(0, 1, 5)}
    turned = dict(reversed(inputs.items()))

    def formula(**values: np.ndarray) -> np.ndarray:
        return values["a"] * values["b"] + values["c"]

    one, other = (monte_carlo(formula, each, seed=2, draws=500) for each in (inputs, turned))
    assert one == other
    more = monte_carlo(formula, {**inputs, "aa": Normal(0, 9)}, seed=2, draws=500)
    assert (more.low, more.median, more.high) == (one.low, one.median, one.high)
    assert shares(more) == {**shares(one), "aa": 0}
    assert monte_carlo(formula, inputs, seed=3, draws=500) != one


def test_two_inputs_alike_are_drawn_apart() -> None:
    found = monte_carlo(lambda a, b: a - b, {"a": Normal(0, 1), "b": Normal(0, 1)}, seed=0)
    assert found.high == pytest.approx(1.96 * math.sqrt(2), abs=0.06)


def test_the_result_says_what_it_does_not_cover() -> None:
    found = monte_carlo(lambda a: a, {"a": Uniform(0, 1)}, seed=0, draws=100)
    assert "covers no bias" in found.covers
    assert (found.draws, found.seed, found.level) == (200, 0, 0.95)
    assert "Saltelli" in found.method


@pytest.mark.parametrize("formula", [lambda a, b: a + b, lambda a, b: 3, lambda a, b: b > 1])  # noqa: ARG005
def test_a_result_without_doubt_has_no_shares(formula: Callable[..., np.ndarray]) -> None:
    found = monte_carlo(formula, {"a": Fixed(1), "b": Fixed(2)}, seed=0)
    assert found.low == found.median == found.mean == found.high
    assert (found.shares, found.mean_error) == ((), 0)


def test_a_formula_that_changes_its_arguments_changes_nothing_else() -> None:
    def greedy(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        a += b
        return a

    inputs = {"a": Normal(0, 1), "b": Normal(0, 1)}
    polite = monte_carlo(lambda a, b: a + b, inputs, seed=0)
    assert monte_carlo(greedy, inputs, seed=0) == polite


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1.0, 1e150, 1e307])
def test_results_of_any_size(size: float) -> None:
    found = monte_carlo(
        lambda a, b: size * (a + b), {"a": Uniform(0, 1), "b": Uniform(3, 5)}, seed=0
    )
    assert found.low < found.mean < found.high < math.inf
    assert shares(found) == pytest.approx({"a": 0.2, "b": 0.8}, abs=0.05)


@given(
    st.floats(allow_nan=False), st.floats(min_value=0, allow_infinity=False), st.integers(0, 2**70)
)
def test_it_gives_numbers_or_says_why_not(mean: float, sd: float, seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            inputs = {"a": Normal(mean, sd), "b": Beta(0.5, sd)}
            found = monte_carlo(lambda a, b: a * a - b / a, inputs, seed=seed, draws=100)
        except ValueError:  # NotEstimableError is one
            return
    assert found.low <= found.median <= found.high
    for each in found.shares:
        assert 0 <= each.share <= 1
        assert math.isfinite(each.standard_error + each.total)


def test_a_formula_without_a_result() -> None:
    inputs = {"cost": Uniform(1, 2), "reached": Triangular(-1, 0, 1)}
    with pytest.raises(NotEstimableError, match="no finite result for"):
        monte_carlo(lambda cost, reached: np.log(reached) / cost, inputs, seed=0)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"inputs": {}}, "no inputs"),
        ({"seed": -1}, "seed is -1"),
        ({"draws": 99}, "draws 99"),
        ({"level": 1}, "level 1"),
        ({"formula": lambda a: a[:3]}, r"shape \(3,\)"),
        ({"formula": lambda a: a * 1j}, "complex"),
    ],
)
def test_it_refuses_what_no_caller_may_pass(wrong: dict[str, object], why: str) -> None:
    right = {"formula": lambda a: a, "inputs": {"a": Uniform(0, 1)}, "seed": 0, "draws": 100}
    with pytest.raises(ValueError, match=why):
        monte_carlo(**{**right, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Normal(0, 0), lambda: Normal(math.nan, 1), lambda: Lognormal(2, 1),
        lambda: Lognormal(0, 1), lambda: Lognormal.from_range(3, 3), lambda: Beta(1, 5),
        lambda: Beta(0.5, 0), lambda: Beta.from_counts(3, 2), lambda: Triangular(0, 3, 2),
        lambda: Triangular(1, 1, 1), lambda: Uniform(1, 1), lambda: Fixed(math.inf),
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_distribution(make: Callable[[], Distribution]) -> None:
    with pytest.raises(ValueError, match="expected"):
        make()

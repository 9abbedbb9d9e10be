"""Rates from sums and products are those of a model fitted to one row a message."""

import numpy as np
import pytest
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Gaussian
from statsmodels.genmod.generalized_estimating_equations import GEE

from reach.stats.gram import GramStratum, tally_vectors
from reach.stats.ratio import Ratio, covariance, covariance_cr0, ratio

ARMS, STRATA, PERSONS = 4, 3, 60
CLOSE = 1e-8

Rows = tuple[np.ndarray, np.ndarray, np.ndarray]


def rows_of(seed: int) -> Rows:
    """Person, arm and outcome of each message; a person's outcomes go together, in every arm."""
    chance = np.random.default_rng(seed)
    person = np.sort(np.concatenate([np.arange(PERSONS), chance.integers(0, PERSONS, 500)]))
    arm = np.concatenate([np.arange(ARMS).repeat(2), chance.integers(0, ARMS, len(person))])[
        : len(person)
    ]
    return (
        person,
        arm,
        (chance.random(len(person)) < chance.beta(2, 1, PERSONS)[person]).astype(int),
    )


def tally(rows: Rows) -> GramStratum:
    """Axes: messages of each arm, then successes of each arm."""
    person, arm, outcome = rows
    vectors = np.zeros((PERSONS, 2 * ARMS), dtype=np.int64)
    np.add.at(vectors, (person, arm), 1)
    np.add.at(vectors, (person, ARMS + arm), outcome)
    return tally_vectors(vectors)


def ratios(strata: list[GramStratum], weights: list[float] | None) -> list[Ratio]:
    unit = np.eye(2 * ARMS, dtype=np.int64)
    return [ratio(strata, unit[ARMS + arm], unit[arm], weights) for arm in range(ARMS)]


def gee(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    person, arm, outcome = rows
    model = GEE(outcome, np.eye(ARMS)[arm], person, family=Gaussian(), cov_struct=Independence())
    fit = model.fit(cov_type="robust")
    return np.asarray(fit.params), np.asarray(fit.cov_robust)


@pytest.mark.parametrize("seed", range(3))
def test_all_rates_and_covariances_of_one_group(seed: int) -> None:
    rows = rows_of(seed)
    found = ratios([tally(rows)], None)
    rates, robust = gee(rows)
    assert [each.estimate for each in found] == pytest.approx(rates, rel=CLOSE)
    ours = [[covariance_cr0(one, other) for other in found] for one in found]
    assert np.allclose(
        ours, robust, rtol=CLOSE, atol=CLOSE * robust.min(initial=1, where=robust > 0)
    )


@pytest.mark.parametrize("seed", range(3))
def test_all_rates_and_covariances_standardised(seed: int) -> None:
    """Strata share no person: a model of all arms in all strata is a model of each."""
    by_stratum = [rows_of(10 * seed + stratum) for stratum in range(STRATA)]
    weights = np.array([0.5, 0.3, 0.2])
    found = ratios([tally(rows) for rows in by_stratum], weights.tolist())
    fits = [gee(rows) for rows in by_stratum]
    rates = sum(weight * fit[0] for weight, fit in zip(weights, fits, strict=True))
    robust = sum(weight**2 * fit[1] for weight, fit in zip(weights, fits, strict=True))
    assert [each.estimate for each in found] == pytest.approx(rates, rel=CLOSE)
    ours = np.array([[covariance_cr0(one, other) for other in found] for one in found])
    assert np.allclose(ours, robust, rtol=CLOSE, atol=0)


def test_our_small_sample_factor_comes_on_top_of_it() -> None:
    rows = rows_of(7)
    _, robust = gee(rows)
    for arm, found in enumerate(ratios([tally(rows)], None)):
        clusters = found.effective_clusters
        assert covariance(found, found) == pytest.approx(
            robust[arm, arm] * clusters / (clusters - 1), rel=CLOSE
        )

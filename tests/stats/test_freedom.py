"""How well a variance is known: bounds, the beta distribution behind it, and a simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from reach.stats.freedom import degrees_of_freedom
from reach.stats.gram import tally_vectors
from reach.stats.ratio import ratio

rates = st.floats(0, 1)
sizes = st.floats(1.001, 1e9)


@given(rates, sizes, st.floats(1, 1e4), st.floats(0.001, 1))
def test_never_more_than_of_normal_recipients_and_never_less_than_one(
    rate: float, clusters: float, each: float, effective: float
) -> None:
    trials = clusters * each
    nu = degrees_of_freedom(rate, max(clusters, trials * effective), trials, clusters)
    assert min(1, clusters - 1) <= nu <= clusters - 1


@given(rates, st.integers(2, 10**6))
def test_one_message_each_leaves_nothing_to_learn(rate: float, people: int) -> None:
    assert degrees_of_freedom(rate, people, people, people) == people - 1


@given(st.floats(0.001, 0.999), st.floats(2, 1000), st.floats(1, 50))
def test_both_ends_of_the_scale_are_alike(rate: float, clusters: float, each: float) -> None:
    trials = 50 * clusters
    nu = degrees_of_freedom(rate, clusters * each, trials, clusters)
    assert nu == pytest.approx(degrees_of_freedom(1 - rate, clusters * each, trials, clusters))


@pytest.mark.parametrize(("rate", "alike"), [(0.95, 0.2), (0.1, 0.5), (0.3, 0.05)])
def test_heaviness_is_that_of_the_beta_distribution(rate: float, alike: float) -> None:
    clusters, trials = 1000.0, 1e12  # so many trials that none of them is the first of a person
    effective = clusters / alike
    centre = (rate * effective + 2) / (effective + 4)
    strength = 1 / alike - 1
    kurtosis = beta.stats(centre * strength, (1 - centre) * strength, moments="k")
    expected = (clusters - 1) / (1 + max(0, kurtosis) / 2)
    assert degrees_of_freedom(rate, effective, trials, clusters) == pytest.approx(expected)


def test_it_says_how_much_estimated_variances_vary() -> None:
    """2·V²/Var(V̂) over many samples of persons, 200 with 40 messages each, rate .1."""
    rng = np.random.default_rng(20260105)
    found, told = [], []
    for _ in range(2000):
        delivered = rng.binomial(40, rng.beta(0.4, 3.6, 200))
        rate = ratio([tally_vectors(np.stack([np.full(200, 40), delivered], 1))], [0, 1], [1, 0])
        found.append(rate.variance)
        told.append(rate.degrees_of_freedom)
    seen = 2 * np.mean(found) ** 2 / np.var(found)
    assert np.median(told) == pytest.approx(seen, rel=0.25)


def test_a_single_recipient_has_none() -> None:
    assert ratio([tally_vectors([[3, 2]])], [0, 1], [1, 0]).degrees_of_freedom is None


def test_what_is_no_proportion_has_those_of_its_recipients() -> None:
    rate = ratio([tally_vectors([[1, 2], [1, 3], [1, 1]])], [0, 1], [1, 0])
    assert rate.degrees_of_freedom == pytest.approx(rate.effective_clusters - 1)

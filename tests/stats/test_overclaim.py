"""Claims of what never was: the estimate by hand, its variance by a jackknife, its coverage."""

from __future__ import annotations

import numpy as np
import pytest

from reach.errors import NotEstimableError
from reach.stats.survey.design import survey_design
from reach.stats.survey.estimate import survey_proportion
from reach.stats.survey.overclaim import survey_true_share, true_share


def sampled(seed: int, clusters: int = 60, truth: float = 0.4, false: float = 0.15):  # type: ignore[no-untyped-def]  # noqa: ANN201
    rng = np.random.default_rng(seed)
    n = clusters * 5
    village = np.repeat(np.arange(clusters), 5)
    saw = rng.random(n) < np.clip(truth + rng.normal(0, 0.1, clusters)[village], 0, 1)
    claims = saw | (rng.random(n) < false)
    decoys = rng.binomial(2, false, n)
    return claims, decoys, village, rng.uniform(1, 3, n)


def by_hand(claims, decoys, weights):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    c, f = weights @ claims / weights.sum(), weights @ decoys / (2 * weights.sum())
    return (c - f) / (1 - f)


def test_the_estimate_and_its_variance_equal_hand_and_jackknife() -> None:
    claims, decoys, village, weights = sampled(1)
    design = survey_design(weights, clusters=village.tolist())
    ones, two = np.ones(len(claims)), np.full(len(claims), 2)
    found = survey_true_share(claims, ones, decoys, two, design)
    assert found.estimate == pytest.approx(by_hand(claims, decoys, weights))
    left = [
        by_hand(claims[village != v], decoys[village != v], weights[village != v])
        for v in range(60)
    ]
    error = np.sqrt(59 / 60 * np.sum((np.array(left) - np.mean(left)) ** 2))
    assert found.standard_error == pytest.approx(error, rel=0.02)
    assert found.low < found.estimate < found.high


def test_without_false_claims_it_is_the_share_itself() -> None:
    claims, _, village, weights = sampled(2)
    design = survey_design(weights, clusters=village.tolist())
    ones = np.ones(len(claims))
    found = survey_true_share(claims, ones, 0 * ones, ones, design)
    plain = survey_proportion(claims, design)
    assert found.estimate == pytest.approx(plain.estimate)
    assert found.standard_error == pytest.approx(plain.standard_error)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    held = 0
    for seed in range(300):
        claims, decoys, village, weights = sampled(1000 + seed)
        design = survey_design(weights, clusters=village.tolist())
        ones = np.ones(len(claims))
        found = survey_true_share(claims, ones, decoys, 2 * ones, design)
        held += found.low <= 0.4 <= found.high
    assert held >= 275  # 285 are expected of 95 %, with a standard deviation of 3.8


def test_where_lies_outnumber_the_share_is_0_with_an_upper_end() -> None:
    design = survey_design(np.ones(100))
    claims = np.arange(100) < 10
    found = survey_true_share(claims, np.ones(100), np.arange(100) < 12, np.ones(100), design)
    assert (found.low, found.estimate) == (0, 0)
    assert 0 < found.high < 0.1
    assert true_share(0.10, 0.12) < 0


def test_what_tells_nothing_is_refused() -> None:
    design, ones = survey_design(np.ones(10)), np.ones(10)
    with pytest.raises(NotEstimableError, match="nobody was asked about a decoy"):
        survey_true_share(ones, ones, 0 * ones, 0 * ones, design)
    with pytest.raises(NotEstimableError, match="everybody claims"):
        survey_true_share(ones, ones, ones, ones, design)
    with pytest.raises(ValueError, match="more claims than questions"):
        survey_true_share(ones, 0 * ones, ones, ones, design)

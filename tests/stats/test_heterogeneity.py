"""τ² against closed forms, a grid of the textbook likelihood, and laws of both estimators."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reach.errors import NotEstimableError
from reach.stats.campaigns.heterogeneity import Estimator, heterogeneity

Given = tuple[list[float], list[float]]
ESTIMATOR = st.sampled_from(["reml", "paule_mandel"])
# Two precise campaigns agree and a poor one does not: the likelihood has maxima at 0 and at 4.5.
TWO_MAXIMA = [0.0, 0.0, 3.5], [1e-4, 1e-4, 1.0]


@st.composite
def several(draw: st.DrawFn) -> Given:
    k = draw(st.integers(2, 7))
    places = st.lists(st.integers(-4096, 4096), min_size=k, max_size=k)
    powers = st.lists(st.floats(-6, 1), min_size=k, max_size=k)
    size = draw(st.sampled_from([1, 1024, 65536]))
    return [place / size for place in draw(places)], [10**power for power in draw(powers)]


def likelihood(estimates: list[float], variances: list[float], tau2: np.ndarray) -> np.ndarray:
    """Of the contrasts, from the multivariate normal density: slow and obviously right."""
    k = len(estimates)
    contrasts = np.eye(k)[1:] - np.eye(k)[:1]
    seen = contrasts @ np.array(estimates)
    covariances = contrasts @ (np.diag(variances) + tau2[:, None, None] * np.eye(k)) @ contrasts.T
    squares = np.einsum("i,nij,j->n", seen, np.linalg.inv(covariances), seen)
    return -0.5 * (np.linalg.slogdet(covariances)[1] + squares)


@settings(max_examples=30, deadline=None)
@given(several())
@example(TWO_MAXIMA)
@example(([0.0, 0.0, 4.0], [1e-4, 1e-4, 1.0]))
@example(([0.0, 0.0, 3.6], [1e-4, 1e-4, 1.0]))
@example(([0.0, 0.001, 2.0, -2.0, 30.0], [1e-6, 1e-6, 1.0, 1.0, 100.0]))
def test_no_variance_is_likelier_than_reml_s(given_: Given) -> None:
    """Of the grid too are 0 and places close to the one found."""
    tau2 = heterogeneity(*given_).tau2
    near = tau2 * np.array([0.9, 0.999, 1.001, 1.1])
    grid = np.concatenate([[0.0], near, np.logspace(-8, 4, 500)])
    highest = likelihood(*given_, grid).max()
    assert likelihood(*given_, np.array([tau2]))[0] >= highest - 1e-6 * (1 + abs(highest))


def test_the_higher_of_two_maxima_is_taken() -> None:
    heights = likelihood(*TWO_MAXIMA, np.array([0.0, 0.5, 4.5, 9.0]))
    assert heights[0] > heights[2] > max(heights[1], heights[3])
    assert heterogeneity(*TWO_MAXIMA).tau2 == 0
    # The outlier a little farther out, and the other is the higher: 2t² − 13t + 1 = 0, nearly.
    far = heterogeneity([0.0, 0.0, 4.0], [1e-4, 1e-4, 1.0]).tau2
    assert far == pytest.approx(4.28, abs=0.01)


@settings(max_examples=30, deadline=None)
@given(several())
def test_paule_mandel_solves_its_equation(given_: Given) -> None:
    found = heterogeneity(*given_, "paule_mandel")
    y, v = (np.array(each) for each in given_)

    def squares(tau2: float) -> float:
        w = 1 / (v + tau2)
        return float(w @ (y - w @ y / w.sum()) ** 2)

    due = len(y) - 1
    if found.tau2 == 0:
        assert squares(0) <= due * (1 + 1e-9)
    else:
        assert squares(found.tau2) == pytest.approx(due, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(-999, 999), st.floats(1e-4, 1e2), st.floats(1e-4, 1e2), ESTIMATOR)
def test_two_campaigns_have_a_closed_form(
    apart: int, one: float, other: float, estimator: Estimator
) -> None:
    expected = max(0.0, (apart**2 - one - other) / 2)
    found = heterogeneity([1.0, 1.0 + apart], [one, other], estimator)
    assert found.tau2 == pytest.approx(expected, rel=1e-9, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(several(), st.floats(1e-4, 1e2), ESTIMATOR)
def test_one_precision_has_a_closed_form(
    given_: Given, variance: float, estimator: Estimator
) -> None:
    estimates = given_[0]
    expected = max(0.0, float(np.var(estimates, ddof=1)) - variance)
    found = heterogeneity(estimates, [variance] * len(estimates), estimator)
    assert found.tau2 == pytest.approx(expected, rel=1e-7, abs=1e-9 * variance)
    # Then the share of spread is the usual 1 − (k − 1)/Q.
    if expected > variance / 100:
        usual = 1 - found.degrees_of_freedom / found.cochran_q
        assert found.i2 == pytest.approx(usual, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(several(), ESTIMATOR)
def test_estimates_drawn_apart_spread_more(given_: Given, estimator: Estimator) -> None:
    estimates, variances = given_
    near = heterogeneity(estimates, variances, estimator)
    far = heterogeneity([2 * y for y in estimates], variances, estimator)
    assert far.tau2 >= near.tau2 * (1 - 1e-9)
    assert far.cochran_q == pytest.approx(4 * near.cochran_q)
    assert far.q_p_value <= near.q_p_value


@settings(max_examples=30, deadline=None)
@given(several(), ESTIMATOR, st.floats(0.01, 0.99))
def test_what_sampling_error_takes_the_spread_loses(
    given_: Given, estimator: Estimator, share: float
) -> None:
    estimates, variances = given_
    spread = heterogeneity(estimates, variances, estimator).tau2
    more = [v + share * spread for v in variances]
    left = heterogeneity(estimates, more, estimator).tau2
    assert left == pytest.approx((1 - share) * spread, abs=1e-5 * (spread + max(variances)))


@settings(max_examples=30, deadline=None)
@given(several(), ESTIMATOR)
def test_nothing_is_below_its_least(given_: Given, estimator: Estimator) -> None:
    found = heterogeneity(*given_, estimator)
    assert found.tau2 >= 0
    assert found.cochran_q >= 0
    assert 0 <= found.q_p_value <= 1
    assert 0 <= found.i2 <= 1
    assert found.h2 >= 1
    assert (found.i2 == 0) == (found.tau2 == 0) or found.i2 < 1e-300
    assert (found.k, found.degrees_of_freedom) == (len(given_[0]), len(given_[0]) - 1)


@pytest.mark.parametrize("estimator", ["reml", "paule_mandel"])
@pytest.mark.parametrize("ratio", [1e-3, 1e-30, 1e-100, 1e-190])
def test_one_campaign_may_be_as_precise_as_it_likes(estimator: Estimator, ratio: float) -> None:
    """Then its own estimate is the truth about it, and spread is what the others show."""
    found = heterogeneity([5.0, 6.0, 4.0, 5.5], [ratio, 1.0, 1.0, 1.0], estimator)
    assert found.tau2 == 0
    spread = heterogeneity([5.0, 8.0, 1.0, 5.5], [ratio, 1.0, 1.0, 1.0], estimator).tau2
    assert spread == pytest.approx(
        heterogeneity([5.0, 8.0, 1.0, 5.5], [1e-12, 1.0, 1.0, 1.0], estimator).tau2, rel=0.01
    )
    assert math.isfinite(spread)


@pytest.mark.parametrize("estimator", ["reml", "paule_mandel"])
def test_a_dominant_campaign_hides_no_other(estimator: Estimator) -> None:
    """Of two campaigns τ² = (2² − 1)/2 and I² = 1 − 1/Q with Q = 2²/1."""
    found = heterogeneity([0.0, 2.0], [1e-20, 1.0], estimator)
    assert (found.tau2, found.i2) == pytest.approx((1.5, 0.75), rel=1e-9)


def test_it_refuses_what_it_cannot_do() -> None:
    with pytest.raises(ValueError, match="expected reml or paule_mandel"):
        heterogeneity([0.1, 0.2], [0.1, 0.1], "dersimonian_laird")  # type: ignore[arg-type]
    with pytest.raises(NotEstimableError, match="two or more"):
        heterogeneity([0.1], [0.1])
    with pytest.raises(NotEstimableError, match="campaign 1 is 0"):
        heterogeneity([0.1, 0.2], [1e-260, 0.1])


@pytest.mark.parametrize("least", [0.1, 1e-6, 1e-99])
def test_a_likelihood_that_is_level_from_0_on_is_no_spread(least: float) -> None:
    # (y₁ − y₂)² = v₁ + v₂: the slope at 0 is 0, and with one v tiny level for a long way.
    assert heterogeneity([0.0, 0.5], [least, 0.25 - least]).tau2 == pytest.approx(0, abs=1e-7)

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from reach.errors import NotEstimableError
from reach.stats.costs.cost import cost_per_delivered
from reach.stats.costs.fieller import fieller
from reach.stats.gram import tally_vectors
from reach.stats.ratio import ratio

# Stopping distance in feet by speed in miles an hour of 50 cars: Ezekiel (1930), Methods of
# Correlation Analysis; `cars` in R.
SPEED = [4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14]
SPEED += [15, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23]
SPEED += [24, 24, 24, 24, 25]
DISTANCE = [2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60]
DISTANCE += [80, 20, 26, 54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64]
DISTANCE += [66, 54, 70, 92, 93, 120, 85]


# R 4.2.2: the θ at which t.test(cars$dist - theta * cars$speed)$p.value is alpha, by uniroot.
# That test is what Fieller's theorem turns round.
@pytest.mark.parametrize(
    ("alpha", "low", "high"),
    [(0.05, 2.476100932, 3.083769881), (0.001, 2.221723773, 3.292174556)],
)
def test_it_turns_the_t_test_round_as_in_r(alpha: float, low: float, high: float) -> None:
    moments = np.cov(DISTANCE, SPEED) / 50
    found = fieller(
        np.mean(DISTANCE), np.mean(SPEED), moments[0, 0], moments[1, 1], moments[0, 1], alpha, 49
    )
    assert found.estimate == pytest.approx(2.790909091)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-8)
    assert (found.level, found.nu) == (1 - alpha, 49)


def test_fed_from_the_gram_matrix_it_is_the_same() -> None:
    """One unit each, so that κ makes the variances of the recipe the usual unbiased ones."""
    rows = np.column_stack([np.ones(50, dtype=int), SPEED, DISTANCE])
    stratum = tally_vectors(rows)
    speed, distance = (ratio([stratum], axis, [1, 0, 0]) for axis in ([0, 1, 0], [0, 0, 1]))
    found = cost_per_delivered(distance, speed, speed, 0.05)
    assert (found.low, found.high) == pytest.approx((2.476100932, 3.083769881), rel=1e-8)
    assert found.nu == pytest.approx(49)


def test_a_vague_denominator_makes_a_lopsided_interval_as_in_r() -> None:
    # R 4.2.2: uniroot of abs(3.1 - th * 1.2)/sqrt(.9 - 2 * th * .21 + th^2 * .08) - qt(.975, 7)
    found = fieller(3.1, 1.2, 0.9, 0.08, 0.21, 0.05, 7)
    assert (found.low, found.high) == pytest.approx((1.16258656, 3.966529071), rel=1e-7)


POSITIVE = st.floats(1e-3, 1e3)


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE, st.floats(-1, 1), st.sampled_from([0.01, 0.05, 0.2]))
def test_its_ends_are_those_that_the_test_just_does_not_refuse(
    a: float, b: float, se_a: float, se_b: float, rho: float, alpha: float
) -> None:
    c = float(norm.isf(alpha / 2))
    g = (c * se_b / b) ** 2
    assume(abs(g - 1) > 1e-3)
    arguments = (a, b, se_a**2, se_b**2, rho * se_a * se_b, alpha)
    if g > 1:
        with pytest.raises(NotEstimableError, match="can't be told from 0"):
            fieller(*arguments)
        return
    found = fieller(*arguments)
    assert found.low <= a / b <= found.high
    assert found.g == pytest.approx(g)
    for end in (found.low, found.high):
        # se² of a − θb, written so that it can't cancel
        variance = (se_a - abs(end) * se_b) ** 2
        variance += 2 * (1 - math.copysign(1, end) * rho) * se_a * abs(end) * se_b
        scale = abs(a) + abs(end * b)
        assert abs(a - end * b) == pytest.approx(c * math.sqrt(variance), abs=1e-5 * scale)


@given(POSITIVE, POSITIVE, POSITIVE, st.floats(1e-6, 0.38), st.floats(-1, 1))
def test_a_surer_interval_is_wider_and_signs_turn(
    a: float, b: float, se_a: float, relative_error: float, rho: float
) -> None:
    se_b = relative_error * b  # small enough for an interval at the surest of the levels
    moments = (se_a**2, se_b**2, rho * se_a * se_b)
    narrow, wide = fieller(a, b, *moments, 0.2), fieller(a, b, *moments, 0.01)
    slack = 1e-9 * (abs(wide.low) + abs(wide.high))
    assert wide.low <= narrow.low + slack
    assert narrow.high <= wide.high + slack
    turned = fieller(-a, -b, *moments, 0.2)
    assert (turned.low, turned.high) == pytest.approx((narrow.low, narrow.high))


def test_a_known_denominator_only_scales() -> None:
    found = fieller(10, 4, 2.25, 0, 0, 0.05, 9)
    reach = float(student.isf(0.025, 9)) * 1.5
    assert (found.low, found.high) == pytest.approx(((10 - reach) / 4, (10 + reach) / 4))
    assert found.g == 0
    known = fieller(10, 4, 0, 0, 0, 0.05)
    assert known.low == known.estimate == known.high == 2.5


def test_a_precise_denominator_is_the_delta_method() -> None:
    found = fieller(200, 100, 4, 1e-4, 0.01, 0.05)
    error = math.sqrt(4 - 2 * 2 * 0.01 + 4 * 1e-4) / 100
    assert found.high - found.low == pytest.approx(2 * float(norm.isf(0.025)) * error, rel=1e-4)


def test_a_denominator_of_0_is_not_estimable() -> None:
    for variance in (0, 1):
        with pytest.raises(NotEstimableError, match="no two ends"):
            fieller(1, 0, 1, variance, 0, 0.05)


@pytest.mark.parametrize(
    "moments", [(-1, 1, 0), (1, -1, 0), (1, 1, 1.1), (math.nan, 1, 0), (math.inf, 1, 0)]
)
def test_impossible_moments_are_refused(moments: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="got"):
        fieller(1, 1, *moments, 0.05)
    with pytest.raises(ValueError, match="alpha"):
        fieller(1, 1, 1, 1, 0, 0)
    with pytest.raises(ValueError, match="above 0"):
        fieller(1, 1, 1, 1, 0, 0.05, 0)

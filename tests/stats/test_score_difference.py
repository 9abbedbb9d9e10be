import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from reach.errors import NotEstimableError
from reach.stats.counts.score_difference import non_inferiority_p, score_difference

# Newcombe (1998), Statistics in Medicine 17, 873–890: counts, methods 5 (Mee) and 6
# (Miettinen and Nurminen).
NEWCOMBE = [
    ((56, 70, 48, 80), (0.0533, 0.3377), (0.0528, 0.3382)),
    ((9, 10, 3, 10), (0.1821, 0.8370), (0.1700, 0.8406)),
    ((6, 7, 2, 7), (0.0544, 0.8478), (0.0342, 0.8534)),
    ((5, 56, 0, 29), (-0.0313, 0.1926), (-0.0326, 0.1933)),
    ((0, 10, 0, 20), (-0.1611, 0.2775), (-0.1658, 0.2844)),
    ((0, 10, 0, 10), (-0.2775, 0.2775), (-0.2879, 0.2879)),
    ((10, 10, 0, 20), (0.7225, 1.0), (0.7156, 1.0)),
    ((10, 10, 0, 10), (0.6777, 1.0), (0.6636, 1.0)),
]
ARM = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ALPHAS = st.sampled_from([0.001, 0.01, 0.05, 0.1, 0.3])


@pytest.mark.parametrize(("counts", "mee", "miettinen_nurminen"), NEWCOMBE)
def test_published_intervals(
    counts: tuple[int, int, int, int],
    mee: tuple[float, float],
    miettinen_nurminen: tuple[float, float],
) -> None:
    found = score_difference(*counts, alpha=0.05)
    assert (round(found.low, 4), round(found.high, 4)) == miettinen_nurminen
    without = score_difference(*counts, alpha=0.05, unbiased=False)
    assert (round(without.low, 4), round(without.high, 4)) == mee


# R 4.2.2, base only: z(d) with q from optimize() over the log-likelihood dbinom(x1, n1, q + d) +
# dbinom(x2, n2, q), ends by uniroot(z(d) ∓ qnorm(.975)), p = 2 * pnorm(-abs(z(0))).
# 7/34 against 1/34 (Perondi and others 2004) is the example of this interval in R's package
# contingencytables, whose authors compare intervals in Fagerland, Lydersen and Laake (2015),
# Statistical Methods in Medical Research 24, 224–254; the values here are base R's.
@pytest.mark.parametrize(
    ("counts", "low", "high", "p_value"),
    [
        ((9, 10, 3, 10), 0.170025016723, 0.840649543944, 0.007601641464),
        ((7, 34, 1, 34), 0.02704162686, 0.34529121713, 0.02498392586),
        ((56, 70, 48, 80), 0.052829713234, 0.338172940049, 0.008258287883),
        ((5, 56, 1, 29), -0.09158910986, 0.16624167937, 0.35252129522),
    ],
)
def test_it_equals_r(
    counts: tuple[int, int, int, int], low: float, high: float, p_value: float
) -> None:
    found = score_difference(*counts, alpha=0.05)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-7)
    assert found.p_value == pytest.approx(p_value, rel=1e-7)


def test_it_equals_contingencytables() -> None:
    # R, contingencytables 3: its test-issue58.R, to four digits.
    found = score_difference(2, 10, 1, 10, alpha=0.05)
    assert (round(found.low, 4), round(found.high, 4)) == (-0.2595, 0.4454)


def test_without_the_factor_the_test_of_no_difference_is_pearsons() -> None:
    # R 4.2.2: prop.test(c(7, 1), c(34, 34), correct = FALSE)$p.value; likewise 56/70, 48/80
    assert score_difference(7, 34, 1, 34, 0.05, unbiased=False).p_value == pytest.approx(
        0.02392584348, rel=1e-9
    )
    assert score_difference(56, 70, 48, 80, 0.05, unbiased=False).p_value == pytest.approx(
        0.008045081368, rel=1e-9
    )


def by_cubic(x: int, n: int, y: int, m: int, delta: float) -> float:
    """Z by the closed form of Miettinen and Nurminen's appendix, which loses digits at the ends."""
    total = n + m
    second = (n + 2 * m) * delta - total - (x + y)
    first = (m * delta - total - 2 * y) * delta + (x + y)
    constant = y * delta * (1 - delta)
    shift = (second / (3 * total)) ** 3 - first * second / (6 * total**2) + constant / (2 * total)
    spread = math.copysign(math.sqrt((second / (3 * total)) ** 2 - first / (3 * total)), shift)
    angle = (math.pi + math.acos(min(1, max(-1, shift / spread**3)))) / 3
    q = 2 * spread * math.cos(angle) - second / (3 * total)
    p = q + delta
    factor = total / (total - 1)
    return (x / n - y / m - delta) / math.sqrt(factor * (p * (1 - p) / n + q * (1 - q) / m))


@given(ARM, ARM, st.floats(0.02, 0.9))
@settings(max_examples=50, deadline=None)
def test_the_statistic_equals_the_closed_form(
    a: tuple[int, int], b: tuple[int, int], margin: float
) -> None:
    x, y = min(a[0], a[1] - 1) or 1, min(b[0], b[1] - 1) or 1
    n, m = a[1] + 1, b[1] + 1  # 1 to n − 1 of n, where the closed form holds
    p_value = non_inferiority_p(x, n, y, m, margin)
    assert p_value == pytest.approx(norm.sf(by_cubic(x, n, y, m, -margin)), rel=1e-5, abs=1e-12)


def test_it_falls_from_end_to_end_for_every_small_table() -> None:
    """The p-value of a margin falls with the margin, so there is one end a side."""
    margins = [k / 20 + 1e-6 for k in range(20)]
    for n, m in [(1, 1), (1, 7), (7, 1), (4, 5), (2, 30), (9, 3)]:
        for x in range(n + 1):
            for y in range(m + 1):
                falling = [non_inferiority_p(x, n, y, m, margin) for margin in margins]
                assert all(p >= q - 1e-9 for p, q in pairwise(falling)), (x, n, y, m)


@given(ARM, ARM, ALPHAS)
@settings(max_examples=60, deadline=None)
def test_interval_and_p_values_agree(a: tuple[int, int], b: tuple[int, int], alpha: float) -> None:
    found = score_difference(*a, *b, alpha=alpha)
    assert -1 <= found.low <= found.estimate <= found.high <= 1
    assert 0 <= found.p_value <= 1
    assert found.excludes_zero == (found.p_value <= alpha)
    for margin in (0.05, 0.2, 0.5):
        if abs(found.low + margin) > 1e-9:
            assert (found.low > -margin) == (non_inferiority_p(*a, *b, margin) <= alpha / 2)


@pytest.mark.parametrize(
    "counts", [(9, 10, 3, 10), (3, 10, 9, 10), (7, 34, 1, 34), (56, 70, 48, 80), (5, 56, 0, 29)]
)
def test_they_agree_where_the_interval_just_touches_0(counts: tuple[int, int, int, int]) -> None:
    p_value = score_difference(*counts, alpha=0.05).p_value
    assert score_difference(*counts, alpha=p_value).excludes_zero
    assert not score_difference(*counts, alpha=math.nextafter(p_value, 0)).excludes_zero


@given(ARM, ARM)
@settings(max_examples=25, deadline=None)
def test_arms_and_outcomes_are_treated_alike(a: tuple[int, int], b: tuple[int, int]) -> None:
    found, turned = score_difference(*a, *b, 0.05), score_difference(*b, *a, 0.05)
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), abs=1e-12)
    failed = score_difference(a[1] - a[0], a[1], b[1] - b[0], b[1], 0.05)
    assert (failed.low, failed.high) == pytest.approx((-found.high, -found.low), abs=1e-12)


@given(ARM, ARM)
@settings(max_examples=25, deadline=None)
def test_a_surer_interval_is_wider(a: tuple[int, int], b: tuple[int, int]) -> None:
    narrow, wide = score_difference(*a, *b, 0.2), score_difference(*a, *b, 0.01)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


def test_zero_of_many_and_large_counts() -> None:
    # With no success in either arm: z²λ/(n + z²λ), by hand.
    scaled = float(norm.isf(0.025)) ** 2 * 2_000_010 / 2_000_009
    found = score_difference(0, 10, 0, 2_000_000, alpha=0.05)
    assert found.high == pytest.approx(scaled / (10 + scaled), abs=1e-12)
    assert found.low == pytest.approx(-scaled / (2_000_000 + scaled), abs=1e-12)
    million = score_difference(700_000, 1_000_000, 600_000, 1_000_000, alpha=0.05)
    wald = float(norm.isf(0.025)) * math.sqrt((0.21 + 0.24) / 1e6)
    assert (million.low, million.high) == pytest.approx((0.1 - wald, 0.1 + wald), abs=1e-6)


def test_numbers_beyond_all_counts_stay_numbers() -> None:
    huge = score_difference(3e299, 1e300, 2e299, 1e300, 0.05)
    assert (huge.low, huge.estimate, huge.high) == pytest.approx((0.1, 0.1, 0.1))
    tiny = score_difference(1e-300, 1e-300, 0, 1e-300, 0.05, unbiased=False)
    assert (tiny.low, tiny.high, tiny.p_value) == pytest.approx((-1, 1, 1))


def test_effective_trials_need_not_be_whole() -> None:
    whole = score_difference(9, 10, 3, 10, 0.05)
    fewer = score_difference(0.9 * 7.5, 7.5, 0.3 * 7.5, 7.5, 0.05)
    assert fewer.low < whole.low < whole.high < fewer.high


def test_it_says_what_it_rests_on() -> None:
    found = score_difference(9, 10, 3, 10, 0.05)
    assert (found.trials, found.level) == ((10, 10), 0.95)
    assert found.method == "Miettinen–Nurminen score"
    assert score_difference(9, 10, 3, 10, 0.05, unbiased=False).method == "Mee score"


def test_nobody_in_an_arm_is_not_estimable() -> None:
    with pytest.raises(NotEstimableError, match="nobody in an arm"):
        score_difference(0, 0, 3, 10, 0.05)
    with pytest.raises(NotEstimableError, match="no more than one"):
        score_difference(0, 0.5, 0, 0.5, 0.05)


@pytest.mark.parametrize("counts", [(-1, 10, 3, 10), (11, 10, 3, 10), (math.nan, 10, 3, 10)])
def test_impossible_counts_are_refused(counts: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="expected 0 or more"):
        score_difference(*counts, alpha=0.05)


def test_impossible_levels_and_margins_are_refused() -> None:
    with pytest.raises(ValueError, match="alpha is 0"):
        score_difference(9, 10, 3, 10, 0)
    for margin in (0, 1, -0.1, math.nan):
        with pytest.raises(ValueError, match="margin is"):
            non_inferiority_p(9, 10, 3, 10, margin)

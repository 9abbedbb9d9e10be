import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from reach.errors import NotEstimableError
from reach.stats.difference import degrees_of_freedom, difference_interval
from reach.stats.gram import tally_vectors
from reach.stats.ratio import Ratio, correlation, ratio

Arms = tuple[Ratio, Ratio, Ratio, Ratio]
Counts = tuple[int, int, int]  # delivered, failed, unknown


def arms(vectors: list[list[int]] | np.ndarray) -> Arms:
    """A's and B's bounds; axes: A's messages, delivered, possibly delivered, then B's."""
    stratum, axis = tally_vectors(vectors), np.eye(6)
    a_lower, a_upper = (ratio([stratum], axis[k], axis[0]) for k in (1, 2))
    b_lower, b_upper = (ratio([stratum], axis[k], axis[3]) for k in (4, 5))
    return a_lower, a_upper, b_lower, b_upper


def one_message_each(a: Counts, b: Counts) -> Arms:
    kinds = ([1, 1, 1], [1, 0, 0], [1, 0, 1])
    of_a = [[*kind, 0, 0, 0] for kind, n in zip(kinds, a, strict=True) for _ in range(n)]
    of_b = [[0, 0, 0, *kind] for kind, n in zip(kinds, b, strict=True) for _ in range(n)]
    return arms(of_a + of_b)


def swapped(rates: Arms) -> Arms:
    return rates[2], rates[3], rates[0], rates[1]


@pytest.mark.parametrize(
    ("a", "b", "critical", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, 873–890, method 10
        ((56, 14, 0), (48, 32, 0), 1.9600, 0.0524, 0.3339),
        ((9, 1, 0), (3, 7, 0), 1.9600, 0.1705, 0.8090),
        ((6, 1, 0), (2, 5, 0), 1.9600, 0.0582, 0.8062),
        ((5, 51, 0), (0, 29, 0), 1.9600, -0.0381, 0.1926),
        ((10, 0, 0), (0, 20, 0), 1.9600, 0.6791, 1.0000),
        ((10, 0, 0), (0, 10, 0), 1.9600, 0.6075, 1.0000),
        # delivered, failed, unknown: what of the unknown outweighs the sampling error
        ((600, 250, 150), (700, 300, 0), 1.6449, -0.1347, 0.0827),
    ],
)
def test_published_intervals(
    a: Counts, b: Counts, critical: float, low: float, high: float
) -> None:
    found = difference_interval(*one_message_each(a, b), alpha=0.05, nu=math.inf)
    assert found.critical == pytest.approx(critical, abs=5e-5)
    assert [round(found.low, 4), round(found.high, 4)] == [low, high]


def test_the_bounds_of_a_partly_known_difference() -> None:
    rates = one_message_each((600, 250, 150), (700, 300, 0))
    found = difference_interval(*rates, alpha=0.05, nu=math.inf)
    assert (found.lower_bound, found.upper_bound) == pytest.approx((-0.1, 0.05))
    assert (found.p_value, found.p_adjusted) == (1, 1)
    assert "between bounds" in found.method


def test_at_its_own_p_value_the_interval_touches_0() -> None:
    """And with nothing unknown both tails count alike."""
    found = difference_interval(
        *one_message_each((560, 140, 0), (480, 320, 0)), alpha=0.05, nu=math.inf
    )
    again = difference_interval(
        *one_message_each((560, 140, 0), (480, 320, 0)), alpha=found.p_value, nu=math.inf
    )
    assert again.low == pytest.approx(0, abs=1e-11)
    assert found.p_value == pytest.approx(2 * float(norm.sf(again.critical)), rel=1e-9)


def test_a_family_is_bonferroni() -> None:
    rates = one_message_each((56, 14, 0), (48, 32, 0))
    family = difference_interval(*rates, alpha=0.05, contrasts=4)
    alone = difference_interval(*rates, alpha=0.0125)
    assert (family.low, family.high, family.critical) == (alone.low, alone.high, alone.critical)
    assert family.p_adjusted == pytest.approx(4 * alone.p_value)
    assert family.p_value == alone.p_value


def test_a_gap_that_nothing_unknown_bridges() -> None:
    found = difference_interval(*one_message_each((20, 0, 0), (0, 20, 0)), alpha=0.05)
    assert (found.lower_bound, found.upper_bound, found.high) == (1, 1, 1)
    assert 0 < found.low < 1
    assert found.p_value < 0.001


def test_both_margins_zero() -> None:
    """The arms are each other's mirror image in everyone: their difference does not vary."""
    people = [[5, 4, 4, 5, 1, 1], [5, 3, 3, 5, 0, 0], [5, 5, 5, 5, 2, 2]]
    found = difference_interval(*arms(people), alpha=0.05)
    assert found.low == pytest.approx(0.6, abs=1e-7)
    assert found.high == pytest.approx(0.6, abs=1e-7)
    assert found.p_value == 0


def test_everything_unknown_says_nothing() -> None:
    found = difference_interval(*one_message_each((0, 0, 30), (0, 0, 40)), alpha=0.05)
    assert (found.low, found.high, found.p_value) == (-1, 1, 1)


def test_one_margin_zero() -> None:
    """A may be anything, B is all delivered: −1 can't be passed, 0 can't either."""
    found = difference_interval(*one_message_each((0, 0, 30), (40, 0, 0)), alpha=0.05)
    assert found.low == found.lower_bound == -1
    assert found.upper_bound == 0
    assert 0 < found.high < 0.2


@pytest.mark.parametrize("nu", [1e-6, 1e-3, 0.1, 1e12, math.inf])
def test_any_degrees_of_freedom(nu: float) -> None:
    found = difference_interval(*one_message_each((30, 9, 1), (3, 40, 2)), alpha=0.05, nu=nu)
    assert -1 <= found.low <= found.lower_bound <= found.upper_bound <= found.high <= 1
    assert 0 < found.p_value <= 1
    assert found.excludes_zero == (found.p_adjusted <= 0.05)


def test_degrees_of_freedom_are_satterthwaites_between_separate_groups() -> None:
    rates = one_message_each((56, 14, 0), (48, 32, 0))
    v, w = 0.8 * 0.2 / 69, 0.6 * 0.4 / 79
    expected = (v + w) ** 2 / (v**2 / 69 + w**2 / 79)
    assert degrees_of_freedom(*rates) == pytest.approx(expected)
    assert difference_interval(*rates, alpha=0.05).nu == pytest.approx(expected)
    assert degrees_of_freedom(*rates, overlap=True) == pytest.approx(69)


def test_degrees_of_freedom_of_arms_that_share_recipients_or_do_not_vary() -> None:
    shared = arms([[1, 1, 1, 0, 0, 0], [2, 1, 1, 1, 0, 0], [0, 0, 0, 2, 1, 1], [1, 0, 0, 3, 3, 3]])
    assert degrees_of_freedom(*shared) == pytest.approx(36 / 14 - 1)
    assert degrees_of_freedom(*one_message_each((9, 0, 0), (3, 9, 0))) == pytest.approx(8)


def test_sharing_recipients_makes_use_of_their_correlation() -> None:
    people = [[1, 1, 1, 1, 1, 1]] * 30 + [[1, 0, 0, 1, 0, 0]] * 20 + [[1, 1, 1, 1, 0, 0]] * 6
    paired = difference_interval(*arms(people), alpha=0.05)
    apart = [[*v[:3], 0, 0, 0] for v in people] + [[0, 0, 0, *v[3:]] for v in people]
    separate = difference_interval(*arms(apart), alpha=0.05)
    assert paired.correlation_low > 0.7
    assert separate.correlation_low == 0
    assert paired.high - paired.low < 0.6 * (separate.high - separate.low)


@st.composite
def clustered_arms(draw: st.DrawFn) -> Arms:
    """Few or some recipients, in one arm or both, alike or not, one of them perhaps dominant."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    recipients = draw(st.integers(2, 25))
    sent = rng.integers(0, 5, (recipients, 2))
    match draw(st.sampled_from(["mixed", "separate", "proportional", "dominant"])):
        case "separate":
            sent[::2, 0] = sent[1::2, 1] = 0
        case "proportional":
            sent[:, 1] = sent[:, 0] * draw(st.integers(1, 40))
        case "dominant":
            sent[0] = rng.integers(50, 300, 2)
    rate = st.sampled_from([0.0, 0.03, 0.5, 0.8, 1.0])
    missing = draw(st.sampled_from([0.0, 0.0, 0.2, 1.0]))
    columns = []
    for arm in (0, 1):
        own = draw(rate)
        reachable = np.clip(rng.normal(own, 0.3 * own * (1 - own), recipients), 0, 1)
        delivered = rng.binomial(sent[:, arm], reachable)
        possible = delivered + rng.binomial(sent[:, arm] - delivered, missing)
        columns += [sent[:, arm], delivered, possible]
    vectors = np.column_stack(columns)
    assume(all((vectors[:, axis] > 0).sum() > 1 for axis in (0, 3)))
    return arms(vectors)


NU = st.sampled_from([None, None, 0.05, 1.0, 30.0, math.inf])


@settings(max_examples=250, deadline=None)
@given(clustered_arms(), st.floats(1e-6, 0.999), st.integers(1, 6), NU)
def test_interval_and_p_value_never_disagree(
    rates: Arms, alpha: float, contrasts: int, nu: float | None
) -> None:
    found = difference_interval(*rates, alpha=alpha, contrasts=contrasts, nu=nu)
    numbers = (found.low, found.high, found.critical, found.nu, found.p_value, found.p_adjusted)
    assert not any(math.isnan(number) for number in numbers)
    assert 0 <= found.p_value <= found.p_adjusted <= 1
    assert -1 <= found.low <= found.lower_bound
    assert found.upper_bound <= found.high <= 1
    assume(abs(found.p_adjusted - alpha) > 1e-9 * alpha)
    assert found.excludes_zero == (found.p_adjusted <= alpha)


@settings(max_examples=60, deadline=None)
@given(clustered_arms(), NU, st.floats(0.99, 1.01))
def test_they_agree_close_to_the_threshold_too(
    rates: Arms, nu: float | None, nearly: float
) -> None:
    p = difference_interval(*rates, alpha=0.05, nu=nu).p_value
    alpha = p * nearly
    assume(1e-300 < alpha < 1 and abs(nearly - 1) > 1e-6)
    assert difference_interval(*rates, alpha=alpha, nu=nu).excludes_zero == (p <= alpha)


@settings(max_examples=60, deadline=None)
@given(clustered_arms(), st.floats(1e-4, 0.9), NU)
def test_swapping_the_arms_negates_the_interval(
    rates: Arms, alpha: float, nu: float | None
) -> None:
    one = difference_interval(*rates, alpha=alpha, nu=nu)
    other = difference_interval(*swapped(rates), alpha=alpha, nu=nu)
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low), abs=1e-9)
    assert other.p_value == pytest.approx(one.p_value, rel=1e-6, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(clustered_arms(), st.floats(1e-4, 0.99), st.floats(0.05, 0.99), NU)
def test_a_surer_interval_contains_a_less_sure_one(
    rates: Arms, alpha: float, smaller: float, nu: float | None
) -> None:
    wide = difference_interval(*rates, alpha=alpha * smaller, nu=nu)
    narrow = difference_interval(*rates, alpha=alpha, nu=nu)
    assert wide.low <= narrow.low + 1e-12
    assert wide.high >= narrow.high - 1e-12
    assert wide.p_value == narrow.p_value


@pytest.mark.parametrize(
    "counts",
    [
        [(3, 1, 39, 14), (3, 2, 39, 27)],
        [(5, 2, 150, 60), (2, 1, 60, 30), (4, 1, 120, 30), (2, 1, 60, 30), (5, 2, 150, 60)],
    ],
)
def test_correlated_arms_of_unequal_size_break_nothing(
    counts: list[tuple[int, int, int, int]],
) -> None:
    """B has the same recipients and many times the messages: d(c) itself dips here."""
    rates = arms([[n, y, y, m, x, x] for n, y, m, x in counts])
    assert correlation(rates[0], rates[3]) > 0.99
    alphas = [1 / 2**k for k in range(1, 13)]
    found = [difference_interval(*rates, alpha=alpha) for alpha in alphas]
    assert all(one.low >= other.low - 1e-12 for one, other in pairwise(found))
    assert all(one.high <= other.high + 1e-12 for one, other in pairwise(found))
    for alpha, interval in zip(alphas, found, strict=True):
        assert interval.excludes_zero == (interval.p_adjusted <= alpha)


def test_what_is_not_estimable() -> None:
    rates = arms([[3, 1, 1, 0, 0, 0], [0, 0, 0, 2, 1, 1], [0, 0, 0, 2, 1, 1]])
    with pytest.raises(NotEstimableError, match="one recipient only"):
        difference_interval(*rates, alpha=0.05)
    with pytest.raises(NotEstimableError, match="one recipient only"):
        degrees_of_freedom(*rates, overlap=False)


def test_it_refuses_impossible_arguments() -> None:
    rates = one_message_each((600, 250, 150), (700, 300, 0))
    with pytest.raises(ValueError, match="lies above"):
        difference_interval(rates[1], rates[0], *rates[2:], alpha=0.05)
    with pytest.raises(ValueError, match="contrasts"):
        difference_interval(*rates, alpha=0.05, contrasts=0)
    with pytest.raises(ValueError, match="alpha"):
        difference_interval(*rates, alpha=1.0)

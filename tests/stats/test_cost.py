import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from reach.errors import NotEstimableError
from reach.stats.costs.cost import CostPerDelivered, cost_from_total, cost_per_delivered
from reach.stats.costs.fieller import fieller
from reach.stats.gram import GramStratum, tally_vectors
from reach.stats.partial import rate_interval
from reach.stats.ratio import Ratio, ratio

# Axes: messages sent, confirmed, possible, cost in cents.
SENT, CONFIRMED, POSSIBLE, COST = np.eye(4, dtype=int)


def rates(vectors: np.ndarray) -> tuple[Ratio, Ratio, Ratio]:
    """Cost, confirmed and possible, each per sent."""
    stratum = tally_vectors(vectors)
    cost, confirmed, possible = (ratio([stratum], up, SENT) for up in (COST, CONFIRMED, POSSIBLE))
    return cost, confirmed, possible


def campaign(seed: int, recipients: int = 60) -> np.ndarray:
    """Recipients with 1 to 4 messages whose price depends on whether they arrive."""
    rng = np.random.default_rng(seed)
    sent = rng.integers(1, 5, recipients)
    possible = rng.binomial(sent, rng.beta(4, 1, recipients))
    confirmed = rng.binomial(possible, 0.8)
    return np.column_stack([sent, confirmed, possible, 3 * sent + 2 * possible])


def test_known_total_is_the_price_over_the_interval_of_the_rate() -> None:
    _, confirmed, possible = rates(campaign(1))
    found = cost_from_total(5000, confirmed, possible, 0.05)
    rate = rate_interval(confirmed, possible, 0.05)
    price = 5000 / confirmed.denominator
    assert (found.low, found.high) == pytest.approx((price / rate.set_high, price / rate.set_low))
    assert found.lower_bound == pytest.approx(5000 / possible.numerator)
    assert found.upper_bound == pytest.approx(5000 / confirmed.numerator)
    assert found.nu == rate.nu
    assert found.method == "known total over Wilson interval, cluster-robust"


def test_varying_cost_is_fieller_on_totals_by_hand() -> None:
    """Residuals over recipients, from the rows themselves."""
    rows = campaign(2).astype(float)
    cost, confirmed, possible = rates(campaign(2))
    n = rows[:, 0].sum()
    clusters = n**2 / (rows[:, 0] ** 2).sum()
    moments = {}
    for name, axis in (("confirmed", 1), ("possible", 2)):
        e = rows[:, [3, axis]] - rows[:, :1] * rows[:, [3, axis]].sum(axis=0) / n
        moments[name] = clusters / (clusters - 1) * e.T @ e  # of the totals
    found = cost_per_delivered(cost, confirmed, possible, 0.05)

    def ends(name: str, axis: int) -> tuple[float, float]:
        v = moments[name]
        one = fieller(
            rows[:, 3].sum(), rows[:, axis].sum(), v[0, 0], v[1, 1], v[0, 1], 0.05, clusters - 1
        )
        return one.low, one.high

    assert found.low == pytest.approx(ends("possible", 2)[0], rel=1e-9)
    assert found.high == pytest.approx(ends("confirmed", 1)[1], rel=1e-9)
    assert found.effective_clusters == pytest.approx(clusters)


@given(st.integers(0, 10_000), st.sampled_from([0.01, 0.05, 0.2]))
@settings(max_examples=40, deadline=None)
def test_the_interval_contains_the_bounds(seed: int, alpha: float) -> None:
    cost, confirmed, possible = rates(campaign(seed, recipients=12 + seed % 50))
    total = cost.numerator
    for found in (
        cost_from_total(total, confirmed, possible, alpha),
        cost_per_delivered(cost, confirmed, possible, alpha),
    ):
        assert found.lower_bound == pytest.approx(total / possible.numerator)
        assert 0 <= found.low <= found.lower_bound
        assert found.upper_bound is not None
        assert found.lower_bound <= found.upper_bound
        if found.high is None:
            assert found.no_high
        else:
            assert found.no_high is None
            assert found.upper_bound <= found.high < math.inf


def both(vectors: np.ndarray, total: float = 100.0) -> list[CostPerDelivered]:
    cost, confirmed, possible = rates(vectors)
    return [
        cost_from_total(total, confirmed, possible, 0.05),
        cost_per_delivered(cost, confirmed, possible, 0.05),
    ]


def test_nothing_delivered_for_sure_has_no_upper_end() -> None:
    rows = np.array([[2, 0, 2, 6], [1, 0, 1, 3], [1, 0, 0, 2], [3, 0, 2, 9]] * 10)
    for found in both(rows):
        assert found.upper_bound is None
        assert found.high is None
        assert found.no_high is not None
        assert "nothing was delivered for sure" in found.no_high
        assert 0 < found.low < found.lower_bound < math.inf


def test_hardly_anything_delivered_for_sure_has_an_upper_bound_but_no_end() -> None:
    rows = np.array([[1, 0, 1, 3]] * 29 + [[1, 1, 1, 3]])
    known, varying = both(rows, total=90)
    assert known.upper_bound == varying.upper_bound == 90
    assert varying.high is None
    assert varying.no_high is not None
    assert "can't be told from 0" in varying.no_high
    # Wilson's interval of 1 of 30 does not reach 0, so the known bill has an end.
    assert known.high is not None
    assert known.high > 90


def test_nothing_possibly_delivered_is_not_estimable() -> None:
    rows = np.array([[1, 0, 0, 3]] * 20)
    with pytest.raises(NotEstimableError, match="not even possibly"):
        both(rows)
    cost, confirmed, possible = rates(rows)
    with pytest.raises(NotEstimableError, match="not even possibly"):
        cost_per_delivered(cost, confirmed, possible, 0.05)


def test_so_little_possibly_delivered_is_not_estimable() -> None:
    cost, confirmed, possible = rates(np.array([[1, 0, 0, 3]] * 19 + [[1, 1, 1, 3]]))
    with pytest.raises(NotEstimableError, match="can't be told from 0"):
        cost_per_delivered(cost, confirmed, possible, 0.05)


def test_one_recipient_is_not_estimable() -> None:
    cost, confirmed, possible = rates(np.array([[4, 2, 3, 12]]))
    with pytest.raises(NotEstimableError, match="one recipient only"):
        cost_from_total(12, confirmed, possible, 0.05)
    with pytest.raises(NotEstimableError):
        cost_per_delivered(cost, confirmed, possible, 0.05)


def test_a_price_that_is_the_same_for_all_is_known() -> None:
    """All uncertainty is that of delivery: the interval is D ± t·SE turned over."""
    rows = campaign(5)
    rows[:, 3] = 7 * rows[:, 0]
    cost, confirmed, _ = rates(rows)
    found = cost_per_delivered(cost, confirmed, confirmed, 0.05)
    assert confirmed.variance is not None
    assert found.high is not None
    reach = float(student.isf(0.025, found.nu)) * math.sqrt(confirmed.variance)
    expected = (7 / (confirmed.estimate + reach), 7 / (confirmed.estimate - reach))
    assert (found.low, found.high) == pytest.approx(expected)


def test_standardised_rates_make_a_standardised_cost() -> None:
    strata = [tally_vectors(campaign(6)), tally_vectors(campaign(7))]
    cost, confirmed, possible = (
        ratio(strata, up, SENT, weights=[1, 3]) for up in (COST, CONFIRMED, POSSIBLE)
    )
    found = cost_per_delivered(cost, confirmed, possible, 0.05)
    assert found.lower_bound == pytest.approx(cost.estimate / possible.estimate)
    assert found.upper_bound == pytest.approx(cost.estimate / confirmed.estimate)
    assert found.high is not None
    assert found.low < found.lower_bound < found.upper_bound < found.high


def test_a_cost_that_can_hardly_be_told_from_none_is_not_negative() -> None:
    cost, confirmed, possible = rates(np.array([[1, 1, 1, 0]] * 19 + [[1, 1, 1, 1000]]))
    found = cost_per_delivered(cost, confirmed, possible, 0.05)
    assert (found.low, found.lower_bound) == (0, 50)


def test_impossible_arguments_are_refused() -> None:
    cost, confirmed, possible = rates(campaign(3))
    _, others, _ = rates(campaign(4))
    for total in (-1, math.nan, math.inf):
        with pytest.raises(ValueError, match="total cost"):
            cost_from_total(total, confirmed, possible, 0.05)
    with pytest.raises(ValueError, match="lies above the upper bound"):
        cost_from_total(1, possible, confirmed, 0.05)
    with pytest.raises(ValueError, match="lies above the upper bound"):
        cost_per_delivered(cost, possible, confirmed, 0.05)
    with pytest.raises(ValueError, match="one denominator"):
        cost_per_delivered(cost, others, others, 0.05)
    with pytest.raises(ValueError, match="alpha"):
        cost_per_delivered(cost, confirmed, possible, 1)
    strata: list[GramStratum] = [tally_vectors(campaign(3)), tally_vectors(campaign(4))]
    standardised = ratio(strata, CONFIRMED, SENT, weights=[1, 2])
    with pytest.raises(ValueError, match="standardised"):
        cost_from_total(1, standardised, standardised, 0.05)
    otherwise = ratio(strata, CONFIRMED, SENT, weights=[2, 1])
    with pytest.raises(ValueError, match="the same weights"):
        cost_per_delivered(standardised, otherwise, otherwise, 0.05)
    refund = ratio([strata[0]], -COST, SENT)
    with pytest.raises(ValueError, match="cost per message"):
        cost_per_delivered(refund, confirmed, possible, 0.05)

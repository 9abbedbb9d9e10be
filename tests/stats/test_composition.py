import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reach.errors import NotEstimableError
from reach.stats.composition import centred_log_ratio

AMOUNTS = st.lists(st.integers(1, 10**6), min_size=2, max_size=12)


@settings(max_examples=40, deadline=None)
@given(AMOUNTS)
def test_it_is_the_log_of_shares_over_their_geometric_mean(amounts: list[int]) -> None:
    found = centred_log_ratio(amounts)
    log = np.log(amounts)
    assert found.clr == pytest.approx(log - log.mean(), abs=1e-9)
    assert math.fsum(found.clr) == pytest.approx(0, abs=1e-9)
    assert math.fsum(found.shares) == pytest.approx(1)
    assert (found.replaced, found.zero_share, found.rule) == ((), 0, "no zeros")


@settings(max_examples=40, deadline=None)
@given(AMOUNTS, st.floats(1, 1000))
def test_only_proportions_count(amounts: list[int], times: float) -> None:
    scaled = centred_log_ratio([times * amount for amount in amounts])
    assert scaled.clr == pytest.approx(centred_log_ratio(amounts).clr, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(AMOUNTS)
def test_shares_come_back_from_the_log_ratios(amounts: list[int]) -> None:
    found = centred_log_ratio(amounts)
    weights = np.exp(found.clr)
    assert weights / weights.sum() == pytest.approx(found.shares)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=2, max_size=10))
def test_zeros_leave_the_ratios_of_the_others_and_stay_below_them(amounts: list[int]) -> None:
    try:
        found = centred_log_ratio(amounts)
    except NotEstimableError:
        assert sum(amounts) <= 0.65 * (amounts.count(0) + 1) / 0.35 + 3
        return
    assert found.replaced == tuple(i for i, amount in enumerate(amounts) if amount == 0)
    assert math.fsum(found.shares) == pytest.approx(1)
    seen = [(amount, share) for amount, share in zip(amounts, found.shares, strict=True) if amount]
    for amount, share in seen:
        assert share / seen[0][1] == pytest.approx(amount / seen[0][0])
        assert share > found.zero_share
    assert all(found.shares[i] == found.zero_share for i in found.replaced)


def test_the_zero_rule_of_martin_fernandez() -> None:
    # Multiplicative replacement by hand: δ = .65/10 for both zeros, the others times 1 − 2δ.
    found = centred_log_ratio([6, 4, 0, 0])
    assert found.shares == pytest.approx((0.6 * 0.87, 0.4 * 0.87, 0.065, 0.065))
    assert found.rule == "multiplicative replacement of zeros by 0.65 of the smallest amount"
    shares = centred_log_ratio([0.6, 0.4, 0, 0], smallest=0.1)
    assert shares.shares == pytest.approx(found.shares)
    finer = centred_log_ratio([0.6, 0.4, 0, 0], smallest=0.001)
    assert finer.clr[2] < shares.clr[2], "what would have been seen sooner is rarer"


def test_what_has_no_shares_is_not_estimable() -> None:
    with pytest.raises(NotEstimableError, match="nothing was seen"):
        centred_log_ratio([0, 0, 0])
    with pytest.raises(NotEstimableError, match="9 of 10 parts were not seen, and 1 in all"):
        centred_log_ratio([1] + [0] * 9)


@pytest.mark.parametrize(
    ("amounts", "smallest", "why"),
    [
        ([5], 1, "two or more"),
        ([5, -1], 1, "amounts"),
        ([5, 0.5], 1, "at least 1"),
        ([5, math.nan], 1, "amounts"),
        ([5, math.inf], 1, "amounts"),
        ([5, 5], 0, "smallest"),
        ([5, 5], math.nan, "smallest"),
    ],
)
def test_it_refuses_what_are_no_parts(amounts: list[float], smallest: float, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        centred_log_ratio(amounts, smallest)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reach.stats.tipping import tipping_point


def test_a_hundred_of_150_unknown_make_a_tie() -> None:
    tipping = tipping_point(0.7, 0.0, 0.6, 0.15)
    assert tipping is not None
    assert tipping.point == pytest.approx(100 / 150)
    assert tipping.range == (tipping.point, tipping.point)
    assert tipping.can_tie


def test_the_range_is_given_by_the_leaders_own_unknown() -> None:
    tipping = tipping_point(0.7, 0.06, 0.6, 0.15)
    assert tipping is not None
    assert tipping.range == pytest.approx((0.1 / 0.15, 0.16 / 0.15))


def test_nothing_unknown_tips_nothing() -> None:
    assert tipping_point(0.7, 0.1, 0.6, 0.0) is None


def test_too_few_unknown_cannot_tie() -> None:
    tipping = tipping_point(0.7, 0.0, 0.6, 0.05)
    assert tipping is not None
    assert tipping.point == pytest.approx(2)
    assert not tipping.can_tie


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1))
def test_at_the_tipping_point_both_rates_are_equal(
    l_r: float, w_r: float, l_t: float, w_t: float
) -> None:
    l_r, l_t = max(l_r, l_t), min(l_r, l_t)
    w_r, w_t = w_r * (1 - l_r), max(1e-3, w_t * (1 - l_t))
    if l_t + w_t > 1:
        return
    tipping = tipping_point(l_r, w_r, l_t, w_t)
    assert tipping is not None
    for share, own in zip(tipping.range, (0, 1), strict=True):
        assert l_t + share * w_t == pytest.approx(l_r + own * w_r, abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((0.6, 0.1, 0.7, 0.1), "below the trailing"),
        ((0.9, 0.2, 0.5, 0.1), "no shares of one whole"),
        ((0.9, 0.0, 0.5, -0.1), "no shares of one whole"),
    ],
)
def test_it_refuses_impossible_arms(arguments: tuple[float, float, float, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        tipping_point(*arguments)

"""A message that failed tells more than none that failed, and never makes an interval useless."""

from __future__ import annotations

import pytest

from reach.stats.alike import all_alike
from reach.stats.difference import difference_interval
from reach.stats.gram import tally_vectors
from reach.stats.partial import rate_interval
from reach.stats.ratio import Ratio, ratio

_AXES = ([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1])
_FAMILY = 56  # eight channels by two metrics


def _arms(failures: int, people: int = 500, messages: int = 10) -> tuple[Ratio, Ratio]:
    """Of the same people: an arm of which 90 % arrived, and one of which nearly all did."""
    rows = [
        [messages, messages * 9 // 10, messages, messages - (person < failures)]
        for person in range(people)
    ]
    stratum = tally_vectors(rows)
    first, second = ([stratum], _AXES[1], _AXES[0]), ([stratum], _AXES[3], _AXES[2])
    return ratio(*first), ratio(*second)


@pytest.mark.parametrize("failures", [1, 2, 5, 20])
def test_a_single_failure_does_not_hide_a_difference_of_ten_points(failures: int) -> None:
    a, b = _arms(failures)
    found = difference_interval(a, a, b, b, 0.05, contrasts=_FAMILY)
    assert found.high < 0
    assert found.high - found.low < 0.1
    assert found.p_adjusted <= 0.05


def test_an_interval_does_not_leap_between_no_failure_and_one() -> None:
    none, one = (rate_interval(arm, arm, 0.001) for arm in (_arms(0)[1], _arms(1)[1]))
    assert one.low == pytest.approx(none.low, abs=0.002)


@pytest.mark.parametrize("contrasts", [1, 6, 56, 1000])
@pytest.mark.parametrize("failures", [0, 1, 2, 5, 20])
@pytest.mark.parametrize("people", [12, 40, 500])
def test_interval_and_p_value_agree_all_the_same(
    people: int, failures: int, contrasts: int
) -> None:
    a, b = _arms(min(failures, people), people)
    found = difference_interval(a, a, b, b, 0.05, contrasts=contrasts)
    assert found.excludes_zero == (found.p_adjusted <= 0.05)
    assert found.low <= found.lower_bound <= found.upper_bound <= found.high


def test_it_is_what_lies_in_both_intervals() -> None:
    a, b = _arms(2)
    alike = all_alike((a, b))
    assert alike is not None
    c, d = alike
    found = difference_interval(a, a, b, b, 0.05, contrasts=_FAMILY)
    as_found = difference_interval(a, a, b, b, 0.05, contrasts=_FAMILY, nu=found.nu)
    as_alike = difference_interval(c, c, d, d, 0.05, contrasts=_FAMILY, nu=499)
    assert found.low == max(as_found.low, as_alike.low)
    assert found.high == min(as_found.high, as_alike.high)
    assert found.p_value == min(as_found.p_value, as_alike.p_value)


def test_with_one_message_each_there_is_nothing_to_choose() -> None:
    _, b = _arms(3, messages=1)
    assert all_alike((b, b)) is None

import pytest

from reach.errors import NotEstimableError
from reach.stats.balance import balance_check


def test_the_published_mismatch() -> None:
    # Kohavi, Tang & Xu 2020, chapter 21: a design of half and half. R 4.2.2:
    # chisq.test(c(821588, 815482)): X-squared 22.7743688419, p 1.82179287262e-06.
    check = balance_check([821_588, 815_482], [0.5, 0.5])
    assert check.statistic == pytest.approx(22.7743688419, rel=1e-11)
    assert check.p_value == pytest.approx(1.82179287262e-06, rel=1e-9)
    assert check.degrees_of_freedom == 1
    assert not check.balanced


def test_only_the_proportion_of_the_shares_counts() -> None:
    one, other = balance_check([30, 61, 9], [3, 6, 1]), balance_check([30, 61, 9], [0.3, 0.6, 0.1])
    assert one.statistic == pytest.approx(1 / 60 + 1 / 10)
    assert other.statistic == pytest.approx(one.statistic)
    assert one.balanced


def test_the_level_decides() -> None:
    counts = [5_100, 4_900]  # χ² = 4, p = .0455
    assert balance_check(counts, [1, 1]).balanced
    assert not balance_check(counts, [1, 1], alpha=0.05).balanced


@pytest.mark.parametrize(
    ("counts", "shares", "alpha", "why"),
    [
        ([1], [1.0], 0.001, "two arms"),
        ([1, 2], [1.0], 0.001, "a pair per arm"),
        ([0, 0], [1.0, 1.0], 0.001, "not all 0"),
        ([-1, 2], [1.0, 1.0], 0.001, "0 or more"),
        ([1, 2], [1.0, 0.0], 0.001, "above 0"),
        ([1, 2], [1.0, 1.0], 1.0, "alpha"),
    ],
)
def test_it_refuses_what_is_no_assignment(
    counts: list[int], shares: list[float], alpha: float, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        balance_check(counts, shares, alpha)


def test_shares_of_any_size_never_give_a_nan() -> None:
    huge = balance_check([30, 61, 9], [7.5e307, 1.5e308, 2.5e307])
    assert huge.statistic == pytest.approx(1 / 60 + 1 / 10)
    with pytest.raises(NotEstimableError, match="nothing can be expected"):
        balance_check([30, 61], [1e-300, 1e300])

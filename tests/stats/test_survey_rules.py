"""Lots, clusters and intercepts, by published values and by counting."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from reach.stats.survey.clusters import design_effect, standard_error
from reach.stats.survey.intercept import intercept_weights
from reach.stats.survey.lots import lot_rule


@pytest.mark.parametrize(
    ("upper", "lower", "least"), [(80, 50, 13), (90, 60, 15), (70, 40, 11), (50, 20, 7)]
)
def test_the_published_rules_for_19_people(upper: int, lower: int, least: int) -> None:
    rule = lot_rule(upper / 100, lower / 100)

    def chance(p: float, numbers: range) -> float:
        return sum(comb(19, k) * p**k * (1 - p) ** (19 - k) for k in numbers)

    assert rule.least == least
    assert rule.alpha == pytest.approx(chance(upper / 100, range(least)))
    assert rule.beta == pytest.approx(chance(lower / 100, range(least, 20)))
    assert max(rule.alpha, rule.beta) < 0.1
    assert (rule.judge(least), rule.judge(least - 1)) == ("pass", "fail")


def test_no_other_rule_has_a_smaller_larger_error() -> None:
    from scipy.stats import binom

    rule = lot_rule(0.75, 0.45, 30)
    others = [max(binom.cdf(d - 1, 30, 0.75), binom.sf(d - 1, 30, 0.45)) for d in range(31)]
    assert max(rule.alpha, rule.beta) == pytest.approx(min(others))


def test_the_published_standard_error() -> None:
    assert 100 * standard_error(0.05, 2273, 1.5) == pytest.approx(0.560, abs=5e-4)
    assert design_effect(11, 0.05) == 1.5
    assert design_effect(1, 0.9) == 1


def test_who_comes_often_is_met_often() -> None:
    """Met in proportion to visits, and weighed by their inverse, visitors are as they are."""
    rng = np.random.default_rng(4)
    visits = rng.integers(1, 8, 5000)
    knows = rng.random(5000) < visits / 10
    met = rng.choice(5000, 40_000, p=visits / visits.sum())
    weights = intercept_weights(visits[met])
    assert weights.sum() == pytest.approx(40_000)
    assert weights @ knows[met] / weights.sum() == pytest.approx(knows.mean(), abs=0.01)
    assert knows[met].mean() > knows.mean() + 0.05


@pytest.mark.parametrize("call", [
    lambda: lot_rule(0.5, 0.5), lambda: lot_rule(0.8, 0.5, 0), lambda: lot_rule(0.8, 0.5).judge(20),
    lambda: design_effect(0, 0.1), lambda: design_effect(3, 1.1), lambda: standard_error(1.2, 9),
    lambda: intercept_weights([]), lambda: intercept_weights([1, 0]),
])  # fmt: skip
def test_what_is_out_of_range_is_refused(call) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with pytest.raises(ValueError, match="expected"):
        call()

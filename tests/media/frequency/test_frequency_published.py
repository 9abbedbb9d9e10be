"""Values of the literature on media models, as textbooks on them work them out."""

from __future__ import annotations

import pytest

from reach.media.frequency.agostini import agostini
from reach.media.frequency.beta_binomial import (
    from_duplication,
    from_reach_of_many,
    from_reach_of_two,
)
from reach.media.frequency.binomial import binomial
from reach.media.frequency.goerg import goerg
from reach.media.frequency.metheringham import Vehicle, metheringham
from reach.media.frequency.negative_exponential import NegativeExponential
from reach.media.frequency.sainsbury import sainsbury

LAST_DIGIT = 1e-6
THREE = [0.3, 0.4, 0.2]
AS_BY_CHANCE = {(0, 1): 0.12, (0, 2): 0.06, (1, 2): 0.08}  # .26 together


def near(*published: float) -> object:
    return pytest.approx(published, abs=LAST_DIGIT)


def test_binomial() -> None:
    # p .15, n 4: 4 × .15 × .85³ and so on.
    assert binomial(0.15, 4).exactly == near(0.522006, 0.368475, 0.097537, 0.011475, 0.000506)


def test_sainsbury() -> None:
    told = sainsbury(THREE)
    assert told.exactly == near(0.336, 0.452, 0.188, 0.024)
    assert told.reach() == pytest.approx(0.664, abs=LAST_DIGIT)


def test_agostini() -> None:
    # .9² / (.9 + 1.125 × .26), Agostini 1961
    assert agostini(THREE, AS_BY_CHANCE) == pytest.approx(0.679245, abs=LAST_DIGIT)


def test_beta_binomial_of_half_the_universe() -> None:
    fitted = from_reach_of_two(0.5, 0.55)
    assert (fitted.alpha, fitted.beta) == near(0.125, 0.125)
    told = fitted.frequency(5).exactly
    assert told == near(0.396635, 0.060096, 0.043269, 0.043269, 0.060096, 0.396635)


def test_beta_binomial_beyond_what_was_observed() -> None:
    fitted = from_reach_of_two(0.06, 0.103)
    assert (fitted.alpha, fitted.beta) == near(0.192537, 3.016418)
    told = [fitted.reach(insertions) for insertions in (3, 4, 5)]
    assert told == pytest.approx([0.136156, 0.162943, 0.185299], abs=LAST_DIGIT)


def test_metheringham_is_beta_binomial_of_the_averages() -> None:
    # Equal vehicles: their average is each of them, so the values above hold.
    papers = [Vehicle(0.5)] * 5
    pairs = {(i, j): 0.45 for i in range(5) for j in range(i)}
    schedule = metheringham(papers, pairs)
    told = schedule.frequency().exactly
    assert told == near(0.396635, 0.060096, 0.043269, 0.043269, 0.060096, 0.396635)
    one_paper = metheringham([Vehicle(0.5, 5, repeated=0.45)], {})
    assert one_paper.frequency().exactly == near(*told)


def test_goerg() -> None:
    curve = goerg(200, 100)
    assert curve.maximum == 200
    assert [curve.reach(200, times) for times in (1, 2, 3)] == [100, 50, 25]
    assert curve.reach(100) == pytest.approx(66.667, abs=1e-3)


def test_negative_exponential() -> None:
    told = NegativeExponential(0.8, 0.01).reach(100)
    assert told == pytest.approx(0.505696, abs=LAST_DIGIT)


def test_all_fits_of_one_model_agree() -> None:
    once, twice = from_reach_of_two(0.06, 0.103), from_duplication(0.06, 2 * 0.06 - 0.103)
    many = from_reach_of_many(0.06, once.reach(7), 7)
    for other in (twice, many):
        assert (other.alpha, other.beta) == pytest.approx((once.alpha, once.beta), rel=1e-9)

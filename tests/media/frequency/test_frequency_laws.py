"""What holds for every model: shares sum to 1, reach never falls, and no contact is won."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import stats

from reach.errors import NotEstimableError
from reach.media.frequency.agostini import agostini
from reach.media.frequency.beta_binomial import (
    BetaBinomial,
    from_reach_of_many,
    from_reach_of_two,
)
from reach.media.frequency.binomial import binomial
from reach.media.frequency.contacts import Frequency, from_log_ratios
from reach.media.frequency.goerg import Goerg, goerg
from reach.media.frequency.metheringham import Vehicle, metheringham
from reach.media.frequency.negative_exponential import NegativeExponential, negative_exponential
from reach.media.frequency.sainsbury import sainsbury
from reach.stats.overlap import together

CLOSE = 1e-12
shares = st.floats(1e-9, 1.0)
inner = st.floats(1e-6, 1 - 1e-6)
parameters = st.floats(1e-4, 1e4)
insertions = st.integers(1, 300)
models = st.one_of(
    st.builds(binomial, shares, insertions),
    st.builds(sainsbury, st.lists(shares, min_size=1, max_size=12)),
    st.builds(lambda a, b, n: BetaBinomial(a, b).frequency(n), parameters, parameters, insertions),
)


@settings(deadline=None)
@given(models)
def test_contacts_balance(told: Frequency) -> None:
    n = told.insertions
    assert math.fsum(told.exactly) == pytest.approx(1, abs=CLOSE)
    reached = [told.reach(times) for times in range(1, n + 2)]
    assert reached == sorted(reached, reverse=True)
    assert reached[-1] == 0
    assert 0 <= reached[0] <= min(1, told.gross)
    assert reached[0] == pytest.approx(math.fsum(told.exactly[1:]), abs=CLOSE)
    # Contacts are those that each has: also the sum of all n+.
    assert told.gross == pytest.approx(math.fsum(reached), rel=1e-9)
    if reached[0] > 0:
        assert told.average_frequency >= 1


@settings(deadline=None)
@given(inner, st.integers(1, 200))
def test_binomial_is_scipy_s(share: float, n: int) -> None:
    exact = stats.binom.pmf(np.arange(n + 1), n, share)
    assert binomial(share, n).exactly == pytest.approx(exact, rel=1e-9, abs=1e-300)


@settings(deadline=None)
@given(shares, st.integers(1, 40))
def test_sainsbury_of_equal_vehicles_is_binomial(share: float, n: int) -> None:
    assert sainsbury([share] * n).exactly == pytest.approx(binomial(share, n).exactly, abs=CLOSE)


@settings(deadline=None)
@given(st.lists(shares, min_size=1, max_size=8))
def test_sainsbury_is_the_sum_over_all_sets_of_vehicles(each: list[float]) -> None:
    exactly = [0.0] * (len(each) + 1)
    for seen in product((False, True), repeat=len(each)):
        chance = math.prod(p if saw else 1 - p for p, saw in zip(each, seen, strict=True))
        exactly[sum(seen)] += chance
    told = sainsbury(each)
    assert told.exactly == pytest.approx(exactly, abs=CLOSE)
    # Never more than Fréchet's bound, and never fewer than the largest alone.
    assert max(each) - CLOSE <= told.reach() <= min(1, math.fsum(each)) + CLOSE


def rising(start: Fraction, count: int) -> Fraction:
    return math.prod((start + step for step in range(count)), start=Fraction(1))


@settings(deadline=None, max_examples=60)
@given(
    st.fractions(Fraction(1, 10**9), 10**9),
    st.fractions(Fraction(1, 10**9), 10**9),
    st.integers(1, 25),
)
@example(Fraction(1, 10**9), Fraction(10**9), 25)
@example(Fraction(10**9), Fraction(1, 10**9), 25)
@example(Fraction(10**9), Fraction(10**9), 25)
def test_beta_binomial_is_the_one_of_fractions(alpha: Fraction, beta: Fraction, n: int) -> None:
    alpha, beta = Fraction(float(alpha)), Fraction(float(beta))
    whole = rising(alpha + beta, n)
    exact = [
        float(math.comb(n, k) * rising(alpha, k) * rising(beta, n - k) / whole)
        for k in range(n + 1)
    ]
    model = BetaBinomial(float(alpha), float(beta))
    told = model.frequency(n)
    assert told.exactly == pytest.approx(exact, rel=1e-11, abs=0)
    reach = float(1 - rising(beta, n) / whole)
    assert told.reach() == pytest.approx(reach, rel=1e-11)
    assert model.reach(n) == pytest.approx(reach, rel=1e-11)


@settings(deadline=None)
@given(parameters, parameters, insertions)
def test_reach_never_falls_with_insertions(alpha: float, beta: float, n: int) -> None:
    model = BetaBinomial(alpha, beta)
    assert model.reach(1) == pytest.approx(model.share, rel=1e-9)
    assert model.reach(n) <= model.reach(n + 1) + CLOSE
    assert model.reach(n) <= min(1, n * model.share) + CLOSE
    assert model.reach(n) == pytest.approx(model.frequency(n).reach(), rel=1e-9)
    assert binomial(model.share, n).reach() >= model.reach(n) - CLOSE
    assert model.frequency(n).gross == pytest.approx(n * model.share, rel=1e-9)


@settings(deadline=None)
@given(inner, st.floats(0.001, 0.999))
def test_two_insertions_come_back(once: float, part: float) -> None:
    twice = once + part * once * (1 - once)  # between the same people and chance
    fitted = from_reach_of_two(once, twice)
    assert fitted.reach(1) == pytest.approx(once, rel=1e-9)
    assert fitted.reach(2) == pytest.approx(twice, rel=1e-9)


@settings(deadline=None)
@given(st.floats(1e-4, 0.9), st.integers(2, 300), st.floats(0.01, 0.99))
def test_contacts_and_reach_come_back(share: float, n: int, part: float) -> None:
    chance = binomial(share, n).reach()
    assume(chance > share * (1 + 1e-6))
    reach = share + part * (chance - share)
    assume(share < reach < chance)
    try:
        fitted = from_reach_of_many(share, reach, n)
    except NotEstimableError:
        # As good as the same people always, or as chance: nearer than the model is sought.
        assert part < 0.1 or chance > 1 - 1e-9
        return
    assert fitted.share == pytest.approx(share, rel=1e-9)
    assert fitted.reach(n) == pytest.approx(reach, rel=1e-9)
    assert fitted.reach(3 * n) >= reach - CLOSE


@settings(deadline=None)
@given(st.floats(0.001, 1e6), st.floats(0.001, 0.999), st.floats(1, 100), st.integers(1, 8))
def test_goerg_s_curve(gross: float, part: float, more: float, times: int) -> None:
    curve = goerg(gross, part * gross)
    assert curve.reach(gross) == pytest.approx(part * gross, rel=1e-9)
    assert curve.reach(gross, times + 1) <= curve.reach(gross, times)
    assert curve.reach(gross, times) <= curve.reach(gross * more, times) * (1 + CLOSE)
    assert curve.reach(gross) <= min(gross, curve.maximum) * (1 + CLOSE)
    contacts = math.fsum(curve.reach(gross, n) for n in range(1, 20_001))
    if part > 0.01:
        assert contacts == pytest.approx(gross, rel=1e-6)
    assert curve.reach(0) == 0


@settings(deadline=None)
@given(st.floats(0.1, 2000), st.floats(0.001, 1), st.floats(1, 20), st.integers(1, 8))
def test_the_negative_exponential_curve(grp: float, part: float, more: float, times: int) -> None:
    most = -math.expm1(-grp / 100)
    reach = part * most
    curve = negative_exponential(grp, reach)
    assert curve.reach(grp) == pytest.approx(reach, rel=1e-9)
    assert curve.maximum * curve.rate == pytest.approx(0.01, rel=1e-9)
    assert curve.reach(grp, times + 1) <= curve.reach(grp, times) + CLOSE
    assert curve.reach(grp, times) <= curve.reach(grp * more, times) + CLOSE
    assert curve.reach(grp) <= min(1, grp / 100, curve.maximum) * (1 + CLOSE)
    poisson = curve.maximum * stats.poisson.sf(times - 1, curve.rate * grp)
    assert curve.reach(grp, times) == pytest.approx(poisson, rel=1e-9, abs=1e-300)


@st.composite
def audiences(draw: st.DrawFn) -> np.ndarray:
    """Who is reached by which vehicle: each of three to five reaches somebody."""
    count = draw(st.integers(3, 5))
    sets = draw(st.lists(st.integers(0, 2**count - 1), min_size=3, max_size=14))
    people = (np.array(sets)[:, None] >> np.arange(count)) & 1
    assume(people.any(axis=0).all())
    return people


@settings(deadline=None, max_examples=60)
@given(audiences())
def test_agostini_keeps_the_bounds_of_the_overlaps_or_says_so(people: np.ndarray) -> None:
    reached = [float(share) for share in people.mean(axis=0)]
    pairs = {
        (i, j): float((people[:, i] * people[:, j]).mean())
        for i, j in combinations(range(people.shape[1]), 2)
    }
    sharp = together(
        [(p, p) for p in reached], {pair: (both, both) for pair, both in pairs.items()}
    )
    try:
        found = agostini(reached, pairs)
    except NotEstimableError:
        formula = sum(reached) ** 2 / (sum(reached) + 1.125 * sum(pairs.values()))
        low, high = sharp.union
        assert not low + 1e-6 < formula < high - 1e-6
    else:
        assert max(reached) - CLOSE <= found <= min(1, sum(reached)) + CLOSE


@settings(deadline=None, max_examples=60)
@given(audiences())
def test_metheringham_keeps_the_averages_or_says_why_not(people: np.ndarray) -> None:
    reached = [float(share) for share in people.mean(axis=0)]
    pairs = {
        (i, j): float((people[:, i] * people[:, j]).mean())
        for i, j in combinations(range(people.shape[1]), 2)
    }
    try:
        schedule = metheringham([Vehicle(share) for share in reached], pairs)
    except NotEstimableError:
        return
    told = schedule.frequency()
    assert told.gross == pytest.approx(sum(reached), rel=1e-9)
    both = math.fsum(k * (k - 1) / 2 * share for k, share in enumerate(told.exactly))
    assert both == pytest.approx(sum(pairs.values()), rel=1e-6, abs=1e-9)
    assert max(reached) <= told.reach() <= min(1, sum(reached)) + CLOSE


def test_a_thousand_insertions_leave_no_float() -> None:
    told = binomial(0.5, 50_000)
    assert told.gross == pytest.approx(25_000)
    assert told.reach() == pytest.approx(1, abs=CLOSE)
    exact = stats.binom.pmf(25_000, 50_000, 0.5)
    assert told.exactly[25_000] == pytest.approx(exact, rel=1e-9)


def test_ratios_make_shares() -> None:
    assert from_log_ratios(np.array([800.0, -800.0])).exactly == pytest.approx((0, 1, 0))
    assert Goerg(3).reach(1) == 0.75
    assert NegativeExponential(1, 0.01).reach(0) == 0

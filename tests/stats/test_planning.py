import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import power_proportions_2indep, proportion_effectsize

from reach.errors import NotEstimableError
from reach.stats.planning.power import Aim, Plan, power, size_for
from reach.stats.planning.sending import Sending

RATES = st.floats(0.02, 0.98)


def test_the_published_power() -> None:
    # R: power.prop.test(n = 50, p1 = .50, p2 = .75), its help page: power = 0.7401659
    assert power(Plan(0.5, 0.75), 50) == pytest.approx(0.7401659, abs=5e-8)
    assert power(Plan(0.75, 0.5), 50) == power(Plan(0.5, 0.75), 50)
    arcsine = NormalIndPower().power(proportion_effectsize(0.75, 0.5), 50, 0.05)
    assert abs(arcsine - 0.7402) > 0.004, "this would be another formula"


def test_the_published_size() -> None:
    # R: power.prop.test(p1 = .50, p2 = .75, power = .90), its help page: n = 76.7
    assert size_for(Plan(0.5, 0.75), 0.9).first == 77


def test_published_sizes_for_margins() -> None:
    # Chow, Shao & Wang (2008), as powerandsamplesize.com computes it: 25
    found = size_for(Plan(0.85, 0.65, "non-inferior", margin=0.1, alpha=0.1))
    assert (found.first, found.second) == (25, 25)
    # TOST with equal rates has a closed form, z of 1 − β/2 in place of 1 − β
    z = norm.ppf(0.95) + norm.ppf(0.9)
    equal = size_for(Plan(0.75, 0.75, "equivalent", margin=0.2, alpha=0.1))
    assert equal.first == math.ceil(2 * 0.75 * 0.25 * (z / 0.2) ** 2)


@settings(max_examples=40, deadline=None)
@given(RATES, RATES, st.integers(5, 5000), st.floats(0.2, 5), st.floats(0.001, 0.2))
def test_power_equals_statsmodels(
    first: float, second: float, n: int, ratio: float, alpha: float
) -> None:
    if abs(first - second) < 1e-6:
        return
    high, low = max(first, second), min(first, second)
    oracle = power_proportions_2indep(
        high - low, low, n, ratio, alpha / 2, alternative="larger", return_results=False
    )
    plan = Plan(high, low, ratio=ratio, alpha=alpha)
    assert power(plan, n) == pytest.approx(float(oracle), abs=1e-9)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    aim: Aim = draw(st.sampled_from(get_args(Aim)))
    return Plan(
        draw(RATES),
        draw(RATES),
        aim,
        margin=0.0 if aim == "better" else draw(st.floats(0.03, 0.5)),
        unknown=(draw(st.floats(0, 0.2)), draw(st.floats(0, 0.2))),
        ratio=draw(st.floats(0.3, 3)),
        sending=Sending(draw(st.floats(0.5, 9)), draw(st.floats(0, 2)), draw(st.floats(0, 1))),
        alpha=draw(st.floats(0.001, 0.2)),
        contrasts=draw(st.integers(1, 20)),
    )


@settings(max_examples=40, deadline=None)
@given(plans(), st.floats(0.3, 0.98))
def test_size_and_power_are_inverse(plan: Plan, wanted: float) -> None:
    try:
        found = size_for(plan, wanted)
    except NotEstimableError as error:
        assert "recipients" in str(error)  # noqa: PT017
        return
    assert found.second == math.ceil(plan.ratio * found.first)
    assert found.power == power(plan, found.first, found.second) >= wanted
    if found.first > 1:
        assert power(plan, found.first - 1, math.ceil(plan.ratio * (found.first - 1))) < wanted


@settings(max_examples=40, deadline=None)
@given(plans(), st.integers(2, 10_000))
def test_power_is_a_probability_that_more_recipients_raise(plan: Plan, n: int) -> None:
    try:
        few, many = power(plan, n), power(plan, 2 * n)
    except NotEstimableError:
        return
    assert 0 <= few <= many + 1e-12
    assert many <= 1


@settings(max_examples=40, deadline=None)
@given(RATES, RATES, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_what_will_be_unknown_only_widens(
    first: float, second: float, fewer: float, more: float, other: float
) -> None:
    fewer, more = sorted((fewer, more))
    low, high = Plan(first, second, unknown=(fewer, other)).possible
    lower, higher = Plan(first, second, unknown=(more, other)).possible
    assert lower <= low + 1e-12
    assert low <= high + 1e-12 <= higher + 2e-12
    assert lower - 1e-12 <= first - second <= higher + 1e-12


def test_unknown_messages_cost_recipients() -> None:
    sizes = [size_for(Plan(0.9, 0.8, unknown=(w, w))).first for w in (0, 0.01, 0.02, 0.04)]
    assert sizes == sorted(set(sizes))
    equal = [
        size_for(Plan(0.9, 0.9, "equivalent", 0.1, unknown=(w, w))).first for w in (0, 0.01, 0.04)
    ]
    assert equal == sorted(set(equal))


def test_the_critical_value_lies_between_one_and_two_sided() -> None:
    # One unknown message in a hundred of A: Δ = .01 is half a standard error of the wider end.
    plan, n = Plan(0.97, 0.9, unknown=(0.01, 0.0)), 300
    low, high = 0.97 * 0.99, 0.97 * 0.99 + 0.01
    errors = [math.sqrt((a * (1 - a) + 0.09) / n) for a in (low, high)]
    c = brentq(lambda c: norm.cdf(c + 0.01 / max(errors)) - norm.cdf(-c) - 0.95, 1, 2)
    assert 1.65 < c < 1.95
    pooled = (low + 0.9) / 2
    equal = math.sqrt(2 * pooled * (1 - pooled) / n)
    by_hand = norm.cdf((low - 0.9 - c * equal) / errors[0])
    assert power(plan, n) == pytest.approx(float(by_hand), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(RATES, RATES, st.floats(0, 0.1), st.floats(0, 0.1))
def test_the_arms_may_change_places(p: float, q: float, w: float, v: float) -> None:
    try:
        there = power(Plan(p, q, unknown=(w, v)), 200)
    except NotEstimableError:
        return
    assert power(Plan(q, p, unknown=(v, w)), 200) == pytest.approx(there)


def test_the_power_is_how_often_the_verdict_falls() -> None:
    # The verdict's own arithmetic, with Wald intervals, in simulated campaigns.
    rng = np.random.default_rng(20_240_601)
    plan, n, runs = Plan(0.93, 0.8, unknown=(0.05, 0.1)), 400, 20_000
    (p, q), (w, v) = (plan.first, plan.second), plan.unknown
    a = rng.multinomial(n, [p * (1 - w), w, (1 - p) * (1 - w)], runs) / n
    b = rng.multinomial(n, [q * (1 - v), v, (1 - q) * (1 - v)], runs) / n
    low, high = a[:, 0], b[:, 0] + b[:, 1]
    error = np.sqrt(low * (1 - low) / n + high * (1 - high) / n)
    # 0.15 unknown in all is many errors wide: the critical value is one-sided, 1.645
    fallen = (low - high - 1.6449 * error > 0).mean()
    assert power(plan, n) == pytest.approx(fallen, abs=0.015)
    equivalent = Plan(0.6, 0.62, "equivalent", margin=0.1)
    x, y = rng.binomial(900, 0.6, runs) / 900, rng.binomial(900, 0.62, runs) / 900
    half = 1.96 * np.sqrt(x * (1 - x) / 900 + y * (1 - y) / 900)
    fallen = ((x - y - half > -0.1) & (x - y + half < 0.1)).mean()
    assert power(equivalent, 900) == pytest.approx(fallen, abs=0.015)


def test_the_design_effect() -> None:
    # Eldridge, Ashby & Kerry (2006), equation for cv; equal sizes give Kish's 1 + (m − 1)ICC.
    assert Sending(10, 0, 0.05).design_effect == pytest.approx(1.45)
    assert Sending(10, 0.65, 0.05).design_effect == pytest.approx(1 + (10 * 1.4225 - 1) * 0.05)
    assert Sending(0.4, 0, 0.5).design_effect == 1, "less than one each can't be alike"
    once, often = Plan(0.93, 0.9), Plan(0.93, 0.9, sending=Sending(4, 0, 1))
    assert size_for(often).first == size_for(once).first, "four alike tell as much as one"
    assert size_for(often).messages == 4 * size_for(once).messages
    alone = Plan(0.93, 0.9, sending=Sending(4))
    assert size_for(alone).first == math.ceil(size_for(once).first / 4)


def test_the_design_effect_is_the_variance_of_clustered_rates() -> None:
    rng = np.random.default_rng(5)
    sizes = np.array([1, 1, 2, 4, 12])
    icc, people = 0.4, 300
    sent = rng.choice(sizes, (2500, people))
    ability = rng.beta(0.7 * (1 / icc - 1), 0.3 * (1 / icc - 1), sent.shape)
    rate = rng.binomial(sent, ability).sum(axis=1) / sent.sum(axis=1)
    effect = rate.var() / (0.7 * 0.3 / (people * sizes.mean()))
    planned = Sending(sizes.mean(), sizes.std() / sizes.mean(), icc).design_effect
    assert effect == pytest.approx(planned, rel=0.08)


def test_a_family_costs_as_much_as_a_stricter_level() -> None:
    assert power(Plan(0.8, 0.7, contrasts=5), 200) == power(Plan(0.8, 0.7, alpha=0.01), 200)


def test_what_no_campaign_could_show_is_said() -> None:
    with pytest.raises(NotEstimableError, match=r"from -0\.0265 to \+0\.1235 as long as .* miss"):
        size_for(Plan(0.93, 0.9, unknown=(0.05, 0.1)), 0.8)
    with pytest.raises(NotEstimableError, match=r"would show which is better: .*\+0\.0000$"):
        power(Plan(0.9, 0.9), 100)
    with pytest.raises(NotEstimableError, match=r"at most 0\.05 worse"):
        power(Plan(0.8, 0.9, "non-inferior", margin=0.05), 100)
    with pytest.raises(NotEstimableError, match=r"both lie within 0\.05"):
        power(Plan(0.9, 0.8, "equivalent", margin=0.05), 100)
    with pytest.raises(NotEstimableError, match="more than 100,000,000,000"):
        size_for(Plan(0.9, 0.9 - 1e-6))


def test_certain_ends_are_handled() -> None:
    assert power(Plan(1.0, 0.0), 10) == 1
    assert power(Plan(1.0, 1.0, "equivalent", margin=0.1), 10) == 1
    assert power(Plan(1.0, 1.0, "non-inferior", margin=0.1, unknown=(0.0, 0.0)), 10) == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"first": 1.1}, "0 to 1"),
        ({"unknown": (0, -0.1)}, "0 to 1"),
        ({"aim": "best"}, "aim"),
        ({"margin": 0.1}, "margin"),
        ({"aim": "equivalent"}, "margin"),
        ({"aim": "equivalent", "margin": math.nan}, "margin"),
        ({"alpha": 1}, "alpha"),
        ({"ratio": 0}, "ratio"),
        ({"contrasts": 0}, "contrasts"),
    ],
)
def test_it_refuses_what_is_no_plan(wrong: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Plan(**{"first": 0.9, "second": 0.8, **wrong})  # type: ignore[arg-type]


def test_it_refuses_impossible_sizes_and_sendings() -> None:
    with pytest.raises(ValueError, match="expected above 0"):
        power(Plan(0.9, 0.8), 0)
    with pytest.raises(ValueError, match="power wanted"):
        size_for(Plan(0.9, 0.8), 1)
    with pytest.raises(ValueError, match="per_recipient"):
        Sending(0)
    with pytest.raises(ValueError, match="icc"):
        Sending(2, 0, 1.5)

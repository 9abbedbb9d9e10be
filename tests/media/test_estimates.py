from __future__ import annotations

import math

import numpy as np
import pytest
from rows_of import codes, made, numbered, row
from scipy.stats import beta, norm

from reach.errors import InputError
from reach.media.formulas import FORMULAS
from reach.media.medium import Medium
from reach.media.row import Row
from reach.vocabulary import Grade


def stated(medium: str, name: str, distribution: str, **more: object) -> Row:
    data = {"medium": medium, "input": name, "distribution": distribution, "source": "field test"}
    return row("estimate", **(data | more))


def fixed(medium: str, name: str, value: float, **more: object) -> Row:
    return stated(medium, name, "fixed", value=value, **more)


BOARD = [
    stated("outdoor", "passers", "lognormal", low=5_000, high=20_000),
    fixed("outdoor", "visibility", 0.3),
]


def test_a_lognormal_times_a_constant_has_its_own_quantiles() -> None:
    found = made(*numbered(BOARD))
    (one,) = found.exposures
    assert one.reached is not None
    low, middle, high = one.reached.low, one.reached.estimate, one.reached.high
    assert (low, middle, high) == pytest.approx((1500, 3000, 6000), rel=0.03)
    assert (one.grade, one.reached.level) == (Grade.ESTIMATE, 0.95)
    assert one.inputs == {"passers": pytest.approx(1, abs=0.02), "visibility": 0}
    assert codes(found) == []
    assert any("covers no bias" in said for said in one.assumptions)
    assert any("different persons" in said for said in one.assumptions)


@pytest.mark.parametrize("medium", list(FORMULAS))
def test_each_formula_is_the_product_of_its_inputs(medium: Medium) -> None:
    shares = {"noting", "visibility", "present_and_heard", "read_share", "present_share"}
    numbers = {"density": 2.5, "readers_per_copy": 3.0}
    rows, want = [], 1.0
    for name in FORMULAS[medium].inputs:
        value = 0.4 if name in shares else numbers.get(name, 1000.0)
        rows.append(fixed(medium.value, name, value))
        want *= value
    found = made(*numbered(rows))
    (one,) = found.exposures
    assert one.reached is not None
    assert (one.medium, one.reached.estimate) == (medium, pytest.approx(want))
    # Nobody knows all inputs for sure: that is no interval of width 0.
    assert (one.reached.low, one.reached.high, one.reached.level) == (0, 100_000, None)
    assert codes(found) == ["estimate_without_doubt"]


def test_a_crowd_is_its_area_times_its_density() -> None:
    rows = [
        fixed("event", "area_m2", 2_000, vehicle="Gasibu"),
        stated("event", "density", "triangular", low=1, value=2, high=3, vehicle="Gasibu"),
        stated("event", "present_share", "beta", value=0.8, sample_size=100, vehicle="Gasibu"),
    ]
    (one,) = made(*numbered(rows)).exposures
    rng = np.random.default_rng(3)
    draws = 2000 * rng.triangular(1, 2, 3, 400_000) * rng.beta(80, 20, 400_000)
    assert one.reached is not None
    got = one.reached.low, one.reached.estimate, one.reached.high
    assert got == pytest.approx(np.quantile(draws, [0.025, 0.5, 0.975]), rel=0.02)
    assert one.vehicle == "Gasibu"
    assert one.inputs["density"] > one.inputs["present_share"] > 0


def test_nobody_is_reached_beyond_the_universe() -> None:
    rows = [stated("outdoor", "passers", "lognormal", low=20_000, high=80_000, region="Bogor")]
    found = made(*numbered([*rows, fixed("outdoor", "visibility", 1, region="Bogor")]))
    (one,) = found.exposures
    assert one.reached is not None
    assert one.reached.high == 40_000
    (said,) = found.notices
    above = norm.sf(0)  # the median is 40,000
    assert (said.code, said.params["share"]) == (
        "estimate_above_universe",
        pytest.approx(above, abs=0.02),
    )


def test_draws_that_no_input_can_have_are_cut_and_counted() -> None:
    rows = [
        fixed("outdoor", "passers", 1000),
        stated("outdoor", "visibility", "normal", low=0.5, high=1.5),
    ]
    found = made(*numbered(rows))
    (one,) = found.exposures
    assert one.reached is not None
    assert one.reached.high == 1000
    assert [n.params["share"] for n in found.notices] == [pytest.approx(0.5, abs=0.02)]


def test_a_share_by_a_beta_keeps_its_quantiles() -> None:
    rows = [
        fixed("leaflet", "pieces", 10_000),
        stated("leaflet", "read_share", "beta", value=0.35, sample_size=80),
    ]
    (one,) = made(*numbered(rows)).exposures
    assert one.reached is not None
    want = 10_000 * beta.ppf([0.025, 0.975], 28, 52)
    assert (one.reached.low, one.reached.high) == pytest.approx(want, rel=0.02)


def test_the_seed_decides_and_the_order_does_not() -> None:
    first = made(*numbered(BOARD)).exposures[0].reached
    second = made(*reversed(numbered(BOARD))).exposures[0].reached
    assert first == second


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([fixed("tv", "passers", 1)], '$.medium: got "tv", expected one of print, outdoor'),
        ([*BOARD, fixed("outdoor", "noting", 1)], '$.input: got "noting", expected one of passers, visibility'),
        ([*BOARD, BOARD[1]], "each input once: rows.csv:3 states it"),
        ([stated("outdoor", "passers", "uniform", low=5)], "$.high: got nothing, expected a number: a uniform"),
        ([stated("outdoor", "passers", "uniform", low=5, high=5)], "$.distribution: got uniform with low 5, high 5, expected low < high"),
        ([stated("outdoor", "passers", "normal", low=5, high=15, value=14)], "$.value: got 14, expected about 10"),
        ([stated("outdoor", "visibility", "beta", value=1, sample_size=9)], "expected a value between 0 and 1"),
    ],
)  # fmt: skip
def test_what_no_formula_takes_is_refused(rows: list[Row], said: str) -> None:
    with pytest.raises(InputError) as refused:
        made(*numbered(rows))
    assert len(refused.value.faults) == 1
    assert said in str(refused.value)


def test_an_input_that_nobody_states_is_not_guessed() -> None:
    (one,) = made(BOARD[0]).exposures
    assert one.reached is None
    assert one.not_measured == "of passers × visibility nobody states visibility"


def test_estimates_of_several_periods_do_not_add_up() -> None:
    spans = [("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")]
    rows = [
        row("estimate", **each.data, period_start=start, period_end=end)
        for start, end in spans
        for each in BOARD
    ]
    found = made(*numbered(rows))
    assert (len(found.exposures), found.exposures[0].reached) == (1, None)
    assert codes(found) == ["periods_differ"]


def test_doubt_grows_with_each_doubtful_input() -> None:
    doubtful = [BOARD[0], stated("outdoor", "visibility", "beta", value=0.3, sample_size=20)]
    sure, unsure = (made(*numbered(rows)).exposures[0].reached for rows in (BOARD, doubtful))
    assert sure is not None
    assert unsure is not None
    assert math.log(unsure.high / unsure.low) > math.log(sure.high / sure.low)

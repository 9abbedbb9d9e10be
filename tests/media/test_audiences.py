from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows_of import codes, made, numbered, row
from scipy.stats import beta

from reach.errors import InputError
from reach.media.row import Row
from reach.vocabulary import Grade


def tv(**more: object) -> Row:
    data = {
        "medium": "tv", "target": "18+", "unit": "persons", "universe": 100_000, "grade": "C",
        "universe_source": "panel", "period_start": "2026-01-05", "period_end": "2026-02-04",
        "source": "Panel Pemirsa", "method": "panel_meter", "sample_size": 1850,
    } | more  # fmt: skip
    return row("audience", "audience/tv.csv:3", **{k: v for k, v in data.items() if v is not None})


def test_a_panel_is_a_beta_on_n_over_deff() -> None:
    found = made(tv(reach1_pct=32.7, reach3_pct=9.6, design_effect=1.5, insertions=42))
    (one,) = found.exposures
    n = 1850 / 1.5
    low, high = beta.ppf([0.025, 0.975], 0.327 * n + 0.5, 0.673 * n + 0.5)
    assert one.reached is not None
    assert one.reached.estimate == pytest.approx(32_700)
    assert (one.reached.low, one.reached.high) == pytest.approx((1e5 * low, 1e5 * high), rel=1e-9)
    assert (one.grade, one.unit, one.sent, one.reached.level) == (Grade.PANEL, "persons", 42, 0.95)
    assert list(one.times) == [3]
    assert one.times[3].estimate == pytest.approx(9600)
    assert codes(found) == []


def test_points_over_average_contacts_are_reach() -> None:
    (one,) = made(tv(grp=88.2, ots_average=2.1)).exposures
    assert one.reached is not None
    assert one.reached.estimate == pytest.approx(42_000)
    assert "grp / ots_average" in one.method


def test_a_published_interval_stands_at_its_own_level() -> None:
    told = {"reach1_pct": 41.0, "reach1_low_pct": 36.0, "reach1_high_pct": 46.0}
    (one,) = made(tv(**told, confidence_level=0.9)).exposures
    assert one.reached is not None
    ends = one.reached.low, one.reached.estimate, one.reached.high
    assert ends == pytest.approx((36_000, 41_000, 46_000))
    assert one.reached.level == 0.9


@pytest.mark.parametrize(
    ("deff", "margin", "warned", "width"),
    [(1.5, 0.9, 1, 2190), (None, 0.9, 1, 1800), (1.5, 1.1, 0, 2200), (1.0, 0.9, 0, 1800)],
)  # fmt: skip
def test_a_margin_that_hides_the_design_is_named(
    deff: float | None, margin: float, warned: int, width: float
) -> None:
    told = {"reach1_pct": 5.0, "reach1_low_pct": 5 - margin, "reach1_high_pct": 5 + margin}
    sample = {"sample_size": 2273, "design_effect": deff, "confidence_level": 0.95}
    found = made(tv(method="probability_survey", grade="D", **told, **sample))
    assert codes(found) == ["margin_hides_design"] * warned
    reached = found.exposures[0].reached
    assert reached is not None
    assert reached.high - reached.low == pytest.approx(width, abs=15)


def test_without_a_sample_size_no_error_is_known() -> None:
    found = made(tv(reach1_pct=41.0, sample_size=None))
    reached = found.exposures[0].reached
    assert reached is not None
    assert (reached.low, reached.estimate, reached.high, reached.level) == (0, 41_000, 1e5, None)
    assert codes(found) == ["no_error_stated"]
    assert "no sampling error is stated" in found.exposures[0].assumptions[0]


def test_accounts_stay_accounts() -> None:
    platform = {"method": "platform_report", "grade": "B", "medium": "social", "sample_size": None}
    found = made(tv(**platform, unit="accounts", reach=250_000, universe=None, impressions=9e5))
    (one,) = found.exposures
    assert (one.unit, one.grade, one.reached and one.reached.high) == ("accounts", "B", 250_000)
    with pytest.raises(InputError, match="does not know which of them are one person"):
        made(tv(**platform, unit="persons", reach=10))


@pytest.mark.parametrize(
    "told", [{"impressions": 5000}, {"tvr": 2.1}, {"readership": 900}, {"grp": 80.0}]
)
def test_contacts_and_readers_are_no_reach(told: dict[str, Any]) -> None:
    (one,) = made(tv(**told)).exposures
    assert one.reached is None
    assert one.not_measured
    assert one.potential == told.get("readership")


def test_potential_is_in_no_result() -> None:
    claim = {"method": "circulation_claim", "grade": "P", "unit": "copies", "universe": None}
    potential = tv(**claim, potential_audience=85_000, sample_size=None)
    (one,) = made(potential).exposures
    assert (one.reached, one.grade, one.potential) == (None, Grade.POTENTIAL, 85_000)
    both = made(tv(reach1_pct=10.0), potential)
    (one,) = both.exposures
    assert (one.grade, one.potential) == (Grade.PANEL, 85_000)
    assert codes(both) == ["potential_left_out"]
    assert "no reach" in both.notices[0].message


def test_more_than_there_are_is_refused_by_name() -> None:
    with pytest.raises(InputError) as refused:
        made(tv(reach=45_000, universe=50_000, region="Bogor"))
    assert str(refused.value) == (
        "audience/tv.csv:3 $.reach: got 45000, expected at most the 40000 persons of Bogor: "
        "this row says 45000"
    )
    with pytest.raises(InputError, match=r"did you mean Bandung\?"):
        made(tv(reach=4, region="Bandnug"))


def test_an_interval_ends_at_the_universe() -> None:
    found = made(tv(reach=39_900, universe=50_000, sample_size=50, region="Bogor"))
    assert found.exposures[0].reached is not None
    assert found.exposures[0].reached.high == 40_000
    assert codes(found) == ["universe_differs"]


def period(start: str, end: str, percent: float) -> Row:
    return tv(period_start=f"2026-{start}", period_end=f"2026-{end}", reach1_pct=percent)


def test_periods_never_add_up() -> None:
    january, february = period("01-01", "01-31", 20.0), period("02-01", "02-28", 25.0)
    whole = period("01-01", "02-28", 30.0)
    found = made(*numbered([january, whole, february]))
    (one,) = found.exposures
    assert one.reached is not None
    assert (one.reached.estimate, one.rows) == (30_000, ("rows.csv:3",))
    assert codes(found) == ["period_chosen"]
    for rows, code in (([january, february], "periods_differ"), ([whole, whole], "period_twice")):
        found = made(*numbered(rows))
        assert found.exposures[0].reached is None
        assert found.exposures[0].not_measured == found.notices[0].message
        assert codes(found) == [code]


def test_staff_are_no_part_of_the_universe() -> None:
    staff = tv(reach1_pct=50.0, universe=200, _audience="internal", region="Gedung Sate")
    (one,) = made(staff).exposures
    assert one.reached is not None
    assert (one.reached.estimate, one.universe, one.audience) == (100, 200, "internal")


@given(
    st.lists(st.floats(0, 100), min_size=3, max_size=3),
    st.sampled_from([None, 1, 5, 900]),
    st.sampled_from([{}, {"confidence_level": 0.9}]),
    st.integers(1, 10**9),
)
def test_reach_stays_within_the_universe_and_falls_with_every_time(
    percent: list[float],
    asked: int | None,
    states: dict[str, float],
    universe: int,
) -> None:
    once, twice, thrice = sorted(percent, reverse=True)
    told = {"reach1_pct": once, "reach2_pct": twice, "reach3_pct": thrice, "universe": universe}
    if states:
        told |= states | {"reach1_low_pct": once / 2, "reach1_high_pct": once}
    if once / 100 * universe > 100_000:
        with pytest.raises(InputError, match="at most the 100000 persons"):
            made(tv(**told, sample_size=asked))
        return
    (one,) = made(tv(**told, sample_size=asked)).exposures
    assert one.reached is not None
    steps = [one.reached, one.times[2], one.times[3]]
    assert steps[0].high <= min(universe, 100_000)
    for more, fewer in pairwise(steps):
        assert more.estimate is not None
        assert fewer.estimate is not None
        assert more.estimate >= fewer.estimate
        assert (more.low, more.high) >= (fewer.low, fewer.high)
        assert more.high >= fewer.high

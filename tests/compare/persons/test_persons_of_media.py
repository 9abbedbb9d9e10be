"""Persons over media: one level of each channel, all together, costs and verdicts across grades."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows_of import TOWNS, row

from reach.compare.persons.find import Known, channels_measured, find_persons
from reach.compare.persons.pairs import Alone, compare_persons, level_of_each
from reach.compare.persons.regions import by_region, chosen
from reach.explanations import violations
from reach.media.exposure import Amount, Exposure
from reach.media.exposures import exposures
from reach.media.medium import Medium
from reach.media.row import Row
from reach.media.together.found import Persons
from reach.media.universe import Universe
from reach.vocabulary import Grade

PERIOD = {"period_start": "2026-01-05", "period_end": "2026-02-04", "source": "made up"}
HEADING = {"schema": "reach.people/1", "experiment": "e", "title": {}, "simulated": True}
REST = {"period": None, "titles": {}, "balance": {}, "rejections": [], "warnings": []}


def audience(medium: str, percent: float, **more: object) -> Row:
    """What a panel says of a medium, of all persons of the towns unless a region is named."""
    universe = TOWNS.persons.get(str(more.get("region")), TOWNS.total)
    said: dict[str, object] = {
        "medium": medium,
        "universe": universe,
        "universe_source": "census",
        "target": "all",
        "unit": "persons",
        "reach1_pct": percent,
        "method": "panel_meter",
        "grade": "C",
        "sample_size": 2000,
        "design_effect": 1.5,
    }
    return row("audience", f"{medium}.csv:2", **(PERIOD | said | more))


def placement(medium: str, cost: float, **more: object) -> Row:
    said: dict[str, object] = {
        "placement_id": f"{medium}-1",
        "medium": medium,
        "status": "confirmed",
        "evidence_uri": "photo.jpg",
        "starts_on": "2026-01-05",
        "cost": cost,
        "currency": "IDR",
    }
    return row("placement", f"{medium}-sent.csv:2", **(said | more))


def found(*rows: Row, universe: Universe = TOWNS, level: float = 0.95) -> dict[str, Any]:
    """The document of some rows; valid, whatever they are."""
    plain = exposures(list(rows), universe, 7, level)
    surer = exposures(list(rows), universe, 7, level_of_each(level, channels_measured(plain, {})))
    document = find_persons(Known(universe, plain, surer, {}, (), ()), level)
    assert list(violations("people", HEADING | document | REST)) == []
    return document


def test_thirty_forty_and_twenty_percent_together() -> None:
    """30, 40 and 20 % are 66.4 % if independent, and 40 to 90 % whatever they have in common."""
    public = found(audience("tv", 30), audience("radio", 40), audience("print", 20))["public"]
    assert public["together"]["reached"]["estimate"] == pytest.approx(66_400)
    low, high = public["together"]["reached"]["bounds"]
    assert low <= 40_000
    assert high >= 90_000
    assert public["together"]["rung"]["name"] == "independence within"
    assert public["together"]["grade"] == "C"
    assert [each["channel"] for each in public["channels"]] == ["radio", "tv", "print"]


def test_a_part_is_not_added_to_its_whole() -> None:
    """Stations and a region beside the medium as a whole: it counts once, as a whole."""
    public = found(
        audience("tv", 30),
        audience("tv", 25, vehicle="TVRI"),
        audience("tv", 50, region="Bogor"),
    )["public"]
    (tv,) = public["channels"]
    assert tv["reached"]["estimate"] == pytest.approx(30_000)
    assert tv["parts"] == []


def test_stations_are_put_together_and_not_added_up() -> None:
    public = found(audience("tv", 30, vehicle="TVRI"), audience("tv", 40, vehicle="RCTI"))["public"]
    (tv,) = public["channels"]
    assert tv["reached"]["estimate"] == pytest.approx(58_000)
    assert sorted(tv["parts"]) == ["tv: RCTI", "tv: TVRI"]


def test_who_was_reached_has_a_price() -> None:
    public = found(audience("radio", 40), placement("radio", 800_000))["public"]
    (radio,) = public["channels"]
    (cost,) = radio["costs"]
    reached = radio["reached"]
    assert cost["per_person"] == pytest.approx(
        {
            "estimate": 20.0,
            "low": 800_000 / reached["high"],
            "high": 800_000 / reached["low"],
        }
    )


def test_accounts_are_no_persons_and_stay_apart() -> None:
    social = audience(
        "social", 30, unit="accounts", method="platform_report", grade="B", reach=30_000,
        universe=90_000, reach1_pct=None,
    )  # fmt: skip
    social = Row("audience", {k: v for k, v in social.data.items() if v is not None}, social.place)
    public = found(audience("tv", 30), social)["public"]
    assert [each["channel"] for each in public["channels"]] == ["tv"]
    assert public["unmeasured"] == [
        {"channel": "social", "because": "it is told in accounts, which are no persons"}
    ]


def test_what_was_put_out_and_not_measured_is_not_nobody() -> None:
    public = found(audience("tv", 30), placement("poster", 5_000))["public"]
    (poster,) = public["unmeasured"]
    assert poster["channel"] == "poster"
    assert "nobody counted" in poster["because"]


def test_staff_are_an_audience_of_their_own() -> None:
    forum = Row(
        "attendance",
        {
            "event_id": "1",
            "form": "forum",
            "starts_at": "2026-01-14T09:00:00+07:00",
            "attendance_count": 64,
            "count_method": "register",
            "unique_attendees": 61,
        },
        "forum.csv:2",
        "staff_forum",
        "internal",
    )
    document = found(audience("tv", 30), forum)
    assert [each["channel"] for each in document["public"]["channels"]] == ["tv"]
    assert document["public"]["together"]["reached"]["estimate"] == pytest.approx(30_000)
    assert document["internal"]["together"]["reached"]["estimate"] == 61


def test_signals_thin_what_needs_them_and_nothing_else() -> None:
    """Of 100,000 half the towns have no signal: what needs one is spread over those who have."""
    universe = Universe("towns", TOWNS.persons, {"Bandung": 1.0, "Bogor": 0.25}, ("made up",))
    exposure = [
        Exposure(name, medium, Grade.SURVEY, "persons", "", Amount(35_000.0, 35_000.0, 35_000.0, 0.95))
        for name, medium in (("online", Medium.ONLINE), ("radio", Medium.RADIO))
    ]  # fmt: skip
    bandung, bogor = by_region(universe, chosen(exposure), {}).regions
    assert bandung.media["online"].share.estimate == pytest.approx(0.5)
    assert bogor.media["online"].share.estimate == pytest.approx(0.125)
    assert {each.media["radio"].share.estimate for each in (bandung, bogor)} == {0.35}


def alone(channel: str, low: float, high: float, grade: Grade = Grade.PANEL) -> Alone:
    middle = (low + high) / 2
    return Alone(channel, Persons(middle, low, high, (low, high)), grade)


def test_a_comparison_across_grades_is_labelled() -> None:
    (tv,) = compare_persons(
        [alone("tv", 300, 400), alone("print", 100, 200, Grade.ESTIMATE)], 1000, 0.95
    )
    assert (tv["verdict"], tv["because"]) == ("better", None)
    assert (tv["low"], tv["difference"], tv["high"]) == pytest.approx((0.1, 0.2, 0.3))
    assert (tv["across_grades"], tv["on_assumptions"]) == (True, True)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=5))
def test_a_verdict_needs_intervals_that_do_not_touch(ends: list[tuple[int, int]]) -> None:
    channels = [alone(str(n), min(each), max(each)) for n, each in enumerate(ends)]
    for pair in compare_persons(channels, 1000, 0.95):
        a, b = (channels[int(pair[side])].persons for side in ("a", "b"))
        assert (pair["verdict"] == "better") == (a.low > b.high)
        assert (pair["verdict"] == "worse") == (a.high < b.low)
        assert pair["low"] <= pair["difference"] <= pair["high"]


def test_intervals_of_comparisons_hold_together() -> None:
    """Three channels at 95 % together need 98.3 % each, and get wider intervals for it."""
    assert level_of_each(0.95, 3) == pytest.approx(1 - 0.05 / 3)
    public = found(audience("tv", 30), audience("radio", 40), audience("print", 20))["public"]
    shown = {each["channel"]: each["reached"] for each in public["channels"]}
    pair = next(each for each in public["comparisons"] if {each["a"], each["b"]} == {"tv", "radio"})
    assert pair["high"] > (shown["radio"]["high"] - shown["tv"]["low"]) / TOWNS.total


def test_very_many_places_are_put_together_as_one() -> None:
    """Forty billboards with 1 % each: 33 % if independent, 1 to 40 % and more whatever they share."""
    places = [audience("outdoor", 1, vehicle=f"place {n}") for n in range(40)]
    public = found(*places, audience("tv", 30))["public"]
    outdoor = next(each for each in public["channels"] if each["channel"] == "outdoor")
    assert outdoor["reached"]["estimate"] == pytest.approx(100_000 * (1 - 0.99**40))
    assert outdoor["reached"]["low"] < 1_000
    assert outdoor["reached"]["high"] > 40_000
    assert [each["channel"] for each in public["together"]["channels"]] == ["outdoor", "tv"]


def test_what_staff_s_accounts_showed_is_told_and_not_counted() -> None:
    own = audience("tv", 30)
    shared = Row("audience", audience("radio", 40).data, "shared.csv:2", shared_by_staff=True)
    document = found(own, shared)
    assert [each["channel"] for each in document["public"]["channels"]] == ["tv"]
    assert [each["channel"] for each in document["exposures"] if each["shared_by_staff"]] == [
        "radio"
    ]


def test_each_channel_pays_its_own_way() -> None:
    rows = [audience("tv", 30), placement("tv", 900), audience("radio", 40), placement("radio", 80)]
    paid = {
        each["channel"]: [cost["total"] for cost in each["costs"]]
        for each in found(*rows)["public"]["channels"]
    }
    assert paid == {"tv": [900], "radio": [80]}

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows_of import codes, made, row

from reach.errors import InputError
from reach.media.row import Row
from reach.vocabulary import Grade


def event(count: int | None = None, method: str | None = None, **more: object) -> Row:
    counted = {"attendance_count": count, "count_method": method} if count is not None else {}
    data = {
        "event_id": "1",
        "form": "forum",
        "region": "Bogor",
        "starts_at": "2026-01-10T19:30:00Z",
    }
    return row("attendance", "events.csv:2", **(data | counted | more))


def test_a_register_tells_persons() -> None:
    (one,) = made(event(64, "register", unique_attendees=61)).exposures
    assert one.reached is not None
    assert (one.grade, one.reached.low, one.reached.high) == (Grade.CENSUS_LOG, 61, 61)
    assert (one.sent, one.sent_unit, one.region) == (1, "events", "Bogor")


def test_an_estimate_keeps_its_range() -> None:
    found = made(event(620, "photo_estimate", count_low=500, count_high=760, unique_attendees=9))
    (one,) = found.exposures
    assert one.reached is not None
    assert (one.reached.low, one.reached.estimate, one.reached.high) == (500, 620, 760)
    assert (one.grade, one.reached.level, codes(found)) == (Grade.ESTIMATE, None, [])


def test_a_claim_without_a_range_may_be_anything() -> None:
    found = made(event(620, "organiser_claim"))
    reached = found.exposures[0].reached
    assert reached is not None
    assert (reached.low, reached.estimate, reached.high) == (0, 620, 40_000)
    assert codes(found) == ["count_without_range"]


def test_several_events_have_bounds_and_the_worst_grade() -> None:
    tour = [event(n, "ticket", unique_attendees=n, programme="Wayang") for n in (100, 80)]
    (one,) = made(*tour).exposures
    assert one.reached is not None
    assert (one.reached.low, one.reached.estimate, one.reached.high) == (100, None, 180)
    assert (one.vehicle, one.sent, one.grade) == ("Wayang", 2, Grade.CENSUS_LOG)
    tour.append(event(50, "headcount", count_low=40, count_high=60, programme="Wayang"))
    (one,) = made(*tour).exposures
    assert one.reached is not None
    assert (one.reached.low, one.reached.high, one.grade) == (100, 240, Grade.ESTIMATE)


def test_what_nobody_counted_is_not_measured() -> None:
    found = made(event(), event(64, "register"))
    counted, uncounted = found.exposures
    assert (uncounted.reached, uncounted.sent) == (None, 1)
    assert uncounted.not_measured == "nobody counted who came"
    assert counted.sent == 1
    assert codes(found) == ["events_uncounted"]


@pytest.mark.parametrize(("form", "medium"), [("worship", "worship"), ("leaflet", "leaflet")])
def test_who_was_there_need_not_have_heard(form: str, medium: str) -> None:
    (one,) = made(event(64, "register", form=form)).exposures
    assert one.reached is not None
    assert (one.medium, one.reached.low, one.reached.estimate, one.reached.high) == (
        medium,
        0,
        None,
        64,
    )
    assert one.grade is Grade.ESTIMATE


def test_more_than_live_there_are_refused() -> None:
    with pytest.raises(InputError, match="at most the 40000 persons of Bogor"):
        made(event(41_000, "organiser_claim"))


@given(st.lists(st.sets(st.integers(0, 30)), min_size=1, max_size=6))
def test_the_bounds_hold_the_persons_who_came_to_any_event(visitors: list[set[int]]) -> None:
    rows = [event(len(who), "register", unique_attendees=len(who)) for who in visitors]
    (one,) = made(*rows).exposures
    assert one.reached is not None
    assert one.reached.low <= len(set().union(*visitors)) <= one.reached.high

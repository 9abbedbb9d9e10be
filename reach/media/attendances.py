"""Rows of attendance become exposures: who was present when the message was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reach.media.amounts import exactly, no_error_stated, of_several
from reach.media.exposure import Amount, Exposure, worst
from reach.media.found import Found, Whole
from reach.media.group import Group, group_of, grouped, places
from reach.media.medium import Medium
from reach.media.notice import Notice, notice
from reach.media.row import Row
from reach.vocabulary import Grade

MEDIUM: Mapping[str, Medium] = {
    "pertunjukan_rakyat": Medium.EVENT,
    "forum": Medium.EVENT,
    "school": Medium.EVENT,
    "mobile_cinema": Medium.EVENT,  # people are present, and nobody has an as-run log
    "worship": Medium.WORSHIP,
    "loudspeaker": Medium.LOUDSPEAKER,
    "poster": Medium.POSTER,
    "leaflet": Medium.LEAFLET,
}
"""What was held, as a medium."""

ONE_BY_ONE = ("register", "ticket")
"""Ways of counting that tell persons apart; the others are somebody's estimate."""

HEARD = (
    "who was there need not have heard, seen or read it: those counted are the most there can be"
)
SEVERAL = "nobody knows who came to several events: at least the largest, at most all together"
UNCOUNTED = "nobody counted who came"


def attendances(rows: Sequence[Row], whole: Whole) -> Found:
    """Exposures of rows of kind attendance: one for each programme and region.

    Events that nobody counted have an exposure of their own, without a number: together with
    counted ones they would be counted as 0.
    """
    found = Found()
    for group, members in grouped(rows, _group).items():
        counted = [row for row in members if "attendance_count" in row.data]
        if counted:
            found.exposures.append(_counted(group, counted, whole, found))
        uncounted = [row for row in members if row not in counted]
        if uncounted:
            found.exposures.append(_uncounted(group, uncounted))
            if counted:
                found.notices.append(_partly(group, len(uncounted), len(members)))
    return found


def _group(row: Row) -> Group:
    return group_of(row, MEDIUM[row.data["form"]], row.data.get("programme"))


def _counted(group: Group, rows: Sequence[Row], whole: Whole, found: Found) -> Exposure:
    there = whole.persons(group.region)
    supposed: list[str] = []
    amounts, grades = [], []
    for row in rows:
        amount, grade = _present(row, there)
        if (amount.estimate or 0) > there and group.audience == "public":
            where = group.region or "the universe"
            found.faults.append(
                row.fault("attendance_count", f"at most the {there} persons of {where}")
            )
            amount = Amount(None, 0, there, None)
        elif _is_unstated(row):
            found.notices.append(_unstated(group, row))
        amounts.append(amount)
        grades.append(grade)
    reached = of_several(amounts, there)
    grade = worst(*grades)
    if group.medium is not Medium.EVENT:
        reached, grade = Amount(None, 0, reached.high, None), Grade.ESTIMATE
        supposed.append(HEARD)
    if len(rows) > 1:
        supposed.append(SEVERAL)
    if any(_is_unstated(row) for row in rows):
        supposed.append("where no range of a count is stated, it may be anything up to all persons")
    ways = sorted({str(row.data["count_method"]).replace("_", " ") for row in rows})
    return Exposure(
        **group._asdict(),
        grade=grade,
        unit="persons",
        method=f"present when the message was given, by {', '.join(ways)}",
        reached=reached,
        universe=there if group.audience == "public" else None,
        sent=len(rows),
        sent_unit="events",
        assumptions=tuple(supposed),
        rows=places(rows),
    )


def _present(row: Row, there: int) -> tuple[Amount, Grade]:
    """Persons at one event, and what that count is worth."""
    data = row.data
    count, way = data["attendance_count"], data["count_method"]
    if way in ONE_BY_ONE:
        if "unique_attendees" in data:
            return exactly(data["unique_attendees"]), Grade.CENSUS_LOG
        return _between(row, count), Grade.CENSUS_LOG
    if _is_unstated(row):
        return no_error_stated(count, there), Grade.ESTIMATE
    return _between(row, count), Grade.ESTIMATE


def _between(row: Row, count: int) -> Amount:
    low, high = row.data.get("count_low", count), row.data.get("count_high", count)
    return Amount(float(count), float(low), float(high), None)


def _is_unstated(row: Row) -> bool:
    """Whether it is an estimate of which nobody says how far off it may be, on both sides."""
    stated = {"count_low", "count_high"} <= row.data.keys()
    return row.data["count_method"] not in ONE_BY_ONE and not stated


def _unstated(group: Group, row: Row) -> Notice:
    way = str(row.data["count_method"]).replace("_", " ")
    return notice(
        "count_without_range",
        f"{group.said}: {row.place} has a count by {way} without count_low and count_high, so that "
        "it may be anything up to all persons of the region.",
        channel=group.said,
        place=row.place,
        method=way,
    )


def _uncounted(group: Group, rows: Sequence[Row]) -> Exposure:
    return Exposure(
        **group._asdict(),
        grade=None,
        unit="persons",
        method="",
        reached=None,
        sent=len(rows),
        sent_unit="events",
        not_measured=UNCOUNTED,
        rows=places(rows),
    )


def _partly(group: Group, uncounted: int, events: int) -> Notice:
    return notice(
        "events_uncounted",
        f"{group.said}: at {uncounted} of {events} events nobody counted. What is said here is of "
        "the others alone.",
        channel=group.said,
        uncounted=uncounted,
        events=events,
    )

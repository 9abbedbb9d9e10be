"""Who was there: performances and forums of the public, and meetings of the office's own staff."""

from __future__ import annotations

from channels import TOURS, Meeting, events
from population import People, normal
from table import CAMPAIGN, Line, Tables, day

_OFF = {"headcount": (0.03, 10), "photo_estimate": (0.08, 25)}
"""How far off a count is, as a share, and how far off it says it may be, in hundredths."""

STAFF = 88
"""Employees who came to any of their own meetings."""

CLAIMED = "Kabupaten Cianjur"
"""Where the organiser of one performance claims a number, and nobody counted at another."""


def write_attendance(people: People, tables: Tables) -> None:
    """Write three tables, with one row of fewer than nobody."""
    meetings = events(people)
    shows = [_show(number, each) for number, each in enumerate(meetings["performances"])]
    inside = [place for place, each in enumerate(shows) if each["region"] == CLAIMED]
    claim, silent = shows[inside[0]], shows[inside[1]]
    said = 2 * int(str(claim["attendance_count"]))
    shows[inside[0]] = {
        **_uncounted(claim),
        "attendance_count": said,
        "count_method": "organiser_claim",
    }
    shows[inside[1]] = _uncounted(silent)
    below = {**shows[0], "event_id": "show-below-0", "attendance_count": -20, "count_low": None}
    tables.write("performances.csv", shows, [below])
    tables.write("forums.csv", [_forum(n, each) for n, each in enumerate(meetings["forums"])])
    tables.write("staff-forum.csv", [_of_staff(number) for number in range(4)])


def _event(name: str, number: int, hours: tuple[str, str], **more: object) -> Line:
    on = day(1 + number % 26)
    return {
        "event_id": f"{name}-{number + 1:03d}",
        **more,
        "campaign": CAMPAIGN,
        "purpose": "service",
        "starts_at": f"{on}T{hours[0]}:00+07:00",
        "ends_at": f"{on}T{hours[1]}:00+07:00",
    }


def _show(number: int, meeting: Meeting) -> Line:
    way = next(
        tour.counted
        for tour in TOURS
        if (tour.region, tour.programme) == (meeting.region, meeting.programme)
    )
    shown = _event(
        "show",
        number,
        ("19:30", "23:00"),
        programme=meeting.programme,
        form="pertunjukan_rakyat",
        region=meeting.region,
    )
    return {**shown, "count_method": way, **_counted(way, number, meeting.came)}


def _counted(way: str, number: int, came: int) -> Line:
    if way == "ticket":
        return {"attendance_count": came, "unique_attendees": came}
    sd, hundredths = _OFF[way]
    count = round(came * (1 + sd * normal("counted", number)))
    return {
        "attendance_count": count,
        "count_low": count * (100 - hundredths) // 100,
        "count_high": count * (100 + hundredths) // 100,
    }


def _uncounted(line: Line) -> Line:
    numbers = ("count_method", "attendance_count", "count_low", "count_high")
    return {name: None if name in numbers else cell for name, cell in line.items()}


def _forum(number: int, meeting: Meeting) -> Line:
    """A register has a few who signed twice."""
    met = _event(
        "forum",
        number,
        ("09:00", "11:30"),
        programme=meeting.programme,
        form="forum",
        region=meeting.region,
    )
    return {
        **met,
        "count_method": "register",
        "attendance_count": meeting.came + number % 4,
        "unique_attendees": meeting.came,
    }


def _of_staff(number: int) -> Line:
    met = _event("staff", 7 * number, ("07:30", "08:15"), programme="Apel Pegawai", form="forum")
    came = 61 + 7 * number
    return {
        **met,
        "count_method": "register",
        "attendance_count": came,
        "unique_attendees": came,
    }

"""Days and times whose order nobody can mistake: the year first, or the month by its name.

05/01/2026 is the fifth of January here and the first of May elsewhere, so it is not read.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?:(?P<year>[12][0-9]{3})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"|(?P<its_day>[0-9]{1,2})[- ](?P<name>[a-z]{3})[- ](?P<its_year>[12][0-9]{3}))"
    r"(?:[ t](?P<clock>[0-9].*))?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?: ?(?P<half>[ap])m)?",
    re.ASCII | re.IGNORECASE,
)
_NOON = 12
_MIDNIGHT = 24


def day_and_clock(text: str) -> tuple[str, str | None] | None:
    """A day, and the clock's time if the text has one; None if it is no such text.

    Returns:
        As ``2026-01-05`` and ``19:30:00``.

    Examples:
        >>> day_and_clock("05-Jan-2026 07:30PM")
        ('2026-01-05', '19:30:00')
        >>> day_and_clock("2026-01-05"), day_and_clock("05/01/2026"), day_and_clock("31-Feb-2026")
        (('2026-01-05', None), None, None)
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        if found["name"]:
            month = _MONTHS.index(found["name"].lower()) + 1
            day = date(int(found["its_year"]), month, int(found["its_day"]))
        else:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    if found["clock"] is None:
        return day.isoformat(), None
    time = clock(found["clock"])
    return None if time is None else (day.isoformat(), time)


def clock(text: str) -> str | None:
    """The time on a clock of 24 or of 12 hours; None if it is none.

    Examples:
        >>> clock("7:30 PM"), clock("12:05 AM"), clock("19:30"), clock("19:30 PM")
        ('19:30:00', '00:05:00', '19:30:00', None)
    """
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    if hour >= _MIDNIGHT:
        return None
    return f"{hour:02}:{found['minute']}:{found['second'] or '00'}"

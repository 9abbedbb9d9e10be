"""Days as platforms write them: with the name of the month, and some of them without a year."""

from __future__ import annotations

import re
from datetime import date

from reach.formats.record import Options

_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_INDONESIAN = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
    "oktober", "november", "desember",
)  # fmt: skip
_MONTHS = {
    name: number
    for names in (_ENGLISH, _INDONESIAN, tuple(name[:3] for name in _ENGLISH))
    for number, name in enumerate(names, start=1)
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(
    r"(?:(?P<weekday>[a-z]{3}), )?(?P<month>[a-z]{3,9}) (?P<day>[0-9]{1,2}), (?P<year>[0-9]{4})"
)
_NUMBER = re.compile(r"[0-9]{1,2}")
_LEAP_YEAR = 2000


def day_in_words(cell: str, options: Options) -> str:  # noqa: ARG001
    """A day in English, with its weekday or without, as RFC 3339 writes a day.

    Examples:
        >>> day_in_words("Jan 5, 2026", Options()), day_in_words("Tue, Jul 14, 2026", Options())
        ('2026-01-05', '2026-07-14')
    """
    found = _DAY.fullmatch(cell.strip().lower())
    month = _MONTHS.get(found["month"], 0) if found else 0
    days = _in_years(f"{month:02}-{int(found['day']):02}", int(found["year"])) if found else []
    if not found or not days:
        raise ValueError("a day as Jan 5, 2026")
    day = days[0]
    if found["weekday"] not in (None, _WEEKDAYS[day.weekday()]):
        raise ValueError(f"a day that goes with its weekday: this one is {day:%A}")
    return day.isoformat()


def day_of_some_year(cell: str, options: Options) -> str:  # noqa: ARG001
    """A day without its year, in English or Indonesian, as month and day.

    Examples:
        >>> [day_of_some_year(said, Options()) for said in ("January 5", "5 January", "5 Januari")]
        ['01-05', '01-05', '01-05']
    """
    words = cell.strip().lower().split()
    for name, number in zip(words, reversed(words), strict=True):
        month = _MONTHS.get(name, 0)
        if len(words) == 2 and month and _NUMBER.fullmatch(number):  # noqa: PLR2004
            try:
                return date(_LEAP_YEAR, month, int(number)).isoformat()[5:]
            except ValueError:
                break
    raise ValueError("a day as January 5 or 5 January, in English or Indonesian")


def first_from(month_and_day: str, earliest: date) -> date | None:
    """The first such day that is not before another; None if there is none within a year.

    Examples:
        >>> first_from("01-02", date(2025, 12, 31))
        datetime.date(2026, 1, 2)
    """
    days = _in_years(month_and_day, earliest.year, earliest.year + 1)
    return next((day for day in days if day >= earliest), None)


def last_until(month_and_day: str, latest: date) -> date | None:
    """The last such day that is not after another; None if there is none within a year.

    Examples:
        >>> last_until("12-30", date(2026, 1, 18))
        datetime.date(2025, 12, 30)
    """
    days = _in_years(month_and_day, latest.year, latest.year - 1)
    return next((day for day in days if day <= latest), None)


def _in_years(month_and_day: str, *years: int) -> list[date]:
    found = []
    for year in years:
        try:
            found.append(date.fromisoformat(f"{year:04}-{month_and_day}"))
        except ValueError:  # the 29th of February of most years, and what no calendar has
            continue
    return found

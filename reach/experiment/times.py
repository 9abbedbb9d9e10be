"""Durations and moments of a config as whole microseconds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_UNIT_US = {"s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}
_DURATION = re.compile(r"([0-9]{1,18})([smhd])")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FRACTION = re.compile(r"\.([0-9]+)")
# Longer than any log is kept, and small enough that a time plus a horizon fits 64 bits.
_LONGEST_US = 36_500 * _UNIT_US["d"]


def duration_us(text: str) -> int:
    """Parse a duration such as ``72h``; units are s, m, h and d.

    Raises:
        ValueError: It is no duration or longer than 36500d; says what was expected.

    Examples:
        >>> duration_us("72h")
        259200000000
    """
    match = _DURATION.fullmatch(text)
    if match is None or int(match[1]) * _UNIT_US[match[2]] > _LONGEST_US:
        raise ValueError("a duration of at most 36500d, as 72h")
    return int(match[1]) * _UNIT_US[match[2]]


def days_us(start: str, end: str, zone: str) -> tuple[int, int]:
    """Whole days, both included, as microseconds since 1970-01-01T00:00:00Z.

    Args:
        start: The first day, as 2026-01-05.
        end: The last day.
        zone: IANA name of the zone that the days are those of.

    Returns:
        When the first day begins, and when the day after the last one does.

    Examples:
        >>> days_us("1970-01-01", "1970-01-01", "Asia/Jakarta")
        (-25200000000, 61200000000)
    """
    after = date.fromisoformat(end) + timedelta(days=1)
    first, last = (
        datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) - _EPOCH
        for day in (date.fromisoformat(start), after)
    )
    return first // timedelta(microseconds=1), last // timedelta(microseconds=1)


def moment_us(text: str) -> int:
    """Parse an RFC 3339 date-time; digits beyond the microsecond are cut off.

    Returns:
        Microseconds since 1970-01-01T00:00:00Z.

    Raises:
        ValueError: It is no date-time with a zone, or lies outside the years 1 to 9999.

    Examples:
        >>> moment_us("1970-01-01T07:00:00.25+07:00")
        250000
    """
    upper = _FRACTION.sub(lambda match: "." + match[1][:6].ljust(6, "0"), text.upper())
    moment = datetime.fromisoformat(upper)
    if moment.utcoffset() is None:
        raise ValueError("a date-time with a zone, as 2026-01-05T07:00:00Z")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("a date-time within the years 1 to 9999 of UTC") from None
    return (moment - _EPOCH) // timedelta(microseconds=1)

"""Times that providers write as seconds with a fraction, twice the same: in Python and in SQL.

The fraction is cut to microseconds and never rounded: a moment must not come to lie behind
another one that a log says is later. What is looked at is the number's shortest form, so
that 1534108637.153125 is 153125 µs, although no binary fraction is.
"""

from __future__ import annotations

from decimal import Decimal

from reach.formats.notations.epoch import moment, moment_sql

_LAST = 100_000_000_000
"""Seconds; from here on a whole number counts milliseconds, and a fraction makes no sense."""

_MICROSECONDS = 6


def fine_moment(number: float) -> str | None:
    """Seconds since 1970 as an RFC 3339 time; None if there is no such time.

    A whole number of seconds or milliseconds is read as `reach.formats.notations.epoch` does.

    Examples:
        >>> fine_moment(1534108637.153125), fine_moment(1770146431.6585283)
        ('2018-08-12T21:17:17.153125Z', '2026-02-03T19:20:31.658528Z')
        >>> fine_moment(1534108637), fine_moment(float("nan"))
        ('2018-08-12T21:17:17Z', None)
    """
    if isinstance(number, int):
        return moment(number)
    if not 0 <= number < _LAST:
        return None
    whole, _, fraction = f"{Decimal(repr(number)):f}".partition(".")
    seconds = moment(int(whole))
    return seconds and f"{seconds[:-1]}.{fraction[:_MICROSECONDS]:0<{_MICROSECONDS}}Z"


def fine_moment_sql(digits: str) -> str:
    """SQL of the same for the text of a number in JSON, as a token; NULL where Python decides."""
    seconds = f"make_timestamp(try_cast(split_part({digits}, '.', 1) AS BIGINT) * 1000000)"
    fraction = f"rpad(left(split_part({digits}, '.', 2), {_MICROSECONDS}), {_MICROSECONDS}, '0')"
    return (
        f"CASE WHEN regexp_full_match({digits}, '[1-9][0-9]{{8,9}}[.][0-9]{{1,9}}') "
        f"THEN strftime({seconds}, '\"%Y-%m-%dT%H:%M:%S') || '.' || {fraction} || 'Z\"' "
        f"ELSE {moment_sql(digits)} END"
    )

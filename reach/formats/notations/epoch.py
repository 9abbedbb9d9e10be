"""Times that providers write as a number of seconds, twice the same: in Python and in SQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST_MILLISECONDS = 100_000_000_000
"""What is at least as large counts milliseconds: as seconds it would be the year 5138."""

_LAST = 253_402_300_799
"""Seconds until the end of the year 9999."""


def moment(number: int) -> str | None:
    """Seconds or milliseconds since 1970 as an RFC 3339 time; None if there is no such time.

    Examples:
        >>> moment(1513299569), moment(1591726752372)
        ('2017-12-15T00:59:29Z', '2020-06-09T18:19:12.372000Z')
    """
    if number >= _LEAST_MILLISECONDS:
        seconds, milliseconds = divmod(number, 1000)
        if seconds > _LAST:
            return None
        at = _EPOCH + timedelta(seconds=seconds, milliseconds=milliseconds)
        return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if number < 0:
        return None
    return (_EPOCH + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_sql(digits: str) -> str:
    """SQL of what `moment` gives for a text of digits, as a token; NULL where Python decides."""
    us = moment_us_sql(digits)
    return (
        f"CASE WHEN strlen({digits}) <= 10 "
        f"THEN strftime(make_timestamp({us}), '\"%Y-%m-%dT%H:%M:%SZ\"') "
        f"ELSE strftime(make_timestamp({us}), '\"%Y-%m-%dT%H:%M:%S.%fZ\"') END"
    )


def moment_us_sql(digits: str) -> str:
    """SQL of the same in µs since 1970."""
    number = f"try_cast({digits} AS BIGINT)"
    # A number's own text is its digits and nothing else: no sign, fraction, exponent or blank.
    plain = f"{digits} >= '1' AND {number}::VARCHAR = {digits}"
    return (
        f"CASE WHEN strlen({digits}) BETWEEN 9 AND 10 AND {plain} THEN {number} * 1000000 "
        f"WHEN strlen({digits}) BETWEEN 12 AND 13 AND {plain} THEN {number} * 1000 END"
    )

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
    seconds = f"make_timestamp(try_cast({digits} AS BIGINT) * 1000000)"
    milliseconds = f"make_timestamp(try_cast({digits} AS BIGINT) * 1000)"
    return (
        f"CASE WHEN regexp_full_match({digits}, '[1-9][0-9]{{8,9}}') "
        f"THEN strftime({seconds}, '\"%Y-%m-%dT%H:%M:%SZ\"') "
        f"WHEN regexp_full_match({digits}, '[1-9][0-9]{{11,12}}') "
        f"THEN strftime({milliseconds}, '\"%Y-%m-%dT%H:%M:%S.%fZ\"') END"
    )

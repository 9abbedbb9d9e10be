"""When a line was written: times of syslog, with what the source's settings add to them."""

from __future__ import annotations

from datetime import datetime

from reach.engine import literal
from reach.formats.notations.local_time import to_utc, to_utc_sql
from reach.formats.postfix.lines import MONTHS, is_iso
from reach.formats.record import Options, Refused
from reach.formats.said_beside import said_beside
from reach.shown import shorten

_HALF_A_YEAR = 6  # months
_AFTER_ALL = 1 << 62  # a number that no line has
_STEP = f"CASE WHEN month - before < -{_HALF_A_YEAR} THEN 1 WHEN month - before > {_HALF_A_YEAR} THEN -1 END"

LACKING = "a time without year and zone"
WANTED = f"both named: {said_beside(timezone='Asia/Jakarta', year=2026)}"


class Years:
    """In which year each line was written, line after line.

    A line that is more than half a year of months before the one before it is of the next
    year; one that is as much after it came late, and is of the year before.
    """

    def __init__(self, first: int | None) -> None:
        self.year = first
        self._month = 0

    def pass_line(self, line: str) -> None:
        """Take note of a line that begins with a time."""
        month = int(line[5:7]) if line[0].isdigit() else MONTHS.index(line[:3]) + 1
        if self.year is not None and self._month:
            self.year += (month - self._month < -_HALF_A_YEAR) - (
                month - self._month > _HALF_A_YEAR
            )
        self._month = month


def moment(stamp: str, year: int | None, options: Options) -> str:
    """A line's time as an RFC 3339 text.

    Raises:
        Refused: There is no such time, or the settings do not say which it is.
    """
    if is_iso(stamp):
        text = stamp if stamp.endswith("Z") or stamp[-3] == ":" else f"{stamp[:-2]}:{stamp[-2:]}"
        return _existing(text, stamp)
    if year is None or options.timezone is None:
        raise Refused("$", shorten(stamp), f"a time with its year and zone, or {WANTED}")
    month = MONTHS.index(stamp[:3]) + 1
    local = f"{year:04}-{month:02}-{int(stamp[4:6]):02} {stamp[7:]}"
    try:
        utc = to_utc(local, options.timezone)
    except ValueError:
        utc = None
    if utc is None:
        raise Refused("$", shorten(stamp), f"a time that exists in {year} in {options.timezone}")
    return utc


def _existing(text: str, stamp: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise Refused("$", shorten(stamp), "a time that exists") from None
    return text


def seconds(moment: str) -> int:
    """Whole seconds since 1970."""
    return int(datetime.fromisoformat(moment).timestamp() // 1)


def month_sql(line: str) -> str:
    """SQL of the month in which a line was written, for a line that begins with a time."""
    names = literal("".join(MONTHS))
    return (
        f"CASE WHEN {line} < ':' THEN substring({line}, 6, 2)::INTEGER "
        f"ELSE (strpos({names}, left({line}, 3)) + 2) // 3 END"
    )


def years_sql(months: str, first: int) -> str:
    """SQL for rows of ``year``, ``since`` and ``until``: from and before which line it is which.

    Args:
        months: SQL for ``record`` and ``month`` of the lines that begin with a time, in order.
        first: The year of the first line.
    """
    steps = f"SELECT record, {_STEP} AS step FROM (SELECT *, lag(month) OVER () AS before FROM ({months}))"
    since = (
        f"SELECT record AS since, {first} + sum(step) OVER (ORDER BY record) AS year "
        f"FROM ({steps}) WHERE step IS NOT NULL UNION ALL SELECT 0, {first}"
    )
    return f"SELECT *, lead(since, 1, {_AFTER_ALL}) OVER (ORDER BY since) AS until FROM ({since})"


def local_sql(stamp: str, year: str) -> str:
    """SQL of a time of syslog as a local time, for one that says neither year nor zone."""
    names = literal("".join(MONTHS))
    month = f"lpad(((strpos({names}, left({stamp}, 3)) + 2) // 3)::VARCHAR, 2, '0')"
    return (
        f"CASE WHEN {stamp} > ':' THEN {year}::VARCHAR || '-' || {month} || '-' "
        f"|| replace(substring({stamp}, 5, 2), ' ', '0') || substring({stamp}, 7) END"
    )


def moment_sql(stamp: str, local: str, options: Options) -> str:
    """SQL of what `moment` gives, as a text; NULL where Python has to decide.

    Args:
        stamp: The time as it stands in the line.
        local: The same as `local_sql` gives it.
        options: The source's settings.
    """
    # Without a colon in the zone it is Python's.
    iso = (
        f"CASE WHEN (ends_with({stamp}, 'Z') OR {stamp}[-3] = ':') "
        f"AND try_cast({stamp} AS TIMESTAMPTZ) IS NOT NULL THEN {stamp} END"
    )
    if options.timezone is None or options.year is None:
        return f"CASE WHEN {stamp} < ':' THEN {iso} END"
    return f"CASE WHEN {stamp} < ':' THEN {iso} ELSE {to_utc_sql(local, options.timezone)} END"


def seconds_sql(moment: str) -> str:
    """SQL of what `seconds` gives."""
    return f"epoch_us(try_cast({moment} AS TIMESTAMPTZ)) // 1000000"

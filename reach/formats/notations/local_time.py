"""Times of a table that name no zone: from the clock on the wall to UTC, twice the same.

The SQL is made from the offsets that Python knows, not from the engine's own list of zones,
so that both agree whatever their versions. It leaves to Python what lies near a change of
the clocks, and what lies outside the years that logs come from.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from reach.engine import literal

LOCAL_TIME = (
    r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
)
"""The shape of such a time, the year first; what has another is no guess of ours."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
_DAY, _HOUR, _MICROSECOND = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)


def is_local_time(text: str) -> bool:
    """Whether a text has the shape of a local time."""
    return re.fullmatch(LOCAL_TIME, text, re.ASCII) is not None


def local_time_wanted(zone: str) -> str:
    """What a column of local times is to hold, as the end of a sentence."""
    return f"a time in {zone} as 2026-01-05 08:00, the year first"


def to_utc(text: str, zone: str) -> str | None:
    """A local time as an RFC 3339 text in UTC; None if ``text`` has not the shape of one.

    Where the clocks are put back, an hour comes twice: the first counts.

    Raises:
        ValueError: There is no such time, as while the clocks are put forward.

    Examples:
        >>> to_utc("2026-01-05 07:00", "Asia/Jakarta")
        '2026-01-05T00:00:00.000000Z'
    """
    if not is_local_time(text):
        return None
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"no such time in {zone}: {text}")
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def to_utc_sql(text: str, zone: str) -> str:
    """SQL of what `to_utc` gives for an SQL text; NULL where Python has to decide."""
    local = f"epoch_us(try_cast({text} AS TIMESTAMP))"
    cases = " ".join(
        f"WHEN {local} BETWEEN {start} AND {end} THEN {local} - {offset}"
        for start, end, offset in _steady_spans(zone)
    )
    moment = f"strftime(make_timestamp(CASE {cases} END), '%Y-%m-%dT%H:%M:%S.%fZ')"
    return f"CASE WHEN regexp_full_match({text}, {literal(LOCAL_TIME)}) THEN {moment} END"


@cache
def _steady_spans(zone: str) -> tuple[tuple[int, int, int], ...]:
    """From and to which local time a zone has which offset beyond doubt; all in µs."""
    there = ZoneInfo(zone)
    changes = [_FIRST]
    for day in range((_LAST - _FIRST) // _DAY):
        before, after = _FIRST + day * _DAY, _FIRST + (day + 1) * _DAY
        if _offset(before, there) == _offset(after, there):
            continue
        while after - before > _HOUR / 4:
            middle = before + (after - before) / 2
            same = _offset(middle, there) == _offset(before, there)
            before, after = (middle, after) if same else (before, middle)
        changes.append(after)
    spans = []
    for start, end in pairwise([*changes, _LAST]):
        offset = _offset(start, there)
        # A change makes local times vanish or come twice for as long as it is wide.
        spare = _HOUR + max(
            abs(_offset(start - _DAY, there) - offset), abs(_offset(end + _DAY, there) - offset)
        )
        first, last = start - _EPOCH + offset + spare, end - _EPOCH + offset - spare
        spans.append((first // _MICROSECOND, last // _MICROSECOND, offset // _MICROSECOND))
    return tuple(spans)


def _offset(moment: datetime, there: ZoneInfo) -> timedelta:
    return moment.astimezone(there).utcoffset() or timedelta(0)

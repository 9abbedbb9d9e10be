"""Local times become the same UTC in Python and in the engine, or are left to Python."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reach.engine import connect
from reach.formats.notations.local_time import is_local_time, to_utc, to_utc_sql

# Clocks put forward and back, by an hour, half an hour and two; a day left out; changes for
# the month of fasting; a new standard time; none at all; minutes that are no half hour.
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll",
         "Pacific/Apia", "Africa/Casablanca", "America/Caracas", "Asia/Pyongyang", "Asia/Jakarta",
         "Asia/Kathmandu", "UTC"]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_the_engine_never_says_anything_else(zone: str) -> None:
    first = datetime(1989, 6, 1)  # noqa: DTZ001 -- local times are what this is about
    hourly = [first + timedelta(hours=23 * step) for step in range(20_000)]
    there = ZoneInfo(zone)
    offsets = [moment.replace(tzinfo=there).utcoffset() for moment in hourly]
    changes = [
        at for at, last, next_ in zip(hourly, offsets, offsets[1:], strict=False) if last != next_
    ]
    near = [at + timedelta(minutes=20 * step) for at in changes[-40:] for step in range(-72, 145)]
    texts = [at.isoformat(" ") for at in (*hourly[::5], *near)]
    with connect() as engine:
        rows = engine.execute(
            f"SELECT t, {to_utc_sql('t', zone)} FROM (SELECT unnest($1) AS t)", [texts]
        ).fetchall()
    said = [(text, found) for text, found in rows if found is not None]
    assert len(said) > 0.7 * len(hourly[::5])
    assert all(to_utc(text, zone) == found for text, found in said)


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-01-05 07:00", "Asia/Jakarta", "2026-01-05T00:00:00.000000Z"),
        ("2026-01-05T07:00:00.1234567", "Asia/Jakarta", "2026-01-05T00:00:00.123456Z"),
        # Twice on that night: before the clocks were put back counts.
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30:00.000000Z"),
        ("1899-12-31 23:59:59", "Europe/Berlin", "1899-12-31T22:59:59.000000Z"),
        ("2026-01-05T07:00:00Z", "Asia/Jakarta", None),
        ("2026-01-05", "Asia/Jakarta", None),
        ("2026-01-05 24:00", "Asia/Jakarta", None),
        ("٢٠٢٦-01-05 07:00", "Asia/Jakarta", None),
        ("05/01/2026 08:00", "Asia/Jakarta", None),
        ("2026-01-05 8:00", "Asia/Jakarta", None),
        ("", "Asia/Jakarta", None),
    ],
)
def test_local_times(text: str, zone: str, utc: str | None) -> None:
    assert to_utc(text, zone) == utc
    assert is_local_time(text) == (utc is not None)


@pytest.mark.parametrize(
    ("text", "zone"),
    [("2026-03-29 02:30", "Europe/Berlin"), ("2011-12-30 12:00", "Pacific/Apia"),
     ("2026-02-29 12:00", "Asia/Jakarta")],
)  # fmt: skip
def test_times_that_never_were(text: str, zone: str) -> None:
    with pytest.raises(ValueError, match=r"no such time|day is out of range"):
        to_utc(text, zone)

"""Times as logs write them: many at once, from tables, in parts that go side by side."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from reach.simulate.luck import Integers

_DAY_MS = 86_400_000
_SPAN = 128  # days; no simulation is longer


def iso_seconds(at_ms: Integers) -> tuple[list[str], list[str]]:
    """RFC 3339 in whole seconds, UTC, in two parts.

    Examples:
        >>> iso_seconds(np.array([1_767_600_061_500]))
        (['2026-01-05T'], ['08:01:01Z'])
    """
    days, in_day = np.divmod(at_ms, _DAY_MS)
    return _days(days), _seconds("Z")[in_day // 1000].tolist()


def iso_millis(at_ms: Integers) -> tuple[list[str], list[str], list[str]]:
    """RFC 3339 with three digits of a second, UTC, in three parts.

    Examples:
        >>> iso_millis(np.array([1_767_600_061_005]))
        (['2026-01-05T'], ['08:01:01.'], ['005Z'])
    """
    days, in_day = np.divmod(at_ms, _DAY_MS)
    seconds, millis = np.divmod(in_day, 1000)
    return _days(days), _seconds(".")[seconds].tolist(), _millis()[millis].tolist()


def unix_seconds(at_ms: Integers) -> list[str]:
    """Whole seconds since 1970."""
    return list(map(str, (at_ms // 1000).tolist()))


def _days(days: Integers) -> list[str]:
    first = int(days.min()) // _SPAN if len(days) else 0
    found: list[str] = _names_of_days(first)[days - first * _SPAN].tolist()
    return found


@cache
def _names_of_days(first: int) -> NDArray[np.object_]:
    days = np.arange(first * _SPAN, (first + 2) * _SPAN).astype("datetime64[D]").astype(str)
    return np.array([f"{day}T" for day in days], dtype=object)


@cache
def _seconds(end: str) -> NDArray[np.object_]:
    return np.array(
        [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}{end}" for s in range(86_400)],
        dtype=object,
    )


@cache
def _millis() -> NDArray[np.object_]:
    return np.array([f"{ms:03d}Z" for ms in range(1000)], dtype=object)

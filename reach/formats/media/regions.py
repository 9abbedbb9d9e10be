"""What tables of regions share: codes, ages, and the day that a number is of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from reach.formats.media.cells import identifier
from reach.formats.media.impossible import Impossible
from reach.formats.record import Options

_DASHES = re.compile(r"\s*[-‐‑–—]\s*")
_FIRST = "0000-01-01"
_AS_FLOAT = re.compile(r"([0-9]+)\.0")


def code(cell: str, options: Options) -> str:
    """A region's code, as text.

    A code that a program took for a number has become ``3201.0``, which no code ends in.

    Examples:
        >>> code("3201.0", Options()), code("32.01", Options())
        ('3201', '32.01')
    """
    said = identifier(cell, options)
    whole = _AS_FLOAT.fullmatch(said)
    return whole[1] if whole else said


def age_label(cell: str, options: Options) -> str:  # noqa: ARG001
    """Whose number it is, with a plain hyphen.

    Examples:
        >>> age_label("0 – 17", Options()), age_label("18 +", Options()), age_label("All", Options())
        ('0-17', '18+', 'all')
    """
    return _DASHES.sub("-", cell.strip().lower()).replace(" ", "")


def check_day(row: Mapping[str, Any]) -> None:
    """Refuse a year, month or day in ``as_of`` that is in no calendar.

    Raises:
        Impossible: It is none.
    """
    said = row.get("as_of")
    if said is None:
        return
    try:
        date.fromisoformat(said + _FIRST[len(said) :])
    except ValueError:
        expected = "a year, month or day that exists, as 2020, 2020-09 or 2020-09-15"
        raise Impossible("as_of", expected) from None

"""In what ratings must agree: gross rating points are reach in percent times average contacts.

Published numbers are rounded, each by itself. So a row is refused only for what no rounding
can explain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reach.formats.media.audience.grades import REACH, TIMES
from reach.formats.media.impossible import Impossible

POINT = 0.5
"""By how much a number may be off that was rounded to a whole one."""

_TENTH = 0.05
"""Likewise to a tenth."""

_APART = 0.1
"""Share by which two ways to the same percentage may differ, both rounded; at least a point."""


def check_ratings(row: Mapping[str, Any]) -> None:
    """Refuse a row whose ratings contradict one another.

    Raises:
        Impossible: They do.

    Examples:
        >>> check_ratings({"grp": 1300, "ots_average": 10})
        Traceback (most recent call last):
        ...
        reach.formats.media.impossible.Impossible: grp: expected at most 1000 at 10 contacts each (ots_average): else 130 % of the universe are reached
    """
    grp, average = row.get("grp"), row.get("ots_average")
    if grp is not None and average is not None:
        if (grp - POINT) / (average + _TENTH) > 100:  # noqa: PLR2004 -- percent
            most, share = f"{100 * average:g}", f"{grp / average:.4g}"
            law = f"else {share} % of the universe are reached"
            raise Impossible(
                "grp", f"at most {most} at {average:g} contacts each (ots_average): {law}"
            )
        _agree(row, grp / average, "grp / ots_average")
    if "reach" in row and "universe" in row:
        _agree(row, 100 * row["reach"] / row["universe"], "reach / universe")
    if grp is not None:
        _enough_contacts(row, grp)


def _agree(row: Mapping[str, Any], implied: float, way: str) -> None:
    said = row.get("reach1_pct")
    if said is not None and abs(said - implied) > max(1, _APART * implied):
        raise Impossible("reach1_pct", f"about {implied:.3g}, which is {way} in percent")


def _enough_contacts(row: Mapping[str, Any], grp: float) -> None:
    """Who was reached n times had n contacts."""
    for times, name in zip(TIMES, REACH, strict=True):
        if name in row and times * (row[name] - POINT) > grp + POINT:
            most = f"{grp / times:.4g}"
            raise Impossible(
                name, f"at most {most}: {grp:g} points (grp) are no more {times} times"
            )

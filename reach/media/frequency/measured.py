"""What one row of an audience tells of how often: reach n+, contacts and insertions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reach.errors import NotEstimableError

Source = Literal["grp", "tvr", "ots_average", "ots_gross", "reach_n"]

_MOST_TIMES = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one schedule.

    Attributes:
        reach: By n, the share of the universe that had at least n contacts, 0 to 1.
        gross: Contacts per head of the universe, GRP / 100; None if nothing tells them.
        gross_from: Which columns told them: points; rating × insertions; contacts of each ×
            reach; contacts / universe; or reach n+ for every n there can be, summed.
        insertions: How many; None if not known.
    """

    reach: Mapping[int, float]
    gross: float | None
    gross_from: Source | None
    insertions: int | None


def measured(row: Mapping[str, Any]) -> Measured:
    """Read an audience row, as `schemas/audience.schema.json` has it.

    Raises:
        NotEstimableError: It tells neither reach nor contacts, or that nobody was reached.

    Examples:
        >>> row = {"reach1_pct": 45, "reach2_pct": 27, "ots_average": 2.5, "insertions": 40}
        >>> told = measured(row)
        >>> dict(told.reach), round(told.gross, 4), told.gross_from
        ({1: 0.45, 2: 0.27}, 1.125, 'ots_average')
    """
    insertions = row.get("insertions")
    reach = _reach(row)
    gross, source = _gross(row, reach, insertions)
    if gross is not None and 1 not in reach and row.get("ots_average"):
        # Both are rounded: what is a hair above all is all.
        reach = {1: min(1.0, gross / row["ots_average"]), **reach}
    if not reach and gross is None:
        raise NotEstimableError("the row tells neither reach nor contacts")
    if gross == 0 or reach.get(1) == 0:
        raise NotEstimableError("nobody was reached, so nobody was reached often")
    return Measured(reach, gross, source, insertions)


def _reach(row: Mapping[str, Any]) -> dict[int, float]:
    found = {}
    if row.get("reach") is not None and row.get("universe"):
        found[1] = row["reach"] / row["universe"]
    for times in range(1, _MOST_TIMES + 1):
        percent = row.get(f"reach{times}_pct")
        if percent is not None:
            found[times] = percent / 100
    return found


def _gross(
    row: Mapping[str, Any], reach: Mapping[int, float], insertions: int | None
) -> tuple[float | None, Source | None]:
    """The first that the row has: points as published, and what they are worked out of."""
    if row.get("grp") is not None:
        return row["grp"] / 100, "grp"
    if row.get("tvr") is not None and insertions:
        return row["tvr"] * insertions / 100, "tvr"
    if row.get("ots_average") is not None and 1 in reach:
        return row["ots_average"] * reach[1], "ots_average"
    if row.get("ots_gross") is not None and row.get("universe"):
        return row["ots_gross"] / row["universe"], "ots_gross"
    if insertions and all(times in reach for times in range(1, insertions + 1)):
        return math.fsum(reach[times] for times in range(1, insertions + 1)), "reach_n"
    return None, None

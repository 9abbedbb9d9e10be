"""Rows of placements: what was sent, and its cost, go to the exposure that they are within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reach.media.exposure import Exposure
from reach.media.found import Found, costs
from reach.media.group import Group, group_of, grouped, places
from reach.media.medium import Medium
from reach.media.notice import Notice, notice
from reach.media.row import Row

PIECES = (Medium.OUTDOOR, Medium.BANNER, Medium.POSTER, Medium.LEAFLET)
"""Media of which pieces are counted; of the others, how often something ran."""

SPOTS = (Medium.TV, Medium.RADIO, Medium.CINEMA)
RAN = ("confirmed", "claimed")
"""What was paid for; only what is confirmed counts as sent."""

NOBODY = "what was put out says nothing of who saw or heard it: nobody counted, asked or estimated"


def placements(rows: Sequence[Row], exposures: Sequence[Exposure]) -> Found:
    """Attach placements to exposures, and make one without a number of those that have none.

    An exposure has what was sent, and what it cost, of all placements within it: one of a
    whole channel that of all its vehicles and regions. So costs of exposures of which one is
    a part of another do not add up.

    Args:
        rows: Of kind placement.
        exposures: What was measured.

    Returns:
        All exposures, those given among them.
    """
    found = Found()
    groups = grouped(rows, _group)
    for exposure in exposures:
        within = [row for group, same in groups.items() if _holds(exposure, group) for row in same]
        found.exposures.append(_with(exposure, within) if within else exposure)
    for group, same in groups.items():
        if not any(_holds(exposure, group) for exposure in exposures):
            found.exposures.append(_with(_unmeasured(group), same))
        found.notices += _unrun(group, same)
    return found


def _group(row: Row) -> Group:
    return group_of(row, Medium(row.data["medium"]), row.data.get("vehicle"))


def _holds(exposure: Exposure, group: Group) -> bool:
    """Whether placements of a group are a part of what an exposure is of."""
    ours = exposure.channel, exposure.medium, exposure.audience, exposure.shared_by_staff
    theirs = group.channel, group.medium, group.audience, group.shared_by_staff
    vehicle = exposure.vehicle is None or exposure.vehicle == group.vehicle
    region = exposure.region is None or exposure.region == group.region
    return ours == theirs and vehicle and region


def _with(exposure: Exposure, rows: Sequence[Row]) -> Exposure:
    """An exposure with what was sent and what it cost."""
    cost = dict(exposure.cost)
    for currency, more in costs(row.data for row in rows if row.data["status"] in RAN).items():
        cost[currency] = cost.get(currency, 0.0) + more
    number, unit = _sent(
        [row for row in rows if row.data["status"] == "confirmed"], exposure.medium
    )
    copies = [row.data["circulation"] for row in rows if "circulation" in row.data]
    if exposure.sent_unit in ("events", "posts"):
        number, unit = exposure.sent, exposure.sent_unit
    return replace(
        exposure,
        sent=number,
        sent_unit=unit,
        cost=cost,
        potential=exposure.potential or (float(max(copies)) if copies else None),
        rows=exposure.rows + places(rows),
    )


def _sent(rows: Sequence[Row], medium: Medium) -> tuple[float | None, str]:
    """How many were put out for sure; None where nobody counted the pieces."""
    if medium in PIECES:
        pieces = [row.data.get("pieces") for row in rows]
        known = [each for each in pieces if each is not None]
        return (sum(known) if len(known) == len(pieces) else None), "pieces"
    unit = "spots" if medium in SPOTS else "insertions"
    return sum(row.data.get("insertions", 1) for row in rows), unit


def _unmeasured(group: Group) -> Exposure:
    return Exposure(
        **group._asdict(), grade=None, unit="persons", method="", reached=None, not_measured=NOBODY
    )


def _unrun(group: Group, rows: Sequence[Row]) -> list[Notice]:
    """Placements that are not known to have run."""
    counts = {
        status: sum(row.data["status"] == status for row in rows)
        for status in ("claimed", "planned", "missed")
    }
    if not any(counts.values()):
        return []
    said = ", ".join(f"{n} {status}" for status, n in counts.items() if n)
    cost = " What is claimed was paid for, and counts as cost." if counts["claimed"] else ""
    return [
        notice(
            "placements_not_sent",
            f"{group.said}: {said} of {len(rows)} placements are not shown to have run, and do not "
            f"count as sent.{cost}",
            channel=group.said,
            placements=len(rows),
            **counts,
        )
    ]

"""Placements: what the office put out in media that log no message, one row a placement.

A placement is sent, as an event of that word is: that a spot ran or a poster hung says
nothing of who saw it. So its rows have no field for that.
"""

from __future__ import annotations

from typing import Any, ClassVar

from reach.formats.media.cells import (
    amount,
    count,
    day,
    identifier,
    listed,
    lowered,
    number,
    text,
    zoned_moment,
)
from reach.formats.media.columns import ADVERTISING_VALUES, WHOSE, Column
from reach.formats.media.impossible import Bound, Impossible
from reach.formats.media.media_format import OF_THE_OFFICE, MediaFormat

COLUMNS = (
    Column("placement_id", "placement_id", identifier, "the office's own; each has another"),
    Column(
        "medium",
        "medium",
        lowered,
        "tv, radio, print, online, social, outdoor, banner, poster, leaflet, loudspeaker, worship "
        "or cinema",
    ),
    Column(
        "status",
        "status",
        lowered,
        "planned, claimed (whoever was paid says so), confirmed (evidence_uri or verified_by says "
        "by what) or missed (booked, and did not run)",
    ),
    Column("vehicle", "vehicle", text, "the station, paper, site, place or car"),
    Column("region", "region"),
    Column("market", "market", text, "the area that the medium sells, if that is no region"),
    Column("campaign", "campaign"),
    Column("purpose", "purpose", lowered, "policy, achievement, service, rebuttal or internal"),
    *WHOSE,
    Column("message_ids", "message_ids", listed, "apart by semicolons; in JSON a list"),
    Column("starts_at", "starts_at", zoned_moment, "with a zone: 2026-01-05T07:00:00+07:00"),
    Column("ends_at", "ends_at", zoned_moment),
    Column("starts_on", "starts_on", day, "where there is no hour: 2026-01-05"),
    Column("ends_on", "ends_on", day),
    Column("format", "format", text, "in the medium's words: spot, half page, article"),
    Column("duration_s", "duration_s", amount, "seconds"),
    Column("size", "size", text, "in the medium's words: 4 x 6 m"),
    Column("insertions", "insertions", count, "how often it ran; from 1"),
    Column("circulation", "circulation", count, "copies of an issue: potential, no readers"),
    Column("pieces", "pieces", count, "hung up or handed out; not counted: left empty, never 0"),
    Column("cost", "cost", amount, "in whole units of the currency"),
    Column("currency", "currency", text, "as IDR"),
    Column("evidence_uri", "evidence_uri", text, "as-run log, tear sheet, dated photo"),
    Column("evidence_sha256", "evidence_sha256", text, "of what lies there; 64 digits"),
    Column("evidence_at", "evidence_at", zoned_moment, "when the photo was taken"),
    Column("latitude", "latitude", number, "degrees north: Bandung is at -6.9"),
    Column("longitude", "longitude", number, "degrees east: Bandung is at 107.6"),
    Column("verified_by", "verified_by", text, "an institution or a role: no person's name"),
)

_BEGUN = "what ends has begun"


class PlacementFormat(MediaFormat):
    """The office's table of what it put out."""

    name: ClassVar[str] = "placement"
    title: ClassVar[str] = "What the office put out on air, on paper, on walls, a placement a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "placement"
    rows_are: ClassVar[str] = "placements"
    columns: ClassVar[tuple[Column, ...]] = (*COLUMNS, *ADVERTISING_VALUES)
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("placement_id", "medium", "status")),
    )
    bounds: ClassVar[tuple[Bound, ...]] = (
        Bound("starts_at", "ends_at", _BEGUN),
        Bound("starts_on", "ends_on", _BEGUN),
    )
    in_json: ClassVar[bool] = True
    total_in: ClassVar[tuple[str, ...]] = ("placement_id", "region", "market")
    settings: ClassVar[frozenset[str]] = OF_THE_OFFICE
    tells: ClassVar[tuple[str, ...]] = (
        "what was put out, where, when, and what it cost: sent, and no more than that",
        "how well that is known: planned, claimed or confirmed, and by what evidence",
        "how many copies a paper prints: potential audience, which is no reach",
    )
    silent: ClassVar[tuple[str, ...]] = (
        (
            "how many people saw or heard it: not measured, which is not 0; a table of format "
            "audience says so, if somebody measured it"
        ),
        "whether anybody understood it or remembers it",
    )

    def proven(self, row: dict[str, Any]) -> dict[str, Any]:
        """A placement that says when it was, and by what it is confirmed if it is."""
        if "starts_at" not in row and "starts_on" not in row:
            raise Impossible("starts_at", "when it begins, or its first day in starts_on")
        if "starts_at" in row and "starts_on" in row:
            raise Impossible("starts_on", "nothing, since starts_at says when")
        if row["status"] == "confirmed" and not {"evidence_uri", "verified_by"} & row.keys():
            expected = "claimed, or evidence_uri or verified_by, which say by what it is confirmed"
            raise Impossible("status", expected)
        return row

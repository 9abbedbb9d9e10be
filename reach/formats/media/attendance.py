"""Attendance: events at which people were given a message, one row an event.

Present at the moment of the message is delivered, as a handset's receipt is: who was there
may not have listened. Nobody has set a standard for such tables; this is the office's own.
"""

from __future__ import annotations

from typing import Any, ClassVar

from reach.formats.media.cells import count, identifier, listed, lowered, text, zoned_moment
from reach.formats.media.columns import ADVERTISING_VALUES, WHOSE, Column
from reach.formats.media.impossible import Bound, Impossible
from reach.formats.media.media_format import OF_THE_OFFICE, MediaFormat

COLUMNS = (
    Column("event_id", "event_id", identifier, "the office's own; each event has another"),
    Column("programme", "programme", text, "what it is a part of"),
    Column(
        "form",
        "form",
        lowered,
        "pertunjukan_rakyat (folk performance), forum, worship, school, mobile_cinema, "
        "loudspeaker, poster or leaflet",
    ),
    Column("region", "region"),
    Column("campaign", "campaign"),
    Column("purpose", "purpose", lowered, "policy, achievement, service, rebuttal or internal"),
    *WHOSE,
    Column("starts_at", "starts_at", zoned_moment, "with a zone: 2026-01-05T19:30:00+07:00"),
    Column("ends_at", "ends_at", zoned_moment),
    Column("organiser", "organiser", text, "an institution or a role: no person's name"),
    Column("message_ids", "message_ids", listed, "apart by semicolons; in JSON a list"),
    Column("capacity", "capacity", count, "of the place; crowds may stand, so it is no limit"),
    Column(
        "attendance_count",
        "attendance_count",
        count,
        "present when the message was given; not counted: left empty, never 0",
    ),
    Column(
        "count_method",
        "count_method",
        lowered,
        "register, ticket, headcount, photo_estimate or organiser_claim",
    ),
    Column("count_low", "count_low", count, "as few as it may have been"),
    Column("count_high", "count_high", count, "as many as it may have been"),
    Column(
        "unique_attendees",
        "unique_attendees",
        count,
        "different persons, where a register or tickets tell; else empty",
    ),
    Column("evidence_uri", "evidence_uri", text, "where the register or the photo lies"),
    Column("evidence_sha256", "evidence_sha256", text, "of what lies there; 64 digits"),
    Column("verified_by", "verified_by", text, "an institution or a role: no person's name"),
)

UNATTENDED = ("poster", "leaflet")
"""Forms that nobody attends: a count is of passers-by, and 0 is what nobody counted."""


class AttendanceFormat(MediaFormat):
    """The office's table of events."""

    name: ClassVar[str] = "attendance"
    title: ClassVar[str] = "Events, performances and rounds, and who was there, an event a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "attendance"
    rows_are: ClassVar[str] = "attendances"
    columns: ClassVar[tuple[Column, ...]] = (*COLUMNS, *ADVERTISING_VALUES)
    needed: ClassVar[tuple[frozenset[str], ...]] = (frozenset(("event_id", "form", "starts_at")),)
    bounds: ClassVar[tuple[Bound, ...]] = (
        Bound("starts_at", "ends_at", "what ends has begun"),
        Bound("count_low", "attendance_count", "the count lies within its own range"),
        Bound("attendance_count", "count_high", "the count lies within its own range"),
        Bound("unique_attendees", "attendance_count", "each of them was there at least once"),
    )
    in_json: ClassVar[bool] = True
    total_in: ClassVar[tuple[str, ...]] = ("event_id", "region")
    settings: ClassVar[frozenset[str]] = OF_THE_OFFICE
    tells: ClassVar[tuple[str, ...]] = (
        (
            "how many were present when the message was given (receipt: device), and how they were "
            "counted"
        ),
        "between which numbers the count may lie",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether those present listened, understood or remember: present is never read",
        "how many different persons came to several events, unless a register or tickets tell",
        (
            "how many saw or heard what nobody counted, as posters mostly: not measured, which is "
            "not 0"
        ),
    )

    def proven(self, row: dict[str, Any]) -> dict[str, Any]:
        """An event whose count somebody made."""
        if row["form"] in UNATTENDED and row.get("attendance_count") == 0:
            expected = f"a count, or nothing: a {row['form']} that nobody counted is not measured"
            raise Impossible("attendance_count", expected)
        return row

"""TikTok: the table of videos of TikTok Studio (``Content.csv``), one row a video.

Its days have no year. A video's number, which its link ends in, begins with the second in
which it was made; so the day it was posted on is the first of its name from there. No document
of TikTok's says so: the rows quoted in public code do, each of them.

References:
    Headers, rows and the byte order mark are quoted in public code; no sample under a free
    licence is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from reach.formats.containers.head import Head
from reach.formats.media.cells import count
from reach.formats.media.columns import Column, Other
from reach.formats.media.days import day_of_some_year, first_from, last_until
from reach.formats.media.impossible import Bound
from reach.formats.media.media_format import OF_THE_OFFICE, MediaFormat, columns_of
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.said_beside import said_beside
from reach.shown import json_path, shorten

COLUMNS = (  # in the order of the table, which the mending of rows relies on
    Column("Time", None, note="the day of the export, in all rows"),
    Column("Video title", None, note="not kept"),
    Column("Video link", "permalink", note="names the account, and the post by its number"),
    Column("Post time", "published_on", day_of_some_year, note="without a year: by the link"),
    Column("Total likes", "reactions", count),
    Column("Total comments", "comments", count),
    Column("Total shares", "shares", count),
    Column("Total views", "views", count, note="times played: not people"),
)
_LINK = re.compile(r"tiktok\.com/@(?P<account>[^/?#\s]+)/(?:video|photo)/(?P<id>[0-9]+)")
_DATED = re.compile(r"[0-9]{18,19}")
_ANY_DATED = re.compile(r"/(?:video|photo)/[0-9]{18,19}\b")
_SECONDS = 32
"""Bits below those of a number that are seconds since 1970."""

_DAY = timedelta(days=1)
_SCHEDULED = timedelta(days=31)
"""A post may be made some time before it appears."""

_CELL = r'"([^"\\]*)"'
_WHOLE = re.compile(rf'{_CELL},"([^\\]*)",{",".join([_CELL] * 6)}')
"""A row whose title has quotes within, which TikTok does not double: no other cell has any."""

_AS_WRITTEN = tuple(column.said for column in COLUMNS)
"""TikTok's own order of its columns."""

_OVERVIEW = (
    "TikTok's Content.csv, a row a video: this is its overview by day, which tells of no post"
)


class TikTokFormat(MediaFormat):
    """TikTok's videos."""

    name: ClassVar[str] = "tiktok"
    title: ClassVar[str] = "TikTok Studio, a video a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "post"
    rows_are: ClassVar[str] = "posts"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("Video title", "Video link", "Post time", "Total views")),
    )
    others: ClassVar[tuple[Other, ...]] = (
        Other(frozenset(("Date", "Video Views", "Profile Views")), "a row is a day", _OVERVIEW),
        Other(
            frozenset(("Date", "Followers", "Difference in followers from previous day")),
            "a row is a day",
            "TikTok's Content.csv, a row a video: this is the history of its followers, who are "
            "potential and never reach",
        ),
        Other(
            frozenset(("Date", "Total Viewers", "New Viewers", "Returning Viewers")),
            "a row is a day",
            "TikTok's Content.csv, a row a video: this is its viewers by day, who do not add up",
        ),
    )
    constants: ClassVar[Mapping[str, Any]] = {"platform": "tiktok"}
    bounds: ClassVar[tuple[Bound, ...]] = ()
    settings: ClassVar[frozenset[str]] = OF_THE_OFFICE | {"year"}
    tells: ClassVar[tuple[str, ...]] = (
        "how often a video was played, and what was done with it (evidence: platform)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "how many people a video reached: a view is no person",
        "how many different people acted on it",
        "the year of a post: it is taken from the number in its link, else from year",
    )

    def lacking(self, head: Head, options: Options) -> tuple[str, str] | None:
        """The year, if no link in its beginning tells one."""
        if (wrong := super().lacking(head, options)) is not None:
            return wrong
        if options.year is not None or not columns_of(head) or _ANY_DATED.search(head.start):
            return None
        received = "days without a year in Post time, and no link that tells it"
        return received, f"the year of the day in Time: {said_beside(year=2026)}"

    def measurement(self, record: Record, log: Log) -> dict[str, Any] | None:
        """A row as its schema has it.

        Raises:
            Refused: As any format.
        """
        return super().measurement(_mended(record, log.head), log)

    def row_of(self, value: Mapping[str, Any], options: Options) -> dict[str, Any]:
        """A row's cells by our fields.

        Raises:
            Refused: A cell can't be read, or its day is of no year.
        """
        row = super().row_of(value, options)
        link = _LINK.search(row.get("permalink", ""))
        if link is not None:
            row |= {"account": link["account"], "post_id": link["id"]}
        if (said := row.get("published_on")) is not None:
            number = link["id"] if link and _DATED.fullmatch(link["id"]) else None
            day = _by_number(said, number, value) if number else _by_year(said, value, options)
            row["published_on"] = day.isoformat()
        return row


_YEAR = "the year of the day in Time (year), or links as https://www.tiktok.com/@name/video/…"


def _by_number(said: str, number: str, value: Mapping[str, Any]) -> date:
    """The day of a post whose number tells when it was made; zones differ by less than a day."""
    made = datetime.fromtimestamp(int(number) >> _SECONDS, UTC).date()
    day = first_from(said, made - _DAY)
    if day is None or day - made > _SCHEDULED:
        expected = f"a day within a month of {made}, when the video of that link was made"
        raise Refused(json_path(("Post time",)), shorten(value["Post time"]), expected)
    return day


def _by_year(said: str, value: Mapping[str, Any], options: Options) -> date:
    """The day of a post that is the last of its name until the export."""
    if options.year is None:
        raise Refused(json_path(("Video link",)), shorten(value.get("Video link") or ""), _YEAR)
    time = str(value.get("Time") or "")
    try:
        exported = first_from(day_of_some_year(time, options), date(options.year, 1, 1))
    except ValueError as error:
        raise Refused(json_path(("Time",)), shorten(time), str(error)) from None
    day = last_until(said, exported) if exported and exported.year == options.year else None
    if day is None:
        expected = f"a day that {options.year} or the year before it has"
        raise Refused(json_path(("Post time",)), shorten(value["Post time"]), expected)
    return day


def _mended(record: Record, head: Head) -> Record:
    """A row that is no CSV for the quotes in its title alone, as what it was to be."""
    if record.broken is None or (head.columns, head.delimiter) != (_AS_WRITTEN, ","):
        return record
    found = _WHOLE.fullmatch(record.raw)
    if found is None:
        return record
    return replace(record, value=dict(zip(_AS_WRITTEN, found.groups(), strict=True)), broken=None)

"""What Facebook's and Instagram's posts share: Meta Business Suite writes both, in one manner.

Its export of content has a row a post. Which of the two a table is of shows in the columns
that only one of them has; a table without these columns, or with both, may be either.

References:
    Headers and rows are quoted in public code that reads them; no sample under a free licence
    is known, and no document lists the columns.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.containers.csv_rows import read_rows
from reach.formats.containers.head import Head
from reach.formats.media.cells import identifier, moment_as
from reach.formats.media.columns import Column
from reach.formats.media.impossible import Bound
from reach.formats.media.media_format import OF_THE_OFFICE, MediaFormat, columns_of
from reach.formats.record import Fit, Options, Refused
from reach.formats.said_beside import said_beside
from reach.shown import json_path, shorten

COMMON = frozenset(("Post ID", "Publish time", "Permalink", "Post type"))
"""Columns that both have."""

month_first = moment_as("%m/%d/%Y %H:%M", "01/31/2026 07:00, the month first")
"""A local time as Meta writes it."""

COLUMNS = (
    Column("Post ID", "post_id", identifier),
    Column("Publish time", "published_at", month_first, note="its zone is not told: timezone"),
    Column("Permalink", "permalink"),
    Column("Post type", "kind"),
    Column("Description", None, note="not kept"),
    Column("Date", None, note="has to be Lifetime: the reach of days does not add up"),
)
"""What both mean by these."""

REACH_WITHIN_IMPRESSIONS = Bound(
    "reach", "impressions", "each account that was reached was shown it at least once"
)

_LIFETIME = "lifetime"
_TIMES = ("Publish time", "Posted")
_DAILY = re.compile(r'[^\r\n]*(?:\r\n|\r|\n)"?Date"?[,;\t]"?Primary"?[,;\t\r\n]')
"""Meta's export of one number of an account by day: a line with its name, then the header."""


_DAY_FIRST = re.compile(r"(?:1[3-9]|2[0-9]|3[01])/[0-9]{1,2}/[0-9]{4}\b")
_AS_EXPORTED = "times with the month first, as Meta writes them: the table as it was exported"


def _day_first(head: Head, column: str) -> str | None:
    """A time at the file's beginning that can only have the day first, which Meta does not write."""
    place = [name.strip().removeprefix("\ufeff") for name in head.columns].index(column)
    rows = read_rows(io.StringIO(head.start, newline=""), head.delimiter)
    times = (row.fields[place] for row in rows if len(row.fields) > place)
    return next((time for time in times if _DAY_FIRST.match(time.strip())), None)


class MetaFormat(MediaFormat):
    """Posts as Meta Business Suite writes them."""

    settings: ClassVar[frozenset[str]] = OF_THE_OFFICE | {"timezone"}
    own: ClassVar[frozenset[str]]
    """Columns that only this one has."""

    siblings: ClassVar[frozenset[str]]
    """Columns that only the other one has."""

    def fit(self, head: Head, options: Options) -> Fit:
        """As for any; a table that may be of either fits both, so that it has to be named."""
        columns = columns_of(head)
        if options.map is None and columns >= COMMON:
            mine = columns >= self.own
            if mine or not columns >= self.siblings:
                more = COMMON | self.own if mine else COMMON
                return Fit(ok=True, why=f"it has {', '.join(sorted(more))}")
        if _DAILY.match(head.start):
            why = "it is Meta's export of one number of an account, a row a day"
            return Fit(
                ok=False,
                why=why,
                mend="Meta's export of content, a row a post: this is one number of an account "
                "by day, and the reach of days does not add up",
            )
        return super().fit(head, options)

    def lacking(self, head: Head, options: Options) -> tuple[str, str] | None:
        """The zone of its times, if it has any."""
        if (wrong := super().lacking(head, options)) is not None:
            return wrong
        times = [name for name in _TIMES if name in columns_of(head)]
        if not times:
            return None
        if (other := _day_first(head, times[0])) is not None:
            # 05/01 beside it would be read as a day of May.
            return f"a time with the day first in {times[0]} ({shorten(other)})", _AS_EXPORTED
        if options.timezone is not None:
            return None
        expected = (
            "the zone they are in, which Meta does not document (posts whose true time is known had "
            f"Los Angeles', wherever the account was): {said_beside(timezone='America/Los_Angeles')}"
        )
        return f"times without a zone in {times[0]}", expected

    def row_of(self, value: Mapping[str, Any], options: Options) -> dict[str, Any]:
        """A row's cells by our fields, of a post's whole life.

        Raises:
            Refused: A cell can't be read, or the row is of a day.
        """
        said = value.get("Date")
        if isinstance(said, str) and said.strip() and said.strip().lower() != _LIFETIME:
            expected = "Lifetime: a row of a day counts again whom other days have counted"
            raise Refused(json_path(("Date",)), shorten(said), expected)
        return super().row_of(value, options)

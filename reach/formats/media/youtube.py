"""YouTube: the table of YouTube Studio, one row a video.

References:
    The header and the rows of many channels are public (``Table data.csv`` of an export), none
    under a free licence. What the numbers mean: YouTube Help, answers 7577430 and 9314486.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.media.cells import count, number
from reach.formats.media.columns import Column, Other
from reach.formats.media.days import day_in_words
from reach.formats.media.impossible import Bound
from reach.formats.media.media_format import OF_THE_OFFICE, MediaFormat
from reach.formats.record import Options

_HOUR = 3600


def hours(cell: str, options: Options) -> float:
    """A time in hours, as seconds.

    Examples:
        >>> hours("354.6762", Options())
        1276834.32
    """
    return round(number(cell, options) * _HOUR, 3)


COLUMNS = (
    Column("Content", "post_id", note="Total: the sum of all, which is no video"),
    Column("Video", "post_id", note="older exports"),
    Column("Video title", None, note="not kept"),
    Column("Video publish time", "published_on", day_in_words),
    Column("Unique viewers", "reach", count, note="people, as YouTube estimates; often blank"),
    Column("Impressions", "impressions", count, note="of its thumbnail, on YouTube alone"),
    Column("Views", "views", count),
    Column("Video views", "views", count, note="older exports"),
    Column("Watch time (hours)", "watch_seconds", hours, note="in seconds"),
    Column("Likes", "reactions", count),
    Column("Comments added", "comments", count),
    Column("Shares", "shares", count),
    Column("Subscribers", None, note="won less lost by it, so at times below 0: no audience"),
)
_NAMES = frozenset(("Video title", "Video publish time"))


class YouTubeFormat(MediaFormat):
    """YouTube's videos.

    No bound is set on the reach. It may exceed the impressions, which count a thumbnail on
    YouTube's own pages and not what is seen elsewhere; and it is an estimate, where views are
    counted.
    """

    name: ClassVar[str] = "youtube"
    title: ClassVar[str] = "YouTube Studio, a video a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "post"
    rows_are: ClassVar[str] = "posts"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (_NAMES | {"Content"}, _NAMES | {"Video"})
    others: ClassVar[tuple[Other, ...]] = (
        Other(
            _NAMES | {"Content", "Date"},
            "it is YouTube's chart, a row a day and video",
            "YouTube's Table data.csv, a row a video: this is its chart, a row a day and video, "
            "and the viewers of days do not add up",
        ),
    )
    constants: ClassVar[Mapping[str, Any]] = {"platform": "youtube"}
    bounds: ClassVar[tuple[Bound, ...]] = ()
    settings: ClassVar[frozenset[str]] = OF_THE_OFFICE
    tells: ClassVar[tuple[str, ...]] = (
        "how often a video was played, and for how long",
        "how many different people saw it, by YouTube's estimate, where it gives one (evidence: platform)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "of which span its numbers are: that of the export, which the file does not name",
        "at what hour a video was published",
        "how many different people several videos reached: viewers do not add up",
        "how many different people acted on it",
    )

    def is_total(self, value: Mapping[str, Any]) -> bool:
        """The first row sums up the others."""
        return any(str(value.get(name)).strip() == "Total" for name in ("Content", "Video"))

"""X: the export of its analytics, one row a post.

References:
    tests/data/samples/x has real ones, of the time when it was called Twitter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.media.cells import count, identifier, moment_as
from reach.formats.media.impossible import Bound
from reach.formats.media.media_format import Column, MediaFormat

COLUMNS = (
    Column("Tweet id", "post_id", identifier),
    Column("Tweet permalink", "permalink"),
    Column("Tweet text", None, note="not kept"),
    Column("time", "published_at", moment_as("%Y-%m-%d %H:%M %z", "2020-02-04 19:19 +0000")),
    Column("impressions", "impressions", count, note="times shown: not people"),
    Column("engagements", "engagements", count, note="acts, not people; clicks of all kinds too"),
    Column("retweets", "shares", count),
    Column("replies", "comments", count),
    Column("likes", "reactions", count),
    Column("url clicks", "clicks", count),
    Column("media views", "views", count),
    Column("promoted impressions", None, note="paid for, and reported apart: not added"),
)


class XFormat(MediaFormat):
    """X's posts."""

    name: ClassVar[str] = "x"
    title: ClassVar[str] = "X (Twitter) analytics, a post a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "post"
    rows_are: ClassVar[str] = "posts"
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("Tweet id", "Tweet permalink", "time", "impressions", "engagements")),
    )
    constants: ClassVar[Mapping[str, Any]] = {"platform": "x"}
    missing: ClassVar[frozenset[str]] = frozenset("-")
    bounds: ClassVar[tuple[Bound, ...]] = ()
    tells: ClassVar[tuple[str, ...]] = (
        "how often a post was shown, and what was done with it (evidence: platform)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "how many people a post reached: an impression is no person",
        "how many different people acted on it",
    )

"""X: the exports of its analytics, one row a post.

References:
    tests/data/samples/x has real ones, of the time when it was called Twitter. The header and
    rows of the export since then are quoted in public code; no sample under a free licence is
    known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.media.cells import count, identifier, moment_as
from reach.formats.media.columns import Column, Other
from reach.formats.media.days import day_in_words
from reach.formats.media.impossible import Bound
from reach.formats.media.media_format import OF_THE_OFFICE, MediaFormat

TWITTER_COLUMNS = (
    Column("Tweet id", "post_id", identifier),
    Column("Tweet permalink", "permalink"),
    Column("Tweet text", None, note="not kept"),
    Column("time", "published_at", moment_as("%Y-%m-%d %H:%M %z", "2020-02-04 19:19 +0000")),
    Column("impressions", "impressions", count, note="times shown: not people"),
    Column("engagements", "engagements", count, note="acts, not people; clicks of all kinds too"),
    Column("retweets", "shares", count),
    Column("replies", "comments", count),
    Column("likes", "reactions", count),
    Column("favorites", "reactions", count, note="likes, in exports of 2015"),
    Column("url clicks", "clicks", count),
    Column("media views", "views", count),
    Column("promoted impressions", None, note="paid for, and reported apart: not added"),
)
X_COLUMNS = (
    Column("Post id", "post_id", identifier),
    Column("Post Link", "permalink"),
    Column("Post text", None, note="not kept"),
    Column("Date", "published_on", day_in_words, note="in which zone is not told"),
    Column("Impressions", "impressions", count, note="times shown: not people"),
    Column("Engagements", "engagements", count, note="acts, not people"),
    Column("Reposts", "shares", count),
    Column("Shares", None, note="sent on by link or message: apart from reposts, and not added"),
    Column("Replies", "comments", count),
    Column("Likes", "reactions", count),
    Column("Bookmarks", "saves", count),
    Column("URL Clicks", "clicks", count),
    Column("New follows", None, note="followers are potential, never reach"),
)


class XFormat(MediaFormat):
    """X's posts. No bound is set: an impression may lead to several acts."""

    name: ClassVar[str] = "x"
    title: ClassVar[str] = "X (Twitter) analytics, a post a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "post"
    rows_are: ClassVar[str] = "posts"
    columns: ClassVar[tuple[Column, ...]] = (*TWITTER_COLUMNS, *X_COLUMNS)
    needed: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset(("Post id", "Date", "Post text", "Post Link", "Impressions")),
        frozenset(("Tweet id", "Tweet permalink", "time", "impressions", "engagements")),
    )
    others: ClassVar[tuple[Other, ...]] = (
        Other(
            frozenset(("Date", "Impressions", "Engagements", "Unfollows")),
            "it is X's overview of an account, a row a day",
            "X's export of content, a row a post: this is its overview by day, which tells of "
            "no post",
        ),
    )
    constants: ClassVar[Mapping[str, Any]] = {"platform": "x"}
    missing: ClassVar[frozenset[str]] = frozenset("-")
    bounds: ClassVar[tuple[Bound, ...]] = ()
    settings: ClassVar[frozenset[str]] = OF_THE_OFFICE
    tells: ClassVar[tuple[str, ...]] = (
        "how often a post was shown, and what was done with it (evidence: platform)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "how many people a post reached: an impression is no person",
        "how many different people acted on it",
        "at what hour a post was published: exports since Twitter became X",
    )

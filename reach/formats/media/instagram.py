"""Instagram: posts of an account, from Meta Business Suite.

References:
    The header and single rows are quoted in public code that reads such exports; no sample
    under a free licence is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.media import meta_suite
from reach.formats.media.cells import count, identifier
from reach.formats.media.columns import Column
from reach.formats.media.impossible import Bound
from reach.formats.media.meta_suite import MetaFormat

OWN = frozenset(("Account ID", "Account username"))
COLUMNS = (
    *meta_suite.COLUMNS,
    Column("Account username", "account"),
    Column("Account ID", "account", identifier, note="where there is no username"),
    Column("Account name", None, note="not kept: others may have the same"),
    Column("Reach", "reach", count, note="different accounts"),
    Column("Impressions", "impressions", count, note="times shown; older exports"),
    Column("Views", "views", count, note="times played or shown: not people"),
    Column("Likes", "reactions", count),
    Column("Comments", "comments", count),
    Column("Shares", "shares", count),
    Column("Saves", "saves", count),
    Column("Follows", None, note="accounts that began to follow: part of no reach"),
)


class InstagramFormat(MetaFormat):
    """Instagram's posts."""

    name: ClassVar[str] = "instagram"
    title: ClassVar[str] = "Instagram posts: Meta Business Suite, a post a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "post"
    rows_are: ClassVar[str] = "posts"
    own: ClassVar[frozenset[str]] = OWN
    siblings: ClassVar[frozenset[str]] = frozenset(("Page ID", "Page name"))
    columns: ClassVar[tuple[Column, ...]] = COLUMNS
    needed: ClassVar[tuple[frozenset[str], ...]] = (meta_suite.COMMON | OWN,)
    constants: ClassVar[Mapping[str, Any]] = {"platform": "instagram"}
    bounds: ClassVar[tuple[Bound, ...]] = (meta_suite.REACH_WITHIN_IMPRESSIONS,)
    tells: ClassVar[tuple[str, ...]] = (
        "how many different accounts a post reached (evidence: platform)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "how many persons that are: one may have several accounts",
        "how many different accounts several posts reached: the reach of posts does not add up",
        "how many different accounts did anything with it",
        "in which zone its times are: not documented",
    )

"""Facebook: posts of a Page, from Meta Business Suite or from the Insights before it.

References:
    tests/data/samples/facebook has 500 real rows of the old Insights, of the study
    S. Moro, P. Rita and B. Vala, Predicting social media performance metrics and evaluation of
    the impact on brand building, Journal of Business Research 69 (2016). Four of them are
    impossible. The header of the old export, with the row that explains it, and that of Meta
    Business Suite are quoted in public code; that export has no sample under a free licence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.media import meta_suite
from reach.formats.media.cells import count, identifier, number, yes_or_no
from reach.formats.media.columns import Column
from reach.formats.media.impossible import Bound
from reach.formats.media.meta_suite import MetaFormat, month_first

OWN = frozenset(("Page ID", "Page name"))
INSIGHTS = frozenset(
    ("Lifetime Post Total Reach", "Lifetime Post Total Impressions", "Lifetime Engaged Users")
)
"""What the old export is known by."""

SUITE_COLUMNS = (
    Column("Page ID", "account", identifier),
    Column("Page name", "account", note="where there is no Page ID"),
    Column("Title", None, note="not kept"),
    Column("Reach", "reach", count, note="different accounts"),
    Column("Impressions", "impressions", count, note="times shown; older exports"),
    Column("Views", "views", count, note="times played or shown: not people"),
    Column("Reactions, Comments and Shares", "engagements", count),
    Column("Reactions, comments and shares", "engagements", count),
    Column("Reactions", "reactions", count),
    Column("Comments", "comments", count),
    Column("Shares", "shares", count),
    Column("Total clicks", "clicks", count),
    Column("Seconds viewed", "watch_seconds", number),
    Column("Ad impressions", None, note="of advertisements within its video, not of the post"),
)
INSIGHTS_COLUMNS = (
    Column("Posted", "published_at", month_first, note="its zone is not told: timezone"),
    Column("Type", "kind"),
    Column("Paid", "paid", yes_or_no),
    Column("Lifetime Post Total Reach", "reach", count, note="different accounts"),
    Column("Lifetime Post Total Impressions", "impressions", count),
    Column("Lifetime Engaged Users", "engaged_accounts", count, note="different accounts"),
    Column("Lifetime Post Consumptions", "clicks", count),
    Column("Lifetime Post Consumers", None, note="accounts that clicked, some of those engaged"),
    Column("Total Interactions", "engagements", count),
    Column("like", "reactions", count),
    Column("comment", "comments", count),
    Column("share", "shares", count),
    Column("Page total likes", "followers", count, note="of the Page: potential, never reach"),
)


class FacebookFormat(MetaFormat):
    """Facebook's posts."""

    name: ClassVar[str] = "facebook"
    title: ClassVar[str] = "Facebook posts: Meta Business Suite, or the old Insights; a post a row"
    version: ClassVar[str] = "1"
    row: ClassVar[str] = "post"
    rows_are: ClassVar[str] = "posts"
    own: ClassVar[frozenset[str]] = OWN
    siblings: ClassVar[frozenset[str]] = frozenset(("Account ID", "Account username"))
    columns: ClassVar[tuple[Column, ...]] = (
        *meta_suite.COLUMNS,
        *SUITE_COLUMNS,
        *INSIGHTS_COLUMNS,
    )
    needed: ClassVar[tuple[frozenset[str], ...]] = (meta_suite.COMMON | OWN, INSIGHTS)
    constants: ClassVar[Mapping[str, Any]] = {"platform": "facebook"}
    bounds: ClassVar[tuple[Bound, ...]] = (
        meta_suite.REACH_WITHIN_IMPRESSIONS,
        Bound("engaged_accounts", "reach", "who did anything with it had been reached"),
    )
    tells: ClassVar[tuple[str, ...]] = (
        "how many different accounts a post reached (evidence: platform)",
        "how many different accounts did anything with it: the old Insights alone",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "how many persons that are: one may have several accounts, and one account several readers",
        "how many different accounts several posts reached: the reach of posts does not add up",
        "in which zone its times are: not documented",
    )

    def is_total(self, value: Mapping[str, Any]) -> bool:
        """Below its header the old export has a row that says what the columns mean."""
        return str(value.get("Lifetime Post Total Reach")).strip().startswith("Lifetime:")

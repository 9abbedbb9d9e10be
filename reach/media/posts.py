"""Rows of posts and mentions become exposures, in accounts: an account is no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reach.media.amounts import exactly, of_several
from reach.media.exposure import Amount, Exposure
from reach.media.found import Found
from reach.media.group import Group, grouped, places
from reach.media.medium import Medium
from reach.media.notice import notice
from reach.media.row import Row
from reach.vocabulary import Grade

NO_ACCOUNTS = "the platform tells no number of accounts: impressions and views are times"
SEVERAL = (
    "nobody knows which accounts saw several posts: at least the largest, at most all together"
)
OUTLETS = "visitors or followers of outlets are whom they might reach, and no reach"


def posts(rows: Sequence[Row]) -> Found:
    """Exposures of rows of kind post: one for each account, and one for its posts without reach."""
    found = Found()
    for group, members in grouped(rows, _group).items():
        once, repeated = each_once(members)
        if repeated:
            found.notices.append(
                notice(
                    "posts_repeated",
                    f"{group.said}: {repeated} rows are of posts that other rows have, too; each "
                    "counts once, with its larger numbers.",
                    channel=group.said,
                    rows=repeated,
                )
            )
        told = [row for row in once if "reach" in row.data]
        silent = [row for row in once if "reach" not in row.data]
        if told:
            found.exposures.append(_told(group, told))
        if silent:
            found.exposures.append(_silent(group, silent))
            if told:
                found.notices.append(
                    notice(
                        "posts_without_reach",
                        f"{group.said}: {len(silent)} of {len(once)} posts have no reach, which is "
                        "not measured and not 0. What is said here is of the others alone.",
                        channel=group.said,
                        silent=len(silent),
                        posts=len(once),
                    )
                )
    return found


def mentions(rows: Sequence[Row]) -> Found:
    """Exposures of rows of kind mention: what others wrote, and nobody knows who read it."""
    found = Found()
    for group, members in grouped(rows, _mention_group).items():
        numbers = [n for row in members if (n := row.data.get("potential_audience")) is not None]
        found.exposures.append(
            Exposure(
                **group._asdict(),
                grade=Grade.POTENTIAL,
                unit="devices",
                method="media monitoring",
                reached=None,
                sent=len(members),
                sent_unit="mentions",
                potential=float(max(numbers)) if numbers else None,
                not_measured=OUTLETS,
                rows=places(members),
            )
        )
        if numbers:
            message = (
                f"{group.said}: the audiences of {len(members)} mentions are what their outlets have "
                "at all, and no reach: they are in no result."
            )
            found.notices.append(
                notice("mentions_left_out", message, channel=group.said, mentions=len(members))
            )
    return found


def _group(row: Row) -> Group:
    account = row.data.get("account")
    channel = row.channel or row.data["platform"]
    return Group(channel, Medium.SOCIAL, account, None, row.audience, row.shared_by_staff)


def _mention_group(row: Row) -> Group:
    channel = row.channel or row.data["monitor"]
    return Group(channel, Medium.ONLINE, None, None, row.audience, row.shared_by_staff)


def each_once(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """Each post once, with the largest of its numbers: counts of a post only grow.

    Returns:
        The posts in the order of their first rows, and how many rows were of posts that others
        have, too. A row that names no post is one of its own.
    """
    kept: dict[Any, Row] = {}
    for row in rows:
        post = row.data.get("post_id") or row.data.get("permalink") or row.place
        key = row.data["platform"], post
        before = kept.get(key)
        if before is None:
            kept[key] = row
            continue
        data: dict[str, Any] = {**before.data}
        for name in ("reach", "engaged_accounts", "followers"):
            numbers = [each.data[name] for each in (before, row) if name in each.data]
            data |= {name: max(numbers)} if numbers else {}
        kept[key] = replace(before, data=data)
    return list(kept.values()), len(rows) - len(kept)


def _told(group: Group, rows: Sequence[Row]) -> Exposure:
    reached = of_several([exactly(row.data["reach"]) for row in rows], None)
    return Exposure(
        **group._asdict(),
        grade=Grade.PLATFORM,
        unit="accounts",
        method="different accounts, as the platform counts them",
        reached=reached,
        engaged=_engaged(rows),
        sent=len(rows),
        sent_unit="posts",
        potential=_followers(rows),
        assumptions=(SEVERAL,) if len(rows) > 1 else (),
        rows=places(rows),
    )


def _engaged(rows: Sequence[Row]) -> Amount | None:
    """Accounts that did anything: of a post that does not tell, no more than it reached."""
    told = [row.data["engaged_accounts"] for row in rows if "engaged_accounts" in row.data]
    if not told:
        return None
    amounts = [
        exactly(row.data["engaged_accounts"])
        if "engaged_accounts" in row.data
        else Amount(None, 0.0, float(row.data["reach"]), None)
        for row in rows
    ]
    return of_several(amounts, None)


def _silent(group: Group, rows: Sequence[Row]) -> Exposure:
    return Exposure(
        **group._asdict(),
        grade=None,
        unit="accounts",
        method="",
        reached=None,
        sent=len(rows),
        sent_unit="posts",
        potential=_followers(rows),
        not_measured=NO_ACCOUNTS,
        rows=places(rows),
    )


def _followers(rows: Sequence[Row]) -> float | None:
    numbers = [row.data["followers"] for row in rows if "followers" in row.data]
    return float(max(numbers)) if numbers else None

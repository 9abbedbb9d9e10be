"""What posts say, as the member ``posts`` of the result document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from reach.compare.posts.arms import POST_METRICS, post_arms
from reach.compare.posts.found import PostWork, compare_arms, describe_arms
from reach.compare.question import ComparePosts
from reach.errors import ConfigError, Fault
from reach.media.posts import each_once
from reach.media.row import Row
from reach.vocabulary import Grade

_MOST_ARMS = 60


def compare_posts(
    rows: Sequence[Row],
    impossible: Sequence[tuple[Row, Fault]],
    asked: ComparePosts,
    level: float,
) -> dict[str, Any]:
    """Compare posts, without the impossible ones; and beside it, deciding nothing, with them.

    Posts of staff and posts for staff are not mixed with the office's and the public's: where
    there are both kinds, they are left out and counted, unless that is what is compared.

    Args:
        rows: Rows of kind post; a post that is in several counts once.
        impossible: Rows of that kind that were refused because their numbers contradict one
            another, each with what is wrong.
        asked: Which posts are compared with which.
        level: Confidence level, of each rate for itself and of all pairs together.

    Raises:
        ConfigError: There are more arms than can be told.
    """
    once, repeated = each_once(rows)
    posts, left_out = _kept(once, asked, once)
    work = PostWork(post_arms(posts, asked), asked, level)
    if len(work.arms) > _MOST_ARMS:
        expected = f"at most {_MOST_ARMS}; compare by something with fewer values"
        received = f"{len(work.arms)} arms"
        raise ConfigError([Fault("experiment.yaml", "$.compare.posts.by", received, expected)])
    return {
        "by": asked.by,
        "metrics": list(asked.metrics),
        "level": level,
        "family": work.family,
        "grade": str(Grade.PLATFORM),
        "posts": len(posts),
        "repeated": repeated,
        "left_out": left_out,
        "blank": _blank(posts, asked),
        "arms": describe_arms(work),
        "comparisons": compare_arms(work),
        "impossible": [
            {
                "source": row.file,
                "line": int(row.place.rpartition(":")[2]),
                "path": why.path,
                "received": why.received,
                "expected": why.expected,
            }
            for row, why in impossible
        ],
        "with_impossible": _with_impossible(once, impossible, asked, level),
    }


def _with_impossible(
    once: Sequence[Row],
    impossible: Sequence[tuple[Row, Fault]],
    asked: ComparePosts,
    level: float,
) -> dict[str, Any] | None:
    """The same with the impossible rows as they stand; None if there are none."""
    if not impossible:
        return None
    everything, _ = each_once([*once, *(row for row, _ in impossible)])
    posts, _ = _kept(everything, asked, once)
    work = PostWork(post_arms(posts, asked), asked, level)
    return {
        "posts": len(posts),
        "arms": describe_arms(work),
        "comparisons": compare_arms(work),
    }


def _kept(
    rows: Sequence[Row], asked: ComparePosts, judged_by: Sequence[Row]
) -> tuple[list[Row], dict[str, int]]:
    """Posts of one audience and of one who showed them, and how many are not."""
    no_public = all(row.audience == "internal" for row in judged_by)
    no_office = all(row.shared_by_staff for row in judged_by)
    for_staff = [row for row in rows if row.audience == "internal" and not no_public]
    by_staff = [
        row for row in rows if row.shared_by_staff and not no_office and asked.by != "shared_by"
    ]
    out = {row.place for row in (*for_staff, *by_staff)}
    kept = [row for row in rows if row.place not in out]
    return kept, {"internal": len(for_staff), "staff": len(by_staff)}


def _blank(posts: Sequence[Row], asked: ComparePosts) -> dict[str, int]:
    """How many posts have an empty field, of the fields that any has; those compared always.

    Empty is not measured, and never 0.
    """
    counts = Counter(name for row in posts for name in row.data)
    needed = [
        name
        for metric in map(POST_METRICS.__getitem__, asked.metrics)
        for name in (metric.below, metric.above)
    ]
    return {
        name: lacking
        for name in [*needed, *sorted(set(counts) - set(needed))]
        if (lacking := len(posts) - counts[name]) or name in needed
    }

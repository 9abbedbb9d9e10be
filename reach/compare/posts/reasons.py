"""Why posts can't be compared: sentences, and what they speak of."""

from __future__ import annotations

from collections.abc import Sequence

from reach.compare.posts.arms import PostArm, PostMetric
from reach.compare.reasons import Reason

_MOST_NAMED = 8


def no_posts(arm: str, known: Sequence[str]) -> Reason:
    """No post is of the arm."""
    names = ", ".join(known if len(known) <= _MOST_NAMED else [*known[:_MOST_NAMED], "…"])
    return Reason(
        f"no post is of {arm}; there are posts of {names}", "no_posts", {"arm": arm, "known": names}
    )


def posts_not_measured(arm: PostArm, metric: PostMetric) -> Reason:
    """None of its posts has both numbers."""
    fields = f"{metric.above} and {metric.below}"
    return Reason(
        f"{arm.name}: none of its posts has both {fields}",
        "posts_not_measured",
        {"arm": arm.name, "fields": fields},
    )


def nobody_reached(arm: str) -> Reason:
    """There is nothing to divide by."""
    return Reason(f"{arm}: its posts reached no account", "nobody_reached", {"arm": arm})


def platforms_differ(platforms: Sequence[str]) -> Reason:
    """Each platform has an own account of what an account, its reach and its engagement are."""
    listed = ", ".join(platforms)
    return Reason(
        f"posts of several platforms ({listed}), each of which counts accounts by rules of its own",
        "platforms_differ",
        {"platforms": listed},
    )

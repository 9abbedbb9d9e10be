"""What a schema can't say of a comparison of posts: that there are posts, and each arm once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reach.compare.question import CLOSED_ARMS
from reach.experiment.config import DEFAULT_POST_METRICS
from reach.experiment.named_arms import compared
from reach.shown import json_path, word
from reach.tally.query import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reach.experiment.document import Parts

    Wrong = tuple[Parts, object, str]

_AT = ("compare", "posts")


def wrong_posts(data: Mapping[str, Any]) -> Iterator[Wrong]:
    """Yield what is wrong with a comparison of posts: where, what, what was expected.

    Args:
        data: A config as plain data, valid or not.
    """
    compare = data.get("compare")
    posts = compare.get("posts") if isinstance(compare, dict) else None
    if not isinstance(posts, dict):
        return
    if "media" not in data:
        yield _AT, posts, "media with it, where the posts are; or leave it out"
    yield from _unknown(posts)
    yield from _pairs(posts.get("pairs"))
    metrics = posts.get("metrics", list(DEFAULT_POST_METRICS))
    margin = posts.get("margin")
    for metric in margin if isinstance(margin, dict) and isinstance(metrics, list) else ():
        if metric not in metrics:
            listed = ", ".join(word(one) for one in metrics if isinstance(one, str))
            yield (*_AT, "margin", metric), metric, f"a metric that is compared: {listed}"


def _unknown(posts: Mapping[str, Any]) -> Iterator[Wrong]:
    """Arms that no post can be in, where there are so many and no others."""
    by = posts.get("by")
    known = CLOSED_ARMS.get(by) if isinstance(by, str) else None
    if known is None:
        return
    for parts, name in compared(posts):
        if isinstance(name, str) and name not in (*known, NO_VALUE):
            yield (*_AT, *parts), name, f"one of {', '.join(known)}"


def _pairs(pairs: object) -> Iterator[Wrong]:
    seen: dict[frozenset[str], int] = {}
    for index, pair in enumerate(pairs if isinstance(pairs, list) else ()):
        if not isinstance(pair, list) or [type(name) for name in pair] != [str, str]:
            continue
        at: Parts = (*_AT, "pairs", index)
        first = seen.setdefault(frozenset(pair), index)
        if pair[0] == pair[1]:
            yield at, pair[0], "two different names"
        elif first != index:
            expected = f"each pair once; it is {json_path((*at[:-1], first))} already"
            yield at, " − ".join(pair), expected

"""Posts compared, as rows of the tidy table: a row a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reach.report.reading import Part, Result

_FRACTION = {"unit": "fraction"}
_OF_PAIRS = {"p_value": "probability", "p_adjusted": "probability", "margin": "fraction"}


def post_rows(result: Result) -> Iterator[Part]:
    """Posts (``posts``), by arm (``post_arms``) and pair (``post_comparisons``).

    The same with impossible rows, which decides nothing, stands in tables whose names end in
    ``_with_impossible``.
    """
    if "posts" not in result:
        return
    posts = result["posts"]
    for quantity in ("posts", "repeated"):
        yield {"table": "posts", "quantity": quantity, "value": posts[quantity], "unit": "posts"}
    for whose, count in sorted(posts["left_out"].items()):
        yield {"table": "posts", "quantity": f"left_out_{whose}", "value": count, "unit": "posts"}
    for field, count in sorted(posts["blank"].items()):
        yield {"table": "posts", "quantity": f"blank_{field}", "value": count, "unit": "posts"}
    yield from _of(posts, "")
    for row in posts["impossible"]:
        why = (
            f"line {row['line']}, {row['path']}: got {row['received']}, expected {row['expected']}"
        )
        named = {"table": "posts_impossible", "quantity": "line", "value": row["line"]}
        yield {**named, "because": why, "source": row["source"]}
    if posts["with_impossible"] is not None:
        yield from _of(posts["with_impossible"], "_with_impossible")


def _of(posts: Part, which: str) -> Iterator[Part]:
    for arm in posts["arms"]:
        named = {"table": f"post_arms{which}", "arm": arm["arm"], "grade": arm["grade"]}
        yield {**named, "quantity": "posts", "value": arm["posts"], "unit": "posts"}
        for metric, rate in sorted(arm["rates"].items()):
            for row in _rate(rate):
                yield {**named, "metric": metric, **row}
    for pair in posts["comparisons"]:
        named = {
            "table": f"post_comparisons{which}",
            "arm": pair["a"],
            "other_arm": pair["b"],
            "metric": pair["metric"],
            "verdict": pair["verdict"],
            "because": pair["because"],
        }
        told = {"level": pair["level"], "method": pair["method"], **_FRACTION}
        ends = {"value": pair["difference"], "low": pair["low"], "high": pair["high"]}
        yield {**named, "quantity": "difference", **ends, **told}
        for quantity, unit in _OF_PAIRS.items():
            if pair[quantity] is not None:
                yield {**named, "quantity": quantity, "value": pair[quantity], "unit": unit}
        if pair["effective_posts"] is not None:
            least = min(pair["effective_posts"])
            yield {**named, "quantity": "least_effective_posts", "value": least, "unit": "posts"}


def _rate(rate: Part) -> Iterator[Part]:
    for field, count in sorted(rate["blank"].items()):
        yield {"quantity": f"blank_{field}", "value": count, "unit": "posts"}
    if "estimate" not in rate:
        yield {"quantity": "not_estimable", "because": rate["not_estimable"]}
        return
    told = {key: rate[key] for key in ("numerator", "denominator", "level", "method")}
    ends = {"value": rate["estimate"], "low": rate["low"], "high": rate["high"]}
    yield {"quantity": "rate", **ends, **told, **_FRACTION}
    yield {"quantity": "standard_error", "value": rate["standard_error"], **_FRACTION}
    yield {"quantity": "deff", "value": rate["deff"], "unit": "ratio"}
    yield {"quantity": "effective_posts", "value": rate["effective_posts"], "unit": "posts"}

"""Arms and pairs of posts as the result document holds them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reach.compare.pairs import pairs_of
from reach.compare.posts.arms import POST_METRICS, PostArm, PostMetric, rates_of
from reach.compare.posts.reasons import (
    no_posts,
    nobody_reached,
    platforms_differ,
    posts_not_measured,
)
from reach.compare.question import ComparePosts
from reach.compare.reasons import Reason
from reach.compare.verdict import FEWEST_EFFECTIVE_CLUSTERS, Ruling, not_comparable, rule
from reach.errors import NotEstimableError
from reach.stats.difference import DifferenceInterval, difference_interval
from reach.stats.partial import rate_interval
from reach.stats.ratio import Ratio
from reach.vocabulary import Because, Grade, Verdict

_TOO_FEW = Ruling(Verdict.UNDETERMINED, str(Because.TOO_FEW_POSTS))


@dataclass(frozen=True, slots=True)
class PostWork:
    """What is compared.

    Attributes:
        arms: The posts by arm.
        asked: The question.
        level: Confidence level, of each rate for itself and of all pairs together.
    """

    arms: Sequence[PostArm]
    asked: ComparePosts
    level: float

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs to compare, in order."""
        return pairs_of(self.asked, [arm.name for arm in self.arms])

    @property
    def family(self) -> int:
        """Declared contrasts × metrics."""
        return len(self.pairs) * len(self.asked.metrics)

    def arm(self, name: str) -> PostArm:
        """The arm of that name; one that a pair names is there, if without posts."""
        return next(arm for arm in self.arms if arm.name == name)

    @property
    def known(self) -> list[str]:
        """Arms that do have posts."""
        return [arm.name for arm in self.arms if arm.rows]


def describe_arms(work: PostWork) -> list[dict[str, Any]]:
    """Every arm with its posts and rates."""
    return [
        {
            "arm": arm.name,
            "grade": str(Grade.PLATFORM),
            "platforms": arm.platforms,
            "posts": len(arm.rows),
            "rates": {name: _rate(work, arm, POST_METRICS[name]) for name in work.asked.metrics},
        }
        for arm in work.arms
    ]


def compare_arms(work: PostWork) -> list[dict[str, Any]]:
    """Every pair on every metric."""
    return [
        _compared(work, POST_METRICS[name], work.arm(a), work.arm(b))
        for name in work.asked.metrics
        for a, b in work.pairs
    ]


def _rate(work: PostWork, arm: PostArm, metric: PostMetric) -> dict[str, Any]:
    blank = arm.blank(metric)
    obstacle = _obstacle(work, metric, arm)
    if obstacle is not None:
        return {"blank": blank, "not_estimable": obstacle.text, "reason": obstacle.document()}
    sums = arm.sums(metric)
    try:
        [rate] = rates_of(sums)
        interval = rate_interval(rate, rate, 1 - work.level)
    except NotEstimableError as error:
        return {"blank": blank, "not_estimable": str(error), "reason": None}
    return {
        "blank": blank,
        "posts": sums.posts,
        "numerator": sums.y,
        "denominator": sums.n,
        "estimate": rate.estimate,
        "standard_error": math.sqrt(rate.variance or 0.0),
        "low": interval.low,
        "high": interval.high,
        "level": work.level,
        "method": interval.method,
        "deff": rate.deff,
        "effective_posts": rate.effective_clusters,
    }


def _obstacle(work: PostWork, metric: PostMetric, *arms: PostArm) -> Reason | None:
    """Row 1 of the verdict table: why there is nothing to compare."""
    for arm in arms:
        if not arm.rows:
            return no_posts(arm.name, work.known)
        if not any(map(metric.measures, arm.rows)):
            return posts_not_measured(arm, metric)
        if not arm.sums(metric).n:
            return nobody_reached(arm.name)
    platforms = {row.data["platform"] for arm in arms for row in arm.rows if metric.measures(row)}
    return platforms_differ(sorted(platforms)) if len(platforms) > 1 else None


def _compared(work: PostWork, metric: PostMetric, a: PostArm, b: PostArm) -> dict[str, Any]:
    obstacle = _obstacle(work, metric, a, b)
    if obstacle is not None:
        return _document(work, metric, (a, b), not_comparable(obstacle.text), reason=obstacle)
    try:
        one, other = rates_of(a.sums(metric), b.sums(metric))
        if min(one.effective_clusters, other.effective_clusters) < FEWEST_EFFECTIVE_CLUSTERS:
            return _document(work, metric, (a, b), _TOO_FEW, rates=(one, other))
        interval = difference_interval(
            one, one, other, other, 1 - work.level, contrasts=work.family
        )
    except NotEstimableError as error:
        return _document(work, metric, (a, b), not_comparable(str(error)))
    ruling = rule(interval, work.asked.margin.get(metric.name))
    return _document(work, metric, (a, b), ruling, rates=(one, other), interval=interval)


def _document(
    work: PostWork,
    metric: PostMetric,
    pair: tuple[PostArm, PostArm],
    ruling: Ruling,
    *,
    reason: Reason | None = None,
    rates: tuple[Ratio, Ratio] | None = None,
    interval: DifferenceInterval | None = None,
) -> dict[str, Any]:
    margin = work.asked.margin.get(metric.name)
    told: Mapping[str, Any] = dict.fromkeys(("low", "high", "p_value", "p_adjusted", "method"))
    if interval is not None:
        told = {name: getattr(interval, name) for name in told}
    return {
        "metric": metric.name,
        "a": pair[0].name,
        "b": pair[1].name,
        "numerator": metric.numerator,
        "denominator": metric.denominator,
        "difference": rates[0].estimate - rates[1].estimate if rates else None,
        **told,
        "level": work.level,
        "family": work.family,
        "margin": margin,
        "non_inferior": interval.low > -margin if interval and margin is not None else None,
        "verdict": str(ruling.verdict),
        "because": ruling.because,
        "reason": reason.document() if reason else None,
        "effective_posts": [rate.effective_clusters for rate in rates] if rates else None,
    }

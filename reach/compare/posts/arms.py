"""Posts by arm, as sums that add over different posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from reach.compare.question import CLOSED_ARMS, ComparePosts
from reach.errors import NotEstimableError
from reach.media.row import Row
from reach.stats.finite import TOO_LARGE
from reach.stats.gram import LARGEST, GramStratum
from reach.stats.ratio import Ratio, ratio
from reach.tally.query import NO_VALUE


class PostMetric(NamedTuple):
    """One rate of posts.

    Attributes:
        name: Named by numerator and denominator.
        numerator: What is counted, in words.
        denominator: Per what, in words.
        above: The field of a post that is counted.
        below: The field that it is counted per.
    """

    name: str
    numerator: str
    denominator: str
    above: str
    below: str

    def measures(self, row: Row) -> bool:
        """Whether a post has both numbers."""
        return self.above in row.data and self.below in row.data


POST_METRICS: Final[Mapping[str, PostMetric]] = {
    each.name: each
    for each in (
        PostMetric(
            "engaged_per_reached", "accounts engaged, by post", "accounts reached, by post",
            "engaged_accounts", "reach",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostSums:
    """Sums over posts that have both numbers of a metric: n is the lower one, y the upper.

    Attributes:
        posts: How many posts.
        n: Σ n.
        y: Σ y.
        nn: Σ n².
        ny: Σ n·y.
        yy: Σ y².
    """

    posts: int = 0
    n: int = 0
    y: int = 0
    nn: int = 0
    ny: int = 0
    yy: int = 0

    def __add__(self, other: PostSums) -> PostSums:
        """Both together; right only if no post is in both."""
        return PostSums(
            self.posts + other.posts,
            self.n + other.n,
            self.y + other.y,
            self.nn + other.nn,
            self.ny + other.ny,
            self.yy + other.yy,
        )


@dataclass(frozen=True, slots=True)
class PostArm:
    """The posts of one arm.

    Attributes:
        name: What they have in common.
        rows: The posts.
    """

    name: str
    rows: tuple[Row, ...]

    @property
    def platforms(self) -> list[str]:
        """Who counted them."""
        return sorted({row.data["platform"] for row in self.rows})

    def blank(self, metric: PostMetric) -> dict[str, int]:
        """How many posts lack each number of a metric, which is not measured and never 0."""
        lacking = Counter(
            name
            for row in self.rows
            for name in (metric.below, metric.above)
            if name not in row.data
        )
        return {name: lacking[name] for name in (metric.below, metric.above)}

    def sums(self, metric: PostMetric) -> PostSums:
        """Sums over the posts that have both numbers."""
        return sums_of(
            (row.data[metric.below], row.data[metric.above])
            for row in self.rows
            if metric.measures(row)
        )


def sums_of(pairs: Iterable[tuple[int, int]]) -> PostSums:
    """Sums over posts, of each of which n and y are given.

    Examples:
        >>> sums_of([(100, 6), (50, 1)])
        PostSums(posts=2, n=150, y=7, nn=12500, ny=650, yy=37)
    """
    return sum((PostSums(1, n, y, n * n, n * y, y * y) for n, y in pairs), PostSums())


def post_arms(rows: Sequence[Row], asked: ComparePosts) -> list[PostArm]:
    """Posts by arm: those that the config names first, then by alphabet, those without a value last."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(arm_of(row, asked.by), []).append(row)
    named = [name for pair in asked.pairs or () for name in pair]
    named += [asked.baseline] if asked.baseline is not None else []
    named += CLOSED_ARMS.get(asked.by, ())
    rest = sorted(by_name, key=lambda name: (name == NO_VALUE, name))
    return [PostArm(name, tuple(by_name.get(name, ()))) for name in dict.fromkeys([*named, *rest])]


def arm_of(row: Row, by: str) -> str:
    """The arm that a post belongs to; one whose source is silent was shown by the office."""
    if by == "shared_by":
        return "staff" if row.shared_by_staff else "office"
    value = row.data.get(by)
    if value is None:
        return NO_VALUE
    if by == "paid":
        return "paid" if value else "unpaid"
    return str(value)


def rates_of(*arms: PostSums) -> list[Ratio]:
    """The rate of each arm, Σy/Σn, with the post as the cluster.

    Arms have different posts, so all of them together are one tally of twice as many axes, and
    two of its rates have a covariance of 0.

    Raises:
        NotEstimableError: An arm has nothing to divide by, or sums that leave 64 bits.

    References:
        Cochran (1977), Sampling Techniques, ch. 6: the variance of a ratio of sums.

    Examples:
        Three posts reached 200, 100 and 100 accounts, of which 10, 10 and 0 engaged.

        >>> [rate] = rates_of(sums_of([(200, 10), (100, 10), (100, 0)]))
        >>> rate.estimate, round(rate.variance_cr0 ** 0.5, 6), round(rate.effective_clusters, 4)
        (0.05, 0.017678, 2.6667)
    """
    axes = 2 * len(arms)
    gram = [[0] * axes for _ in range(axes)]
    for place, arm in enumerate(arms):
        n, y = 2 * place, 2 * place + 1
        gram[n][n], gram[n][y], gram[y][n], gram[y][y] = arm.nn, arm.ny, arm.ny, arm.yy
    sums = [part for arm in arms for part in (arm.n, arm.y)]
    if max([*sums, *(entry for line in gram for entry in line)], default=0) >= LARGEST:
        raise NotEstimableError(TOO_LARGE)
    stratum = GramStratum(
        np.array(sums, np.int64), np.array(gram, np.int64), sum(arm.posts for arm in arms)
    )
    unit = np.eye(axes, dtype=np.int64)
    return [ratio([stratum], unit[2 * place + 1], unit[2 * place]) for place in range(len(arms))]

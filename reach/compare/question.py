"""What is asked of a tally: fixed in the config, before anyone looked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

By = Literal["channel", "variant", "campaign", "purpose", "region", "segment", "period"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """How it was decided who gets what.

    Attributes:
        randomised: Whether chance decided.
        unit: What it decided about.
        shares: Planned share of each arm; only their ratios count. Empty if not declared.
    """

    randomised: bool
    unit: Literal["person", "message"]
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Price:
    """Price of one message, in millionths of a unit of a currency (ISO 4217)."""

    micros: int
    currency: str


CLOSED_ARMS: Final[Mapping[str, tuple[str, ...]]] = {
    "paid": ("paid", "unpaid"),
    "shared_by": ("office", "staff"),
}
"""All arms of posts that there can be, by dimension; of others the rows alone tell."""


@dataclass(frozen=True, slots=True)
class ComparePosts:
    """Which posts are compared with which.

    Attributes:
        by: What of a post makes its arm.
        metrics: Names of metrics of posts, in the config's order.
        pairs: The pairs to compare, or None for all; None also with a baseline.
        baseline: The one that all others are compared with, or None.
        margin: By metric, the difference that does not matter; a fraction in (0, 1).
    """

    by: Literal["kind", "paid", "account", "shared_by"]
    metrics: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] | None
    baseline: str | None
    margin: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Compare:
    """What is compared with what, and how strictly.

    Attributes:
        by: The dimension whose values are compared.
        metrics: Names of metrics, in the config's order.
        pairs: The pairs to compare, or None for all; None also with a baseline.
        baseline: The one that all others are compared with, or None.
        standardise: Attributes of a person whose mix is held fixed.
        margin: By metric, the difference that does not matter; a fraction in (0, 1).
        level: Confidence level in (0, 1).
        coverage_threshold: Receipt coverage in [0, 1] below which nothing is ranked by it.
        assignment: How it was decided who gets what, or None if not declared.
        periods: By name, the periods that are compared: from a moment until just before
            another, µs UTC. Empty unless ``by`` is ``period``.
        campaigns: Those whose comparisons are also put together, or none.
        also: Other methods that are told beside the verdicts, or none.
        posts: Which posts are compared, or None.
    """

    by: By
    metrics: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] | None
    baseline: str | None
    standardise: tuple[Literal["region", "segment"], ...]
    margin: Mapping[str, float]
    level: float
    coverage_threshold: float
    assignment: Assignment | None
    periods: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    campaigns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    posts: ComparePosts | None = None

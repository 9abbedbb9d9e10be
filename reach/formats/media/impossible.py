"""What no measurement can be, whoever reports it; a row that says so is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple


class Bound(NamedTuple):
    """A field that can't exceed another; of two days or times, be later.

    Attributes:
        less: The field.
        more: The other.
        why: The law, as the end of a sentence.
        slack: By how much it may seem to, because both are rounded; of times nothing.
    """

    less: str
    more: str
    why: str
    slack: float = 0

    def expected(self, row: Mapping[str, Any], more: str) -> str:
        """What is expected of a row that breaks it, as the end of a sentence.

        Args:
            row: The row.
            more: What the other field's column is called.
        """
        limit = row[self.more]
        if isinstance(limit, str):
            return f"nothing later than {more}, {limit}: {self.why}"
        return f"at most the {limit} in {more}: {self.why}"


class Impossible(Exception):  # noqa: N818 -- a verdict about a row, not a failure of ours
    """A row that contradicts itself."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: expected {expected}")
        self.field, self.expected = field, expected


class OutOfBounds(Impossible):
    """A row whose fields can all be read, and two of which break a bound."""


def broken(row: Mapping[str, Any], bounds: tuple[Bound, ...]) -> Bound | None:
    """The first bound that a row breaks; None if none. What is missing breaks nothing.

    Examples:
        >>> reach = Bound("reach", "impressions", "each person reached saw it at least once")
        >>> broken({"reach": 200, "impressions": 150}, (reach,)).less
        'reach'
        >>> broken({"reach": 200}, (reach,))
        >>> held = Bound("starts_at", "ends_at", "what ends has begun")
        >>> broken({"starts_at": "2026-01-05T07:00:00+07:00", "ends_at": "2026-01-05T00:30:00Z"}, (held,))
    """
    for bound in bounds:
        less, more = row.get(bound.less), row.get(bound.more)
        if less is None or more is None:
            continue
        if isinstance(less, str):
            if moment(less) > moment(more):
                return bound
        elif less > more + bound.slack:
            return bound
    return None


def moment(text: str) -> datetime:
    """A day or time that its schema allows, as something that has an order.

    Raises:
        ValueError: There is no such time: a second 60, the year 0.
    """
    return datetime.fromisoformat(text.upper())

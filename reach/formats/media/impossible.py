"""What no measurement can be, whoever reports it; a row that says so is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Bound(NamedTuple):
    """A field that can't exceed another.

    Attributes:
        less: The field.
        more: The other.
        why: The law, as the end of a sentence.
    """

    less: str
    more: str
    why: str


def broken(row: Mapping[str, Any], bounds: tuple[Bound, ...]) -> Bound | None:
    """The first bound that a row breaks; None if none. What is missing breaks nothing.

    Examples:
        >>> reach = Bound("reach", "impressions", "each person reached saw it at least once")
        >>> broken({"reach": 200, "impressions": 150}, (reach,)).less
        'reach'
        >>> broken({"reach": 200}, (reach,))
    """
    for bound in bounds:
        less, more = row.get(bound.less), row.get(bound.more)
        if less is not None and more is not None and less > more:
            return bound
    return None

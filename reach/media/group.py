"""Rows that measure one and the same thing: a channel's vehicle in a region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from reach.media.medium import Medium
from reach.media.row import Audience, Row


class Group(NamedTuple):
    """What an `Exposure` is of; its fields are those of an exposure.

    Attributes:
        channel: The config's name of the source, else the medium.
        medium: What carried it.
        vehicle: Station, paper, account, programme; None for the whole channel.
        region: A region of the universe; None for all of it.
        audience: Whom it was meant for.
        shared_by_staff: Whether staff's own accounts showed it.
    """

    channel: str
    medium: Medium
    vehicle: str | None
    region: str | None
    audience: Audience = "public"
    shared_by_staff: bool = False

    @property
    def said(self) -> str:
        """Its name for people to read.

        Examples:
            >>> Group("radio", Medium.RADIO, "Radio Suara", "Subang").said
            'radio (Radio Suara, Subang)'
        """
        parts = ", ".join(each for each in (self.vehicle, self.region) if each is not None)
        return f"{self.channel} ({parts})" if parts else self.channel


def group_of(row: Row, medium: Medium, vehicle: str | None) -> Group:
    """The group of a row."""
    region: Any = row.data.get("region")
    channel = row.channel or medium.value
    return Group(channel, medium, vehicle, region, row.audience, row.shared_by_staff)


def grouped(rows: Iterable[Row], of: Callable[[Row], Group]) -> dict[Group, list[Row]]:
    """Rows by their group, in order of the first of each."""
    groups: dict[Group, list[Row]] = defaultdict(list)
    for row in rows:
        groups[of(row)].append(row)
    return dict(groups)


def places(rows: Iterable[Row]) -> tuple[str, ...]:
    """Where rows stand, in their order."""
    return tuple(row.place for row in rows)

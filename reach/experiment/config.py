"""The config of an experiment as data: valid, complete, nothing left to default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from reach.compare.question import Compare, Price

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

_HOUR_US = 3_600_000_000
_DAY_US = 24 * _HOUR_US

# How long a message may stay without a final word. Mail servers and text message centres give
# up within three days; WhatsApp keeps a message for 30 days and push gateways for 28.
DEFAULT_HORIZON_US: Mapping[str, int] = {
    "email": 72 * _HOUR_US,
    "sms": 72 * _HOUR_US,
    "whatsapp": 30 * _DAY_US,
    "push": 28 * _DAY_US,
}
OTHER_HORIZON_US = 72 * _HOUR_US

DEFAULT_METRICS = ("delivered_per_sent", "engaged_per_delivered")
DEFAULT_POST_METRICS = ("engaged_per_reached",)
DEFAULT_LEVEL = 0.95
DEFAULT_COVERAGE_THRESHOLD = 0.8


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a campaign, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Channel:
    """What a config says about one channel.

    Attributes:
        name: The channel's name in the logs.
        kind: How its evidence is read: direct, social, mainstream or traditional.
        horizon_us: Microseconds until a message without a final word counts as unknown;
            None for no horizon, then nothing is pending.
        cost_per_message: Price where the logs do not say, or None.
        title: The name shown on reports, by language (en, id).
        audience: Whom it is meant for.
        medium: What carries it, or None where its name or its rows say so.
    """

    name: str
    kind: Literal["direct", "social", "mainstream", "traditional"]
    horizon_us: int | None
    cost_per_message: Price | None
    title: Mapping[str, str]
    audience: Literal["public", "internal"] = "public"
    medium: str | None = None

    @property
    def is_logged(self) -> bool:
        """Whether it is one whose messages are logged, and not only measured by others."""
        return self.kind == "direct" and self.medium in (None, "direct")


@dataclass(frozen=True, slots=True)
class Source:
    """Where logs are and how they are read.

    Attributes:
        path: A file, a pattern or a folder, relative to the experiment's folder.
        format: The format's name, or None to recognise it by content.
        set: Constants for what the log does not say.
        fields: Dotted paths into the raw record, by our name.
        map: Which column of a table means what; None for other formats.
            Values of ``equals`` are text as written in the config, as a table's cells are.
        timezone: IANA name of the zone of times that name none, or None.
        year: Year of each file's first time, where times name none, or None.
        hops: Relays of the office's own, whose acceptance is no delivery.
        decimal: What stands before decimals in a table's numbers, or None.
        thousands: What stands between their thousands, or None.
        audience: Whom what it tells of was meant for: public or internal; None for not said.
        shared_by: Whose accounts showed it: office or staff; None for not said.
        where: The place in the config, as ``experiment.yaml:7:5``; empty for a file that no
            config names.
    """

    path: str
    format: str | None
    set: Mapping[str, str]
    fields: Mapping[str, str]
    map: Mapping[str, Any] | None
    where: str
    timezone: str | None = None
    year: int | None = None
    hops: tuple[str, ...] = ()
    decimal: str | None = None
    thousands: str | None = None
    audience: str | None = None
    shared_by: str | None = None


@dataclass(frozen=True, slots=True)
class UniverseFile:
    """Where the persons are counted whom there is to reach.

    Attributes:
        path: A table of format universe, relative to the experiment's folder.
        region: The regions whose code begins with it, or None for all.
        age: The age, as the file has it or as its bands make it up; None if it has one only.
        where: The place in the config, as ``experiment.yaml:7:5``.
        decimal: What stands before decimals in its numbers, or None.
        thousands: What stands between their thousands, or None.
    """

    path: str
    region: str | None
    age: str | None
    where: str
    decimal: str | None = None
    thousands: str | None = None


@dataclass(frozen=True, slots=True)
class Experiment:
    """One campaign to evaluate.

    Attributes:
        slug: The experiment's short name.
        title: The title shown on reports, by language (en, id).
        simulated: Whether the logs were made up.
        period: The campaign's days, or None.
        log_ends_us: Microseconds since 1970-01-01T00:00:00Z when the logs were taken, or
            None for the newest event of each channel.
        sources: Where the logs are, in the config's order; none if there are only media.
        media: Where the tables are that count people; none if there are only logs.
        universe: Where the persons are counted whom there is to reach, or None.
        country: ISO 3166 alpha-2, for telephone numbers written the local way, or None.
        people: CSV of addresses and persons, relative to ``folder``, or None.
        channels: What the config says about channels, by name; others may occur in the logs.
        compare: What is compared.
        seed: Seed that simulated logs were made with; nothing is drawn here.
        folder: Where relative paths begin.
    """

    slug: str
    title: Mapping[str, str]
    simulated: bool
    period: Period | None
    log_ends_us: int | None
    sources: tuple[Source, ...]
    country: str | None
    people: str | None
    channels: Mapping[str, Channel]
    compare: Compare
    seed: int
    folder: Path
    media: tuple[Source, ...] = ()
    universe: UniverseFile | None = None

    def horizon_us(self, channel: str) -> int | None:
        """Microseconds until a message of ``channel`` without a final word is unknown.

        Returns:
            The config's horizon, else the channel's usual one; None for no horizon.
        """
        known = self.channels.get(channel)
        return default_horizon_us(channel) if known is None else known.horizon_us


def default_horizon_us(channel: str) -> int:
    """Return the usual horizon of ``channel`` in microseconds.

    Examples:
        >>> default_horizon_us("whatsapp") // 3_600_000_000
        720
    """
    return DEFAULT_HORIZON_US.get(channel, OTHER_HORIZON_US)

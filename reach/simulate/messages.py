"""Who gets the message with a number, and when: most people one or two, a few dozens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reach.simulate.luck import Integers, Luck
from reach.simulate.population import SPELLINGS, Population, permuted
from reach.simulate.profiles import Profile

DAYS = 28
"""Days on which messages are sent, from the first to the last."""

FURTHER = ((60, 1000), (30, 30), (10, 3))
"""Messages after everyone's first: how many of them, in hundredths, go to which first part of the
people, in thousandths. So three people in a thousand get dozens."""

_OFFICE_OPENS_MS = 1 * 3_600_000  # 8 o'clock in Jakarta, in UTC
_OFFICE_MS = 8 * 3_600_000
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Sending:
    """All messages of a channel.

    Attributes:
        profile: The channel.
        population: The people.
        luck: The channel's luck.
        start_ms: Midnight UTC of the first day, ms since 1970.
        count: How many messages.
    """

    profile: Profile
    population: Population
    luck: Luck
    start_ms: int
    count: int

    @property
    def recipients(self) -> int:
        """Persons who get at least one."""
        first, end = self.population.span(self.profile.audience)
        return end - first


@dataclass(frozen=True, slots=True)
class Messages:
    """Some messages of a channel, one after another; arrays with a value for each.

    Attributes:
        numbers: Their numbers in the channel.
        recipients: The recipient of each, counted from 0 in the channel.
        persons: The person of each.
        regions: The place in `REGIONS` of each.
        segments: The place in `SEGMENTS` of each.
        sent_ms: When each was sent, ms since 1970.
        ids: What the log calls each.
        addresses: The address of each, as its log spells it.
    """

    numbers: Integers
    recipients: Integers
    persons: Integers
    regions: Integers
    segments: Integers
    sent_ms: Integers
    ids: list[str]
    addresses: list[str]


def sending(
    profile: Profile, population: Population, start_ms: int, messages_per_person: float
) -> Sending:
    """All messages of a channel: so many a person on average, and at least one."""
    first, end = population.span(profile.audience)
    count = max(round((end - first) * messages_per_person), end - first)
    return Sending(profile, population, Luck(population.seed, profile.name), start_ms, count)


def messages_of(sent: Sending, first: int, end: int, message_id: Callable[[str], str]) -> Messages:
    """The messages from a number up to, and not with, another.

    Args:
        sent: The channel.
        first: The first number.
        end: The number after the last.
        message_id: From 32 hexadecimal digits to what the log calls a message.
    """
    numbers = np.arange(first, end, dtype=np.int64)
    recipients = _recipients(sent, numbers)
    people, kind = sent.population, sent.profile.kind
    persons = people.holders(kind, recipients + people.span(sent.profile.audience)[0])
    plain = people.addresses(kind, persons)
    spell = [SPELLINGS[name] for name in sent.profile.spellings]
    ways = sent.luck.below("spelling", numbers, len(spell)).tolist()
    return Messages(
        numbers=numbers,
        recipients=recipients,
        persons=persons,
        regions=people.regions(persons),
        segments=people.segments(persons),
        sent_ms=_sent_ms(sent, numbers),
        ids=list(map(message_id, _names(sent.luck, numbers))),
        addresses=[spell[way](address) for way, address in zip(ways, plain, strict=True)],
    )


def _recipients(sent: Sending, numbers: Integers) -> Integers:
    everyone = sent.recipients
    # Everyone's first message and the further ones, mixed over the whole campaign.
    turns = permuted(numbers, sent.count, int(sent.luck.below("turn", np.array([0]), 1 << 30)[0]))
    tier = sent.luck.weighted("tier", numbers, tuple(share for share, _ in FURTHER))
    sizes = np.array([max(everyone * part // 1000, 1) for _, part in FURTHER])
    drawn = sent.luck.bits("recipient", numbers) % sizes[tier].astype(np.uint64)
    return np.where(turns < everyone, turns, drawn.astype(np.int64))


def _sent_ms(sent: Sending, numbers: Integers) -> Integers:
    """Evenly over the office hours of all days."""
    worked = numbers * (DAYS * _OFFICE_MS) // sent.count
    days, hours = np.divmod(worked, _OFFICE_MS)
    return sent.start_ms + days * _DAY_MS + _OFFICE_OPENS_MS + hours


def _names(luck: Luck, numbers: Integers) -> list[str]:
    # The first half alone differs for every number; the second is there for its looks.
    halves = np.stack([luck.bits("name", numbers), luck.bits("name's rest", numbers)], axis=1)
    text = halves.astype(">u8").tobytes().hex()
    return [text[at : at + 32] for at in range(0, len(text), 32)]

"""What becomes of messages, and which records tell of it.

The truth comes first; records only ever tell of it, or are lost. What arrived is never called
failed, and what did not is never called delivered, save where a mail server took a message and
sent it back later: then the bounce is always told. So a lost record makes the outcome unknown
and never wrong, and the share that really arrived lies between what is confirmed and what is
possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from reach.simulate.delays import Delay
from reach.simulate.luck import Flags, Integers, Luck
from reach.simulate.messages import Messages
from reach.simulate.profiles import Profile
from reach.simulate.regions import REGIONS


class What(IntEnum):
    """What a record tells of; of one message in one place they stand in this order."""

    SENT = 0
    NOT_SENT = 1
    DEFERRED = 2
    DELIVERED = 3
    FAILED = 4
    BOUNCED_LATE = 5
    MACHINE_OPENED = 6
    OPENED = 7
    SCANNED = 8
    CLICKED = 9
    UNSUBSCRIBED = 10
    COMPLAINED = 11
    CONVERTED = 12
    NO_EVENT = 13


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of some messages; arrays with a value for each.

    Attributes:
        arrived: Whether it really came to where it was sent.
        read: Whether a person really read it.
        told: By what a record can tell, which messages have such a record.
        at_ms: By the same, when that was; of use only where there is a record.
        permanent: Whether the failure, if there is one, is for good.
    """

    arrived: Flags
    read: Flags
    told: dict[What, Flags]
    at_ms: dict[What, Integers]
    permanent: Flags


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a right reading of the log must make of some messages; arrays of bool.

    Attributes:
        not_sent: The provider refused.
        delivered: A receipt, a person's act or a machine's tells so.
        failed: A failure is told.
        unknown: It was sent, and nothing final is told.
        inferred: It is delivered, and no receipt says so.
        seen: A person surely saw it.
        machine_only: Opened, and nobody knows of a person.
        engaged: A person surely clicked.
        suspects: It was clicked, by nothing but a scanner.
        acted: It did what the message asks for.
    """

    not_sent: Flags
    delivered: Flags
    failed: Flags
    unknown: Flags
    inferred: Flags
    seen: Flags
    machine_only: Flags
    engaged: Flags
    suspects: Flags
    acted: Flags


NAMELESS_OPENS = frozenset({"ses"})
"""Formats that do not say whether a person or a machine opened a message."""


def fates(profile: Profile, luck: Luck, messages: Messages) -> Fates:
    """Decide what becomes of messages."""
    numbers = messages.numbers
    blank = np.array([region.blank for region in REGIONS])[messages.regions]

    def hits(about: str, chance: float) -> Flags:
        if chance == 0.0:
            return np.zeros(len(numbers), dtype=np.bool_)
        return luck.hits(about, numbers, chance)

    refused = hits("not sent", profile.not_sent)
    sent = ~refused
    reachable = luck.hits("delivered", numbers, profile.delivered)
    arrived = sent & reachable & ~luck.hits("blank", numbers, profile.blank * blank)
    lost = luck.hits("lost", numbers, profile.lost + profile.lost_blank * blank)
    missed = sent & ~arrived
    returned = missed & hits("bounced late", profile.bounced_late)
    receipt = arrived & ~lost
    read = arrived & hits("read", profile.read)
    clicked = read & hits("clicked", profile.clicked)
    unsubscribed = read & hits("unsubscribed", profile.unsubscribed)
    told = {
        What.SENT: sent,
        What.NOT_SENT: refused,
        What.DEFERRED: sent & hits("deferred", profile.deferred),
        What.DELIVERED: receipt | returned,
        What.FAILED: missed & ~returned & ~hits("silent", profile.silent),
        What.BOUNCED_LATE: returned,
        What.MACHINE_OPENED: arrived & hits("machine opened", profile.machine_opened),
        What.OPENED: read & hits("read told", profile.read_told),
        # Without a receipt nobody could tell that it was clicked at once.
        What.SCANNED: receipt & hits("scanned", profile.scanned),
        What.CLICKED: clicked,
        What.UNSUBSCRIBED: unsubscribed,
        What.COMPLAINED: read & ~unsubscribed & hits("complained", profile.complained),
        What.CONVERTED: clicked & hits("converted", profile.converted),
        What.NO_EVENT: sent & hits("no event", profile.no_event),
    }
    at_ms = _times(profile, luck, messages)
    return Fates(arrived, read, told, at_ms, hits("permanent", profile.permanent))


def _times(profile: Profile, luck: Luck, messages: Messages) -> dict[What, Integers]:
    sent = messages.sent_ms

    def later(than: Integers, delay: Delay, about: str) -> Integers:
        return than + 1000 * delay.draw(luck, about, messages.numbers)

    ended = later(sent, profile.delay, "end")
    read = later(ended, Delay.READING, "reading")
    clicked = later(read, Delay.ACTING, "clicking")
    return {
        What.SENT: sent,
        What.NOT_SENT: sent + 1000,
        What.DEFERRED: sent + 1000,
        What.DELIVERED: ended,
        What.FAILED: ended,
        What.BOUNCED_LATE: later(ended, Delay.BOUNCE, "bounce"),
        What.MACHINE_OPENED: later(ended, Delay.PROXY, "proxy"),
        What.OPENED: read,
        What.SCANNED: later(ended, Delay.SCANNER, "scanner"),
        What.CLICKED: clicked,
        What.UNSUBSCRIBED: later(read, Delay.ACTING, "unsubscribing"),
        What.COMPLAINED: later(read, Delay.ACTING, "complaining"),
        What.CONVERTED: later(clicked, Delay.ACTING, "converting"),
        What.NO_EVENT: read,
    }


def alike(form: str) -> tuple[tuple[What, What], ...]:
    """What a log of this format tells in the same words: of a message, the second adds nothing."""
    clicks = (What.SCANNED, What.CLICKED)
    return (clicks, (What.MACHINE_OPENED, What.OPENED)) if form in NAMELESS_OPENS else (clicks,)


def outcomes(fated: Fates, form: str) -> Outcomes:
    """What the records tell, as a right reading must understand them.

    Args:
        fated: What becomes of the messages.
        form: The log's format.
    """
    told = fated.told
    nameless = form in NAMELESS_OPENS
    asked = told[What.UNSUBSCRIBED] | told[What.COMPLAINED] | told[What.CONVERTED]
    clicks = told[What.CLICKED] | told[What.SCANNED]  # in a log they look the same
    opens = told[What.OPENED] | told[What.MACHINE_OPENED]
    receipt = told[What.DELIVERED] & ~told[What.BOUNCED_LATE]
    delivered = receipt | clicks | asked | opens
    failed = told[What.FAILED] | told[What.BOUNCED_LATE]
    human = clicks | asked if nameless else clicks | asked | told[What.OPENED]
    return Outcomes(
        not_sent=told[What.NOT_SENT],
        delivered=delivered,
        failed=failed,
        unknown=told[What.SENT] & ~delivered & ~failed,
        inferred=delivered & ~receipt,
        seen=told[What.CLICKED] if nameless else told[What.CLICKED] | told[What.OPENED],
        machine_only=(opens if nameless else told[What.MACHINE_OPENED]) & ~human,
        engaged=told[What.CLICKED],
        suspects=told[What.SCANNED] & ~told[What.CLICKED],
        acted=told[What.CONVERTED],
    )

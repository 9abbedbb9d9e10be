"""The closed words of reach: events, receipts, reasons, outcomes, grades, verdicts, purposes.

Nothing here computes. A provider's own words are mapped onto these in its file under
`reach.formats`; everything after that file speaks only these.
"""

from __future__ import annotations

from enum import IntFlag, StrEnum


class Event(StrEnum):
    """What a log can say happened to one message."""

    QUEUED = "queued"  # accepted for sending, not yet handed on
    SENT = "sent"  # handed to the next system: sent, never delivered
    DEFERRED = "deferred"  # a try failed and will be repeated
    DELIVERED = "delivered"  # a receipt arrived; its level travels with it
    FAILED = "failed"  # the attempt ended without delivery
    EXPIRED = "expired"  # the provider gave up waiting
    REJECTED = "rejected"  # the provider refused to try: not sent
    SUPPRESSED = "suppressed"  # on a suppression list, no attempt: not sent
    SUPERSEDED = "superseded"  # replaced by a newer push before it showed
    OPENED = "opened"
    READ = "read"
    CLICKED = "clicked"
    REPLIED = "replied"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    CONVERTED = "converted"  # did what the message asked for


class Receipt(StrEnum):
    """Who confirmed a delivery. A provider's own acceptance is `Event.SENT`, no receipt."""

    CARRIER = "carrier"  # the remote mail server, carrier or push gateway took it
    DEVICE = "device"  # the handset or app, or a person present


class Reason(StrEnum):
    """Why a message failed, apart from whether the failure is permanent."""

    NO_MAILBOX = "no_mailbox"
    DOMAIN_ERROR = "domain_error"
    MAILBOX_FULL = "mailbox_full"
    TOO_LARGE = "too_large"
    CONTENT_REJECTED = "content_rejected"
    SPAM_BLOCK = "spam_block"
    REPUTATION_BLOCK = "reputation_block"
    POLICY = "policy"
    GREYLISTED = "greylisted"
    AUTH_FAILURE = "auth_failure"
    NETWORK = "network"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"
    OPT_OUT = "opt_out"
    DEVICE_UNREGISTERED = "device_unregistered"
    NUMBER_INVALID = "number_invalid"
    CARRIER_BLOCKED = "carrier_blocked"
    QUOTA = "quota"
    WITHHELD_BY_PLATFORM = "withheld_by_platform"
    OTHER = "other"
    UNKNOWN = "unknown"


class Purpose(StrEnum):
    """What the office sent the message for."""

    POLICY = "policy"
    ACHIEVEMENT = "achievement"
    SERVICE = "service"
    REBUTTAL = "rebuttal"
    INTERNAL = "internal"


class Transport(StrEnum):
    """What became of a message on its way; exactly one per message."""

    NOT_SENT = "not_sent"
    PENDING = "pending"
    UNKNOWN = "unknown"
    FAILED = "failed"
    DELIVERED = "delivered"


class Grade(StrEnum):
    """Evidence grade of a number; a composite takes its worst input's grade."""

    CENSUS_LOG = "A"
    PLATFORM = "B"
    PANEL = "C"
    SURVEY = "D"
    ESTIMATE = "E"
    POTENTIAL = "P"  # never reach, never in a total


class Verdict(StrEnum):
    """What a comparison may say."""

    NOT_COMPARABLE = "not comparable"
    UNDETERMINED = "undetermined"
    EQUIVALENT = "equivalent"
    BETTER = "better"
    WORSE = "worse"


class Because(StrEnum):
    """Why a comparison is undetermined."""

    RECEIPTS = "receipts"
    SAMPLING = "sampling"
    TOO_FEW_RECIPIENTS = "too few recipients"
    BOUNDS = "bounds"
    TOO_FEW_POSTS = "too few posts"


class Seen(IntFlag):
    """What evidence about one message holds: one bit per event and what qualifies it.

    Evidence merges by union of these bits, so order and repetition of events can't matter.
    The values are stored: add at the end, never renumber.
    """

    QUEUED = 1 << 0
    SENT = 1 << 1
    DEFERRED = 1 << 2
    DELIVERED_CARRIER = 1 << 3
    DELIVERED_DEVICE = 1 << 4
    FAILED_PERMANENT = 1 << 5
    FAILED_TEMPORARY = 1 << 6
    FAILED_UNSURE = 1 << 7  # the provider does not say whether for good
    EXPIRED = 1 << 8
    REJECTED = 1 << 9
    SUPPRESSED = 1 << 10
    SUPERSEDED = 1 << 11
    OPENED_HUMAN = 1 << 12
    OPENED_MACHINE = 1 << 13
    OPENED_UNSURE = 1 << 14  # counts with the machine opens
    READ = 1 << 15
    CLICKED_HUMAN = 1 << 16  # a click that nothing marks counts as human
    CLICKED_MACHINE = 1 << 17
    REPLIED_HUMAN = 1 << 18
    REPLIED_MACHINE = 1 << 19
    COMPLAINED = 1 << 20
    UNSUBSCRIBED = 1 << 21
    CONVERTED = 1 << 22


class Measures(IntFlag):
    """What a source is able to tell, whether or not it ever did.

    A stage that no source of a channel can tell is *not measured*, never zero. The last two
    say what a source lacks; a message lacks it only if all its sources do.
    """

    DELIVERED = 1
    ENGAGED = 2
    ACTED = 4
    ANSWERS_ONLY = 8  # lacks messages of which nothing came back
    FAILURES_ONLY = 16  # and hardly ever tells of a delivery

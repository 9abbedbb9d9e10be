"""GOV.UK Notify's statuses, and the sentences that its CSV reports print in their place."""

from __future__ import annotations

from reach.formats.words import Word, listed
from reach.vocabulary import Event, Reason, Receipt

EMAIL, SMS, LETTER = "email", "sms", "letter"
KINDS = (EMAIL, SMS, LETTER)
"""The types of notification; each has words of its own, and is our channel."""

_TIMED_OUT = "the provider said so, or said nothing for 72 h: unknown, and no failure"
_OLD = "of old: whether for good is not said"
_REFUSED = "a wrong number, or an operator that refused it: Notify does not say which"
_PRINTED_QUEUED = "may hide created"

STATUSES = (
    Word("email created", Event.QUEUED),
    Word("email sending", Event.SENT),
    Word("email pending", Event.SENT),
    Word("email sent", Event.SENT),
    Word("email delivered", Event.DELIVERED, Receipt.CARRIER),
    Word("email permanent-failure", Event.FAILED, permanent=True, reason=Reason.NO_MAILBOX),
    Word("email temporary-failure", Event.SENT, note=_TIMED_OUT),
    Word("email technical-failure", Event.REJECTED, note="Notify could not hand it on: not sent"),
    Word("email failed", Event.FAILED, note=_OLD),
    Word("sms created", Event.QUEUED),
    Word("sms sending", Event.SENT),
    Word("sms pending", Event.SENT, note="a first receipt, not from the phone: nothing is certain"),
    Word("sms sent", Event.SENT, note="to another country; often no receipt ever comes"),
    Word(
        "sms delivered",
        Event.DELIVERED,
        Receipt.CARRIER,
        note="said of handset and operator alike, also where the person has blocked the sender",
    ),
    Word(
        "sms permanent-failure",
        Event.FAILED,
        permanent=True,
        reason=Reason.UNKNOWN,
        note=_REFUSED,
    ),
    Word("sms temporary-failure", Event.SENT, note=_TIMED_OUT),
    Word("sms technical-failure", Event.REJECTED, note="Notify could not hand it on: not sent"),
    Word("sms validation-failed", Event.REJECTED),
    Word("sms failed", Event.FAILED, note=_OLD),
    Word("letter created", Event.QUEUED),
    Word("letter sending", Event.SENT, note="with the printers"),
    Word("letter accepted", Event.QUEUED, note="hides created and sending"),
    Word(
        "letter received", Event.SENT, note="by the printers, who posted it; hides returned-letter"
    ),
    Word("letter delivered", Event.SENT, note="to the post: no receipt"),
    Word("letter returned-letter", Event.FAILED, note="the post brought it back; why is not said"),
    Word("letter cancelled", Event.REJECTED),
    Word("letter pending-virus-check", Event.QUEUED),
    Word("letter virus-scan-failed", Event.REJECTED, reason=Reason.CONTENT_REJECTED),
    Word("letter validation-failed", Event.REJECTED, reason=Reason.CONTENT_REJECTED),
    Word("letter technical-failure", Event.REJECTED),
    Word("letter permanent-failure", Event.REJECTED, note="can't be printed: not sent"),
)

PRINTED = (
    Word("email Sending", Event.QUEUED, note=_PRINTED_QUEUED),
    Word("email Delivering", Event.QUEUED, note=f"the website's word; {_PRINTED_QUEUED}"),
    Word(
        "email Delivered",
        Event.DELIVERED,
        Receipt.CARRIER,
        note="would hide sent, which Notify's code gives to texts to other countries alone",
    ),
    Word(
        "email Email address doesn’t exist",
        Event.FAILED,
        permanent=True,
        reason=Reason.NO_MAILBOX,
        note="hides permanent-failure",
    ),
    Word(
        "email Email address does not exist",
        Event.FAILED,
        permanent=True,
        reason=Reason.NO_MAILBOX,
        note="the website's word",
    ),
    Word(
        "email Inbox not accepting messages right now",
        Event.SENT,
        note=f"hides temporary-failure: {_TIMED_OUT}",
    ),
    Word("email Technical failure", Event.REJECTED, note="hides technical-failure"),
    Word("email Failed", Event.FAILED, note=_OLD),
    Word("sms Sending", Event.QUEUED, note=_PRINTED_QUEUED),
    Word("sms Delivering", Event.QUEUED, note=f"the website's word; {_PRINTED_QUEUED}"),
    Word("sms Delivered", Event.DELIVERED, Receipt.CARRIER),
    Word("sms Sent internationally", Event.SENT, note="hides sent: no receipt"),
    Word("sms Sent to an international number", Event.SENT, note="the website's word"),
    Word(
        "sms Phone number doesn’t exist",
        Event.FAILED,
        permanent=True,
        reason=Reason.UNKNOWN,
        note=f"hides permanent-failure, whatever the sentence says: {_REFUSED}",
    ),
    Word(
        "sms Not delivered",
        Event.FAILED,
        permanent=True,
        reason=Reason.UNKNOWN,
        note=f"the website's word for permanent-failure: {_REFUSED}",
    ),
    Word(
        "sms Phone not accepting messages right now",
        Event.SENT,
        note=f"hides temporary-failure: {_TIMED_OUT}",
    ),
    Word("sms Technical failure", Event.REJECTED, note="hides technical-failure"),
    Word("sms Validation failed", Event.REJECTED, note="the website's word"),
    Word("sms Failed", Event.FAILED, note=_OLD),
    Word("letter Accepted", Event.QUEUED, note="hides created and sending"),
    Word("letter Received", Event.SENT, note="by the printers, who posted it: no receipt"),
    Word("letter Returned", Event.FAILED, note="the post brought it back; why is not said"),
    Word("letter Technical failure", Event.REJECTED),
    Word("letter Permanent failure", Event.REJECTED, note="can't be printed: not sent"),
    Word(
        "letter Virus detected",
        Event.REJECTED,
        reason=Reason.CONTENT_REJECTED,
        note="the website's word",
    ),
    Word(
        "letter Validation failed",
        Event.REJECTED,
        reason=Reason.CONTENT_REJECTED,
        note="the website's word",
    ),
)
"""What the reports print; for a status without such a word they print the status."""

OTHER_CALLBACKS = (
    Word("received text message", None, note="a text to the office: names no message of its own"),
    Word("returned letter", None, note="names no recipient; the report's Returned does"),
)
"""Callbacks that have no status; known by their keys."""


def _by_kind(words: tuple[Word, ...]) -> dict[str, dict[str, Word]]:
    """By type of notification the words of it, each by what is said without the type."""
    found: dict[str, dict[str, Word]] = {kind: {} for kind in KINDS}
    for said, word in listed(words).items():
        kind, _, status = said.partition(" ")
        found[kind][status] = word
    return found


BY_STATUS = _by_kind(STATUSES)
BY_CELL = _by_kind((*STATUSES, *PRINTED))
"""A report has statuses, too: those that it has no sentence for."""

SENT_BEFORE = (Event.DELIVERED, Event.FAILED)
"""What only a notification that was sent comes to, so that a snapshot tells that, too."""

"""What Postfix's status words mean."""

from __future__ import annotations

from reach.formats.words import Word, listed
from reach.vocabulary import Event, Reason, Receipt

TAKEN_UP, HOP, FORWARDED = "queue active", "sent onwards", "sent forwarded"
DISCARD, DISCARDED = "sent discard", "sent discarded"

WORDS = (
    Word(TAKEN_UP, Event.SENT, note="for each recipient of whom a later line tells"),
    Word("sent", Event.DELIVERED, Receipt.CARRIER, note="to the last server, or a mailbox"),
    Word(HOP, Event.SENT, note="to a filter or server of one's own, which logs it again"),
    Word(FORWARDED, Event.SENT, note="by the local agent, to another address"),
    Word(DISCARD, Event.SUPPRESSED, note="the discard agent makes no attempt (remembered)"),
    Word(DISCARDED, Event.FAILED, permanent=True, note="this machine's filter threw it away"),
    Word("bounced", Event.FAILED, note="for good if the status code begins with 5"),
    Word("deferred", Event.DEFERRED),
    Word("SOFTBOUNCE", Event.DEFERRED, note="bounces are tried again where soft_bounce says so"),
    Word("expired", Event.EXPIRED, reason=Reason.EXPIRED, note="for recipients still waiting"),
    Word("force-expired", Event.EXPIRED, reason=Reason.EXPIRED, note="by the administrator"),
    Word("deliverable", None, note="an address was probed: no message"),
    Word("undeliverable", None, note="likewise"),
    Word("undeliverable-but-not-cached", None, note="likewise"),
)
"""What is sent is told apart by where it went: words of several parts are ours."""

LISTED = listed(WORDS)

OF_MESSAGES = ("expired", "force-expired")
"""Words as they stand in lines of the queue manager, that name no recipient."""

OF_RECIPIENTS = tuple(
    each.said for each in WORDS if " " not in each.said and each.said not in OF_MESSAGES
)
"""Words as they stand in lines that name one."""

WAITING, ENDED = ("deferred", "SOFTBOUNCE"), ("sent", "bounced")

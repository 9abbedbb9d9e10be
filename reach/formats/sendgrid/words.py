"""SendGrid's words, and why it makes no attempt."""

from __future__ import annotations

from reach.formats.words import Code, Word
from reach.vocabulary import Event, Reason, Receipt

WORDS = (
    Word("processed", Event.SENT, note="accepted by SendGrid: sent, never delivered"),
    Word("dropped", Event.SUPPRESSED, note="no attempt was made"),
    Word("deferred", Event.DEFERRED),
    Word("delivered", Event.DELIVERED, Receipt.CARRIER),
    Word("bounce bounce", Event.FAILED, permanent=True, note="type=bounce, or no type"),
    Word("bounce blocked", Event.FAILED, permanent=False, note="type=blocked: no dead address"),
    Word("open", Event.OPENED, note="machine only where sg_machine_open says so"),
    Word("click", Event.CLICKED),
    Word("spamreport", Event.COMPLAINED),
    Word("unsubscribe", Event.UNSUBSCRIBED),
    Word("group_unsubscribe", Event.UNSUBSCRIBED),
    Word("group_resubscribe", None, note="the reader came back: tells nothing of this message"),
)
"""A bounce's word is followed by its type."""

DROPS = (
    Code("Bounced Address", Reason.SUPPRESSED),
    Code("Unsubscribed Address", Reason.OPT_OUT),
    Code("Spam Reporting Address", Reason.OPT_OUT),
    Code("Invalid", Reason.NO_MAILBOX),
    Code("Spam Content", Reason.CONTENT_REJECTED),
    Code("Recipient List over Package Quota", Reason.QUOTA),
    Code("Invalid SMTPAPI header", Reason.OTHER),
)
"""Why SendGrid made no attempt, in the `reason` of a drop; all else is `Reason.SUPPRESSED`."""

WHY_DROPPED = {each.said: each.reason for each in DROPS}
BOUNCE = "bounce"

OLD_LENGTH = 11
OLD_ID = f"[0-9a-f]{{{OLD_LENGTH}}}"
"""How names of messages began once: then two parts more belong to them."""

"""The words of Amazon SES, and what its events leave unsaid."""

from __future__ import annotations

from reach.formats.words import Word
from reach.vocabulary import Event, Reason, Receipt

_SEVERAL = "of several recipients it is not said whose: then no event, counted"

WORDS = (
    Word("Send", Event.SENT, note="accepted by SES: sent, never delivered"),
    Word("Delivery", Event.DELIVERED, Receipt.CARRIER),
    Word("DeliveryDelay", Event.DEFERRED),
    Word("Reject", Event.REJECTED),
    Word("Reject Bad content", Event.REJECTED, reason=Reason.CONTENT_REJECTED, note="a virus"),
    Word("Rendering Failure", Event.REJECTED, reason=Reason.OTHER, note="of a template"),
    Word("Bounce Permanent General", Event.FAILED, permanent=True),
    Word("Bounce Permanent NoEmail", Event.FAILED, permanent=True, reason=Reason.NO_MAILBOX),
    Word("Bounce Permanent Suppressed", Event.SUPPRESSED, reason=Reason.SUPPRESSED,
         note="on Amazon's list: no attempt was made"),
    Word("Bounce Permanent OnAccountSuppressionList", Event.SUPPRESSED, reason=Reason.SUPPRESSED,
         note="on the account's list: no attempt was made"),
    Word("Bounce Permanent OnTenantSuppressionList", Event.SUPPRESSED, reason=Reason.SUPPRESSED,
         note="on a tenant's list; in no sample"),
    Word("Bounce Permanent EmailValidationSuppressed", Event.SUPPRESSED, reason=Reason.SUPPRESSED,
         note="held to be no address; in no sample"),
    Word("Bounce Transient General", Event.FAILED, permanent=False),
    Word("Bounce Transient MailboxFull", Event.FAILED, permanent=False,
         reason=Reason.MAILBOX_FULL),
    Word("Bounce Transient MessageTooLarge", Event.FAILED, permanent=False,
         reason=Reason.TOO_LARGE),
    Word("Bounce Transient CustomTimeoutExceeded", Event.FAILED, permanent=False,
         reason=Reason.EXPIRED, note="not delivered in the time that the sender set; in no sample"),
    Word("Bounce Transient ContentRejected", Event.FAILED, permanent=False,
         reason=Reason.CONTENT_REJECTED),
    Word("Bounce Transient AttachmentRejected", Event.FAILED, permanent=False,
         reason=Reason.CONTENT_REJECTED),
    Word("Bounce Undetermined Undetermined", Event.FAILED, note="for good or not: SES can't tell"),
    Word("Complaint", Event.COMPLAINED,
         note="lists all who may have complained, at one domain; " + _SEVERAL),
    Word("Complaint abuse", Event.COMPLAINED, note="likewise"),
    Word("Complaint fraud", Event.COMPLAINED, note="likewise"),
    Word("Complaint other", Event.COMPLAINED, note="likewise"),
    Word("Complaint virus", None, note="a scanner's report, no reader's"),
    Word("Complaint auth-failure", None, note="a mail server's report, no reader's"),
    Word("Complaint not-spam", None, note="the contrary of a complaint"),
    Word("Complaint OnAccountSuppressionList", Event.SUPPRESSED, reason=Reason.SUPPRESSED,
         note="no attempt was made"),
    Word("Open", Event.OPENED, note="by whom or what is not said; " + _SEVERAL),
    Word("Click", Event.CLICKED, note=_SEVERAL),
    Word("Subscription OptOut", Event.UNSUBSCRIBED, note="of one topic or of all; " + _SEVERAL),
    Word("Subscription OptIn", None, note="no topic is newly opted out of"),
    Word("AmazonSnsSubscriptionSucceeded", None, note="the topic works: no message is spoken of"),
)  # fmt: skip
"""An event's type, with what else decides: a bounce's type and sub-type, a complaint's sub-type
or the type of its feedback, a rejection's reason, what a change of topics comes to."""

ACTS = (Event.OPENED, Event.CLICKED, Event.COMPLAINED, Event.UNSUBSCRIBED)
"""What one of the recipients does; of several it is not known who."""

BY_STATUS = (Event.FAILED, Event.DEFERRED)
"""Events whose recipients may each have a status code."""

VAGUE = (None, Reason.OTHER, Reason.UNKNOWN)
"""Reasons of status codes that a word of SES may tell better."""

"""OneSignal's kinds of events, and why it says that messages failed."""

from __future__ import annotations

from reach.formats.words import Code, Word
from reach.vocabulary import Event, Reason, Receipt

_EARLIER = "so spelt in an earlier edition of the documents"
_AGAIN = "an error; the device is tried again with the next message"
_GONE = "no opt-out of a reader: the push service refused a device that is gone"
_SHOWN = "shown to who comes by: there is no sending to count it against"

WORDS = (
    Word("message.push.sent", Event.SENT, note="the push service took it: sent, never delivered"),
    Word("message.push.received", Event.DELIVERED, Receipt.DEVICE, note="confirmed delivery"),
    Word("message.push.clicked", Event.CLICKED),
    Word("message.push.failed", Event.FAILED, permanent=False, note=_AGAIN),
    Word(
        "message.push.unsubscribed",
        Event.FAILED,
        permanent=True,
        reason=Reason.DEVICE_UNREGISTERED,
        note=_GONE,
    ),
    Word("message.email.sent", Event.SENT, note="the sending service took it"),
    Word("message.email.received", Event.DELIVERED, Receipt.CARRIER),
    Word("message.email.opened", Event.OPENED, note="whether by a machine is not said"),
    Word("message.email.clicked", Event.CLICKED),
    Word("message.email.unsubscribed", Event.UNSUBSCRIBED),
    Word("message.email.reported_as_spam", Event.COMPLAINED),
    Word("message.email.resporedasspam", Event.COMPLAINED, note=_EARLIER),
    Word(
        "message.email.bounced",
        Event.FAILED,
        permanent=True,
        reason=Reason.UNKNOWN,
        note="a dead address, a full mailbox or a block: which is not said",
    ),
    Word(
        "message.email.hardbounced",
        Event.FAILED,
        permanent=True,
        reason=Reason.UNKNOWN,
        note=_EARLIER,
    ),
    Word("message.email.failed", Event.FAILED, note="whether for good is not said"),
    Word("message.email.suppressed", Event.SUPPRESSED, reason=Reason.SUPPRESSED),
    Word("message.email.supressed", Event.SUPPRESSED, reason=Reason.SUPPRESSED, note=_EARLIER),
    Word("message.sms.sent", Event.SENT),
    Word("message.sms.delivered", Event.DELIVERED, Receipt.CARRIER),
    Word("message.sms.failed", Event.REJECTED, note="no carrier was tried: not sent"),
    Word("message.sms.undelivered", Event.FAILED, note="whether for good is not said"),
    Word("message.live_activity.sent", Event.SENT),
    Word(
        "message.live_activity.delivered",
        Event.DELIVERED,
        Receipt.DEVICE,
        note="by the list of kinds, received by its recipient; other pages tell of a confirmed "
        "delivery besides, and do not spell it",
    ),
    Word("message.live_activity.clicked", Event.CLICKED),
    Word("message.live_activity.failed", Event.FAILED, permanent=False, note=_AGAIN),
    Word(
        "message.live_activity.unsubscribed",
        Event.FAILED,
        permanent=True,
        reason=Reason.DEVICE_UNREGISTERED,
        note=_GONE,
    ),
    Word("message.iam.impression", None, note=_SHOWN),
    Word("message.iam.displayed", None, note=_EARLIER),
    Word("message.iam.clicked", None, note=_SHOWN),
    Word("message.iam.page_displayed", None, note=_SHOWN),
    Word("message.iam.pagedisplayed", None, note=_EARLIER),
)

CODES = (
    Code("404 Not Found", Reason.DEVICE_UNREGISTERED),
    Code("FcmV1InvalidToken", Reason.DEVICE_UNREGISTERED),
    Code("SenderIdMismatch", Reason.DEVICE_UNREGISTERED),
    Code("401 Unauthorized", Reason.AUTH_FAILURE),
    Code("Authentication Error", Reason.AUTH_FAILURE),
    Code("DeviceTokenNotForTopic", Reason.AUTH_FAILURE),
    Code("Expired Certificate", Reason.AUTH_FAILURE),
    Code("Permission Denied", Reason.AUTH_FAILURE),
    Code("TopicDisallowed", Reason.AUTH_FAILURE),
)
"""Of pushes that failed, by the documents' list of errors; others are kept as `Reason.OTHER`."""

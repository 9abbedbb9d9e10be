"""Events that Amazon SES publishes through Firehose: one object a line, with no envelope.

The shapes are those of the examples in the Amazon SES Developer Guide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reach.simulate.fate import What
from reach.simulate.records.clock import iso_millis
from reach.simulate.records.record import Fault, Tellings, Texts, filled

_MAIL = (
    '{"eventType":"%(word)s","mail":{"timestamp":"%(sent)s","source":"sehat@example.org",'
    '"sourceArn":"arn:aws:ses:ap-southeast-3:123456789012:identity/sehat@example.org",'
    '"sendingAccountId":"123456789012","messageId":"%(id)s","destination":["%(to)s"],'
    '"headersTruncated":false,"headers":[{"name":"From","value":"sehat@example.org"},'
    '{"name":"To","value":"%(to)s"},{"name":"Subject","value":"Vaksinasi"}],'
    '"commonHeaders":{"from":["sehat@example.org"],"to":["%(to)s"],"messageId":"%(id)s",'
    '"subject":"Vaksinasi"},"tags":{"ses:configuration-set":["campaign"],'
    '"ses:source-ip":["192.0.2.0"],"ses:from-domain":["example.org"],'
    '"ses:caller-identity":["ses_user"]}},%(part)s}\n'
)
_AGENT = '"userAgent":"Mozilla/5.0 (iPhone; CPU iPhone OS 10_3_3 like Mac OS X)"'
_LIST = (
    '{"unsubscribeAll":%s,"topicSubscriptionStatus":[{"topicName":"Vaksinasi",'
    '"subscriptionStatus":"%s"}]}'
)
_BOUNCE = (
    '"bounce":{"bounceType":"%(kind)s","bounceSubType":"%(sub)s","bouncedRecipients":['
    '{"emailAddress":"%(to)s","action":"failed","status":"%(status)s",'
    '"diagnosticCode":"smtp; %(why)s"}],"timestamp":"%(at)s","feedbackId":"%(id)s-bounce",'
    '"reportingMTA":"dsn; mta.example.org"}'
)
_SENT = '"send":{}'
_DELAYED = (
    '"deliveryDelay":{"timestamp":"%(at)s","delayType":"TransientCommunicationFailure",'
    '"expirationTime":"%(at)s","delayedRecipients":[{"emailAddress":"%(to)s","status":"4.4.1",'
    '"diagnosticCode":"smtp; 421 4.4.1 Unable to connect to remote host"}]}'
)
_DELIVERED = (
    '"delivery":{"timestamp":"%(at)s","processingTimeMillis":%(took)s,"recipients":["%(to)s"],'
    '"smtpResponse":"250 2.6.0 Message received","reportingMTA":"mta.example.org"}'
)
_OPENED = f'"open":{{"ipAddress":"192.0.2.1","timestamp":"%(at)s",{_AGENT}}}'
_CLICKED = (
    '"click":{"ipAddress":"192.0.2.1","link":"https://example.org/vaksin",'
    f'"linkTags":{{"tujuan":["jadwal"]}},"timestamp":"%(at)s",{_AGENT}}}'
)
_UNSUBSCRIBED = (
    '"subscription":{"contactList":"Warga","timestamp":"%(at)s","source":"UnsubscribeHeader",'
    f'"newTopicPreferences":{_LIST % ("true", "OptOut")},'
    f'"oldTopicPreferences":{_LIST % ("false", "OptIn")}}}'
)
_COMPLAINED = (
    '"complaint":{"complainedRecipients":[{"emailAddress":"%(to)s"}],"timestamp":"%(at)s",'
    f'"feedbackId":"%(id)s-complaint",{_AGENT},"complaintFeedbackType":"abuse",'
    '"arrivalDate":"%(at)s"}'
)
_WORDS = {
    What.SENT: ("Send", _SENT),
    What.DEFERRED: ("DeliveryDelay", _DELAYED),
    What.DELIVERED: ("Delivery", _DELIVERED),
    What.FAILED: ("Bounce", _BOUNCE),
    What.BOUNCED_LATE: ("Bounce", _BOUNCE),
    What.MACHINE_OPENED: ("Open", _OPENED),
    What.OPENED: ("Open", _OPENED),
    What.SCANNED: ("Click", _CLICKED),
    What.CLICKED: ("Click", _CLICKED),
    What.UNSUBSCRIBED: ("Subscription", _UNSUBSCRIBED),
    What.COMPLAINED: ("Complaint", _COMPLAINED),
}
_UNKNOWN_USER = ("Permanent", "General", "5.1.1", "550 5.1.1 user unknown")
_BOUNCES = {
    True: (_UNKNOWN_USER, ("Permanent", "NoEmail", "5.1.1", "550 5.1.1 no such mailbox")),
    False: (
        ("Transient", "MailboxFull", "4.2.2", "452 4.2.2 mailbox full"),
        ("Transient", "General", "4.4.1", "421 4.4.1 no route to host"),
        ("Undetermined", "Undetermined", "4.0.0", "421 4.0.0 unknown"),
    ),
}
_SUPPRESSED = (
    ("Permanent", "OnAccountSuppressionList", "5.1.1", "Amazon SES did not send the message"),
    ("Permanent", "Suppressed", "5.1.1", "Amazon SES has suppressed sending to this address"),
)
_REJECTED = '"reject":{"reason":"Bad content"}'


class Ses:
    """The format ``ses``."""

    name = "ses"

    def message_id(self, name: str) -> str:
        """As Amazon SES forms them.

        Examples:
            >>> Ses().message_id("0123456789abcdef" * 2)
            '0123456789abcdef-01234567-89ab-4d12-a87d-456789abcdef-000000'
        """
        return f"{name[:16]}-{name[16:24]}-{name[24:28]}-4d12-a87d-{name[20:]}-000000"

    def lines(self, what: What, told: Tellings) -> list[str]:
        """The records."""
        word: str | list[str]
        at = iso_millis(told.at_ms)
        fields: dict[str, Texts] = {"at": at, "to": told.addresses}
        sent = at if what is What.SENT else iso_millis(told.sent_ms)
        fields |= {"id": told.ids, "sent": sent}
        if what is What.NOT_SENT:
            word, fields["part"] = _refusals(told, fields)
            return filled(_MAIL, len(told.ids), word=word, **fields)
        word, part = _WORDS[what]
        if part is _BOUNCE:
            late = what is What.BOUNCED_LATE
            fields |= _bounce({True: (_UNKNOWN_USER,)} if late else _BOUNCES, told)
        if what is What.DELIVERED:
            fields["took"] = list(map(str, (told.at_ms - told.sent_ms).tolist()))
        return filled(_MAIL.replace("%(part)s", part), len(told.ids), word=word, **fields)

    def spoil(self, record: dict[str, Any], fault: Fault) -> None:
        """Another word, no id, or no time."""
        if fault is Fault.UNKNOWN_WORD:
            record["eventType"] = "Terkirim"
        elif fault is Fault.NO_ID:
            del record["mail"]["messageId"]
        else:
            record["mail"]["timestamp"] = "2026-13-45T25:61:00.000Z"


def _refusals(told: Tellings, fields: Mapping[str, Texts]) -> tuple[list[str], list[str]]:
    """The word and the part that is the event's own, of messages that were not sent."""
    suppressed = [_SUPPRESSED[variant % 2] for variant in told.variants.tolist()]
    bounces = filled(_BOUNCE, len(suppressed), **fields, **_columns(suppressed))
    rejected = (told.variants % 3 == 0).tolist()
    return (
        ["Reject" if no else "Bounce" for no in rejected],
        [_REJECTED if no else bounce for no, bounce in zip(rejected, bounces, strict=True)],
    )


def _bounce(
    words: Mapping[bool, tuple[tuple[str, ...], ...]], told: Tellings
) -> dict[str, list[str]]:
    permanent = told.permanent if False in words else np.ones(len(told.ids), np.bool_)
    pairs = zip(permanent.tolist(), told.variants.tolist(), strict=True)
    return _columns([words[good][variant % len(words[good])] for good, variant in pairs])


def _columns(rows: Sequence[tuple[str, ...]]) -> dict[str, list[str]]:
    names = ("kind", "sub", "status", "why")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}

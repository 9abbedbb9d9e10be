"""Amazon SES: event publishing and feedback notifications, as they are or in SNS's envelopes.

References:
    Amazon SES Developer Guide, contents of the event data that Amazon SES publishes to Amazon
    SNS and to Kinesis Data Firehose (repository awsdocs/amazon-ses-developer-guide).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, ClassVar

from reach.engine import literal
from reach.formats.notations.mail_status import reason_of, reason_sql
from reach.formats.provider import ProviderFormat, unknown_word
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log, Record, Refused
from reach.formats.ses import record as ses_record
from reach.formats.ses.record import NAMES
from reach.formats.ses.sns_envelope import VALIDATED, is_envelope, opened, opened_sql
from reach.formats.words import Word, listed
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

_LISTED = listed(WORDS)
_BY_STATUS = (Event.FAILED, Event.DEFERRED)
"""Events whose recipients may each have a status code."""

_VAGUE = (None, Reason.OTHER, Reason.UNKNOWN)
"""Reasons of status codes that a word of SES may tell better."""


class SesFormat(ProviderFormat):
    """Amazon SES's event publishing and feedback notifications."""

    name: ClassVar[str] = "ses"
    title: ClassVar[str] = "Amazon SES event publishing"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = WORDS
    tells: ClassVar[tuple[str, ...]] = (
        "that the receiving mail server took the message (receipt: carrier)",
        "bounces, for good or not, and apart from that the reason",
        "messages that were never tried: suppressed, rejected, or of a broken template",
        "opens and clicks, where tracking is on and a message has one recipient",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether the message came to the inbox or to the spam folder",
        "whether a person or a machine opened or clicked",
        "who of several recipients of a message opened, clicked, complained or unsubscribed",
        "whose bounce it is, where mail was forwarded and the bounce names that address",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider")
    )  # fmt: skip
    marks: ClassVar[str] = "mail and a type of event of SES, bare or in SNS's envelope"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it is a message's event, or an envelope as SES's topics have them."""
        inner: Mapping[str, Any] | None = value
        if is_envelope(value, NAMES):
            try:
                inner = opened(value)
            except Refused:
                return False
        if inner is None:  # a confirmation, which is some topic's, and no other format's
            return "TopicArn" in value
        said = [inner.get(name) for name in NAMES]
        has_mail = isinstance(inner.get("mail"), dict)
        return ses_record.TESTED in said or (has_mail and any(isinstance(it, str) for it in said))

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's records; the sentence of a new subscription may stand there bare."""
        for record in super().records(log, wanted):
            if record.broken and record.raw.strip().startswith(VALIDATED):
                yield Record(record.number, record.line, record.raw, {NAMES[0]: ses_record.TESTED})
            else:
                yield record

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The record's events: one for each recipient that it speaks of."""
        inner = opened(value) if is_envelope(value, NAMES) else value
        if inner is None:
            return []
        kind, meant = _meant(inner)
        if meant.event is None:
            return []
        named = ses_record.recipients(inner, kind)
        if meant.event in ACTS and len(named) > 1:
            return []
        message_id, occurred_at = ses_record.name_and_time(inner, kind)
        shared = {
            "message_id": message_id,
            "event": str(meant.event),
            "channel": "email",
            "provider": self.name,
            "occurred_at": occurred_at,
            "receipt": meant.receipt,
            "permanent": meant.permanent,
        }
        return [
            (shared | {"recipient": address, "reason": _reason(meant, status)}, inner)
            for address, status in ses_record.addressed(named, kind)
        ]

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        if any(is_envelope(each, NAMES) for each in log.head.objects):
            records = opened_sql(records, NAMES)
        fields = {
            "message_id": ses_record.MESSAGE_ID,
            "event": "event",
            "channel": quoted_sql("'email'"),
            "recipient": quoted_sql(ses_record.address_sql("address")),
            "occurred_at": "moment",
            "receipt": "receipt",
            "permanent": "permanent",
            "reason": _reason_sql(),
            "provider": quoted_sql(literal(self.name)),
        }
        return finished(
            _by_recipient(_meanings(extracted(records, ses_record.paths(), log))),
            fields,
            log,
            sure="moment IS NOT NULL AND address <> ''",
            leads="place = 1",
            no_event=f"{known_sql(WORDS, 'said', eventful=False)} OR unnamed",
        )


def _meant(value: Mapping[str, Any]) -> tuple[str, Word]:
    """An event's type, and what it means with all that decides.

    Raises:
        Refused: One of its words is not in the table; names it.
    """
    kind = ses_record.kind_of(value)
    more = ses_record.deciding(value, kind)
    found = _LISTED.get(" ".join([kind, *(said for _, said in more)]))
    if found is not None:
        return kind, found
    begun = kind
    for i, (path, said) in enumerate(more, start=1):
        known = [each.removeprefix(f"{begun} ") for each in _LISTED if each.startswith(f"{begun} ")]
        if i < len(more):
            known = list(dict.fromkeys(each.split()[0] for each in known))
        if said not in known:
            raise unknown_word(said, tuple(known), path)
        begun += f" {said}"
    raise unknown_word(begun, tuple(_LISTED), "$.eventType", SesFormat.name)


def _reason(meant: Word, status: object) -> Reason | None:
    """Why, from the recipient's status code; from SES's word where that tells more."""
    told = reason_of(status) if meant.event in _BY_STATUS and isinstance(status, str) else None
    return (meant.reason or told) if told in _VAGUE else told


def _reason_sql() -> str:
    by_status = " OR ".join(f"event = '\"{each}\"'" for each in _BY_STATUS)
    vague = " OR ".join(f"told = '\"{each}\"'" for each in _VAGUE if each)
    return (
        f"CASE WHEN told IS NULL OR NOT ({by_status}) THEN reason "
        f"WHEN {vague} THEN coalesce(reason, told) ELSE told END"
    )


def _meanings(rows: str) -> str:
    """SQL that adds what each record means, when it happened, and how many it ``listed``."""
    rows = f"SELECT *, {ses_record.kind_sql()} AS kind FROM ({rows})"
    rows = (
        f"SELECT *, {ses_record.said_sql()} AS said, {ses_record.placed_sql(0)} AS listed, "
        f"{ses_record.placed_sql(1)} AS moment FROM ({rows})"
    )
    meanings = ", ".join(
        f"{meaning_sql(WORDS, 'said', name)} AS {name}"
        for name in ("event", "receipt", "permanent", "reason")
    )
    return (
        f"SELECT *, {meanings}, CASE WHEN starts_with(listed, '[') "
        f"THEN json_array_length(listed) ELSE 0 END AS size FROM ({rows})"
    )


def _by_recipient(rows: str) -> str:
    """SQL for a row for each recipient, with the ``address`` and what the status code ``told``."""
    acts = " OR ".join(f"event = '\"{each}\"'" for each in ACTS)
    rows = f"SELECT *, coalesce(size > 1 AND ({acts}), false) AS unnamed FROM ({rows})"
    # What holds no event, or is for Python to say, stays one row.
    one = "event IS NULL OR unnamed"
    several = f"size BETWEEN 2 AND {ses_record.MOST_RECIPIENTS}"
    rows = (
        f"SELECT *, CASE WHEN {one} THEN [NULL] "
        "WHEN size = 1 THEN [substring(listed, 2, length(listed) - 2)] "  # without its brackets
        f"WHEN {several} THEN json_extract(listed, '$[*]')::VARCHAR[] "
        f"ELSE [NULL] END AS elements FROM ({rows})"
    )
    rows = (
        "SELECT * EXCLUDE (elements), unnest(elements) AS element, "
        f"generate_subscripts(elements, 1) AS place FROM ({rows})"
    )
    rows = (
        "SELECT *, CASE WHEN starts_with(element, '{') "
        "THEN json_extract(element, ['$.\"emailAddress\"', '$.\"status\"'])::VARCHAR[] "
        f"ELSE [element] END AS details FROM ({rows})"
    )
    return (
        f"SELECT *, {text_sql('details[1]')} AS address, "
        f"{reason_sql(text_sql('details[2]'))} AS told FROM ({rows})"
    )

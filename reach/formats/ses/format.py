"""Amazon SES: event publishing and feedback notifications, as they are or in SNS's envelopes.

References:
    Amazon SES Developer Guide, contents of the event data that Amazon SES publishes to Amazon
    SNS and to Kinesis Data Firehose (repository awsdocs/amazon-ses-developer-guide).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, ClassVar

from reach.formats.containers import json_values
from reach.formats.notations.mail_status import reason_of
from reach.formats.provider import ProviderFormat, unknown_word
from reach.formats.provider_sql import (
    extracted,
    json_paths,
    taken,
)
from reach.formats.record import Log, Record, Refused
from reach.formats.ses import record as ses_record
from reach.formats.ses.record import NAMES
from reach.formats.ses.sns_envelope import VALIDATED, is_envelope, opened, opened_sql
from reach.formats.ses.sql import PLACES, rows_sql
from reach.formats.ses.words import ACTS, BY_STATUS, VAGUE, WORDS
from reach.formats.words import Word, listed
from reach.vocabulary import Reason

_LISTED = listed(WORDS)


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

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:  # noqa: ARG002
        """SQL for the whole file; see `reach.formats.record.Format.tokens`."""
        if not any(is_envelope(each, NAMES) for each in log.head.objects):
            return self.rows(log, taken(log, PLACES, numbered=numbered))
        within = opened_sql(json_values.rows_sql(log, numbered=numbered), NAMES)
        return self.rows(log, extracted(within, json_paths(PLACES), log))

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same, from rows as `reach.formats.provider_sql.taken` gives them."""
        return rows_sql(log, records)


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
    told = reason_of(status) if meant.event in BY_STATUS and isinstance(status, str) else None
    return (meant.reason or told) if told in VAGUE else told

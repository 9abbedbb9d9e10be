"""Webhooks of the WhatsApp Cloud API: a body a record, with as many statuses as it holds.

References:
    Webhooks of the WhatsApp Business Platform; tests/data/samples/whatsapp has examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from reach.formats.notations.epoch import moment, moment_us_sql
from reach.formats.provider import ProviderFormat, known_word, text_at
from reach.formats.provider_sql import (
    extracted,
    finished,
    meaning_sql,
    moments,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log, Record, Refused
from reach.formats.whatsapp.bodies import OBJECT, At, is_answer, told_in, told_sql
from reach.formats.words import Code, Word, listed
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Reason, Receipt

if TYPE_CHECKING:
    from reach.formats.given import Given

WORDS = (
    Word("sent", Event.SENT, note="taken by WhatsApp; stays so for who blocked the sender"),
    Word("delivered", Event.DELIVERED, Receipt.DEVICE, note="may never come before read"),
    Word("read", Event.READ, note="never comes from who has read receipts switched off"),
    Word("played", Event.READ, note="a voice message was played"),
    Word("failed", Event.FAILED, note="whether for good is not said"),
)
ANSWER = Word("(an answer)", Event.REPLIED, note="a person's message whose context is one of ours")

_REMEMBERED = "remembered, not read in an example"
CODES = (
    Code("130472", Reason.WITHHELD_BY_PLATFORM, note="the number is part of an experiment"),
    Code("131049", Reason.WITHHELD_BY_PLATFORM, note=f"held back by Meta; {_REMEMBERED}"),
    Code("131050", Reason.OPT_OUT, note=f"wants no marketing from this sender; {_REMEMBERED}"),
    Code("131047", Reason.POLICY, note=f"24 hours after the last reply; {_REMEMBERED}"),
    Code("131031", Reason.POLICY, note=f"the account is locked; {_REMEMBERED}"),
    Code("368", Reason.POLICY, note=f"the account is restricted; {_REMEMBERED}"),
    Code("131048", Reason.SPAM_BLOCK, note=f"limited after blocks and reports; {_REMEMBERED}"),
    Code("130429", Reason.QUOTA, note=f"too many messages at once; {_REMEMBERED}"),
    Code("131056", Reason.QUOTA, note=f"too many to this recipient; {_REMEMBERED}"),
)
"""The first of a failure's errors; other codes are kept as `Reason.OTHER`."""

_LISTED = listed(WORDS)
_REASONS = {int(each.said): each.reason for each in CODES}
_MESSAGE = "message"
_PATHS = {
    "id": "$.id",
    "status": "$.status",
    "timestamp": "$.timestamp",
    "kind": "$.type",
    "recipient_id": "$.recipient_id",
    "recipient_type": "$.recipient_type",
    "reader": "$.recipient_participant_id",
    "code": "$.errors[0].code",
    "answered": "$.context.id",
    "writer": "$.from",
}
_TIME = 'a time in seconds since 1970, as "1698266945"'
_RECIPIENT = "the recipient's number; to count by another name, give its place with fields:"


class WhatsAppFormat(ProviderFormat):
    """Webhooks of the WhatsApp Cloud API."""

    name: ClassVar[str] = "whatsapp"
    title: ClassVar[str] = "WhatsApp Cloud API webhook"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = (*WORDS, ANSWER)
    codes: ClassVar[tuple[Code, ...]] = CODES
    tells: ClassVar[tuple[str, ...]] = (
        "that the message came to the recipient's device (receipt: device)",
        "that it was read, where the reader lets that be known",
        "that somebody answered it, by a reply or by one of its buttons",
        "that WhatsApp held it back (reason: withheld_by_platform)",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "who read it with read receipts switched off: not read is not knowable",
        "who blocked the sender: such messages stay sent, and become unknown",
        "whether a failure is for good",
        "how many are in a group: one that nobody took or read is one recipient",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "reason",
         "provider")
    )  # fmt: skip
    marks: ClassVar[str] = f"object {OBJECT} and an entry"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it is the body of a webhook."""
        return value.get("object") == OBJECT and isinstance(value.get("entry"), list)

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The events of the body's statuses and answers, wherever they stand."""
        return [
            (_answer(told, at) if is_answer(at) else _event(told, at), told)
            for at, told in told_in(value)
        ]

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The same, with what the options say, and each with somebody whom it went to."""
        body = record.value or {}
        told = super().events(record, log)
        for event, (at, within) in zip(told, told_in(body), strict=True):
            if event.get("recipient") in (None, ""):
                usual = "from" if is_answer(at) else "recipient_id"
                place = log.options.fields.get("recipient", usual)
                received = "nothing" if within.get(place) is None else shorten(within[place])
                raise Refused(json_path((*at, place)), received, _RECIPIENT)
        return told

    def given(self, log: Log, *, plain: bool) -> Mapping[str, Given]:  # noqa: ARG002
        """Times as the numbers they are."""
        return moments(log)

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        rows = (
            f"SELECT *, {text_sql('status')} AS said, {moment_us_sql(text_sql('timestamp'))} AS moment, "
            f"nullif(reader, '\"\"') AS participant "
            f"FROM ({extracted(told_sql(records), _PATHS, log, 'each')})"
        )
        is_message = f"(answers OR kind IS NULL OR kind = '\"{_MESSAGE}\"')"
        sure = ["whole", "moment IS NOT NULL", is_message]
        fields = {
            "message_id": "CASE WHEN answers THEN answered ELSE id END",
            "event": (
                f"CASE WHEN answers THEN '\"{ANSWER.event}\"' "
                f"ELSE {meaning_sql(WORDS, 'said', 'event')} END"
            ),
            "channel": quoted_sql(f"'{self.name}'"),
            "provider": quoted_sql(f"'{self.name}'"),
            "recipient": _recipient_sql(),
            "occurred_at": "moment",
            "receipt": f"CASE WHEN NOT answers THEN {meaning_sql(WORDS, 'said', 'receipt')} END",
            "reason": f"CASE WHEN NOT answers THEN {_reason_sql()} END",
        }
        return finished(
            rows,
            fields,
            log,
            sure=" AND ".join(sure),
            leads="place = 1",
            no_event="whole AND held = 0",
        )


def _event(status: Mapping[str, Any], at: At) -> dict[str, Any]:
    said = text_at(status, "status", expected="a status, as delivered", at=at)
    meant = known_word(_LISTED, said, json_path((*at, "status")))
    return {
        "message_id": text_at(status, "id", expected="the message's id, as wamid.…", at=at),
        "event": str(meant.event),
        "channel": WhatsAppFormat.name,
        "provider": WhatsAppFormat.name,
        "recipient": _recipient(status),
        "occurred_at": _time(status, at),
        "receipt": meant.receipt,
        "reason": _reason(status) if meant.event is Event.FAILED else None,
    }


def _answer(message: Mapping[str, Any], at: At) -> dict[str, Any]:
    return {
        "message_id": message["context"]["id"],
        "event": str(ANSWER.event),
        "channel": WhatsAppFormat.name,
        "provider": WhatsAppFormat.name,
        "recipient": _number(message.get("from")),
        "occurred_at": _time(message, at),
    }


def _time(status: Mapping[str, Any], at: At) -> str:
    said = status.get("timestamp")
    digits = re.fullmatch("[0-9]{1,18}", said) if isinstance(said, str) else None
    told = moment(int(digits[0])) if digits else None
    if told is None:
        received = "nothing" if said is None else shorten(said)
        raise Refused(json_path((*at, "timestamp")), received, _TIME)
    return told


def _recipient(status: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- the event schema judges it
    """Who has the message: of a group the one who took or read it, if that is told."""
    reader = status.get("recipient_participant_id")
    alone = reader is None or reader == ""
    who = status.get("recipient_id") if alone else reader
    is_group = alone and status.get("recipient_type") == "group"
    return who if is_group else _number(who)


def _number(who: Any) -> Any:  # noqa: ANN401 -- likewise
    """WhatsApp writes all numbers with their country's code, and none with a plus."""
    return f"+{who}" if isinstance(who, str) and re.fullmatch("[0-9]+", who) else who


def _recipient_sql() -> str:
    group = "(participant IS NULL AND coalesce(recipient_type = '\"group\"', false))"
    who = "(CASE WHEN answers THEN writer ELSE coalesce(participant, recipient_id) END)"
    return (
        f"CASE WHEN regexp_full_match({who}, '\"[0-9]+\"') AND (answers OR NOT {group}) "
        f"THEN '\"+' || substring({who}, 2) ELSE {who} END"
    )


def _reason(status: Mapping[str, Any]) -> Reason | None:
    errors = status.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    code = first.get("code") if isinstance(first, dict) else None
    if code is None:
        return None
    is_code = isinstance(code, int) and not isinstance(code, bool)
    return _REASONS.get(code, Reason.OTHER) if is_code else Reason.OTHER


def _reason_sql() -> str:
    cases = " ".join(f"WHEN '{each.said}' THEN '\"{each.reason}\"'" for each in CODES)
    return (
        f"CASE WHEN said = 'failed' AND code IS NOT NULL "
        f"THEN CASE code {cases} ELSE '\"{Reason.OTHER}\"' END END"
    )

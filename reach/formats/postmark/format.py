"""Postmark's webhooks, and the pages of its bounces.

What the words mean stands in `reach.formats.postmark.words`.

References:
    Postmark's developer documentation: webhooks, bounce API, bounce types;
    tests/data/samples/postmark has bodies as it sends them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.engine import literal
from reach.formats.containers.json_page import page_key
from reach.formats.notations.mail_reply import (
    reply_is_plain_sql,
    status_in,
    status_in_sql,
)
from reach.formats.notations.mail_status import reason_of, reason_sql
from reach.formats.postmark.words import (
    BOUNCE,
    BOUNCES,
    CHANGE,
    LISTED,
    MANUAL,
    NAMELESS,
    REACTIVATED,
    TIMES,
    TYPES,
    WORDS,
)
from reach.formats.provider import ProviderFormat, text_at, unknown_word
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log, Refused
from reach.formats.words import Word
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Measures, Reason

_PAGED = "Bounces"
_ADDRESSES = ("Recipient", "Email")
_KEYS = ("RecordType", "Type", "TypeCode", "MessageID", *_ADDRESSES, "Details", "SuppressSending",
         "SuppressionReason", "Origin", *dict.fromkeys(TIMES.values()))  # fmt: skip
_PATHS = {f"{key}_": f'$."{key}"' for key in _KEYS}
_BOUNCED = TIMES[BOUNCE]
_KINDS = tuple(word.said.split()[1] for word in BOUNCES.values())
_TIME = "a time with its zone, as 2014-08-01T13:28:10.2735393-04:00"


class PostmarkFormat(ProviderFormat):
    """Postmark's webhooks, and the pages of its bounces."""

    name: ClassVar[str] = "postmark"
    title: ClassVar[str] = "Postmark webhooks and pages of bounces"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = True
    words: ClassVar[tuple[Word, ...]] = WORDS
    tells: ClassVar[tuple[str, ...]] = (
        "that the receiving mail server took the message (receipt: carrier)",
        "bounces by Postmark's types, and apart from them blocks and answers that are no failures",
        "opens and clicks, where tracking is on",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "that and when a message was sent: no webhook tells; only what became of it is known",
        "whether the message came to the inbox or to the spam folder",
        "whether a person or a machine opened or clicked: opens count with the machines",
        "of which message an address was taken off by hand",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider")
    )  # fmt: skip
    marks: ClassVar[str] = "one of Postmark's RecordTypes, or a type of its bounces"

    def lacks(self, log: Log) -> Measures:  # noqa: ARG002
        """What nothing came back of: none of its records tells of a sending."""
        return Measures.ANSWERS_ONLY

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it is a webhook's body, a bounce, or a page of bounces without any."""
        if "MessageID" in value and value.get("RecordType") in TYPES:
            return True
        return page_key(value) == _PAGED or (
            _BOUNCED in value and "Email" in value and value.get("Type") in _KINDS
        )

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The record's one event, or none."""
        kind, meant = _meant(value)
        if meant.event is None:
            return []
        address = next((key for key in _ADDRESSES if value.get(key) is not None), _ADDRESSES[0])
        event = {
            "message_id": text_at(value, "MessageID", expected="the message's id"),
            "event": str(meant.event),
            "channel": "email",
            "provider": self.name,
            "recipient": text_at(value, address, expected="the recipient's address"),
            "occurred_at": text_at(value, TIMES[kind], expected=_TIME),
            "receipt": meant.receipt,
            "permanent": meant.permanent,
            "reason": _reason(meant, value),
        }
        return [(event, value)]

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        rows = (
            f"SELECT *, {_said_sql()} AS said, coalesce(Recipient_, Email_) AS address "
            f"FROM (SELECT *, {_kind_sql()} AS kind FROM ({extracted(records, _PATHS, log)}))"
        )
        rows = f"SELECT *, {_moment_sql()} AS moment FROM ({rows})"
        sure = [f"{text_sql(each)} <> ''" for each in ("MessageID_", "address", "moment")]
        fields = {
            "message_id": "MessageID_",
            "channel": quoted_sql("'email'"),
            "provider": quoted_sql(literal(self.name)),
            "recipient": "address",
            "occurred_at": "moment",
            "reason": _reason_sql(),
        } | {name: meaning_sql(WORDS, "said", name) for name in ("event", "receipt", "permanent")}
        no_event = known_sql(WORDS, "said", eventful=False)
        sure.append(reply_is_plain_sql("Details_"))
        return finished(rows, fields, log, sure=" AND ".join(sure), no_event=no_event)


def _meant(value: Mapping[str, Any]) -> tuple[str, Word]:
    """A record's type, and what it means with all that decides.

    Raises:
        Refused: One of its words is not in the table; names it.
    """
    kind = value.get("RecordType")
    if kind is None and value.get(_BOUNCED) is not None:
        kind = BOUNCE  # as on pages, and in webhooks of old
    if kind is None and page_key(value) == _PAGED:
        received = f"a page of {len(value[_PAGED])} among records"
        raise Refused(f"$.{_PAGED}", received, "pages in a file of their own")
    if kind is None:
        raise Refused("$.RecordType", "nothing", "one of Postmark's types, as Delivery")
    if kind not in TYPES:
        raise unknown_word(kind, TYPES, "$.RecordType")
    if kind == BOUNCE:
        return kind, _bounce(value)
    if kind == CHANGE:
        return kind, LISTED[_change(value)]
    return kind, LISTED[kind]


def _bounce(value: Mapping[str, Any]) -> Word:
    said, number = value.get("Type"), value.get("TypeCode")
    if said is None and isinstance(number, int) and number in BOUNCES and number is not True:
        return BOUNCES[number]
    if said is None:
        path, received = ("TypeCode", shorten(number)) if number else ("Type", "nothing")
        raise Refused(json_path((path,)), received, "one of Postmark's types of bounces")
    if said not in _KINDS:
        raise unknown_word(said, _KINDS, "$.Type")
    return LISTED[f"{BOUNCE} {said}"]


def _change(value: Mapping[str, Any]) -> str:
    """Which word of the table a change of a subscription is."""
    stops = value.get("SuppressSending")
    if not isinstance(stops, bool):
        received = "nothing" if stops is None else shorten(stops)
        raise Refused("$.SuppressSending", received, "true or false")
    if not stops:
        return REACTIVATED
    if value.get("MessageID") is None:
        return NAMELESS
    more = ["SuppressionReason"] + ["Origin"] * (value.get("SuppressionReason") == MANUAL)
    said = CHANGE
    for key in more:
        known = tuple(
            dict.fromkeys(
                word.removeprefix(f"{said} ").split()[0]
                for word in LISTED
                if word.startswith(f"{said} ") and word not in (REACTIVATED, NAMELESS)
            )
        )
        if value.get(key) not in known:
            raise unknown_word(value.get(key), known, json_path((key,)))
        said += f" {value[key]}"
    return said


def _reason(meant: Word, value: Mapping[str, Any]) -> Reason | None:
    """Why: by Postmark's word, else by the status code of the server's answer."""
    details = value.get("Details")
    if meant.reason or meant.event is not Event.FAILED or not isinstance(details, str):
        return meant.reason
    return reason_of(status_in(details) or "")


def _kind_sql() -> str:
    missing = f"CASE WHEN {_BOUNCED}_ IS NOT NULL THEN '{BOUNCE}' END"
    return f"CASE WHEN RecordType_ IS NULL THEN {missing} ELSE {text_sql('RecordType_')} END"


def _said_sql() -> str:
    """SQL of which word of the table a record is; NULL where Python has to say."""
    numbers = " ".join(f"WHEN '{number}' THEN '{word.said}'" for number, word in BOUNCES.items())
    change = (
        f"CASE WHEN SuppressSending_ = 'false' THEN '{REACTIVATED}' "
        f"WHEN SuppressSending_ = 'true' THEN CASE WHEN MessageID_ IS NULL THEN '{NAMELESS}' "
        f"WHEN SuppressionReason_ = '\"{MANUAL}\"' THEN '{CHANGE} {MANUAL} ' || {text_sql('Origin_')} "
        f"WHEN {text_sql('SuppressionReason_')} IN ('HardBounce', 'SpamComplaint') "
        f"THEN '{CHANGE} ' || {text_sql('SuppressionReason_')} END END"
    )
    return (
        f"CASE kind WHEN '{BOUNCE}' THEN CASE WHEN Type_ IS NULL "
        f"THEN CASE TypeCode_ {numbers} END ELSE '{BOUNCE} ' || {text_sql('Type_')} END "
        f"WHEN '{CHANGE}' THEN {change} "
        "ELSE CASE WHEN NOT contains(kind, ' ') THEN kind END END"
    )


def _moment_sql() -> str:
    cases = " ".join(f"WHEN '{kind}' THEN {key}_" for kind, key in TIMES.items())
    return f"CASE kind {cases} END"


def _reason_sql() -> str:
    failed = " OR ".join(
        f"said = '{word.said}'"
        for word in WORDS
        if word.event is Event.FAILED and word.reason is None
    )
    told = reason_sql(status_in_sql("Details_"))
    return f"CASE WHEN {failed} THEN {told} ELSE {meaning_sql(WORDS, 'said', 'reason')} END"

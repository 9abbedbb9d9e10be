"""SendGrid's event webhook: an event an object, in arrays or on lines.

References:
    Event Webhook Reference, in SendGrid's public documentation (repository sendgrid/docs).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from reach.engine import literal
from reach.formats.notations.epoch import moment, moment_sql
from reach.formats.notations.mail_status import reason_of, reason_sql
from reach.formats.provider import ProviderFormat, known_word, text_at
from reach.formats.provider_sql import (
    extracted,
    finished,
    known_sql,
    meaning_sql,
    quoted_sql,
    text_sql,
)
from reach.formats.record import Log, Refused
from reach.formats.words import Code, Word, listed
from reach.shown import json_path, shorten
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

_WHY_DROPPED = {each.said: each.reason for each in DROPS}
_LISTED = listed(WORDS)
_BOUNCE = "bounce"
_OLD_ID = "[0-9a-f]{11}"
_SMTP_ID, _SECONDS = '"smtp-id"', '"timestamp"'  # as columns
_PATHS = {
    key: f'$."{key}"'
    for key in ("event", "type", "email", "timestamp", "sg_message_id", "smtp-id", "status",
                "reason", "sg_machine_open")
}  # fmt: skip
_TIME = "a time in seconds since 1970, as 1513299569"


class SendGridFormat(ProviderFormat):
    """SendGrid's event webhook."""

    name: ClassVar[str] = "sendgrid"
    title: ClassVar[str] = "SendGrid event webhook"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = True
    words: ClassVar[tuple[Word, ...]] = WORDS
    codes: ClassVar[tuple[Code, ...]] = DROPS
    tells: ClassVar[tuple[str, ...]] = (
        "that the receiving mail server took the message (receipt: carrier)",
        "bounces, also those that come after a delivery, and blocks apart from them",
        "opens and clicks, where tracking is on",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether the message came to the inbox or to the spam folder",
        "who opened, where Apple's proxy did (sg_machine_open): such opens count as a machine's",
        "whether a click was a scanner's",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "machine", "provider", "alias_id")
    )  # fmt: skip
    marks: ClassVar[str] = "email, timestamp and one of SendGrid's events"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it has an address, a time and one of SendGrid's words, or its event id."""
        said = value.get("event")
        if not isinstance(said, str) or "email" not in value or "timestamp" not in value:
            return False
        return "sg_event_id" in value or said == _BOUNCE or said in _LISTED

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The record's one event, or none."""
        meant = _meant(value)
        if meant.event is None:
            return []
        mine, other = _name(value, "sg_message_id"), _name(value, "smtp-id")
        name = mine or other
        if name is None:
            raise Refused("$.sg_message_id", "nothing", "an id of the message, here or in smtp-id")
        event = {
            "message_id": name,
            "alias_id": other if other != name else None,
            "event": str(meant.event),
            "channel": "email",
            "provider": self.name,
            "recipient": text_at(value, "email", expected="the recipient's address"),
            "occurred_at": _time(value),
            "receipt": meant.receipt,
            "permanent": meant.permanent,
            "reason": _reason(meant.event, value),
            "machine": value.get("sg_machine_open") if meant.event is Event.OPENED else None,
        }
        return [(event, value)]

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        said = text_sql("event")
        kind = f"CASE WHEN type IS NULL THEN '{_BOUNCE}' ELSE {text_sql('type')} END"
        rows = (
            f"SELECT *, CASE WHEN {said} = '{_BOUNCE}' THEN '{_BOUNCE} ' || {kind} ELSE {said} END "
            f"AS said, {_name_sql(text_sql('sg_message_id'))} AS mine, "
            f"{_name_sql(text_sql(_SMTP_ID))} AS other, {text_sql('status')} AS code, "
            f"{text_sql('reason')} AS why, {moment_sql(_SECONDS)} AS moment "
            f"FROM ({extracted(records, _PATHS, log)})"
        )
        optional = ("sg_message_id", _SMTP_ID, "status", "reason")
        sure = [f"({key} IS NULL OR {text_sql(key)} IS NOT NULL)" for key in optional]
        sure += ["moment IS NOT NULL", "coalesce(mine, other) IS NOT NULL"]
        sure += [f"{text_sql('email')} <> ''"]
        fields = {
            "message_id": quoted_sql("coalesce(mine, other)"),
            "alias_id": f"CASE WHEN other <> mine THEN {quoted_sql('other')} END",
            "channel": quoted_sql("'email'"),
            "provider": quoted_sql(literal(self.name)),
            "recipient": "email",
            "occurred_at": "moment",
            "reason": _reason_sql(),
            "machine": "CASE WHEN said = 'open' THEN sg_machine_open END",
        } | {name: meaning_sql(WORDS, "said", name) for name in ("event", "receipt", "permanent")}
        no_event = known_sql(WORDS, "said", eventful=False)
        return finished(rows, fields, log, sure=" AND ".join(sure), no_event=no_event)


def _meant(value: Mapping[str, Any]) -> Word:
    said = text_at(value, "event", expected="one of SendGrid's events, as delivered")
    if said != _BOUNCE:
        return known_word(_LISTED, said, "$.event")
    kind = _BOUNCE if value.get("type") is None else value["type"]
    found = _LISTED.get(f"{_BOUNCE} {kind}")
    if found is None:
        raise Refused("$.type", shorten(kind), "one of bounce, blocked")
    return found


def _name(value: Mapping[str, Any], key: str) -> str | None:
    said = value.get(key)
    if said is not None and not isinstance(said, str):
        raise Refused(json_path((key,)), shorten(said), "the message's id, as text")
    return message_name(said or "")


def message_name(said: str) -> str | None:
    """What SendGrid's long ids of one message have in common; None for none.

    Examples:
        >>> message_name("14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0")
        '14c5d75ce93.dfd.64b469'
        >>> message_name("<14c5d75ce93.dfd.64b469@ismtpd-555>")
        '14c5d75ce93.dfd.64b469'
        >>> message_name("5lFl7Fr1Rjme_EyzNNB_5A.stfilter-015.5185.55F883172.0")
        '5lFl7Fr1Rjme_EyzNNB_5A'
    """
    parts = said.strip("<>").split("@")[0].split(".")
    return ".".join(parts[:3] if re.fullmatch(_OLD_ID, parts[0]) else parts[:1]) or None


def _name_sql(text: str) -> str:
    local = f"split_part(trim({text}, '<>'), '@', 1)"
    old = f"regexp_extract({local}, '^{_OLD_ID}([.][^.]*)?([.][^.]*)?')"
    is_old = f"regexp_full_match(split_part({local}, '.', 1), '{_OLD_ID}')"
    return f"nullif(CASE WHEN {is_old} THEN {old} ELSE split_part({local}, '.', 1) END, '')"


def _time(value: Mapping[str, Any]) -> str:
    at = value.get("timestamp")
    told = moment(at) if isinstance(at, int) and not isinstance(at, bool) else None
    if told is None:
        raise Refused("$.timestamp", "nothing" if at is None else shorten(at), _TIME)
    return told


def _reason(event: Event, value: Mapping[str, Any]) -> Reason | None:
    """Why, from the status code of a failure, or from the words of a drop."""
    if event is Event.SUPPRESSED:
        return _WHY_DROPPED.get(str(value.get("reason")), Reason.SUPPRESSED)
    status = value.get("status")
    if event in (Event.FAILED, Event.DEFERRED) and isinstance(status, str):
        return reason_of(status)
    return None


def _reason_sql() -> str:
    drops = " ".join(f"WHEN '{said}' THEN '\"{reason}\"'" for said, reason in _WHY_DROPPED.items())
    return (
        f"CASE WHEN said = 'dropped' THEN CASE why {drops} ELSE '\"{Reason.SUPPRESSED}\"' END "
        f"WHEN said IN ('bounce bounce', 'bounce blocked', 'deferred') THEN {reason_sql('code')} END"
    )

"""SendGrid's event webhook: an event an object, in arrays or on lines.

References:
    Event Webhook Reference, in SendGrid's public documentation (repository sendgrid/docs).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from reach.formats.notations.epoch import moment
from reach.formats.notations.mail_status import reason_of
from reach.formats.provider import ProviderFormat, known_word, text_at
from reach.formats.provider_sql import moments, taken
from reach.formats.record import Log, Refused
from reach.formats.sendgrid.sql import PLACES, rows_sql
from reach.formats.sendgrid.words import BOUNCE, DROPS, OLD_ID, WHY_DROPPED, WORDS
from reach.formats.words import Code, Word, listed
from reach.shown import json_path, shorten
from reach.vocabulary import Event, Reason

if TYPE_CHECKING:
    from reach.formats.given import Given

_LISTED = listed(WORDS)
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
        return "sg_event_id" in value or said == BOUNCE or said in _LISTED

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

    def given(self, log: Log, *, plain: bool) -> Mapping[str, Given]:  # noqa: ARG002
        """Times as the numbers they are."""
        return moments(log)

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:  # noqa: ARG002
        """SQL for the whole file; see `reach.formats.record.Format.tokens`."""
        return self.rows(log, taken(log, PLACES, numbered=numbered))

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same, from rows as `reach.formats.provider_sql.taken` gives them."""
        return rows_sql(log, records)


def _meant(value: Mapping[str, Any]) -> Word:
    said = text_at(value, "event", expected="one of SendGrid's events, as delivered")
    if said != BOUNCE:
        return known_word(_LISTED, said, "$.event")
    kind = BOUNCE if value.get("type") is None else value["type"]
    found = _LISTED.get(f"{BOUNCE} {kind}")
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
    return ".".join(parts[:3] if re.fullmatch(OLD_ID, parts[0]) else parts[:1]) or None


def _time(value: Mapping[str, Any]) -> str:
    at = value.get("timestamp")
    told = moment(at) if isinstance(at, int) and not isinstance(at, bool) else None
    if told is None:
        raise Refused("$.timestamp", "nothing" if at is None else shorten(at), _TIME)
    return told


def _reason(event: Event, value: Mapping[str, Any]) -> Reason | None:
    """Why, from the status code of a failure, or from the words of a drop."""
    if event is Event.SUPPRESSED:
        return WHY_DROPPED.get(str(value.get("reason")), Reason.SUPPRESSED)
    status = value.get("status")
    if event in (Event.FAILED, Event.DEFERRED) and isinstance(status, str):
        return reason_of(status)
    return None

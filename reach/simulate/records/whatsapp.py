"""Webhook bodies of the WhatsApp Cloud API, one a line, with one status or message each.

The shape is that of the samples of pywa (MIT), ``message_status.json`` and ``callback_button.json``.
"""

from __future__ import annotations

from typing import Any

from reach.simulate.fate import What
from reach.simulate.records.clock import unix_seconds
from reach.simulate.records.record import Fault, Tellings, filled

_BODY = (
    '{"object":"whatsapp_business_account","entry":[{"id":"5467539754836534","changes":[{"value":'
    '{"messaging_product":"whatsapp","metadata":{"display_phone_number":"628100000000",'
    '"phone_number_id":"1122334455667"},"contacts":[{"profile":{"name":"Warga"},'
    '"wa_id":"%(to)s","user_id":"ID.%(to)s","parent_user_id":"ID.ENT.11815799212886844830"}],'
    '[]},"field":"messages"}]}]}\n'
)
_STATUS = '"id":"%(id)s","status":"%(word)s","timestamp":"%(at)s","recipient_id":"%(to)s"'
_TOLD = _BODY.replace(
    "[]",
    f'"statuses":[{{{_STATUS},"conversation":{{"id":"%(name)s","origin":{{"type":"utility"}}}},'
    '"pricing":{"billable":true,"pricing_model":"CBP","category":"utility"}}]',
)
_SENT = _TOLD.replace('","origin"', '","expiration_timestamp":"%(until)s","origin"')
_FAILED = _BODY.replace("[]", f'"statuses":[{{{_STATUS},"errors":[%(error)s]}}]')
_WRITTEN_TO_US = _BODY.replace(
    "[]",
    '"messages":[{"from":"%(to)s","id":"%(id)sF","timestamp":"%(at)s","type":"text",'
    '"text":{"body":"Terima kasih"}}]',
)
_ANSWERED = _BODY.replace(
    "[]",
    '"messages":[{"context":{"from":"628100000000","id":"%(id)s"},"from":"%(to)s",'
    '"id":"%(id)sA","timestamp":"%(at)s","type":"button",'
    '"button":{"payload":"daftar","text":"Daftar"}}]',
)
_ERROR = (
    '{"code":%d,"title":"%s","message":"%s","error_data":{"details":"%s"},'
    '"href":"https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"}'
)
_DAY_MS = 86_400_000
_WORDS = {What.SENT: "sent", What.DELIVERED: "delivered", What.OPENED: "read"}
_UNDELIVERABLE = (131026, "Message undeliverable", "Message undeliverable", "Not deliverable.")
_EXPERIMENT = (
    130472,
    "User's number is part of an experiment",
    "User's number is part of an experiment",
    "Failed to send message because this user's phone number is part of an experiment",
)
_ERRORS = tuple(_ERROR % each for each in (_UNDELIVERABLE, _UNDELIVERABLE, _EXPERIMENT))


class WhatsApp:
    """The format ``whatsapp``."""

    name = "whatsapp"

    def message_id(self, name: str) -> str:
        """A message's wamid."""
        return f"wamid.{name.upper()}"

    def lines(self, what: What, told: Tellings) -> list[str]:
        """The records."""
        at = unix_seconds(told.at_ms)
        if what is What.NO_EVENT:
            # A person writes back: a body of the same webhook that holds no status.
            return filled(_WRITTEN_TO_US, len(at), id=told.ids, at=at, to=told.addresses)
        if what is What.CLICKED:
            # A button of a message here sends an answer.
            return filled(_ANSWERED, len(at), id=told.ids, at=at, to=told.addresses)
        if what is What.FAILED:
            error = [_ERRORS[variant % len(_ERRORS)] for variant in told.variants.tolist()]
            return filled(
                _FAILED, len(at), id=told.ids, word="failed", at=at, to=told.addresses, error=error
            )
        sent = what is What.SENT
        return filled(
            _SENT if sent else _TOLD,
            len(at),
            id=told.ids,
            word=_WORDS[what],
            at=at,
            to=told.addresses,
            name=[id_[6:] for id_ in told.ids],
            until=unix_seconds(told.at_ms + _DAY_MS) if sent else "",
        )

    def spoil(self, record: dict[str, Any], fault: Fault) -> None:
        """Another word, no id, or no time."""
        status = record["entry"][0]["changes"][0]["value"]["statuses"][0]
        if fault is Fault.UNKNOWN_WORD:
            status["status"] = "terkirim"
        elif fault is Fault.NO_ID:
            del status["id"]
        else:
            status["timestamp"] = "kemarin"

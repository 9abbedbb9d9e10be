"""Status callbacks of Twilio, as the office's receiver writes them down: one JSON object a line.

A callback has no time of its own, so the receiver adds when it came.
"""

from __future__ import annotations

import hashlib
from typing import Any

from reach.simulate.fate import What
from reach.simulate.records.clock import iso_seconds
from reach.simulate.records.record import Fault, Tellings, chosen, filled

_LINE = (
    '{"MessageSid":"%(id)s","MessageStatus":"%(status)s","To":"%(prefix)s%(to)s",'
    '"ErrorCode":%(code)s,"AccountSid":"%(account)s","received_at":"%(at)s"}\n'
)
_STATUSES = {
    What.SENT: "sent",
    What.NOT_SENT: "failed",
    What.DELIVERED: "delivered",
    What.FAILED: "undelivered",
    What.OPENED: "read",
}
# 30003 the handset can't be reached, 30005 and 30006 it is unknown or no handset.
_UNDELIVERED = {True: ('"30005"', '"30006"'), False: ('"30003"',)}
# 21610 the recipient opted out, 21211 and 21614 it is no number that could be sent to.
_REFUSED = ('"21610"', '"21211"', '"21614"', '"21610"')


WHATSAPP = "helpdesk"
"""The account that sends by WhatsApp, so that its addresses say so."""


class Twilio:
    """The format ``twilio``."""

    name = "twilio"

    def message_id(self, name: str) -> str:
        """A message's SID."""
        return "SM" + name

    def lines(self, what: What, told: Tellings) -> list[str]:
        """The records."""
        code: str | list[str] = "null"
        if what is What.NOT_SENT:
            code = [_REFUSED[variant % len(_REFUSED)] for variant in told.variants.tolist()]
        elif what is What.FAILED:
            code = chosen(_UNDELIVERED, told)
        return filled(
            _LINE,
            len(told.ids),
            id=told.ids,
            status=_STATUSES[what],
            prefix="whatsapp:" if told.account == WHATSAPP else "",
            to=told.addresses,
            code=code,
            account=account_sid(told.account),
            at=iso_seconds(told.at_ms),
        )

    def spoil(self, record: dict[str, Any], fault: Fault) -> None:
        """Another word, no id, or no time."""
        if fault is Fault.UNKNOWN_WORD:
            record["MessageStatus"] = "terkirim"
        elif fault is Fault.NO_ID:
            del record["MessageSid"]
        else:
            record["received_at"] = "2026-13-45T25:61:00Z"


def account_sid(account: str) -> str:
    """The SID of an account.

    Examples:
        >>> len(account_sid("sms"))
        34
    """
    return "AC" + hashlib.md5(account.encode(), usedforsecurity=False).hexdigest()

"""Twilio's words, and where each form of its records keeps what."""

from __future__ import annotations

from dataclasses import dataclass

from reach.formats.words import Code, Word
from reach.vocabulary import Event, Reason, Receipt

WORDS = (
    Word("accepted", Event.QUEUED),
    Word("scheduled", Event.QUEUED),
    Word("queued", Event.QUEUED),
    Word("sending", Event.QUEUED),
    Word("sent", Event.SENT, note="the carrier took it; without a receipt it stays so"),
    Word("delivered", Event.DELIVERED, Receipt.CARRIER, note="to whatsapp: device"),
    Word("read", Event.READ, note="WhatsApp and RCS"),
    Word("undelivered", Event.FAILED, note="whether for good: by the error code"),
    Word("partially_delivered", Event.FAILED, note="some parts came, whether for good unknown"),
    Word("failed", Event.REJECTED, note="no attempt reached a carrier: not sent"),
    Word("canceled", Event.REJECTED, note="a scheduled message that was taken back"),
    Word("receiving", None, note="a message to us"),
    Word("received", None, note="a message to us; so is all with direction inbound"),
)

_CLOSE = "as near as our words come"
CODES = (
    Code("21211", Reason.NUMBER_INVALID, note="no valid number"),
    Code("21610", Reason.OPT_OUT, note="the recipient wrote STOP"),
    Code("21614", Reason.NUMBER_INVALID, note="no mobile number; remembered"),
    Code("30001", Reason.QUOTA, note="the sender's queue was full"),
    Code("30002", Reason.POLICY, note="the account is suspended"),
    Code("30003", Reason.NETWORK, permanent=False, note="the handset can't be reached"),
    Code("30004", Reason.CARRIER_BLOCKED, note="blocked by the carrier or the recipient"),
    Code("30005", Reason.NUMBER_INVALID, permanent=True, note="nobody has the number any more"),
    Code("30006", Reason.NUMBER_INVALID, note=f"a landline, or no such carrier: {_CLOSE}"),
    Code("30007", Reason.CARRIER_BLOCKED, note="filtered as spam or as against the rules"),
    Code("30008", Reason.UNKNOWN, note="the carrier does not say why"),
)
"""Twilio changes them without notice; other codes are kept as `Reason.OTHER`."""

WHATSAPP = "whatsapp"
SMS = "sms"
"""The channel of an address that names none."""

CHANNELS = (WHATSAPP, "messenger", "rcs", SMS)
"""The channels that Twilio names before an address."""

INBOUND = "inbound"
PAST_QUEUE = ("delivered", "read", "undelivered", "partially_delivered")
"""Statuses of messages that were sent before, so that a snapshot tells that, too."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a form of record keeps what; empty for what it has not.

    Attributes:
        name: The message's SID; the first that is there counts.
        status: Likewise.
        to: The recipient's address.
        code: The error code.
        direction: Whether it was sent or received.
        received: When the office's own receiver got it.
        done: The carrier's receipt, as YYMMDDhhmm in UTC.
        sent: When it was sent.
        updated: When the status was the latest.
        created: When it was taken for sending.
        price: What it cost; the sign tells who pays.
        unit: In which currency.
    """

    name: tuple[str, ...]
    status: tuple[str, ...]
    to: str
    code: str
    direction: str
    received: str = ""
    done: str = ""
    sent: str = ""
    updated: str = ""
    created: str = ""
    price: str = ""
    unit: str = ""


CALLBACK = Places(
    name=("MessageSid", "SmsSid"),
    status=("MessageStatus", "SmsStatus"),
    to="To",
    code="ErrorCode",
    direction="Direction",
    received="received_at",
    done="RawDlrDoneDate",
)
RESOURCE = Places(
    name=("sid",),
    status=("status",),
    to="to",
    code="error_code",
    direction="direction",
    sent="date_sent",
    updated="date_updated",
    created="date_created",
    price="price",
    unit="price_unit",
)
ROW = Places(
    name=("Sid",),
    status=("Status",),
    to="To",
    code="ErrorCode",
    direction="Direction",
    sent="SentDate",
    price="Price",
    unit="PriceUnit",
)
FORMS = (CALLBACK, RESOURCE, ROW)
"""The first that a record has anything of counts."""

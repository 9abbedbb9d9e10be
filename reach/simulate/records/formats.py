"""All formats that logs can be written in."""

from __future__ import annotations

from reach.simulate.records.canonical import Canonical
from reach.simulate.records.record import Format
from reach.simulate.records.sendgrid import SendGrid
from reach.simulate.records.ses import Ses
from reach.simulate.records.twilio import Twilio
from reach.simulate.records.whatsapp import WhatsApp

FORMATS: dict[str, Format] = {
    each.name: each for each in (Canonical(), SendGrid(), Ses(), Twilio(), WhatsApp())
}

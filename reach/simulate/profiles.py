"""What is likely in each channel: every number is invented, and stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reach.simulate.delays import Delay


class Kind(StrEnum):
    """What an address is."""

    PHONE = "phone"
    WHATSAPP = "whatsapp"  # the telephone's number, or a second number
    EMAIL = "email"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Profile:
    """A channel: who is written to, in which format it logs, and how likely what is.

    Chances are shares from 0 to 1. Attributes:
        name: The channel's name.
        title: Its title in English.
        title_id: And in Indonesian.
        format: The format of its log, as reach calls it.
        account: Its account at the provider, where two channels share a provider.
        kind: What its addresses are.
        spellings: How its log writes them; each message's is drawn from these.
        audience: Which of the people with such an address it writes to: from and to, in
            hundredths. Channels whose spans overlap write to the same people.
        cost: What a message costs, in rupiah.
        delay: How long delivery, or its failure, takes.
        not_sent: Chance that the provider refuses or suppresses a message.
        delivered: Chance that a message that is sent arrives, where there is signal.
        blank: Chance that one does not arrive for want of signal where there is none.
        lost: Chance that the receipt of a delivery is lost.
        lost_blank: Besides, times the region's share of blank spots: where the signal is poor,
            receipts get lost more often.
        silent: Chance that nobody tells of a failure.
        permanent: Share of failures told that are for good.
        bounced_late: Share of failures where the mail server took the message and sent it
            back later; both is always told.
        deferred: Chance that a try failed and was repeated.
        late: Chance that a record comes much later than others of its time.
        read: Chance that a person reads what arrived.
        read_told: Chance that the log tells of a reading.
        machine_opened: Chance that a machine opens what arrived.
        scanned: Chance that a machine clicks at once on what is seen to have arrived.
        clicked: Chance that a reader clicks, or answers where that is what messages ask for.
        converted: Chance that who clicked does what the message asks for.
        unsubscribed: Chance that a reader wants no more.
        complained: Chance that a reader who does not unsubscribe calls it spam.
        no_event: Chance that a record without an event comes with a message that was sent.
        repeated: Chance that a record comes twice.
    """

    name: str
    title: str
    title_id: str
    format: str
    kind: Kind
    spellings: tuple[str, ...]
    audience: tuple[int, int]
    cost: int
    delay: Delay
    not_sent: float
    delivered: float
    blank: float
    lost: float
    lost_blank: float = 0.0
    silent: float = 0.0
    permanent: float = 0.5
    bounced_late: float = 0.0
    deferred: float = 0.0
    late: float = 0.02
    read: float = 0.6
    read_told: float = 0.0
    machine_opened: float = 0.0
    scanned: float = 0.0
    clicked: float = 0.0
    converted: float = 0.0
    unsubscribed: float = 0.0
    complained: float = 0.0
    no_event: float = 0.0
    repeated: float = 0.02
    account: str = ""


_ALL = (
    Profile(
        name="sms", title="SMS", title_id="SMS", format="twilio", kind=Kind.PHONE,
        spellings=("international", "digits"), audience=(0, 80), cost=350, delay=Delay.TEXT,
        not_sent=0.012, delivered=0.945, blank=0.5, lost=0.012, lost_blank=0.05, silent=0.10,
        read=0.75, account="sms",
    ),
    Profile(
        name="sms_reminder", title="SMS reminder", title_id="SMS pengingat", format="twilio",
        kind=Kind.PHONE, spellings=("national", "spaced"), audience=(35, 90), cost=250,
        delay=Delay.TEXT, not_sent=0.015, delivered=0.955, blank=0.5, lost=0.05, lost_blank=2.2,
        silent=0.35, late=0.10, read=0.7, account="sms-reminder",
    ),
    Profile(
        name="whatsapp", title="WhatsApp", title_id="WhatsApp", format="whatsapp",
        kind=Kind.WHATSAPP, spellings=("digits",), audience=(10, 75), cost=600, delay=Delay.DEVICE,
        not_sent=0.0, delivered=0.985, blank=0.35, lost=0.015, silent=0.12, permanent=1.0,
        read=0.78, read_told=0.85, clicked=0.16, no_event=0.01, late=0.04,
    ),
    Profile(
        name="whatsapp_helpdesk", title="WhatsApp helpdesk", title_id="WhatsApp layanan",
        format="twilio", kind=Kind.WHATSAPP, spellings=("international",), audience=(60, 95),
        cost=650, delay=Delay.DEVICE, not_sent=0.01, delivered=0.965, blank=0.35, lost=0.04,
        silent=0.30, read=0.7, read_told=0.7, account="helpdesk",
    ),
    Profile(
        name="email", title="email", title_id="surel", format="sendgrid", kind=Kind.EMAIL,
        spellings=("plain", "capitals"), audience=(0, 45), cost=15, delay=Delay.MAIL,
        not_sent=0.03, delivered=0.93, blank=0.1, lost=0.05, silent=0.15, permanent=0.6,
        bounced_late=0.12, deferred=0.06, read=0.34, read_told=0.8, machine_opened=0.3,
        scanned=0.04, clicked=0.22, unsubscribed=0.01, complained=0.003, no_event=0.002,
    ),
    Profile(
        name="newsletter", title="newsletter", title_id="buletin", format="ses", kind=Kind.EMAIL,
        spellings=("plain", "loud"), audience=(20, 65), cost=10, delay=Delay.MAIL, not_sent=0.02,
        delivered=0.87, blank=0.1, lost=0.02, silent=0.08, permanent=0.7, bounced_late=0.05,
        deferred=0.04, read=0.28, read_told=0.8, machine_opened=0.2, scanned=0.03, clicked=0.15,
        unsubscribed=0.015, complained=0.004,
    ),
    Profile(
        name="push", title="push", title_id="notifikasi", format="reach", kind=Kind.DEVICE,
        spellings=("plain",), audience=(0, 40), cost=0, delay=Delay.DEVICE, not_sent=0.03,
        delivered=0.88, blank=0.35, lost=0.30, silent=0.40, permanent=0.8, read=0.4,
        read_told=0.9, clicked=0.3, converted=0.25,
    ),
)  # fmt: skip

PROFILES = {profile.name: profile for profile in _ALL}
"""All channels that can be simulated."""

DEFAULT = tuple(name for name in PROFILES if name != "push")
"""Those that are, if nothing is said: six channels in the formats of four providers."""

"""Postmark's words, and what each of them means."""

from __future__ import annotations

from reach.formats.words import Word, listed
from reach.vocabulary import Event, Reason, Receipt

BOUNCE, CHANGE, COMPLAINT = "Bounce", "SubscriptionChange", "SpamComplaint"
MANUAL = "ManualSuppression"
REACTIVATED, NAMELESS = f"{CHANGE} reactivated", f"{CHANGE} without MessageID"

_UNSEEN = "in no sample"
BOUNCES = {
    1: Word("Bounce HardBounce", Event.FAILED, permanent=True),
    2: Word("Bounce Transient", Event.FAILED, permanent=False),
    16: Word("Bounce Unsubscribe", Event.UNSUBSCRIBED, note="by an answer to the message"),
    32: Word("Bounce Subscribe", None, note="no failure: somebody asks to be put on a list"),
    64: Word("Bounce AutoResponder", None,
             note="no failure, and no proof of arrival: also answers that can't be told"),
    128: Word("Bounce AddressChange", None, note="no failure: an answer with another address"),
    256: Word("Bounce DnsError", Event.FAILED, permanent=False, reason=Reason.NETWORK),
    512: Word("Bounce SpamNotification", Event.FAILED, permanent=False,
              reason=Reason.SPAM_BLOCK, note="no dead address"),
    1024: Word("Bounce OpenRelayTest", None, note=f"somebody tests a server; {_UNSEEN}"),
    2048: Word("Bounce Unknown", Event.FAILED, note="an answer that Postmark can't tell"),
    4096: Word("Bounce SoftBounce", Event.FAILED, permanent=False),
    8192: Word("Bounce VirusNotification", Event.FAILED, reason=Reason.CONTENT_REJECTED,
               note=f"whether for good is not said; {_UNSEEN}"),
    16384: Word("Bounce ChallengeVerification", None,
                note="no failure: the reader's program asks who writes"),
    100000: Word("Bounce BadEmailAddress", Event.FAILED, permanent=True,
                 reason=Reason.NO_MAILBOX, note="not an address"),
    100001: Word("Bounce SpamComplaint", Event.COMPLAINED),
    100002: Word("Bounce ManuallyDeactivated", Event.FAILED, permanent=True,
                 reason=Reason.SUPPRESSED, note="by hand: no mail server said so"),
    100003: Word("Bounce Unconfirmed", Event.FAILED, note=f"never confirmed to a list; {_UNSEEN}"),
    100006: Word("Bounce Blocked", Event.FAILED, permanent=False,
                 reason=Reason.REPUTATION_BLOCK, note="no dead address"),
    100007: Word("Bounce SMTPApiError", Event.REJECTED,
                 note="not taken for sending, mostly because the address is suppressed"),
    100008: Word("Bounce InboundError", None, note=f"of a message to the office; {_UNSEEN}"),
    100009: Word("Bounce DMARCPolicy", Event.FAILED, permanent=False, reason=Reason.POLICY,
                 note="no dead address"),
    100010: Word("Bounce TemplateRenderingFailed", Event.REJECTED, reason=Reason.OTHER),
}  # fmt: skip
"""Each type of bounce by its number, which counts where the type is not written out."""

WORDS = (
    Word("Delivery", Event.DELIVERED, Receipt.CARRIER),
    *BOUNCES.values(),
    Word("Open", Event.OPENED, note="by whom or what is not said"),
    Word("Click", Event.CLICKED, note="likewise"),
    Word(COMPLAINT, Event.COMPLAINED),
    Word(f"{CHANGE} HardBounce", Event.FAILED, permanent=True,
         note="the bounce that took the address off; told as Bounce, too"),
    Word(f"{CHANGE} SpamComplaint", Event.COMPLAINED, note="likewise, as SpamComplaint"),
    Word(f"{CHANGE} {MANUAL} Recipient", Event.UNSUBSCRIBED),
    Word(f"{CHANGE} {MANUAL} Customer", None, note="the office took the address off"),
    Word(f"{CHANGE} {MANUAL} Admin", None, note="Postmark took the address off"),
    Word(REACTIVATED, None, note="SuppressSending is false"),
    Word(NAMELESS, None, note="of no message that is known"),
    Word("Inbound", None, note="a message to the office"),
)  # fmt: skip
"""A record's type; a bounce's is followed by its own, a change's by its reason and, where
somebody did it by hand, by its origin."""

LISTED = listed(WORDS)
TYPES = tuple(dict.fromkeys(said.split()[0] for said in LISTED))
"""The types of records."""

TIMES = {
    "Delivery": "DeliveredAt",
    BOUNCE: "BouncedAt",
    COMPLAINT: "BouncedAt",
    "Open": "ReceivedAt",
    "Click": "ReceivedAt",
    CHANGE: "ChangedAt",
}
"""Where each type of record that tells of a message keeps its time."""

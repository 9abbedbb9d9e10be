"""Mailgun's words, and what each of them means.

A failure is told by four things: its severity, the word of its reason, its code, and whether
it came after the delivery. `WORDS` names what decides; `CODES` says why.
"""

from __future__ import annotations

from reach.formats.words import Code, Word, listed
from reach.vocabulary import Event, Reason, Receipt

ACCEPTED, FAILED, REJECTED, OPENED, CLICKED = (
    "accepted", "failed", "rejected", "opened", "clicked",
)  # fmt: skip
PERMANENT = "permanent"
SEVERITIES = (PERMANENT, "temporary", "internal")
SUPPRESSIONS = ("suppress-bounce", "suppress-complaint", "suppress-unsubscribe")
OLD = "old"
REASONS = ("bounce", "hardfail", "generic", OLD, *SUPPRESSIONS, "espblock", "blacklisted",
           "greylisted")  # fmt: skip
"""The words that the reason of a failure may have."""

DROPPED = ("605", "606", "607", "625")
"""Codes of Mailgun's own for messages that it did not try to deliver."""

LATE = "is-delayed-bounce"
ASIDE = ("is-test-mode", "is-callback", "is-routed")
"""Flags of events that are of no message of the office's to a person."""

BOTS = {"": False, "apple": True, "gmail": True, "generic": True}
"""Whether a machine opened or clicked, by `client-info.bot`; without it that is not known."""

_NO_TRY = "no attempt was made"
WORDS = (
    Word(ACCEPTED, Event.SENT, note="Mailgun took it: sent, never delivered"),
    Word("delivered", Event.DELIVERED, Receipt.CARRIER),
    Word("failed permanent", Event.FAILED, permanent=True, note="also after a delivery"),
    Word("failed temporary", Event.DEFERRED, note="will be tried again"),
    Word("failed internal", Event.DEFERRED, note="likewise; in no sample"),
    Word(f"failed temporary {LATE}", Event.FAILED, permanent=False,
         note="a server's answer after it took the message: not tried again"),
    Word("failed old", Event.EXPIRED, reason=Reason.EXPIRED,
         note="tried for as long as Mailgun tries"),
    Word("failed suppress-bounce", Event.SUPPRESSED, reason=Reason.SUPPRESSED, note=_NO_TRY),
    Word("failed suppress-complaint", Event.SUPPRESSED, reason=Reason.OPT_OUT, note=_NO_TRY),
    Word("failed suppress-unsubscribe", Event.SUPPRESSED, reason=Reason.OPT_OUT, note=_NO_TRY),
    Word("failed 605", Event.SUPPRESSED, reason=Reason.SUPPRESSED,
         note="it bounced before; whatever the reason's word"),
    Word("failed 606", Event.SUPPRESSED, reason=Reason.OPT_OUT, note="unsubscribed before"),
    Word("failed 607", Event.SUPPRESSED, reason=Reason.OPT_OUT, note="complained before"),
    Word("failed 625", Event.REJECTED, reason=Reason.POLICY,
         note="too bad a list of addresses; in no sample"),
    Word(REJECTED, Event.REJECTED, note="no attempt; to several addresses: no event, counted"),
    Word(OPENED, Event.OPENED, note="client-info.bot says whether by a machine"),
    Word(CLICKED, Event.CLICKED, note="likewise"),
    Word("complained", Event.COMPLAINED),
    Word("unsubscribed", Event.UNSUBSCRIBED),
    Word("stored", None, note="a message to the office"),
    Word("list_member_uploaded", None, note="of a list of addresses, as are the next two"),
    Word("list_member_upload_error", None),
    Word("list_uploaded", None),
    Word("any is-test-mode", None, note="in test mode nothing leaves Mailgun"),
    Word("any is-callback", None, note="a call of the office's own receiver"),
    Word("any is-routed", None, note="a message to the office; in no sample"),
)  # fmt: skip
"""An event's name; of a failure, what decides besides; of a flagged event, its flag."""

LISTED = listed(WORDS)
EVENTS = (*(said for said in LISTED if " " not in said), FAILED)
"""The names that events have."""

CODES = (
    Code("espblock", Reason.REPUTATION_BLOCK, note="blocked by the receiving provider"),
    Code("blacklisted", Reason.REPUTATION_BLOCK),
    Code("greylisted", Reason.GREYLISTED),
    Code("498", Reason.DOMAIN_ERROR, note="the domain names no mail server"),
    Code("499", Reason.NETWORK, note="no mail server of the domain could be reached"),
    Code("602", Reason.EXPIRED, note="too old; in no sample"),
)
"""Why, by the reason's word, then by Mailgun's own codes; else the server's status code says it."""

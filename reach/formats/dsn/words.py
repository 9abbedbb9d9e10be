"""The words of reports by mail, and what they mean.

References:
    RFC 3464 (delivery status notifications), RFC 5965 and the registry of feedback types that
    it opened (abuse reports), RFC 8098 (message disposition notifications).
"""

from __future__ import annotations

from reach.formats.words import Word
from reach.vocabulary import Event, Reason, Receipt

ACTIONS = {
    "failed": "45",
    "delayed": "4",
    "delivered": "2",
    "relayed": "2",
    "expanded": "2",
}
"""Each Action, and the classes of Status that go with it."""

DELIVERY = (
    Word("Action failed, Status 5", Event.FAILED, permanent=True),
    Word(
        "Action failed, Status 4",
        Event.FAILED,
        permanent=False,
        note="given up, though the fault may pass",
    ),
    Word(
        "Action failed, Status x.4.7",
        Event.EXPIRED,
        reason=Reason.EXPIRED,
        note="the time for trying ran out",
    ),
    Word(
        "Action failed", Event.FAILED, note="no Status, no reply code: whether for good is not said"
    ),
    Word("Action delayed", Event.DEFERRED),
    Word("Action delivered", Event.DELIVERED, Receipt.CARRIER),
    Word("Action relayed", Event.SENT, note="handed to a system that sends no reports"),
    Word("Action expanded", Event.SENT, note="handed on to a list's members; more may come"),
)
"""Of a delivery report: the Action, and how the Status qualifies it."""

FEEDBACK = (
    Word("Feedback-Type abuse", Event.COMPLAINED),
    Word("Feedback-Type fraud", Event.COMPLAINED),
    Word("Feedback-Type other", Event.COMPLAINED),
    Word("Feedback-Type opt-out", Event.UNSUBSCRIBED, note="of drafts before RFC 5965"),
    Word("Feedback-Type opt-out-list", Event.UNSUBSCRIBED, note="likewise; from memory"),
    Word("Feedback-Type virus", None, note="a machine's report"),
    Word("Feedback-Type auth-failure", None, note="a machine's report (RFC 6591)"),
    Word("Feedback-Type not-spam", None, note="the contrary of a complaint"),
)
"""Of an abuse report."""

DISPOSITION = (
    Word("Disposition manual-action displayed", Event.READ, note="a person agreed to say so"),
    Word(
        "Disposition automatic-action displayed",
        Event.OPENED,
        note="also where a person reads and the program answers: counts with the machine opens",
    ),
    *(
        Word(f"Disposition {mode} {kind}", None)
        for kind in ("deleted", "dispatched", "processed", "denied", "failed")
        for mode in ("manual-action", "automatic-action")
    ),
)
"""Of a disposition report: who acted, and what happened."""

WORDS = (*DELIVERY, *FEEDBACK, *DISPOSITION)

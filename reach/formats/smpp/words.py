"""What SMPP says became of a short message, and what Kannel's access log says of it."""

from __future__ import annotations

from dataclasses import replace

from reach.formats.words import Word, listed
from reach.vocabulary import Event, Reason, Receipt

_FINAL = "no further tries; whether the number is dead is not said"

STATES = (
    Word("SCHEDLD", Event.QUEUED, note="SMPP 5.0's SCHEDULED; the short form is remembered"),
    Word("ENROUTE", Event.SENT),
    Word("DELIVRD", Event.DELIVERED, Receipt.CARRIER),
    Word("EXPIRED", Event.EXPIRED, reason=Reason.EXPIRED),
    Word("DELETED", Event.FAILED, note=_FINAL),
    Word("UNDELIV", Event.FAILED, note=_FINAL),
    Word("ACCEPTD", Event.SENT, note="the operator has it; by SMPP, customer service read it"),
    Word("UNKNOWN", Event.SENT, note="the operator knows no outcome: no terminal evidence"),
    Word("REJECTD", Event.REJECTED, note="the operator refused it: not sent"),
    Word("SKIPPED", Event.REJECTED, note="SMPP 5.0: accepted, but not transmitted"),
)
"""The words of a receipt's ``stat``; by SMPP's numbers of states, these are in their order."""

_NUMBER = "message_state"

NUMBERS = tuple(replace(word, said=f"{_NUMBER} {number}") for number, word in enumerate(STATES))
"""The same as the parameter `message_state` has them."""

KANNEL = "Kannel"
SENT_LINE = "Sent SMS"
_MASK = f"{KANNEL} DLR"

DLR_MASKS = (
    Word(f"{_MASK} 1", Event.DELIVERED, Receipt.CARRIER, note="of a report without a stat"),
    Word(f"{_MASK} 2", Event.FAILED),
    Word(f"{_MASK} 4", Event.SENT, note="waits at the operator"),
    Word(f"{_MASK} 8", Event.SENT, note="the operator took it"),
    Word(f"{_MASK} 16", Event.REJECTED, note="the operator refused it: not sent"),
)
"""The last of the flags in a report's line; read where the operator's text has no ``stat``."""

OLD_RECEIPT_LINE = "DLR SMS"
"""How versions of 2001 to 2004 have it; the lines of these name no message's id (FID), and a
report is of no use without: nothing says which of the messages sent it is of."""

RECEIPT_LINES = ("Receive DLR", "DROPPED Received DLR", OLD_RECEIPT_LINE)
"""The lines of Kannel that hold a receipt. A dropped one came all the same."""

_TO_US = "a message to the office"
_ONWARD = "a receipt that Kannel passed on"
LINES = (
    Word(f"{KANNEL} {SENT_LINE}", Event.SENT),
    Word(f"{KANNEL} FAILED Send SMS", Event.REJECTED, note="the operator refused it: not sent"),
    Word(f"{KANNEL} DISCARDED SMS", Event.REJECTED, note="Kannel gave up before sending"),
    Word(
        f"{KANNEL} EXPIRED SMS",
        Event.REJECTED,
        reason=Reason.EXPIRED,
        note="expired in Kannel, before sending",
    ),
    Word(f"{KANNEL} Receive SMS", None, note=_TO_US),
    Word(f"{KANNEL} DROPPED Received SMS", None, note=_TO_US),
    Word(f"{KANNEL} REJECTED - not white-listed SMS", None, note=_TO_US),
    Word(f"{KANNEL} REJECTED - not white-regex-listed SMS", None, note=_TO_US),
    Word(f"{KANNEL} REJECTED - black-listed SMS", None, note=_TO_US),
    Word(f"{KANNEL} REJECTED - black-regex-listed SMS", None, note=_TO_US),
    Word(f"{KANNEL} Sent DLR", None, note=_ONWARD),
    Word(f"{KANNEL} FAILED Send DLR", None, note=_ONWARD),
    Word(f"{KANNEL} DISCARDED DLR", None, note=_ONWARD),
    Word(f"{KANNEL} EXPIRED DLR", None, note=_ONWARD),
    Word(f"{KANNEL} Log begins", None),
    Word(f"{KANNEL} Log ends", None),
)

WORDS = (*STATES, *NUMBERS, *DLR_MASKS, *LINES)
OF_STAT = listed(STATES)
OF_NUMBER = listed(NUMBERS)
OF_MASK = listed(DLR_MASKS)
OF_LINE = {word.said.removeprefix(f"{KANNEL} "): word for word in LINES}

SENT_BEFORE = (Event.DELIVERED, Event.FAILED, Event.EXPIRED)
"""What only a message that the operator took comes to: its receipt tells when that was, too."""


def state_word(number: int) -> str:
    """How a number of `message_state` stands in the table."""
    return f"{_NUMBER} {number}"


def mask_word(mask: str) -> str:
    """How the last of Kannel's flags stands in the table."""
    return f"{_MASK} {mask}"

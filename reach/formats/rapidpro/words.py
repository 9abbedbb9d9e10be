"""The statuses of RapidPro's messages, and what each of them means."""

from __future__ import annotations

from reach.formats.words import Word
from reach.vocabulary import Event, Receipt

WORDS = (
    Word("initializing", Event.QUEUED),
    Word("queued", Event.QUEUED),
    Word("wired", Event.SENT, note="handed to the channel, which has not confirmed it"),
    Word("sent", Event.SENT),
    Word(
        "delivered",
        Event.DELIVERED,
        Receipt.CARRIER,
        note="on WhatsApp: device, for it is WhatsApp's own word",
    ),
    Word("read", Event.READ),
    Word("errored", Event.DEFERRED, note="will be tried again"),
    Word("failed", Event.FAILED, note="given up after several tries; why is not written out"),
    Word("resent", None, note="of old archives: its copy is a message of its own; remembered"),
    Word("handled", None, note="a message to the office"),
)
PAST_QUEUE = ("delivered", "read", "errored", "failed")
"""Statuses of messages that may have been sent before, so that a time of sending tells that."""

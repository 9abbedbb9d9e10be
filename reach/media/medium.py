"""What sent, delivered and engaged mean for each medium: the one table of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reach.vocabulary import Grade


class Medium(StrEnum):
    """What carries a message; `event` is what is held with people present."""

    DIRECT = "direct"  # SMS, WhatsApp, email, push, call: one message a recipient, and a log
    SOCIAL = "social"
    ONLINE = "online"
    TV = "tv"
    RADIO = "radio"
    CINEMA = "cinema"
    PRINT = "print"
    OUTDOOR = "outdoor"
    BANNER = "banner"
    POSTER = "poster"
    EVENT = "event"
    LOUDSPEAKER = "loudspeaker"
    WORSHIP = "worship"
    LEAFLET = "leaflet"


@dataclass(frozen=True, slots=True)
class Definition:
    """What is counted for a medium, and the best evidence that there can be of it.

    Attributes:
        sent: What the office put out.
        delivered: What makes a person reached.
        engaged: What makes a person who did more.
        grades: Grades that its numbers can have, the best first.
        needs_signal: Whether it reaches nobody in a blank spot.
    """

    sent: str
    delivered: str
    engaged: str
    grades: tuple[Grade, ...]
    needs_signal: bool = False


_A, _B, _C, _D, _E = (
    Grade.CENSUS_LOG,
    Grade.PLATFORM,
    Grade.PANEL,
    Grade.SURVEY,
    Grade.ESTIMATE,
)

DEFINITIONS: Mapping[Medium, Definition] = {
    Medium.DIRECT: Definition(
        "accepted by the provider",
        "receipt of the carrier or the device",
        "read, click or reply",
        (_A,),
        needs_signal=True,
    ),
    Medium.SOCIAL: Definition(
        "published",
        "different accounts, as the platform reports",
        "different accounts that reacted",
        (_B, _D),
        needs_signal=True,
    ),
    Medium.ONLINE: Definition(
        "live",
        "different readers who had it in view",
        "dwelt on it",
        (_B, _D),
        needs_signal=True,
    ),
    Medium.TV: Definition(
        "run, by the as-run log",
        "at least one contact, among the universe",
        "recall of the message",
        (_C, _D),
    ),
    Medium.RADIO: Definition(
        "run, by the as-run log",
        "at least one contact, among the universe",
        "recall of the message",
        (_C, _D),
    ),
    Medium.CINEMA: Definition(
        "run, by the as-run log",
        "at least one contact, among the universe",
        "recall of the message",
        (_C, _D, _E),
    ),
    Medium.PRINT: Definition(
        "circulated", "readers of an average issue who noted it", "recall", (_D, _E)
    ),
    Medium.OUTDOOR: Definition(
        "standing, by a dated photo with its place",
        "opportunity to see, and visible",
        "recall",
        (_D, _E),
    ),
    Medium.BANNER: Definition(
        "hanging, by a dated photo with its place",
        "opportunity to see, and visible",
        "recall",
        (_D, _E),
    ),
    Medium.POSTER: Definition(
        "hung up, by a dated photo with its place",
        "opportunity to see, and visible",
        "recall",
        (_D, _E),
    ),
    Medium.EVENT: Definition(
        "held", "present when the message was given", "correct recall", (_A, _D, _E)
    ),
    Medium.LOUDSPEAKER: Definition(
        "given, by the log", "present and heard it, as surveyed", "recall", (_D, _E)
    ),
    Medium.WORSHIP: Definition(
        "given, by the log", "present and heard it, as surveyed", "recall", (_D, _E)
    ),
    Medium.LEAFLET: Definition("handed out", "read, by calling back", "recall or action", (_D, _E)),
}
"""By medium. Print and posters have grade D where they were surveyed, and E where estimated."""

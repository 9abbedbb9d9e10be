"""What becomes of messages, in plain Python: slow, and plainly right.

Written from the table of outcomes and the definitions of the metrics, and sharing no code
with what it checks but the words of `reach.vocabulary`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from reach.vocabulary import Seen

Event = dict[str, Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMES = ("message_id", "alias_id")
ATTRIBUTES = ("channel", "campaign", "region", "segment", "purpose", "variant")
NEVER_TRIED = {"rejected", "suppressed"}
HUMAN = {"read", "replied", "opened", "clicked", "complained", "unsubscribed", "converted"}
MACHINE = {"opened by machine", "opened by whom", "clicked by machine", "replied by machine"}
OTHER_FAILURES = {"failed for now", "failed somehow", "expired", "superseded"}
RECEIPTS = {"receipt of carrier", "receipt of device"}

BITS = {
    "queued": Seen.QUEUED, "sent": Seen.SENT, "deferred": Seen.DEFERRED,
    "receipt of carrier": Seen.DELIVERED_CARRIER, "receipt of device": Seen.DELIVERED_DEVICE,
    "failed for good": Seen.FAILED_PERMANENT, "failed for now": Seen.FAILED_TEMPORARY,
    "failed somehow": Seen.FAILED_UNSURE, "expired": Seen.EXPIRED, "rejected": Seen.REJECTED,
    "suppressed": Seen.SUPPRESSED, "superseded": Seen.SUPERSEDED, "opened": Seen.OPENED_HUMAN,
    "opened by machine": Seen.OPENED_MACHINE, "opened by whom": Seen.OPENED_UNSURE,
    "read": Seen.READ, "clicked": Seen.CLICKED_HUMAN, "clicked by machine": Seen.CLICKED_MACHINE,
    "replied": Seen.REPLIED_HUMAN, "replied by machine": Seen.REPLIED_MACHINE,
    "complained": Seen.COMPLAINED, "unsubscribed": Seen.UNSUBSCRIBED, "converted": Seen.CONVERTED,
}  # fmt: skip
"""A fact's name here, and its bit."""


def fact(event: Event) -> str:
    """What an event says, its qualifier included."""
    word, machine = event["event"], event.get("machine")
    if word == "delivered":
        return f"receipt of {event.get('receipt') or 'carrier'}"
    if word == "failed":
        return {True: "failed for good", False: "failed for now", None: "failed somehow"}[
            event.get("permanent")
        ]
    if word == "opened":
        return {True: "opened by machine", False: "opened", None: "opened by whom"}[machine]
    if word in ("clicked", "replied") and machine:
        return f"{word} by machine"
    return str(word)


@dataclass
class Message:
    """All that is known of one message."""

    facts: set[str] = field(default_factory=set)
    times: list[int] = field(default_factory=list)
    delivered_at: list[int] = field(default_factory=list)
    clicked_at: list[int] = field(default_factory=list)
    sent_at: list[int] = field(default_factory=list)
    acted_at: list[int] = field(default_factory=list)
    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    recipient: str = ""
    measures: int = 0
    costs: set[tuple[int, str]] = field(default_factory=set)

    def value(self, attribute: str) -> str | None:
        return min(self.said[attribute], default=None)


def microseconds(text: str) -> int:
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1)


def messages_of(events: Iterable[Event]) -> list[Message]:
    """Events gathered by message, second names resolved."""
    events = list(events)
    ids = {(event["recipient"], event["message_id"]) for event in events}
    same: dict[tuple[str, str], set[tuple[str, str]]] = {one: {one} for one in ids}
    for event in events:
        one, other = ((event["recipient"], str(event.get(name))) for name in NAMES)
        if other in ids:
            joined = same[one] | same[other]
            same.update(dict.fromkeys(joined, joined))
    found: dict[tuple[str, str], Message] = defaultdict(Message)
    for event in events:
        message = found[min(same[event["recipient"], event["message_id"]])]
        said = fact(event)
        message.facts.add(said)
        message.recipient = event["recipient"]
        for name in ATTRIBUTES:
            if event.get(name) is not None:
                message.said[name].add(event[name])
        if event.get("cost_micros") is not None:
            message.costs.add((event["cost_micros"], event["currency"]))
        if event.get("occurred_at") is not None:
            note_time(message, said, microseconds(event["occurred_at"]))
    return list(found.values())


def note_time(message: Message, said: str, at: int) -> None:
    """Keep when something happened to a message."""
    message.times.append(at)
    if said in RECEIPTS:
        message.delivered_at.append(at)
    if said == "clicked":
        message.clicked_at.append(at)
    if said in ("queued", "sent", "deferred"):
        message.sent_at.append(at)
    if said == "converted":
        message.acted_at.append(at)


def transport(facts: set[str], *, horizon_passed: bool) -> tuple[str, bool]:
    """The eight rows, read from above; and whether the evidence contradicts itself."""
    if facts & NEVER_TRIED:
        contradicted = bool(facts & (HUMAN | RECEIPTS))
        return ("unknown", True) if contradicted else ("not_sent", False)
    if facts & HUMAN or "receipt of device" in facts:
        return "delivered", False
    if "failed for good" in facts:
        return "failed", False
    if "receipt of carrier" in facts or facts & MACHINE:
        return "delivered", False
    if facts & OTHER_FAILURES:
        return "failed", False
    return ("unknown" if horizon_passed else "pending"), False


def is_suspect(message: Message) -> bool:
    """Whether even the latest click came within ten seconds of the earliest delivery."""
    if not message.clicked_at or not message.delivered_at:
        return False
    return abs(max(message.clicked_at) - min(message.delivered_at)) <= 10_000_000


def flags_of(message: Message, *, horizon_passed: bool) -> dict[str, int]:
    """Everything that is counted of one message."""
    facts = message.facts
    word, conflict = transport(facts, horizon_passed=horizon_passed)
    out = word != "not_sent"
    delivered = word == "delivered"
    engaged = "replied" in facts or ("clicked" in facts and not is_suspect(message))
    maybe = bool(facts & {"replied", "clicked", "replied by machine", "clicked by machine"})
    by_machine = bool(facts & {"opened by machine", "opened by whom"})
    true = {
        "attempted": True,
        "sent": out,
        "not_sent": not out,
        "pending": word == "pending",
        "unknown": word == "unknown",
        "failed": word == "failed",
        "delivered": delivered,
        "possible": word in ("delivered", "unknown", "pending"),
        "receipted": word in ("delivered", "failed"),
        "conflicts": conflict,
        "by_carrier": delivered and facts & RECEIPTS == {"receipt of carrier"},
        "by_device": delivered and "receipt of device" in facts,
        "inferred": delivered and not facts & RECEIPTS,
        "seen": out and (engaged or bool(facts & {"opened", "read"})),
        "machine_only": out and bool(facts & MACHINE) and not facts & HUMAN,
        "engaged": out and engaged,
        "maybe_engaged": out and maybe,
        "suspects": out and maybe and not engaged,
        "acted": out and "converted" in facts,
        "opened": out and ("opened" in facts or by_machine),
        "opened_by_machine": out and by_machine and "opened" not in facts,
        "tells_delivered": bool(
            message.measures & 1 or facts & (RECEIPTS | {"failed for good"} | OTHER_FAILURES)
        ),
        "tells_engaged": bool(
            message.measures & 2
            or facts & {"clicked", "clicked by machine", "replied", "replied by machine"}
        ),
        "tells_acted": bool(message.measures & 4 or "converted" in facts),
        "answers_only": bool(message.measures & 8),
        "failures_only": bool(message.measures & 16),
    }
    return {name: int(holds) for name, holds in true.items()}

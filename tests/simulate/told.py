"""What simulated logs tell, read by the plainest means: a line, a dict, a handful of words.

It shares no code with what writes the logs, nor with what reads them in earnest.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

HUMAN = {
    "read", "opened by a person", "clicked", "replied", "unsubscribed", "complained", "converted",
}  # fmt: skip
MACHINE = {"opened by a machine", "opened"}
NEVER_TRIED = {"rejected", "suppressed"}

TWILIO = {
    "sent": "sent",
    "delivered": "delivered",
    "undelivered": "failed",
    "failed": "rejected",
    "read": "read",
}
WHATSAPP = {"sent": "sent", "delivered": "delivered", "read": "read", "failed": "failed"}
SENDGRID = {
    "processed": "sent",
    "dropped": "suppressed",
    "deferred": "deferred",
    "delivered": "delivered",
    "bounce": "failed",
    "click": "clicked",
    "unsubscribe": "unsubscribed",
    "group_unsubscribe": "unsubscribed",
    "spamreport": "complained",
}
SES = {
    "Send": ("sent", "mail"),
    "Delivery": ("delivered", "delivery"),
    "DeliveryDelay": ("deferred", "deliveryDelay"),
    "Bounce": ("failed", "bounce"),
    "Reject": ("rejected", "mail"),
    "Open": ("opened", "open"),
    "Click": ("clicked", "click"),
    "Subscription": ("unsubscribed", "subscription"),
    "Complaint": ("complained", "complaint"),
}
CANONICAL = {"sent", "suppressed", "delivered", "failed", "opened", "clicked", "converted"}


@dataclass
class Told:
    """What one log file tells.

    Attributes:
        records: Lines.
        bad: By number of the line, from 1, that holds nothing one could use.
        without_event: Lines that are good and tell of nothing.
        events: How often each (message, word, second) is told.
        recipients: The recipient of each message, as it is written.
    """

    records: int = 0
    bad: list[int] = field(default_factory=list)
    without_event: int = 0
    events: Counter[tuple[str, str, float]] = field(default_factory=Counter)
    recipients: dict[str, str] = field(default_factory=dict)

    def words(self) -> dict[str, dict[str, float]]:
        """The words of each message, each with its latest time."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for message, word, at in self.events:
            found[message][word] = max(at, found[message].get(word, at))
        return found


def read(path: Path, form: str) -> Told:
    """Read a file, plain."""
    found = Told()
    for number, line in enumerate(path.read_text("ascii").splitlines(), start=1):
        found.records += 1
        try:
            event = meant(json.loads(line), form)
        except (ValueError, KeyError):
            found.bad.append(number)
            continue
        if event is None:
            found.without_event += 1
            continue
        message, word, at, recipient = event
        found.events[message, word, at] += 1
        found.recipients[message] = recipient
    return found


def meant(record: dict[str, Any], form: str) -> tuple[str, str, float, str] | None:
    """A record's message, word, time and recipient; None if it tells of nothing."""
    if form == "twilio":
        at = second(record["received_at"])
        return record["MessageSid"], TWILIO[record["MessageStatus"]], at, record["To"]
    if form == "whatsapp":
        return of_whatsapp(record)
    if form == "sendgrid":
        return of_sendgrid(record)
    if form == "ses":
        word, part = SES[record["eventType"]]
        if (
            record.get("bounce", {})
            .get("bounceSubType", "")
            .endswith(("Suppressed", "SuppressionList"))
        ):
            word = "suppressed"
        mail = record["mail"]
        (recipient,) = mail["destination"]
        return mail["messageId"], word, second(record[part]["timestamp"]), recipient
    word = record["event"]
    if word not in CANONICAL:
        raise ValueError(word)
    if word == "opened":
        word = "opened by a machine" if record["machine"] else "opened by a person"
    return record["message_id"], word, second(record["occurred_at"]), record["recipient"]


def of_whatsapp(record: dict[str, Any]) -> tuple[str, str, float, str] | None:
    value = record["entry"][0]["changes"][0]["value"]
    if "messages" not in value:
        (status,) = value["statuses"]
        word = WHATSAPP[status["status"]]
        return status["id"], word, float(status["timestamp"]), status["recipient_id"]
    (written,) = value["messages"]
    if "context" not in written:
        return None
    return written["context"]["id"], "replied", float(written["timestamp"]), written["from"]


def of_sendgrid(record: dict[str, Any]) -> tuple[str, str, float, str] | None:
    if record["event"] == "group_resubscribe":
        return None
    name = record.get("sg_message_id") or record["smtp-id"].strip("<>").split("@")[0]
    parts = name.split(".")
    name = ".".join(parts[:3]) if len(parts[0]) == 11 else parts[0]
    if record["event"] == "open":
        by = "machine" if record["sg_machine_open"] else "person"
        return name, f"opened by a {by}", float(record["timestamp"]), record["email"]
    return name, SENDGRID[record["event"]], float(record["timestamp"]), record["email"]


def second(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def outcome(words: dict[str, float]) -> str:
    """What became of a message of which all failures are for good, or not delivered."""
    seen = set(words)
    if seen & NEVER_TRIED:
        assert not seen & (HUMAN | MACHINE | {"delivered", "failed"})
        return "not_sent"
    if seen & HUMAN:
        assert "failed" not in seen
        return "delivered"
    if "failed" in seen:
        return "failed"
    return "delivered" if seen & (MACHINE | {"delivered"}) else "unknown"


def at_once(words: dict[str, float]) -> bool:
    """Whether even the latest click came as soon as a scanner's."""
    return "delivered" in words and abs(words["clicked"] - words["delivered"]) <= 10


def people(out: Path) -> dict[str, tuple[str, str]]:
    """Person and region by address, as the people file has it."""
    with (out / "people.csv").open(newline="") as file:
        return {row["address"]: (row["person"], row["region"]) for row in csv.DictReader(file)}


def normal(address: str) -> str:
    """An address as the people file has it."""
    if "@" in address or address.startswith("device:"):
        return address.lower()
    digits = "".join(filter(str.isdigit, address))
    return f"+62{digits[1:]}" if digits.startswith("0") else f"+{digits}"

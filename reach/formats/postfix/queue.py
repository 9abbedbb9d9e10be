"""The queue as a log tells it, line after line: what each line means, by what came before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reach.formats.notations.mail_status import reason_of
from reach.formats.postfix import clock
from reach.formats.postfix.lines import (
    REMOVED,
    STATUS,
    begins,
    delivery,
    queue_line,
    tells_of_recipient,
)
from reach.formats.postfix.names import (
    DISCARDED,
    FORWARDS,
    TO_SERVERS,
    host_and_address,
    is_here,
    names,
    next_id,
)
from reach.formats.postfix.words import (
    DISCARD,
    ENDED,
    FORWARDED,
    HOP,
    LISTED,
    OF_MESSAGES,
    OF_RECIPIENTS,
    WAITING,
)
from reach.formats.postfix.words import DISCARDED as THROWN_AWAY
from reach.formats.provider import unknown_word
from reach.formats.record import Options, Refused
from reach.shown import shorten
from reach.vocabulary import Event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_A_LINE = (
    "a line of syslog, as Jan  5 07:00:00 mx postfix/smtp[1]: … or 2026-01-05T07:00:00+07:00 …"
)
_A_DELIVERY = "to=<…>, relay=…, delay=…, delays=…, dsn=X.Y.Z, status=… (…), and an id before it"


@dataclass
class _Stay:
    """A message's stay in the queue, from when it is taken up until it is removed or given up.

    Attributes:
        taken_up: When the queue manager first did; None if the file does not show it.
        told: Recipients whose message is known to have been taken up then.
        waiting: Names of the message, by recipient that it was deferred for.
        ended: Recipients of whom the end is known.
    """

    taken_up: str | None = None
    told: set[str] = field(default_factory=set)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)


class Queue:
    """Reads a file's lines in their order."""

    def __init__(self, options: Options, known: Collection[str]) -> None:
        """A queue of which nothing is known yet.

        Args:
            options: The source's.
            known: All queue ids that the file has lines of.
        """
        self._options, self._known = options, known
        self._hops = frozenset(each.lower() for each in options.hops)
        self._years = clock.Years(options.year)
        self._stays: dict[str, _Stay] = {}

    def events(self, line: str) -> list[dict[str, Any]]:
        """What the next line tells.

        Raises:
            Refused: It can't be read.
        """
        if not begins(line):
            raise Refused("$", shorten(line), _A_LINE)
        self._years.pass_line(line)
        if tells_of_recipient(line):
            parts = delivery(line)
            if parts is None:
                raise Refused("$", shorten(line.partition("]: ")[2]), _A_DELIVERY)
            return self._of_recipient(parts)
        parts = queue_line(line)
        return self._of_message(parts) if parts else []

    def _of_recipient(self, parts: dict[str, str]) -> list[dict[str, Any]]:
        if parts["word"] not in OF_RECIPIENTS:
            raise unknown_word(parts["word"], OF_RECIPIENTS, "$.status")
        at = clock.moment(parts["stamp"], self._years.year, self._options)
        said = self._said(parts)
        word, recipient = LISTED[said], parts["recipient"]
        if word.event is None:
            return []
        called = names(parts["id"], clock.seconds(at) - int(parts["delay"]))
        stay = self._stays.setdefault(parts["id"], _Stay())
        found = []
        if stay.taken_up is not None and recipient not in stay.told:
            stay.told.add(recipient)
            found.append(_event(called[0], None, recipient, Event.SENT, stay.taken_up))
        if parts["word"] in WAITING:
            stay.waiting[recipient] = called
        elif parts["word"] in ENDED:
            stay.ended.add(recipient)
        further = called[1:]
        onwards = next_id(parts["reply"]) if said in (HOP, FORWARDED) else None
        if onwards is not None:
            further = [*names(onwards, clock.seconds(at)), *further]
        failed = word.event is Event.FAILED
        permanent = {"5": True, "4": False}.get(parts["dsn"][0])
        told = {
            "receipt": word.receipt,
            "permanent": (word.permanent or permanent) if failed else None,
            "reason": reason_of(parts["dsn"]) if failed or word.event is Event.DEFERRED else None,
        }
        aliases: list[str | None] = [*further] or [None]
        found += [_event(called[0], alias, recipient, word.event, at) | told for alias in aliases]
        return found

    def _said(self, parts: dict[str, str]) -> str:
        """The word, and for what is sent also where it went."""
        if parts["word"] != "sent":
            return parts["word"]
        reply, relay, path = parts["reply"], parts["relay"], parts["path"]
        if path.endswith("/discard"):
            return DISCARD
        if path.endswith("/local") and reply.startswith(FORWARDS):
            return FORWARDED
        if is_here(relay) and DISCARDED in reply:
            return THROWN_AWAY
        return HOP if self._is_hop(relay, next_id(reply), path) else "sent"

    def _is_hop(self, relay: str, onwards: str | None, path: str) -> bool:
        if not self._hops.isdisjoint(host_and_address(relay)):
            return True
        if onwards is None:
            return is_here(relay) and path.endswith(TO_SERVERS)
        return is_here(relay) or onwards in self._known

    def _of_message(self, parts: dict[str, str]) -> list[dict[str, Any]]:
        queue_id = parts["id"]
        if parts["what"] == REMOVED:
            self._stays.pop(queue_id, None)
            return []
        word = _status(parts)
        if word and word not in OF_MESSAGES:
            raise unknown_word(word, OF_MESSAGES, "$.status")
        at = clock.moment(parts["stamp"], self._years.year, self._options)
        if not word:
            stay = self._stays.setdefault(queue_id, _Stay())
            stay.taken_up = stay.taken_up or at
            return []
        gone = self._stays.pop(queue_id, _Stay())
        why = {"reason": LISTED[word].reason}
        return [
            _event(called[0], called[1] if called[1:] else None, recipient, Event.EXPIRED, at) | why
            for recipient, called in gone.waiting.items()
            if recipient not in gone.ended
        ]


def _event(name: str, alias: str | None, recipient: str, event: Event, at: str) -> dict[str, Any]:
    return {
        "message_id": name,
        "alias_id": alias,
        "event": str(event),
        "channel": "email",
        "provider": "postfix",
        "recipient": recipient,
        "occurred_at": at,
    }


def _status(parts: dict[str, str]) -> str:
    """The status that a line of the queue manager's tells; empty if it tells none."""
    return parts["what"].partition(STATUS)[2].partition(",")[0]


def queue_ids(lines: Iterable[str]) -> frozenset[str]:
    """The ids of all messages that a file tells something of."""
    found = set()
    for line in lines:
        if not begins(line):
            continue
        if tells_of_recipient(line):
            parts = delivery(line)
            known = parts is not None and parts["word"] in OF_RECIPIENTS
        else:
            parts = queue_line(line)
            known = parts is not None and _status(parts) in ("", *OF_MESSAGES)
        if parts is not None and known:
            found.add(parts["id"])
    return frozenset(found)

"""Events in reach's own words, one a line."""

from __future__ import annotations

from typing import Any

from reach.simulate.fate import What
from reach.simulate.records.clock import iso_seconds
from reach.simulate.records.record import Fault, Tellings, chosen, filled

_LINE = (
    '{"message_id":"%(id)s","event":%(event)s,"channel":"push","recipient":"%(to)s",'
    '"occurred_at":"%(at)s"}\n'
)
_EVENTS = {
    What.SENT: '"sent"',
    What.NOT_SENT: '"suppressed"',
    What.DELIVERED: '"delivered","receipt":"device"',
    What.OPENED: '"opened","machine":false',
    What.CLICKED: '"clicked","machine":false',
    What.CONVERTED: '"converted"',
}
_FAILURES = {
    True: ('"failed","permanent":true,"reason":"device_unregistered"',),
    False: (
        '"failed","permanent":false,"reason":"quota"',
        '"failed","permanent":false,"reason":"network"',
    ),
}


class Canonical:
    """The format ``reach``."""

    name = "reach"

    def message_id(self, name: str) -> str:
        """It begins with the channel."""
        return f"push-{name[:16]}"

    def lines(self, what: What, told: Tellings) -> list[str]:
        """The records."""
        event: str | list[str] = _EVENTS.get(what, "")
        if what is What.FAILED:
            event = chosen(_FAILURES, told)
        at = iso_seconds(told.at_ms)
        return filled(_LINE, len(told.ids), id=told.ids, event=event, to=told.addresses, at=at)

    def spoil(self, record: dict[str, Any], fault: Fault) -> None:
        """Another word, no id, or no time."""
        if fault is Fault.UNKNOWN_WORD:
            record["event"] = "terkirim"
        elif fault is Fault.NO_ID:
            del record["message_id"]
        else:
            record["occurred_at"] = "kemarin pagi"

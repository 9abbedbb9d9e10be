"""The truth about a simulation, counted for `truth.json`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from reach.simulate.fate import Fates, Outcomes, What
from reach.simulate.luck import Flags
from reach.simulate.messages import Messages, Sending
from reach.simulate.regions import REGIONS
from reach.simulate.spoil import FAULTS
from reach.simulate.stream import Piece, Written

WITHIN_HOURS = {"1h": 1, "24h": 24, "7d": 168}
"""How soon messages arrive is counted within these many hours of their sending."""

_OUTCOMES = tuple(each.name for each in fields(Outcomes))


@dataclass(slots=True)
class FileCount:
    """What one log file holds.

    Attributes:
        source: Its path from the simulation's folder.
        format: Its format.
    """

    source: str
    format: str
    _written: list[Written] = field(default_factory=list)
    _lines: int = 0

    def add(self, piece: Piece) -> list[str]:
        """Count a piece; lines of ``source,line,fault`` for its bad records."""
        before = self._lines
        self._lines += len(piece.lines)
        self._written.append(piece.written)
        return [f"{self.source},{before + at + 1},{FAULTS[fault]}\n" for at, fault in piece.bad]

    def told(self) -> dict[str, Any]:
        """The counts, named as `reach compare --format json` names them."""
        records = sum(each.records for each in self._written)
        faults = np.sum([each.faults for each in self._written], axis=0).tolist()
        without_event = sum(each.without_event for each in self._written)
        repeats = sum(each.repeats for each in self._written)
        accepted = records - sum(faults) - without_event
        return {
            "source": self.source,
            "format": self.format,
            "records": records,
            "accepted": accepted,
            "rejected": sum(faults),
            "without_event": without_event,
            "events": accepted,  # one a record
            "facts": accepted - repeats,
            "repeats": repeats,
            "rejected_by_fault": dict(zip(map(str, FAULTS), faults, strict=True)),
        }


class ChannelCount:
    """What became of a channel's messages, really and as the log tells.

    It takes a few bytes for each recipient and otherwise no more memory however long it runs.
    """

    def __init__(self, sent: Sending) -> None:
        self._sent = sent
        self._counts: Counter[str] = Counter()
        self._regions: dict[str, Any] = {
            name: np.zeros(len(REGIONS), dtype=np.int64)
            for name in ("attempted", "sent", "arrived", "delivered", "failed", "unknown")
        }
        names = ("arrived", "delivered", "possible", "acted")
        self._reached = {name: np.zeros(sent.recipients, dtype=np.bool_) for name in names}

    def add(self, messages: Messages, fated: Fates, found: Outcomes) -> None:
        """Count some messages."""
        told = fated.told
        sent = told[What.SENT]
        flags: dict[str, Flags] = {name: getattr(found, name) for name in _OUTCOMES}
        flags |= {"attempted": np.ones(len(sent), np.bool_), "sent": sent, "arrived": fated.arrived}
        flags |= {
            "really_read": fated.read,
            "lost": fated.arrived & ~told[What.DELIVERED],
            "silent": sent & ~fated.arrived & ~found.failed,
            "bounced_late": told[What.BOUNCED_LATE],
            "opened_by_machine": told[What.MACHINE_OPENED],
        }
        took_ms = fated.at_ms[What.DELIVERED] - messages.sent_ms
        flags |= {
            f"within {name}": fated.arrived & (took_ms <= 3_600_000 * hours)
            for name, hours in WITHIN_HOURS.items()
        }
        self._counts.update({name: int(flag.sum()) for name, flag in flags.items()})
        for name in self._regions:
            self._regions[name] += np.bincount(
                messages.regions[flags[name]], minlength=len(REGIONS)
            )
        flags["possible"] = found.delivered | found.unknown
        for name, reached in self._reached.items():
            reached[messages.recipients[flags[name]]] = True

    def told(self) -> dict[str, Any]:
        """Everything, for `truth.json`."""
        count, profile = self._counts, self._sent.profile
        reached = {name: int(flags.sum()) for name, flags in self._reached.items()}
        sent = count["sent"]
        return {
            "channel": profile.name,
            "format": profile.format,
            "really": {
                "sent": sent,
                "delivered": count["arrived"],
                "not_delivered": sent - count["arrived"],
                "delivered_per_sent": count["arrived"] / sent if sent else None,
                "delivered_within": {name: count[f"within {name}"] for name in WITHIN_HOURS},
                "recipients_reached": reached["arrived"],
                "read": count["really_read"],
                "engaged": count["engaged"],
                "acted": count["acted"],
            },
            "outcomes": {
                **{name: count[name] for name in ("attempted", "sent", *_OUTCOMES)},
                "pending": 0,
                "conflicts": 0,
                "recipients": self._sent.recipients,
                "delivered_recipients": reached["delivered"],
                "possible_recipients": reached["possible"],
                "acted_recipients": reached["acted"],
            },
            "receipts": {name: count[name] for name in ("lost", "silent", "bounced_late")}
            | {"opened_by_machine": count["opened_by_machine"]},
            "regions": {
                region.title: {
                    {"arrived": "really_delivered"}.get(name, name): int(counts[place])
                    for name, counts in self._regions.items()
                }
                for place, region in enumerate(REGIONS)
            },
        }

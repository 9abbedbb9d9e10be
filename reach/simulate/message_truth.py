"""The truth about every message, as Parquet beside the logs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from reach.engine import Limits, connect, file_literal, literal
from reach.simulate.fate import Outcomes, What, outcomes
from reach.simulate.messages import Sending
from reach.simulate.regions import REGIONS
from reach.simulate.stream import Piece


@dataclass(slots=True)
class MessageTruth:
    """What really became of each message of a log file, kept until it is written.

    Attributes:
        sent: The channel.
    """

    sent: Sending
    _parts: list[dict[str, Any]] = field(default_factory=list)

    def add(self, piece: Piece) -> Outcomes:
        """Keep a piece's messages, and say what the log tells of them."""
        messages, fated = piece.messages, piece.fated
        found = outcomes(fated, self.sent.profile.format)
        told = fated.told
        receipt = np.select(
            [told[What.NOT_SENT], found.failed, told[What.DELIVERED]], [3, 2, 1], default=0
        )
        silence = np.select(
            [told[What.SENT] & (receipt == 0) & fated.arrived, told[What.SENT] & (receipt == 0)],
            [1, 2],
            default=0,
        )
        outcome = np.select([found.not_sent, found.failed, found.delivered], [3, 2, 1], default=0)
        self._parts.append(
            {
                "message_id": np.array(messages.ids, dtype=object),
                "person": messages.persons,
                "region": messages.regions,
                "sent_us": messages.sent_ms * 1000,
                "ended_us": fated.at_ms[What.DELIVERED] * 1000,
                "delivered": fated.arrived,
                "read": fated.read,
                "engaged": found.engaged,
                "acted": found.acted,
                "receipt": receipt,
                "silence": silence,
                "outcome": outcome,
            }
        )
        return found

    def write(self, path: Path) -> None:
        """Write them as Parquet, and forget them."""
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = {name: np.concatenate([part[name] for part in self._parts]) for name in _COLUMNS}
        self._parts.clear()
        regions = ", ".join(literal(region.title) for region in REGIONS)
        # One thread, so that rows keep their order.
        with connect(Limits(threads=1)) as engine:
            engine.execute("SET preserve_insertion_order = true")
            engine.register("rows", rows)
            engine.execute(
                f"COPY (SELECT message_id, {literal(self.sent.profile.name)} AS channel, "
                f"'p' || person AS person, [{regions}][region + 1] AS region, "
                "make_timestamp(sent_us) AS sent_at, delivered, "
                "CASE WHEN delivered THEN make_timestamp(ended_us) END AS delivered_at, "
                "read, engaged, acted, "
                "['none', 'delivered', 'failed', 'not_sent'][receipt + 1] AS receipt, "
                "[NULL, 'lost', 'silent'][silence + 1] AS no_receipt, "
                "['unknown', 'delivered', 'failed', 'not_sent'][outcome + 1] AS outcome "
                f"FROM rows) TO {file_literal(path)} (FORMAT parquet)"
            )


_COLUMNS = (
    "message_id", "person", "region", "sent_us", "ended_us", "delivered", "read", "engaged",
    "acted", "receipt", "silence", "outcome",
)  # fmt: skip

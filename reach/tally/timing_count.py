"""Messages timed: kinds, recipients and delays become a tally of how soon messages arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reach.stats.gram import GramStratum, tally_vectors
from reach.tally.clock import DELAY, Clock
from reach.tally.coded import CODED
from reach.tally.kinds import Kind
from reach.tally.recipient_vectors import Recipients, Shape
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, WITHIN_S
from reach.tally.vectors import gram_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

_SECOND_US = 1_000_000


def timing_flags(kind: Kind) -> dict[str, int]:
    """`TIMING_COUNTS` of a message of a kind: the law says what arrived, times say when."""
    clock, law = kind.facts["clock"], kind.flags
    timed = law["sent"] * (clock > Clock.NONE)
    receipts = law["delivered"] * (clock >= Clock.DATED)
    flags = {
        "sent": law["sent"],
        "timed": timed,
        "started": law["sent"] * (clock >= Clock.STARTED),
        "receipts": receipts,
        "undated": law["delivered"] * timed * (1 - receipts),
        "open": (law["unknown"] + law["pending"]) * timed,
        "failed": law["failed"] * timed,
        "skewed": receipts * (clock == Clock.SKEWED),
        "at_once": receipts * (clock == Clock.AT_ONCE),
    }
    return {name: int(flags[name]) for name in TIMING_COUNTS}


def timing_axes(kind: Kind) -> tuple[int, ...]:
    """A message's vector over `TIMING_AXES`, by its kind."""
    flags = timing_flags(kind)
    counts = []
    for level in range(1, len(WITHIN_S) + 1):
        sent = flags["sent"] and kind.facts["room_level"] >= level
        surely = sent and kind.flags["delivered"] and kind.facts["delay_level"] <= level
        # Nobody knows when these arrived, if they did: perhaps at once.
        counts += [sent, surely, surely or (sent and (flags["undated"] or flags["open"]))]
    return tuple(int(bool(count)) for count in counts)


@dataclass(frozen=True)
class Times:
    """How times are added up, arm by arm.

    Attributes:
        shape: What the fields mean; its axes have ``sent`` and `TIMING_AXES`.
    """

    shape: Shape

    @cached_property
    def _arms(self) -> list[tuple[dict[int, int], list[int], NDArray[np.int64]]]:
        """By arm: what makes ``sent``, the fields of all axes, and how these are made of them."""
        found = []
        for arm in range(len(self.shape.bases)):
            parts = [self.shape.parts_of(arm, axis) for axis in TIMING_AXES]
            fields = sorted({field for each in parts for field in each})
            expand = np.zeros((len(parts), len(fields)), dtype=np.int64)
            for place, made in enumerate(parts):
                for field, sign in made.items():
                    expand[place, fields.index(field)] = sign
            found.append((self.shape.parts_of(arm, "sent"), fields, expand))
        return found

    def sums(self, recipients: Recipients) -> list[GramStratum]:
        """What recipients add to each arm, over its fields."""
        found = []
        for sent, fields, _ in self._arms:
            # Whom the arm sent nothing is 0 on all axes, and only not to be counted.
            gram = gram_of(recipients.fields[fields].T)
            reached = int((recipients.total(sent) > 0).sum())
            found.append(GramStratum(gram.sums, gram.gram, reached))
        return found

    def nobody(self) -> list[GramStratum]:
        """What `sums` says of no recipients."""
        return [
            tally_vectors(np.zeros((0, len(fields)), dtype=np.int64)) for _, fields, _ in self._arms
        ]

    def grams(self, totals: Sequence[GramStratum]) -> list[GramStratum]:
        """By arm the sums and products over `TIMING_AXES`, of what `sums` gave."""
        return [
            GramStratum(expand @ each.sums, expand @ each.gram @ expand.T, each.recipients)
            for each, (_, _, expand) in zip(totals, self._arms, strict=True)
        ]


def find_delays(
    engine: DuckDBPyConnection, arms: Sequence[str], kinds: Sequence[Kind]
) -> tuple[Mapping[str, Mapping[int, int]], Mapping[str, Mapping[int, int]]]:
    """Messages by arm and delay in whole seconds: with the time of a receipt, and without one."""
    delays: tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]] = (
        {arm: {} for arm in arms},
        {arm: {} for arm in arms},
    )
    rows = ", ".join(
        f"({kind.code}, {2 * kind.arm + (kind.facts['clock'] < Clock.DATED)})"
        for kind in kinds
        if kind.flags["delivered"]
    )
    if not rows:
        return delays
    found = engine.execute(
        f"SELECT slot, {DELAY}, COUNT(*) AS messages FROM {CODED} "
        f"JOIN (VALUES {rows}) AS slots(code, slot) USING (code) "
        f"WHERE {DELAY} IS NOT NULL GROUP BY slot, {DELAY} ORDER BY slot, {DELAY}"
    ).fetchnumpy()
    seconds = (found[DELAY].astype(np.int64) // _SECOND_US).tolist()
    counts = found["messages"].tolist()
    for slot, second, count in zip(found["slot"].tolist(), seconds, counts, strict=True):
        arm, reaction = divmod(slot, 2)
        delays[reaction][arms[arm]][second] = count
    return delays

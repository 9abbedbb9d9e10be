"""The tally of how soon messages arrived: integers that add over disjoint recipients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reach.errors import BalanceError
from reach.stats.gram import GramStratum

WITHIN_S: Final[Mapping[str, int]] = {"1h": 3_600, "24h": 86_400, "7d": 604_800}
"""The times within which messages are asked to have arrived, in seconds."""

SHARES = ("sent", "within", "possible")
"""For each time: sent so long before the log's end; of these surely, and perhaps, arrived by it."""

TIMING_AXES = tuple(f"{share}_{within}" for within in WITHIN_S for share in SHARES)
"""The axes of one arm, in order."""

TIMING_COUNTS = (
    "sent", "timed", "started", "receipts", "undated", "open", "failed", "skewed", "at_once",
)  # fmt: skip
"""Plain counts of messages.

Of those sent: ``timed`` have any time at all, ``started`` the time of sending. Of those timed:
``receipts`` were delivered with times of sending and receipt, ``undated`` lack one of these, ``open`` are
unknown or pending, the rest ``failed``. Of the receipts: ``skewed`` are earlier than the
sending, ``at_once`` have its very time.
"""


@dataclass(frozen=True)
class TimingTally:
    """Sums over the recipients of each arm.

    Attributes:
        by: What the arms are values of.
        arms: The arms, in order.
        grams: By arm, the sums and products of its recipients' vectors over `TIMING_AXES`.
        counts: By arm, `TIMING_COUNTS`.
        receipts: By arm, messages by the time from sending to receipt, in whole seconds,
            rounded up; a receipt that is earlier than the sending came after 0.
        reactions: By arm, messages that were delivered without the time of a receipt, by the
            time after which they surely had arrived; those of which none is known are left out.
    """

    by: str
    arms: tuple[str, ...]
    grams: Mapping[str, GramStratum]
    counts: Mapping[str, Mapping[str, int]]
    receipts: Mapping[str, Mapping[int, int]]
    reactions: Mapping[str, Mapping[int, int]]

    def __add__(self, other: TimingTally) -> TimingTally:
        """Both together; right only if no recipient is in both.

        Raises:
            ValueError: The arms differ.
        """
        if (self.by, self.arms) != (other.by, other.arms):
            raise ValueError(f"tallies of {self.arms} and {other.arms} can't be added")
        return TimingTally(
            self.by,
            self.arms,
            {arm: self.grams[arm] + other.grams[arm] for arm in self.arms},
            {
                arm: {name: self.counts[arm][name] + other.counts[arm][name] for name in counts}
                for arm, counts in self.counts.items()
            },
            _added(self.receipts, other.receipts),
            _added(self.reactions, other.reactions),
        )

    def check(self) -> None:
        """Make sure that nothing was lost.

        Raises:
            BalanceError: The parts of an arm are not the whole; this is a bug.
        """
        for arm, counts in self.counts.items():
            parts = ("receipts", "undated", "open", "failed")
            if (
                counts["timed"] != sum(counts[part] for part in parts)
                or sum(self.receipts[arm].values()) != counts["receipts"]
                or sum(self.reactions[arm].values()) > counts["undated"]
            ):
                listed = " + ".join(f"{counts[part]} {part}" for part in parts)
                raise BalanceError(
                    f"{arm}: {counts['timed']} timed messages are not {listed}. "
                    "This is a fault of reach; please report it."
                )


def timing_axis(share: str, within: str) -> int:
    """The place of an axis in an arm's vector.

    Examples:
        >>> TIMING_AXES[timing_axis("possible", "24h")]
        'possible_24h'
    """
    return TIMING_AXES.index(f"{share}_{within}")


def _added(
    first: Mapping[str, Mapping[int, int]], second: Mapping[str, Mapping[int, int]]
) -> dict[str, dict[int, int]]:
    return {
        arm: dict(sorted((Counter(first[arm]) + Counter(second[arm])).items())) for arm in first
    }

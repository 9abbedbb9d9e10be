"""Messages made up with a seed, as plain arrays, and the tally of them.

One row a message, as somebody would have it who fits a model to raw rows. Persons stay in one
region, most get messages by several channels, and one person's luck is the same in all of them,
so that rows of a person go together and so do channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reach.outcomes.resolve import FLAGS
from reach.tally.axes import AXES, ONCE, STAGES
from reach.tally.count import Counted
from reach.tally.tally import Tally
from reach.tally.vectors import gram_of, histogram

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHANNELS = 12
REGIONS = 27
SEED = 20260105


@dataclass(frozen=True)
class Rows:
    """One row a message.

    Attributes:
        person: Whom it was meant for, shape (messages,), int64, rising.
        channel: From 0, shape (messages,), int64.
        region: From 0, the same for all of a person's messages, shape (messages,), int64.
        stages: 0 or 1 by `reach.tally.axes.STAGES`, each of shape (messages,), int64.
    """

    person: NDArray[np.int64]
    channel: NDArray[np.int64]
    region: NDArray[np.int64]
    stages: dict[str, NDArray[np.int64]]

    def __len__(self) -> int:
        """How many messages."""
        return len(self.person)


def made_rows(messages: int, channels: int = CHANNELS, regions: int = REGIONS) -> Rows:
    """Make messages up; the same for the same numbers."""
    chance = np.random.default_rng(SEED)
    persons = max(1, messages * 3 // 10)
    person = np.sort(np.minimum(chance.integers(0, persons, messages), persons - 1))
    region = chance.integers(0, regions, persons)[person]
    favourite = chance.integers(0, channels, persons)[person]
    strays = chance.random(messages) < 0.4
    channel = np.where(strays, chance.integers(0, channels, messages), favourite)
    luck = chance.beta(6, 2, persons)[person] - 0.02 * channel / channels - 0.01 * (region % 5)

    def happens(share: NDArray[np.float64] | float) -> NDArray[np.bool_]:
        return chance.random(messages) < share

    sent = happens(0.98)
    possible = sent & happens(luck)
    delivered = possible & happens(0.9)
    maybe = possible & happens(0.2 + 0.2 * luck)
    engaged = maybe & delivered & happens(0.7)
    told = {
        "attempted": np.ones(messages, dtype=bool),
        "sent": sent,
        "delivered": delivered,
        "possible": possible,
        "receipted": sent & (delivered | ~possible),
        "engaged": engaged,
        "maybe_engaged": maybe,
        "acted": engaged & happens(0.3),
    }
    stages = {name: told[name].astype(np.int64) for name in STAGES}
    return Rows(person, channel, region, stages)


def tally_of(rows: Rows, channels: int = CHANNELS) -> Counted:
    """Tally rows: a vector a person, sums and products by region, sets and histograms."""
    arms = tuple(f"channel-{number:02}" for number in range(channels))
    first = np.flatnonzero(np.diff(rows.person, prepend=-1))  # of each person's rows
    place = np.cumsum(np.diff(rows.person, prepend=-1) != 0) - 1
    cells = place * channels + rows.channel
    size = len(first) * channels
    staged = np.stack(
        [
            np.bincount(cells[rows.stages[name] == 1], minlength=size).reshape(-1, channels)
            for name in STAGES
        ],
        axis=2,
    )
    once = (staged[:, :, [STAGES.index(name) for name in ONCE]] > 0).astype(np.int64)
    vectors = np.concatenate([staged, once], axis=2).reshape(len(first), channels * len(AXES))
    region = rows.region[first]
    return Counted(
        Tally(
            "channel",
            arms,
            {
                (f"region-{number:02}",): gram_of(vectors[region == number])
                for number in np.unique(region).tolist()
            },
            {arm: _counts(rows, rows.channel == number) for number, arm in enumerate(arms)},
            _sets(staged[:, :, STAGES.index("attempted")]),
            *(
                {
                    (f"region-{number:02}",): _sets(
                        staged[region == number][:, :, STAGES.index(name)]
                    )
                    for number in np.unique(region).tolist()
                }
                for name in ("delivered", "possible")
            ),
            histogram(staged[:, :, STAGES.index("delivered")].sum(axis=1)),
        ),
        log_ends={},
        unmapped=0,
        disagreements={},
    )


def _sets(staged: NDArray[np.int64]) -> dict[int, int]:
    bits = 1 << np.arange(staged.shape[1], dtype=np.int64)
    return histogram(np.where(staged > 0, bits, 0).sum(axis=1))


def _counts(rows: Rows, of_arm: NDArray[np.bool_]) -> dict[str, int]:
    counts = dict.fromkeys(FLAGS, 0)
    for name in STAGES:
        counts[name] = int(rows.stages[name][of_arm].sum())
    counts["not_sent"] = counts["attempted"] - counts["sent"]
    counts["unknown"] = counts["possible"] - counts["delivered"]
    counts["failed"] = counts["receipted"] - counts["delivered"]
    counts["by_carrier"] = counts["tells_delivered"] = counts["delivered"]
    counts["seen"] = counts["tells_engaged"] = counts["engaged"]
    counts["tells_acted"] = counts["acted"]
    return counts

"""How many persons each set of channels reached: all of them in one table.

The table is of persons with a signal and of persons without. Of logged channels it has the
counts themselves; channels that were measured are independent within each part, and pairs
that were surveyed are then fitted to their overlaps. A set is a sum of 2^position over the
channels of the frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from reach.errors import NotEstimableError
from reach.media.together.frame import Frame
from reach.media.together.logged import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Table = NDArray[np.float64]

End = Literal["low", "estimate", "high"]
MOST_CHANNELS = 16  # 131,072 cells
CYCLES = 300
FITTED = 1e-7  # of all persons
NEAR = 1e-6  # likewise


def independent(frame: Frame, end: End) -> Table | None:
    """The table if channels are independent among those with a signal, and among those without.

    Args:
        frame: One region.
        end: Which end of each share; at the upper one logs count whom they may have reached.

    Returns:
        Persons, of shape (2, 2^channels), those with a signal first; None if some channel has
        no such number.

    Raises:
        NotEstimableError: More than 16 channels.
    """
    if len(frame.channels) > MOST_CHANNELS:
        raise NotEstimableError(
            f"{len(frame.channels)} channels are too many to put together, expected at most"
            f" {MOST_CHANNELS}: put the vehicles of a channel together first"
        )
    parts = (frame.covered, frame.persons - frame.covered)
    table = _logged(frame, end, parts)
    for name, found in frame.media.items():
        share = {"low": found.share.low, "high": found.share.high}.get(end, found.share.estimate)
        if share is None:
            return None
        most = frame.most(name)
        reached = min(1.0, share * frame.persons / most) if most else 0.0
        by_part = np.array([[reached], [0.0 if found.needs_signal else reached]])
        table = np.concatenate([table * (1 - by_part), table * by_part], axis=1)
    return table


def at_end(frame: Frame, end: Literal["low", "high"]) -> Table:
    """The independent table at one end of all shares, which are always known."""
    table = independent(frame, end)
    assert table is not None  # noqa: S101 - only best guesses may be missing
    return table


def _logged(frame: Frame, end: End, parts: Sequence[float]) -> Table:
    logged = frame.logged
    if logged is None:
        return np.array(parts, dtype=np.float64)[:, None]
    counts = np.zeros(2 ** len(logged.channels))
    for members, persons in within(
        logged.possible if end == "high" else logged.confirmed, frame.room
    ).items():
        counts[members] = persons
    counts[0] = frame.room - counts.sum()
    if not logged.needs_signal:  # as many of a hundred on either side
        return np.outer(np.array(parts) / frame.persons, counts)
    nobody = np.zeros_like(counts)
    nobody[0] = parts[1]
    return np.vstack([counts, nobody])


def with_overlaps(frame: Frame, table: Table) -> Table | None:
    """The table with the surveyed overlaps that is nearest to independence.

    Iterative proportional fitting: each pair's four cells are brought to what was surveyed, in
    turn, until all are. No interaction of three channels or more is added. An overlap without a
    best guess only has to be kept.

    Args:
        frame: One region.
        table: Its independent table.

    Returns:
        As `independent`; None if no such table is found.

    References:
        Bishop, Fienberg & Holland (1975), Discrete Multivariate Analysis, chapter 3.
    """
    channels, count = frame.channels, table.shape[1]
    bits = np.arange(count)[None, :] >> np.arange(len(channels))[:, None] & 1
    logged = len(frame.logged.channels) if frame.logged else 0
    # What independence has right stays: the logs' counts, and who has a signal.
    kept = [np.stack([np.arange(count) % 2**logged] * 2), np.repeat([[0], [1]], count, axis=1)]
    targets = [np.bincount(group.ravel(), weights=table.ravel()) for group in kept]
    alone = table.sum(axis=0) @ bits.T
    for pair, share in frame.overlaps.items():
        i, j = sorted(channels.index(name) for name in pair)
        if share.estimate is None:
            continue
        both = share.estimate * frame.persons
        kept.append(np.stack([bits[i] + 2 * bits[j]] * 2))
        targets.append(
            np.array(
                [frame.persons - alone[i] - alone[j] + both, alone[i] - both, alone[j] - both, both]
            )
        )
    if min(target.min() for target in targets) < -FITTED * frame.persons:
        return None
    found = _scaled(table, kept, [np.maximum(target, 0) for target in targets])
    near = NEAR * frame.persons
    if found is None:
        return None
    for pair, share in frame.overlaps.items():
        members = [1 << channels.index(name) for name in pair]
        both = by_all(found, sum(members))
        if not share.low * frame.persons - near <= both <= share.high * frame.persons + near:
            return None
    return found


def _scaled(
    table: Table, groups: Sequence[NDArray[np.int64]], targets: Sequence[Table]
) -> Table | None:
    """The table scaled until the sums over all groups are on target; None if they never are."""
    total = table.sum()
    for _ in range(CYCLES):
        off = 0.0
        for group, target in zip(groups, targets, strict=True):
            sums = np.bincount(group.ravel(), weights=table.ravel(), minlength=len(target))
            off = max(off, float(np.abs(sums - target).max()))
            factors = np.divide(target, sums, out=np.zeros_like(sums), where=sums > 0)
            table = table * factors[group]
        if off <= FITTED * total:
            return table
    return None


def exactly(table: Table) -> Table:
    """Persons reached by exactly 0, 1, 2 … channels."""
    sizes = np.array([members.bit_count() for members in range(table.shape[1])])
    return np.bincount(sizes, weights=table.sum(axis=0)).astype(np.float64)


def by_several(table: Table, n: int) -> float:
    """Persons reached by n channels or more."""
    return float(exactly(table)[n:].sum())


def by_any(table: Table, members: int) -> float:
    """Persons reached by any of some channels."""
    sets = np.arange(table.shape[1])
    return float(table[:, (sets & members) > 0].sum())


def by_all(table: Table, members: int) -> float:
    """Persons reached by all of some channels."""
    sets = np.arange(table.shape[1])
    return float(table[:, (sets & members) == members].sum())


def without_others(table: Table, place: int) -> Table:
    """Persons with and without a signal whom no channel reached but perhaps one."""
    found: Table = table[:, 0] + table[:, 1 << place]
    return found


def contacts(
    table: Table, channels: Sequence[str], spreads: Mapping[str, Sequence[float]], most: int
) -> Table:
    """Persons with at least 1, 2 … contacts, frequencies independent given who was reached.

    Args:
        table: Persons by sets.
        channels: The channels of the sets, in order.
        spreads: Shares with 0, 1, 2 … contacts; a channel that is missing, or has nobody from
            1 up, counts as one contact.
        most: The largest number of contacts wanted, 1 or more.

    Returns:
        Persons, of shape (most,).
    """
    # By set of the first channels, shares with 0, 1 … most contacts or more.
    by_set = np.zeros((1, most + 1))
    by_set[0, 0] = 1
    for channel in channels:
        spread = np.array([0.0, *spreads.get(channel, ())[1:]])
        if spread.sum() <= 0:
            spread = np.array([0.0, 1.0])
        spread /= spread.sum()
        more = np.zeros_like(by_set)
        for n in range(1, len(spread)):
            moved = min(n, most + 1)
            more[:, moved:] += spread[n] * by_set[:, : most + 1 - moved]
            more[:, most] += spread[n] * by_set[:, most + 1 - moved :].sum(axis=1)
        by_set = np.concatenate([by_set, more])
    having: Table = table.sum(axis=0) @ by_set
    return having[::-1].cumsum()[::-1][1:]

"""Packed vectors of recipients become the sums of a tally."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from reach.stats.gram import GramStratum
from reach.tally.axes import AXES, ONCE, STAGES, axis
from reach.tally.recipient_vectors import Vectors
from reach.tally.tally import Stratum, Tally
from reach.tally.vectors import gram_of, histogram

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SETS = ("attempted", "delivered", "possible")


def packed_tally(by: str, arms: tuple[str, ...], vectors: Vectors) -> Tally:
    """The tally of recipients who are not crowded, without the counts of messages.

    Args:
        by: What the arms are values of.
        arms: The arms, in order.
        vectors: Of `STAGES`.
    """
    grams: dict[Stratum, list[GramStratum]] = defaultdict(list)
    sets: dict[str, list[tuple[NDArray[np.int64], NDArray[np.int64]]]] = defaultdict(list)
    for name, fields, recipients in vectors.chunks():
        staged = {
            (arm, stage): _axis(vectors, arm, stage, fields)
            for arm in range(len(arms))
            for stage in ONCE
        }
        once = [staged[arm, stage] > 0 for arm in range(len(arms)) for stage in ONCE]
        # Fields and marks are few; from their products follow those of all axes.
        wide = np.concatenate([fields, np.array(once, dtype=np.int64)])
        grams[name].append(gram_of(wide.T, recipients))
        for stage in _SETS:
            bits = sum(
                np.where(staged[arm, stage] > 0, np.int64(1 << arm), np.int64(0))
                for arm in range(len(arms))
            )
            sets[stage].append((np.asarray(bits), recipients))
        deliveries = sum(staged[arm, "delivered"] for arm in range(len(arms)))
        sets["deliveries"].append((np.asarray(deliveries), recipients))
    expand = _expand(vectors, len(arms))
    return Tally(
        by,
        arms,
        {name: _expanded(parts, expand) for name, parts in grams.items()},
        {arm: {} for arm in arms},
        *(_histogram(sets[stage]) for stage in (*_SETS, "deliveries")),
    )


def _axis(vectors: Vectors, arm: int, stage: str, fields: NDArray[np.int64]) -> NDArray[np.int64]:
    total = np.zeros(fields.shape[1], dtype=np.int64)
    for field, sign in vectors.parts_of(arm, STAGES.index(stage)).items():
        total += sign * fields[field]
    return total


def _expand(vectors: Vectors, arms: int) -> NDArray[np.int64]:
    """How all `AXES` are made of fields and marks: shape (arms × axes, fields + marks)."""
    fields = vectors.packing.fields
    expand = np.zeros((arms * len(AXES), fields + arms * len(ONCE)), dtype=np.int64)
    for arm in range(arms):
        for place, stage in enumerate(STAGES):
            for field, sign in vectors.parts_of(arm, place).items():
                expand[axis(arm, stage), field] = sign
        for place, stage in enumerate(ONCE):
            expand[axis(arm, f"{stage}_recipients"), fields + arm * len(ONCE) + place] = 1
    return expand


def _expanded(parts: list[GramStratum], expand: NDArray[np.int64]) -> GramStratum:
    sums = sum((part.sums for part in parts[1:]), parts[0].sums)
    gram = sum((part.gram for part in parts[1:]), parts[0].gram)
    recipients = sum(part.recipients for part in parts)
    return GramStratum(expand @ sums, expand @ gram @ expand.T, recipients)


def _histogram(
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> dict[int, int]:
    small = [histogram(values, recipients) for values, recipients in parts]
    totals: dict[int, int] = defaultdict(int)
    for each in small:
        for value, count in each.items():
            totals[value] += count
    return dict(sorted(totals.items()))

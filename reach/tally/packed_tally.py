"""Recipients' vectors become the sums of a tally."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reach.stats.gram import GramStratum
from reach.tally.axes import AXES, ONCE, STAGES, axis
from reach.tally.recipient_vectors import Recipients, Shape
from reach.tally.tally import Stratum
from reach.tally.vectors import gram_of, histogram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_SETS = ("attempted", "delivered", "possible")


@dataclass(frozen=True)
class OutcomeSums:
    """What some recipients add to a tally.

    Attributes:
        stratum: Their stratum.
        gram: Over fields and marks, as `Outcomes` says.
        histograms: Of them by the arms that tried to reach them, that surely did, that may
            have, and by the messages that surely reached them; as a tally has them.
    """

    stratum: Stratum
    gram: GramStratum
    histograms: tuple[dict[int, int], ...]


@dataclass
class OutcomeTotals:
    """`OutcomeSums` of ever more recipients."""

    grams: dict[Stratum, GramStratum] = field(default_factory=dict)
    attempted: Counter[int] = field(default_factory=Counter)
    confirmed: dict[Stratum, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    possible: dict[Stratum, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    deliveries: Counter[int] = field(default_factory=Counter)

    def add(self, part: OutcomeSums) -> None:
        """Add what other recipients add."""
        before = self.grams.get(part.stratum)
        self.grams[part.stratum] = part.gram if before is None else before + part.gram
        name = part.stratum
        totals = (self.attempted, self.confirmed[name], self.possible[name], self.deliveries)
        for whole, found in zip(totals, part.histograms, strict=True):
            whole.update(found)


@dataclass(frozen=True)
class Outcomes:
    """How outcomes are added up.

    Fields and marks are few, a mark being whether a recipient has any message of a stage of
    `ONCE`; from their products follow those of all `AXES`.

    Attributes:
        shape: What the fields mean; its axes have `STAGES`.
    """

    shape: Shape

    @cached_property
    def _fields(self) -> list[int]:
        """The fields that stages are made of."""
        parts = [self.shape.parts_of(arm, stage) for arm in self._arms for stage in STAGES]
        return sorted({place for each in parts for place in each})

    @property
    def _arms(self) -> range:
        return range(len(self.shape.bases))

    @cached_property
    def _once(self) -> list[dict[int, int]]:
        return [self.shape.parts_of(arm, stage) for arm in self._arms for stage in ONCE]

    @cached_property
    def _expand(self) -> NDArray[np.int64]:
        """How all axes are made of fields and marks: shape (arms × axes, fields + marks)."""
        place_of = {part: place for place, part in enumerate(self._fields)}
        expand = np.zeros(
            (len(self._arms) * len(AXES), len(place_of) + len(self._once)), dtype=np.int64
        )
        for arm in self._arms:
            for stage in STAGES:
                for part, sign in self.shape.parts_of(arm, stage).items():
                    expand[axis(arm, stage), place_of[part]] = sign
            for place, stage in enumerate(ONCE, start=len(place_of) + arm * len(ONCE)):
                expand[axis(arm, f"{stage}_recipients"), place] = 1
        return expand

    def sums(self, recipients: Recipients) -> OutcomeSums:
        """What recipients add."""
        totals = [recipients.total(parts) for parts in self._once]
        marks = np.array([total > 0 for total in totals])
        wide = np.concatenate([recipients.fields[self._fields], marks])
        sets = {stage: np.zeros(len(recipients), dtype=np.int64) for stage in _SETS}
        for place, mark in enumerate(marks):
            arm, stage = divmod(place, len(ONCE))
            if ONCE[stage] in sets:
                sets[ONCE[stage]] |= mark.astype(np.int64) << arm
        deliveries = sum(totals[ONCE.index("delivered") :: len(ONCE)])
        return OutcomeSums(
            recipients.stratum,
            gram_of(wide.T),
            tuple(histogram(each) for each in (*sets.values(), np.asarray(deliveries))),
        )

    def strata(self, totals: OutcomeTotals) -> dict[Stratum, GramStratum]:
        """By stratum, in order, the sums and products over all `AXES`."""
        expand = self._expand
        return {
            name: GramStratum(expand @ gram.sums, expand @ gram.gram @ expand.T, gram.recipients)
            for name, gram in sorted(totals.grams.items(), key=lambda each: _missing_last(each[0]))
        }

    def sets(self, found: Mapping[Stratum, Counter[int]]) -> dict[Stratum, dict[int, int]]:
        """Histograms by stratum, all in order."""
        return {
            name: dict(sorted(found[name].items())) for name in sorted(found, key=_missing_last)
        }


def _missing_last(stratum: Stratum) -> tuple[tuple[bool, str], ...]:
    return tuple((name is None, name or "") for name in stratum)

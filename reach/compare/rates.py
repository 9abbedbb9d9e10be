"""The rates of a tally's arms, each worked out once for all the pairs that it is in."""

from __future__ import annotations

from functools import cached_property

from reach.compare.metrics import METRICS, Bounds, Metric, bounds
from reach.stats.gram import GramStratum
from reach.tally.axes import axis
from reach.tally.tally import Stratum, Tally


class Rates:
    """What the rates of a tally's arms are; nothing is worked out before it is asked for."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._strata = list(tally.strata.values())
        self._weights = [stratum.recipients for stratum in self._strata]
        self._bounds: dict[tuple[str, str, bool], Bounds] = {}
        self._without: dict[tuple[str, str], tuple[Stratum, ...]] = {}

    @cached_property
    def pooled(self) -> GramStratum:
        """All strata as one."""
        return self.tally.pooled()

    def bounds(self, metric: str, arm: str, *, standardised: bool) -> Bounds:
        """A metric's two ends for one arm.

        Args:
            metric: Name of the metric.
            arm: Which arm.
            standardised: Whether strata weigh as they do among all recipients; else they are
                pooled.

        Raises:
            NotEstimableError: There is nothing to divide by.
        """
        asked = metric, arm, standardised
        if asked not in self._bounds:
            place = self.tally.arms.index(arm)
            if standardised or not self._strata:
                found = bounds(METRICS[metric], place, self._strata, self._weights)
            else:
                found = bounds(METRICS[metric], place, [self.pooled])
            self._bounds[asked] = found
        return self._bounds[asked]

    def has_all(self, arm: str, metric: Metric) -> bool:
        """Whether there is anything of an arm to divide by, at both ends of a metric."""
        return _has_all(self.pooled, self.tally.arms.index(arm), metric)

    def strata_without(self, arm: str, metric: Metric) -> tuple[Stratum, ...]:
        """The strata in which there is nothing of an arm to divide by, in order."""
        asked = arm, metric.name
        if asked not in self._without:
            place = self.tally.arms.index(arm)
            strata = self.tally.strata.items()
            self._without[asked] = tuple(
                name for name, stratum in strata if not _has_all(stratum, place, metric)
            )
        return self._without[asked]


def _has_all(stratum: GramStratum, place: int, metric: Metric) -> bool:
    return all(stratum.sums[axis(place, end[1])] for end in (metric.lower, metric.upper))

"""The tally: integers that say all a comparison needs, and add over disjoint recipients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from reach.stats.gram import GramStratum, pool

Stratum = tuple[str | None, ...]

_Sum = TypeVar("_Sum", int, "Paid")


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid in one currency.

    Attributes:
        messages: Messages sent whose cost the log says.
        micros: Sum of all costs that it says, also of messages that were not sent, in
            millionths of a unit of the currency.
    """

    messages: int
    micros: int

    def __add__(self, other: Paid) -> Paid:
        """Both together."""
        return Paid(self.messages + other.messages, self.micros + other.micros)


@dataclass(frozen=True)
class Tally:
    """Sums over recipients.

    Attributes:
        by: What the arms are values of: channel, variant, campaign or purpose.
        arms: The arms, in order.
        strata: By stratum, the sums and products of the recipients' vectors; their axes are
            `reach.tally.axes.AXES` for each arm in turn.
        counts: By arm, the sums of `reach.outcomes.resolve.FLAGS` over messages.
        attempted_sets: Recipients by the set of arms that tried to reach them; a set is a sum
            of 2^position over arms.
        confirmed_sets: By stratum, recipients by the set of arms that surely reached them.
        possible_sets: By stratum, recipients by the set of arms that may have reached them.
        deliveries: Recipients by the number of messages that surely reached them.
        costs: By arm and currency, what the log says was paid; arms of whose messages it says
            nothing are left out.
        unpriced: By arm and channel, messages sent of whose cost the log says nothing; only of
            channels of `reach.tally.messages.Plan.priced`.
    """

    by: str
    arms: tuple[str, ...]
    strata: Mapping[Stratum, GramStratum]
    counts: Mapping[str, Mapping[str, int]]
    attempted_sets: Mapping[int, int]
    confirmed_sets: Mapping[Stratum, Mapping[int, int]]
    possible_sets: Mapping[Stratum, Mapping[int, int]]
    deliveries: Mapping[int, int]
    costs: Mapping[str, Mapping[str, Paid]] = field(default_factory=dict)
    unpriced: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        """Both together; right only if no recipient is in both.

        Raises:
            ValueError: The arms differ.
        """
        if (self.by, self.arms) != (other.by, other.arms):
            raise ValueError(f"tallies of {self.arms} and {other.arms} can't be added")
        strata = dict(self.strata)
        for name, stratum in other.strata.items():
            strata[name] = strata[name] + stratum if name in strata else stratum
        return Tally(
            self.by,
            self.arms,
            strata,
            {
                arm: {
                    flag: count + other.counts[arm][flag]
                    for flag, count in self.counts[arm].items()
                }
                for arm in self.arms
            },
            _added(self.attempted_sets, other.attempted_sets),
            _by_stratum(self.confirmed_sets, other.confirmed_sets),
            _by_stratum(self.possible_sets, other.possible_sets),
            _added(self.deliveries, other.deliveries),
            _by_arm(self.arms, self.costs, other.costs, Paid(0, 0)),
            _by_arm(self.arms, self.unpriced, other.unpriced, 0),
        )

    @property
    def recipients(self) -> int:
        """Distinct persons that anything was meant for."""
        return sum(stratum.recipients for stratum in self.strata.values())

    def pooled(self) -> GramStratum:
        """All strata as one."""
        return pool(list(self.strata.values()))

    def in_several(self, of: Collection[str] | None = None) -> int:
        """Persons in more than one arm, or in more than one of some arms."""
        places = [place for place, arm in enumerate(self.arms) if of is None or arm in of]
        mask = sum(1 << place for place in places)
        return sum(
            count for arms, count in self.attempted_sets.items() if (arms & mask).bit_count() > 1
        )


def _by_stratum(
    first: Mapping[Stratum, Mapping[int, int]], second: Mapping[Stratum, Mapping[int, int]]
) -> dict[Stratum, dict[int, int]]:
    return {
        name: _added(first.get(name, {}), second.get(name, {}))
        for name in dict.fromkeys([*first, *second])
    }


def _added(first: Mapping[int, int], second: Mapping[int, int]) -> dict[int, int]:
    return dict(sorted((Counter(first) + Counter(second)).items()))


def _by_arm(
    arms: Sequence[str],
    first: Mapping[str, Mapping[str, _Sum]],
    second: Mapping[str, Mapping[str, _Sum]],
    none: _Sum,
) -> dict[str, dict[str, _Sum]]:
    found: dict[str, dict[str, _Sum]] = {}
    for arm in arms:
        sums = dict(first.get(arm, {}))
        for name, more in second.get(arm, {}).items():
            sums[name] = sums.get(name, none) + more
        if sums:
            found[arm] = dict(sorted(sums.items()))
    return found

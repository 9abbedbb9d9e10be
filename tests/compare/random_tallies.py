"""Random tallies, and the crowds of recipients that they are made of, told beside them.

A crowd is any number of recipients to whom the same happened, so that a tally can stand for one
person or for a million million. What happened are facts; the plain reading of the law says what
they count as.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from hypothesis import strategies as st
from plain_outcomes import BITS, Message, flags_of
from plain_tally import ONCE, STAGES

from reach.stats.gram import GramStratum
from reach.tally.tally import Stratum, Tally

ARMS = ("a", "b", "c")
FLAGS = tuple(flags_of(Message(), horizon_passed=True))

_SIZES = (1, 2, 9, 10, 11, 30, 200, 1_000, 10**6, 10**12)
_TIMES = (0, 0, 1, 1, 1, 2, 7, 1_000, 10**6)
_LARGEST = 10**17  # of what a crowd adds to a sum of squares: all of them fit into 64 bits
_OFTEN = (
    {"sent"}, {"rejected"}, {"rejected", "clicked"}, {"failed for good"}, {"expired"},
    {"receipt of carrier"}, {"receipt of device"}, {"opened by machine"}, {"opened by whom"},
    {"receipt of carrier", "clicked"}, {"receipt of carrier", "clicked by machine"},
    {"failed for good", "clicked by machine"}, {"receipt of device", "converted"}, {"read"},
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What happened to a message, and what its source can tell."""

    facts: frozenset[str]
    measures: int
    horizon_passed: bool
    suspect: bool

    @cache  # noqa: B019  (a few hundred kinds, as long as the tests run)
    def flags(self) -> Mapping[str, int]:
        message = Message(facts=set(self.facts), measures=self.measures)
        if self.suspect:
            message.clicked_at, message.delivered_at = [0], [0]
        return flags_of(message, horizon_passed=self.horizon_passed)


@dataclass(frozen=True)
class Crowd:
    """Recipients to each of whom the same happened: so many messages of each kind, by arm."""

    size: int
    stratum: Stratum
    messages: Mapping[str, Mapping[Kind, int]]

    def flags(self, arm: str) -> Counter[str]:
        """What one of them counts in an arm, by flag."""
        found = Counter[str]()
        for kind, times in self.messages.get(arm, {}).items():
            found.update({flag: times * holds for flag, holds in kind.flags().items()})
        return found

    def vector(self, arm: str) -> list[int]:
        """What one of them counts in an arm, by axis."""
        flags = self.flags(arm)
        return [flags[stage] for stage in STAGES] + [int(flags[stage] > 0) for stage in ONCE]


@st.composite
def kinds(draw: st.DrawFn) -> tuple[Kind, ...]:
    """What may happen to the messages of an arm: one thing, or several; usual things often."""
    measures = draw(st.sampled_from([7, 7, 7, 7, 7, 0, 15, 16]))
    facts = st.one_of(
        st.sampled_from(_OFTEN).map(frozenset),
        st.frozensets(st.sampled_from(sorted(BITS)), min_size=1, max_size=4),
    )
    one = st.builds(Kind, facts, st.just(measures), st.booleans(), st.booleans())
    return tuple(draw(st.lists(one, min_size=1, max_size=4, unique=True)))


@st.composite
def arms(draw: st.DrawFn) -> dict[str, tuple[Kind, ...]]:
    """What may happen in each arm; some have no messages."""
    return {arm: draw(kinds()) for arm in ARMS if draw(st.integers(0, 6))}


@st.composite
def crowds(
    draw: st.DrawFn, attributes: int, of: Mapping[str, tuple[Kind, ...]] | None = None
) -> tuple[Crowd, ...]:
    """Recipients of three arms, many or few or none."""
    known = draw(arms()) if of is None else of
    value = st.sampled_from(draw(st.sampled_from([["north"], ["north", "mixed", None]])))
    found = []
    for _ in range(draw(st.integers(0, 6))):
        size, messages = draw(st.sampled_from(_SIZES)), {}
        for arm, each in known.items():
            if draw(st.integers(0, 3)):
                times = {kind: draw(st.sampled_from(_TIMES)) for kind in each}
                some = {kind: count for kind, count in times.items() if count}
                fits = size * sum(some.values()) ** 2 <= _LARGEST
                messages[arm] = some if fits else dict.fromkeys(some, 1)
        if any(messages.values()):
            found.append(Crowd(size, tuple(draw(value) for _ in range(attributes)), messages))
    return tuple(found)


@st.composite
def usual(draw: st.DrawFn, attributes: int) -> tuple[Crowd, ...]:
    """Recipients of one message each; of some nobody knows what became of it."""
    stratum = (None,) * attributes
    found = []
    for arm in ARMS:
        for fact, most in (("receipt of carrier", 400), ("failed for good", 100), ("sent", 10)):
            kind = Kind(frozenset({fact}), 7, horizon_passed=True, suspect=False)
            found.append(Crowd(draw(st.integers(1, most)), stratum, {arm: {kind: 1}}))
    return tuple(found)


@st.composite
def campaigns(draw: st.DrawFn, attributes: int) -> list[tuple[Crowd, ...]]:
    """Two to six campaigns: of the usual kind, or such in which the like happened."""
    one = usual(attributes) if draw(st.booleans()) else crowds(attributes, draw(arms()))
    return draw(st.lists(one, min_size=2, max_size=6))


def tally_of(of: Sequence[Crowd], by: str = "channel", arms: Sequence[str] = ARMS) -> Tally:
    """The tally of some crowds, as counting them one by one would make it."""
    strata: dict[Stratum, GramStratum] = {}
    counts = {arm: dict.fromkeys(FLAGS, 0) for arm in arms}
    attempted = Counter[int]()
    sets = {
        stage: defaultdict[Stratum, Counter[int]](Counter) for stage in ("delivered", "possible")
    }
    deliveries = Counter[int]()
    for crowd in of:
        flags = {arm: crowd.flags(arm) for arm in arms}
        for arm, told in flags.items():
            for flag, count in told.items():
                counts[arm][flag] += crowd.size * count
        z = np.array([cell for arm in arms for cell in crowd.vector(arm)], dtype=np.int64)
        own = GramStratum(crowd.size * z, crowd.size * np.outer(z, z), crowd.size)
        before = strata.get(crowd.stratum)
        strata[crowd.stratum] = own if before is None else before + own
        masks = {
            stage: sum(1 << place for place, arm in enumerate(arms) if flags[arm][stage])
            for stage in ("attempted", *sets)
        }
        attempted[masks["attempted"]] += crowd.size
        for stage, of_stratum in sets.items():
            of_stratum[crowd.stratum][masks[stage]] += crowd.size
        deliveries[sum(told["delivered"] for told in flags.values())] += crowd.size
    return Tally(
        by, tuple(arms), strata, counts, attempted, sets["delivered"], sets["possible"], deliveries
    )

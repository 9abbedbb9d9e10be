"""The tally of a campaign, in plain Python: dicts and integers, one person after another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from plain_outcomes import Event, flags_of, messages_of

STAGES = (
    "attempted", "sent", "delivered", "possible", "receipted", "engaged", "maybe_engaged", "acted",
)  # fmt: skip
ONCE = ("attempted", "delivered", "possible", "acted")


@dataclass
class PlainTally:
    """A tally as dicts of Python integers."""

    recipients: dict[tuple[str | None, ...], int]
    sums: dict[tuple[str | None, ...], list[int]]
    gram: dict[tuple[str | None, ...], list[list[int]]]
    counts: dict[str, dict[str, int]]
    attempted_sets: dict[int, int]
    confirmed_sets: dict[tuple[str | None, ...], dict[int, int]]
    possible_sets: dict[tuple[str | None, ...], dict[int, int]]
    deliveries: dict[int, int]
    costs: dict[str, dict[str, tuple[int, int]]]
    unpriced: dict[str, dict[str, int]]
    log_ends: dict[str, int | None]
    unmapped: int | None


def tally_of(
    events: Iterable[Event],
    arms: list[str],
    *,
    by: str = "channel",
    strata: tuple[str, ...] = (),
    horizon_us: Callable[[str], int | None],
    log_end_us: int | None = None,
    people: Mapping[str, tuple[str, str | None, str | None]] | None = None,
    priced: Collection[str] = (),
) -> PlainTally:
    """Count a campaign; ``people`` gives person, region and segment by address."""
    messages = messages_of(events)
    newest: dict[str, int | None] = {}
    for message in messages:
        channel = message.value("channel") or ""
        known = [time for time in (newest.get(channel), *message.times) if time is not None]
        newest[channel] = max(known, default=None)
    ends = {
        channel: last if last is None or log_end_us is None else log_end_us
        for channel, last in newest.items()
    }
    counts = {arm: Counter[str]() for arm in arms}
    vectors: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    unmapped = set()
    costs: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    unpriced: dict[str, Counter[str]] = defaultdict(Counter)
    for message in messages:
        channel = message.value("channel") or ""
        horizon, end = horizon_us(channel), ends[channel]
        waiting = message.times and horizon is not None and end is not None
        passed = not waiting or min(message.times) + (horizon or 0) <= (end or 0)
        flags = flags_of(message, horizon_passed=passed)
        arm = message.value(by) or "(none)"
        counts[arm].update(flags)
        if message.costs:
            # Of several costs the largest; of the same in two currencies the later word.
            micros, currency = max(message.costs)
            number, total = costs[arm].get(currency, (0, 0))
            costs[arm][currency] = (number + flags["sent"], total + micros)
        elif channel in priced and flags["sent"]:
            unpriced[arm][channel] += 1
        person, region, segment = message.recipient, None, None
        if people is not None:
            if message.recipient in people:
                person, region, segment = people[message.recipient]
                person = f"person {person}"
            else:
                unmapped.add(message.recipient)
        for name, known_of_person in (("region", region), ("segment", segment)):
            value = known_of_person or message.value(name)
            if value is not None:
                said[person][name].add(value)
        vectors[person].update({(arm, stage): flags[stage] for stage in STAGES})
    found = _summed(
        arms, strata, counts, vectors, said, ends, None if people is None else len(unmapped)
    )
    found.costs.update(costs)
    found.unpriced.update({arm: dict(channels) for arm, channels in unpriced.items()})
    return found


def _summed(
    arms: list[str],
    strata: tuple[str, ...],
    counts: dict[str, Counter[str]],
    vectors: dict[str, Counter[tuple[str, str]]],
    said: dict[str, dict[str, set[str]]],
    ends: dict[str, int | None],
    unmapped: int | None,
) -> PlainTally:
    recipients: Counter[tuple[str | None, ...]] = Counter()
    sums: dict[tuple[str | None, ...], list[int]] = {}
    gram: dict[tuple[str | None, ...], list[list[int]]] = {}
    sets = {
        stage: defaultdict[tuple[str | None, ...], Counter[int]](Counter)
        for stage in ("attempted", "delivered", "possible")
    }
    deliveries: Counter[int] = Counter()
    for person, cells in vectors.items():
        values = (said[person][name] for name in strata)
        stratum = tuple("mixed" if len(each) > 1 else min(each, default=None) for each in values)
        z = []
        for arm in arms:
            z += [cells[arm, stage] for stage in STAGES]
            z += [int(cells[arm, stage] > 0) for stage in ONCE]
        recipients[stratum] += 1
        sums[stratum] = [a + b for a, b in zip(sums.get(stratum, [0] * len(z)), z, strict=True)]
        before = gram.get(stratum, [[0] * len(z)] * len(z))
        gram[stratum] = [
            [cell + a * b for cell, b in zip(row, z, strict=True)]
            for row, a in zip(before, z, strict=True)
        ]
        for stage, of_stratum in sets.items():
            of_stratum[stratum][sum(1 << i for i, arm in enumerate(arms) if cells[arm, stage])] += 1
        deliveries[sum(cells[arm, "delivered"] for arm in arms)] += 1
    return PlainTally(
        recipients=dict(recipients),
        sums=sums,
        gram=gram,
        counts={arm: dict(found) for arm, found in counts.items()},
        attempted_sets=dict(sum(sets["attempted"].values(), Counter[int]())),
        confirmed_sets={name: dict(each) for name, each in sets["delivered"].items()},
        possible_sets={name: dict(each) for name, each in sets["possible"].items()},
        deliveries=dict(deliveries),
        costs={},
        unpriced={},
        log_ends=ends,
        unmapped=unmapped,
    )

"""How soon messages arrived, in plain Python: one message after another, one share at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from plain_outcomes import Event, Message, messages_of, transport

WITHIN = {"1h": 3_600_000_000, "24h": 86_400_000_000, "7d": 604_800_000_000}


@dataclass
class PlainTiming:
    """Of one arm: each person's counts, the plain counts, and the delays in seconds."""

    persons: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    counts: Counter[str] = field(default_factory=Counter)
    receipts: Counter[int] = field(default_factory=Counter)
    reactions: Counter[int] = field(default_factory=Counter)

    def vectors(self, axes: Iterable[str]) -> list[list[int]]:
        axes = list(axes)
        return [[person[axis] for axis in axes] for person in self.persons.values()]


def timing_of(
    events: Iterable[Event],
    *,
    by: str,
    horizon_us: Callable[[str], int | None],
    log_end_us: int | None,
    people: Mapping[str, str] | None = None,
) -> dict[str, PlainTiming]:
    """Time a campaign of one file, by arm; ``people`` gives the person by address."""
    events = list(events)
    all_timed = all(event.get("occurred_at") is not None for event in events)
    messages = messages_of(events)
    ends = _ends(messages, log_end_us)
    arms: dict[str, PlainTiming] = defaultdict(PlainTiming)
    for message in messages:
        channel = message.value("channel") or ""
        end, horizon = ends[channel], horizon_us(channel)
        waiting = message.times and horizon is not None and end is not None
        passed = not waiting or min(message.times) + (horizon or 0) <= (end or 0)
        word, _ = transport(message.facts, horizon_passed=passed)
        if word == "not_sent":
            continue
        arm = arms[message.value(by) or "(none)"]
        person = (people or {}).get(message.recipient, f"address {message.recipient}")
        _count(arm, arm.persons[person], message, word, end, all_timed=all_timed)
    return arms


def _ends(messages: list[Message], log_end_us: int | None) -> dict[str, int | None]:
    times: dict[str, list[int]] = defaultdict(list)
    for message in messages:
        times[message.value("channel") or ""] += message.times
    return {
        channel: None if not found else log_end_us if log_end_us is not None else max(found)
        for channel, found in times.items()
    }


def _count(
    arm: PlainTiming,
    person: Counter[str],
    message: Message,
    word: str,
    end: int | None,
    *,
    all_timed: bool,
) -> None:
    arm.counts["sent"] += 1
    if not message.times:
        return
    arm.counts["timed"] += 1
    arm.counts["started"] += bool(message.sent_at)
    sent = min(message.sent_at or message.times)
    took: int | None = None  # until the receipt
    known: int | None = None  # until it surely had arrived
    perhaps_at_once = False
    if word == "delivered" and message.delivered_at and message.sent_at:
        receipt = min(message.delivered_at)
        took = max(0, receipt - sent)
        arm.counts["receipts"] += 1
        arm.counts["skewed"] += receipt < sent
        arm.counts["at_once"] += receipt == sent
        arm.receipts[-(-took // 1_000_000)] += 1
    elif word == "delivered":
        perhaps_at_once = True
        arm.counts["undated"] += 1
        signs = [min(message.acted_at, default=None), max(message.clicked_at, default=None)]
        if all_timed:
            signs.append(max(message.times))
        signs_seen = [at for at in signs if at is not None and message.sent_at]
        if signs_seen:
            known = max(0, min(signs_seen) - sent)
            arm.reactions[-(-known // 1_000_000)] += 1
    elif word in ("unknown", "pending"):
        perhaps_at_once = True
        arm.counts["open"] += 1
    else:
        arm.counts["failed"] += 1
    for name, within in WITHIN.items():
        if end is None or sent + within > end:
            continue
        surely = any(time is not None and time <= within for time in (took, known))
        person[f"sent_{name}"] += 1
        person[f"within_{name}"] += surely
        person[f"possible_{name}"] += surely or perhaps_at_once

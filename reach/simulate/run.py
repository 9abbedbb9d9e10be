"""Doing it: logs, the people, the truth and a config, into one folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reach.simulate.config import CONFIG, PEOPLE, config_text, folder_of
from reach.simulate.files import ENDINGS, opened
from reach.simulate.message_truth import MessageTruth
from reach.simulate.messages import Sending, sending
from reach.simulate.place import REFUSED, TRUTH, TRUTH_PARTS, make_room
from reach.simulate.plan import Plan, check
from reach.simulate.population import Population, people_lines
from reach.simulate.profiles import PROFILES, Kind
from reach.simulate.stream import CHUNK, pieces
from reach.simulate.truth import ChannelCount, FileCount

MESSAGES_A_FILE = 1 << 18
"""A channel with more messages has several files."""

SCHEMA = "reach.simulation/1"

_BALANCE = ("records", "accepted", "rejected", "without_event", "events", "facts", "repeats")


@dataclass(frozen=True, slots=True)
class Made:
    """What was made.

    Attributes:
        files: Log files.
        messages: Messages in them.
        balance: Records, accepted, rejected, without_event, events, facts and repeats.
        bytes: Bytes of the log files.
    """

    files: int
    messages: int
    balance: dict[str, int]
    bytes: int


def simulate(
    plan: Plan,
    out: Path,
    *,
    force: bool = False,
    progress: Callable[[str, int, int], None] = lambda name, done, of: None,  # noqa: ARG005
    chunk: int = CHUNK,
) -> Made:
    """Write a simulation.

    Args:
        plan: What is asked for.
        out: The folder to write into: new or empty.
        force: Whether an earlier simulation in it may go.
        progress: Told of the channel, of messages done and of how many there are.
        chunk: Messages to decide at once; changes nothing but time and memory.

    Raises:
        InputError: The plan can't be followed, or the folder is not free.
    """
    check(plan)
    make_room(out, force=force)
    (out / CONFIG).write_text(config_text(plan), encoding="utf-8")
    population = Population(plan.people, plan.seed)
    sent = [
        sending(PROFILES[name], population, plan.start_ms, plan.messages_per_person)
        for name in plan.channels
    ]
    _write_people(population, sent, out, chunk)
    files: list[FileCount] = []
    channels: list[ChannelCount] = []
    everything, done = sum(each.count for each in sent), 0
    with opened(out / TRUTH_PARTS / REFUSED) as refused:
        refused(["source,line,fault\n"])
        for each in sent:
            name, channel = each.profile.name, ChannelCount(each)
            channels.append(channel)
            for first in range(0, each.count, MESSAGES_A_FILE):
                part = f"{name}-{first // MESSAGES_A_FILE + 1:05d}"
                source = f"{folder_of(name)}/{part}.ndjson{ENDINGS[plan.compress]}"
                file, truth = FileCount(source, each.profile.format), MessageTruth(each)
                files.append(file)
                end = min(first + MESSAGES_A_FILE, each.count)
                with opened(out / source, plan.compress) as write:
                    for piece in pieces(each, first, end, plan.bad_share, chunk):
                        write(piece.lines)
                        refused(file.add(piece))
                        channel.add(piece.messages, piece.fated, truth.add(piece))
                        done += len(piece.messages.numbers)
                        progress(name, done, everything)
                truth.write(out / TRUTH_PARTS / name / f"{part}.parquet")
    balance = _write_truth(plan, files, channels, out)
    size = sum((out / file.source).stat().st_size for file in files)
    return Made(len(files), everything, balance, size)


def _write_people(population: Population, sent: list[Sending], out: Path, chunk: int) -> None:
    kinds: Counter[Kind] = Counter()
    for each in sent:
        end = population.span(each.profile.audience)[1]
        kinds[each.profile.kind] = max(kinds[each.profile.kind], end)
    used = {kind: kinds[kind] for kind in Kind if kinds[kind]}
    with opened(out / PEOPLE) as write:
        for lines in people_lines(population, used, chunk):
            write(lines)


def _write_truth(
    plan: Plan, files: list[FileCount], channels: list[ChannelCount], out: Path
) -> dict[str, int]:
    told = [file.told() for file in files]
    balance = {name: sum(file[name] for file in told) for name in _BALANCE}
    truth: dict[str, Any] = {
        "schema": SCHEMA,
        "simulated": True,
        "note": "Nobody in these logs exists. 'really' is what happened; 'outcomes' is what a "
        "right reading of the logs must find.",
        "plan": {**asdict(plan), "start": plan.start.isoformat()},
        "log_ends": plan.log_ends,
        "balance": balance,
        "files": told,
        "channels": [channel.told() for channel in channels],
    }
    text = json.dumps(truth, indent=2, ensure_ascii=True) + "\n"
    (out / TRUTH).write_text(text, encoding="ascii")
    return balance

"""The tally of stored evidence, measured alone: no log is read, nothing is ingested.

The evidence is made up, straight in the columns of a part: persons who get many messages and
persons who get one, six channels, 27 regions, a file for each channel's month. Nobody in it
exists.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
from measure import DATA, median, run, table, write_results

from reach.engine import Limits, connect, literal
from reach.experiment.config import default_horizon_us
from reach.store.table import PART_FORMAT
from reach.tally.clock import Clocks
from reach.tally.count import count, count_timed
from reach.tally.messages import Plan, resolve_messages

MESSAGES = 33_000_000
MEMORY_LIMIT = "2500MB"
_CHANNELS = ("call", "email", "push", "sms", "telegram", "whatsapp")
_REGIONS = 27
_PARTS = 12
_PERSONS = 0.3  # of a message
_START_US = 1_767_225_600_000_000
_MONTH_S = 30 * 86_400

_BITS = (
    # Share of messages up to here, and what was seen of them.
    (0.35, "SENT | DELIVERED_CARRIER | OPENED_HUMAN"),
    (0.45, "SENT | DELIVERED_CARRIER | OPENED_MACHINE"),
    (0.55, "SENT | DELIVERED_DEVICE | CLICKED_HUMAN"),
    (0.58, "SENT | DELIVERED_DEVICE | REPLIED_HUMAN"),
    (0.60, "SENT | DELIVERED_CARRIER | CONVERTED"),
    (0.78, "SENT | DEFERRED | DELIVERED_CARRIER"),
    (0.86, "QUEUED | SENT | FAILED_TEMPORARY"),
    (0.93, "QUEUED | SENT | FAILED_PERMANENT"),
    (0.95, "REJECTED"),
    (9.99, "QUEUED | SENT"),
)


def evidence_of(messages: int) -> list[Path]:
    """The parts of that many messages; written if they are not there."""
    folder = DATA / "parts" / str(messages)
    parts = [folder / f"part-{number:02}.parquet" for number in range(_PARTS)]
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
        engine.execute("SET memory_limit = '4GB'")
        for number, part in enumerate(parts):
            if not part.exists():
                draft = part.with_suffix(".draft")
                engine.execute(
                    f"COPY ({_rows(messages, number)}) TO {literal(str(draft))} ({PART_FORMAT})"
                )
                draft.rename(part)
    return parts


def _rows(messages: int, number: int) -> str:
    first, last = (messages * each // _PARTS for each in (number, number + 1))
    persons = max(int(messages * _PERSONS), 1)
    # MD5 is the same everywhere; its bits are cut into what chance decides.
    drawn = (
        f"SELECT message, bits & 65535 AS luck, (bits >> 16) & 4294967295 AS who, "
        f"(bits >> 48) & 65535 AS waits FROM (SELECT message, "
        f"md5_number_lower(message::VARCHAR) AS bits FROM range({first}, {last}) AS n(message))"
    )
    persons_sql = f"floor({persons} * pow(who / 4294967296, 1.5))::BIGINT"
    told = (
        f"SELECT message, luck / 65536 AS luck, {persons_sql} AS person, waits, "
        f"{_START_US} + ((who * 31 + waits * 7919) % {_MONTH_S}) * 1000000 AS sent_us "
        f"FROM ({drawn})"
    )
    seen = " ".join(f"WHEN luck < {share} THEN {_bits(words)}" for share, words in _BITS)
    coded = f"SELECT *, CASE {seen} END AS bits FROM ({told})"
    after = "sent_us + (1 + waits * waits % 100003) * 1000000"
    clicks = f"(bits & {_bits('CLICKED_HUMAN')}) <> 0"
    delivered = f"(bits & {_bits('DELIVERED_CARRIER | DELIVERED_DEVICE')}) <> 0"
    answered = f"(bits & {_bits('OPENED_HUMAN | CLICKED_HUMAN | REPLIED_HUMAN | CONVERTED')}) <> 0"
    columns = {
        "ingest_id": literal(f"{number:064x}"),
        "message_key": "unhex(md5('m' || message))",
        "alias_key": "NULL::BLOB",
        "address": "unhex(md5('p' || person))",
        "channel": literal(_CHANNELS[number % len(_CHANNELS)]),
        "campaign": "'vaccination'",
        "region": f"'region-' || (person % {_REGIONS})",
        **dict.fromkeys(("segment", "purpose", "variant"), "NULL::VARCHAR"),
        "bits": "bits::INTEGER",
        "measures": "3::INTEGER",
        "disagreements": "0::INTEGER",
        "first_at": "sent_us",
        "last_at": f"CASE WHEN {answered} THEN {after} + 60000000 ELSE {after} END",
        "sent_at": f"CASE WHEN (bits & {_bits('QUEUED | SENT')}) <> 0 THEN sent_us END",
        "delivered_at": f"CASE WHEN {delivered} THEN {after} END",
        "last_click_at": f"CASE WHEN {clicks} THEN {after} + waits % 60 * 1000000 END",
        "acted_at": f"CASE WHEN (bits & {_bits('CONVERTED')}) <> 0 THEN {after} + 60000000 END",
        "failure_reason": "NULL::VARCHAR",
        "cost_micros": "NULL::BIGINT",
        "currency": "NULL::VARCHAR",
    }
    selected = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    return f"SELECT {selected} FROM ({coded})"


def _bits(words: str) -> int:
    from reach.vocabulary import Seen

    return sum(Seen[word].value for word in words.split(" | "))


def tally(messages: int, limits: Limits, *, timed: bool) -> None:
    """Count the evidence: what is measured, in a process of its own."""
    parts = [str(each) for each in evidence_of(messages)]
    plan = Plan("channel", _CHANNELS, ["region"], default_horizon_us, None, None)
    with connect(limits) as engine:
        resolved = resolve_messages(engine, parts, [f"{n:064x}" for n in range(_PARTS)], plan)
        if timed:
            found = count_timed(engine, resolved, plan, Clocks([], []))[0].tally
        else:
            found = count(engine, resolved, plan).tally
        if sum(found.counts[arm]["attempted"] for arm in found.arms) != messages:
            raise AssertionError("messages were lost")


def measure_tally(messages: int, rounds: int, memory_limit: str) -> dict[str, Any]:
    """Measure the tally, with and without times.

    Args:
        messages: Messages in the evidence.
        rounds: How often each runs; medians are told.
        memory_limit: What the engine may use.
    """
    evidence_of(messages)
    alone = [sys.executable, __file__, "--alone", "--messages", str(messages)]
    alone += ["--memory-limit", memory_limit]
    runs = {
        name: [run([*alone, *words]) for _ in range(rounds)]
        for name, words in {"outcomes": ["--untimed"], "outcomes and times": []}.items()
    }
    return {
        "messages": messages,
        "rounds": rounds,
        "memory_limit": memory_limit,
        **{name: asdict(median(each)) for name, each in runs.items()},
        "runs": {name: [asdict(each) for each in found] for name, found in runs.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--memory-limit", default=MEMORY_LIMIT)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--untimed", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        limits = Limits(memory_limit=asked.memory_limit)
        tally(asked.messages, limits, timed=not asked.untimed)
        return
    found = measure_tally(asked.messages, asked.rounds, asked.memory_limit)
    write_results("tally", found)
    rows = [
        [name, *(f"{found[name][figure]:,.2f}" for figure in ("wall_s", "cpu_s", "peak_mib"))]
        for name in ("outcomes", "outcomes and times")
    ]
    print(f"{found['messages']:,} messages; medians of {asked.rounds} runs\n")
    print(table(["", "seconds", "CPU seconds", "peak MiB"], rows))


if __name__ == "__main__":
    main()

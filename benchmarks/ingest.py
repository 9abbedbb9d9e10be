"""Ingest, measured: from a file to committed evidence, beside two yardsticks in one run.

`copy` is what the same engine takes to turn the file into Parquet without looking at a
single value; `loop` is the usual way to validate, `jsonschema` record by record.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from make_log import DATA, EVENTS, log_of
from measure import REACH, Run, alternate, median, run, table, write_results

from reach.schemas import schema

_COPY = (
    "import duckdb, sys; duckdb.connect().execute("
    "f\"COPY (SELECT * FROM read_ndjson('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet)\")"
)
_WORK = DATA / "work"


def measure_ingest(events: int, rounds: int, sample: int) -> dict[str, Any]:
    """Measure all three.

    Args:
        events: Events in the log.
        rounds: How often copy and ingest run, in turn; medians are told.
        sample: Records that the loop validates; its time is scaled to all.
    """
    log = log_of(events)
    lines = events // 3 * 3
    runs = alternate({"copy": lambda: _copy(log), "ingest": lambda: _ingest(log)}, rounds)
    loop_s = _loop(log, min(sample, lines)) / min(sample, lines) * lines
    copy, ingest = median(runs["copy"]), median(runs["ingest"])
    return {
        "events": lines,
        "bytes": log.stat().st_size,
        "rounds": rounds,
        "sample": sample,
        "copy": asdict(copy),
        "ingest": asdict(ingest),
        "loop_s": loop_s,
        "ingest_per_copy": ingest.wall_s / copy.wall_s,
        "loop_per_ingest": loop_s / ingest.wall_s,
        "runs": {name: [asdict(each) for each in all_runs] for name, all_runs in runs.items()},
    }


def _copy(log: Path) -> Run:
    _WORK.mkdir(parents=True, exist_ok=True)
    target = _WORK / "copy.parquet"
    took = run([sys.executable, "-c", _COPY, str(log), str(target)])
    target.unlink()
    return took


def _ingest(log: Path) -> Run:
    store = _WORK / "store"
    shutil.rmtree(store, ignore_errors=True)
    took = run([*REACH, "ingest", str(log), "--store", str(store), "--quiet"])
    shutil.rmtree(store)
    return took


def _loop(log: Path, sample: int) -> float:
    validator = Draft202012Validator(
        schema("event"), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    valid = 0
    with log.open(encoding="utf-8") as file:
        began = time.perf_counter()
        for _ in range(sample):
            valid += validator.is_valid(json.loads(next(file)))
        took = time.perf_counter() - began
    if valid != sample:
        raise RuntimeError(f"{sample - valid} of {sample} records of the benchmark are not valid")
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, default=50_000)
    asked = parser.parse_args()
    found = measure_ingest(asked.events, asked.rounds, asked.sample)
    write_results("ingest", found)
    copy, ingest, lines = found["copy"], found["ingest"], found["events"]
    rows = [
        _row("unvalidated copy to Parquet", copy["wall_s"], lines, found, copy["peak_mib"]),
        _row(
            "reach ingest, validated and committed",
            ingest["wall_s"],
            lines,
            found,
            ingest["peak_mib"],
        ),
        _row(f"jsonschema loop, scaled from {asked.sample:,}", found["loop_s"], lines, found, None),
    ]
    print(f"{lines:,} events, {found['bytes'] / 1e6:,.0f} MB; medians of {asked.rounds} runs\n")
    print(table(["", "seconds", "events/s", "to the copy", "peak MiB"], rows))
    print(f"\ningest is {found['loop_per_ingest']:.1f} times as fast as the loop")


def _row(
    name: str, seconds: float, lines: int, found: dict[str, Any], peak: float | None
) -> list[str]:
    ratio = seconds / found["copy"]["wall_s"]
    memory = "" if peak is None else f"{peak:,.0f}"
    return [name, f"{seconds:.2f}", f"{lines / seconds:,.0f}", f"{ratio:.2f}", memory]


if __name__ == "__main__":
    main()

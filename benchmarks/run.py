"""Runs all benchmarks, one after another, each as a script of its own.

At the end their ratios stand beside those of `baseline.json`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import tables
from baseline import conclude
from make_log import EVENTS
from measure import DATA, RESULTS, expect_room, machine

HERE = Path(__file__).parent
FULL = 100_000_000
_MIDDLE = 30_000_000
_BYTES_AN_EVENT = 300
"""Of the log, its evidence twice, and what spills."""
_QUICK_GB = 8
_SPENT = {
    "verdict.py": (DATA / "campaign" / str(FULL),),
    "tally.py": (DATA / "parts" / "300000000",),
}
"""What a full run takes away when a script is done, for the next one to have room."""


def scripts(events: int, rounds: int, *, full: bool) -> list[tuple[str, list[str]]]:
    """What is run, with its words, in order."""
    again = ["--rounds", str(rounds)]
    if full:
        sizes = ["--sizes", f"1000000,3000000,10000000,{_MIDDLE},{FULL}", "--keep", str(FULL)]
        return [
            ("growth.py", [*sizes, *again]),
            ("verdict.py", ["--events", str(FULL), *again]),
            ("tally.py", ["--messages", "300000000", "--memory-limit", "6GB", "--rounds", "1"]),
        ]
    size = ["--events", str(events)]
    found: list[tuple[str, list[str]]] = [
        ("startup.py", []),
        ("ingest.py", [*size, *again]),
        ("verdict.py", [*size, *again]),
        ("growth.py", again),
        ("tally.py", again),
        ("tally_statistics.py", []),
        ("simulate.py", []),
        ("postfix.py", []),
    ]
    return found


def main() -> None:
    """Measure everything, print the tables, and compare with the baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS, help="events in the log")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each, at least 5 to be told")
    parser.add_argument("--full", action="store_true", help="growth and verdict up to 100 M events")
    parser.add_argument("--only", help="some of them, by name, with commas")
    parser.add_argument(
        "--baseline", choices=["compare", "write"], default="compare",
        help="compare with baseline.json, or write it anew",
    )  # fmt: skip
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a ratio is worse")
    asked = parser.parse_args()
    wanted = set(asked.only.split(",")) if asked.only else None
    plan = [
        (script, words)
        for script, words in scripts(asked.events, asked.rounds, full=asked.full)
        if wanted is None or script.removesuffix(".py") in wanted
    ]
    if not plan:
        sys.exit(f"There is no benchmark {asked.only}.")
    if asked.full:
        expect_room(FULL * _BYTES_AN_EVENT, f"A run of {FULL:,} events")
    else:
        expect_room(_QUICK_GB * 10**9, "A run of all benchmarks")
    told = machine()
    print(_listed(told))
    if wanted is None:
        tables.keep("machine-full" if asked.full else "machine", _listed(told))
    before = _results()
    for script, words in plan:
        name = script.removesuffix(".py")
        print(f"\n== {name} ==\n", flush=True)
        tables.keep(f"{name}-full" if asked.full else name, _told_by(script, words))
        for spent in _SPENT.get(script, ()) if asked.full else ():
            shutil.rmtree(spent, ignore_errors=True)
    written = [name for name, at in _results().items() if before.get(name) != at]
    print("\n== baseline ==\n", flush=True)
    conclude(written, told, write=asked.baseline == "write", strict=asked.strict)


def _told_by(script: str, words: list[str]) -> str:
    """Run a script, pass on what it prints, and keep it."""
    lines = []
    command = [sys.executable, str(HERE / script), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        sys.exit(process.returncode)
    return "".join(lines)


def _listed(told: dict[str, Any]) -> str:
    return "\n".join(f"* {name}: {value}" for name, value in told.items())


def _results() -> dict[str, int]:
    return {file.stem: file.stat().st_mtime_ns for file in RESULTS.glob("*.json")}


if __name__ == "__main__":
    main()

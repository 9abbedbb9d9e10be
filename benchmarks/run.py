"""Runs all benchmarks, one after another, each as a script of its own."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from make_log import EVENTS
from measure import machine


def main() -> None:
    """Measure everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS, help="events in the log")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, at least 3 to be told")
    asked = parser.parse_args()
    for name, value in machine().items():
        print(f"{name}: {value}")
    size = ["--events", str(asked.events), "--rounds", str(asked.rounds)]
    scripts: list[tuple[str, list[str]]] = [
        ("startup.py", []),
        ("ingest.py", size),
        ("compare.py", size),
        ("simulate.py", []),
        ("postfix.py", ["--rounds", str(asked.rounds)]),
    ]
    for script, options in scripts:
        print(f"\n== {script.removesuffix('.py')} ==\n", flush=True)
        path = Path(__file__).with_name(script)
        subprocess.run([sys.executable, str(path), *options], check=True)


if __name__ == "__main__":
    main()

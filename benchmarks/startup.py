"""`reach --help`, measured: what every command waits for before it begins."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import Any

from measure import REACH, alternate, median, run, table, write_results


def measure_startup(rounds: int) -> dict[str, Any]:
    """Measure ``reach --help``, beside an interpreter that does nothing."""
    runs = alternate(
        {
            "python": lambda: run([sys.executable, "-c", "pass"]),
            "help": lambda: run([*REACH, "--help"]),
        },
        rounds,
    )
    return {"rounds": rounds} | {name: asdict(median(each)) for name, each in runs.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    asked = parser.parse_args()
    found = measure_startup(asked.rounds)
    python_s, help_s = (found[name]["wall_s"] for name in ("python", "help"))
    write_results("startup", found, {"help_per_python": help_s / python_s})
    rows = [
        [title, f"{found[name]['wall_s'] * 1000:.0f}"]
        for title, name in (("python -c pass", "python"), ("reach --help", "help"))
    ]
    print(f"medians of {asked.rounds} runs\n")
    print(table(["", "milliseconds"], rows))
    print(f"\nreach --help takes {(help_s - python_s) * 1000:.0f} ms more")


if __name__ == "__main__":
    main()

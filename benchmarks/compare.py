"""`reach compare`, measured: the answer from evidence that is stored already."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from make_log import EVENTS, log_of
from measure import REACH, median, run, table, write_results

_EXPERIMENT = """\
experiment: benchmark
title: A generated campaign of three events a message
simulated: true
log_ends: 2026-03-10T00:00:00Z
sources: [events.ndjson]
compare:
  by: channel
  metrics: [delivered_per_sent, engaged_per_delivered]
"""


def measure_compare(events: int, rounds: int) -> dict[str, Any]:
    """Measure the first run, which ingests, and then runs that find the evidence stored.

    Args:
        events: Events in the log.
        rounds: How often the later run is repeated; medians are told.
    """
    folder = log_of(events).parent
    (folder / "experiment.yaml").write_text(_EXPERIMENT, encoding="utf-8")
    command = [*REACH, "compare", str(folder), "--format", "json", "--quiet"]
    run(command)
    runs = [run(command) for _ in range(rounds)]
    return {
        "events": events // 3 * 3,
        "rounds": rounds,
        "compare": asdict(median(runs)),
        "runs": [asdict(each) for each in runs],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    found = measure_compare(asked.events, asked.rounds)
    write_results("compare", found)
    took = found["compare"]
    row = [f"{took['wall_s']:.2f}", f"{took['cpu_s']:.2f}", f"{took['peak_mib']:,.0f}"]
    print(f"{found['events']:,} events, ingested before; medians of {asked.rounds} runs\n")
    print(table(["", "seconds", "CPU seconds", "peak MiB"], [["reach compare", *row]]))


if __name__ == "__main__":
    main()

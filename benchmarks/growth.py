"""How the time of `reach compare` from cold grows with the log: an exponent, fitted and printed."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import asdict
from typing import Any

from make_log import log_of
from measure import DATA, alternate, median, table, write_results
from verdict import cold, experiment

from reach.bench.growth import Size, exponent

SIZES = (1_000_000, 3_000_000, 10_000_000)
_SMALL = 999
_WORK = DATA / "work" / "growth"
_KEPT = 10_000_000
"""Logs that are larger are taken away once they are measured, unless others need them."""


def measure_growth(sizes: list[int], rounds: int, keep: int) -> dict[str, Any]:
    """Measure each size, the largest last.

    Args:
        sizes: Events of each log.
        rounds: How often each runs; medians are told.
        keep: Events of a log that is needed later.
    """
    runs = {}
    for events in (_SMALL, *sorted(sizes)):
        log = log_of(events)
        shutil.rmtree(_WORK, ignore_errors=True)
        folder, store = experiment(_WORK / "one", [log]), _WORK / "store"
        name = str(events)
        runs |= alternate({name: lambda folder=folder, store=store: cold(folder, store)}, rounds)
        if events > _KEPT and events != keep:
            log.unlink()
    shutil.rmtree(_WORK)
    took = {int(name): median(each) for name, each in runs.items()}
    points = [Size(events // 3 * 3, took[events].wall_s) for events in sorted(sizes)]
    work = [Size(events // 3 * 3, took[events].cpu_s) for events in sorted(sizes)]
    return {
        "rounds": rounds,
        "fixed_s": took[_SMALL].wall_s,
        "sizes": [{"events": events, **asdict(took[events])} for events in sorted(sizes)],
        "exponent": exponent(points),
        "exponent_above_fixed": exponent(points, took[_SMALL].wall_s),
        "exponent_cpu": exponent(work, took[_SMALL].cpu_s),
        "runs": {name: [asdict(each) for each in all_runs] for name, all_runs in runs.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="events, with commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=int, default=0, help="a larger log that is needed later")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    found = measure_growth(sizes, asked.rounds, asked.keep)
    span = f"{min(sizes)}-{max(sizes)}"
    fitted = found["exponent_above_fixed"]
    write_results(f"growth-{span}", found, {f"exponent@{span}": fitted} if fitted else {})
    rows = [
        [
            f"{each['events']:,}",
            f"{each['wall_s']:.2f}",
            f"{each['cpu_s']:.2f}",
            f"{each['wall_s'] / each['events'] * 1e6:.3f}",
            f"{each['peak_mib']:,.0f}",
        ]
        for each in found["sizes"]
    ]
    print(f"`reach compare` from cold; medians of {asked.rounds} runs\n")
    print(table(["events", "seconds", "CPU seconds", "µs an event", "peak MiB"], rows))
    print(f"\nseconds grow with the power {_shown(found['exponent'])} of the events;")
    print(f"without the {found['fixed_s']:.2f} s that every run takes, {_shown(fitted)};")
    print(f"CPU seconds without theirs, {_shown(found['exponent_cpu'])}")


def _shown(fitted: float | None) -> str:
    return "(not to be told from such small logs)" if fitted is None else f"{fitted:.3f}"


if __name__ == "__main__":
    main()

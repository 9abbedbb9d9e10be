"""From raw logs to a verdict, measured: `reach compare` from cold beside hand-written funnels.

The funnels group by message and count by channel and region: no record is validated, no
address hashed, nothing stored, no persons, no intervals. Then the same question again, with
nothing new and with one percent more logs.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from make_log import EVENTS, log_of, more_of
from measure import DATA, REACH, FailedRunError, Run, alternate, median, run, table, write_results

from reach.bench.contest import READABLE, command
from reach.bench.machine import installed
from reach.bench.sample_log import LOG_ENDS

_WORK = DATA / "work" / "verdict"
_MORE = 100  # one percent


def experiment(folder: Path, logs: list[Path]) -> Path:
    """An experiment over logs, in a folder of its own; JSON is YAML, too."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "experiment": "benchmark",
        "title": "A generated campaign of three events a message",
        "simulated": True,
        "log_ends": LOG_ENDS,
        "sources": [str(log) for log in logs],
        "compare": {"by": "channel", "metrics": ["delivered_per_sent", "engaged_per_delivered"]},
    }
    (folder / "experiment.yaml").write_text(json.dumps(config), encoding="utf-8")
    return folder


def compare(folder: Path, store: Path) -> Run:
    """Run ``reach compare`` as a process of its own."""
    words = ("--store", str(store), "--format", "json", "--quiet")
    return run([*REACH, "compare", str(folder), *words])


def cold(folder: Path, store: Path) -> Run:
    """The same into an empty store."""
    shutil.rmtree(store, ignore_errors=True)
    return compare(folder, store)


def measure_verdict(events: int, rounds: int) -> dict[str, Any]:
    """Measure the contest, and then runs that find evidence.

    Args:
        events: Events in the log.
        rounds: How often each runs, in turn; medians are told.
    """
    log = log_of(events)
    more = more_of(events, max(events // _MORE, 3))
    shutil.rmtree(_WORK, ignore_errors=True)
    once, grown = experiment(_WORK / "once", [log]), experiment(_WORK / "grown", [log, more])
    store, second = _WORK / "store", _WORK / "second"
    contest: dict[str, Callable[[], Run]] = {"reach": lambda: cold(once, store)}
    failed: dict[str, str] = {}
    for name in READABLE:
        if installed(name) is None:
            failed[name] = "not installed"
            continue
        words = command(name, "funnel", [("ndjson", [str(log)])], _WORK)
        try:
            run(words)  # one that has not the memory for it would end all the others
        except FailedRunError as error:
            failed[name] = f"exit {error.code}"
            continue
        contest[name] = lambda words=words: run(words)
    runs = alternate(contest, rounds)

    def with_more() -> Run:
        shutil.rmtree(second, ignore_errors=True)
        shutil.copytree(store, second)
        return compare(grown, second)

    runs |= alternate({"again": lambda: compare(once, store), "more": with_more}, rounds)
    shutil.rmtree(_WORK)
    medians = {name: median(each) for name, each in runs.items()}
    return {
        "events": events // 3 * 3,
        "bytes": log.stat().st_size,
        "rounds": rounds,
        "failed": failed,
        **{name: asdict(each) for name, each in medians.items()},
        "runs": {name: [asdict(each) for each in all_runs] for name, all_runs in runs.items()},
    }


def ratios_of(found: dict[str, Any], events: int) -> dict[str, float]:
    """What of it travels between machines."""
    whole = found["reach"]["wall_s"]
    others = [found[name]["wall_s"] for name in READABLE if name in found]
    ratios = {
        f"reach_per_{name}@{events}": whole / found[name]["wall_s"]
        for name in READABLE
        if name in found
    }
    if others:
        ratios[f"reach_per_fastest@{events}"] = whole / min(others)
    return ratios | {
        f"again_per_cold@{events}": found["again"]["wall_s"] / whole,
        f"more_per_cold@{events}": found["more"]["wall_s"] / whole,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    found = measure_verdict(asked.events, asked.rounds)
    ratios = ratios_of(found, asked.events)
    write_results(f"verdict-{asked.events}", found, ratios)
    titles = {
        "reach": "`reach compare` from cold",
        "duckdb": "naive funnel, DuckDB",
        "polars": "naive funnel, Polars",
        "again": "again, nothing new",
        "more": "after 1 % more logs",
    }
    rows = [_row(title, found[name], found) for name, title in titles.items() if name in found]
    size = f"{found['events']:,} events, {found['bytes'] / 1e6:,.0f} MB"
    print(f"{size}; medians of {asked.rounds} runs\n")
    print(table(["", "seconds", "CPU seconds", "of cold", "peak MiB"], rows))
    for name, why in found["failed"].items():
        print(f"\n{name}: {why}")
    if f"reach_per_fastest@{asked.events}" in ratios:
        times = ratios[f"reach_per_fastest@{asked.events}"]
        print(f"\nreach takes {times:.2f} times as long as the faster funnel")


def _row(title: str, took: dict[str, float], found: dict[str, Any]) -> list[str]:
    return [
        title,
        f"{took['wall_s']:.2f}",
        f"{took['cpu_s']:.2f}",
        f"{took['wall_s'] / found['reach']['wall_s']:.3f}",
        f"{took['peak_mib']:,.0f}",
    ]


if __name__ == "__main__":
    main()

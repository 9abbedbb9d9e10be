"""`reach compare` as a process of its own that notes when each of its stages begins and ends.

It does what the command does, by the same functions; two of them look at the clock besides.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from reach.bench.process import BEGAN

STAGES = ("opening", "ingest", "tally", "statistics", "report")
"""Start, recognise and digest · read, check, roll up, hash, write, commit · count · estimate,
compare, judge · words, and the process's end."""


def main() -> None:
    """Run an experiment; its result goes to a file, and so does what the clock said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("experiment", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--result", type=Path, required=True)
    parser.add_argument("--marks", type=Path, required=True)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--memory-limit")
    asked = parser.parse_args()

    from reach.errors import ReachError

    try:
        marks = _run(asked)
    except ReachError as error:
        asked.marks.write_text(json.dumps({"refused": str(error)}), encoding="utf-8")
        sys.exit(3)
    asked.marks.write_text(json.dumps(marks), encoding="utf-8")


def _run(asked: argparse.Namespace) -> dict[str, float]:
    from reach.engine import Limits
    from reach.experiment import run as whole
    from reach.experiment.load import load_experiment
    from reach.report.render import render

    marks: dict[str, float] = {"began": float(os.environ[BEGAN])}

    def mark(name: str) -> None:
        marks.setdefault(name, time.monotonic())

    def first_file(name: str, size: int, percentage: Callable[[], float]) -> None:
        del name, size, percentage
        mark("opened")

    def looking_before(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def look(*args: object, **words: object) -> object:
            mark("counted")
            return function(*args, **words)

        return look

    def looking_after(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def look(*args: object, **words: object) -> object:
            found = function(*args, **words)
            mark("opened")  # where nothing was read
            mark("stored")
            return found

        return look

    for name, looking in (("gather", looking_after), ("find", looking_before)):
        setattr(whole, name, looking(getattr(whole, name)))
    limits = Limits(asked.threads, asked.memory_limit)
    result = whole.run(
        load_experiment(asked.experiment), whole.Settings(asked.store, limits, first_file)
    )
    mark("found")
    asked.result.write_text(render(result, "json", "en"), encoding="utf-8")
    return marks


def seconds_by_stage(marks: dict[str, float], wall_s: float) -> dict[str, float]:
    """Seconds of each of `STAGES`; they add up to the whole.

    Args:
        marks: What the process noted.
        wall_s: Seconds from its start to its exit.

    Examples:
        >>> marks = dict(began=10.0, opened=10.5, stored=12.0, counted=13.0, found=13.25)
        >>> list(seconds_by_stage(marks, 3.5).values())
        [0.5, 1.5, 1.0, 0.25, 0.25]
    """
    ends = [marks[name] - marks["began"] for name in ("opened", "stored", "counted", "found")]
    edges = [0.0, *ends, max(wall_s, ends[-1])]
    return {
        stage: end - start for stage, start, end in zip(STAGES, edges[:-1], edges[1:], strict=True)
    }


if __name__ == "__main__":
    main()

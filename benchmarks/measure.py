"""What all benchmarks share: processes measured, a table, and a place for results."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reach.bench.machine import machine
from reach.bench.process import FailedRunError, Run, alternate, median, middle, python, run

__all__ = [
    "DATA",
    "REACH",
    "RESULTS",
    "FailedRunError",
    "Run",
    "alternate",
    "expect_room",
    "machine",
    "median",
    "middle",
    "python",
    "run",
    "table",
    "write_results",
]

REACH = (sys.executable, "-P", "-c", "from reach.cli import main; main()")
"""The command line, in the interpreter that runs the benchmark."""

DATA = Path(__file__).parent / "data"
RESULTS = DATA / "results"


def write_results(
    name: str, results: Mapping[str, Any], ratios: Mapping[str, float] | None = None
) -> None:
    """Keep a benchmark's figures, with the machine, as JSON.

    Args:
        name: The benchmark, and the file's name.
        results: The figures.
        ratios: Of them, those that hold on other machines as well, smaller being better; they
            are what `baseline.py` compares. The size of what was measured belongs in the name,
            as in ``ndjson_per_copy@4000000``.
    """
    RESULTS.mkdir(parents=True, exist_ok=True)
    document = {"machine": machine(), **results, "ratios": dict(ratios or {})}
    text = json.dumps(document, indent=2, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in plain characters that is Markdown, too."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def expect_room(need: int, what: str) -> None:
    """End the program in words if the disk has no room.

    Args:
        need: Bytes.
        what: For what.
    """
    DATA.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(DATA).free
    if need > free:
        sys.exit(
            f"{what} needs {need / 1e9:,.0f} GB in {DATA}, where {free / 1e9:,.0f} GB are free. "
            "Make room there, or make it a link to a folder on a larger disk."
        )

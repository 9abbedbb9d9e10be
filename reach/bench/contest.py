"""Who else does the job, and which: the naive funnel, or where the logs are a provider's a copy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reach.bench.machine import installed
from reach.bench.process import python

READABLE: Mapping[str, frozenset[str]] = {
    "duckdb": frozenset({"ndjson", "document", "csv", "parquet"}),
    "polars": frozenset({"ndjson", "csv", "parquet"}),
}
"""By name, the containers that each can read by itself."""

Job = Literal["funnel", "copy"]
State = Literal["measured", "missing", "unreadable"]
Logs = list[tuple[str, list[str]]]
"""Containers and the files in them that look alike."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Another way to do the job.

    Attributes:
        name: One of `READABLE`.
        job: ``funnel``: group by message, count by channel and region, nothing validated;
            ``copy``: turn the logs into Parquet, nothing looked at.
        state: Whether it can be measured, and why not.
        command: What to run; None if it can't be measured.
    """

    name: str
    job: Job
    state: State
    command: Sequence[str] | None


def contenders(
    seen: Sequence[Mapping[str, Any]], sources: Sequence[Mapping[str, Any]], folder: Path
) -> list[Contender]:
    """DuckDB, which is there, and Polars, which may not be.

    Args:
        seen: What `reach.bench.look` saw of each file.
        sources: What the balance of a result says of each, its format among it.
        folder: Where they work.
    """
    formats = {each["source"]: each["format"] for each in sources}
    alike: dict[tuple[str, str], list[str]] = {}
    for each in seen:
        if each["name"] in formats:  # of two files with the same content one is read
            key = (formats[each["name"]], each["container"])
            alike.setdefault(key, []).append(each["path"])
    logs = [(container, paths) for (_, container), paths in alike.items()]
    canonical = len(logs) == 1 and set(formats.values()) == {"reach"}
    job: Job = "copy"
    if canonical and logs[0][0] != "document" and all(each["as_is"] for each in seen):
        job = "funnel"
    return [_contender(name, job, logs, folder) for name in READABLE]


def _contender(name: str, job: Job, logs: Logs, folder: Path) -> Contender:
    if not all(container in READABLE[name] for container, _ in logs):
        return Contender(name, job, "unreadable", None)
    if installed(name) is None:
        return Contender(name, job, "missing", None)
    return Contender(name, job, "measured", command(name, job, logs, folder))


def command(name: str, job: Job, logs: Logs, folder: Path) -> list[str]:
    """What runs a contender as a process of its own.

    Args:
        name: One of `READABLE`.
        job: What it is to do.
        logs: With what.
        folder: Where to write down which logs are meant, for there may be thousands of them,
            and where copies go, one for each container.
    """
    plan = folder / f"{name}-{job}.json"
    plan.write_text(json.dumps(logs), encoding="utf-8")
    words = ["--copy", str(folder)] if job == "copy" else []
    return python(f"reach.bench.naive_{name}", str(plan), *words)

"""The whole measurement: reach by stage and size, others beside it, as one document."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reach.bench.contest import Contender, contenders
from reach.bench.document import Measured, Timed, document
from reach.bench.process import FailedRunError, Run, python, run
from reach.bench.stages import seconds_by_stage
from reach.bench.subject import Subject, made_logs, named_logs
from reach.errors import ReachError

EVENTS = 1_000_000
ROUNDS = 3
_ERROR = re.compile(r"\w[\w.]*(?:Error|Exception): .+")

Progress = Callable[[str, int, int], None]
"""Told what is measured now, how many runs are done and of how many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure, and how.

    Attributes:
        paths: Logs, or one experiment; none for logs made for this.
        events: Events of logs made for this.
        rounds: How often everything runs, in turn.
        threads: For all contenders; None for what each takes by itself.
        memory_limit: For reach and DuckDB; None for what each takes by itself.
    """

    paths: Sequence[Path] = ()
    events: int = EVENTS
    rounds: int = ROUNDS
    threads: int | None = None
    memory_limit: str | None = None


def measure(asked: Asked, progress: Progress) -> dict[str, Any]:
    """Measure, in a temporary folder of which nothing is left.

    Returns:
        The document `reach.bench.document.SCHEMA`.

    Raises:
        InputError: Logs can't be read, or the disk has no room.
        ReachError: What else keeps `reach compare` from an answer.
    """
    with tempfile.TemporaryDirectory(prefix="reach-bench-") as name:
        folder = Path(name)
        (folder / "tmp").mkdir()
        environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
        environment.pop("REACH_KEY", None)  # an office's secret has no business here
        progress("", 0, 1)
        if asked.paths:
            subject = named_logs(asked.paths, folder, environment)
        else:
            subject = made_logs(asked.events, folder, environment)
        measured = _Measuring(asked, subject, folder, environment, progress).measured()
    limits = {"threads": asked.threads, "memory_limit": asked.memory_limit}
    return document(measured, limits)


class _Measuring:
    """Runs of all kinds, in turn."""

    def __init__(
        self,
        asked: Asked,
        subject: Subject,
        folder: Path,
        environment: dict[str, str],
        progress: Progress,
    ) -> None:
        self.asked, self.subject, self.folder = asked, subject, folder
        self.environment, self.progress = environment, progress
        self.limits = _words(threads=asked.threads, memory_limit=asked.memory_limit)
        self.done = 0
        self.of = 0

    def measured(self) -> Measured:
        """All of them."""
        subject, rounds = self.subject, self.asked.rounds
        sizes = {"whole": subject.experiment}  # first, so that what is refused is refused soon
        if subject.part is not None:
            sizes["part"] = subject.part
        sizes["small"] = subject.small
        self.of = rounds * (len(sizes) + 3)  # again, and two others at most
        reach: dict[str, list[Timed]] = {name: [] for name in (*sizes, "again")}
        others: list[Contender] = []
        told: dict[str, list[Run]] = {}
        failed: dict[str, str] = {}
        for round_number in range(rounds):
            for name, experiment in sizes.items():
                store = self._new_store()
                reach[name].append(self._reach(name, experiment, store))
                if name == "whole":
                    reach["again"].append(self._reach("again", experiment, store))
            shutil.rmtree(self.folder / "store")
            if round_number == 0:
                # What was recognised decides what others can do with it.
                sources = reach["whole"][0].result["balance"]["sources"]
                others = contenders(subject.seen, sources, self.folder)
            for other in others:
                if other.command is None or other.name in failed:
                    continue
                try:
                    told.setdefault(other.name, []).append(self._other(other))
                except FailedRunError as error:
                    failed[other.name] = _why(error)
        return Measured(subject, rounds, reach, others, told, failed)

    def _new_store(self) -> Path:
        store = self.folder / "store"
        shutil.rmtree(store, ignore_errors=True)
        return store

    def _reach(self, name: str, experiment: Path, store: Path) -> Timed:
        self._tell(f"reach compare, {name}")
        result, marks = self.folder / "result.json", self.folder / "marks.json"
        marks.unlink(missing_ok=True)
        words = [str(experiment.absolute()), "--store", str(store), "--result", str(result)]
        words += ["--marks", str(marks), *self.limits]
        try:
            took = run(python("reach.bench.stages", *words), (0, 3), self.environment)
        except FailedRunError as error:
            raise ReachError(f"reach compare failed: {_why(error)}") from error
        noted = json.loads(marks.read_text(encoding="utf-8"))
        if "refused" in noted:
            raise ReachError(noted["refused"])
        stages = seconds_by_stage(noted, took.wall_s)
        return Timed(took, stages, json.loads(result.read_text(encoding="utf-8")))

    def _other(self, other: Contender) -> Run:
        assert other.command is not None  # noqa: S101 -- who is not there does not run
        self._tell(other.name)
        command = [*other.command, *(self.limits if other.name == "duckdb" else ())]
        environment = self.environment
        if other.name == "polars" and self.asked.threads:
            environment = {**environment, "POLARS_MAX_THREADS": str(self.asked.threads)}
        took = run(command, environment=environment)
        for copy in self.folder.glob("copy-*.parquet"):
            copy.unlink()
        return took

    def _tell(self, what: str) -> None:
        self.progress(what, self.done, self.of)
        self.done += 1


def _words(*, threads: int | None, memory_limit: str | None) -> list[str]:
    words = ["--threads", str(threads)] if threads else []
    return words + (["--memory-limit", memory_limit] if memory_limit else [])


def _why(error: FailedRunError) -> str:
    """What a process said of its failure; of one that was killed, that it was."""
    if error.code < 0:
        return f"ended by signal {-error.code}; was there too little memory?"
    lines = error.told.strip().splitlines() or [f"exit {error.code}"]
    # An engine's message goes on below its first line.
    return next((line for line in reversed(lines) if _ERROR.match(line)), lines[-1])

"""Work on a store, killed at its first, second, third … step, and then done again undisturbed.

A program of its own: it forks a child for each killing, which is far quicker than starting one,
and may be forked only while no library has begun threads. What it saw it prints as JSON, a line
for each killing and a first one for work that nobody disturbed.

    python killed.py ingest|commit|compact FOLDER killed|empty|gone

A killed process leaves what it wrote. A power cut also takes what was not yet on the disk: here
the content of files that nobody waited for, which are then empty, or their names too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from deltalake import DeltaTable
from parts import entry

from reach.engine import Limits, connect
from reach.experiment.config import Source
from reach.experiment.gather import gather
from reach.experiment.sources import find_sources
from reach.ingest.secret import load_key
from reach.store import durable, log
from reach.store.compact import compact
from reach.store.evidence import Part, Store
from reach.store.ledger import read_entry

_WATCHED = {
    "open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate",
}  # fmt: skip
_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MOST = 500


_TOLD = 2
Work = Callable[[Path, Path], None]


class Steps:
    """Counts what is done to the disk, and dies at the step that it is told."""

    def __init__(self, last: int, folder: Path, how: str) -> None:
        self.last = last
        self.folder = folder
        self.how = how
        self.taken = 0
        self.on = False
        self.safe = {path.stat().st_ino for path in folder.rglob("*")}
        self.names = {str(path) for path in (folder, *folder.rglob("*")) if path.exists()}

    def step(self, what: str) -> None:
        """One step is about to be taken."""
        if not self.on:
            return
        self.taken += 1
        if self.taken == self.last:
            self.on = False
            self.cut()
            os.write(_TOLD, what.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def waited_for(self, handle: int) -> None:
        """Something is on the disk now: a file's bytes, or a folder's names."""
        self.safe.add(os.fstat(handle).st_ino)
        where = Path(f"/proc/self/fd/{handle}").readlink()
        if where.is_dir():
            self.names |= {str(path) for path in where.iterdir()}

    def cut(self) -> None:
        """Take away what a power cut would."""
        if self.how == "killed":
            return
        for path in sorted((self.folder, *self.folder.rglob("*")), reverse=True):
            if self.how == "gone" and str(path) not in self.names:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            elif path.is_file() and path.stat().st_ino not in self.safe:
                os.truncate(path, 0)


def watch(steps: Steps, folder: Path) -> None:
    """Have every step counted that is taken in a folder, from now on in this process."""

    def heard(event: str, args: tuple[Any, ...]) -> None:
        if not steps.on or event not in _WATCHED:
            return
        where, flags = args[0], args[2] if event == "open" else _CHANGING
        if isinstance(where, str | bytes | Path) and flags & _CHANGING:
            where = os.fsdecode(where)
            # Of a power cut only those count that make a difference to what is on the disk.
            if where.startswith(str(folder)) and (steps.how == "killed" or event == "os.rename"):
                steps.step(f"{event} {where}")

    sys.addaudithook(heard)
    fsync = os.fsync

    def watched_fsync(handle: int) -> None:
        if steps.how != "killed":  # to a process that is killed it makes no difference
            steps.step("fsync")
        fsync(handle)
        steps.waited_for(handle)

    os.fsync = watched_fsync  # type: ignore[assignment]
    durable._AT_ONCE = 1  # noqa: SLF001 -- one after another, so that the steps can be counted
    _watch_library(steps)


def _watch_library(steps: Steps) -> None:
    """What the libraries do unheard: a part half-written, a log entry written beside its place."""
    new_part, commit = Store.new_part, DeltaTable.create_write_transaction

    def watched_part(self: Store, kind: str = "part") -> Path:
        path = new_part(self, kind)
        path.write_bytes(b"PAR1 half of a part")
        steps.step("half a part")
        path.unlink()
        return path

    def watched_commit(self: DeltaTable, *args: Any, **named: Any) -> None:  # noqa: ANN401
        table = re.sub(r"^file://", "", self.table_uri)
        beside = Path(table, log.FOLDER, f"{self.version() + 1:020}.json#1")
        beside.write_text('{"commitInfo":')
        steps.step("half a log entry")
        beside.unlink()
        commit(self, *args, **named)
        beside.write_text("the same entry under its first name")
        steps.step("committed")
        beside.unlink()

    Store.new_part = watched_part  # type: ignore[method-assign]
    DeltaTable.create_write_transaction = watched_commit


def ingest(store: Path, logs: Path) -> None:
    """Bring in all logs of a folder."""
    source = Source(str(logs), None, {}, {}, None, "", None, None)
    kept = Store(store)
    key = load_key(kept.key_file)
    with connect(Limits(threads=1)) as engine:
        gather(
            engine,
            kept,
            find_sources((source,), Path("/")),
            log_end_us=None,
            country=None,
            key=key,
            progress=lambda *_: None,
        )


def commit(store: Path, logs: Path) -> None:
    """Commit two parts that are there already, as `ingest` does once it has read its logs."""
    kept = Store(store)
    (logs / "refused").write_text("refused", encoding="utf-8")
    made = []
    known = kept.entries(["one", "two"])
    for name, refused in (("one", None), ("two", "two.ndjson")):
        if name not in known:
            if refused is not None:
                kept.keep_rejected(logs / "refused", refused)
            path = kept.new_part()
            shutil.copyfile(logs / f"{name}.parquet", path)
            made.append(Part(entry(name, refused), path))
    kept.commit(made)


def merge(store: Path, _: Path) -> None:
    """Merge the parts, three at a time."""
    kept = Store(store)
    with connect(Limits(threads=1)) as engine:
        sizes = [Path(part).stat().st_size for part in kept.parts()]
        compact(engine, kept, target_bytes=5 * min(sizes) // 2)


def seen(store: Path) -> dict[str, Any]:
    """What a reader finds in a store, and what lies about in it."""
    lying = [path.relative_to(store) for path in store.rglob("*") if path.is_file()]
    kept = Store(store)
    entries = log.entries(kept.table.log)
    named = log.named_parts(kept.table.log)
    ingests = sorted(
        name.decode()
        for each in entries
        for name in re.findall(rb'"appId":"([^"]+)"', each.read_bytes())
    )
    parts = kept.parts()
    with duckdb.connect(config={"threads": 1}) as engine:
        rows = sorted(map(repr, engine.execute("FROM read_parquet(?)", [parts]).fetchall()))
    return {
        "rows": hashlib.sha256("\n".join(rows).encode()).hexdigest(),
        "count": len(rows),
        "ingests": ingests,
        "accounts": [repr(read_entry(kept.ledger, each)) for each in ingests],
        "rejected": sorted(
            (path.name, path.read_text(encoding="utf-8")) for path in kept.rejected.iterdir()
        ),
        "unfinished": [
            str(path)
            for path in lying
            if "#" in path.name
            or (path.name.startswith(".") and path.name != ".gitignore")
            or (path.suffix == ".parquet" and path.name not in named)
        ],
        "parts": len(parts),
        "readable": [len(kept.table.at(n).file_uris()) > 0 for n in range(1, len(entries))],
    }


def in_child(work: Callable[[], object]) -> tuple[int, Any]:
    """Do something in a process of its own; how it ended, and what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            globals()["_TOLD"] = writing
            os.write(writing, json.dumps(work()).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return status, told.decode()


def disturbed(work: Work, store: Path, logs: Path, last: int, how: str) -> None:
    """Work that is killed at a step; if it comes to an end before, the power is cut then."""
    steps = Steps(last, store, how)
    watch(steps, store)
    steps.on = True
    work(store, logs)
    steps.on = False
    steps.cut()


def done(work: Work, store: Path, logs: Path) -> dict[str, Any]:
    """Work that nobody disturbs, and what it leaves."""
    work(store, logs)
    return seen(store)


def killings(work: Work, folder: Path, how: str) -> Iterator[dict[str, Any]]:
    """Every killing, until the work survives."""
    logs, begun, store = folder / "logs", folder / "begun", folder / "store"
    for last in range(_MOST):
        shutil.rmtree(store, ignore_errors=True)
        if begun.exists():
            shutil.copytree(begun, store)
        status, what = 0, ""
        if last:
            status, what = in_child(partial(disturbed, work, store, logs, last, how))
        survived = last > 0 and not os.WIFSIGNALED(status)
        # What came to its end must have lasted: it is only looked at, and not done again.
        after = partial(seen, store) if survived else partial(done, work, store, logs)
        ended, found = in_child(after)
        yield {"step": last, "what": what, "status": status, "ended": ended,
               "found": json.loads(found) if ended == 0 else None}  # fmt: skip
        if survived:
            return


def main() -> None:
    """As the command line says."""
    which, folder, how = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    secrets.token_hex = lambda size=32: "ab" * size  # type: ignore[assignment, misc]
    tempfile.tempdir = str(folder)
    for each in killings(
        {"ingest": ingest, "commit": commit, "compact": merge}[which], folder, how
    ):
        print(json.dumps(each), flush=True)  # noqa: T201 -- this is what it is for


if __name__ == "__main__":
    main()

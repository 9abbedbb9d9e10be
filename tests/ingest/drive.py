"""Drives `ingest_file` as a run would, and compares what it comes to with the twin."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from exact_twin import exact

from reach.formats.containers.head import peek
from reach.formats.record import Log, Options
from reach.formats.registry import recognise
from reach.ingest.file import Ingested, ingest_file, part_rows
from reach.ingest.identity import digest
from reach.ingest.unpacked import engine_reads

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from reach.formats.record import Format

KEY = bytes(range(7, 47))


@dataclass(frozen=True)
class Run:
    """One file, ingested.

    Attributes:
        ingested: What `ingest_file` returned.
        rejections: The refused records, as written.
        rows: The rows of the part, as dicts.
        log: The file.
    """

    ingested: Ingested
    rejections: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    log: Log


class Driver:
    """An engine that is kept from file to file: opening one takes longer than reading one."""

    def __init__(self, engine: DuckDBPyConnection, folder: Path) -> None:
        self.engine, self.folder = engine, folder
        self._bound: set[tuple[object, ...]] = set()

    def open(self, path: Path, options: Options, name: str = "log") -> Log:
        head = peek(path, name, self.engine)
        return Log(path, name, digest(path, name), head, options)

    def ingest(
        self,
        path: Path,
        options: Options | None = None,
        log_end_us: int | None = None,
        country: str | None = None,
    ) -> Run:
        log = self.open(path, options or Options(), path.name)
        as_format = recognise(log.name, log.head, log.options)
        rejections = io.StringIO()
        with tempfile.TemporaryDirectory(dir=self.folder) as spool:
            ingested = ingest_file(
                self.engine, log, as_format, log_end_us, rejections, Path(spool), country=country
            )
            found = self.engine.execute(part_rows("a" * 64, 0))
            names = [column[0] for column in found.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        refused = [json.loads(line) for line in rejections.getvalue().split("\n") if line]
        return Run(ingested, refused, rows, log)

    def _is_sql(self, log: Log, as_format: Format) -> None:
        """A format's SQL must be some: else all files would go to the Python, and nobody see it."""
        if log.options.fields:  # the engine takes two places that differ in case alone for one
            return
        readable = log.head.container != "empty" and as_format.columnar(log)
        if not readable or not engine_reads(log.head) or log.head.preamble:
            return
        for numbered in (False, True):
            tokens = as_format.tokens(log, numbered=numbered)
            asked = (tokens, log.head.columns, log.head.types)
            if asked in self._bound:  # what it is bound against is the same, too
                continue
            try:
                self.engine.execute(f"EXPLAIN {tokens}")
                self._bound.add(asked)
            except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
                raise
            except duckdb.Error:  # a file that the engine can't read, which is another matter
                return

    def proven(self, run: Run) -> int:
        """How many events the SQL gives by itself; an error if the engine can't read the file."""
        as_format = recognise(run.log.name, run.log.head, run.log.options)
        tokens = as_format.tokens(run.log, numbered=True)
        [(found,)] = self.engine.execute(f"SELECT count(event) FROM ({tokens})").fetchall()
        return int(found)

    def agrees(
        self,
        path: Path,
        options: Options | None = None,
        log_end_us: int | None = None,
        country: str | None = None,
    ) -> Run:
        """Ingest a file both ways, and assert that both come to the same."""
        run = self.ingest(path, options, log_end_us, country)
        as_format = recognise(run.log.name, run.log.head, run.log.options)
        self._is_sql(run.log, as_format)
        wanted = exact(run.log, as_format, KEY, log_end_us, country)
        got = [(one["record"], one["line"]) for one in run.rejections]
        assert got == wanted.refused
        ingested = run.ingested
        said = {"untimed": ingested.untimed, "no_numbers": ingested.no_numbers}
        counts = asdict(ingested.balance) | said
        assert counts == wanted.counts
        assert run.ingested.disagreements == wanted.disagreements
        rows = {(row["message_key"], row["alias_key"]): row for row in run.rows}
        assert len(rows) == len(run.rows)
        assert {key: _told(row) for key, row in rows.items()} == wanted.rows
        return run


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """What the log says, without what the run adds."""
    return {name: value for name, value in row.items() if name not in ("ingest_id", "measures")}

"""The one way to open DuckDB: in memory, within the limits asked for, spilling to disk."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reach.errors import Fault, InputError
from reach.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_LEAST_MB = 1750
_SHARE = 4
_CONTAINER = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the engine may use.

    Attributes:
        threads: Threads; None for as many as this process may run on.
        memory_limit: As DuckDB writes sizes, as ``4GB``; beyond it the engine spills to disk.
            None for `usual_memory_limit`.
    """

    threads: int | None = None
    memory_limit: str | None = None


def usual_memory_limit() -> str:
    """A quarter of the memory that there is for this process, and 1750 MB at least."""
    available = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # no container, or one without a limit
        available = min(available, int(_CONTAINER.read_text(encoding="ascii")))
    return f"{max(available // _SHARE // 1_000_000, _LEAST_MB)}MB"


@contextmanager
def connect(limits: Limits | None = None) -> Iterator[DuckDBPyConnection]:
    """Open an in-memory engine with its own spill folder, removed at the end.

    Args:
        limits: Threads and memory; the defaults of `Limits` if None.

    Raises:
        InputError: A limit that the engine does not understand.
    """
    import duckdb

    limits = limits or Limits()
    threads = limits.threads or len(os.sched_getaffinity(0))
    memory_limit = limits.memory_limit or usual_memory_limit()
    with scratch_folder() as spill, duckdb.connect() as connection:
        try:
            connection.execute("SET memory_limit = ?", [memory_limit])
        except duckdb.Error as error:
            raise InputError(
                [Fault("--memory-limit", "$", memory_limit, "a size, as 4GB or 800MB")]
            ) from error
        connection.execute("SET threads = ?", [threads])
        connection.execute("SET temp_directory = ?", [str(spill)])
        connection.execute("SET TimeZone = 'UTC'")
        # Nothing here depends on the order of rows; keeping it would cost memory.
        connection.execute("SET preserve_insertion_order = false")
        # Progress is asked for, and shown where people are: never printed by the engine.
        connection.execute("SET enable_progress_bar = true")
        connection.execute("SET enable_progress_bar_print = false")
        # A log that says INSTALL must not make the engine look for extensions on a network.
        connection.execute("SET autoinstall_known_extensions = false")
        try:
            yield connection
        except duckdb.OutOfMemoryException as error:
            fault = Fault("--memory-limit", "$", memory_limit, "more; this needs more memory")
            raise InputError([no_room(error) or fault]) from error


@contextmanager
def lists_compared(engine: DuckDBPyConnection) -> Iterator[None]:
    """Have a word looked up in a list of words by comparing, and not by joining.

    Around such joins the engine writes out columns that are worked out from one another again
    and again, which can cost it seconds of planning for each file. For the long lists of ids
    that a store is asked for, joins are the quicker way.
    """
    engine.execute("SET disabled_optimizers = 'in_clause'")
    try:
        yield
    finally:
        engine.execute("RESET disabled_optimizers")


def no_room(error: Exception) -> Fault | None:
    """The fault of too little room for what does not fit into memory; None if it is another.

    Args:
        error: What the engine said when its memory was used up.
    """
    said = str(error)
    if "max_temp_directory_size" not in said and "No space left" not in said:
        return None
    expected = "more: make room there, name a larger folder with TMPDIR, or raise --memory-limit"
    received = "too little free space for what does not fit in memory"
    return Fault(tempfile.gettempdir(), "$", received, expected)


def literal(text: str) -> str:
    """Text as an SQL string literal.

    Examples:
        >>> literal("Jum'at")
        "'Jum''at'"
    """
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A column's name as an SQL identifier.

    Examples:
        >>> identifier("called at")
        '"called at"'
    """
    return '"' + name.replace('"', '""') + '"'


def file_literal(path: Path) -> str:
    """One file's path as an SQL literal, with the engine's wildcards made plain letters.

    Examples:
        >>> file_literal(Path("/logs/log[1]*.csv"))
        "'/logs/log[[]1][*].csv'"
    """
    plain = "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(path))
    # A folder may be called ~ or file: which the engine takes for another place.
    return literal(plain if path.is_absolute() else f"./{plain}")

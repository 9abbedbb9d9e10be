"""Many small parts made few large ones: the same rows in other files.

A part is small below the size aimed at. Small parts are put together, oldest first, until
their sizes add up to that; what remains is one part more. One log entry takes the small
ones out and puts the large ones in, so that a reader sees either. The files of the small
ones stay: earlier versions of the table name them.

Rows stay in the order of the parts, so that an ingest's rows lie together and the engine
can pass over those of other experiments.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reach.engine import file_literal
from reach.errors import BalanceError, StoreError
from reach.store.durable import sync_files
from reach.store.evidence import Store
from reach.store.part_files import added, names, removed
from reach.store.table import PART_FORMAT, in_one_line

if TYPE_CHECKING:
    from deltalake.transaction import AddAction, RemoveAction
    from duckdb import DuckDBPyConnection

TARGET_BYTES = 128 << 20
"""Large enough that opening a part costs nothing beside reading it, small enough to share out."""

_FULL = "full"
"""How names of parts begin that are not merged again, even if merging made them smaller."""
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compaction did.

    Attributes:
        merged: How many parts went.
        into: How many came for them.
        rows: How many rows they have.
        bytes_before: Of those that went.
        bytes_after: Of those that came.
    """

    merged: int = 0
    into: int = 0
    rows: int = 0
    bytes_before: int = 0
    bytes_after: int = 0


@dataclass(frozen=True, slots=True)
class _Group:
    old: tuple[Path, ...]
    new: Path
    rows: int


def compact(
    engine: DuckDBPyConnection, store: Store, target_bytes: int = TARGET_BYTES
) -> Compacted:
    """Put small parts together, unless there is nothing to gain.

    Args:
        engine: Where to work.
        store: Whose parts.
        target_bytes: The size aimed at.

    Raises:
        StoreError: The store can't be read or written, or others kept writing.
        BalanceError: Rows were lost or doubled: a bug. The store is as it was.
    """
    for _ in range(_TRIES):
        groups: list[_Group] = []
        try:
            for old, kind in _plan(store, target_bytes):
                groups.append(_merge(engine, old, store.new_part(kind)))
            if not groups or _swap(store, groups):
                return _account(groups)
        except OSError as error:
            raise StoreError(
                f"{store.folder}: the parts can't be merged ({in_one_line(error).lower()}); the "
                "store is as it was. Mend that, and run again"
            ) from error
        finally:
            _take_back(store, groups)
    raise _overtaken(store)


def _plan(store: Store, target_bytes: int) -> list[tuple[tuple[Path, ...], str]]:
    """Which parts go together, and how the names of what comes for them begin."""
    folder = store.table.parts_folder()
    found = []
    for name in names(store.table.open().file_uris()):
        path = folder / name
        written = path.stat()
        if written.st_size < target_bytes and not name.startswith(_FULL):
            found.append((written.st_mtime_ns, name, path, written.st_size))
    planned: list[tuple[tuple[Path, ...], str]] = []
    group: list[Path] = []
    size = 0
    for _, _, path, bytes_ in sorted(found):
        group.append(path)
        size += bytes_
        if size >= target_bytes:
            planned.append((tuple(group), _FULL))
            group, size = [], 0
    if len(group) > 1:
        planned.append((tuple(group), "part"))
    return planned


def _merge(engine: DuckDBPyConnection, old: tuple[Path, ...], new: Path) -> _Group:
    """Write one part for several, and see that it holds the same."""
    import duckdb

    try:
        engine.execute("SET preserve_insertion_order = true")
        engine.execute(
            f"COPY (SELECT * FROM {_rows_of(old)}) TO {file_literal(new)} ({PART_FORMAT})"
        )
        before, after = _sum(engine, _rows_of(old)), _sum(engine, _rows_of([new]))
    except duckdb.OutOfMemoryException:
        new.unlink(missing_ok=True)
        raise
    except duckdb.Error as error:
        new.unlink(missing_ok=True)
        raise StoreError(
            f"{new.parent}: parts can't be merged ({in_one_line(error)}); the store is as it was"
        ) from error
    finally:
        engine.execute("SET preserve_insertion_order = false")
    if before != after:
        new.unlink(missing_ok=True)
        raise BalanceError(
            f"{new.parent}: {before[0]} rows of {len(old)} parts became {after[0]} others; the "
            "store is as it was. Please report it."
        )
    return _Group(old, new, after[0])


def _rows_of(parts: Sequence[Path]) -> str:
    files = ", ".join(file_literal(path) for path in parts)
    return f"read_parquet([{files}], union_by_name = true)"


def _sum(engine: DuckDBPyConnection, rows: str) -> tuple[int, int]:
    """How many rows, and a sum over them that differs if one does, in whatever order."""
    found = engine.execute(
        f"SELECT count(*), coalesce(sum(hash(part)::HUGEINT), 0) FROM {rows} AS part"
    ).fetchone()
    assert found is not None  # noqa: S101 -- an aggregate has a row
    return found[0], found[1]


def _swap(store: Store, groups: Sequence[_Group]) -> bool:
    """Put the new parts in the place of the old; False if others took some of these out."""
    from deltalake.exceptions import CommitFailedError, DeltaError

    sync_files(group.new for group in groups)
    actions: list[AddAction | RemoveAction] = [
        *(removed(path) for group in groups for path in group.old),
        *(added(group.new, group.rows, anew=False) for group in groups),
    ]
    gone = {path.name for group in groups for path in group.old}
    for _ in range(_TRIES):
        table = store.table.open()
        if not gone <= set(names(table.file_uris())):
            return False
        try:
            # The library would let two take the same part out: so no commit may come between.
            store.table.write(table, actions, retries=0)
        except CommitFailedError:
            continue
        except (DeltaError, OSError) as error:
            if not _there(store, groups):
                raise StoreError(
                    f"{store.folder}: the commit failed ({in_one_line(error)}); the store is as it was"
                ) from error
        store.settle_log(since=table.version())
        return True
    raise _overtaken(store)


def _there(store: Store, groups: Sequence[_Group]) -> bool:
    return {group.new.name for group in groups} <= set(names(store.table.open().file_uris()))


def _take_back(store: Store, groups: Sequence[_Group]) -> None:
    # Where the table can't be asked, the next run that is alone here will.
    with suppress(StoreError, OSError):
        if groups and not _there(store, groups):
            for group in groups:
                group.new.unlink(missing_ok=True)


def _account(groups: Sequence[_Group]) -> Compacted:
    old = [path for group in groups for path in group.old]
    return Compacted(
        merged=len(old),
        into=len(groups),
        rows=sum(group.rows for group in groups),
        bytes_before=sum(path.stat().st_size for path in old),
        bytes_after=sum(group.new.stat().st_size for group in groups),
    )


def _overtaken(store: Store) -> StoreError:
    return StoreError(f"{store.folder}: other processes keep writing here; run again")

"""What lies in a store, and what of it no present reader needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reach.engine import file_literal
from reach.errors import StoreError
from reach.store import log
from reach.store.durable import sync_folder
from reach.store.evidence import Store
from reach.store.part_files import names
from reach.store.table import in_one_line

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Files:
    """So many files of so many bytes."""

    count: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a store holds.

    Attributes:
        version: The table's, which grows by one a commit.
        ingests: Files that were read, each in one way.
        rows: Rows of evidence.
        parts: The files that hold them.
        old: Files that only earlier versions name.
        stray: Files that no version names: of a run that is going on, or of one that was killed.
        rejected: Files of refused records.
    """

    version: int
    ingests: int
    rows: int
    parts: Files
    old: Files
    stray: Files
    rejected: Files


def existing_store(folder: Path) -> Store:
    """A store that is there.

    Raises:
        StoreError: It is not, or can't be used.
    """
    if not (folder / "evidence" / log.FOLDER).is_dir():
        raise StoreError(
            f"{folder}: got no store, expected the folder that --store named, or the .reach beside "
            "an experiment"
        )
    return Store(folder)


def take_stock(engine: DuckDBPyConnection, store: Store) -> Inventory:
    """Count what lies in a store.

    Raises:
        StoreError: It can't be read.
    """
    import duckdb

    table = store.table.open()
    parts = [store.table.parts_folder() / name for name in names(table.file_uris())]
    named = log.named_parts(store.table.log)
    written = store.table.folder.glob("*.parquet")
    try:
        return Inventory(
            version=table.version(),
            ingests=len(log.named_ingests(store.table.log)),
            rows=_rows(engine, parts),
            parts=_files(parts),
            old=_files(_old(store, {path.name for path in parts})),
            stray=_files([path for path in written if path.name not in named]),
            rejected=_files(list(store.rejected.glob("[!.]*"))),
        )
    except (duckdb.Error, OSError) as error:
        raise StoreError(f"{store.folder}: can't be read ({in_one_line(error)})") from error


def _rows(engine: DuckDBPyConnection, parts: Sequence[Path]) -> int:
    if not parts:
        return 0
    files = ", ".join(file_literal(path) for path in parts)
    found = engine.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata([{files}])").fetchone()
    return int(found[0]) if found else 0


def drop_old(store: Store, keep_versions: Collection[int] = ()) -> Files:
    """Delete the files that only earlier versions name.

    Args:
        store: Where; nobody else may be in it, for a reader may be at an earlier version.
        keep_versions: Earlier versions that are to be readable still.

    Returns:
        What was deleted.

    Raises:
        StoreError: Others are in the store, there is no such version, or the disk refuses.
    """
    if not store.lock.send_others_out():
        raise StoreError(
            f"{store.folder}: others are using it (or its disk has no locks), and may read what "
            "would be deleted; nothing was. Run again when they are done"
        )
    try:
        kept = set(names(store.table.open().file_uris()))
        for version in keep_versions:
            kept |= set(names(store.table.at(version).file_uris()))
        old = _old(store, kept)
        dropped = _files(old)
        for path in old:
            path.unlink()
        sync_folder(store.table.folder)
    except OSError as error:
        raise StoreError(
            f"{store.folder}: can't be deleted ({(error.strerror or str(error)).lower()})"
        ) from error
    finally:
        store.lock.let_others_in()
    return dropped


def _old(store: Store, kept: Collection[str]) -> list[Path]:
    named = log.named_parts(store.table.log)
    found = store.table.folder.glob("*.parquet")
    return [path for path in found if path.name in named and path.name not in kept]


def _files(paths: Collection[Path]) -> Files:
    return Files(len(paths), sum(path.stat().st_size for path in paths))

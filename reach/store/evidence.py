"""The evidence table: one row a message as one file saw it, in a Delta table.

An ingest id is committed at most once, by whichever process comes first; whoever comes
second finds it there and takes its own copy away.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reach.errors import StoreError
from reach.store import log
from reach.store.durable import sync_file, sync_files, sync_folder, write_whole
from reach.store.layout import keep_layout, require_layout
from reach.store.ledger import Entry, read_entry, write_entries
from reach.store.lock import Lock
from reach.store.mending import drop_drafts, mend
from reach.store.part_files import added, names
from reach.store.table import COLUMNS as _COLUMNS
from reach.store.table import Table, in_one_line

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["_COLUMNS", "Part", "Store"]

_COMMIT_TRIES = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A written part that waits for its commit."""

    entry: Entry
    path: Path


class Store:
    """A folder with the evidence table and what belongs to it.

    As long as this object lives its run counts as being in the store: see `reach.store.lock`.

    Attributes:
        folder: The store's folder.
        key_file: Where the secret is kept.
        table: The table of evidence.
        lock: This run's hold on the store.
        rejected: The folder of refused records.
        ledger: The folder of accounts.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store, or make it; mend what killed runs left, if nobody else is in it.

        Raises:
            StoreError: The folder can't be used, or what is in it can't be read.
        """
        self.folder = folder
        self.key_file = folder / "key"
        self.table = Table(folder / "evidence")
        self.ledger = folder / "ingests"
        self.rejected = folder / "rejected"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            require_layout(folder)
            for each in (self.table.folder, self.ledger, self.rejected):
                each.mkdir(exist_ok=True)
            self.lock = Lock(folder)
            if self.lock.alone:
                self._put_in_order()
            if not (folder / ".gitignore").exists():
                self.lock.begin_writing()
                write_whole(folder / ".gitignore", "*\n")
                sync_folder(folder.parent)
            keep_layout(folder)
        except OSError as error:
            raise StoreError(
                f"{folder}: {(error.strerror or str(error)).lower()}; "
                "choose a folder that can be written with --store"
            ) from error

    def entries(self, ingest_ids: Collection[str]) -> dict[str, Entry]:
        """The entries of those ingests that are committed and accounted for."""
        table = self.table.open()
        known = {}
        for ingest_id in ingest_ids:
            if table.transaction_version(ingest_id) is not None:
                entry = read_entry(self.ledger, ingest_id)
                if entry is not None and self._has_rejected(entry):
                    known[ingest_id] = entry
        return known

    def new_part(self, kind: str = "part") -> Path:
        """Where the next part is to be written.

        Args:
            kind: How its name begins.

        Raises:
            StoreError: Nothing can be written here.
        """
        try:
            self.lock.begin_writing()
        except OSError as error:
            raise self._refusing(error) from error
        return self.table.parts_folder() / f"{kind}-{uuid.uuid4().hex}.parquet"

    def rejected_path(self, name: str) -> Path:
        """Where a file of refused records is kept."""
        return self.rejected / name

    def keep_rejected(self, draft: Path, name: str) -> None:
        """Keep a file of refused records, readable by its owner alone: it holds addresses."""
        kept = self.rejected_path(name)
        arriving = kept.with_name(f".{uuid.uuid4().hex}")
        try:
            self.lock.begin_writing()
            # Made so that nobody else may read it even while it is written.
            handle = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file, draft.open("rb") as written:
                shutil.copyfileobj(written, file)
                file.flush()
                os.fsync(handle)  # an earlier ingest's file may be in its place, and is whole
            arriving.replace(kept)
        except OSError as error:
            with suppress(OSError):
                arriving.unlink(missing_ok=True)
            raise self._refusing(error) from error

    def commit(self, parts: Collection[Part]) -> None:
        """Make parts evidence, all in one commit; those already there are taken away.

        Raises:
            StoreError: Others kept committing, or the disk refused. Then nothing of it counts,
                and the parts are gone.
        """
        waiting = list(parts)
        try:
            self._settle(waiting)
            self._commit_all(waiting)
        except (OSError, StoreError) as error:
            self._take_back(waiting)
            if isinstance(error, StoreError):
                raise
            raise self._refusing(error) from error

    def parts(self) -> list[str]:
        """The files that hold the evidence, for the engine to read."""
        folder = self.table.parts_folder()
        return sorted(str(folder / name) for name in names(self.table.open().file_uris()))

    def tidy(self) -> int:
        """Take away what killed runs left, if nobody else is in the store.

        Returns:
            How many files were taken away.

        Raises:
            StoreError: The table is damaged, or the disk refuses.
        """
        if not self.lock.send_others_out():
            return 0
        try:
            return mend(self.folder, self.table, self.lock.written_since())
        except OSError as error:
            raise self._refusing(error) from error
        finally:
            self.lock.let_others_in()

    def _put_in_order(self) -> None:
        try:
            log.drop_empty(self.table.log)
            drop_drafts(self.folder)  # a key is made without a mark
            if (since := self.lock.written_since()) is not None:
                mend(self.folder, self.table, since)
                self.lock.all_in_order()
        except StoreError:
            pass  # told when the table is wanted, with what to do
        finally:
            self.lock.let_others_in()

    def _has_rejected(self, entry: Entry) -> bool:
        """Whether the refused records that the account speaks of are still there."""
        return entry.rejected_file is None or self.rejected_path(entry.rejected_file).is_file()

    def _settle(self, waiting: Sequence[Part]) -> None:
        """Have on the disk what a commit is going to speak of."""
        files = [part.path for part in waiting]
        files += [
            self.rejected_path(part.entry.rejected_file)
            for part in waiting
            if part.entry.rejected_file
        ]
        sync_files(files)
        write_entries(self.ledger, [part.entry for part in waiting])

    def _commit_all(self, waiting: list[Part]) -> None:
        for _ in range(_COMMIT_TRIES):
            if not waiting:
                return
            waiting = self._commit_once(waiting)
        if waiting:
            raise StoreError(f"{self.folder}: other processes keep writing here; run again")

    def _commit_once(self, waiting: list[Part]) -> list[Part]:
        from deltalake.exceptions import CommitFailedError, DeltaError

        # The same handle must see what is there and commit: otherwise a replay slips in between.
        table = self.table.open()
        seen = table.version()
        missing = []
        for part in waiting:
            if table.transaction_version(part.entry.ingest_id) is None:
                missing.append(part)
            else:
                part.path.unlink()
        if not missing:
            return []
        coming = [added(part.path, part.entry.balance.messages) for part in missing]
        try:
            self.table.write(table, coming, [part.entry.ingest_id for part in missing])
        except CommitFailedError:
            return missing
        except (DeltaError, OSError) as error:
            if self._uncommitted(missing):
                raise StoreError(
                    f"{self.folder}: the commit failed ({in_one_line(error)}); nothing was stored"
                ) from error
        self.settle_log(since=seen)
        return []

    def _uncommitted(self, parts: Sequence[Part]) -> list[Part]:
        """Those that the table does not have, seen with fresh eyes."""
        table = self.table.open()
        return [part for part in parts if table.transaction_version(part.entry.ingest_id) is None]

    def _take_back(self, waiting: Sequence[Part]) -> None:
        # Where the table can't be asked, the next run that is alone here will.
        with suppress(StoreError, OSError):
            for part in self._uncommitted(waiting):
                part.path.unlink(missing_ok=True)

    def _refusing(self, error: OSError) -> StoreError:
        where = self.folder if error.filename is None else os.fsdecode(error.filename)
        return StoreError(
            f"{where}: the system says: {(error.strerror or in_one_line(error)).lower()}; nothing "
            f"was stored. Mend that, or choose another folder with --store, and run again"
        )

    def settle_log(self, since: int) -> None:
        """Have on the disk what was committed since a version.

        Raises:
            StoreError: The disk refused, after the fact.
        """
        try:
            self._sync_log(since=since)
        except OSError as error:
            raise StoreError(
                f"{self.folder}: all is stored, but the disk did not confirm it "
                f"({(error.strerror or str(error)).lower()}): a power cut may undo it. See to the "
                "disk, and run again"
            ) from error
        self.table.checkpoint(since=since)

    def _sync_log(self, since: int) -> None:
        # Others may have committed since: entries after ours do not make ours safe.
        for entry in log.entries(self.table.log):
            if entry.name >= f"{since:020}":
                sync_file(entry)
        sync_folder(self.table.log)
        sync_folder(self.table.folder)

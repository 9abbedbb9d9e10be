"""The evidence table: one row a message as one file saw it, in a Delta table.

An ingest id is committed at most once, by whichever process comes first; whoever comes
second finds it there and takes its own copy away.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reach.errors import StoreError
from reach.store.durable import sync_file, sync_folder, write_whole
from reach.store.ledger import Entry, read_entry, write_entry
from reach.store.way_in import WayIn, way_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from deltalake import DeltaTable
    from deltalake.schema import Schema

_COLUMNS = {
    "ingest_id": "string",
    "message_key": "binary",
    "alias_key": "binary",
    "address": "binary",
    "channel": "string",
    "campaign": "string",
    "region": "string",
    "segment": "string",
    "purpose": "string",
    "variant": "string",
    "bits": "integer",
    "measures": "integer",
    "disagreements": "integer",
    "first_at": "long",
    "last_at": "long",
    "sent_at": "long",
    "delivered_at": "long",
    "last_click_at": "long",
    "acted_at": "long",
    "failure_reason": "string",
    "cost_micros": "long",
    "currency": "string",
}
"""The columns of a part, as `reach.ingest.file.part_rows` writes them; times in µs UTC."""

_KEEP_FOR_EVER = {
    # Pins name versions: clean-up of old log entries would destroy them.
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.enableExpiredLogCleanup": "false",
}
_NEWEST_READER = 1
_COMMIT_TRIES = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A written part that waits for its commit."""

    entry: Entry
    path: Path


class Store:
    """A folder with the evidence table and what belongs to it.

    Attributes:
        folder: The store's folder.
        key_file: Where the secret is kept.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store, or make it.

        Raises:
            StoreError: The folder can't be used, or what is in it can't be read.
        """
        self.folder = folder
        self.key_file = folder / "key"
        self._table = folder / "evidence"
        self._ledger = folder / "ingests"
        self._rejected = folder / "rejected"
        self._ways: WayIn | None = None
        try:
            for each in (folder, self._table, self._ledger, self._rejected):
                each.mkdir(parents=True, exist_ok=True)
            if not (folder / ".gitignore").exists():
                write_whole(folder / ".gitignore", "*\n")
        except OSError as error:
            raise StoreError(
                f"{folder}: {(error.strerror or str(error)).lower()}; "
                "choose a folder that can be written with --store"
            ) from error

    def entries(self, ingest_ids: Collection[str]) -> dict[str, Entry]:
        """The entries of those ingests that are committed and accounted for."""
        table = self._open()
        known = {}
        for ingest_id in ingest_ids:
            if table.transaction_version(ingest_id) is not None:
                entry = read_entry(self._ledger, ingest_id)
                if entry is not None and self._has_rejected(entry):
                    known[ingest_id] = entry
        return known

    def _has_rejected(self, entry: Entry) -> bool:
        """Whether the refused records that the account speaks of are still there."""
        return entry.rejected_file is None or self.rejected_path(entry.rejected_file).is_file()

    def new_part(self) -> Path:
        """Where the next part is to be written."""
        return self._way().parts / f"part-{uuid.uuid4().hex}.parquet"

    def rejected_path(self, name: str) -> Path:
        """Where a file of refused records is kept."""
        return self._rejected / name

    def keep_rejected(self, draft: Path, name: str) -> None:
        """Keep a file of refused records, readable by its owner alone: it holds addresses."""
        kept = self.rejected_path(name)
        arriving = kept.with_name(f".{uuid.uuid4().hex}")
        # Made so that nobody else may read it even while it is written.
        handle = os.open(arriving, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file, draft.open("rb") as written:
            shutil.copyfileobj(written, file)
        arriving.replace(kept)

    def commit(self, parts: Collection[Part]) -> None:
        """Make parts evidence, all in one commit; those already there are taken away.

        Raises:
            StoreError: Others kept committing, or the disk refused.
        """
        for part in parts:
            sync_file(part.path)
            if part.entry.rejected_file:
                sync_file(self.rejected_path(part.entry.rejected_file))
            write_entry(self._ledger, part.entry)
        waiting = list(parts)
        for _ in range(_COMMIT_TRIES):
            waiting = self._commit_once(waiting)
            if not waiting:
                return
        raise StoreError(f"{self.folder}: other processes keep writing here; run again")

    def parts(self) -> list[str]:
        """The files that hold the evidence, for the engine to read."""
        # The library tells percent-encoded addresses; the names in them are ours, and plain.
        names = (address.rpartition("/")[2] for address in self._open().file_uris())
        return sorted(str(self._way().parts / name) for name in names)

    def _commit_once(self, waiting: list[Part]) -> list[Part]:
        from deltalake import CommitProperties, Transaction
        from deltalake.exceptions import CommitFailedError, DeltaError
        from deltalake.transaction import AddAction, RemoveAction

        # The same handle must see what is there and commit: otherwise a replay slips in between.
        table = self._open()
        seen = table.version()
        missing = []
        for part in waiting:
            if table.transaction_version(part.entry.ingest_id) is None:
                missing.append(part)
            else:
                part.path.unlink()
        if not missing:
            return []
        actions: list[AddAction | RemoveAction] = [
            AddAction(
                path=part.path.name,
                size=part.path.stat().st_size,
                partition_values={},
                modification_time=int(part.path.stat().st_mtime * 1000),
                data_change=True,
                stats=json.dumps({"numRecords": part.entry.balance.messages}),
            )
            for part in missing
        ]
        transactions = [Transaction(app_id=part.entry.ingest_id, version=1) for part in missing]
        try:
            table.create_write_transaction(
                actions,
                mode="append",
                schema=_schema(),
                commit_properties=CommitProperties(app_transactions=transactions),
            )
        except CommitFailedError:
            return missing
        except (DeltaError, OSError) as error:
            raise StoreError(
                f"{self.folder}: the commit failed ({error}); nothing was stored"
            ) from error
        self._sync_log(since=seen)
        return []

    def _open(self) -> DeltaTable:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        log = self._table / "_delta_log"
        try:
            self._drop_empty_entries(log)
            place = str(self._way().table)
            if not DeltaTable.is_deltatable(place):
                self._create(place)
            table = DeltaTable(place)
        except (DeltaError, OSError, ValueError) as error:
            newest = max((entry.name for entry in log.glob("*.json")), default=None)
            advice = "See that its folder can be written and its disk is not full, and run again."
            if newest is not None:
                advice = (
                    f"If a crash damaged its newest log entry, {newest}, delete that file and run "
                    "again: what it held is then ingested anew."
                )
            raise StoreError(
                f"{self._table}: the evidence table can't be opened "
                f"({str(error).splitlines()[0]}). {advice}"
            ) from error
        if table.protocol().min_reader_version > _NEWEST_READER:
            raise StoreError(
                f"{self._table}: written by a newer version of reach; upgrade with "
                "pip install --upgrade reach-eval"
            )
        return table

    def _way(self) -> WayIn:
        self._ways = self._ways or way_in(self._table, self)
        return self._ways

    def _create(self, place: str) -> None:
        from deltalake import DeltaTable
        from deltalake.exceptions import CommitFailedError

        with suppress(CommitFailedError):  # another process was first
            DeltaTable.create(place, schema=_schema(), mode="ignore", configuration=_KEEP_FOR_EVER)
        self._sync_log(since=0)

    @staticmethod
    def _drop_empty_entries(log: Path) -> None:
        # A crash can leave the newest entry without content: its commit never happened.
        newest = max(log.glob("*.json"), default=None) if log.is_dir() else None
        if newest is not None and newest.stat().st_size == 0:
            newest.unlink(missing_ok=True)

    def _sync_log(self, since: int) -> None:
        # Others may have committed since: entries after ours do not make ours safe.
        log = self._table / "_delta_log"
        for entry in log.glob("*.json"):
            if entry.name >= f"{since:020}":
                sync_file(entry)
        sync_folder(self._table)


def _schema() -> Schema:
    from deltalake.schema import Field, PrimitiveType, Schema

    return Schema([Field(name, PrimitiveType(kind)) for name, kind in _COLUMNS.items()])

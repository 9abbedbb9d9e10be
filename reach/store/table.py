"""The Delta table of the evidence: its columns, opening it, writing to its log."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reach.errors import StoreError
from reach.store import log as entries_of
from reach.store.durable import sync_file, sync_folder
from reach.store.layout import UPGRADE
from reach.store.way_in import WayIn, way_in

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from deltalake.schema import Schema
    from deltalake.transaction import AddAction, RemoveAction

PART_FORMAT = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION snappy"
"""How parts are written: numbers as differences, which are smaller and quicker than packed ones."""

COLUMNS = {
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
"""The columns of a part, as `reach.ingest.part.part_rows` writes them; times in µs UTC."""

_KEEP_FOR_EVER = {
    # Pins name versions: clean-up of old log entries would destroy them.
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.enableExpiredLogCleanup": "false",
}
_NEWEST_READER = 1
_CHECKPOINT_EVERY = 100
_COLOURS = re.compile(r"\x1b\[[0-9;]*m|↳")
_ANEW = (
    "bring the store back from a copy; or delete its folders evidence and ingests, keep its key, "
    "and run again: the logs are then read anew"
)


class Table:
    """A folder with parts and a log that names those that count.

    Attributes:
        folder: The table's own folder.
        log: The folder of its entries.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / entries_of.FOLDER
        self._ways: WayIn | None = None

    def parts_folder(self) -> Path:
        """By which path the engine reaches the parts."""
        return self._way().parts

    def open(self) -> DeltaTable:
        """The table as it is now, made if there is none.

        Raises:
            StoreError: It is damaged, or a newer version's, or the disk refuses.
        """
        from deltalake.exceptions import DeltaError

        try:
            entries_of.require_whole_newest(self.log)
            table = self._opened()
        except (DeltaError, OSError, ValueError) as error:
            raise StoreError(
                f"{self.folder}: the evidence table can't be opened ({in_one_line(error)}). "
                f"{self._advice()}"
            ) from error
        if table.protocol().min_reader_version > _NEWEST_READER:
            raise StoreError(f"{self.folder}: written by a newer version of reach; {UPGRADE}")
        return table

    def at(self, version: int) -> DeltaTable:
        """The table as it was after an entry.

        Raises:
            StoreError: There is no such version.
        """
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        try:
            return DeltaTable(str(self._way().table), version=version)
        except (DeltaError, OSError, ValueError, OverflowError) as error:
            raise StoreError(
                f"{self.folder}: no version {version} ({in_one_line(error)})"
            ) from error

    def write(
        self,
        table: DeltaTable,
        actions: Sequence[AddAction | RemoveAction],
        ingest_ids: Collection[str] = (),
        *,
        retries: int | None = None,
    ) -> None:
        """Write one entry to the log, through the handle that saw what is there.

        Args:
            table: The handle.
            actions: Parts that come and parts that go.
            ingest_ids: Of what comes anew.
            retries: How often others may come first; 0 to find out about all others.

        Raises:
            CommitFailedError: Others came first.
            DeltaError: The table's log can't take it.
            OSError: Nor can the disk.
        """
        from deltalake import CommitProperties, PostCommitHookProperties, Transaction

        said = {entries_of.ACTIONS: len(actions) + len(ingest_ids)}
        table.create_write_transaction(
            list(actions),
            mode="append",
            schema=_schema(),
            commit_properties=CommitProperties(
                custom_metadata=said,
                max_commit_retries=retries,
                app_transactions=[Transaction(app_id=each, version=1) for each in ingest_ids],
            ),
            # What comes after a commit must not fail it: see `checkpoint`.
            post_commithook_properties=PostCommitHookProperties(
                create_checkpoint=False, cleanup_expired_logs=False
            ),
        )

    def checkpoint(self, since: int) -> None:
        """Shorten the way through the log now and then; without it all is there as well."""
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        with suppress(DeltaError, OSError):
            table = DeltaTable(str(self._way().table))
            if table.version() // _CHECKPOINT_EVERY > since // _CHECKPOINT_EVERY:
                table.create_checkpoint()
                entries_of.sync_checkpoints(self.log)

    def _way(self) -> WayIn:
        self._ways = self._ways or way_in(self.folder, self)
        return self._ways

    def _opened(self) -> DeltaTable:
        from deltalake import DeltaTable
        from deltalake.exceptions import DeltaError

        place = str(self._way().table)
        if not DeltaTable.is_deltatable(place):
            self._create(place)
        try:
            return DeltaTable(place)
        except DeltaError:
            # A damaged checkpoint is no loss while all that it sums up is there.
            if entries_of.torn(self.log) or not entries_of.drop_checkpoints(self.log):
                raise
        return DeltaTable(place)

    def _create(self, place: str) -> None:
        from deltalake import DeltaTable
        from deltalake.exceptions import CommitFailedError

        with suppress(CommitFailedError):  # another process was first
            DeltaTable.create(place, schema=_schema(), mode="ignore", configuration=_KEEP_FOR_EVER)
        for entry in entries_of.entries(self.log):
            sync_file(entry)
        sync_folder(self.log)
        sync_folder(self.folder)

    def _advice(self) -> str:
        kept = entries_of.entries(self.log)
        if not kept:
            return "See that its folder can be written and its disk is not full, and run again."
        if missing := entries_of.missing(self.log):
            return f"Its log entry {missing} is missing: {_ANEW}."
        damaged = entries_of.torn(self.log)
        if damaged is None:
            return f"All its log entries are whole, so that something else is: {_ANEW}."
        if damaged != kept[-1]:
            return f"Its log entry {damaged.name} is damaged, and later ones stand on it: {_ANEW}."
        return (
            f"If a crash damaged its newest log entry, {damaged.name}, delete that file and run "
            "again: what it held is then ingested anew."
        )


def in_one_line(error: Exception) -> str:
    r"""What a library says went wrong, without colours; of several lines the first and the last.

    Examples:
        >>> in_one_line(OSError("Generic error\n  \x1b[31m↳\x1b[0m No space left on device (os error 28)"))
        'Generic error: No space left on device (os error 28)'
    """
    lines = [text for line in str(error).splitlines() if (text := _COLOURS.sub("", line).strip())]
    told = [line for line in lines if not line.endswith(": <unknown>")] or [type(error).__name__]
    return ": ".join(dict.fromkeys((told[0], told[-1])))


def _schema() -> Schema:
    from deltalake.schema import Field, PrimitiveType, Schema

    return Schema([Field(name, PrimitiveType(kind)) for name, kind in COLUMNS.items()])

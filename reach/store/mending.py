"""What killed runs left behind, taken away by the next run that is alone in the store."""

from __future__ import annotations

from pathlib import Path

from reach.store import log
from reach.store.durable import is_draft
from reach.store.table import Table

_KEY_DRAFTS = ".key-*"
"""As `reach.ingest.secret` names a key that is being made."""
_SLACK_S = 5.0
"""Clocks of disks are coarse."""


def mend(store: Path, table: Table, since: float | None) -> int:
    """Take away drafts of files that never became whole, and parts that no log entry names.

    Only for who is alone in the store: what a run is writing looks the same.

    Args:
        store: The store's folder.
        table: Its table.
        since: When runs began to write; older parts are no killed run's, and stay whatever
            the log says, for it may be the log that was lost. None leaves all parts.

    Returns:
        How many files were taken away.

    Raises:
        StoreError: The table is damaged; then no part is taken away.
        OSError: The disk refuses.
    """
    found = [path for path in (store / "ingests").glob(".*") if is_draft(path.name)]
    found += (store / "rejected").glob(".*")
    found += (store / "tallies").glob(".*")
    found += table.log.glob("*#*")
    for path in found:
        path.unlink(missing_ok=True)
    parts = [] if since is None else _unnamed(table, since - _SLACK_S)
    for path in parts:
        path.unlink(missing_ok=True)
    log.sync_newest(table.log)
    return drop_drafts(store) + len(found) + len(parts)


def drop_drafts(store: Path) -> int:
    """Take away drafts in the store's own folder, of its marks and its key.

    Only for who is alone in the store.

    Returns:
        How many.
    """
    found = [*store.glob(_KEY_DRAFTS), *(each for each in store.glob(".*") if is_draft(each.name))]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _unnamed(table: Table, since: float) -> list[Path]:
    """Parts that the table does not have and never had."""
    recent = [path for path in table.folder.glob("*.parquet") if path.stat().st_mtime >= since]
    if not recent or not log.entries(table.log):
        return []
    # The log's own words, and the library's: what either knows of is kept.
    uris = table.open().file_uris()
    known = log.named_parts(table.log) | {address.rpartition("/")[2] for address in uris}
    return [path for path in recent if path.name not in known]

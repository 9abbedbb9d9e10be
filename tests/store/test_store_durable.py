"""Written is not stored: what a commit names is on the disk when the commit returns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from parts import part

from reach.store.evidence import Store


def test_all_that_is_written_is_forced_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    store = Store(tmp_path)
    (tmp_path / "draft").write_text("{}\n", encoding="utf-8")
    store.keep_rejected(tmp_path / "draft", "log.ndjson")
    made = part(store, "one", "log.ndjson")
    synced.clear()
    store.commit([made])
    log = tmp_path / "evidence" / "_delta_log"
    wanted = [
        made.path, tmp_path / "rejected" / "log.ndjson", tmp_path / "rejected", tmp_path / "evidence",
        tmp_path / "ingests", log, log / f"{0:020}.json", log / f"{1:020}.json",
    ]  # fmt: skip
    assert {str(path) for path in wanted} <= set(synced)
    assert synced.index(str(made.path)) < synced.index(str(log / f"{1:020}.json"))
    # The log's folder is a new name in the table's.
    assert str(tmp_path / "evidence") in synced[synced.index(str(log)) :]
    assert any(Path(name).name.startswith(".one.json") for name in synced)


def test_a_commit_that_was_overtaken_is_forced_to_the_disk_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reach.store.evidence as under_test

    store = Store(tmp_path)
    store.commit([part(store, "first")])
    synced: set[str] = set()
    real = Store._sync_log  # noqa: SLF001 -- the moment between a commit and its safety
    monkeypatch.setattr(under_test, "sync_file", lambda path: synced.add(path.name))

    def overtaken(self: Store, since: int) -> None:
        monkeypatch.setattr(Store, "_sync_log", real)
        for name in ("a", "b", "c"):
            other = Store(tmp_path)
            other.commit([part(other, name)])
        synced.clear()
        real(self, since)

    monkeypatch.setattr(Store, "_sync_log", overtaken)
    store.commit([part(store, "mine")])
    assert f"{2:020}.json" in synced

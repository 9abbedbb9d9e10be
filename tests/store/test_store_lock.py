"""Who is in a store: what a run leaves unfinished is taken away once it is surely nobody's."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest
from parts import part, stored

from reach.errors import StoreError
from reach.store.evidence import Store
from reach.store.lock import Lock


def unfinished(folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix == ".parquet" or path.name.startswith(".") or "#" in path.name)
        if path.name != ".gitignore"
    )  # fmt: skip


def leave_behind(store: Store) -> None:
    """What runs that were killed at different steps leave."""
    part(store, "killed")
    for name in (".key-abc", "ingests/.one.json.4711", "rejected/.0123", ".layout.4711"):
        (store.folder / name).write_text("half", encoding="utf-8")
    (store.table.log / f"{9:020}.json#1").write_text("half", encoding="utf-8")


def test_what_a_killed_run_left_goes_when_nobody_else_is_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    kept = unfinished(tmp_path)
    leave_behind(store)
    other = Store(tmp_path)  # the first may be still at it
    assert len(unfinished(tmp_path)) == len(kept) + 6
    assert other.tidy() == 0
    del store
    assert len(unfinished(tmp_path)) == len(kept) + 6
    del other
    assert stored(Store(tmp_path)) == {"one": 1}
    assert unfinished(tmp_path) == kept


def test_a_part_of_before_is_no_killed_run_s(tmp_path: Path) -> None:
    # As when the log was lost and another begun: the parts may be wanted again.
    store = Store(tmp_path)
    assert store.parts() == []
    old = part(store, "one").path
    os.utime(old, (1, 1))
    part(store, "two")
    del store
    assert Store(tmp_path).tidy() == 0
    assert [path.name for path in (tmp_path / "evidence").glob("*.parquet")] == [old.name]


def test_a_store_without_its_log_keeps_its_parts(tmp_path: Path) -> None:
    import shutil

    store = Store(tmp_path)
    store.commit([part(store, "one")])
    del store
    shutil.rmtree(tmp_path / "evidence" / "_delta_log")
    Store(tmp_path)
    assert len(list((tmp_path / "evidence").glob("*.parquet"))) == 1


def test_an_empty_entry_stays_while_others_are_there(tmp_path: Path) -> None:
    # Another could be putting a whole one in its place.
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    entry = max(store.table.log.glob("*.json"))
    entry.write_bytes(b"")
    Store(tmp_path)
    assert entry.exists()
    del store
    Store(tmp_path)
    assert not entry.exists()


def test_all_empty_entries_at_the_end_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in ("one", "two", "three"):
        store.commit([part(store, name)])
    for entry in sorted(store.table.log.glob("*.json"))[-2:]:
        entry.write_bytes(b"")
    del store
    store = Store(tmp_path)
    store.commit([part(store, "two")])
    assert stored(store) == {"one": 1, "two": 1}
    assert len(list(store.table.log.glob("*.json"))) == 3


def test_alone_and_not(tmp_path: Path) -> None:
    first = Lock(tmp_path)
    assert first.alone
    first.let_others_in()
    second = Lock(tmp_path)
    assert not second.alone
    assert not first.send_others_out()
    del second
    assert first.send_others_out()


def test_a_disk_without_locks_is_worked_on_and_never_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    lost = part(store, "two")
    del store
    store = Store(tmp_path)
    assert (stored(store), store.tidy(), lost.path.exists()) == ({"one": 1}, 0, True)


@pytest.mark.parametrize("trouble", [errno.EROFS, errno.EACCES])
def test_a_store_that_can_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: int
) -> None:
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    del store
    for name in ("lock", "layout"):
        (tmp_path / name).unlink()
    real = os.open

    def closed(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_CREAT and str(path).startswith(str(tmp_path)):
            raise OSError(trouble, os.strerror(trouble), path)
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", closed)
    store = Store(tmp_path)
    assert stored(store) == {"one": 1}
    assert set(store.entries(["one"])) == {"one"}
    store.commit([])
    with pytest.raises(
        StoreError, match="the system says: read-only file system; nothing was stored"
    ):
        store.new_part()


def test_a_lock_that_is_another_s_can_be_shared_by_who_may_only_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Store(tmp_path)
    real = os.open

    def another_s(path: str, flags: int, *more: int, **named: int) -> int:
        if str(path).endswith("/lock") and flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", another_s)
    guest = Store(tmp_path)
    waiting = part(guest, "one")
    del owner
    monkeypatch.undo()
    Store(tmp_path)
    guest.commit([waiting])
    assert stored(guest) == {"one": 1}

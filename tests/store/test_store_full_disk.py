"""The disk refuses at any step: nothing half-stored, a plain word, and then all goes on."""

from __future__ import annotations

import errno
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from parts import part, stored

from reach.errors import StoreError
from reach.store import durable
from reach.store.evidence import Part, Store

_OF_THE_CALLER = 2
"""Steps of keeping refused records: the parts are not in the hands of a commit yet."""


@contextmanager
def refusing_from(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """No space left from a step on: of writing, waiting for the disk, renaming, committing."""
    taken = [0]

    def limited(real: Callable[..., Any], trouble: Exception) -> Callable[..., Any]:
        def limited_call(*args: Any, **named: Any) -> Any:  # noqa: ANN401
            taken[0] += 1
            if taken[0] >= step:
                raise trouble
            return real(*args, **named)

        return limited_call

    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patched:
        patched.setattr(durable, "_AT_ONCE", 1)
        patched.setattr(os, "fsync", limited(os.fsync, full))
        patched.setattr(Path, "replace", limited(Path.replace, full))
        patched.setattr(durable, "_for_owner_only", limited(vars(durable)["_for_owner_only"], full))
        commit = limited(
            DeltaTable.create_write_transaction, OSError("Generic error\n ↳ disk full")
        )
        patched.setattr(DeltaTable, "create_write_transaction", commit)
        yield taken


def test_a_disk_that_is_full_at_any_step_stores_nothing_by_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.commit([part(store, "before")])
    (tmp_path / "draft").write_text("{}\n", encoding="utf-8")
    for step in count(1):
        made = [part(store, name) for name in ("one", "two")]
        with refusing_from(step, monkeypatch) as taken:
            try:
                store.keep_rejected(tmp_path / "draft", "log.ndjson")
                store.commit([Part(made[0].entry, made[0].path), made[1]])
            except StoreError as error:
                told = str(error)
            else:
                break
        if "all is stored" in told:
            assert stored(store) == {"before": 1, "one": 1, "two": 1}
            store = Store(tmp_path / str(step))
            store.commit([part(store, "before")])
            continue
        assert stored(store) == {"before": 1}, step
        assert "nothing was stored" in told
        assert "no space left on device" in told or "disk full" in told
        assert [each.path.exists() for each in made] == [step <= _OF_THE_CALLER] * 2
        for each in made:
            each.path.unlink(missing_ok=True)
    assert taken[0] < step
    assert step > 12


def test_a_commit_that_went_through_and_then_failed_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    real = DeltaTable.create_write_transaction

    def failing(*args: Any, **named: Any) -> None:  # noqa: ANN401
        real(*args, **named)
        raise DeltaError("what came after the commit failed")

    made = part(store, "one")
    monkeypatch.setattr(DeltaTable, "create_write_transaction", failing)
    store.commit([made])
    assert stored(store) == {"one": 1}


def test_a_checkpoint_that_fails_fails_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reach.store.table._CHECKPOINT_EVERY", 2)
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    store.commit([part(store, "two")])
    assert len(list(store.table.log.glob("*.checkpoint.parquet"))) == 1

    def failing(_: DeltaTable) -> None:
        raise DeltaError("no space left")

    monkeypatch.setattr(DeltaTable, "create_checkpoint", failing)
    store.commit([part(store, "three")])
    store.commit([part(store, "four")])
    assert len(list(store.table.log.glob("*.checkpoint.parquet"))) == 1
    assert stored(Store(tmp_path)) == dict.fromkeys(("one", "two", "three", "four"), 1)


def test_what_the_system_lets_no_file_grow_to(tmp_path: Path) -> None:
    # The library's own writing refused by the system itself, not by a stand-in.
    store = Store(tmp_path)
    store.commit([part(store, "before")])
    made = [part(store, name * 40) for name in "abcdefgh"]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1800, before[1]))
        with pytest.raises(StoreError, match=r"the commit failed \(.*; nothing was stored"):
            store.commit(made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert stored(store) == {"before": 1}
    assert not any(each.path.exists() for each in made)
    assert list(store.table.log.glob("*#*")) == []
    store.commit([part(store, "after")])
    assert stored(Store(tmp_path)) == {"before": 1, "after": 1}

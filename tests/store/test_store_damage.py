"""A store that was damaged, taken, or made by someone newer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from campaigns import answer, arm, campaign
from parts import part, stored

from reach.errors import StoreError
from reach.store.evidence import Store


def newest(folder: Path) -> Path:
    return max((folder / "evidence" / "_delta_log").glob("*.json"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of two commits."""
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    store.commit([part(store, "two")])
    return tmp_path


def test_an_empty_newest_entry_is_a_commit_that_never_was(folder: Path) -> None:
    newest(folder).write_bytes(b"")
    store = Store(folder)
    assert list(store.entries(["one", "two"])) == ["one"]
    store.commit([part(store, "two")])
    assert stored(store) == {"one": 1, "two": 1}


def test_an_empty_first_entry_is_a_table_that_never_was(tmp_path: Path) -> None:
    assert Store(tmp_path).parts() == []
    newest(tmp_path).write_bytes(b"")
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    assert stored(store) == {"one": 1}


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_torn_newest_entry_is_named_with_what_to_do(folder: Path, share: float) -> None:
    entry = newest(folder)
    whole = entry.read_bytes()
    entry.write_bytes(whole[: int(len(whole) * share)])
    expected = f"newest log entry, {entry.name}, delete that file and run again"
    with pytest.raises(StoreError, match=re.escape(expected)):
        Store(folder).parts()
    entry.unlink()
    store = Store(folder)
    assert list(store.entries(["one", "two"])) == ["one"]
    store.commit([part(store, "two")])
    assert stored(store) == {"one": 1, "two": 1}


def test_a_newest_entry_cut_anywhere_is_found_out(folder: Path) -> None:
    # Between two lines too: the library would take what is left for the whole.
    store = Store(folder)
    store.commit([part(store, "three"), part(store, "four")])
    entry = newest(folder)
    whole = entry.read_bytes()
    ends = {
        at
        for at in range(1, len(whole))
        if whole[at - 1 : at] == b"\n" or whole[at : at + 1] == b"\n"
    }
    for length in sorted(ends | set(range(1, len(whole), len(whole) // 7))):
        entry.write_bytes(whole[:length])
        with pytest.raises(StoreError, match=f"newest log entry, {entry.name}, delete that file"):
            store.entries(["three"])
    for garbage in (b"\0" * len(whole), b"garbage", b"[1]", b'"text"', b"1", b'{"commitInfo": 3}'):
        entry.write_bytes(garbage)
        with pytest.raises(StoreError, match=f"newest log entry, {entry.name}, delete that file"):
            store.commit([part(store, "three")])
    entry.unlink()
    assert sorted(store.entries(["one", "two", "three"])) == ["one", "two"]


def test_an_older_entry_is_not_to_be_deleted(folder: Path) -> None:
    first = min((folder / "evidence" / "_delta_log").glob("*1.json"))
    whole = first.read_bytes()
    first.write_bytes(whole[:20])
    expected = (
        f"log entry {first.name} is damaged, and later ones stand on it: bring the store back"
    )
    with pytest.raises(StoreError, match=re.escape(expected)):
        Store(folder).parts()
    first.unlink()
    with pytest.raises(StoreError, match=re.escape(f"log entry {first.name} is missing: bring")):
        Store(folder).parts()
    first.write_bytes(whole)
    assert stored(Store(folder)) == {"one": 1, "two": 1}


@pytest.mark.parametrize("harm", [b"", b"PAR1 half", None])
def test_a_damaged_checkpoint_is_done_without(folder: Path, harm: bytes | None) -> None:
    store = Store(folder)
    log = folder / "evidence" / "_delta_log"
    store.table.open().create_checkpoint()
    (checkpoint,) = log.glob("*.checkpoint.parquet")
    if harm is None:
        checkpoint.unlink()
    else:
        checkpoint.write_bytes(harm)
    assert stored(Store(folder)) == {"one": 1, "two": 1}
    assert list(log.glob("*checkpoint*")) == []


def test_a_run_mends_what_a_crash_undid(tmp_path: Path) -> None:
    folder = campaign(tmp_path, arm("sms", delivered=12) + arm("email", failed=12))
    wanted = answer(folder)
    newest(folder / ".reach").write_bytes(b"")
    assert answer(folder) == wanted
    assert answer(folder) == wanted
    assert list(stored(Store(folder / ".reach")).values()) == [24]


def test_a_newer_reader_is_asked_for(folder: Path) -> None:
    first = folder / "evidence" / "_delta_log" / f"{0:020}.json"
    lines = first.read_text(encoding="utf-8").splitlines()
    asked = {"protocol": {"minReaderVersion": 2, "minWriterVersion": 5}}
    first.write_text(
        "\n".join(json.dumps(asked) if '"protocol"' in line else line for line in lines) + "\n",
        encoding="utf-8",
    )
    with pytest.raises(StoreError, match="newer version of reach; upgrade"):
        Store(folder).parts()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine", encoding="utf-8")
    expected = f"{tmp_path / 'store'}: file exists; choose a folder that can be written"
    with pytest.raises(StoreError, match=re.escape(expected)):
        Store(tmp_path / "store")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "evidence").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="file exists"):
        Store(tmp_path / "other")


def test_a_folder_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="not a directory; choose a folder"):
        Store(tmp_path / "file" / "store")


def test_a_part_that_can_t_be_written_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = campaign(tmp_path, arm("sms", delivered=2))
    closed = tmp_path / "missing" / "part.parquet"
    monkeypatch.setattr(Store, "new_part", lambda _: closed)
    with pytest.raises(StoreError, match=r"part\.parquet: the evidence can't be written"):
        answer(folder)


def test_what_was_written_before_a_failure_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reach.experiment.gather as under_test

    folder = campaign(tmp_path, arm("sms", delivered=2))
    (folder / "logs" / "more.ndjson").write_text(
        json.dumps(arm("sms", failed=1)[0]) + "\n", encoding="utf-8"
    )
    read: Callable[..., object] = vars(under_test)["ingest_file"]
    calls = []

    def interrupted(*args: object, **named: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return read(*args, **named)

    monkeypatch.setattr(under_test, "ingest_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        answer(folder)
    assert list((folder / ".reach" / "evidence").glob("*.parquet")) == []

"""``reach store``, as an operator uses it, and a store that is not as it should be, as a user meets it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from campaigns import arm, campaign, write_log

if TYPE_CHECKING:
    from conftest import Run


@pytest.fixture
def kept(reach: Run, folder: Path) -> Path:
    """A store of three ingests, by as many commands."""
    for number, name in enumerate(("sms", "email", "push"), start=3):
        write_log(folder / f"{name}.ndjson", arm(name, delivered=number))
        assert reach("ingest", f"{name}.ndjson", "--store", "kept").code == 0
    return folder / "kept"


def parts(store: Path) -> int:
    return len(list(store.glob("evidence/*.parquet")))


def test_merging_says_what_it_did(reach: Run, kept: Path) -> None:
    done = reach("store", "compact", "kept")
    assert (done.code, done.err) == (0, "")
    assert done.read == (
        "3 files (0.1 MiB) became 1 file (0.1 MiB), the same 12 rows. The files that were merged are "
        "kept for earlier versions of the table; reach store compact DIR --drop-old deletes them."
    )
    assert parts(kept) == 4
    assert reach("store", "compact", "kept").read == "Nothing to merge: no two small files."
    assert reach("store", "compact", "kept", "--quiet").out == ""
    done = reach("store", "compact", "kept", "--drop-old", "--keep-version", "1")
    assert done.read.endswith("Deleted: 2 files (0.1 MiB) of earlier versions.")
    done = reach("store", "compact", "kept", "--drop-old", "--lang", "id")
    assert done.read.endswith("Dihapus: 1 berkas (0,1 MiB) dari versi terdahulu.")
    assert parts(kept) == 1
    assert "Already in the store" in reach("ingest", "sms.ndjson", "--store", "kept").read


@pytest.mark.usefixtures("kept")
def test_what_lies_in_a_store(reach: Run) -> None:
    told = "3 ingests, 12 rows of evidence in {} (0.1 MiB); version {} of the table."
    assert reach("store", "show", "kept").read == told.format("3 files", 3)
    with Path("sms.ndjson").open("a", encoding="utf-8") as log:
        log.write("bad\n")
    words = ("ingest", "sms.ndjson", "--format", "reach", "--store", "kept")
    assert reach(*words).code == 1
    reach("store", "compact", "kept")
    assert reach("store", "show", "kept").read == (
        "4 ingests, 15 rows of evidence in 1 file (0.1 MiB); version 5 of the table. "
        "Kept for earlier versions: 4 files (0.1 MiB); reach store compact DIR --drop-old deletes them. "
        "Refused records, whole and with addresses: 1 file (0.1 MiB) in rejected."
    )
    assert reach("store", "show", "kept", "--lang", "id").read.startswith(
        "4 pembacaan berkas, 15 baris bukti dalam 1 berkas (0,1 MiB); tabel versi 5."
    )


def test_what_a_killed_run_left_is_shown_and_taken_away(reach: Run, kept: Path) -> None:
    from reach.store.evidence import Store

    store = Store(kept)
    for name in ("one", "two"):
        store.new_part().write_text(name, encoding="utf-8")
    other = Store(kept)
    assert "Unfinished: 2 files (0.1 MiB)" in reach("store", "show", "kept").read
    assert "taken away" not in reach("store", "compact", "kept").read
    del store, other
    assert "Unfinished" not in reach("store", "show", "kept").read
    assert parts(kept) == 4


@pytest.mark.parametrize("command", [("show",), ("compact",), ("compact", "--drop-old")])
def test_a_folder_that_is_no_store_is_left_alone(
    reach: Run, folder: Path, command: tuple[str, ...]
) -> None:
    (folder / "mine").mkdir()
    for name in ("mine", "missing"):
        done = reach("store", *command, name)
        assert (done.code, done.out) == (3, "")
        assert done.err.startswith(f"reach: {name}: got no store, expected the folder that --store")
    assert [path.name for path in folder.rglob("*")] == ["mine"]


def test_versions_are_kept_from_deletion_only(reach: Run, kept: Path) -> None:
    done = reach("store", "compact", "kept", "--keep-version", "1")
    assert (done.code, done.out) == (2, "")
    assert "--keep-version is for --drop-old" in done.err
    done = reach("store", "compact", "kept", "--drop-old", "--keep-version", "99")
    assert (done.code, "no version 99" in done.err) == (3, True)
    assert parts(kept) == 4


def test_a_newer_store_is_refused_by_every_command(reach: Run, kept: Path) -> None:
    (kept / "layout").write_text("2\n", encoding="utf-8")
    campaign(Path(), arm("sms", delivered=3))
    before = sorted(kept.rglob("*"))
    for words in (
        ("ingest", "sms.ndjson", "--store", "kept"),
        ("compare", ".", "--store", "kept"),
        ("store", "show", "kept"),
        ("store", "compact", "kept", "--drop-old"),
    ):
        done = reach(*words)
        assert (done.code, done.out) == (3, "")
        assert "kept: a store of layout 2, made by a newer version of reach" in done.err
        assert "pip install --upgrade reach-eval" in done.err
    assert sorted(kept.rglob("*")) == before


def test_a_memory_limit_that_is_too_small_stores_nothing_by_halves(
    reach: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder / "temporary"))
    one, *_ = arm("sms", delivered=1)
    with (folder / "big.ndjson").open("w") as log:
        for number in range(40_000):
            log.write(
                json.dumps(one | {"message_id": f"{number:050}", "recipient": f"{number}@x.id"})
                + "\n"
            )
    campaign(folder, [], sources=["big.ndjson"])
    for words in (("ingest", "big.ndjson", "--store", ".reach"), ("compare", ".")):
        done = reach(*words, "--memory-limit", "10MB", "--threads", "1")
        assert (done.code, done.out) == (3, "")
        assert "--memory-limit" in done.err
        assert not done.err.startswith("reach: unexpected")
    store = folder / ".reach"
    assert (parts(store), list((store / "ingests").iterdir())) == (0, [])
    assert list((store / "rejected").iterdir()) == []
    assert list((folder / "temporary").iterdir()) == []
    done = reach("ingest", "big.ndjson", "--store", ".reach")
    assert (done.code, done.err) == (0, "")
    assert "40,000 rows" in reach("store", "show", ".reach").read
    wanted = reach("compare", ".").out
    done = reach("compare", ".", "--memory-limit", "10MB", "--threads", "1")
    assert done.out == wanted if done.code == 0 else "--memory-limit" in done.err


def test_a_store_on_a_full_disk_is_told_in_the_system_s_words(
    reach: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    import reach.store.durable as under_test

    write_log(folder / "sms.ndjson", arm("sms", delivered=3))

    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(under_test, "sync_folder", full)
    Path("kept").mkdir()
    done = reach("ingest", "sms.ndjson", "--store", "kept")
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "reach: kept: no space left on device; choose a folder that can be written with --store\n"
    )
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert reach("ingest", "sms.ndjson", "--store", "kept").code == 0
    assert parts(folder / "kept") == 1

"""What is committed is there once, whoever committed it and however often."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path
from typing import Any

import pytest
from campaigns import answer, arm, campaign, comparison
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError
from parts import answer_at_once, commit_all, entry, part, stored

from reach.errors import StoreError
from reach.store.evidence import Store
from reach.store.ledger import read_entry

SPAWN = multiprocessing.get_context("spawn")


def together(target: Any, *each: tuple[Any, ...]) -> None:  # noqa: ANN401
    """Let processes do something at the same moment."""
    processes = [SPAWN.Process(target=target, args=args) for args in each]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def test_what_is_committed_is_known(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    assert store.entries(["one", "two"]) == {}
    store.commit([part(store, "one"), part(store, "two")])
    assert store.entries(["one", "two", "three"]) == {"one": entry("one"), "two": entry("two")}
    assert stored(store) == {"one": 1, "two": 1}
    assert Store(tmp_path / "store").entries(["one"]) == {"one": entry("one")}


def test_several_parts_are_one_commit(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit([part(store, str(number)) for number in range(5)])
    log = sorted(path.name for path in (tmp_path / "evidence" / "_delta_log").glob("*.json"))
    assert log == [f"{0:020}.json", f"{1:020}.json"]


def test_the_same_again_adds_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    again, other = part(store, "one"), part(store, "two")
    store.commit([again, other])
    assert stored(store) == {"one": 1, "two": 1}
    assert not again.path.exists()
    store.commit([])
    assert len(list((tmp_path / "evidence").glob("*.parquet"))) == 2


def test_written_and_not_committed_is_not_there(tmp_path: Path) -> None:
    # As if the process had been killed between the two.
    store = Store(tmp_path)
    lost = part(store, "one")
    assert store.entries(["one"]) == {}
    assert store.parts() == []
    store.commit([part(store, "one")])
    assert stored(store) == {"one": 1}
    assert lost.path.exists()


def test_an_account_without_a_commit_is_not_there(tmp_path: Path) -> None:
    from reach.store.ledger import write_entry

    store = Store(tmp_path)
    write_entry(tmp_path / "ingests", entry("one"))
    assert store.entries(["one"]) == {}


def test_a_commit_without_its_account_is_ingested_again_and_not_doubled(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    (tmp_path / "ingests" / "one.json").unlink()
    assert store.entries(["one"]) == {}
    store.commit([part(store, "one")])
    assert (list(store.entries(["one"])), stored(store)) == (["one"], {"one": 1})


@pytest.mark.parametrize("text", ["", "{", "[]", '{"ingest_id": "one"}'])
def test_an_account_that_can_t_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    assert read_entry(tmp_path, "one") is None


def test_two_processes_lose_and_double_nothing(tmp_path: Path) -> None:
    barrier = SPAWN.Barrier(2)
    same = [f"same{number}" for number in range(4)]
    ids = [[*same[:2], f"own{process}", *same[2:]] for process in range(2)]
    together(commit_all, *((str(tmp_path), barrier, each) for each in ids))
    store = Store(tmp_path)
    wanted = dict.fromkeys([*same, "own0", "own1"], 1)
    assert stored(store) == wanted
    assert set(store.entries(wanted)) == set(wanted)
    assert len(list((tmp_path / "evidence").glob("*.parquet"))) == len(wanted)


def test_another_process_may_make_the_table_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = DeltaTable.create

    def overtaken(*args: Any, **options: Any) -> None:  # noqa: ANN401
        create(*args, **options)
        raise CommitFailedError("Protocol changed since last commit")

    monkeypatch.setattr(DeltaTable, "create", overtaken)
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    assert stored(store) == {"one": 1}


def test_two_runs_at_once_answer_as_one(tmp_path: Path) -> None:
    folder = campaign(tmp_path / "experiment", arm("sms", delivered=20) + arm("email", failed=20))
    alone = answer(folder, tmp_path / "alone")
    # The key is there: making one is not what is raced for here.
    Store(tmp_path / "shared").key_file.write_bytes((tmp_path / "alone" / "key").read_bytes())
    (tmp_path / "shared" / "key").chmod(0o600)
    barrier, told = SPAWN.Barrier(2), SPAWN.Queue()
    where = str(folder), str(tmp_path / "shared"), barrier, told
    processes = [SPAWN.Process(target=answer_at_once, args=where) for _ in range(2)]
    for process in processes:
        process.start()
    found = [told.get(timeout=120) for _ in processes]
    for process in processes:
        process.join(60)
    assert found == [alone, alone]
    assert list(stored(Store(tmp_path / "shared")).values()) == [40]


def test_one_store_serves_two_experiments(tmp_path: Path) -> None:
    one = campaign(tmp_path / "one", arm("sms", delivered=12) + arm("email", delivered=6, failed=6))
    two = campaign(tmp_path / "two", arm("sms", failed=12) + arm("email", delivered=12))
    store = tmp_path / "store"
    apart = [answer(folder) for folder in (one, two)]
    shared = [answer(folder, store) for folder in (one, two)]
    assert shared == apart
    assert [answer(folder, store) for folder in (one, two)] == apart
    assert len(stored(Store(store))) == 2


def test_two_copies_of_a_log_are_one_source(tmp_path: Path) -> None:
    folder = campaign(tmp_path, arm("sms", delivered=12))
    whole = folder / "logs" / "log.ndjson"
    (folder / "logs" / "a copy.ndjson").write_bytes(whole.read_bytes())
    found = answer(folder)
    assert [each["source"] for each in found["balance"]["sources"]] == ["logs/a copy.ndjson"]
    assert found["balance"]["records"] == 24
    assert list(stored(Store(folder / ".reach")).values()) == [12]


def test_a_mended_map_is_another_ingest(tmp_path: Path) -> None:
    rows = "".join(f"{number},ANSWERED\n" for number in range(12)) + "99,BUSY\n"
    (tmp_path / "calls.csv").write_text("phone,end\n" + rows, encoding="utf-8")

    def delivered(*words: str) -> int:
        table = {
            "channel": {"const": "call"},
            "person": "phone",
            "delivered": {"column": "end", "equals": list(words)},
        }
        from campaigns import write_config

        source = {"path": "calls.csv", "format": "table", "map": table}
        found = answer(write_config(tmp_path, sources=[source]))
        return int(found["channels"][0]["outcomes"]["delivered"])

    assert [delivered("ANSWERED"), delivered("BUSY"), delivered("ANSWERED")] == [12, 1, 12]
    assert len(stored(Store(tmp_path / ".reach"))) == 2


def test_another_log_end_reads_the_log_anew(tmp_path: Path) -> None:
    log = arm("sms", delivered=12, sent=3) + arm("email", delivered=12)
    folder = campaign(tmp_path, log, log_ends="2026-01-01T12:00:00Z")
    found = answer(folder)
    assert (found["pending"], found["final"]) == (3, False)
    folder = campaign(tmp_path, log, log_ends="2026-02-01T12:00:00Z")
    found = answer(folder)
    assert (found["pending"], found["final"]) == (0, True)
    assert comparison(found, "delivered_per_sent", "email", "sms")["provisional"] is False


def test_nobody_else_may_read_what_holds_addresses(tmp_path: Path) -> None:
    log = [*arm("sms", delivered=3), {"event": "sent", "recipient": "siti@example.org"}]
    folder = campaign(tmp_path, log)
    found = answer(folder)
    refused = folder / found["rejections"][0]["file"]
    assert "siti@example.org" in refused.read_text(encoding="utf-8")
    assert stat.S_IMODE(refused.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / ".reach" / "key").stat().st_mode) == 0o600
    kept = b"".join(
        path.read_bytes()
        for path in (folder / ".reach").rglob("*")
        if path.is_file() and path != refused
    )
    assert b"@example.org" not in kept
    assert (folder / ".reach" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_others_who_keep_committing_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    made = part(store, "one")
    monkeypatch.setattr(Store, "_commit_once", lambda _, waiting: waiting)
    with pytest.raises(StoreError, match="other processes keep writing here; run again"):
        store.commit([made])

"""Merging keeps every row, every ingest and every earlier version, whoever works beside it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest
from campaigns import answer, arm, campaign, write_log
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from parts import SQL, commit_all, merge_often, part, stored

from reach.engine import connect, file_literal
from reach.errors import BalanceError, StoreError
from reach.store.compact import Compacted, compact
from reach.store.evidence import Part, Store
from reach.store.inventory import drop_old, take_stock
from reach.store.part_files import names
from reach.store.table import COLUMNS

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as connection:
        yield connection


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of six commits of a part each."""
    made = Store(tmp_path / "store")
    for number in range(6):
        made.commit([part(made, str(number))])
    return made


def rows(files: list[str]) -> list[str]:
    with duckdb.connect() as engine:
        return sorted(map(repr, engine.execute("FROM read_parquet(?)", [files]).fetchall()))


def at(store: Store, version: int) -> list[str]:
    return [str(store.table.folder / name) for name in names(store.table.at(version).file_uris())]


def test_many_small_parts_become_one_with_the_same_rows(
    store: Store, engine: duckdb.DuckDBPyConnection
) -> None:
    before, ingests = rows(store.parts()), [str(number) for number in range(6)]
    done = compact(engine, store)
    assert (done.merged, done.into, done.rows) == (6, 1, 6)
    assert done.bytes_before > done.bytes_after > 0
    assert len(store.parts()) == 1
    assert rows(store.parts()) == before
    assert stored(store) == dict.fromkeys(ingests, 1)
    assert list(store.entries(ingests)) == ingests
    # Readers of earlier versions find what they found.
    for version in range(1, 7):
        assert len(rows(at(store, version))) == version
    store.commit([part(store, "3"), part(store, "new")])
    assert stored(store) == dict.fromkeys([*ingests, "new"], 1)


def test_done_twice_it_does_nothing(store: Store, engine: duckdb.DuckDBPyConnection) -> None:
    sizes = [Path(each).stat().st_size for each in store.parts()]
    target = 5 * min(sizes) // 2
    assert (compact(engine, store, target).into, len(store.parts())) == (2, 2)
    version = store.table.open().version()
    assert compact(engine, store, target) == Compacted()
    assert compact(engine, store, 1) == Compacted()
    assert store.table.open().version() == version
    # Merged parts are smaller than what they came from, and still not merged again.
    assert all(Path(each).stat().st_size < target for each in store.parts())


def test_nothing_to_merge(tmp_path: Path, engine: duckdb.DuckDBPyConnection) -> None:
    store = Store(tmp_path)
    assert compact(engine, store) == Compacted()
    store.commit([part(store, "one")])
    assert compact(engine, store) == Compacted()


def test_every_cell_is_kept(tmp_path: Path, engine: duckdb.DuckDBPyConnection) -> None:
    store = Store(tmp_path)
    cells = {
        "binary": ["NULL", r"'\x00\xFF'::BLOB", "''::BLOB"],
        "string": ["NULL", "''", "chr(0) || 'é😀'"],
        "integer": ["NULL", "-2147483648", "2147483647"],
        "long": ["NULL", "-9223372036854775808", "9223372036854775807"],
    }
    for number in range(3):
        one = part(store, str(number))
        values = ", ".join(
            f"({cells[kind][number]})::{SQL[kind]} AS {name}"
            for name, kind in COLUMNS.items()
            if name != "ingest_id"
        )
        engine.execute(
            f"COPY (SELECT '{number}' AS ingest_id, {values}) TO {file_literal(one.path)} (FORMAT parquet)"
        )
        store.commit([one])
    before = rows(store.parts())
    compact(engine, store)
    assert (len(store.parts()), rows(store.parts())) == (1, before)


def test_rows_that_differ_are_never_put_in_place(
    store: Store, engine: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reach.store.compact as under_test

    before, real = store.parts(), vars(under_test)["_rows_of"]
    harms = (
        "SELECT * FROM {0} LIMIT 5",
        "FROM {0} UNION ALL (FROM {0} LIMIT 1)",
        "FROM {0} WHERE ingest_id <> '3' UNION ALL FROM {0} WHERE ingest_id = '4'",
        "SELECT * REPLACE (coalesce(bits, 0) AS bits) FROM {0}",
    )
    for harm in harms:
        calls = count()

        def harmed(parts: list[Path], harm: str = harm, calls: Iterator[int] = calls) -> str:
            # What is written is harmed, and what it is compared with is not.
            found = str(real(parts))
            return f"({harm.format(found)})" if next(calls) == 0 else found

        monkeypatch.setattr(under_test, "_rows_of", harmed)
        with pytest.raises(BalanceError, match="the store is as it was"):
            compact(engine, store)
    assert store.parts() == before
    assert len(list(store.table.folder.glob("*.parquet"))) == 6


def test_of_two_who_merge_the_same_one_does(
    store: Store, engine: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reach.store.compact as under_test

    real: Callable[..., bool] = vars(under_test)["_swap"]

    def overtaken(*args: Any) -> bool:  # noqa: ANN401
        monkeypatch.setattr(under_test, "_swap", real)
        compact(engine, Store(store.folder))
        return real(*args)

    monkeypatch.setattr(under_test, "_swap", overtaken)
    assert compact(engine, store) == Compacted()
    assert stored(store) == {str(number): 1 for number in range(6)}
    assert len(list(store.table.folder.glob("*.parquet"))) == 7


def test_an_ingest_that_comes_between_is_kept(
    store: Store, engine: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = DeltaTable.create_write_transaction
    other, late = Store(store.folder), ["late", "later"]

    def overtaken(self: DeltaTable, *args: Any, **named: Any) -> None:  # noqa: ANN401
        with monkeypatch.context() as undisturbed:
            undisturbed.setattr(DeltaTable, "create_write_transaction", real)
            if late:
                other.commit([part(other, late.pop())])
        real(self, *args, **named)

    monkeypatch.setattr(DeltaTable, "create_write_transaction", overtaken)
    assert compact(engine, store).merged == 6
    assert stored(store) == dict.fromkeys([*"012345", "late", "later"], 1)
    assert len(store.parts()) == 3


def test_a_merging_that_the_disk_refuses_changes_nothing(
    store: Store, engine: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.parts()

    def refused(*_: Any, **__: Any) -> None:  # noqa: ANN401
        raise DeltaError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(DeltaTable, "create_write_transaction", refused)
        with pytest.raises(StoreError, match=r"the commit failed \(no space left\)"):
            compact(engine, store)
    with monkeypatch.context() as patched:
        patched.setattr(Store, "new_part", lambda *_: Path("/proc/none/part.parquet"))
        with pytest.raises(StoreError, match="parts can't be merged"):
            compact(engine, store)
    assert store.parts() == before
    assert len(list(store.table.folder.glob("*.parquet"))) == 6
    assert compact(engine, store).merged == 6


def test_processes_that_ingest_and_merge_lose_and_double_nothing(tmp_path: Path) -> None:
    barrier = SPAWN.Barrier(3)
    ids = [[f"{process}-{number}" for number in range(6)] for process in range(2)]
    begun = [
        *(SPAWN.Process(target=commit_all, args=(str(tmp_path), barrier, each)) for each in ids),
        SPAWN.Process(target=merge_often, args=(str(tmp_path), barrier)),
    ]
    for process in begun:
        process.start()
    for process in begun:
        process.join(120)
    assert [process.exitcode for process in begun] == [0, 0, 0]
    store = Store(tmp_path)
    wanted = dict.fromkeys([*ids[0], *ids[1]], 1)
    assert stored(store) == wanted
    assert set(store.entries(wanted)) == set(wanted)


def test_an_experiment_is_answered_the_same_after_it(
    tmp_path: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    folder = campaign(tmp_path, arm("sms", delivered=12) + arm("email", failed=12))
    write_log(folder / "logs" / "more.ndjson", arm("sms", person="x", delivered=5))
    wanted = answer(folder)
    assert compact(engine, Store(folder / ".reach")).merged == 2
    assert answer(folder) == wanted


def test_old_files_go_when_asked_and_kept_versions_stay(
    store: Store, engine: duckdb.DuckDBPyConnection
) -> None:
    compact(engine, store)
    stock = take_stock(engine, store)
    assert (stock.version, stock.ingests, stock.rows) == (7, 6, 6)
    assert (stock.parts.count, stock.old.count, stock.stray.count) == (1, 6, 0)
    with pytest.raises(StoreError, match="no version 70"):
        drop_old(store, [2, 70])
    reader = Store(store.folder)
    with pytest.raises(StoreError, match="others are using it"):
        drop_old(store)
    del reader
    part(store, "unfinished")
    assert drop_old(store, [2]).count == 4
    assert len(rows(at(store, 2))) == 2
    assert stored(store) == {str(number): 1 for number in range(6)}
    assert take_stock(engine, store).stray.count == 1
    assert drop_old(store).count == 2
    assert drop_old(store).count == 0
    assert stored(Store(store.folder)) == {str(number): 1 for number in range(6)}


def test_a_part_that_is_gone_is_named(store: Store, engine: duckdb.DuckDBPyConnection) -> None:
    lost = Path(store.parts()[0])
    lost.unlink()
    with pytest.raises(StoreError, match=lost.name):
        compact(engine, store)
    with pytest.raises(StoreError, match=lost.name):
        take_stock(engine, store)


def test_other_s_parts_of_any_folder(tmp_path: Path, engine: duckdb.DuckDBPyConnection) -> None:
    store = Store(tmp_path / "[a]*? %41 it's")
    made: list[Part] = [part(store, "one"), part(store, "two")]
    store.commit(made)
    assert compact(engine, store).merged == 2
    assert stored(store) == {"one": 1, "two": 1}

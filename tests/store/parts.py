"""Parts of evidence made by hand, and processes that commit them."""

from __future__ import annotations

from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import duckdb
from campaigns import answer

from reach.engine import file_literal
from reach.ingest.balance import Balance
from reach.store.evidence import Part, Store
from reach.store.ledger import Entry
from reach.store.table import COLUMNS

SQL = {"string": "VARCHAR", "binary": "BLOB", "integer": "INTEGER", "long": "BIGINT"}


def entry(ingest_id: str, rejected_file: str | None = None) -> Entry:
    balance, lined = Balance(records=1, accepted=1, events=1, facts=1, messages=1), True
    return Entry(
        ingest_id=ingest_id,
        source="log.ndjson",
        format="reach",
        lined=lined,
        balance=balance,
        rejected_file=rejected_file,
        first_rejections=(),
        unknown_keys={},
        disagreements={},
        untimed=0,
        never_seen=(),
        never_found={},
        unnamed={},
        no_numbers=0,
        local_numbers=0,
    )


def part(store: Store, ingest_id: str, rejected_file: str | None = None) -> Part:
    """A part of one row, written and not yet committed."""
    path = store.new_part()
    cells = ", ".join(
        f"'{ingest_id}' AS ingest_id" if name == "ingest_id" else f"NULL::{SQL[kind]} AS {name}"
        for name, kind in COLUMNS.items()
    )
    with duckdb.connect() as engine:
        engine.execute(f"COPY (SELECT {cells}) TO {file_literal(path)} (FORMAT parquet)")
    return Part(entry(ingest_id, rejected_file), path)


def stored(store: Store) -> dict[str, int]:
    """How many rows the table has of each ingest."""
    files = store.parts()
    if not files:
        return {}
    with duckdb.connect() as engine:
        rows = engine.execute(
            "SELECT ingest_id, count(*) FROM read_parquet(?) GROUP BY ingest_id", [files]
        ).fetchall()
    return dict(rows)


def commit_all(folder: str, barrier: Barrier, ingest_ids: list[str]) -> None:
    """What a process does: commit one part after another, as fast as it can."""
    barrier.wait(60)
    for ingest_id in ingest_ids:
        store = Store(Path(folder))
        store.commit([part(store, ingest_id)])


def merge_often(folder: str, barrier: Barrier) -> None:
    """What a process does: merge what is there, again and again."""
    from reach.engine import Limits, connect
    from reach.store.compact import compact

    barrier.wait(60)
    with connect(Limits(threads=1)) as engine:
        for _ in range(8):
            compact(engine, Store(Path(folder)))


def answer_at_once(folder: str, store: str, barrier: Barrier, told: Any) -> None:  # noqa: ANN401
    """What a process does: run an experiment."""
    barrier.wait(60)
    told.put(answer(Path(folder), Path(store)))

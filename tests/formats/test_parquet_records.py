"""A Parquet file's rows one by one: in order, and never all at once in memory."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from reach.engine import Limits, connect, file_literal
from reach.formats.containers import parquet
from reach.formats.containers.head import peek
from reach.formats.record import Log, Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

NUMBERED = "SELECT i AS place, 'm' || i AS message_id FROM range({}) AS t(i)"


def _log(path: Path, rows: str, group: int) -> Log:
    with connect() as engine:
        copy = f"COPY ({rows}) TO {file_literal(path)} (FORMAT parquet, ROW_GROUP_SIZE {group})"
        engine.execute("SET preserve_insertion_order = true")
        engine.execute(copy)
        return Log(path, "log", "0" * 64, peek(path, "log", engine), Options())


@pytest.mark.parametrize("more", ["", ", 7 AS file_row_number"])
def test_rows_come_in_the_order_of_the_file(tmp_path: Path, more: str) -> None:
    rows = NUMBERED.replace(" FROM", f"{more} FROM").format(9000)
    found = list(parquet.records(_log(tmp_path / "log", rows, 2048)))
    assert [(each.number, each.line) for each in found] == [(n, n) for n in range(1, 9001)]
    values = [each.value or {} for each in found]
    assert [(value["place"], value["message_id"]) for value in values] == [
        (n, f"m{n}") for n in range(9000)
    ]


def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "SELECT i AS place, repeat(uuid()::VARCHAR, 50) AS note FROM range(60000) AS t(i)"
    log = _log(tmp_path / "log", long, 2048)

    @contextmanager
    def tight(limits: Limits) -> Iterator[DuckDBPyConnection]:
        with connect(Limits(limits.threads, "48MB")) as engine:
            engine.execute("SET max_temp_directory_size = '0KB'")
            yield engine

    monkeypatch.setattr(parquet, "connect", tight)
    size = 0
    for number, record in enumerate(parquet.records(log), start=1):
        assert record.number == number
        size += len(record.raw)
    assert size > 2 * 48_000_000

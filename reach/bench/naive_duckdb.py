"""What a user would write by hand in DuckDB's SQL: the naive funnel, or a plain copy.

No schema, no refusals, no names hashed, no persons as clusters: the yardstick. It runs as a
process of its own, with the engine as it comes, and is no part of any answer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from reach.bench.naive_words import ARRIVED, ENGAGED, FAILED, Funnel
from reach.engine import file_literal, literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

READERS = {
    "ndjson": "read_ndjson",
    "document": "read_json",
    "csv": "read_csv",
    "parquet": "read_parquet",
}
"""By container, the engine's function that reads it without being told anything."""


def funnel(engine: DuckDBPyConnection, container: str, files: Sequence[Path]) -> Funnel:
    """Group canonical events by message, and count messages by channel and region.

    Args:
        engine: Where to work.
        container: One of `READERS`.
        files: The logs.
    """
    rows = _reader(container, files)
    columns = engine.sql(f"SELECT * FROM {rows} LIMIT 0").columns
    region = "any_value(region)" if "region" in columns else "NULL::VARCHAR"
    person = "machine::VARCHAR IS DISTINCT FROM 'true'" if "machine" in columns else "true"
    return engine.execute(
        "SELECT channel, region, count(*), count_if(arrived), count_if(failed AND NOT arrived), "
        "count_if(engaged) FROM ("
        f"SELECT message_id, any_value(channel) AS channel, {region} AS region, "
        f"bool_or(event IN {ARRIVED}) AS arrived, bool_or(event IN {FAILED}) AS failed, "
        f"bool_or(event IN {ENGAGED} AND {person}) AS engaged "
        f"FROM {rows} GROUP BY message_id"
        ") GROUP BY channel, region ORDER BY channel, region"
    ).fetchall()


def copy(engine: DuckDBPyConnection, container: str, files: Sequence[Path], target: Path) -> None:
    """Turn logs into Parquet without looking at a single value."""
    engine.execute(
        f"COPY (SELECT * FROM {_reader(container, files)}) TO {literal(str(target.absolute()))} "
        "(FORMAT parquet)"
    )


def _reader(container: str, files: Sequence[Path]) -> str:
    return f"{READERS[container]}([{', '.join(map(file_literal, files))}])"


def main() -> None:
    """Do one of the two, as a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path, help="as reach.bench.contest.command writes them down")
    parser.add_argument("--copy", type=Path, help="copy into this folder instead of counting")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--memory-limit")
    asked = parser.parse_args()
    with duckdb.connect() as engine:
        if asked.threads:
            engine.execute("SET threads = ?", [asked.threads])
        if asked.memory_limit:
            engine.execute("SET memory_limit = ?", [asked.memory_limit])
        for number, (container, names) in enumerate(json.loads(asked.logs.read_bytes())):
            files = [Path(name) for name in names]
            if asked.copy:
                copy(engine, container, files, asked.copy / f"copy-{number}.parquet")
            else:
                print(json.dumps(funnel(engine, container, files)))  # noqa: T201


if __name__ == "__main__":
    main()

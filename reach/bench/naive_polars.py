"""The same yardstick in Polars, where that is installed: the naive funnel, or a plain copy.

Polars is no dependency. Its threads are set by the variable ``POLARS_MAX_THREADS``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reach.bench.naive_words import ARRIVED, ENGAGED, FAILED, Funnel

if TYPE_CHECKING:
    import polars as pl

_LOOKED_AT = 100_000
"""Records that show which fields there are; a field that shows later would be lost."""


def funnel(container: str, files: Sequence[Path]) -> Funnel:
    """As `reach.bench.naive_duckdb.funnel`.

    Args:
        container: What holds the records: ndjson, csv or parquet.
        files: The logs.
    """
    import polars as pl

    rows = _scan(container, files)
    fields = rows.collect_schema().names()
    event = pl.col("event")
    is_engaged = event.is_in(ENGAGED)
    if "machine" in fields:
        is_engaged &= pl.col("machine").cast(pl.String).fill_null("") != "true"
    region = pl.col("region").first() if "region" in fields else pl.lit(None, pl.String)
    messages = rows.group_by("message_id").agg(
        pl.col("channel").first(),
        region.alias("region"),
        event.is_in(ARRIVED).any().alias("arrived"),
        event.is_in(FAILED).any().alias("failed"),
        is_engaged.any().alias("engaged"),
    )
    counted = messages.group_by("channel", "region").agg(
        pl.len(),
        pl.col("arrived").sum().alias("delivered"),
        (pl.col("failed") & ~pl.col("arrived")).sum().alias("failed_ones"),
        pl.col("engaged").sum().alias("engaged_ones"),
    )
    found: Any = counted.sort("channel", "region").collect(engine="streaming")
    return list(found.rows())


def copy(container: str, files: Sequence[Path], target: Path) -> None:
    """As `reach.bench.naive_duckdb.copy`."""
    _scan(container, files).sink_parquet(target)


def _scan(container: str, files: Sequence[Path]) -> pl.LazyFrame:
    import polars as pl

    names = [str(each) for each in files]
    if container == "parquet":
        return pl.scan_parquet(names, glob=False)
    if container == "csv":
        return pl.scan_csv(names, infer_schema_length=_LOOKED_AT, glob=False)
    return pl.scan_ndjson(names, infer_schema_length=_LOOKED_AT)


def main() -> None:
    """Do one of the two, as a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path, help="as reach.bench.contest.command writes them down")
    parser.add_argument("--copy", type=Path, help="copy into this folder instead of counting")
    asked = parser.parse_args()
    for number, (container, names) in enumerate(json.loads(asked.logs.read_bytes())):
        files = [Path(name) for name in names]
        if asked.copy:
            copy(container, files, asked.copy / f"copy-{number}.parquet")
        else:
            print(json.dumps(funnel(container, files)))  # noqa: T201


if __name__ == "__main__":
    main()

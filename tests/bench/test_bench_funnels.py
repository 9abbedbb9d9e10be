"""The hand-written funnels count what reach counts, where a log is clean: it is the same job."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from reach.bench import naive_duckdb, naive_polars
from reach.bench.naive_words import Funnel
from reach.bench.sample_log import LOG_ENDS, write_log
from reach.engine import Limits
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run

EVENTS = 6_000
ASPECTS = ("attempted", "delivered", "failed", "engaged")


def in_duckdb(container: str, log: Path) -> Funnel:
    with duckdb.connect() as engine:
        return naive_duckdb.funnel(engine, container, [log])


def in_polars(container: str, log: Path) -> Funnel:
    pytest.importorskip("polars")
    return naive_polars.funnel(container, [log])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("campaign")
    log = place / "events.ndjson"
    write_log(log, EVENTS)
    with duckdb.connect() as engine:
        for form in ("csv", "parquet"):
            engine.execute(
                f"COPY (FROM read_ndjson('{log}')) TO '{log.with_suffix('.' + form)}' (FORMAT {form})"
            )
    return place


@pytest.fixture(scope="module")
def counts(folder: Path) -> dict[str, dict[str, int]]:
    """By channel, what reach finds."""
    config = {"experiment": "clean", "title": "Clean", "sources": ["events.ndjson"]}
    config |= {"log_ends": LOG_ENDS}
    (folder / "experiment.yaml").write_text(json.dumps(config))
    settings = Settings(folder / "store", Limits(threads=2), lambda *_: None)
    result = run(load_experiment(folder), settings)
    assert result["balance"]["rejected"] == 0
    assert result["final"]
    return {arm["channel"]: arm["outcomes"] for arm in result["channels"]}


@pytest.mark.parametrize("funnel", [in_duckdb, in_polars])
@pytest.mark.parametrize("container", ["ndjson", "csv", "parquet"])
def test_they_count_what_reach_counts(
    funnel: Callable[[str, Path], Funnel],
    container: str,
    folder: Path,
    counts: dict[str, dict[str, int]],
) -> None:
    rows = funnel(container, folder / f"events.{container}")
    assert len(rows) == 6 * 27
    found: dict[str, Counter[str]] = {}
    for channel, _, *numbers in rows:
        found.setdefault(channel, Counter()).update(dict(zip(ASPECTS, numbers, strict=True)))
    assert {name: dict(each) for name, each in found.items()} == {
        name: {aspect: each[aspect] for aspect in ASPECTS} for name, each in counts.items()
    }


@pytest.mark.parametrize("funnel", [in_duckdb, in_polars])
def test_a_log_may_know_no_region_and_no_machine(
    funnel: Callable[[str, Path], Funnel], tmp_path: Path
) -> None:
    log = tmp_path / "few.ndjson"
    events = [("m1", "sent"), ("m1", "clicked"), ("m2", "failed")]
    lines = [json.dumps({"message_id": m, "event": e, "channel": "sms"}) for m, e in events]
    log.write_text("\n".join(lines))
    assert [tuple(row) for row in funnel("ndjson", log)] == [("sms", None, 2, 1, 1, 1)]

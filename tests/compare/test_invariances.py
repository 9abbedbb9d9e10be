"""Nothing but what happened changes a number: not order, files, containers, key or threads."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import zstandard
from campaigns import answer, campaign, events, people_csv, secret, write_config, write_log
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_outcomes import Event

CONFIG: dict[str, Any] = {
    "people": "people.csv",
    "compare": {
        "metrics": ["delivered_per_sent", "delivered_per_recipient", "engaged_per_delivered"],
    },
}
PEOPLE = {"a@x.org": ("Siti", "north", "old"), "b@x.org": ("Siti", "north", None)}
OF_THE_FILES = ("balance", "rejections", "warnings")
TEXT_FIELDS = ("message_id", "event", "channel", "recipient", "occurred_at")


def numbers(result: dict[str, Any]) -> dict[str, Any]:
    """All that is said of the campaign; the balance and its like tell of files."""
    warnings = sorted(
        json.dumps(each) for each in result["warnings"] if "source" not in each["params"]
    )
    return {name: said for name, said in result.items() if name not in OF_THE_FILES} | {
        "warnings": warnings
    }


def written(place: str, log: list[Event], **more: Any) -> Path:  # noqa: ANN401
    folder = campaign(Path(place), log, **(CONFIG | more))
    (folder / "people.csv").write_text(people_csv(PEOPLE), encoding="utf-8")
    return folder


def shuffled(folder: Path, log: list[Event]) -> None:
    mixed = list(log)
    random.Random(5).shuffle(mixed)  # noqa: S311
    write_log(folder / "logs" / "log.ndjson", mixed)


def split(folder: Path, log: list[Event]) -> None:
    for place in range(3):
        if log[place::3]:
            write_log(folder / "logs" / f"{place}.ndjson", log[place::3])
    (folder / "logs" / "log.ndjson").unlink()


def repeated(folder: Path, log: list[Event]) -> None:
    write_log(folder / "logs" / "log.ndjson", log + log[::2])
    write_log(folder / "logs" / "again.ndjson", log[1:] or log)


def as_gzip(folder: Path, log: list[Event]) -> None:  # noqa: ARG001
    whole = folder / "logs" / "log.ndjson"
    (folder / "logs" / "log.gz").write_bytes(gzip.compress(whole.read_bytes()))
    whole.unlink()


def as_zstd(folder: Path, log: list[Event]) -> None:  # noqa: ARG001
    whole = folder / "logs" / "log.ndjson"
    whole.write_bytes(zstandard.compress(whole.read_bytes()))


def _columns(log: list[Event]) -> list[str]:
    return list(dict.fromkeys([*TEXT_FIELDS, *(name for said in log for name in said)]))


def as_csv(folder: Path, log: list[Event]) -> None:
    cells = {True: "true", False: "false"}
    with (folder / "logs" / "log.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _columns(log))
        writer.writeheader()
        for said in log:
            writer.writerow(
                {k: cells.get(v, v) if isinstance(v, bool) else v for k, v in said.items()}
            )
    (folder / "logs" / "log.ndjson").unlink()


def as_parquet(folder: Path, log: list[Event]) -> None:
    whole = folder / "logs" / "log.ndjson"
    no_texts = {"machine": "BOOLEAN", "permanent": "BOOLEAN", "cost_micros": "BIGINT"}
    kinds = {name: no_texts.get(name, "VARCHAR") for name in _columns(log)}
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT * FROM read_ndjson('{whole}', columns = {kinds})) "
            f"TO '{folder / 'logs' / 'log.parquet'}' (FORMAT parquet)"
        )
    whole.unlink()


RETOLD: tuple[Callable[[Path, list[Event]], None], ...] = (
    shuffled, split, repeated, as_gzip, as_zstd, as_csv, as_parquet,
)  # fmt: skip


@settings(max_examples=3, deadline=None)
@given(log=events(max_size=25), ends=st.booleans())
def test_the_same_events_told_otherwise_say_the_same(log: list[Event], *, ends: bool) -> None:
    config = {"log_ends": "2026-01-11T00:00:00Z"} if ends else {}
    with tempfile.TemporaryDirectory() as place:
        wanted = numbers(answer(written(place, log, **config)))
    for retell in RETOLD:
        with tempfile.TemporaryDirectory() as place:
            folder = written(place, log, **config)
            retell(folder, log)
            assert numbers(answer(folder)) == wanted, retell.__name__


@settings(max_examples=3, deadline=None)
@given(log=events(max_size=25))
def test_nor_do_keys_threads_and_second_runs_matter(log: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = written(place, log)
        wanted = answer(folder)
        assert answer(folder) == wanted
        assert answer(folder, threads=3) == wanted
        assert answer(folder, store=Path(place) / "elsewhere", threads=3) == wanted
        with secret("only the office knows this and a" + "b" * 70):
            assert answer(folder) == wanted
        # A copy of the log is the same log, and one that is longer by what is known tells nothing.
        (folder / "logs" / "copy.ndjson").write_bytes((folder / "logs" / "log.ndjson").read_bytes())
        write_log(folder / "logs" / "longer.ndjson", [*log, log[0]])
        assert numbers(answer(folder)) == numbers(wanted)


def test_the_engine_s_many_threads_find_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311
    words = ["sent", "delivered", "failed", "clicked", "opened", "converted"]
    log = [
        {
            "message_id": f"m{chance.randrange(2000)}",
            "event": chance.choice(words),
            "channel": chance.choice(["sms", "email"]),
            "recipient": f"{chance.randrange(800)}@x.org",
            "occurred_at": f"2026-01-{chance.randrange(1, 28):02}T00:00:00Z",
        }
        for _ in range(20_000)
    ]
    folder = campaign(tmp_path, log)
    found = [
        answer(folder, store=tmp_path / f"store{threads}", threads=threads) for threads in (1, 2, 5)
    ]
    assert found[0] == found[1] == found[2]
    assert os.listdir(tmp_path / "store1")  # noqa: PTH208


def test_where_the_experiment_lies_is_not_in_the_result(tmp_path: Path) -> None:
    log = [{"message_id": "m", "event": "sent", "channel": "sms", "recipient": "x"}]
    found = []
    for name in ("here", "there"):
        write_log(tmp_path / name / "logs" / "log.ndjson", log)
        found.append(answer(write_config(tmp_path / name)))
    assert found[0] == found[1]
    assert str(tmp_path) not in json.dumps(found[0])

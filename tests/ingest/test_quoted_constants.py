"""Constants from the config that JSON writes with escapes: slower to prove, and kept as written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reach.engine import file_literal
from reach.formats.record import Options

if TYPE_CHECKING:
    from pathlib import Path

    from drive import Driver

EVENT = {"message_id": "m1", "event": "sent", "channel": "sms", "recipient": "+62811"}
TABLE = {"channel": {"const": "sms"}, "person": "recipient"}
CONSTANTS = ['say "yes"', "C:\\logs\\new", '\\"', "Jum'at", "a\tb", "\u2028", "'); DROP", "😀"]


def _file(driver: Driver, container: str) -> Path:
    path = driver.folder / f"constants.{container}"
    if container == "parquet":
        columns = ", ".join(f"'{value}' AS {name}" for name, value in EVENT.items())
        driver.engine.execute(f"COPY (SELECT {columns}) TO {file_literal(path)} (FORMAT parquet)")
    elif container == "csv":
        path.write_text(f"{','.join(EVENT)}\n{','.join(EVENT.values())}\n", encoding="utf-8")
    else:
        path.write_text(json.dumps(EVENT) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("container", ["ndjson", "csv", "parquet"])
@pytest.mark.parametrize("value", CONSTANTS)
def test_a_constant_is_kept_as_it_is_written(driver: Driver, container: str, value: str) -> None:
    said = {"campaign": value, "account": value, "variant": value}
    run = driver.agrees(_file(driver, container), Options(set=said))
    assert run.rejections == []
    assert [(row["campaign"], row["variant"]) for row in run.rows] == [(value, value)]


@pytest.mark.parametrize("value", CONSTANTS)
def test_so_is_a_constant_of_a_table(driver: Driver, value: str) -> None:
    plan = TABLE | {"region": {"const": value}}
    options = Options("table", set={"campaign": value}, map=plan)
    run = driver.agrees(_file(driver, "csv"), options)
    assert run.rejections == []
    assert [(row["campaign"], row["region"]) for row in run.rows] == [(value, value)]

"""Killed at any step, or cut off from power: nothing is lost or counted twice, and all is mended."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from campaigns import arm, write_log
from parts import part

from reach.store.evidence import Store

PROGRAM = Path(__file__).parent / "killed.py"


def killings(which: str, folder: Path, how: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, PROGRAM, which, folder, how],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def require_mended(found: list[dict[str, Any]], least: int) -> dict[str, Any]:
    """After every killing the work, done again, ends as if nothing had been."""
    wanted: dict[str, Any] = found[0]["found"]
    *killed, survived = found[1:]
    assert len(killed) >= least
    assert {each["status"] for each in killed} == {signal.SIGKILL}
    assert survived["status"] == 0
    for each in (*killed, survived):
        assert each["found"] == wanted, each["what"]
    assert wanted["unfinished"] == []
    assert len(set(wanted["ingests"])) == len(wanted["ingests"])
    assert "None" not in wanted["accounts"]
    return wanted


def test_an_ingest_killed_at_any_step_is_made_good_by_the_next(tmp_path: Path) -> None:
    write_log(tmp_path / "logs" / "good.ndjson", arm("sms", delivered=3))
    write_log(tmp_path / "logs" / "bad.ndjson", arm("email", failed=2))
    with (tmp_path / "logs" / "bad.ndjson").open("a") as log:
        log.write("bad\n")
    # Making a store is tried below, where it does not cost reading logs.
    assert Store(tmp_path / "begun").parts() == []
    wanted = require_mended(killings("ingest", tmp_path, "killed"), 15)
    assert (wanted["count"], wanted["parts"], len(wanted["ingests"])) == (5, 2, 2)
    assert [name[:3] for name, _ in wanted["rejected"]] == ["bad"]


@pytest.mark.parametrize("how", ["killed", "empty", "gone"])
def test_a_commit_cut_short_at_any_step_is_made_good_by_the_next(tmp_path: Path, how: str) -> None:
    other = Store(tmp_path / "other")
    (tmp_path / "logs").mkdir()
    for name in ("one", "two"):
        part(other, name).path.rename(tmp_path / "logs" / f"{name}.parquet")
    wanted = require_mended(killings("commit", tmp_path, how), 25)
    assert wanted["ingests"] == ["one", "two"]
    assert (wanted["count"], wanted["rejected"]) == (2, [["two.ndjson", "refused"]])


@pytest.mark.parametrize("how", ["killed", "empty"])
def test_a_merging_cut_short_at_any_step_is_made_good_by_the_next(tmp_path: Path, how: str) -> None:
    (tmp_path / "logs").mkdir()
    begun = Store(tmp_path / "begun")
    for number in range(5):
        begun.commit([part(begun, str(number))])
    del begun
    wanted = require_mended(killings("compact", tmp_path, how), 10)
    assert wanted["ingests"] == [str(number) for number in range(5)]
    # Three became one, and two.
    assert (wanted["count"], wanted["parts"]) == (5, 2)
    assert len(list((tmp_path / "store" / "evidence").glob("*.parquet"))) == 7
    assert all(wanted["readable"])
    shutil.rmtree(tmp_path / "store")

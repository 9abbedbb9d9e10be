"""Real streams and signals: closed pipes, full disks, Ctrl-C; never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from campaigns import LONG_AFTER, arm, campaign

if TYPE_CHECKING:
    from collections.abc import Callable

    Begin = Callable[..., subprocess.Popen[bytes]]


ROOT = Path(__file__).parents[2]


def end(run: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = run.communicate(timeout=60)
    told = ((out or b"").decode(), (err or b"").decode())
    assert "Traceback" not in "".join(told)
    assert "Exception ignored" not in "".join(told)
    return run.returncode, *told


def test_a_reader_that_left_is_no_error(folder: Path, reach_process: Begin) -> None:
    campaign(folder, arm("sms", delivered=3))
    reading, writing = os.pipe()
    os.close(reading)
    run = reach_process("compare", ".", stdout=writing)
    os.close(writing)
    assert end(run) == (0, "", "")


def test_a_full_disk_is_told(folder: Path, reach_process: Begin) -> None:
    campaign(folder, arm("sms", delivered=3))
    with Path("/dev/full").open("wb") as full:
        code, _, err = end(reach_process("check", ".", stdout=full))
    assert code == 3
    assert err == "reach: the system says: no space left on device; mend that and run again\n"


@pytest.mark.parametrize(
    ("stream", "words", "wanted"), [("full", ("check", "gone"), 3), ("left", ("--bogus",), 2)]
)
def test_the_code_tells_where_stderr_can_t(
    reach_process: Begin, stream: str, words: tuple[str, ...], wanted: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    if stream == "full":
        os.close(writing)
        writing = os.open("/dev/full", os.O_WRONLY)
    run = reach_process(*words, stderr=writing)
    os.close(writing)
    assert end(run) == (wanted, "", "")


def test_ctrl_c_in_the_middle_is_130_and_leaves_nothing_half_done(
    folder: Path, reach_process: Begin
) -> None:
    campaign(folder, [], log_ends=LONG_AFTER)
    [line, *_] = arm("sms", delivered=1)
    good, bad = (json.dumps(each) + "\n" for each in (line, line | {"event": "send"}))
    # Enough for seconds: the engine reads the good ones, and the bad ones take the judge long.
    (folder / "logs" / "log.ndjson").write_text(good * 600_000 + bad * 20_000)
    run = reach_process("compare", ".", "--threads", "1")
    deadline = time.monotonic() + 30
    while not (folder / ".reach" / "key").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)  # the engine is at work by now
    run.send_signal(signal.SIGINT)
    code, out, err = end(run)
    assert (code, out, err.strip()) == (130, "", "")
    assert list((folder / ".reach").glob("evidence/*.parquet")) == []
    assert list((folder / ".reach" / "ingests").iterdir()) == []


INTERRUPTED_IMPORT = """
import sys

class Interrupted:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
"""


@pytest.mark.parametrize(
    "begin", ["import runpy; runpy.run_module('reach', run_name='__main__')", "COMMAND"]
)
def test_ctrl_c_before_all_is_loaded_is_130_too(begin: str) -> None:
    if begin == "COMMAND":  # as the installed script begins
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        module, _, name = project["scripts"]["reach"].partition(":")
        begin = f"from {module} import {name}; {name}()"
    program = [sys.executable, "-c", INTERRUPTED_IMPORT + begin]
    done = subprocess.run(program, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_any_locale_gets_utf8(folder: Path, reach_process: Begin) -> None:
    campaign(folder, arm("sms", delivered=3), title="Pengingat — ½ dosis")
    settings = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    run = reach_process("funnel", ".", env=dict(os.environ) | settings)
    code, out, _ = end(run)
    assert code == 0
    assert "Pengingat — ½ dosis" in out

"""Processes are measured as the system saw them, and none goes on behind our back."""

from __future__ import annotations

import os
import sys

import pytest

from reach.bench.process import FailedRunError, alternate, python, run


def test_time_and_memory_are_those_of_the_process() -> None:
    took = run([sys.executable, "-c", "import time; held = bytearray(300 << 20); time.sleep(0.2)"])
    assert took.wall_s >= 0.2
    assert took.peak_mib > 290
    assert took.cpu_s > 0


def test_what_the_measuring_process_held_is_not_counted() -> None:
    held = bytearray(200 << 20)
    held[:: 1 << 12] = b"x" * len(range(0, len(held), 1 << 12))
    assert run([sys.executable, "-c", "pass"]).peak_mib < 60


def test_a_failure_tells_what_was_said() -> None:
    with pytest.raises(FailedRunError, match="no room") as failed:
        run([sys.executable, "-c", "import sys; sys.exit('no room')"])
    assert failed.value.code == 1
    assert run([sys.executable, "-c", "raise SystemExit(3)"], accepted=(0, 3)).wall_s > 0


def test_one_that_was_killed_has_its_signal_for_a_code() -> None:
    with pytest.raises(FailedRunError) as failed:
        run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])
    assert failed.value.code == -9


def test_a_program_that_is_not_there_has_failed() -> None:
    with pytest.raises(FailedRunError, match="no-such-program"):
        run(["no-such-program"])


def test_contenders_take_turns() -> None:
    order: list[str] = []
    quick = run([sys.executable, "-c", "pass"])

    def turn(name: str) -> object:
        order.append(name)
        return quick

    runs = alternate({name: lambda name=name: turn(name) for name in "ab"}, 3)  # type: ignore[misc, arg-type]
    assert order == ["a", "b"] * 3
    assert [len(each) for each in runs.values()] == [3, 3]


def test_a_folder_that_holds_a_reach_of_its_own_changes_nothing(
    tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open("reach.py", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("raise SystemExit('the wrong one')")
    run(python("reach.bench.look", "--help"))

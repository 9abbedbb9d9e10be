"""The command line, run as a user runs it: its words, its exit code, its two streams."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reach.cli import cli
from reach.cli.exits import guarded


@dataclass(frozen=True)
class Done:
    """What one run came to.

    Attributes:
        code: The exit code.
        out: Stdout.
        err: Stderr.
    """

    code: int
    out: str
    err: str

    @property
    def read(self) -> str:
        """Stdout as a reader takes it: wherever its lines break."""
        return " ".join(self.out.split())


Run = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the one in which commands run."""
    place = tmp_path / "office"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.delenv("REACH_KEY", raising=False)
    return place


@pytest.fixture
def reach(
    folder: Path,  # noqa: ARG001 -- where it runs
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command in this process, which saves a second of imports each."""

    def run(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["reach", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            guarded(cli)
        out, err = capsys.readouterr()
        if "--debug" not in words:
            assert "Traceback" not in out + err
        assert isinstance(left.value.code, int)
        return Done(left.value.code, out, err)

    return run


@pytest.fixture
def reach_process(folder: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Begin a command in a process of its own, where streams and signals are real."""

    def begin(*words: str | bytes | Path, **settings: object) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": folder}
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            [sys.executable, "-m", "reach", *words],
            **(streams | {"env": environment} | settings),
        )

    return begin

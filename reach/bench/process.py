"""Whole processes, measured from outside: the clock, the processor, the memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_MIB = 1 << 20

BEGAN = "REACH_BENCH_BEGAN"
"""The variable that tells a process when it began, as `time.monotonic` counts."""

_LAUNCHER = f"""
import os, sys, time
os.set_inheritable(int(sys.argv[1]), False)
began = time.monotonic()
os.environ[{BEGAN!r}] = repr(began)
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
took = time.monotonic() - began
told = status, took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss
os.write(int(sys.argv[1]), " ".join(map(repr, told)).encode())
"""
"""What starts a process and looks on. Linux counts as a process's own memory what the one that
started it ever held; this one holds next to nothing, whatever measures has held before."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process, from start to exit.

    Attributes:
        wall_s: Seconds on the clock.
        cpu_s: Seconds of processor time, of all threads, user and system.
        peak_mib: Largest resident set, MiB.
    """

    wall_s: float
    cpu_s: float
    peak_mib: float


class FailedRunError(RuntimeError):
    """A process that exited as it should not have.

    Attributes:
        code: Its exit code; negative if a signal ended it.
        told: What it wrote on stderr.
    """

    def __init__(self, command: Sequence[str], code: int, told: str) -> None:
        super().__init__(f"{' '.join(command)}: exit {code}\n{told}")
        self.code = code
        self.told = told


def python(module: str, *words: str) -> list[str]:
    """The command that runs a module in this interpreter, whatever lies in the folder it runs in."""
    return [sys.executable, "-P", "-m", module, *words]


def run(
    command: Sequence[str],
    accepted: Sequence[int] = (0,),
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a command to its end.

    Args:
        command: The program and its words.
        accepted: Exit codes that are no failure.
        environment: Its variables; this process's if None.

    Raises:
        FailedRunError: It exits with a code that is not accepted.
    """
    here, there = os.pipe()
    with os.fdopen(here, "rb") as answer, tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603 -- commands of our own making
                [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(there), *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=environment,
                pass_fds=(there,),
                process_group=0,
            )
        finally:
            os.close(there)
        try:
            process.wait()
        except BaseException:  # Ctrl-C: nothing goes on behind our back
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        told = answer.read().split()
        code = os.waitstatus_to_exitcode(int(told[0])) if told else process.returncode
        if code not in accepted:
            errors.seek(0)
            raise FailedRunError(command, code, errors.read().decode(errors="replace"))
    wall_s, cpu_s, peak = map(float, told[1:])
    return Run(wall_s, cpu_s, peak * _RSS_UNIT / _MIB)


def alternate(contenders: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, list[Run]]:
    """Run the contenders in turn, so that a slow minute of the machine falls on all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            runs[name].append(contender())
    return runs


def median(runs: Sequence[Run]) -> Run:
    """The median of times; of memory the largest.

    Examples:
        >>> median([Run(1, 2, 30), Run(9, 9, 10), Run(2, 3, 20)])
        Run(wall_s=2, cpu_s=3, peak_mib=30)
    """
    return Run(
        middle([run.wall_s for run in runs]),
        middle([run.cpu_s for run in runs]),
        max(run.peak_mib for run in runs),
    )


def middle(values: Sequence[float]) -> float:
    """The median of numbers, at least one.

    Examples:
        >>> middle([3, 1, 2]), middle([4, 1, 2, 3])
        (2, 2.5)
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2

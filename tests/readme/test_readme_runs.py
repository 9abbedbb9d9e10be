"""What the README shows is what happens.

In the order of the README its files are written and its commands are run, in an empty folder
that has nothing but the repository's experiments. A file is a code block below its name in
bold; a command stands behind ``$`` in a ``console`` block, with its output below. A line ``…``
stands for any number of lines, and a command must succeed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME_ABOVE = re.compile(r"^\*\*`([^`]+)`\*\*\n\n\Z", re.MULTILINE)
ANYTHING = "…"


@dataclass(frozen=True)
class Written:
    """A file that the README shows."""

    name: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command that the README shows, with the lines below it."""

    text: str
    shown: tuple[str, ...]


def steps() -> list[Written | Command]:
    found: list[Written | Command] = []
    for block in FENCE.finditer(README):
        language, body = block.groups()
        name = NAME_ABOVE.search(README, 0, block.start())
        if name:
            found.append(Written(name[1], body))
        elif language == "console":
            found.extend(commands(body))
    return found


def commands(body: str) -> list[Command]:
    lines = body.splitlines()
    starts = [place for place, line in enumerate(lines) if line.startswith("$ ")]
    ends = [*starts[1:], len(lines)]
    return [
        Command(lines[start][2:], tuple(lines[start + 1 : end]))
        for start, end in zip(starts, ends, strict=True)
    ]


STEPS = steps()
COMMANDS = [step for step in STEPS if isinstance(step, Command)]


@pytest.fixture(scope="module")
def happened(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[int, list[str]]]:
    """Exit code and lines of every command, by its place in the README."""
    folder = tmp_path_factory.mktemp("readme")
    programs = tmp_path_factory.mktemp("programs")
    shutil.copytree(
        ROOT / "experiments", folder / "experiments", ignore=shutil.ignore_patterns(".reach")
    )
    # The package and the Python under test, whatever else is installed.
    for name, options in (("reach", "-m reach"), ("python3", "")):
        program = programs / name
        program.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" {options} "$@"\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
    unset = ("NO_COLOR", "FORCE_COLOR", "TERM", "REACH_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
    }
    ran: dict[int, tuple[int, list[str]]] = {}
    for step in STEPS:
        if isinstance(step, Written):
            (folder / step.name).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.name).write_text(step.text, encoding="utf-8")
            continue
        done = subprocess.run(
            ["sh", "-c", step.text],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        ran[len(ran)] = done.returncode, [line.rstrip() for line in done.stdout.splitlines()]
    return ran


@pytest.mark.parametrize("place", range(len(COMMANDS)), ids=[each.text for each in COMMANDS])
def test_a_command_does_what_is_shown(
    place: int, happened: dict[int, tuple[int, list[str]]]
) -> None:
    code, lines = happened[place]
    assert code == 0, "\n".join(lines)
    output = "".join(f"{line}\n" for line in lines)
    expected = "".join(
        r"(?:.*\n)*" if line == ANYTHING else re.escape(line.rstrip()) + r"\n"
        for line in COMMANDS[place].shown
    )
    as_shown = re.fullmatch(expected, output) is not None
    assert as_shown, output


def test_every_block_is_a_file_a_command_or_a_target() -> None:
    """No block escapes: what is neither written nor run must be named here."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for block in FENCE.finditer(README):
        language, body = block.groups()
        if language == "console" or NAME_ABOVE.search(README, 0, block.start()):
            continue
        assert language == "sh", block[0]
        for line in body.splitlines():
            command = line.partition("#")[0].strip()
            if command.startswith("make "):
                assert f"\n{command.removeprefix('make ')}:" in makefile
            else:
                assert command in ("python3 -m venv ~/reach", "~/reach/bin/pip install .")
                assert "reach" in project["scripts"]


def test_every_command_is_in_the_table_and_no_other() -> None:
    from reach.cli import COMMANDS as NAMES

    listed = re.findall(r"^\| `reach (\w+)", README, re.MULTILINE)
    assert listed == list(NAMES)

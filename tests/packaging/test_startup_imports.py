"""``reach --help`` waits for nothing heavy: what it imports is looked at, not how long it takes."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"deltalake", "duckdb", "jsonschema", "numpy", "pyarrow", "rich", "scipy", "yaml"}

AT_THE_END = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
AS_THE_COMMAND = "from reach.cli import main; main()"


def imported(program: str, *arguments: str) -> set[str]:
    """Return the top-level modules that a new interpreter holds when it has run the program."""
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_END + program, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {name.split(".")[0] for name in done.stderr.splitlines()[-1].split()}


def packages(program: str, *arguments: str) -> set[str]:
    """Return those that are neither Python's, nor ours, nor there whatever runs."""
    at_start = imported("pass")
    return imported(program, *arguments) - at_start - sys.stdlib_module_names - {"reach"}


def test_help_imports_click_and_no_other_package() -> None:
    found = packages(AS_THE_COMMAND, "--help")
    assert not found & HEAVY
    assert found - {"colorama"} == {"click"}  # colorama is click's, on Windows


def test_a_heavy_import_would_be_seen() -> None:
    wanted = {"duckdb", "jsonschema", "numpy", "rich", "yaml"}
    assert wanted <= packages(f"import {', '.join(sorted(wanted))}")

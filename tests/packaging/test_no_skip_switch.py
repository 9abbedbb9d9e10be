"""``REACH_NO_SKIP``: the switch in tests/conftest.py that turns skipped tests into a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

PASSES = "def test_it(): pass\n"
MARKED = "import pytest\n\n@pytest.mark.skip(reason='no engine')\ndef test_it(): pass\n"
CALLED = "import pytest\n\ndef test_it(): pytest.skip('no engine')\n"
MODULE = "import pytest\n\npytest.skip('no engine', allow_module_level=True)\n"
EXPECTED_FAILURE = "import pytest\n\n@pytest.mark.xfail\ndef test_it(): assert False\n"
FAILS = "def test_it(): assert False\n"
DOCTEST = "'''\n>>> 1 + 1  # doctest: +SKIP\n3\n'''\n"

SKIPS = {
    "marked": ("tests/test_one.py", MARKED),
    "called": ("tests/test_one.py", CALLED),
    "module": ("tests/test_one.py", MODULE),
    "doctest": ("package/one.py", DOCTEST),
}


def session(folder: Path, files: dict[str, str], switch: str | None) -> tuple[int, str]:
    """Run a small project under the real conftest; return the exit code and what was printed."""
    for name in ("tests", "package"):
        (folder / name).mkdir()
    shutil.copy(CONFTEST, folder / "tests")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "REACH_NO_SKIP"}
    if switch is not None:
        environment["REACH_NO_SKIP"] = switch
    options = ["--doctest-modules", "--import-mode=importlib", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "tests", "package"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("kind", SKIPS)
def test_with_the_switch_a_skip_fails_the_session_and_is_named(kind: str, tmp_path: Path) -> None:
    name, text = SKIPS[kind]
    code, printed = session(tmp_path, {name: text, "tests/test_other.py": PASSES}, "1")
    assert code == pytest.ExitCode.TESTS_FAILED
    told = printed.split("skipped, though REACH_NO_SKIP is set")[1]
    assert name in told
    assert "no engine" in told or kind == "doctest"


def test_a_session_of_nothing_but_skips_fails_as_well(tmp_path: Path) -> None:
    code, _ = session(tmp_path, {"tests/test_one.py": MODULE}, "1")
    assert code == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize("switch", [None, ""])
def test_without_the_switch_a_skip_is_a_skip(switch: str | None, tmp_path: Path) -> None:
    code, printed = session(tmp_path, {"tests/test_one.py": MARKED}, switch)
    assert code == pytest.ExitCode.OK
    assert "REACH_NO_SKIP" not in printed


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    files = {"tests/test_one.py": EXPECTED_FAILURE, "tests/test_other.py": PASSES}
    code, printed = session(tmp_path, files, "1")
    assert code == pytest.ExitCode.OK
    assert "1 passed, 1 xfailed" in printed


def test_a_failure_stays_a_failure(tmp_path: Path) -> None:
    files = {"tests/test_one.py": MARKED, "tests/test_other.py": FAILS}
    code, printed = session(tmp_path, files, "1")
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "1 failed, 1 skipped" in printed

"""How the Makefile makes its environment: when, of which Python, and what it says if it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
STAMPS = (".venv/.runtime", ".venv/.tools")
HOUR_S = 3600


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the files that say how the environment is made."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(REPOSITORY / name, folder)
    return folder


def make(folder: Path, *arguments: str, site: str = "") -> subprocess.CompletedProcess[str]:
    """Run make there; ``site`` is a text that its Python runs before anything else."""
    # What an outer make hands down would overrule what is asked for here.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    if site:
        (folder / "sitecustomize.py").write_text(site, encoding="utf-8")
        environment["PYTHONPATH"] = str(folder)
    return subprocess.run(
        ["make", f"PYTHON={sys.executable}", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def planned(folder: Path, target: str) -> str:
    done = make(folder, "--dry-run", target)
    assert done.returncode == 0, done.stderr
    return done.stdout


def stamp(folder: Path, age_s: float) -> None:
    """Make as if the environment had been made that long after the other files."""
    (folder / ".venv").mkdir()
    written = (folder / "pyproject.toml").stat().st_mtime
    (folder / "constraints.txt").touch()
    for name in STAMPS:
        (folder / name).touch()
        os.utime(folder / name, (written + age_s, written + age_s))


def test_without_an_environment_compare_makes_one_and_no_tools(checkout: Path) -> None:
    plan = planned(checkout, "compare")
    assert "-m venv --clear .venv" in plan
    assert "runtime.txt" in plan
    assert "--requirement constraints.txt" not in plan


def test_without_an_environment_test_adds_the_tools(checkout: Path) -> None:
    plan = planned(checkout, "test")
    assert "-m venv --clear .venv" in plan
    assert "--requirement constraints.txt" in plan


@pytest.mark.parametrize("target", ["compare", "test"])
def test_an_environment_that_is_younger_stays(target: str, checkout: Path) -> None:
    stamp(checkout, HOUR_S)
    assert "venv --clear" not in planned(checkout, target)
    assert "pip" not in planned(checkout, target)


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_a_change_of_what_is_wanted_makes_it_anew(changed: str, checkout: Path) -> None:
    stamp(checkout, HOUR_S)
    later = (checkout / STAMPS[0]).stat().st_mtime + HOUR_S
    os.utime(checkout / changed, (later, later))
    assert "venv --clear" in planned(checkout, "compare")


def test_every_install_wants_hashes_or_takes_this_folder(checkout: Path) -> None:
    installs = [line for line in planned(checkout, "test").splitlines() if "-m pip " in line]
    assert len(installs) == len(["what it runs on", "reach itself", "the tools"])
    for line in installs:
        assert "--no-deps" in line
        assert "--require-hashes" in line or line.endswith("--no-build-isolation --editable .")


@pytest.mark.parametrize("target", ["compare", "test", "constraints"])
def test_an_old_python_is_refused_in_words(target: str, checkout: Path) -> None:
    done = make(checkout, target, site="import sys; sys.version_info = (3, 9, 2, 'final', 0)")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer, and this is 3.9" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("lacks", ["venv", "ensurepip"])
def test_a_python_without_venv_says_what_to_install(lacks: str, checkout: Path) -> None:
    done = make(checkout, "compare", site=f"import sys; sys.modules[{lacks!r}] = None")
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_says_what_to_install(checkout: Path) -> None:
    done = make(checkout, "compare", "PYTHON=no-such-python")
    assert done.returncode != 0
    assert "There is no no-such-python here" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_make_alone_shows_the_targets(checkout: Path) -> None:
    done = make(checkout)
    assert done.returncode == 0
    for target in ("compare", "test", "lint", "bench", "constraints", "clean"):
        assert f"make {target} " in done.stdout

"""What is handed out: the wheel and the source archive, and the command that a wheel gives."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SCHEMAS = {path.name: path.read_bytes() for path in (REPOSITORY / "schemas").glob("*.json")}
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
METADATA = f"reach_eval-{PROJECT['version']}.dist-info"
NAMES = sorted(name.removesuffix(".schema.json") for name in SCHEMAS)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(REPOSITORY, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    run("-m", "hatchling", "build", "--target", "sdist", "--directory", folder, cwd=REPOSITORY)
    (only,) = folder.iterdir()
    return only


def built(source: Path, folder: Path) -> Path:
    """Build the wheel of a source tree or archive, with what is installed here."""
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    run("-m", "pip", "wheel", *options, "--wheel-dir", folder, source)
    (only,) = folder.iterdir()
    return only


def run(*arguments: str | Path, cwd: Path | None = None, path: Path | None = None) -> bytes:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment.pop("PYTHONPATH", None)
    if path is not None:
        environment["PYTHONPATH"] = str(path)  # comes before what the environment has installed
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"reach", METADATA}
    modules = {path.relative_to(REPOSITORY) for path in (REPOSITORY / "reach").rglob("*.py")}
    assert {Path(name) for name in names if name.endswith(".py")} == modules
    assert not [name for name in names if "__pycache__" in name or "/test" in name]


def test_the_wheel_holds_schemas_types_and_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        inside = {
            name.removeprefix("reach/_schemas/"): opened.read(name)
            for name in opened.namelist()
            if name.startswith("reach/_schemas/")
        }
        licence = opened.read(f"{METADATA}/licenses/LICENSE")
        assert "reach/py.typed" in opened.namelist()
    assert inside == SCHEMAS
    assert licence == (REPOSITORY / "LICENSE").read_bytes()


def test_the_source_archive_holds_what_the_wheel_is_made_of(archive: Path) -> None:
    with tarfile.open(archive) as opened:
        names = {name.split("/", 1)[1] for name in opened.getnames()}
    folders = {name.split("/")[0] for name in names if "/" in name}
    files = {name for name in names if "/" not in name}
    assert folders == {"reach", "schemas"}
    # The tool adds the first two by itself.
    assert files - {"PKG-INFO", ".gitignore", "CHANGELOG.md"} == {
        "LICENSE",
        "README.md",
        "pyproject.toml",
    }


def test_the_wheel_of_the_source_archive_is_the_wheel(
    wheel: Path, archive: Path, tmp_path: Path
) -> None:
    assert contents(built(archive, tmp_path)) == contents(wheel)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    asked = "import reach; print(reach.__file__)"
    where = run("-c", asked, cwd=tmp_path, path=installed).decode().strip()
    assert Path(where) == installed / "reach" / "__init__.py"


@pytest.mark.parametrize("name", NAMES)
def test_the_installed_module_reads_its_own_schemas(
    name: str, installed: Path, tmp_path: Path
) -> None:
    printed = run("-m", "reach", "schema", name, cwd=tmp_path, path=installed)
    assert printed == SCHEMAS[f"{name}.schema.json"]


def test_the_installed_command_runs(installed: Path, tmp_path: Path) -> None:
    printed = run(installed / "bin" / "reach", "schema", "event", cwd=tmp_path, path=installed)
    assert printed == SCHEMAS["event.schema.json"]

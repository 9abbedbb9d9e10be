"""The formats that docs/adding-a-format.md teaches are formats: pasted as they stand they pass the gate."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from reach.errors import InputError
from reach.formats import registry
from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/adding-a-format.md").read_text("utf-8")
NAMED = re.compile(r"^\*\*`(\S+)`\*\*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = dict(NAMED.findall(TEXT))
"""What the page shows as whole files, by path."""

FORMATS = [path for path in FILES if path.startswith("reach/formats/")]
TESTS = [path for path in FILES if path.startswith("tests/ingest/")]
SAMPLES = [path for path in FILES if path.endswith((".json", ".csv"))]
DEFINED = re.compile(r"^def (test_\w+)", re.MULTILINE)
OWN_TESTS = [(path, name) for path in TESTS for name in DEFINED.findall(FILES[path])]
NOTATION = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (?:`(\w+)`: \w+ to \w+ )?\|", re.MULTILINE)


def _module(path: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    file = folder / Path(path).name
    file.write_text(FILES[path], encoding="utf-8")
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, file.stem, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def _registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All formats of the page are among those that reach knows."""
    for path in FORMATS:
        name = Path(path).stem
        one = getattr(_module(path, tmp_path, monkeypatch), f"{name.capitalize()}Format")()
        assert one.name == name
        for formats in (registry.FORMATS, registry.EVERY):
            monkeypatch.setitem(formats, name, one)


def _checked(*command: str, text: str | None = None) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_page_has_what_is_tested_here() -> None:
    assert len(FILES) == len(NAMED.findall(TEXT))
    assert len(FORMATS) == len(TESTS) == len(SAMPLES) == 2
    assert len(re.findall("^```python$", TEXT, re.MULTILINE)) == len(FORMATS) + len(TESTS)
    assert len(OWN_TESTS) >= len(TESTS)


@pytest.mark.parametrize("path", [*FORMATS, *TESTS])
def test_ruff_has_nothing_against_a_file(path: str) -> None:
    as_if = ("--no-cache", "--stdin-filename", path, "-")
    _checked("ruff", "check", *as_if, text=FILES[path])
    _checked("ruff", "format", "--check", *as_if, text=FILES[path])


def test_mypy_has_nothing_against_the_formats(tmp_path: Path) -> None:
    paths = [tmp_path / Path(path).name for path in FORMATS]
    for path, written in zip(FORMATS, paths, strict=True):
        written.write_text(FILES[path], encoding="utf-8")
    _checked("mypy", *map(str, paths))


@pytest.mark.usefixtures("_registered")
@pytest.mark.parametrize(("path", "name"), OWN_TESTS)
def test_the_page_s_tests_pass(
    path: str, name: str, driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    getattr(_module(path, tmp_path, monkeypatch), name)(driver)


def _sample(driver: Driver, name: str) -> Path:
    [path] = (path for path in SAMPLES if Path(path).parent.name == name)
    file = driver.folder / Path(path).name
    file.write_text(FILES[path], encoding="utf-8")
    return file


@pytest.mark.usefixtures("_registered")
@pytest.mark.parametrize("path", SAMPLES)
def test_a_sample_is_recognised_as_its_format_alone(driver: Driver, path: str) -> None:
    name = Path(path).parent.name
    head = driver.open(_sample(driver, name), Options(), "log").head
    fits = [each for each, known in registry.EVERY.items() if known.fit(head, Options()).ok]
    assert fits == [name]


@pytest.mark.usefixtures("_registered")
def test_the_page_s_object_is_read(driver: Driver) -> None:
    run = driver.agrees(_sample(driver, "kabar"), Options(fields={"region": "tag.wilayah"}))
    [row] = run.rows
    assert (row["region"], row["failure_reason"], row["channel"]) == ("Garut", "network", "sms")


@pytest.mark.usefixtures("_registered")
def test_a_word_that_is_not_in_the_table_is_named(driver: Driver) -> None:
    path = _sample(driver, "kabar")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"state": "ARIVED"}), "utf-8")
    [refused] = driver.agrees(path).rejections
    assert refused["received"] == '"ARIVED"'
    assert "did you mean ARRIVED?" in refused["expected"]


@pytest.mark.usefixtures("_registered")
def test_the_page_s_rows_are_read_in_columns_at_their_time(driver: Driver) -> None:
    options = Options(timezone="Asia/Jakarta", fields={"region": "wilayah"})
    run = driver.agrees(_sample(driver, "warta"), options)
    rows = sorted(run.rows, key=lambda row: row["first_at"])
    eight_in_jakarta = 1_767_574_800_000_000
    assert [row["first_at"] - eight_in_jakarta for row in rows] == [0, 60_000_000]
    assert [row["failure_reason"] for row in rows] == [None, "number_invalid"]
    tokens = registry.FORMATS["warta"].tokens(run.log, numbered=False)
    proven = f"SELECT count(*) FILTER (event IS NOT NULL), count(*) FROM ({tokens})"
    assert driver.engine.execute(proven).fetchone() == (2, 2)


@pytest.mark.usefixtures("_registered")
def test_what_is_said_without_a_zone_is_what_the_page_says(driver: Driver) -> None:
    said = re.search(r"`laporan[.]csv: (got times .*), …`", TEXT)
    assert said
    with pytest.raises(InputError) as refusal:
        driver.ingest(_sample(driver, "warta"))
    assert said[1] in str(refusal.value)


def test_the_notations_are_where_the_page_says() -> None:
    found = NOTATION.findall(TEXT.partition("\n## Where things are\n")[2])
    known = {path.stem for path in (ROOT / "reach/formats/notations").glob("[!_]*.py")}
    assert {module for module, _, _ in found} == known
    for module, *functions in found:
        notation = import_module(f"reach.formats.notations.{module}")
        assert all(callable(getattr(notation, name)) for name in functions if name)

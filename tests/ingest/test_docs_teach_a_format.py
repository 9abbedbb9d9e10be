"""The format that docs/adding-a-format.md teaches is a format: its code runs, and its test passes."""

from __future__ import annotations

import json
import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from reach.formats import registry
from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver

TEXT = (Path(__file__).parents[2] / "docs/adding-a-format.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _module(name: str, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    path = folder / f"{name}.py"
    path.write_text(code, encoding="utf-8")
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def taught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the page's blocks come to, with the format registered."""
    code, test = (body for language, body in FENCE.findall(TEXT) if language == "python")
    [record] = (body for language, body in FENCE.findall(TEXT) if language == "json")
    one = _module("kabar", code, tmp_path, monkeypatch).KabarFormat()
    for formats in (registry.FORMATS, registry.EVERY):
        monkeypatch.setitem(formats, one.name, one)
    told = _module("test_kabar", test, tmp_path, monkeypatch)
    return {"record": json.loads(record), "test": told.test_on_damaged_records}


def test_the_page_s_test_passes(driver: Driver, taught: dict[str, Any]) -> None:
    taught["test"](driver)


def test_the_page_s_record_is_recognised_and_read(driver: Driver, taught: dict[str, Any]) -> None:
    path = driver.folder / "kabar.json"
    path.write_text(json.dumps(taught["record"]), encoding="utf-8")
    run = driver.agrees(path, Options(fields={"region": "tag.wilayah"}))
    [row] = run.rows
    assert (row["region"], row["failure_reason"], row["channel"]) == ("Garut", "network", "sms")


def test_a_word_that_is_not_in_the_table_is_named(driver: Driver, taught: dict[str, Any]) -> None:
    path = driver.folder / "kabar.json"
    path.write_text(json.dumps(taught["record"] | {"state": "ARIVED"}), encoding="utf-8")
    [refused] = driver.agrees(path).rejections
    assert refused["received"] == '"ARIVED"'
    assert "did you mean ARRIVED?" in refused["expected"]

"""The samples of valid and invalid events and rejections, each a file, found by themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reach.formats.record import Options
from reach.schemas import validator

if TYPE_CHECKING:
    from drive import Driver

DATA = Path(__file__).parents[1] / "data"


def _samples(verdict: str, schema: str) -> list[Path]:
    found = sorted((DATA / verdict / schema).glob("*.json"))
    assert found, f"no {verdict} {schema}"
    return found


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", _samples("valid", "event"), ids=_name)
def test_valid_events_are_accepted(driver: Driver, path: Path) -> None:
    run = driver.agrees(_as_line(driver, path), Options(format="reach"))
    assert run.rejections == []
    assert run.ingested.balance.accepted == 2


@pytest.mark.parametrize("path", _samples("invalid", "event"), ids=_name)
def test_invalid_events_are_refused(driver: Driver, path: Path) -> None:
    run = driver.agrees(_as_line(driver, path), Options(format="reach"))
    # The name of a sample begins with the field that is wrong in it.
    assert [one["path"] for one in run.rejections] == [f"$.{path.stem.split('-')[0]}"]


@pytest.mark.parametrize("path", _samples("valid", "rejection"), ids=_name)
def test_valid_rejections_are_valid(path: Path) -> None:
    validator("rejection").validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", _samples("invalid", "rejection"), ids=_name)
def test_invalid_rejections_are_invalid(path: Path) -> None:
    assert not validator("rejection").is_valid(json.loads(path.read_text(encoding="utf-8")))


def _as_line(driver: Driver, path: Path) -> Path:
    line = driver.folder / "sample.jsonl"
    good = (DATA / "valid" / "event" / "minimal.json").read_text(encoding="utf-8")
    # A good line before it, so that the file is known for what it is.
    events = [json.loads(good) | {"recipient": "+1"}, json.loads(path.read_text(encoding="utf-8"))]
    text = "\n".join(json.dumps(event, ensure_ascii=False) for event in events)
    line.write_text(text, encoding="utf-8")
    return line

"""A store in a folder of any name: the libraries below misread some, and must not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from campaigns import answer, arm, campaign
from parts import part, stored

from reach.store.evidence import Store

NAMES = (
    "sp ace %41 é#?",
    "%",
    "%2Fetc",
    "back\\slash",
    "[a]*?",
    'it\'s "so"',
    "new\nline",
    "\x1b[31mred",
    "~",
    "file:",
    "s3:",
    "😀",
)


@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_found_again_in_a_folder_of_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path(name)  # as a user gives it: relative
    for ingest_ids in (["one"], ["two", "one"]):
        store = Store(folder)
        store.commit([part(store, ingest_id) for ingest_id in ingest_ids])
    store = Store(folder)
    assert stored(store) == {"one": 1, "two": 1}
    assert len(list((tmp_path / name / "evidence").glob("*.parquet"))) == 2
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", [NAMES[0], "[a]*?", "~"])
def test_an_experiment_in_a_folder_of_any_name_is_answered_twice_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    campaign(Path(name), arm("sms", delivered=12, failed=3) + arm("email", delivered=5))
    first = answer(Path(name))
    assert first["balance"]["facts"] == 40
    assert answer(Path(name)) == first


def test_no_way_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    store = Store(tmp_path / "100%25")
    store.commit([part(store, "one")])
    assert len(list((tmp_path / "temporary").iterdir())) == 1
    del store
    assert list((tmp_path / "temporary").iterdir()) == []
    assert stored(Store(tmp_path / "100%25")) == {"one": 1}

"""A store says how it is laid out, so that an older version leaves a newer one alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from parts import part, stored

from reach.errors import StoreError
from reach.store.evidence import Store
from reach.store.layout import LAYOUT


def test_a_store_is_marked(tmp_path: Path) -> None:
    Store(tmp_path)
    assert (tmp_path / "layout").read_text(encoding="utf-8") == f"{LAYOUT}\n"


def test_a_store_made_before_there_was_a_mark_is_read_and_marked(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit([part(store, "one")])
    (tmp_path / "layout").unlink()
    assert stored(Store(tmp_path)) == {"one": 1}
    assert (tmp_path / "layout").exists()


def test_a_newer_store_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "layout").write_text(f"{LAYOUT + 1}\n", encoding="utf-8")
    expected = (
        f"{tmp_path}: a store of layout {LAYOUT + 1}, made by a newer version of reach; this one "
        f"knows layout {LAYOUT} and leaves it as it is. Choose another store with --store, or "
        "upgrade with pip install --upgrade reach-eval"
    )
    with pytest.raises(StoreError, match=re.escape(expected)):
        Store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["layout"]


@pytest.mark.parametrize("told", [b"", b"\xff", b"new", b"-1", b"1.5"])
def test_a_damaged_mark_is_named_with_what_to_do(tmp_path: Path, told: bytes) -> None:
    Store(tmp_path)
    (tmp_path / "layout").write_bytes(told)
    with pytest.raises(
        StoreError, match=r"expected the number of the store's layout.*delete that file"
    ):
        Store(tmp_path)
    (tmp_path / "layout").unlink()
    assert Store(tmp_path).parts() == []

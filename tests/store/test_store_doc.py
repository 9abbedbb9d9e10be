"""What docs/store.md says lies in a store is what lies in one."""

from __future__ import annotations

import re
from pathlib import Path

from campaigns import answer, arm, campaign

DOCUMENT = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


def test_all_that_lies_in_a_store_is_told(tmp_path: Path) -> None:
    folder = campaign(tmp_path, arm("sms", delivered=12) + arm("email", failed=12))
    answer(folder)
    table = DOCUMENT.partition("## What lies in it")[2].partition("##")[0]
    told = re.findall(r"^\| `([\w.]+)", table, re.MULTILINE)
    assert set(told) == {path.name for path in (folder / ".reach").iterdir()}

"""Words of a column map that are not those of the table: answered, and told of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reach.cli import cli

CONFIG = """\
experiment: calls
sources:
  - path: calls.csv
    map:
      channel: {const: call}
      person: phone
      delivered: {column: result, equals: [answered]}
      failed: {column: result, equals: [Failed]}
      acted: {column: booked, equals: ["yes"]}
compare: {metrics: [delivered_per_sent, acted_per_sent]}
"""
TABLE = """\
phone,result,booked
+1,answered,no
+2,failed,no
+3,failed,
+4,,yes
"""


def _warnings(folder: Path, table: str) -> dict[str, dict[str, Any]]:
    (folder / "experiment.yaml").write_text(CONFIG, "utf-8")
    (folder / "calls.csv").write_text(table, "utf-8")
    shown = CliRunner().invoke(cli, ["compare", str(folder), "--format", "json", "-q"])
    return {each["code"]: each["params"] for each in json.loads(shown.stdout)["warnings"]}


def test_a_word_that_no_row_has_is_told(tmp_path: Path) -> None:
    found = _warnings(tmp_path, TABLE)
    assert found["word_never_seen"] == {"source": "calls.csv", "column": "result", "word": "Failed"}
    assert found["words_unnamed"] == {"source": "calls.csv", "column": "result", "count": 2}
    assert _warnings(tmp_path, TABLE) == found  # the store remembers it


def test_a_table_that_has_the_words_is_quiet(tmp_path: Path) -> None:
    found = _warnings(tmp_path, TABLE.replace("failed", "Failed"))
    assert not found.keys() & {"word_never_seen", "words_unnamed"}


@pytest.mark.parametrize("lang", ["en", "id"])
def test_check_tells_of_them_too(tmp_path: Path, lang: str) -> None:
    _warnings(tmp_path, TABLE)
    shown = CliRunner().invoke(
        cli, ["check", str(tmp_path), "--lang", lang], env={"COLUMNS": "100"}
    )
    assert "Failed" in shown.stdout
    assert "result" in shown.stdout

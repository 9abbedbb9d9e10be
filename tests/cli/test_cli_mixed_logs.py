"""An experiment whose logs come in every container at once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from campaigns import LONG_AFTER, arm, write_config

from reach.engine import file_literal
from reach.explanations import violations

if TYPE_CHECKING:
    from conftest import Run

SMS, EMAIL, WHATSAPP = (arm(name, delivered=12, sent=3) for name in ("sms", "email", "whatsapp"))
FIELDS = tuple(SMS[0])


@pytest.fixture
def mixed(folder: Path) -> Path:
    """Three channels: one in NDJSON with a blank line, one in a CSV, one in a Parquet file."""
    lines = [json.dumps(each) for each in SMS]
    (folder / "sms.ndjson").write_text("\n".join([lines[0], "", *lines[1:]]) + "\n")
    rows = [",".join(FIELDS), *(",".join(each[name] for name in FIELDS) for each in EMAIL)]
    (folder / "email.csv.gz").write_bytes(gzip.compress("\n".join(rows).encode() + b"\n"))
    values = ", ".join(str(tuple(each[name] for name in FIELDS)) for each in WHATSAPP)
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (SELECT * FROM (VALUES {values}) AS t({', '.join(FIELDS)})) "
            f"TO {file_literal(folder / 'whatsapp.parquet')} (FORMAT parquet)"
        )
    sources = ["sms.ndjson", "email.csv.gz", "whatsapp.parquet"]
    return write_config(folder, sources=sources, log_ends=LONG_AFTER)


def test_each_is_read_and_all_of_it_balances(reach: Run, mixed: Path) -> None:
    for command in ("check", "compare", "funnel"):
        done = reach(command, mixed, "--quiet")
        assert (done.code, done.err) == (0, "")
        events = len(SMS) + len(EMAIL) + len(WHATSAPP)
        assert f"{events} records = {events} accepted + 0 refused" in done.read
    found: dict[str, Any] = json.loads(reach("compare", mixed, "--format", "json").out)
    assert violations("result", found) == []
    lines = {each["source"]: (each["lines"], each["blank"]) for each in found["balance"]["sources"]}
    assert lines == {
        "sms.ndjson": (len(SMS) + 1, 1),
        "email.csv.gz": (None, None),
        "whatsapp.parquet": (None, None),
    }
    outcomes = {each["channel"]: each["outcomes"] for each in found["channels"]}
    assert set(outcomes) == {"sms", "email", "whatsapp"}
    assert {(each["delivered"], each["unknown"]) for each in outcomes.values()} == {(12, 3)}

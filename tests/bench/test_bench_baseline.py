"""The benchmarks' baseline: better, worse, within the noise, and kept when it is asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# Behind the library's own modules, of which a script may have the name of one.
PROGRAM = """
import sys
from pathlib import Path
sys.path.append(sys.argv[1])
import baseline
baseline.BASELINE = Path("baseline.json")
baseline.RESULTS = Path("results")
baseline.conclude(
    ["ingest"], {"duckdb": "2.0.0", "processor": "x"},
    write="write" in sys.argv, strict="strict" in sys.argv,
)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "results").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def concluded(value: float, *words: str) -> subprocess.CompletedProcess[str]:
    document = {"machine": {}, "ratios": {"ndjson_per_copy@4000000": value}}
    Path("results/ingest.json").write_text(json.dumps(document))
    return subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, str(BENCHMARKS), *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def stored() -> dict[str, float]:
    found: dict[str, float] = json.loads(Path("baseline.json").read_text())["ratios"]
    return found


def test_a_run_is_compared_with_the_one_that_was_kept() -> None:
    assert "not in the baseline" in concluded(1.2).stdout
    concluded(1.2, "write")
    assert stored() == {"ingest.ndjson_per_copy@4000000": 1.2}
    for value, told in ((1.25, "within the noise"), (1.5, "WORSE (+25%)"), (0.6, "better (-50%)")):
        done = concluded(value)
        assert told in done.stdout
        assert done.returncode == 0
    assert concluded(1.5, "strict").returncode == 1
    assert concluded(1.1, "strict").returncode == 0


def test_what_was_not_measured_now_stays_and_the_machine_is_not_named() -> None:
    kept = {"ratios": {"verdict.again_per_cold@100000000": 0.01}}
    Path("baseline.json").write_text(json.dumps(kept))
    concluded(1.23456, "write")
    assert stored() == {
        "ingest.ndjson_per_copy@4000000": 1.23,
        "verdict.again_per_cold@100000000": 0.01,
    }
    assert json.loads(Path("baseline.json").read_text())["measured_with"] == {"duckdb": "2.0.0"}

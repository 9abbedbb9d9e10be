"""Logs named on the command line: standard input, patterns, folders, packed and bare."""

from __future__ import annotations

import bz2
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard

if TYPE_CHECKING:
    from conftest import Run

LINES = "".join(
    json.dumps({"message_id": f"m{n}", "event": "sent", "channel": "sms", "recipient": f"+62{n}"})
    + "\n"
    for n in range(5)
).encode()
PACKERS = {
    "plain": bytes, "gzip": gzip.compress, "zstd": zstandard.compress, "bzip2": bz2.compress
}  # fmt: skip


def _piped(folder: Path, data: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "reach", *words]
    return subprocess.run(command, input=data, capture_output=True, cwd=folder, check=False)


@pytest.mark.parametrize("pack", PACKERS)
def test_standard_input_is_a_log_however_packed(tmp_path: Path, pack: str) -> None:
    done = _piped(tmp_path, PACKERS[pack](LINES), "check", "-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Nothing refused: 5 records read from one file" in done.stdout.decode()
    assert "standard input" in done.stdout.decode()


def test_standard_input_beside_files_and_into_a_store(tmp_path: Path) -> None:
    (tmp_path / "more.ndjson").write_bytes(LINES.replace(b': "m', b': "n'))
    done = _piped(tmp_path, LINES, "ingest", "more.ndjson", "-", "--store", "kept")
    assert done.returncode == 0
    assert "10 records read from 2 files" in done.stdout.decode()
    again = _piped(tmp_path, LINES, "ingest", "-", "--store", "kept")
    assert "10" not in again.stdout.decode()
    assert again.returncode == 0


def test_a_refused_record_of_standard_input_is_named_with_its_line(tmp_path: Path) -> None:
    done = _piped(tmp_path, LINES + b'{"event": "sent"}\n', "check", "-")
    assert done.returncode == 1
    assert "standard input:6" in done.stdout.decode()


def test_an_empty_standard_input_says_so(tmp_path: Path) -> None:
    done = _piped(tmp_path, b"", "check", "-")
    assert done.returncode == 3
    assert b"standard input: got an empty file" in done.stderr


def test_a_pattern_and_a_folder_with_all_packings(reach: Run, folder: Path) -> None:
    logs = folder / "logs"
    logs.mkdir()
    for number, (name, pack) in enumerate(PACKERS.items()):
        (logs / f"{name}.log").write_bytes(pack(LINES.replace(b': "m', b': "%d' % number)))
    for words in (("logs",), ("logs/*.log",)):
        done = reach("check", *words)
        assert done.code == 0
        assert "20 records read from 4 files" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--timezone", "Asia/Bandung"), "a time zone of the IANA list, as Asia/Jakarta"),
        (("--timezone", "Asia/Jakarta"),
         "--timezone: got Asia/Jakarta, of which no log here has a use (format reach)"),
        (("--year", "2026"), "--year: got 2026, of which no log here has a use (format reach)"),
        (("--year", "26"), "--year"),
    ],
)  # fmt: skip
def test_a_zone_or_a_year_is_for_logs_that_need_one(
    reach: Run, folder: Path, words: tuple[str, ...], said: str
) -> None:
    (folder / "log.ndjson").write_bytes(LINES)
    done = reach("check", "log.ndjson", *words)
    assert done.code in (2, 3)
    assert said in " ".join(done.err.split())


RECEIPT = "id:7 sub:001 dlvrd:001 submit date:2401051030 done date:2401051031 stat:DELIVRD\n"


def test_a_zone_is_for_those_of_the_files_that_can_use_it(reach: Run, folder: Path) -> None:
    """Another log is then the same as without: the store knows it, whichever way it was named."""
    logs = folder / "logs"
    logs.mkdir()
    (logs / "sms.txt").write_text(RECEIPT)
    (logs / "log.ndjson").write_bytes(LINES)
    refused = reach("check", "logs")
    assert refused.code == 3
    assert refused.err.splitlines()[0].endswith(
        "expected the zone they are in: timezone: Asia/Jakarta beside its path, or "
        "--timezone Asia/Jakarta"
    )
    assert reach("check", "logs", "--timezone", "Asia/Jakarta").code == 0
    assert reach("check", "logs", "--timezone", "Asia/Jakarta", "--year", "2026").code == 3
    assert reach("ingest", "logs/log.ndjson", "--store", "kept").code == 0
    again = reach("ingest", "logs", "--store", "kept", "--timezone", "Asia/Jakarta")
    assert again.code == 0
    assert len(list((folder / "kept" / "evidence").glob("*.parquet"))) == 2


def test_a_zone_in_a_config_is_said_of_each_file(reach: Run, folder: Path) -> None:
    (folder / "log.ndjson").write_bytes(LINES)
    (folder / "experiment.yaml").write_text(
        "experiment: e\nsources: [{path: log.ndjson, timezone: Asia/Jakarta}]\n"
    )
    done = reach("check", ".")
    assert done.code == 3
    assert "timezone, of which a log of format reach has no use" in done.err


def test_all_files_that_are_no_logs_are_told_at_once(reach: Run, folder: Path) -> None:
    logs = folder / "logs"
    logs.mkdir()
    (logs / "a.ndjson").write_bytes(LINES)
    (logs / "notes.txt").write_text("Dear colleague,\nhere they are.\n")
    (logs / "budget.xlsx").write_bytes(b"PK\3\4")
    (logs / "table.csv").write_text("day,sent\n1,2\n")
    for words in (("check", "logs"), ("ingest", "logs", "--store", "kept")):
        done = reach(*words)
        assert (done.code, done.out) == (3, "")
        told = [line.split(": ")[1] for line in done.err.splitlines()]
        assert told == ["logs/budget.xlsx", "logs/notes.txt", "logs/table.csv", "all files"]
        assert "got 3 of 4 files that can't be read" in done.err
        assert "let the command name the logs or a pattern, as 'logs/*.csv' in quotes" in done.err
    assert list(folder.glob("**/*.parquet")) == []
    assert reach("check", "logs/*.ndjson").code == 0
    (folder / "experiment.yaml").write_text("experiment: e\nsources: [logs]\n")
    assert "let sources in experiment.yaml name the logs" in reach("compare", ".").err
    named = reach("check", "logs/notes.txt", "logs/budget.xlsx")
    assert [line.split(": ")[1] for line in named.err.splitlines()] == [
        "logs/notes.txt", "logs/budget.xlsx"
    ]  # fmt: skip

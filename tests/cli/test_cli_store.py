"""The store behind the commands: read once, safe among many, and clear about what is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from campaigns import LONG_AFTER, arm, campaign, event

from reach.schemas import validator

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

GOOD = arm("sms", delivered=30, failed=10) + arm("email", delivered=20, sent=20)
KNOWN = "Already in the store, and not read again: "


@pytest.fixture
def reminder(folder: Path) -> Path:
    return campaign(folder, GOOD, log_ends=LONG_AFTER)


def figures(reach: Run, *words: str) -> dict[str, Any]:
    """A result without what was read for it."""
    found: dict[str, Any] = json.loads(reach("compare", ".", "--format", "json", *words).out)
    return {name: found[name] for name in ("channels", "comparisons")}


def parts(store: Path) -> list[str]:
    return sorted(path.name for path in store.glob("evidence/*.parquet"))


def test_a_rerun_reads_nothing_and_says_so(
    reach: Run, reminder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reach.experiment.gather as under_test

    first = reach("compare", ".")
    assert (first.code, first.err) == (0, "")
    before = parts(reminder / ".reach")

    def never(*_: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr(under_test, "ingest_file", never)
    for command in ("compare", "funnel"):
        again = reach(command, ".")
        assert again.code == 0
        assert again.err.startswith(KNOWN)
    assert reach("compare", ".").out == first.out
    assert parts(reminder / ".reach") == before


def test_what_ingest_stored_compare_finds(reach: Run, reminder: Path) -> None:
    words = ("--store", "kept", "--log-ends", LONG_AFTER)
    done = reach("ingest", "logs", *words)
    assert (done.code, done.err) == (0, "")
    assert "Already" not in done.out
    again = reach("ingest", "logs", *words)
    assert again.code == 0
    assert KNOWN in again.out
    done = reach("compare", ".", "--store", "kept")
    assert done.err.startswith(KNOWN)
    assert len(parts(reminder / "kept")) == 1
    assert done.out == reach("compare", ".").out
    # Read in another way it is another ingest.
    assert reach("ingest", "logs", "--store", "kept").code == 0
    assert len(parts(reminder / "kept")) == 2


def test_refused_records_mended_give_the_full_result(reach: Run, reminder: Path) -> None:
    wanted = figures(reach)
    log = reminder / "logs" / "log.ndjson"
    lines = log.read_text().splitlines()
    broken = {
        3: lines[3][:-20],
        5: lines[5].replace('"event": "', '"event": "x-'),
        8: lines[8].replace("2026-01-01T", "2026-01-32T"),
        13: lines[13].replace("T00:00:00Z", "T00:00:00"),
        21: lines[21].replace("2026-", "2027-"),
        34: lines[34].replace('"sms"', "5"),
    }
    log.write_text("\n".join(broken.get(at, line) for at, line in enumerate(lines)) + "\n")
    done = reach("compare", ".")
    assert done.code == 1
    accepted = len(lines) - len(broken)
    assert f"{len(lines)} records = {accepted} accepted + {len(broken)} refused" in done.read
    [kept] = (reminder / ".reach" / "rejected").iterdir()
    assert f".reach/rejected/{kept.name} says why" in done.read
    assert kept.stat().st_mode & 0o777 == 0o600
    refused = [json.loads(line) for line in kept.read_text().splitlines()]
    for each in refused:
        validator("rejection").validate(each)
        assert each["source"] == "logs/log.ndjson"
    assert {each["line"] - 1: each["raw"] for each in refused} == broken
    assert figures(reach) != wanted
    # What was refused is mended and laid beside the log; the log itself stays as it came.
    mended = [lines[each["line"] - 1] for each in refused]
    (reminder / "logs" / "mended.ndjson").write_text("\n".join(mended) + "\n")
    done = reach("compare", ".")
    assert f"{len(lines) + len(broken)} records = {len(lines)} accepted" in done.read
    assert figures(reach) == wanted


def test_refused_records_whose_file_is_gone_are_kept_anew(reach: Run, reminder: Path) -> None:
    with (reminder / "logs" / "log.ndjson").open("a") as log:
        log.write("bad\n")
    first = reach("compare", ".")
    [kept] = (reminder / ".reach" / "rejected").iterdir()
    text = kept.read_text()
    kept.unlink()
    again = reach("compare", ".")
    assert (again.code, again.out) == (1, first.out)
    assert kept.read_text() == text


def test_another_key_is_another_ingest_with_the_same_figures(
    reach: Run, reminder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = figures(reach)
    monkeypatch.setenv("REACH_KEY", "k" * 32)
    assert figures(reach) == wanted
    assert len(parts(reminder / ".reach")) == 2
    key = reminder / ".reach" / "key"
    key.write_text("m" * 40)
    monkeypatch.delenv("REACH_KEY")
    assert figures(reach) == wanted
    assert len(parts(reminder / ".reach")) == 3


@pytest.mark.parametrize("secret", ["", "short", "k" * 31])
def test_a_short_key_is_told_without_being_shown(
    reach: Run, reminder: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    told = f"got a secret of {len(secret)} bytes, expected at least 32"
    monkeypatch.setenv("REACH_KEY", secret)
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert f"$REACH_KEY: {told}" in done.err
    assert not secret or secret not in done.err
    monkeypatch.delenv("REACH_KEY")
    key = reminder / ".reach" / "key"
    key.write_text(secret)
    key.chmod(0o600)
    assert f"key: {told}" in reach("compare", ".").err
    key.write_text("k" * 40)
    key.chmod(0o644)
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert "key: got a secret that others may read, expected mode 0600: chmod 600 " in done.err


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("store", ["logs/log.ndjson", "/dev/null", "/proc/reach", "s" * 300])
def test_a_store_that_can_t_be_is_told(reach: Run, store: str) -> None:
    for words in (("compare", "."), ("ingest", "logs")):
        done = reach(*words, "--store", store)
        assert (done.code, done.out) == (3, "")
        assert done.err.startswith(f"reach: {store}: ")
        assert "--store" in done.err
        assert not done.err.startswith("reach: unexpected")


def garbage(store: Path, pattern: str) -> None:
    for path in store.glob(pattern):
        path.write_bytes(b"garbage")


def gone(store: Path, pattern: str) -> None:
    for path in store.glob(pattern):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.parametrize(
    ("harm", "pattern"),
    [
        (garbage, "evidence/*.parquet"),
        (gone, "evidence/*.parquet"),
        (garbage, "evidence/_delta_log/*.json"),
    ],
    ids=["part garbage", "part gone", "log garbage"],
)
def test_a_damaged_store_is_named_with_what_to_do(
    reach: Run, reminder: Path, harm: Callable[[Path, str], None], pattern: str
) -> None:
    reach("compare", ".")
    gone(reminder / ".reach", "tallies")  # what was counted before needs no evidence
    harm(reminder / ".reach", pattern)
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("reach: ")
    assert ".reach" in done.err
    assert "delete" in done.err.lower()
    assert not done.err.startswith("reach: unexpected")


@pytest.mark.parametrize(
    ("harm", "pattern"),
    [
        (garbage, "ingests/*.json"),
        (gone, "ingests"),
        (gone, "evidence/_delta_log"),
        (gone, "evidence"),
        (gone, ".gitignore"),
    ],
)
def test_a_store_that_lost_something_is_made_whole(
    reach: Run, reminder: Path, harm: Callable[[Path, str], None], pattern: str
) -> None:
    first = reach("compare", ".")
    harm(reminder / ".reach", pattern)
    again = reach("compare", ".")
    assert (again.code, again.out) == (0, first.out)


def test_processes_at_once_agree_and_read_each_file_into_one_part(
    reminder: Path, reach_process: Callable[..., subprocess.Popen[bytes]]
) -> None:
    with (reminder / "logs" / "log.ndjson").open("a") as log:
        log.write("bad\n")
    (reminder / "logs" / "more.ndjson").write_text(json.dumps(event("m", "sent", "sms", "q")))
    words = ("compare", ".", "--format", "json", "--quiet", "--threads", "1")
    runs = [reach_process(*words) for _ in range(2)]
    told = [(*run.communicate(timeout=60), run.returncode) for run in runs]
    assert {(err, code) for _, err, code in told} == {(b"", 1)}
    assert len({out for out, _, _ in told}) == 1
    assert len(parts(reminder / ".reach")) == 2
    assert len(list((reminder / ".reach" / "rejected").iterdir())) == 1


def test_what_stood_in_a_refused_record_is_kept_in_one_place_alone(
    reach: Run, folder: Path
) -> None:
    secret = "rahasia@secret.example"  # noqa: S105
    line = f'{{"message_id": "m", "event": "{secret}", "channel": "sms", "recipient": "{secret}"}}'
    (folder / "log.ndjson").write_text(f"{line}\n")
    words = ("ingest", "log.ndjson", "--format", "reach", "--store", "kept")
    first, again = reach(*words), reach(*words)
    assert (first.code, again.code) == (1, 1)
    assert secret in first.out
    assert "log.ndjson:1 $.event: got what rejected/log.ndjson-" in again.read
    holding = [
        path
        for path in (folder / "kept").rglob("*")
        if path.is_file() and secret.encode() in path.read_bytes()
    ]
    assert [path.parent.name for path in holding] == ["rejected"]

"""``reach timing``: its answer, what it can't say, and that it changes nothing of the others."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from campaigns import LONG_AFTER, arm, campaign, event, write_config

from reach.explanations import violations

if TYPE_CHECKING:
    from conftest import Run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def reminder(folder: Path) -> Path:
    """Ten messages: six arrive after five minutes, two after two hours, two are not known."""
    log = []
    for each in range(10):
        who = f"{each}@example.org"
        log.append(event(f"m{each}", "sent", "sms", who))
        if each < 8:
            at = "2026-01-01T00:05:00Z" if each < 6 else "2026-01-01T02:00:00Z"
            log.append(event(f"m{each}", "delivered", "sms", who, occurred_at=at))
    return campaign(folder, log, title="Reminder", log_ends=LONG_AFTER)


@pytest.mark.usefixtures("reminder")
def test_it_says_how_soon_in_every_form(reach: Run) -> None:
    done = reach("timing", ".", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "60.0 … 80.0 %" in done.out
    assert "80.0 … 100.0 %" in done.out
    assert "of 10" in done.out
    assert "5 min" in done.out
    found = json.loads(reach("timing", ".", "--format", "json").out)
    assert violations("result", found) == []
    assert found["comparisons"] == []
    [sms] = found["channels"]
    assert sms["timing"]["median"]["latest_s"] == 300
    rows = list(csv.DictReader(io.StringIO(reach("timing", ".", "--format", "csv").out)))
    [rate] = [
        row
        for row in rows
        if (row["metric"], row["quantity"]) == ("delivered_within_1h_per_sent", "rate")
    ]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == ("0.6", "6", "10")


@pytest.mark.usefixtures("reminder")
def test_indonesian_says_the_same_numbers(reach: Run) -> None:
    done = reach("timing", ".", "--lang", "id", "--quiet")
    assert "60,0 … 80,0 %" in done.out
    assert "5 mnt" in done.out


@pytest.mark.usefixtures("reminder")
def test_the_other_commands_know_nothing_of_it(reach: Run) -> None:
    before = reach("compare", ".", "--format", "json", "--quiet").out
    reach("timing", ".")
    assert reach("compare", ".", "--format", "json", "--quiet").out == before
    for command in ("compare", "funnel"):
        assert "timing" not in reach(command, ".", "--format", "json").out
        assert "timing" not in reach(command, ".", "--format", "csv").out


@pytest.mark.usefixtures("reminder")
def test_reruns_threads_and_keys_change_no_byte(
    reach: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reach("timing", ".", "--format", "json", "--threads", "1").out
    assert reach("timing", ".", "--format", "json", "--threads", "2").out == first
    monkeypatch.setenv("REACH_KEY", "k" * 32)
    assert reach("timing", ".", "--format", "json").out == first


@pytest.mark.usefixtures("reminder")
def test_it_writes_a_file_and_never_over_a_log(reach: Run, folder: Path) -> None:
    assert reach("timing", ".", "-o", "soon.txt").out == ""
    assert "How soon messages arrived" in (folder / "soon.txt").read_text(encoding="utf-8")
    done = reach("timing", ".", "-o", "logs/log.ndjson")
    assert (done.code, done.out) == (2, "")


def test_a_log_without_times_is_told_plainly(reach: Run, folder: Path) -> None:
    shutil.copytree(
        ROOT / "experiments/2014-telephone-campaign",
        folder / "telephone",
        ignore=shutil.ignore_patterns(".reach"),
    )
    done = reach("timing", "telephone", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "SIMULATED" in done.out
    assert "Time to delivery is not measured: the log has no times." in done.read
    assert "%" not in done.out
    found = json.loads(reach("timing", "telephone", "--format", "json").out)
    reasons = {each["timing"]["not_measured"] for each in found["channels"]}
    assert reasons == {"its log has no times"}


def test_refused_records_are_said_by_the_exit_code(reach: Run, reminder: Path) -> None:
    with (reminder / "logs" / "log.ndjson").open("a") as log:
        log.write("no JSON\n")
    done = reach("timing", ".")
    assert done.code == 1
    assert "One record of logs/log.ndjson was refused" in done.read


def test_a_log_that_ends_before_everything_is_an_error(reach: Run, folder: Path) -> None:
    campaign(folder, arm("sms", delivered=2), log_ends="2025-01-01T00:00:00Z")
    done = reach("timing", ".")
    assert (done.code, done.out) == (3, "")
    assert "no message in 4 records" in done.err


def test_a_declared_channel_without_messages_is_named(reach: Run, folder: Path) -> None:
    campaign(folder, arm("sms", delivered=3), log_ends=LONG_AFTER, channels={"push": {}})
    done = reach("timing", ".", "--quiet")
    assert done.code == 0
    assert "push no messages" in done.read
    assert "To be compared, but without messages: push." in done.read


@pytest.mark.parametrize("by", ["variant", "campaign", "purpose"])
def test_it_answers_for_whatever_is_compared(reach: Run, folder: Path, by: str) -> None:
    names = ("policy", "service")
    log = [
        event(f"{name}{each}", word, "sms", f"{name}{each}@example.org", **{by: name})
        for name in names
        for each in range(3)
        for word in ("sent", "delivered")
    ]
    log.append(event("none", "sent", "email", "x@example.org"))
    campaign(folder, log, log_ends=LONG_AFTER, compare={"by": by})
    found = json.loads(reach("timing", ".", "--format", "json").out)
    assert [each["channel"] for each in found["channels"]] == ["policy", "service", "(none)"]
    for each in found["channels"][:2]:
        assert each["timing"]["within"]["24h"]["sent"] == 3


def test_an_empty_folder_is_an_error(reach: Run, folder: Path) -> None:
    write_config(folder)
    assert reach("timing", ".").code == 3

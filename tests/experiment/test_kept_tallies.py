"""A question put again is answered from its tally, and another question is not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reach.engine import Limits
from reach.experiment import counted as whole
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run, run_timing

CONFIG = """\
experiment: kept
title: Kept
log_ends: 2026-02-01T00:00:00Z
sources: [logs]
compare: {{by: {by}, metrics: [delivered_per_sent]}}
"""


def event(message: int, what: str, channel: str, day: int = 5) -> str:
    return json.dumps(
        {
            "message_id": f"m{message}",
            "event": what,
            "channel": channel,
            "variant": "ab"[message % 2],
            "recipient": f"p{message}@example.org",
            "occurred_at": f"2026-01-{day:02}T07:00:00Z",
        }
    )


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    (folder / "logs").mkdir(parents=True)
    (folder / "experiment.yaml").write_text(CONFIG.format(by="channel"))
    lines = [event(each, "sent", "sms" if each % 3 else "email") for each in range(40)]
    lines += [event(each, "delivered", "sms" if each % 3 else "email", 6) for each in range(25)]
    (folder / "logs" / "january.ndjson").write_text("\n".join(lines) + "\n")
    return folder


def asked(folder: Path, *, timed: bool = False) -> dict[str, Any]:
    settings = Settings(None, Limits(1), lambda *_: None)
    return (run_timing if timed else run)(load_experiment(folder), settings)


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was counted, and not found."""
    calls: list[str] = []
    for name in ("count", "count_timed"):
        real = getattr(whole, name)

        def counting(*args: object, name: str = name, real: Callable[..., object] = real) -> object:
            calls.append(name)
            return real(*args)

        monkeypatch.setattr(whole, name, counting)
    return calls


def test_the_same_question_is_counted_once(campaign: Path, counts: list[str]) -> None:
    first = asked(campaign)
    assert asked(campaign) == first
    assert counts == ["count"]


def test_times_are_kept_beside(campaign: Path, counts: list[str]) -> None:
    first = asked(campaign, timed=True)
    assert asked(campaign, timed=True) == first
    assert counts == ["count_timed"]


def test_another_question_is_another_tally(campaign: Path, counts: list[str]) -> None:
    asked(campaign)
    (campaign / "experiment.yaml").write_text(CONFIG.format(by="variant"))
    by_variant = asked(campaign)
    assert {each["channel"] for each in by_variant["channels"]} == {"a", "b"}
    assert len(counts) == 2


def test_one_more_log_is_another_tally(campaign: Path, counts: list[str]) -> None:
    before = asked(campaign)
    (campaign / "logs" / "more.ndjson").write_text(event(30, "delivered", "email", 7) + "\n")
    after = asked(campaign)
    assert len(counts) == 2
    sums = [
        sum(each["outcomes"]["delivered"] for each in result["channels"])
        for result in (before, after)
    ]
    assert sums == [25, 26]


@pytest.mark.parametrize(
    "damage", ["", "{}", '{"schema": "reach.tally/0"}', "[]", '{"schema": "reach.tally/1"}']
)
def test_a_damaged_tally_is_counted_anew(campaign: Path, counts: list[str], damage: str) -> None:
    first = asked(campaign)
    [kept] = (campaign / ".reach" / "tallies").glob("*.json")
    kept.write_text(damage)
    assert asked(campaign) == first
    assert len(counts) == 2
    assert asked(campaign) == first
    assert len(counts) == 2


def test_a_mended_law_is_another_tally(
    campaign: Path, counts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(campaign)
    monkeypatch.setattr("reach.experiment.tallied._definitions", lambda: "another law")
    asked(campaign)
    assert len(counts) == 2


def test_other_people_are_another_tally(campaign: Path, counts: list[str]) -> None:
    config = campaign / "experiment.yaml"
    config.write_text(config.read_text() + "people: people.csv\n")
    people = campaign / "people.csv"
    people.write_text("address,person\np1@example.org,one\np2@example.org,two\n")
    asked(campaign)
    people.write_text("address,person\np1@example.org,one\np2@example.org,one\n")
    asked(campaign)
    assert len(counts) == 2


def test_the_same_log_under_a_forgotten_digest_counts_once(campaign: Path) -> None:
    first = asked(campaign)
    (campaign / ".reach" / "digests").unlink(missing_ok=True)
    shutil.rmtree(campaign / ".reach" / "tallies")
    assert asked(campaign) == first
    assert len(list((campaign / ".reach" / "evidence").glob("*.parquet"))) == 1

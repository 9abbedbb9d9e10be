"""What reach makes of a simulation is what its truth says it must, to the last record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reach.engine import Limits
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run, run_timing
from reach.simulate.profiles import PROFILES


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    store = tmp_path_factory.mktemp("store")
    return Settings(store, Limits(threads=1), lambda name, size, done: None)  # noqa: ARG005


@pytest.fixture(scope="module")
def result(everything: Path, settings: Settings) -> dict[str, Any]:
    return run(load_experiment(everything), settings)


@pytest.fixture(scope="module")
def timed(everything: Path, settings: Settings, result: dict[str, Any]) -> dict[str, Any]:
    assert result  # what it brought into the store is not read again
    return run_timing(load_experiment(everything), settings)


def test_the_reader_counts_every_record_as_it_was_written(
    result: dict[str, Any], truth: dict[str, Any]
) -> None:
    read = {each["source"]: each for each in result["balance"]["sources"]}
    names = ("format", "records", "accepted", "rejected", "without_event", "events", "facts", "repeats")  # fmt: skip
    for file in truth["files"]:
        found = read.pop(file["source"])
        assert {name: found[name] for name in names} == {name: file[name] for name in names}
    assert not read


@pytest.mark.parametrize("channel", PROFILES)
def test_the_reader_finds_what_the_logs_tell(
    channel: str, result: dict[str, Any], truth: dict[str, Any]
) -> None:
    (found,) = (each for each in result["channels"] if each["channel"] == channel)
    (wanted,) = (each for each in truth["channels"] if each["channel"] == channel)
    told = {**found["outcomes"], "inferred": found["receipt_levels"]["inferred"]}
    assert told == wanted["outcomes"]
    rate = found["rates"]["delivered_per_sent"]
    really = wanted["really"]["delivered_per_sent"]
    assert rate["lower_bound"] <= really <= rate["upper_bound"]
    assert rate["low"] <= really <= rate["high"]


@pytest.mark.parametrize("channel", PROFILES)
def test_how_soon_they_really_arrived_is_possible(
    channel: str, timed: dict[str, Any], truth: dict[str, Any]
) -> None:
    (found,) = (each for each in timed["channels"] if each["channel"] == channel)
    (wanted,) = (each for each in truth["channels"] if each["channel"] == channel)
    within = found["timing"]["within"]
    assert within.keys() == wanted["really"]["delivered_within"].keys()
    for name, count in wanted["really"]["delivered_within"].items():
        rate = within[name]["rate"]
        assert rate["lower_bound"] <= count / wanted["really"]["sent"] <= rate["upper_bound"]


def test_nothing_is_pending_and_all_is_said_to_be_simulated(result: dict[str, Any]) -> None:
    assert result["final"] is True
    assert result["simulated"] is True


def test_verdicts_are_of_more_than_one_kind(result: dict[str, Any]) -> None:
    said = {
        (each["verdict"], each["because"])
        for each in result["comparisons"]
        if each["metric"] == "delivered_per_sent"
    }
    assert ("undetermined", "receipts") in said
    assert {word for word, _ in said} & {"better", "worse"}

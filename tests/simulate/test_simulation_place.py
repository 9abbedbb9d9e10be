"""A simulation is written where nothing is lost by it, or over an earlier one if that is wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reach.errors import InputError
from reach.simulate.plan import Plan
from reach.simulate.run import simulate

FEW = Plan(people=50, channels=("sms",))


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    for force in (False, True):
        with pytest.raises(InputError, match="a folder that holds other things"):
            simulate(FEW, tmp_path, force=force)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_an_experiment_is_no_earlier_simulation(tmp_path: Path) -> None:
    (tmp_path / "experiment.yaml").write_text("experiment: real\nsources: [logs]\n")
    with pytest.raises(InputError, match="a folder that holds other things"):
        simulate(FEW, tmp_path, force=True)


def test_an_earlier_simulation_goes_only_if_told(tmp_path: Path) -> None:
    simulate(Plan(people=50, channels=("email", "push"), compress="gzip"), tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="--force"):
        simulate(FEW, tmp_path)
    assert (tmp_path / "logs/email").exists()
    simulate(FEW, tmp_path, force=True)
    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["sms"]
    assert [path.name for path in (tmp_path / "truth").iterdir() if path.is_dir()] == ["sms"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "mine",
    ["logs/real.ndjson", "logs/sms/mine.ndjson", "truth/mine.txt", "truth/sms/sms-1.parquet"],
)
def test_nothing_goes_that_no_simulation_made(tmp_path: Path, mine: str) -> None:
    simulate(FEW, tmp_path)
    (tmp_path / mine).write_text("real")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(InputError, match=r"something else in the way.*nothing was deleted"):
        simulate(FEW, tmp_path, force=True)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_what_lies_in_the_way_is_seen_before_anything_goes(tmp_path: Path) -> None:
    simulate(FEW, tmp_path)
    (tmp_path / "truth.json").unlink()
    (tmp_path / "truth.json").mkdir()
    with pytest.raises(InputError, match=r"truth\.json: got something else"):
        simulate(FEW, tmp_path, force=True)
    assert list((tmp_path / "logs").rglob("*.ndjson"))


def test_what_was_interrupted_can_be_written_over(tmp_path: Path) -> None:
    def stop(*told: object) -> None:  # noqa: ARG001
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(FEW, tmp_path, progress=stop)
    simulate(FEW, tmp_path, force=True)
    assert (tmp_path / "truth.json").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="got a file"):
        simulate(FEW, tmp_path / "out")


def test_all_that_can_not_be_had_is_told_at_once(tmp_path: Path) -> None:
    plan = Plan(-1, 0, ("sms", "sms", "telegraph"), 0.5, 2.0, date(1900, 1, 1), "rar")
    with pytest.raises(InputError) as told:
        simulate(plan, tmp_path / "out")
    places = [fault.where for fault in told.value.faults]
    assert places == [
        "--channels", "--channels", "--seed", "--people", "--messages-per-person", "--bad-share",
        "--start", "--compress",
    ]  # fmt: skip
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("people", [1, 2, 3, 7])
def test_few_people_are_simulated_too(people: int, tmp_path: Path) -> None:
    made = simulate(Plan(people=people, bad_share=0.2), tmp_path)
    assert made.messages >= 6


def test_no_bad_records_if_none_are_wanted(tmp_path: Path) -> None:
    made = simulate(Plan(people=300, bad_share=0.0), tmp_path)
    assert made.balance["rejected"] == 0

"""``reach simulate``: what it says, where it writes, and that its config is a good one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reach.experiment.load import load_experiment
from reach.simulate.profiles import DEFAULT, PROFILES

if TYPE_CHECKING:
    from conftest import Run

SMALL = ("--people", "200", "--channels", "push")


def test_it_says_what_it_wrote_and_what_to_do_next(reach: Run, folder: Path) -> None:
    done = reach("simulate", "out", *SMALL)
    truth = json.loads((folder / "out/truth.json").read_text())
    assert done.code == 0
    assert done.err == ""
    assert f"{truth['balance']['records']:,} records = " in done.out
    assert done.out.splitlines()[-1] == "Next: reach compare out"


def test_what_it_says_to_do_next_can_be_done(reach: Run) -> None:
    reach("simulate", "out", *SMALL, "--bad-share", "0.05", "--compress", "zstd")
    done = reach("compare", "out", "--format", "json")
    assert done.code == 1  # done, with refused records
    found = json.loads(done.out)
    truth = json.loads(Path("out/truth.json").read_text())
    assert {name: found["balance"][name] for name in truth["balance"]} == truth["balance"]


def test_its_config_is_complete(reach: Run, folder: Path) -> None:
    reach("simulate", "out", "--people", "100", "--channels", ",".join(PROFILES), "--seed", "5")
    config = load_experiment(folder / "out")
    assert config.simulated
    assert config.people
    assert [source.path for source in config.sources] == [f"logs/{name}" for name in PROFILES]


def test_six_channels_unless_others_are_named(reach: Run, folder: Path) -> None:
    reach("simulate", "out", "--people", "100")
    assert sorted(path.name for path in (folder / "out/logs").iterdir()) == sorted(DEFAULT)


def test_it_speaks_indonesian(reach: Run) -> None:
    done = reach("simulate", "out", "--people", "2000", "--channels", "push", "--lang", "id")
    assert done.out.startswith("Simulasi: 1.360 pesan, ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--channels", "telegraph"), 'reach: --channels: got "telegraph", expected names of sms,'),
        (("--channels", ""), 'reach: --channels: got "", expected names of sms,'),
        (("--people", "0"), "reach: --people: got 0, expected 1 to 50,000,000 persons"),
        (("--bad-share", "nan"), "reach: --bad-share: got NaN, expected a share from 0 to 0.2"),
        (("--messages-per-person", "inf"), "expected a mean from 1 to 50"),
    ],
)
def test_what_can_not_be_had_is_said(reach: Run, words: tuple[str, ...], told: str) -> None:
    done = reach("simulate", "out", *words)
    assert done.code == 3
    assert told in done.err
    assert not Path("out").exists()


def test_a_folder_that_is_not_free_is_left_alone(reach: Run) -> None:
    reach("simulate", "out", *SMALL)
    done = reach("simulate", "out", *SMALL)
    assert done.code == 3
    assert done.err == (
        "reach: out: got a folder with an earlier simulation, expected one that is new or empty, "
        "or --force to write over it\n"
    )
    assert reach("simulate", "out", *SMALL, "--force").code == 0
    assert reach("simulate", "out/logs", *SMALL, "--force").code == 3

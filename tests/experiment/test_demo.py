"""The demo campaign says what its README promises, and what really happened is possible."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reach.engine import Limits
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run
from reach.report.numbers import Lang
from reach.report.render import View, render
from reach.simulate.plan import Plan
from reach.simulate.profiles import DEFAULT
from reach.simulate.regions import REGIONS
from reach.simulate.run import simulate

DEMO = Path(__file__).parents[2] / "experiments" / "jabar-vaccination-demo"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    for name in ("experiment.yaml", "universe.csv"):
        shutil.copy(DEMO / name, folder)
    shutil.copytree(DEMO / "media", folder / "media")
    simulate(Plan(seed=20260105, people=20_000, channels=DEFAULT), folder / "simulated")
    return folder


@pytest.fixture(scope="module")
def truth(demo: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((demo / "simulated/truth.json").read_text("ascii"))
    return found


@pytest.fixture(scope="module")
def result(demo: Path) -> dict[str, Any]:
    return run(load_experiment(demo), Settings(None, Limits(), lambda name, size, done: None))  # noqa: ARG005


def test_make_demo_simulates_what_is_tested_here() -> None:
    makefile = (DEMO.parents[1] / "Makefile").read_text("utf-8")
    assert "reach simulate $(DEMO)/simulated --people 20000 --seed 20260105 --force" in makefile


def of_logs(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The balance of each log; that of tables that count people stands beside."""
    sources = result["balance"]["sources"]
    return [each for each in sources if each["source"].startswith("simulated/")]


def test_six_channels_in_four_providers_formats(result: dict[str, Any]) -> None:
    assert [arm["channel"] for arm in result["channels"]] == list(DEFAULT)
    formats = {each["format"] for each in of_logs(result)}
    assert formats == {"ses", "sendgrid", "whatsapp", "twilio"}


def test_some_pair_is_decided_and_some_pair_wants_receipts(result: dict[str, Any]) -> None:
    verdicts = {
        (pair["a"], pair["b"]): (pair["verdict"], pair["because"])
        for pair in result["comparisons"]
        if pair["metric"] == "delivered_per_sent"
    }
    assert verdicts["whatsapp", "email"][0] == "better"
    assert verdicts["sms", "sms_reminder"] == ("undetermined", "receipts")


def test_the_balance_is_the_simulator_s_own(result: dict[str, Any], truth: dict[str, Any]) -> None:
    logs = of_logs(result)
    told = {name: sum(each[name] for each in logs) for name in truth["balance"]}
    assert told == truth["balance"]
    assert truth["balance"]["rejected"] > 100


def test_what_really_arrived_is_possible(result: dict[str, Any], truth: dict[str, Any]) -> None:
    for arm, told in zip(result["channels"], truth["channels"], strict=True):
        rate, really = arm["rates"]["delivered_per_sent"], told["really"]["delivered_per_sent"]
        assert rate["lower_bound"] <= really <= rate["upper_bound"], arm["channel"]


def test_numbers_in_any_spelling_are_the_same_persons(
    result: dict[str, Any], truth: dict[str, Any]
) -> None:
    """Without one form for numbers an address would be nobody's, and a person several."""
    assert result["recipients"] <= 20_000
    assert not [each for each in result["warnings"] if each["code"] == "unmapped_addresses"]
    for arm, told in zip(result["channels"], truth["channels"], strict=True):
        assert arm["clusters"] == told["outcomes"]["recipients"]


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("view", ["comparison", "funnel"])
def test_every_output_says_that_it_is_simulated_and_what_is_next(
    result: dict[str, Any],
    lang: Lang,
    view: View,
) -> None:
    text = render(result, "table", lang, view=view)
    assert {"en": "SIMULATED", "id": "SIMULASI"}[lang] in text.splitlines()[0] + text.splitlines()[
        1
    ]
    if view == "comparison":
        assert {"en": "What to do next", "id": "Langkah berikutnya"}[lang] in text
    assert max(map(len, text.splitlines())) <= 100
    assert "simulated" in render(result, "csv", lang, view=view).splitlines()[0]
    assert json.loads(render(result, "json", lang, view=view))["simulated"] is True


def test_the_regions_are_those_of_the_simulation(demo: Path) -> None:
    with (DEMO / "universe.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    remembered = {True: "BPS, census 2020", False: "BPS, census 2020 (remembered)"}
    assert [
        (row["code"], row["region"], row["age"], int(row["persons"]), row["source"]) for row in rows
    ] == [
        (str(each.code), each.title, "all", each.population, remembered[each.checked == "read"])
        for each in REGIONS
    ]
    assert round(sum(each.population for each in REGIONS) / 1e6, 2) == 48.27
    with (demo / "simulated/people.csv").open(encoding="utf-8", newline="") as file:
        assert {row["region"] for row in csv.DictReader(file)} == {row["region"] for row in rows}

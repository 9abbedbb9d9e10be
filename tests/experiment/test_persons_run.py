"""Persons of an experiment with logs and tables, counted by hand beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from campaigns import arm, event, write_log

from reach.engine import Limits
from reach.errors import ConfigError, InputError
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run, run_people
from reach.explanations import violations

UNIVERSE = "region,code,age,persons,source,as_of\nBandung,3273,all,300,census,2020-09-01\nBogor,3201,all,200,census,2020-09-01\n"
RADIO = (
    "medium,region,universe,universe_source,target,period_start,period_end,reach1_pct,source,method,sample_size,design_effect\n"
    "radio,,500,census,all,2026-01-01,2026-01-31,20,panel,panel_meter,400,1.5\n"
)
NOBODY = Settings(None, Limits(1), lambda *_: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ada and Budi live in Bandung, Citra in Bogor, Dewi nowhere that is known."""
    write_log(
        tmp_path / "log.ndjson",
        [
            event("1", "delivered", "sms", "ada@x.org"),
            event("2", "sent", "sms", "budi@x.org"),
            event("3", "delivered", "email", "ada2@x.org"),
            event("4", "delivered", "email", "citra@x.org"),
            event("5", "failed", "email", "budi@x.org", permanent=True),
            event("6", "delivered", "sms", "dewi@x.org"),
        ],
    )
    people = ["address,person,region", "ada@x.org,ada,Bandung", "ada2@x.org,ada,Bandung"]
    people += ["budi@x.org,budi,Bandung", "citra@x.org,citra,Bogor"]
    (tmp_path / "people.csv").write_text("\n".join(people) + "\n")
    (tmp_path / "universe.csv").write_text(UNIVERSE)
    (tmp_path / "radio.csv").write_text(RADIO)
    write_config(tmp_path)
    return tmp_path


def write_config(folder: Path, **changes: Any) -> None:  # noqa: ANN401 -- as YAML has it
    config = {
        "experiment": "e",
        "log_ends": "2026-06-01T00:00:00Z",
        "sources": ["log.ndjson"],
        "people": "people.csv",
        "media": ["radio.csv"],
        "universe": {"file": "universe.csv"},
        "channels": {"sms": {"cost_per_message": {"amount": 350, "currency": "IDR"}}},
    }
    said = {name: value for name, value in (config | changes).items() if value is not None}
    (folder / "experiment.yaml").write_text(json.dumps(said))


def people(folder: Path) -> dict[str, Any]:
    document = run_people(load_experiment(folder), NOBODY)
    assert list(violations("people", document)) == []
    return document


def test_persons_of_logs_are_counted_once_by_their_key(folder: Path) -> None:
    document = people(folder)
    reached = {each["channel"]: each["reached"] for each in document["public"]["channels"]}
    assert reached["sms"] == {"estimate": 1, "low": 1, "high": 2}  # Ada, and Budi perhaps
    assert reached["email"] == {"estimate": 2, "low": 2, "high": 2}  # Ada and Citra
    adds = {
        each["channel"]: each["incremental"]["bounds"]
        for each in document["public"]["together"]["channels"]
    }
    assert adds["sms"] == pytest.approx([0, 1])  # Ada has email, too, and all may hear the radio
    assert document["public"]["together"]["reached"]["bounds"][0] >= 2


def test_who_lives_in_no_region_is_told_and_not_counted(folder: Path) -> None:
    (away,) = (each for each in people(folder)["notices"] if each["code"] == "persons_elsewhere")
    assert away["params"] == {"count": 1}


def test_without_media_logs_alone_are_exact(folder: Path) -> None:
    write_config(folder, media=None)
    together = people(folder)["public"]["together"]
    assert together["rung"] == {"step": 1, "name": "person key"}
    assert together["reached"] == {"estimate": 2, "low": 2, "high": 3, "bounds": [2, 3]}
    assert together["grade"] == "A"


def test_compare_has_messages_and_persons_side_by_side(folder: Path) -> None:
    result = run(load_experiment(folder), NOBODY)
    assert list(violations("result", result)) == []
    document = people(folder)
    assert result["persons"]["public"] == document["public"]
    assert [each["channel"] for each in result["channels"]] == ["sms", "email"]
    sources = [each["source"] for each in result["balance"]["sources"]]
    assert sources == ["log.ndjson", "universe.csv", "radio.csv"]


def test_what_a_message_costs_a_person_costs_more(folder: Path) -> None:
    (sms,) = (each for each in people(folder)["public"]["channels"] if each["channel"] == "sms")
    (cost,) = sms["costs"]
    assert cost["total"] == 3 * 350
    assert cost["per_person"] == {"estimate": 1050, "low": 525, "high": 1050}


def test_tables_without_logs_have_persons_and_no_messages(folder: Path) -> None:
    write_config(folder, sources=None, people=None)
    result = run(load_experiment(folder), NOBODY)
    assert (result["channels"], result["comparisons"]) == ([], [])
    (radio,) = result["persons"]["public"]["channels"]
    assert radio["reached"]["estimate"] == pytest.approx(100)


def test_rows_that_count_persons_need_a_universe(folder: Path) -> None:
    write_config(folder, universe=None)
    for answer in (run, run_people):
        with pytest.raises(ConfigError, match=r"\$.universe: got nothing, expected .*radio.csv"):
            answer(load_experiment(folder), NOBODY)


def test_people_need_a_universe(folder: Path) -> None:
    write_config(folder, universe=None, media=None)
    with pytest.raises(ConfigError, match=r"\$.universe: got nothing"):
        run_people(load_experiment(folder), NOBODY)


def test_a_log_is_no_table_that_counts_people(folder: Path) -> None:
    write_config(folder, media=["radio.csv", "log.ndjson"], sources=None)
    with pytest.raises(InputError, match=r"log.ndjson: got a log of messages \(format reach\)"):
        people(folder)


def test_a_region_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "radio.csv").write_text(RADIO.replace("radio,,", "radio,Bandng,"))
    with pytest.raises(InputError, match=r"radio.csv:2 \$.region: got \"Bandng\".*Bandung"):
        people(folder)


def test_a_campaign_of_its_own_staff_is_reported_apart(folder: Path) -> None:
    write_config(folder, channels={"email": {"audience": "internal"}})
    document = people(folder)
    assert [each["channel"] for each in document["internal"]["channels"]] == ["email"]
    assert "email" not in {each["channel"] for each in document["public"]["channels"]}


def test_a_measured_channel_is_no_arm_without_messages(folder: Path) -> None:
    write_config(folder, channels={"radio": {"kind": "mainstream"}})
    result = run(load_experiment(folder), NOBODY)
    assert [each["channel"] for each in result["channels"]] == ["email", "sms"]
    assert not [each for each in result["warnings"] if each["code"] == "no_messages"]


def test_more_persons_than_live_there_stop_the_run(folder: Path) -> None:
    write_log(folder / "log.ndjson", arm("sms", delivered=4))
    rows = [f"sms-delivered-{n}@example.org,{n},Bogor" for n in range(4)]
    (folder / "people.csv").write_text("\n".join(["address,person,region", *rows]) + "\n")
    (folder / "universe.csv").write_text(UNIVERSE.replace("all,200", "all,3"))
    write_config(folder, media=None)
    with pytest.raises(ValueError, match="Bogor"):
        people(folder)


def test_what_is_not_estimable_of_persons_hides_no_messages(folder: Path) -> None:
    write_log(folder / "log.ndjson", arm("sms", delivered=4))
    rows = [f"sms-delivered-{n}@example.org,{n},Bogor" for n in range(4)]
    (folder / "people.csv").write_text("\n".join(["address,person,region", *rows]) + "\n")
    (folder / "universe.csv").write_text(UNIVERSE.replace("all,200", "all,3"))
    write_config(folder, media=None)
    result = run(load_experiment(folder), NOBODY)
    assert "persons" not in result
    assert [each["code"] for each in result["warnings"]].count("no_persons") == 1
    assert result["channels"][0]["outcomes"]["delivered"] == 4


def test_a_universe_without_some_of_its_rows_is_none(folder: Path) -> None:
    (folder / "universe.csv").write_text(UNIVERSE.replace("all,300", "all,3.000"))
    for answer in (run, run_people):
        with pytest.raises(InputError, match=r"universe.csv:2 .*\"3.000\"") as raised:
            answer(load_experiment(folder), NOBODY)
        assert "1 refused rows, expected all of them mended" in str(raised.value)


def test_coverage_says_who_has_a_signal(folder: Path) -> None:
    (folder / "coverage.csv").write_text(
        "region,definition,unit,denominator,covered,technology,source,as_of\n"
        "Bogor,4G outdoors,persons,200,50,4G,survey,2026-01-01\n"
    )
    write_config(folder, media=["radio.csv", "coverage.csv"])
    covered = {each["region"]: each["covered"] for each in people(folder)["universe"]["regions"]}
    assert covered == {"Bandung": None, "Bogor": 0.25}


def test_comparisons_hold_together_and_so_are_wider(folder: Path) -> None:
    (folder / "tv.csv").write_text(RADIO.replace("radio,", "tv,").replace(",20,", ",50,"))
    write_config(folder, media=["radio.csv", "tv.csv"], sources=None, people=None)
    public = people(folder)["public"]
    shown = {each["channel"]: each["reached"] for each in public["channels"]}
    (pair,) = public["comparisons"]
    assert (pair["a"], pair["b"]) == ("tv", "radio")
    assert pair["low"] * 500 < shown["tv"]["low"] - shown["radio"]["high"]


def test_numbers_of_a_universe_are_written_as_declared(folder: Path) -> None:
    (folder / "universe.csv").write_text(UNIVERSE.replace("all,300", "all,3.000"))
    write_config(folder, universe={"file": "universe.csv", "decimal": ",", "thousands": "."})
    assert people(folder)["universe"]["persons"] == 3200

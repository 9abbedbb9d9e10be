"""``reach bench``: what it measures, says and leaves behind. No time is asserted: only that it is told."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from reach.bench import contest, subject
from reach.bench.document import SCHEMA
from reach.bench.measure import Asked, measure
from reach.bench.sample_log import write_log
from reach.bench.stages import STAGES
from reach.report.bench import bench_text, print_bench

if TYPE_CHECKING:
    from conftest import Run

EVENTS = 3_000


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """A small measurement without logs."""
    told: list[tuple[str, int, int]] = []
    document = measure(Asked(events=EVENTS, rounds=1, threads=1), lambda *word: told.append(word))
    assert told[0] == ("", 0, 1)
    assert all(done < of for _, done, of in told)
    return document


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, and are to go away again."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


def with_polars_told(found: Mapping[str, Any], **said: Any) -> dict[str, Any]:  # noqa: ANN401
    others = [each for each in found["others"] if each["name"] != "polars"]
    return {**found, "others": [*others, {"name": "polars", "job": "funnel", "why": None} | said]}


def test_the_document_keeps_its_contract(found: dict[str, Any]) -> None:
    assert found["schema"] == SCHEMA == "reach.bench/1"
    assert set(found) == {
        "schema", "machine", "rounds", "limits", "logs", "reach", "others", "growth", "projected",
        "runs",
    }  # fmt: skip
    assert {"processor", "cores", "memory_gib", "python", "duckdb", "measured_at"} <= set(
        found["machine"]
    )
    logs = found["logs"]
    assert (logs["events"], logs["rejected"], logs["formats"]) == (EVENTS, 0, ["reach"])
    assert logs["simulated"]
    assert found["limits"] == {"threads": 1, "memory_limit": None}
    reach = found["reach"]
    assert [each["stage"] for each in reach["stages"]] == list(STAGES)
    assert sum(each["wall_s"] for each in reach["stages"]) == pytest.approx(reach["wall_s"])
    assert reach["events_per_s"] == pytest.approx(EVENTS / reach["wall_s"])
    assert min(reach["peak_mib"], reach["cpu_s"], reach["again_s"]) > 0
    assert [each["name"] for each in found["others"]] == list(contest.READABLE)
    duckdb = found["others"][0]
    assert (duckdb["job"], duckdb["state"]) == ("funnel", "measured")
    assert duckdb["reach_per_other"] == pytest.approx(reach["wall_s"] / duckdb["wall_s"])
    assert [each["events"] for each in found["projected"]] == [10 * EVENTS, 100 * EVENTS]
    assert found["growth"]["exponent"] is None  # so small a log shows none
    assert json.loads(bench_text(found, "json", "en"))["schema"] == SCHEMA


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("SIMULATED · 3,000 events", "read, check, roll up", "again, with nothing new")),
        ("id", ("SIMULASI · 3.000 peristiwa", "baca, periksa, gulung", "sekali lagi, tanpa")),
    ],
)
def test_it_is_told_in_both_languages(
    found: dict[str, Any],
    lang: Any,  # noqa: ANN401
    told: tuple[str, ...],
) -> None:
    text = bench_text(found, "table", lang)
    for words in (*told, "reach  ", "DuckDB  ", "30,000" if lang == "en" else "30.000"):
        assert words in text
    assert "█" in text


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("lang", ["en", "id"])
def test_it_fits_its_terminal(found: dict[str, Any], lang: Any, width: int) -> None:  # noqa: ANN401
    file = StringIO()
    slow = with_polars_told(
        found, state="measured", wall_s=12345.6, peak_mib=23456.7, reach_per_other=0.01
    )
    print_bench(slow, lang, Console(file=file, width=width, no_color=True))
    least = 64  # a table is never cut: below that it stands out
    assert max(map(len, file.getvalue().splitlines())) <= max(width, least)


def test_who_is_not_there_is_told_how_to_come(found: dict[str, Any]) -> None:
    missing = bench_text(with_polars_told(found, state="missing"), "table", "en")
    assert "Polars is not installed. To see it here: pip install polars" in missing
    broken = with_polars_told(found, state="failed", why="ended by signal 9\x1b[2J")
    assert r"Polars failed: ended by signal 9\x1b[2J" in bench_text(broken, "table", "en")
    unread = bench_text(with_polars_told(found, state="unreadable"), "table", "id")
    assert "Polars tidak dapat membaca" in unread


def test_growth_is_told_by_its_exponent(found: dict[str, Any]) -> None:
    sizes = [{"events": 250_000, "wall_s": 1.0}, {"events": 1_000_000, "wall_s": 3.0}]
    for exponent, told in ((1.04, "and is projected with it"), (0.9, "it is projected with 1")):
        growth = {"fixed_s": 0.5, "sizes": sizes, "exponent": exponent}
        text = " ".join(bench_text(found | {"growth": growth}, "table", "en").split())
        assert f"250,000 to 1,000,000 events with the power {exponent:.2f}" in text
        assert told in text


def test_a_table_of_events(reach: Run, folder: Path, temporary: Path) -> None:
    rows = ["message_id,event,channel,recipient"]
    rows += [f"m{n},{event},sms,+62811{n:07}" for n in range(40) for event in ("sent", "delivered")]
    (folder / "events.csv").write_text("\n".join([*rows, "m1,shouted,sms,+628110000001\n"]))
    done = reach("bench", "events.csv", "--rounds", "1", "-o", "bench.txt", "--lang", "id")
    assert (done.code, done.out, done.err) == (0, "", "")
    text = (folder / "bench.txt").read_text()
    assert text.startswith("80 peristiwa")
    assert "1 catatan ditolak" in text
    assert "corong buatan sendiri" in text
    assert not list(temporary.iterdir())
    assert sorted(path.name for path in folder.iterdir()) == ["bench.txt", "events.csv"]


def test_an_experiment_with_a_providers_log(reach: Run, folder: Path, temporary: Path) -> None:
    reach("simulate", "sim", "--people", "60", "--channels", "email", "--bad-share", "0")
    done = reach("bench", "sim", "--rounds", "1", "--format", "json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["logs"]["formats"] == ["sendgrid"]
    assert not found["logs"]["simulated"]  # not by this command
    assert {each["job"] for each in found["others"]} == {"copy"}
    assert found["others"][0]["state"] == "measured"
    assert not list(temporary.iterdir())
    assert not (folder / "sim/.reach").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere.csv",), 3, "reach: nowhere.csv: got no such file, expected a log file"),
        (("-",), 2, "logs are read several times here"),
        (("diary.txt",), 3, "expected a log of a format that `reach formats` lists"),
        (("diary.txt", "--events", "4000"), 2, "name logs or --events, not both"),
        (("diary.txt", "--output", "diary.txt"), 2, "is one of the files that are read"),
        (("--events", "10"), 2, "3000<=x"),
        (("--events", "3000", "--memory-limit", "much"), 3, "expected a size, as 4GB or 800MB"),
        (("mine", "diary.txt"), 2, "mine is an experiment: measure it alone"),
        (("mine",), 3, "reach: experiment.yaml:1:1"),
    ],
)
def test_what_can_not_be_measured_is_said(
    reach: Run, folder: Path, temporary: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    (folder / "diary.txt").write_text("Monday: rain again.\n")
    (folder / "mine").mkdir()
    (folder / "mine/experiment.yaml").write_text("title: lacks its name\n")
    done = reach("bench", *words)
    assert done.code == code
    assert told in " ".join(done.err.split())
    assert not list(temporary.iterdir())
    assert (folder / "diary.txt").read_text() == "Monday: rain again.\n"


def test_a_disk_without_room_is_found_out_first(
    reach: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 2_000_000_000

    monkeypatch.setattr(subject.shutil, "disk_usage", lambda place: Usage)  # noqa: ARG005
    done = reach("bench", "--events", "100000000")
    assert done.code == 3
    assert "100,000,000 events, which need 35.0 GB in " in done.err
    assert "where 2.0 GB are free" in done.err
    assert "TMPDIR" in done.err


def test_it_asks_what_compare_asks(reach: Run, folder: Path) -> None:
    from reach.bench.process import python, run

    write_log(folder / "events.ndjson", 600)
    (folder / "experiment.yaml").write_text("experiment: a\ntitle: A\nsources: [events.ndjson]\n")
    words = ["--store", "one", "--result", "staged.json", "--marks", "marks.json"]
    run(python("reach.bench.stages", ".", *words))
    compared = reach("compare", ".", "--store", "two", "--format", "json").out
    assert (folder / "staged.json").read_text() == compared

"""Who is asked to do which job with which logs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reach.bench import contest
from reach.bench.contest import Contender, contenders


def asked(folder: Path, *logs: tuple[str, str, bool]) -> list[Contender]:
    """Contenders for logs of such containers and formats, read as they are or not."""
    seen: list[dict[str, Any]] = [
        {"name": f"log{place}", "path": f"/logs/log{place}", "container": container, "as_is": as_is}
        for place, (container, _, as_is) in enumerate(logs)
    ]
    sources = [{"source": f"log{place}", "format": log[1]} for place, log in enumerate(logs)]
    return contenders(seen, sources, folder)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contest, "installed", lambda name: "1")  # noqa: ARG005


@pytest.mark.parametrize(
    ("log", "job"),
    [
        (("ndjson", "reach", True), "funnel"),
        (("csv", "reach", True), "funnel"),
        (("parquet", "reach", True), "funnel"),
        (("ndjson", "reach", False), "copy"),  # its fields have other names, or lie deeper
        (("ndjson", "sendgrid", True), "copy"),
        (("csv", "table", False), "copy"),
    ],
)
def test_canonical_logs_are_counted_and_others_copied(
    log: tuple[str, str, bool], job: str, tmp_path: Path
) -> None:
    found = asked(tmp_path, log)
    assert [each.name for each in found] == ["duckdb", "polars"]
    assert {each.job for each in found} == {job}
    assert {each.state for each in found} == {"measured"}


def test_logs_of_two_kinds_are_copied_each_by_itself(tmp_path: Path) -> None:
    duckdb, _ = asked(tmp_path, ("ndjson", "ses", True), ("csv", "notify", True))
    assert duckdb.job == "copy"
    assert json.loads((tmp_path / "duckdb-copy.json").read_text()) == [
        ["ndjson", ["/logs/log0"]],
        ["csv", ["/logs/log1"]],
    ]


def test_what_one_can_not_read_it_is_not_asked_to(tmp_path: Path) -> None:
    states = {each.name: each.state for each in asked(tmp_path, ("document", "twilio", True))}
    assert states == {"duckdb": "measured", "polars": "unreadable"}
    assert {each.state for each in asked(tmp_path, ("other", "dsn", True))} == {"unreadable"}


def test_who_is_not_installed_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contest, "installed", lambda name: None if name == "polars" else "1")
    states = {each.name: each.state for each in asked(tmp_path, ("ndjson", "reach", True))}
    assert states == {"duckdb": "measured", "polars": "missing"}


def test_of_two_files_with_one_content_one_is_copied(tmp_path: Path) -> None:
    seen = [
        {"name": name, "path": f"/logs/{name}", "container": "ndjson", "as_is": True}
        for name in ("first", "twin")
    ]
    contenders(seen, [{"source": "first", "format": "reach"}], tmp_path)
    assert json.loads((tmp_path / "duckdb-funnel.json").read_text()) == [
        ["ndjson", ["/logs/first"]]
    ]

"""The documents agree with the code: their lists are complete, their examples are valid."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reach.compare.metrics import METRICS
from reach.experiment.load import load_experiment
from reach.explanations import violations
from reach.formats.registry import EVERY, MEDIA
from reach.outcomes.law import TABLE
from reach.schemas import schema
from reach.vocabulary import Event, Transport, Verdict

ROOT = Path(__file__).parents[2]
OUTCOMES, STATISTICS, FORMATS, PROVIDERS, CONFIG = (
    (ROOT / f"docs/{name}.md").read_text(encoding="utf-8")
    for name in ("outcomes", "statistics", "formats", "providers", "config")
)
TELEPHONE = ROOT / "experiments/2014-telephone-campaign"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next of its level."""
    level = heading.partition(" ")[0]
    rest = text.partition(f"\n{heading}\n")[2]
    assert rest, f"no heading {heading}"
    return re.split(rf"^{level} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(text: str) -> list[str]:
    """The words in code in the first cells of tables."""
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text) if found == language]


def properties(name: str, *path: str) -> list[str]:
    found: Any = schema(name)
    for key in path:
        found = found[key]
    return list(found["properties"])


def test_the_law_is_told_as_it_is() -> None:
    told = re.findall(r"^\| (\d) \| .* \| `(\w+)`", section(OUTCOMES, "## The law: eight rows, first match wins"), re.MULTILINE)  # fmt: skip
    assert told == [(str(n), row.transport.value) for n, row in enumerate(TABLE, start=1)]


def test_all_words_of_outcomes_are_told() -> None:
    apart = section(OUTCOMES, "## Two questions, kept apart")
    assert first_cells(apart)[: len(Transport)] == [str(word) for word in Transport]
    assert first_cells(section(OUTCOMES, "## What a log may say")) == [str(word) for word in Event]
    assert first_cells(section(OUTCOMES, "## The rates")) == list(METRICS)


def test_all_verdicts_are_told() -> None:
    table = section(STATISTICS, "### Verdicts: first match wins")
    assert set(re.findall(r"`([a-z ]+)`(?=[,| ])", table)) >= {str(verdict) for verdict in Verdict}


def test_all_fields_of_an_event_are_told() -> None:
    told = section(FORMATS, "## `reach`: one event a record")
    assert first_cells(told) == properties("event")
    required = re.findall(r"^\| `(\w+)` \| yes \|", told, re.MULTILINE)
    assert required == schema("event")["required"]
    reasons = re.search(r"^\| `reason` .*: one of (.*) \|$", told, re.MULTILINE)
    assert reasons
    assert re.findall(r"`(\w+)`", reasons[1]) == schema("event")["properties"]["reason"]["enum"]


def test_all_keys_of_a_config_are_told() -> None:
    top = CONFIG.partition("\n## ")[0]
    assert set(first_cells(top)) == set(properties("experiment"))
    assert set(first_cells(section(CONFIG, "## sources"))) == set(
        properties("experiment", "$defs", "source")
    )
    assert set(first_cells(section(CONFIG, "## channels"))) == set(
        properties("experiment", "$defs", "channel")
    )
    assert set(first_cells(section(CONFIG, "## compare"))) == set(
        properties("experiment", "$defs", "compare")
    )
    assert set(first_cells(section(CONFIG, "## posts"))) == set(
        properties("experiment", "$defs", "compare_posts")
    )
    parts = first_cells(section(FORMATS, "## `table`: any wide CSV, with a map"))
    assert set(parts) == set(properties("experiment", "$defs", "map"))


@pytest.mark.parametrize(
    "text",
    [
        *blocks(CONFIG, "yaml"),
        *blocks(FORMATS, "yaml"),
        *blocks(PROVIDERS, "yaml"),
    ],
)
def test_configs_are_valid(text: str, tmp_path: Path) -> None:
    (tmp_path / "experiment.yaml").write_text(text, encoding="utf-8")
    found = load_experiment(tmp_path)
    assert found.sources or found.media


def test_events_are_valid() -> None:
    [lines] = blocks(FORMATS, "json")
    [table] = blocks(FORMATS, "csv")
    events = [json.loads(line) for line in lines.splitlines()]
    for row in csv.DictReader(table.splitlines()):
        said: dict[str, Any] = {name: cell for name, cell in row.items() if cell}
        events.append(said | {"permanent": said["permanent"] == "true"} if "permanent" in said else said)  # fmt: skip
    assert len(events) == 4
    for event in events:
        assert not violations("event", event)


def test_what_is_said_of_the_telephone_file_holds() -> None:
    text = (TELEPHONE / "README.md").read_text(encoding="utf-8")
    [program] = blocks(text, "python")
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=TELEPHONE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == blocks(text, "text")[0]


def test_the_telephone_file_is_the_one_described() -> None:
    import hashlib

    content = (TELEPHONE / "calls.csv").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    for document in ("experiments/2014-telephone-campaign/README.md", "docs/decisions/0011-the-2014-file-is-simulated.md"):  # fmt: skip
        assert digest in (ROOT / document).read_text(encoding="utf-8")
    assert load_experiment(TELEPHONE).simulated


def test_every_format_is_told_and_has_its_section() -> None:
    top = FORMATS.partition("\n## ")[0]
    linked = re.findall(r"^\| \[`(\w+)`\]\((\S+)[.]md#(\S+)\) \|", top, re.MULTILINE)
    assert {name for name, _, _ in linked} | set(first_cells(top)) == set(EVERY)
    for name, page, place in linked:
        assert page == ("people-tables" if name in MEDIA else "providers")
        assert place.startswith(name)

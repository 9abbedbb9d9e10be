"""The laws of order and repetition over logs of all formats at once, and of files that mix them."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from reach.engine import Limits
from reach.experiment.load import load_experiment
from reach.experiment.run import Settings, run
from reach.simulate.plan import Plan
from reach.simulate.profiles import PROFILES
from reach.simulate.run import simulate

Lines = list[bytes]
Change = Callable[[random.Random, Lines], dict[str, bytes]]
"""Makes of a file's lines other files that tell the same."""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed") / "campaign"
    simulate(Plan(seed=11, people=250, channels=tuple(PROFILES), bad_share=0.0), folder)
    return folder


def answer(folder: Path, threads: int = 2) -> dict[str, Any]:
    """What is said of the campaign, without the account of what was read."""
    settings = Settings(None, Limits(threads=threads), lambda name, size, done: None)  # noqa: ARG005
    result = run(load_experiment(folder), settings)
    assert not result["rejections"]
    assert result["balance"]["records"] > 1000
    return {name: result[name] for name in result if name not in ("balance", "warnings")}


@pytest.fixture(scope="module")
def told(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return answer(shutil.copytree(campaign, tmp_path_factory.mktemp("as it is") / "campaign"))


def _shuffled(chance: random.Random, lines: Lines) -> dict[str, bytes]:
    chance.shuffle(lines)
    return {"shuffled": b"\n".join(lines)}


def _split(chance: random.Random, lines: Lines) -> dict[str, bytes]:
    parts: dict[str, Lines] = {"one": [lines[0]], "two": [lines[1]], "three": [lines[2]]}
    for line in lines[3:]:
        parts[chance.choice(list(parts))].append(line)
    return {name: b"\r\n".join(part) for name, part in parts.items()}


def _repeated(chance: random.Random, lines: Lines) -> dict[str, bytes]:
    again = lines + chance.sample(lines, len(lines) // 2)
    chance.shuffle(again)
    return {"all": b"\n".join(lines), "again": b"\n\n".join(again)}


def _batched(chance: random.Random, lines: Lines) -> dict[str, bytes]:
    bodies, rest = [], list(lines)
    while rest:
        size = chance.randint(1, 9)
        bodies.append(b"[" + b", ".join(rest[:size]) + b"]")
        rest = rest[size:]
    return {"bodies": b"\n".join(bodies)}


def _documents(chance: random.Random, lines: Lines) -> dict[str, bytes]:
    half = chance.randrange(len(lines))
    whole = json.dumps([json.loads(line) for line in lines[:half]], indent=2).encode()
    others = b"".join(json.dumps(json.loads(line), indent=1).encode() for line in lines[half:])
    return {"array": whole, "one after another": others}


def _packed(chance: random.Random, lines: Lines) -> dict[str, bytes]:
    half = chance.randrange(1, len(lines))
    return {
        "gzip": gzip.compress(b"\n".join(lines[:half])),
        "zstd": zstandard.compress(b"\n".join(lines[half:])),
    }


CHANGES: dict[str, Change] = {
    "order": _shuffled,
    "splits": _split,
    "repeats": _repeated,
    "bodies": _batched,
    "documents": _documents,
    "containers": _packed,
}
OWN = {"push"}  # reach's own events are lines


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_nothing_that_was_told_changes_no_answer(
    campaign: Path, told: dict[str, Any], tmp_path: Path, change: str
) -> None:
    folder = shutil.copytree(campaign, tmp_path / "campaign")
    chance = random.Random(change)  # noqa: S311 -- a test's choice of cases
    for channel in PROFILES:
        if channel in OWN and change in ("bodies", "documents"):
            continue
        logs = folder / "logs" / channel
        lines = [line for file in sorted(logs.iterdir()) for line in file.read_bytes().splitlines()]
        shutil.rmtree(logs)
        logs.mkdir()
        for name, content in CHANGES[change](chance, lines).items():
            (logs / name).write_bytes(content)
    assert answer(folder) == told


def test_neither_the_key_nor_threads_nor_a_second_run_change_it(
    campaign: Path, told: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(campaign, tmp_path / "campaign")
    assert answer(folder, threads=1) == told
    assert answer(folder) == told
    monkeypatch.setenv("REACH_KEY", "another key of at least thirty-two bytes")
    assert answer(folder) == told


def _in_one_folder(campaign: Path, folder: Path) -> Path:
    """Logs of all providers side by side, and nothing said of them."""
    logs = folder / "logs"
    logs.mkdir(parents=True)
    for channel in ("sms", "whatsapp", "whatsapp_helpdesk", "email", "newsletter", "push"):
        for file in (campaign / "logs" / channel).iterdir():
            shutil.copy(file, logs / file.name)
    shutil.copy(campaign / "people.csv", folder)
    config = "experiment: mixed\ncountry: ID\npeople: people.csv\nlog_ends: 2026-03-06T00:00:00Z\nsources: [logs]\n"
    (folder / "experiment.yaml").write_text(config)
    return folder


def test_formats_mixed_in_one_folder_are_told_apart(
    campaign: Path, told: dict[str, Any], tmp_path: Path
) -> None:
    found = answer(_in_one_folder(campaign, tmp_path / "mixed"))
    mine = {arm["channel"]: arm["outcomes"] for arm in found["channels"]}
    apart = {arm["channel"]: arm["outcomes"] for arm in told["channels"]}
    assert set(mine) == {"sms", "whatsapp", "email", "push"}
    assert mine["sms"] == apart["sms"]
    assert mine["push"] == apart["push"]
    for name, parts in {"email": ("email", "newsletter"), "whatsapp": ("whatsapp", "whatsapp_helpdesk")}.items():  # fmt: skip
        for count in ("attempted", "sent", "delivered", "failed", "unknown", "engaged"):
            assert mine[name][count] == sum(apart[part][count] for part in parts)


def test_a_file_that_changes_format_half_way_is_refused_from_there(
    campaign: Path, tmp_path: Path
) -> None:
    """Each format's log goes on as the next one's; what is of another format is refused by name."""
    names = ["sms", "whatsapp", "email", "newsletter", "push"]
    for name, other in zip(names, names[1:] + names[:1], strict=True):
        first, second = (
            next((campaign / "logs" / each).iterdir()).read_bytes().splitlines()
            for each in (name, other)
        )
        folder = tmp_path / name
        folder.mkdir()
        half = first[: max(len(first), 3000)] * (1 + 400_000 // len(b"".join(first)))
        (folder / "log").write_bytes(b"\n".join([*half, *second]))
        (folder / "experiment.yaml").write_text("experiment: half\nsources: [log]\n")
        settings = Settings(None, Limits(), lambda name, size, done: None)  # noqa: ARG005
        balance = run(load_experiment(folder), settings)["balance"]
        assert balance["sources"][0]["format"] == PROFILES[name].format
        assert balance["rejected"] == len(second), (name, other)
        assert balance["records"] == len(half) + len(second)
        [kept] = (folder / ".reach" / "rejected").iterdir()
        rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
        assert [row["line"] for row in rows] == list(
            range(len(half) + 1, len(half) + len(second) + 1)
        )
        assert all(row["received"] and row["expected"] for row in rows)


def test_a_file_whose_beginning_mixes_formats_asks_which_it_is(
    campaign: Path, tmp_path: Path
) -> None:
    from reach.errors import InputError

    email, sms = (
        next((campaign / "logs" / each).iterdir()).read_bytes().splitlines()
        for each in ("email", "sms")
    )
    (tmp_path / "log").write_bytes(b"\n".join([*email[:5], *sms[:5]]))
    (tmp_path / "experiment.yaml").write_text("experiment: half\nsources: [log]\n")
    settings = Settings(None, Limits(), lambda name, size, done: None)  # noqa: ARG005
    with pytest.raises(InputError, match=r"several formats fit .*sendgrid: .*twilio: .*name it"):
        run(load_experiment(tmp_path), settings)

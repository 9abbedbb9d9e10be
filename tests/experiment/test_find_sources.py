from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reach.errors import ConfigError, InputError
from reach.experiment.load import load_experiment
from reach.experiment.sources import SourceFile, find_sources


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], tuple[SourceFile, ...]]:
    folder = tmp_path / "campaign"
    for name in (
        "logs/b.json",
        "logs/a.json",
        "logs/deep/er/c.json",
        "logs/.hidden",
        "one [1].csv",
        "mail/cur/1.host:2,S",
        "mail/new/2.host",
        "mail/tmp/3.host",
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    (folder / "empty").mkdir()
    (tmp_path / "beside.json").write_text("{}")

    def find(sources: str) -> tuple[SourceFile, ...]:
        (folder / "experiment.yaml").write_text(f"experiment: a\nsources: {sources}\n")
        experiment = load_experiment(folder)
        return find_sources(experiment.sources, experiment.folder)

    return find


Find = Callable[[str], tuple[SourceFile, ...]]


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        ("[logs/b.json]", ["logs/b.json"]),
        ("['logs/*.json']", ["logs/a.json", "logs/b.json"]),
        ("[logs]", ["logs/a.json", "logs/b.json", "logs/deep/er/c.json"]),
        ("[./logs/]", ["logs/a.json", "logs/b.json", "logs/deep/er/c.json"]),
        ("['logs/**']", ["logs/a.json", "logs/b.json", "logs/deep/er/c.json"]),
        ("['logs/*']", ["logs/a.json", "logs/b.json", "logs/deep/er/c.json"]),
        ("['logs/**/c.*', logs/a.json]", ["logs/deep/er/c.json", "logs/a.json"]),
        ("['one [1].csv']", ["one [1].csv"]),
        ("[logs/.hidden]", ["logs/.hidden"]),
        ("[mail]", ["mail/cur/1.host:2,S", "mail/new/2.host"]),
        ("[mail/tmp]", ["mail/tmp/3.host"]),
        ("[../beside.json]", ["../beside.json"]),
        ("[logs/a.json, 'logs/*.json']", ["logs/a.json", "logs/b.json"]),
    ],
)
def test_names(found: Find, sources: str, names: list[str]) -> None:
    files = found(sources)
    assert [file.name for file in files] == names
    assert all(file.path.is_file() for file in files)


def test_absolute_paths_are_kept_only_outside(found: Find, tmp_path: Path) -> None:
    inside, outside = tmp_path / "campaign" / "logs" / "a.json", tmp_path / "beside.json"
    files = found(f"['{inside}', '{outside}']")
    assert [file.name for file in files] == ["logs/a.json", outside.as_posix()]


def test_all_that_is_missing_at_once(found: Find, tmp_path: Path) -> None:
    (tmp_path / "campaign" / "broken.json").symlink_to("nowhere")
    os.mkfifo(tmp_path / "campaign" / "pipe")
    with pytest.raises(InputError) as raised:
        found("[logs/none.json, 'logs/*.csv', empty, broken.json, pipe, logs/a.json]")
    mend = "expected at least one log; put it there or mend the path (it begins at the config's folder)"  # fmt: skip
    assert str(raised.value).splitlines() == [
        f'experiment.yaml:2:11 $.sources[0]: got "logs/none.json", which names no file, {mend}',
        f'experiment.yaml:2:27 $.sources[1]: got "logs/*.csv", which names no file, {mend}',
        f'experiment.yaml:2:41 $.sources[2]: got "empty", a folder without files, {mend}',
        "broken.json: got No such file or directory, expected a file that may be read; mend its permissions or link",
        "pipe: got neither a file nor a folder, expected a log file",
    ]  # fmt: skip


def test_what_may_not_be_read(found: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "campaign" / "logs" / "a.json"
    opened: Callable[..., object] = Path.open

    def refuse(path: Path, *args: object, **options: object) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"^logs/a.json: got Permission denied"):
        found("[logs]")


def test_one_file_read_in_two_ways(found: Find) -> None:
    with pytest.raises(ConfigError) as raised:
        found("[logs, {path: 'logs/*.json', format: reach}]")
    assert str(raised.value) == (
        'experiment.yaml:2:17 $.sources[1]: got "logs/a.json", '
        "expected each file in one source; experiment.yaml:2:11 reads it another way"
    )


def test_a_link_that_leads_back_up_ends(found: Find, tmp_path: Path) -> None:
    (tmp_path / "campaign" / "logs" / "deep" / "up").symlink_to(tmp_path / "campaign" / "logs")
    for sources in ("[logs]", "['logs/**']"):
        names = [file.name for file in found(sources)]
        assert names == ["logs/a.json", "logs/b.json", "logs/deep/er/c.json"]


def test_names_no_system_can_hold(found: Find) -> None:
    with pytest.raises(InputError, match="which names no file"):
        found(f"[{'x' * 5_000}]")


def test_a_name_that_is_no_text_is_told_in_letters_that_can_be_printed(
    found: Find, tmp_path: Path
) -> None:
    (tmp_path / "campaign" / "logs" / os.fsdecode(b"caf\xe9.json")).write_text("{}")
    with pytest.raises(InputError, match=r"^logs/caf\\xe9.json: got a name that is not UTF-8"):
        found("[logs]")

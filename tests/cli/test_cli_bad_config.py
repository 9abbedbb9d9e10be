"""A config that is wrong: every fault at once, each with line, column and what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Done, Run

LOG = '{"message_id": "m1", "event": "sent", "channel": "sms", "recipient": "p1"}\n'
RIGHT = "experiment: e\nsources:\n  - log.ndjson\n"


@pytest.fixture
def config(folder: Path) -> Path:
    (folder / "log.ndjson").write_text(LOG)
    file = folder / "experiment.yaml"
    file.write_text(RIGHT)
    return file


def refused(reach: Run, command: str) -> Done:
    """What each command says of a bad config: the same, on stderr, and nothing is stored."""
    done = reach(command, ".")
    assert (done.code, done.out) == (3, "")
    assert not Path(".reach").exists()
    assert all(each.startswith("reach: experiment.yaml:") for each in done.err.splitlines())
    return done


def test_an_unknown_format_is_told_with_all_other_faults(reach: Run, config: Path) -> None:
    config.write_text(
        "experiment: e\nsources:\n  - {path: a, format: sengrid}\n  - {path: b, format: Reach}\n"
        "seed: x\n"
    )
    first, second, third = refused(reach, "check").err.splitlines()
    assert first.endswith(
        'yaml:3:15 $.sources[0].format: got "sengrid", expected a format that `reach formats` lists (did you mean sendgrid?)'
    )
    assert 'yaml:4:15 $.sources[1].format: got "Reach", expected' in second
    assert 'yaml:5:1 $.seed: got "x"' in third


def test_unknown_keys_are_told_with_a_guess(reach: Run, config: Path) -> None:
    config.write_text(f"{RIGHT}chanels:\n  sms: {{}}\ncompare: {{by: channel, metric: []}}\n")
    for command in ("check", "compare", "funnel"):
        done = refused(reach, command)
        first, second = done.err.splitlines()
        assert "experiment.yaml:4:1 $.chanels: got an unknown key, expected one of" in first
        assert first.endswith("(did you mean channels?)")
        assert "experiment.yaml:6:24 $.compare.metric: got an unknown key" in second
        assert second.endswith("(did you mean metrics?)")


def test_wrong_types_are_told_all_at_once(reach: Run, config: Path) -> None:
    config.write_text(
        "experiment: 5\n"
        "sources: log.ndjson\n"
        "simulated: maybe\n"
        "log_ends: yesterday\n"
        "compare: {level: 95, metrics: delivered_per_sent}\n"
        "seed: x\n"
    )
    faults = [
        ("1:1 $.experiment: got 5", "a short name of lower-case letters, digits and hyphens"),
        ('2:1 $.sources: got "log.ndjson"', "a list of at least one file"),
        ('3:1 $.simulated: got "maybe"', "true or false"),
        ('4:1 $.log_ends: got "yesterday"', "an RFC 3339 date-time with a zone"),
        ("5:11 $.compare.level: got 95", "a fraction above 0 and up to 0.999999, as 0.95"),
        ('5:22 $.compare.metrics: got "delivered_per_sent"', "a list of different metrics"),
        ('6:1 $.seed: got "x"', "a whole number"),
    ]
    told = refused(reach, "compare").err.splitlines()
    assert len(told) == len(faults)
    for each, (received, expected) in zip(told, faults, strict=True):
        assert each.startswith(f"reach: experiment.yaml:{received}, expected {expected}")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "1:1: got an empty file, expected an experiment's config"),
        (b"# nothing yet\n", "1:1: got an empty file, expected an experiment's config"),
        (b"- a\n- b\n", "1:1: got a list of 2, expected a mapping, as experiment:"),
        (b"hello\n", '1:1: got "hello", expected a mapping, as experiment:'),
        (b"experiment: e\n\tsources: []\n", "2:1: got a tab, expected spaces"),
        (b'experiment: "e\nsources: []\n', "1:13: got the end of the file inside quotes"),
        (b"experiment: e\0\n", "1:14: got the character U+0000, expected printable"),
        (b"experiment: caf\xe9\n", "1:16: got the byte 0xE9, expected text in UTF-8"),
        (RIGHT.encode("utf-16"), "1:1: got the byte 0xFF, expected text in UTF-8"),
        (b"experiment: e\nexperiment: f\nsources: [log.ndjson]\n",
         "2:1 $.experiment: got the same key again, expected it once"),
        (b"experiment: &a e\nsources: [*a]\n", "2:11 $.sources[0]: got the alias *a, expected"),
        (b"experiment: !!python/object:os.system e\nsources: [log.ndjson]\n",
         "1:13 $.experiment: got the tag"),
        (b"experiment: e\nsources: " + b"[" * 5000 + b"]" * 5000,
         ": got deep nesting, expected at most 20 levels"),
    ],
)  # fmt: skip
def test_what_is_no_config_is_told_by_its_place(
    reach: Run, config: Path, content: bytes, told: str
) -> None:
    config.write_bytes(content)
    assert told in refused(reach, "compare").err


def test_a_billion_laughs_are_not_laughed(reach: Run, config: Path) -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30)]
    config.write_text("l0: &l0 [lol]\n" + "\n".join(levels) + f"\n{RIGHT}")
    assert "got the alias *l0, expected the value itself" in refused(reach, "check").err


def test_a_log_named_as_a_config_is_no_config(reach: Run, config: Path) -> None:
    (config.parent / "big.ndjson").write_text(LOG * 20_000)
    done = reach("compare", "big.ndjson")
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "reach: big.ndjson: got a file that is no experiment, expected a folder with an "
        "experiment.yaml, or such a file; for a look at a log by itself: reach check big.ndjson\n"
    )
    (config.parent / "big.yaml").write_text(LOG * 20_000)
    done = reach("compare", "big.yaml")
    assert done.err == "reach: big.yaml: got more than 1 MiB, expected an experiment's config\n"


@pytest.mark.parametrize("command", ["compare", "funnel", "timing"])
@pytest.mark.parametrize(
    "content", [b"id:1 sub:1 stat:DELIVRD\n", b"", LOG.encode(), b"day,sent\n1,2\n", b"\xff\0"]
)
def test_a_log_in_the_place_of_an_experiment_is_to_be_checked(
    reach: Run, folder: Path, command: str, content: bytes
) -> None:
    (folder / "of march.txt").write_bytes(content)
    done = reach(command, "of march.txt")
    assert (done.code, done.out) == (3, "")
    assert "of march.txt: got a file that is no experiment" in done.err
    assert "reach check 'of march.txt'" in done.err


def test_a_config_of_any_name_is_one(reach: Run, folder: Path) -> None:
    (folder / "march.txt").write_text("experiment: e\nsource: [x]\n")
    done = reach("compare", "march.txt")
    assert "march.txt:2:1 $.source: got an unknown key" in done.err


def test_no_config_is_told_by_the_name_it_should_have(reach: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    for words in (("compare", "nowhere"), ("funnel", "empty"), ("compare", "a" * 300)):
        done = reach(*words)
        assert (done.code, done.out) == (3, "")
        assert done.err.startswith(f"reach: {words[1]}")
    expected = "got no such file or folder, expected a folder with an experiment.yaml, or that file"
    assert expected in reach("compare", "nowhere").err
    assert f"experiment.yaml: {expected}" in reach("compare", "empty").err


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("country: Indonesia\n", '4:1 $.country: got "Indonesia", expected a country code'),
        ("country: id\n", '4:1 $.country: got "id", expected a country code'),
        ("country: AQ\n", '4:1 $.country: got "AQ", expected a country with telephone numbers'),
        ("period: {start: 2026-02-01, end: 2026-01-01}\n", "4:29 $.period.end: got"),
        ("period: {start: 2026-02-30, end: 2026-03-01}\n", "4:10 $.period.start: got"),
        ("log_ends: 2026-03-01T00:00:00\n", "4:1 $.log_ends: got"),
        ("channels: {sms: {horizon: 3 days}}\n", "4:18 $.channels.sms.horizon: got"),
        ("compare: {pairs: [[sms, sms]]}\n", '4:19 $.compare.pairs[0]: got ["sms", "sms"], expected two'),
        ("compare: {pairs: all, baseline: sms}\n", "4:"),
        ("compare: {margin: {acted_per_sent: 0.1}}\n", "4:20 $.compare.margin.acted_per_sent: got"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_told_by_its_place(
    reach: Run, config: Path, more: str, told: str
) -> None:
    config.write_text(RIGHT + more)
    assert told in refused(reach, "check").err


def test_mending_all_that_was_told_is_enough(reach: Run, config: Path) -> None:
    config.write_text(f"{RIGHT}seeds: 5\nsimulated: yes please\n")
    assert len(refused(reach, "compare").err.splitlines()) == 2
    config.write_text(f"{RIGHT}seed: 5\nsimulated: true\n")
    assert reach("compare", ".").code == 0


def test_a_people_file_that_is_missing_or_wrong_is_named(reach: Run, config: Path) -> None:
    config.write_text(f"{RIGHT}people: people.csv\n")
    for command in ("check", "compare"):
        done = reach(command, ".")
        assert (done.code, done.out) == (3, "")
        assert "people.csv: got no such file or directory, expected the people file" in done.err
    (config.parent / "people.csv").write_text("who,what\n1,2\n")
    for command in ("check", "compare"):
        done = reach(command, ".")
        assert (done.code, done.out) == (3, "")
        assert done.err.startswith("reach: people.csv")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{path: log.ndjson, format: smoke}", "smoke"),
        ("{path: log.ndjson, map: {channel: a, person: b}}", "it is no CSV"),
        ("{path: log.ndjson, set: {chanel: sms}}", "(did you mean channel?)"),
        ("{path: log.ndjson, map: {channel: a}, set: {channel: sms}}", "$.sources[0]"),
        ("{paths: log.ndjson}", "$.sources[0]"),
    ],
)
def test_a_source_that_is_wrong_is_told(reach: Run, config: Path, source: str, told: str) -> None:
    config.write_text(f"experiment: e\nsources:\n  - {source}\n")
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert told in done.err


@pytest.mark.parametrize("command", ["check", "compare", "funnel"])
def test_a_config_that_is_nearly_called_so_is_to_be_renamed(
    reach: Run, config: Path, command: str
) -> None:
    config.write_text(RIGHT)
    config.rename(config.with_suffix(".yml"))
    done = reach(command, ".")
    assert (done.code, done.out) == (3, "")
    assert "experiment.yml: got a config of another name" in done.err
    assert "expected one called experiment.yaml; rename it" in done.err

"""The commands' options: forms, files, languages, and what may not change the answer."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from campaigns import LONG_AFTER, arm, campaign

from reach.explanations import violations
from reach.schemas import SCHEMAS, schema_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Done, Run


@pytest.fixture
def reminder(folder: Path) -> Path:
    """A campaign with two refused records."""
    events = arm("sms", delivered=30, failed=10) + arm("email", delivered=20, sent=20)
    campaign(folder, events, log_ends=LONG_AFTER)
    with (folder / "logs" / "log.ndjson").open("a") as log:
        log.write("no JSON\n[]\n")
    return folder


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("command", ["compare", "funnel"])
def test_json_keeps_the_contract_and_csv_parses(reach: Run, command: str) -> None:
    done = reach(command, ".", "--format", "json")
    assert done.code == 1
    found = json.loads(done.out)
    assert violations("result", found) == []
    balance = found["balance"]
    parts = (balance[part] for part in ("accepted", "rejected", "without_event"))
    assert balance["records"] == sum(parts) == balance["accepted"] + 2
    done = reach(command, ".", "--format", "csv")
    assert done.code == 1
    head, *rows = csv.reader(io.StringIO(done.out, newline=""), strict=True)
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    sent = [
        row[head.index("value")]
        for row in rows
        if (row[head.index("arm")], row[head.index("quantity")]) == ("sms", "attempted")
    ]
    assert sent == ["40"]


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_file_holds_what_stdout_would(
    reach: Run, folder: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")  # as wide as a file
    done = reach("compare", ".", "--format", form, "-o", "answer")
    assert (done.code, done.out) == (1, "")
    shown = reach("compare", ".", "--format", form).out
    # Line for line; what pads a line on a terminal is not written.
    written = (folder / "answer").read_text(encoding="utf-8")
    assert [each.rstrip() for each in shown.splitlines()] == written.splitlines()
    assert reach("compare", ".", "--format", form, "-o", "-").out == written


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("command", ["funnel", "check"])
@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("logs", "logs: got a folder, expected the name of a file to write"),
        ("no/where", "no/where: got no folder no, expected a file in a folder that exists"),
        ("/dev/full", "/dev/full: got no space left on device, expected a file that can be writt"),
        ("/proc/reach", "/proc/reach: got "),
    ],
)
def test_a_file_that_can_t_be_written_is_named(
    reach: Run, command: str, output: str, told: str
) -> None:
    done = reach(command, ".", "-o", output)
    assert (done.code, done.out) == (3, "")
    assert f"reach: {told}" in done.err


@pytest.mark.parametrize("command", ["compare", "check"])
@pytest.mark.parametrize("target", ["logs/log.ndjson", "link", "experiment.yaml", "people.csv"])
def test_nothing_that_is_read_is_written_over(
    reach: Run, reminder: Path, command: str, target: str
) -> None:
    (reminder / "people.csv").write_text("address,person\nx@example.org,x\n")
    config = json.loads((reminder / "experiment.yaml").read_text())
    (reminder / "experiment.yaml").write_text(json.dumps(config | {"people": "people.csv"}))
    (reminder / "link").symlink_to("logs/log.ndjson")
    before = (reminder / target).read_bytes()
    done = reach(command, ".", "-o", target)
    assert (done.code, done.out) == (2, "")
    assert f"{target} is one of the files that are read" in done.err
    assert (reminder / target).read_bytes() == before


def test_a_log_is_not_written_over_by_its_refused_records(reach: Run, reminder: Path) -> None:
    log = reminder / "logs" / "log.ndjson"
    before = log.read_bytes()
    assert reach("check", log, "-o", log).code == 2
    assert reach("check", "logs", "-o", log).code == 2
    assert log.read_bytes() == before


def test_refused_records_are_for_their_owner_alone(reach: Run, reminder: Path) -> None:
    kept = reminder / "refused.ndjson"
    kept.write_text("an older one")
    kept.chmod(0o644)
    assert reach("check", ".", "-o", kept).code == 1
    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(kept.read_text().splitlines()) == 2
    # A run that fails leaves the last good file, and no new one: empty means none refused.
    assert reach("check", ".", "-o", kept, "--memory-limit", "lots").code == 3
    assert len(kept.read_text().splitlines()) == 2
    assert reach("check", ".", "-o", "new.ndjson", "--memory-limit", "lots").code == 3
    assert not (reminder / "new.ndjson").exists()


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("command", ["funnel", "check"])
def test_both_languages_say_the_same_numbers(reach: Run, command: str) -> None:
    english, indonesian = (reach(command, ".", "--lang", lang) for lang in ("en", "id"))
    assert (english.code, indonesian.code) == (1, 1)
    assert "Balance: " in english.out
    assert "Neraca: " in indonesian.out
    assert "Balance" not in indonesian.out
    digits = [
        sorted(filter(str.isdigit, done.out.partition(word)[2]))
        for done, word in ((english, "Balance"), (indonesian, "Neraca"))
    ]
    assert digits[0] == digits[1]


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("command", ["compare", "check"])
def test_no_color_and_no_terminal_mean_no_escapes(
    reach: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = reach(command, ".")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = reach(command, ".")
    assert "\x1b" not in plain.out
    assert not re.search(r"\x1b\[[\d;]*[349]\d", done.out)
    assert re.sub(r"\x1b\[[\d;]*m", "", done.out) == plain.out


@pytest.mark.usefixtures("reminder")
def test_quiet_says_nothing_beside_the_answer(reach: Run) -> None:
    first = reach("funnel", ".", "--quiet")
    assert first.err == ""
    assert reach("funnel", ".", "-q") == first


def test_debug_shows_where_and_the_code_stays(reach: Run, folder: Path) -> None:
    plain = reach("compare", folder / "nowhere")
    done = reach("compare", folder / "nowhere", "--debug")
    assert "Traceback (most recent call last)" in done.err
    assert done.err.endswith(plain.err)
    assert (done.code, done.out) == (plain.code, plain.out) == (3, "")


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize(("command", "form"), [("compare", "json"), ("funnel", "table")])
def test_reruns_threads_stores_and_keys_change_no_byte(
    reach: Run, command: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str) -> Done:
        done = reach(command, ".", "--format", form, "--quiet", *words)
        assert (done.code, done.err) == (1, "")
        return done

    first = run("--threads", "1")
    assert run() == first
    assert run("--threads", "2") == first
    # Another key and another number of threads ingest anew, to the same figures.
    monkeypatch.setenv("REACH_KEY", "k" * 32)
    assert run("--threads", "2") == first
    assert len(list(Path(".reach", "ingests").iterdir())) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Commands:"),
        (("compar",), "No such command 'compar'"),
        (("compare",), "Missing argument 'EXPERIMENT'"),
        (("compare", ""), "an empty name; to mean this folder, write a dot"),
        (("check", "log", ""), "an empty name; to mean this folder, write a dot"),
        (("compare", ".", "--store", ""), "an empty name; to mean this folder, write a dot"),
        (("compare", ".", "-o", ""), "an empty name; to mean this folder, write a dot"),
        (("compare", ".", "--treads", "2"), "--threads"),
        (("compare", ".", "--threads", "0"), "0 is not in the range x>=1"),
        (("compare", ".", "--format", "pdf"), "'pdf' is not one of 'table', 'json', 'csv'"),
        (("compare", ".", "--lang", "fr"), "'fr' is not one of 'en', 'id'"),
        (("ingest", "log"), "Missing option '--store'"),
        (("schema", "person"), "'person' is not one of 'event'"),
        (("check", "log", "--format", "smoke"), "--format: got smoke, expected one of reach, table"),
        (("check", "log", "--set", "channel"), "--set: got channel, expected FIELD=VALUE"),
        (("check", "log", "--set", "chanel=a"), "--set: got chanel=a, expected one of"),
        (("check", "log", "--set", "purpose=fun"), "--set: got purpose=fun, expected one of"),
        (("check", "log", "--set", "region=a", "--set", "region=b"), "region=a is said already"),
        (("check", "log", "--log-ends", "today"), "got today, expected an RFC 3339 date-time"),
        (("check", "log", "--country", "UK"), "got UK, expected a country code of ISO 3166"),
        (("check", "log", "--country", ""), "got nothing, expected a country code"),
        (("check", "log", "--country", "AQ"), "got AQ, expected a country with telephone numbers"),
        (("check", "log", "-o", "-"), "refused records go to a file: name one"),
    ],
)  # fmt: skip
def test_misuse_is_told_with_code_2(
    reach: Run, folder: Path, words: tuple[str, ...], told: str
) -> None:
    campaign(folder, arm("sms", delivered=2))
    (folder / "logs" / "log.ndjson").rename(folder / "log")
    done = reach(*words)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert sorted(each.name for each in folder.iterdir()) == ["experiment.yaml", "log", "logs"]


def test_an_experiment_is_checked_alone(reach: Run, reminder: Path) -> None:
    ends, country = ["--log-ends", LONG_AFTER], ["--country", "ID"]
    for more in (["logs"], ["--as", "reach"], ["--set", "channel=a"], ends, country):
        done = reach("check", reminder, *more)
        assert (done.code, done.out) == (2, "")
        assert "is an experiment, which says itself what is read and how" in done.err


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("command", ["compare", "check"])
@pytest.mark.parametrize("size", ["lots", "9 9", "1KB"])
def test_a_memory_limit_that_will_not_do_is_told(reach: Run, command: str, size: str) -> None:
    done = reach(command, ".", "--memory-limit", size)
    assert (done.code, done.out) == (3, "")
    assert "--memory-limit" in done.err
    assert not done.err.startswith("reach: unexpected")


def test_schemas_are_printed_as_they_are(reach: Run) -> None:
    for name in SCHEMAS:
        done = reach("schema", name)
        assert (done.code, done.out, done.err) == (0, schema_text(name), "")


@pytest.mark.parametrize("command", ["compare", "funnel", "timing", "check", "ingest", "schema"])
def test_every_command_explains_itself(reach: Run, command: str) -> None:
    brief, full = reach(command, "-h"), reach(command, "--help")
    assert brief == full
    assert (full.code, full.err) == (0, "")
    assert full.out.startswith(f"Usage: reach {command} ")


def test_ctrl_c_is_130_and_says_nothing_of_its_cause(
    reach: Run, reminder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reach.cli.answer as under_test

    def interrupted(error: BaseException) -> Callable[..., Any]:
        def run(*_: object) -> None:
            raise error

        return run

    for error in (KeyboardInterrupt(), RuntimeError("Query interrupted")):
        monkeypatch.setattr(under_test, "run", interrupted(error))
        done = reach("compare", reminder)
        assert (done.code, done.out, done.err.strip()) == (130, "", "")


def test_what_no_one_foresaw_is_one_line_and_code_3(
    reach: Run, reminder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reach.cli.answer as under_test

    class PanicError(BaseException):
        """As a library in another language may raise."""

    errors = (ZeroDivisionError("division\nby zero"), PanicError("poisoned"))
    for error in errors:
        monkeypatch.setattr(under_test, "run", lambda *_, error=error: (_ for _ in ()).throw(error))
        done = reach("compare", reminder)
        assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
        assert done.err.startswith("reach: unexpected: ")
        assert "Run again with --debug to see where" in done.err
    full = OSError(28, "No space left on device", "/spill")
    monkeypatch.setattr(under_test, "run", lambda *_: (_ for _ in ()).throw(full))
    done = reach("compare", reminder)
    assert (done.code, done.out) == (3, "")
    assert done.err == (
        "reach: /spill: the system says: no space left on device; mend that and run again\n"
    )

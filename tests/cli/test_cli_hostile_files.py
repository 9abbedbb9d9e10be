"""Files nobody would write on purpose: odd names, endless lines, blank beginnings."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

GOOD = {"message_id": "m1", "event": "sent", "channel": "sms", "recipient": "+6281"}
LINE = json.dumps(GOOD)


NAMES = {
    "with space.ndjson": "with space.ndjson",
    "[a]*?.ndjson": "[a]*?.ndjson",
    'it\'s "so".ndjson': 'it\'s "so".ndjson',
    "-o.ndjson": "-o.ndjson",
    "{x}$HOME%s.ndjson": "{x}$HOME%s.ndjson",
    "back\\slash.ndjson": "back\\slash.ndjson",
    "new\nline.ndjson": r"new\nline.ndjson",
    "\x1b[31mred.ndjson": "red.ndjson",
    "l" * 240 + ".ndjson": "lll.ndjson",
    "ü" * 120 + ".ndjson": "üüü.ndjson",
}


def test_any_name_is_read_and_shown_in_plain_letters(reach: Run, folder: Path) -> None:
    (folder / "logs").mkdir()
    for each in NAMES:
        said = json.dumps(GOOD | {"account": each})
        (folder / "logs" / each).write_text(f"{said}\nbad\n")
    (folder / "experiment.yaml").write_text("experiment: e\nsources: [logs]\n")
    for command in ("check", "compare"):
        done = reach(command, ".")
        assert done.code == 1, done.err
        assert f"20 records = {len(NAMES)} accepted + {len(NAMES)} refused" in done.read
        assert done.out.replace("\n", "").isprintable()
    found = json.loads(reach("compare", ".", "--format", "json").out)
    assert len(found["rejections"]) == len(NAMES)
    for refused in found["rejections"]:
        [line] = (folder / refused["file"]).read_text().splitlines()
        assert json.loads(line)["source"] == refused["source"]


def test_any_name_can_be_given(reach: Run, folder: Path) -> None:
    paths = [folder / "logs" / name for name in NAMES]
    (folder / "logs").mkdir()
    for path in paths:
        path.write_text(json.dumps(GOOD | {"account": path.name}) + "\n")
    done = reach("check", *(path.relative_to(folder) for path in paths))
    assert done.code == 0, done.err
    assert f"{len(NAMES)} records = {len(NAMES)} accepted" in done.read
    for shown in NAMES.values():
        assert shown in done.read.replace(" ", "") or shown in done.read


def test_a_name_that_is_no_text_is_told_as_far_as_it_can_be(reach: Run, folder: Path) -> None:
    (folder / "logs").mkdir()
    (folder / "logs" / os.fsdecode(b"caf\xe9.ndjson")).write_text(f"{LINE}\n")
    done = reach("check", "logs")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(r"reach: logs/caf\xe9.ndjson: got ")
    assert "rename" in done.err


def test_a_name_with_wildcards_names_itself_alone(reach: Run, folder: Path) -> None:
    for name in ("log*.ndjson", "log1.ndjson", "log[1].ndjson"):
        (folder / name).write_text(LINE + "\n" + json.dumps(GOOD | {"account": name}) + "\n")
    for name in ("log*.ndjson", "log[1].ndjson"):
        done = reach("check", name)
        assert done.code == 0
        assert "2 records = 2 accepted" in done.read


HUGE = "x" * 50_000_000


@pytest.mark.parametrize(
    ("big", "accepted"),
    [
        (HUGE[:20_000_000], 3),
        (json.dumps(GOOD | {"region": HUGE}), 3),
        (json.dumps(GOOD | {"note": HUGE[:30_000_000]}), 4),
    ],
    ids=["no JSON", "a field", "a key that nothing reads"],
)
def test_a_line_without_end_costs_itself_at_most(
    reach: Run, folder: Path, big: str, accepted: int
) -> None:
    others = [json.dumps(GOOD | {"message_id": f"m{each}"}) for each in range(3)]
    (folder / "big.ndjson").write_text("\n".join([*others[:2], big, others[2]]) + "\n")
    done = reach("check", "big.ndjson")
    assert done.code in (0, 1), done.err
    # Too long to be read is a reason to refuse a record, and never the file.
    assert "4 records = 3 accepted + 1 refused" in done.read or accepted == 4
    assert len(done.out) < 3000


def test_a_cell_without_end_costs_its_row_at_most(reach: Run, folder: Path) -> None:
    rows = [
        "message_id,event,channel,recipient,region",
        "a,sent,sms,p,J",
        f"b,sent,sms,p,{HUGE[:20_000_000]}",
    ]
    (folder / "big.csv").write_text("\n".join([*rows, "c,sent,sms,p,J"]) + "\n")
    done = reach("check", "big.csv")
    assert done.code == 1, done.err
    assert "3 records = 2 accepted + 1 refused" in done.read


@pytest.mark.parametrize("words", [(), ("--as", "reach")])
def test_a_log_that_begins_with_much_blank_space_is_read(
    reach: Run, folder: Path, words: tuple[str, ...]
) -> None:
    (folder / "late.ndjson").write_text("\n" + " " * 300_000 + f"\n{LINE}\n{LINE}\n")
    done = reach("check", "late.ndjson", *words)
    assert done.code == 0, done.err
    assert "2 records = 2 accepted" in done.read


@pytest.mark.parametrize("before", ["\n" + " " * 262_100, "\ufeff" + " " * 300_000, "\n"])
def test_no_record_is_lost_behind_blanks(reach: Run, folder: Path, before: str) -> None:
    big = json.dumps(GOOD | {"message_id": "big", "note": "x" * 300_000})
    (folder / "late.ndjson").write_text(f"{before}{big}\n{LINE}\n")
    done = reach("check", "late.ndjson", "--as", "reach")
    assert done.code == 0, done.err
    assert "2 records = 2 accepted" in done.read


def test_a_column_that_is_mapped_and_stands_twice_is_not_guessed(reach: Run, folder: Path) -> None:
    (folder / "calls.csv").write_text("via,phone,state,phone\nsms,1,ok,2\n")
    (folder / "experiment.yaml").write_text(
        "experiment: e\nsources:\n  - {path: calls.csv, map: {channel: via, person: phone}}\n"
    )
    done = reach("check", ".")
    assert done.code == 3
    assert "calls.csv: got " in done.err
    assert "phone" in done.err
    assert "twice" in done.err

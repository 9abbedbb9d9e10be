"""The law "fast equals exact" on GOV.UK Notify's records and reports, sound and damaged."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mangled import mangled_bytes, mangled_lines
from mutated import damaged_batches, damaged_lines

from reach.formats.notify.words import PRINTED, STATUSES
from reach.formats.record import Options
from reach.formats.registry import FORMATS

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "notify"
CALLBACKS: list[dict[str, Any]] = [
    json.loads(line) for line in (SAMPLES / "callbacks.ndjson").read_text("utf-8").splitlines()
]
PAGE: dict[str, Any] = json.loads((SAMPLES / "page.json").read_text("utf-8"))
NAMED = [word.said.split(" ", 1) for word in STATUSES]
RECORDS = [
    *CALLBACKS,
    *PAGE["notifications"],
    *(CALLBACKS[0] | {"notification_type": kind, "status": said} for kind, said in NAMED),
    *(each | {"status": said} for each in PAGE["notifications"] for said in ("failed", "sending")),
]
LOG_END = 1_780_000_000_000_000
PLACED = Options(
    format="notify", fields={"campaign": "template.id", "region": "wilayah"}, set={"purpose": "x"}
)
PLAIN = Options(format="notify")

SERVICE = ["Recipient", "Reference", "Template", "Type", "Sent by", "Sent by email", "Job",
           "Status", "Time", "API key name"]  # fmt: skip
JOB = ["Row number", "phone number", "Email Address", "address line 1", "address_line_2", "Time",
       "postcode", "Template", "Type", "Job", "Status", "Time"]  # fmt: skip
TIMES = ("2023-01-19 12:00:00", "2023-07-19 12:00:00.061258", "2023-10-29 01:30:00",
         "2023-03-26 01:30:00", "2023-07-19 12:00", "2023-02-30 12:00:00", "19/07/2023", "")  # fmt: skip


def report(header: list[str]) -> list[bytes]:
    """A report with every word, and every form of time, as lines."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for number, word in enumerate((*STATUSES, *PRINTED), start=1):
        kind, status = word.said.split(" ", 1)
        cells = {"Recipient": "07700 900123", "Reference": "", "Template": 'Say "hi\\", twice ’',
                 "Type": kind, "Sent by": "Anne Example", "Sent by email": "a@example.gov.uk",
                 "Job": "people\\list.csv" * (number % 7 == 0), "Status": status, "API key name": "",
                 "Row number": str(number), "phone number": f"0770090{number:04}",
                 "Email Address": f"p{number}@example.org", "address line 1": "Amala Bird",
                 "address_line_2": "", "postcode": "SW14 6BF"}  # fmt: skip
        row = [cells.get(name, TIMES[number % 16 // 9 * (number % 8)]) for name in header]
        writer.writerow(row)
    return text.getvalue().encode().splitlines()


REPORTS = [report(SERVICE), report(JOB)]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans(), batches=st.booleans())
def test_on_damaged_records(driver: Driver, seed: int, *, placed: bool, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make([*RECORDS, PAGE], seed, 100))
    driver.agrees(path, PLACED if placed else PLAIN, LOG_END, "GB")


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**40), job=st.booleans(), placed=st.booleans())
def test_on_damaged_reports(driver: Driver, seed: int, *, job: bool, placed: bool) -> None:
    path = driver.folder / "damaged.csv"
    path.write_bytes(mangled_lines(REPORTS[job], seed, 60, head=1))
    options = Options(fields={"campaign": "Template"}) if placed else Options()
    driver.agrees(path, options, LOG_END, "GB")


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**40), job=st.booleans())
def test_on_reports_damaged_anywhere_but_in_the_header(
    driver: Driver, seed: int, *, job: bool
) -> None:
    header, *rows = REPORTS[job]
    path = driver.folder / "damaged.csv"
    # A NUL near the beginning would make it no text.
    damaged = mangled_bytes(b"\r\n".join(rows), seed).replace(b"\0", b"0")
    path.write_bytes(header + b"\r\n" + damaged)
    driver.agrees(path, PLAIN, LOG_END, "GB")


@pytest.mark.parametrize("lines", REPORTS)
def test_sound_reports_are_read_in_columns(driver: Driver, lines: list[bytes]) -> None:
    path = driver.folder / "sound.csv"
    path.write_bytes(b"\r\n".join(lines))
    run = driver.agrees(path, None, None, "GB")
    assert run.ingested.balance.records == len(lines) - 1
    refused = [one["received"] for one in run.rejections]
    assert all(any(time in each for time in TIMES) or each == "nothing" for each in refused)
    rows = FORMATS["notify"].tokens(run.log, numbered=False)
    proven = f"SELECT count(*) FILTER (leads AND event IS NOT NULL) FROM ({rows})"
    twice = sum(b"2023-10-29 01:30" in line for line in lines)  # that hour is Python's to tell
    assert driver.engine.execute(proven).fetchone() == (run.ingested.balance.accepted - twice,)


def test_the_samples(driver: Driver) -> None:
    records = {path.name: driver.agrees(path).ingested.balance for path in SAMPLES.iterdir()
               if path.suffix in (".ndjson", ".json", ".csv")}  # fmt: skip
    assert {name: each.records for name, each in records.items()} == {
        "callbacks.ndjson": 4, "page.json": 3, "service-report.csv": 2, "job-report.csv": 1,
    }  # fmt: skip
    assert sum(each.rejected for each in records.values()) == 0
    assert records["callbacks.ndjson"].without_event == 2
    assert records["service-report.csv"].repeats == 2


def test_every_layout_of_the_same_notifications_comes_to_the_same(driver: Driver) -> None:
    sound = [*CALLBACKS, *PAGE["notifications"]]
    layouts = {
        "lines": "\n".join(map(json.dumps, sound)),
        "arrays": f"{json.dumps(sound[:3])}\n{json.dumps(sound[3:])}\n",
        "document": json.dumps(sound, indent=2),
        "page": json.dumps({"notifications": sound, "links": {"current": "x"}}, indent=1),
        "pages": f'{{"notifications": {json.dumps(sound)}, "links": {{}}}}\n',
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name
        path.write_text(text, encoding="utf-8")
        run = driver.agrees(path)
        assert run.ingested.balance.records == len(sound), name
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


@pytest.mark.parametrize(
    "hostile",
    [
        json.dumps(CALLBACKS[0] | {"reference": "x" * (1 << 20)}),
        '{"a":' * 5000 + "1" + "}" * 5000,
        "[" * 5000,
        json.dumps(CALLBACKS[0])[:-20],
    ],
    ids=["a megabyte", "deep", "open", "cut"],
)
def test_huge_deep_and_cut_records(driver: Driver, hostile: str) -> None:
    path = driver.folder / "hostile.ndjson"
    sound = json.dumps(CALLBACKS[0])
    path.write_text("\n".join([*[sound] * 4, hostile, *[sound] * 4]), encoding="utf-8")
    run = driver.agrees(path)
    assert run.ingested.balance.records == 9
    assert run.ingested.balance.accepted >= 8


def test_a_huge_cell_and_a_cut_report(driver: Driver) -> None:
    path = driver.folder / "huge.csv"
    header, *rows = REPORTS[0]
    path.write_bytes(
        b"\n".join([header, *rows[:4], b'"' + b"x" * (1 << 20) + b'",' + rows[0], rows[5][:-9]])
    )
    run = driver.agrees(path)
    assert run.ingested.balance.records == 6

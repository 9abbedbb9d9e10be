"""The law "fast equals exact" on SendGrid's records, sound and damaged, in every layout."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged_batches, damaged_lines

from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "sendgrid"
BODIES = [json.loads(line) for line in (SAMPLES / "bodies.ndjson").read_text("utf-8").splitlines()]
RECORDS: list[dict[str, Any]] = [
    *json.loads((SAMPLES / "every-event.json").read_text("utf-8")),
    *(event for body in BODIES for event in (body if isinstance(body, list) else [body])),
]
MACHINES = [RECORDS[3] | {"sg_machine_open": said} for said in (True, False, None)]
MACHINES += [RECORDS[5] | {"type": said} for said in (None, "bounce", "blocked")]
TAGGED = [RECORDS[0] | {"wilayah": said} for said in ("3273", 3273, ["3273"], [3273], [], {"a": 1})]
NAMED = Options(format="sendgrid")
PLACED = Options(
    format="sendgrid",
    fields={"region": "wilayah", "campaign": "category"},
    set={"purpose": "service"},
)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans(), batches=st.booleans())
def test_on_damaged_records(driver: Driver, seed: int, *, placed: bool, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make([*RECORDS, *MACHINES, *TAGGED], seed, 120))
    driver.agrees(path, PLACED if placed else NAMED, 1_780_000_000_000_000)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_layout_of_the_same_events_comes_to_the_same(
    driver: Driver, pack: type[bytes]
) -> None:
    sound = [event for event in RECORDS if "sg_message_id" in event]
    lines = "\n".join(map(json.dumps, sound))
    layouts = {
        "lines": lines,
        "bodies": f"{json.dumps(sound[:9])}\n\n{json.dumps(sound[9:])}\n",
        "one line": json.dumps(sound),
        "document": json.dumps(sound, indent=2),
        "documents": json.dumps(sound[:5], indent=1) + json.dumps(sound[5:], indent=1),
        "one after another": "".join(map(json.dumps, sound)),
        "CRLF": lines.replace("\n", "\r\n"),
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name
        path.write_bytes(pack(text.encode()))
        run = driver.agrees(path)
        assert run.ingested.balance.records == len(sound), name
        assert run.ingested.balance.rejected == 0
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_a_body_that_is_cut_costs_only_itself(driver: Driver) -> None:
    whole = json.dumps(RECORDS[:3])
    path = driver.folder / "cut"
    path.write_text(f"{whole}\n{whole[:-30]}\n{whole}\n", encoding="utf-8")
    run = driver.agrees(path)
    assert (run.ingested.balance.records, run.ingested.balance.rejected) == (7, 1)
    assert [one["line"] for one in run.rejections] == [2]


def test_a_document_that_is_cut_yields_what_came_before(driver: Driver) -> None:
    path = driver.folder / "cut.json"
    path.write_text(json.dumps(RECORDS[:3], indent=1)[:-30], encoding="utf-8")
    run = driver.agrees(path)
    assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (2, 1)

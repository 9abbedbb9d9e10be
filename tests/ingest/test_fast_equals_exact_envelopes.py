"""The law "fast equals exact" on records in CloudEvents envelopes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged_batches, damaged_lines

from reach.formats.record import Options

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SCHEMA = json.loads((SAMPLES / "cloudevents" / "cloudevents.json").read_text("utf-8"))
CANONICAL = [
    {"message_id": f"m{number}", "event": event, "channel": "sms", "recipient": "+6281234567890"}
    for number, event in enumerate(("queued", "sent", "delivered", "failed", "replied"))
]
RECORDS = {
    "reach": CANONICAL,
    "sendgrid": json.loads((SAMPLES / "sendgrid" / "every-event.json").read_text("utf-8")),
    "ses": [json.loads(line) for line in
            (SAMPLES / "ses" / "firehose-examples.ndjson").read_text("utf-8").splitlines()],
    "whatsapp": [json.loads(line) for line in
                 (SAMPLES / "whatsapp" / "bodies.ndjson").read_text("utf-8").splitlines()],
}  # fmt: skip


def _enveloped(record: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"e{number}",
        "source": "/gateway/bandung",
        "type": "id.go.jabarprov.receipt",
        "time": "2026-01-05T08:00:00+07:00",
        "datacontenttype": "application/json",
        "data": record,
    }


WRAPPED = {
    name: [_enveloped(record, number) for number, record in enumerate(records)]
    for name, records in RECORDS.items()
}


@pytest.mark.parametrize("name", RECORDS)
def test_our_envelopes_are_what_the_standard_says(name: str) -> None:
    for each in WRAPPED[name]:
        jsonschema.validate(each, SCHEMA)


@pytest.mark.parametrize("name", RECORDS)
def test_an_envelope_changes_nothing(driver: Driver, name: str) -> None:
    bare = driver.folder / "bare.ndjson"
    bare.write_text("\n".join(map(json.dumps, RECORDS[name])))
    wanted = driver.agrees(bare)
    layouts = {"lines": "\n".join(map(json.dumps, WRAPPED[name]))}
    if name != "reach":
        layouts["array"] = json.dumps(WRAPPED[name])
        layouts["document"] = json.dumps(WRAPPED[name], indent=2)
    for layout, text in layouts.items():
        path = driver.folder / layout
        path.write_text(text)
        run = driver.agrees(path)
        assert run.ingested.balance.counts()[:-2] == wanted.ingested.balance.counts()[:-2]
        assert sorted(map(str, run.rows)) == sorted(map(str, wanted.rows))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**40), name=st.sampled_from(sorted(RECORDS)), batches=st.booleans())
def test_on_damaged_envelopes(driver: Driver, seed: int, name: str, *, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    batches = batches and name != "reach"
    make = damaged_batches if batches else damaged_lines
    sound = json.dumps(WRAPPED[name][0]).encode()
    damaged = make([*WRAPPED[name], *RECORDS[name]], seed, 80)
    path.write_bytes((b"[%s]\n" % sound if batches else sound + b"\n") + damaged)
    driver.agrees(path, Options(format=name), 1_780_000_000_000_000)


def test_an_envelope_without_a_record_is_refused_by_name(driver: Driver) -> None:
    path = driver.folder / "log"
    sound = WRAPPED["sendgrid"][0]
    empty = [{**sound, "data": held} for held in (None, "text", [1])]
    binary = {key: said for key, said in sound.items() if key != "data"} | {"data_base64": "e30="}
    wrong = {**sound, "data": sound["data"] | {"event": "bounced"}}
    path.write_text("\n".join(map(json.dumps, [sound, *empty, binary, wrong])))
    run = driver.agrees(path)
    assert [each["path"] for each in run.rejections] == [*["$.data"] * 4, "$.data.event"]


def test_a_canonical_event_is_refused_by_its_place_in_the_envelope(driver: Driver) -> None:
    path = driver.folder / "log"
    wrong = _enveloped(CANONICAL[0] | {"event": "sesnt"}, 9)
    path.write_text("\n".join(map(json.dumps, [*WRAPPED["reach"], wrong])))
    run = driver.agrees(path)
    assert [each["path"] for each in run.rejections] == ["$.data.event"]

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


PIECES = (
    "14c5d75ce93", "14C5D75CE93", "14c5d75ce9", "af799f1e4864dc3941d2ac", "dfd", "x", ".", ".", "..", "@",
    "<", ">", "=", "é", "e\u0301", "😀", " ", "\\", '"', "\n", "-", "filter0001", "ismtpd-555",
)  # fmt: skip
ID = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
ODD_IDS = st.sampled_from(
    [None, "", 5, 1.5, "1.5", True, [], ["a.b"], {"a.b": "c.d"}, "<.>", "@.", "."]
)


@st.composite
def named_twice(draw: st.DrawFn) -> dict[str, Any]:
    """A record whose two ids belong together, or nearly, or not at all."""
    name = draw(ID)
    more = draw(st.sampled_from(["", ".", ".x", ".filter0001.16648.5515E0B88.0", "@host"]))
    lead, end = (
        draw(st.sampled_from(["<", "", "<<", "@"])),
        draw(st.sampled_from(["@h>", ">", "@", "x@h>"])),
    )
    ids = {"sg_message_id": name + more, "smtp-id": f"{lead}{name}{end}"}
    odd = draw(st.sampled_from([*ids, "", "", ""]))
    return RECORDS[3] | ids | ({odd: draw(ODD_IDS | ID)} if odd else {})


@settings(max_examples=15, deadline=None)
@given(records=st.lists(named_twice(), min_size=1, max_size=40))
def test_on_ids_of_every_shape(driver: Driver, records: list[dict[str, Any]]) -> None:
    path = driver.folder / "ids.ndjson"
    lines = (
        json.dumps(each, ensure_ascii=position % 2 == 0) for position, each in enumerate(records)
    )
    path.write_text("\n".join([json.dumps(RECORDS[0]), *lines]), encoding="utf-8")
    driver.agrees(path, NAMED)


def test_usual_ids_of_either_age_need_no_judge(driver: Driver) -> None:
    names = ["14c5d75ce93.dfd.64b469", "af799f1e4864dc3941d2ac", "5lFl7Fr1Rjme_EyzNNB_5A"]
    ids = [(f"{name}.filter0001.16648.5515E0B88.0", f"<{name}@ismtpd-555>") for name in names]
    ids += [(names[1], names[1])]
    apart = [(names[0], names[1]), (names[1], f"{names[1]}0"), (names[2], names[2].lower())]
    ids += [(f"{name}.filter0001.0", f"<{other}@ismtpd-555>") for name, other in apart]
    records = [RECORDS[3] | {"sg_message_id": mine, "smtp-id": other} for mine, other in ids]
    path = driver.folder / "usual.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    run = driver.agrees(path, NAMED)
    assert driver.proven(run) == len(records)
    assert sum(row["alias_key"] is not None for row in run.rows) == len(apart)


PLACES = (
    "Email",
    "EVENT",
    "email.x",
    "wilayah..x",
    "",
    'a b.c"d',
    "it's.x",
    "timestamp",
    "unique_args.Wilayah.kode",
)


@pytest.mark.parametrize("place", PLACES)
def test_on_places_of_any_name(driver: Driver, place: str) -> None:
    records = [RECORDS[0]]
    for value in ("v", 5, None, {"q": 1}, ["v"], "é"):
        inner: Any = value
        for step in reversed(place.split(".")):
            inner = {step: inner}
        records += [RECORDS[0] | inner, inner | RECORDS[0], RECORDS[0] | {place.upper(): value}]
    path = driver.folder / "places.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    run = driver.agrees(path, Options(format="sendgrid", fields={"region": place}))
    if all(place.split(".")):  # the engine knows no key without a letter
        assert driver.proven(run) > 0


@pytest.mark.parametrize("where", ["set", "fields"])
def test_on_addresses_that_the_options_replace(driver: Driver, where: str) -> None:
    """What the record itself says of the recipient must still be an address."""
    said = ("x@example.org", None, "", 5, ["x@example.org"], 'a"b@example.org', " ")
    records = [RECORDS[0] | {"email": each, "whom": "a@example.org"} for each in said]
    path = driver.folder / "replaced.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    options = {where: {"recipient": "a@example.org" if where == "set" else "whom"}}
    run = driver.agrees(path, Options(format="sendgrid", **options))
    assert run.ingested.balance.rejected == 4


def test_on_keys_in_other_letters_or_twice(driver: Driver) -> None:
    record = json.dumps(RECORDS[0])
    lines = [record, record.replace('"event"', '"EVENT"'), record.replace('"email"', '"Email"'),
             record.replace('"event"', '"\\u0065vent"'), record.replace("{", '{"event": null, ', 1),
             record.replace("{", '{"EVENT": "open", "timestamp": 5, ', 1), record[:-1] + ', "event": "open"}',
             record.replace("{", '{"event": "open", ', 1), f"{record} {record}", f"[{record}]"]  # fmt: skip
    path = driver.folder / "keys.ndjson"
    path.write_text("\n".join([record, *lines]), encoding="utf-8")
    run = driver.agrees(path, NAMED)
    assert run.ingested.balance.accepted == 6


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

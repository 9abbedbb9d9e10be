"""The law "fast equals exact" on RapidPro's messages, sound and damaged, in every layout."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged_batches, damaged_lines

from reach.formats.rapidpro.words import WORDS
from reach.formats.record import Options
from reach.outcomes.law import outcome
from reach.vocabulary import Seen, Transport

if TYPE_CHECKING:
    from drive import Driver

SENT: dict[str, Any] = {
    "uuid": "0199bb98-3637-778d-9dfc-0ab85c950d7c",
    "id": 4105426,
    "contact": {"uuid": "d33e9ad5-5c35-414c-abd4-e7451c69ff1d", "name": "Siti Rahma"},
    "urn": "tel:+6281234567890",
    "channel": {"uuid": "9a8b001e-a913-486c-80f4-1356e23f582e", "name": "Telkomsel"},
    "flow": {"uuid": "254fd2ff-4990-4621-9536-0a448d313692", "name": "Vaksinasi"},
    "direction": "out",
    "type": "text",
    "status": "sent",
    "visibility": "visible",
    "text": "Besok ada posyandu.",
    "labels": [],
    "created_on": "2016-01-06T15:33:00.813162+00:00",
    "sent_on": "2016-01-06T15:35:03.675716+00:00",
    "modified_on": "2016-01-06T15:36:00Z",
}
URNS = ("tel:12345", "whatsapp:6281234567890", "whatsapp:ID.x1", "bsuid:ID.x1", "telegram:3527065",
        "mailto:Siti@example.org", "ext:15")  # fmt: skip
MESSAGES: list[dict[str, Any]] = [
    *(SENT | {"status": word.said, "uuid": f"u{at}"} for at, word in enumerate(WORDS)),
    *(
        SENT | {"status": word.said, "uuid": f"n{at}", "sent_on": None}
        for at, word in enumerate(WORDS)
    ),
    *(SENT | {"urn": urn, "status": "delivered", "uuid": urn} for urn in URNS),
    *(SENT | {"direction": "in", "status": said, "uuid": said} for said in ("handled", "queued")),
    SENT | {"type": "voice", "uuid": "v"},
    SENT | {"type": "ivr", "uuid": None, "id": 17},
    {key: said for key, said in SENT.items() if key != "uuid"} | {"id": 18},
]
ANONYMOUS = SENT | {"urn": None, "uuid": "anonymous"}
PAGE = {"next": None, "previous": "https://example.org/?cursor=x", "results": [SENT]}
NAMED = Options(format="rapidpro")
PLACED = Options(
    format="rapidpro", fields={"campaign": "flow.name", "region": "id"}, set={"channel": "sms"}
)
CHANNELED = Options(format="rapidpro", fields={"channel": "channel.name"})


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**40),
    options=st.sampled_from([NAMED, PLACED, CHANNELED]),
    batches=st.booleans(),
)
def test_on_damaged_records(driver: Driver, seed: int, options: Options, *, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make([*MESSAGES, ANONYMOUS, PAGE], seed, 100))
    driver.agrees(path, options, 1_780_000_000_000_000)


ODD = (
    None, "", 0, 5, -1, 1.5, 10**20, True, [], {}, ["x"], "in", "out", "IN", "sent", "delivered", "read",
    "queued", "handled", "errored", "failed", "voice", "ivr", "tel:", "tel:+62811", "tel:a\nb", "Tel:+1",
    "+62811", ":1", "whatsapp:+62811", "whatsapp:62 811", "whatsapp:", "whatsapp:++62", "é:1", "telé:1",
    "tel2:1", "2tel:1", 'mailto:a"b@c', "telegram:é", "x" * 70 + ":1", "2016-01-06T15:33:00Z",
    "2016-01-06 15:33:00 UTC", "2016-01-06 15:33:00", "2016-02-30T15:33:00Z", "2999-01-01T00:00:00Z",
    "2016-01-06T24:00:00Z", "2016-01-06T15:33:60Z", "2016-01-06t15:33:00.1234567z", {"uuid": 5},
    {"uuid": ""}, {"uuid": "c"}, "\\", "é\\", [SENT],
)  # fmt: skip
KEYS = ("uuid", "id", "direction", "status", "type", "urn", "contact", "created_on", "sent_on",
        "modified_on", "results", "next", "previous")  # fmt: skip


def test_on_each_odd_value_alone(driver: Driver) -> None:
    bases = [SENT | {"status": said} for said in ("delivered", "queued", "sent")]
    bases += [ANONYMOUS, SENT | {"direction": "in", "status": "handled"}, SENT | {"uuid": None}]
    records = [base | {key: said} for base in bases for key in KEYS for said in ODD]
    path = driver.folder / "each.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for options in (NAMED, PLACED):
        balance = driver.agrees(path, options, 1_780_000_000_000_000).ingested.balance
        assert min(balance.accepted, balance.rejected, balance.without_event) > 100


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_on_odd_values_together(driver: Driver, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    lines = [json.dumps(SENT)]
    for _ in range(200):
        record = dict(chance.choice([*MESSAGES, ANONYMOUS]))
        for key in chance.sample(KEYS, chance.choice([1, 2, 3])):
            record[key] = chance.choice(ODD)
        lines.append(json.dumps(record, ensure_ascii=chance.random() < 0.5))
    path = driver.folder / "odd.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    driver.agrees(path, chance.choice([NAMED, PLACED, CHANNELED]), 1_780_000_000_000_000)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_layout_of_the_same_messages_comes_to_the_same(
    driver: Driver, pack: type[bytes]
) -> None:
    half = len(MESSAGES) // 2
    link = "https://example.org/api/v2/messages.json?cursor=x"
    pages = [
        {"next": link, "previous": None, "results": MESSAGES[:half]},
        {"next": link, "previous": link, "results": []},
        {"next": None, "previous": link, "results": MESSAGES[half:]},
    ]
    whole = {"next": None, "previous": None, "results": MESSAGES}
    layouts = {
        "lines": "\n".join(map(json.dumps, MESSAGES)),
        "array": json.dumps(MESSAGES),
        "document": json.dumps(MESSAGES, indent=1),
        "page": json.dumps(whole),
        "pretty page": json.dumps(whole, indent=2),
        "pages": "\n".join(map(json.dumps, pages)),
        "pretty pages": "\n".join(json.dumps(each, indent=2) for each in pages),
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name.replace(" ", "-")
        path.write_bytes(pack(text.encode()))
        run = driver.agrees(path)
        balance = run.ingested.balance
        assert (balance.records, balance.rejected) == (len(MESSAGES), 0), name
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


@pytest.mark.parametrize(
    "line",
    [
        json.dumps(SENT | {"text": "x" * (1 << 20)}),
        json.dumps(SENT | {"urn": "tel:" + "1" * (1 << 20)}),
        json.dumps(SENT)[:-1] + ', "x": ' + "[" * 4000 + "]" * 4000 + "}",
        json.dumps(SENT)[:-1] + ', "contact": ' + '{"uuid":' * 4000 + "1" + "}" * 4000 + "}",
        json.dumps(SENT)[:-30],
    ],
)
def test_huge_deep_and_cut_records_are_judged_like_any_other(driver: Driver, line: str) -> None:
    path = driver.folder / "huge.ndjson"
    path.write_text(f"{json.dumps(SENT)}\n{line}\n{json.dumps(SENT)}\n", encoding="utf-8")
    balance = driver.agrees(path).ingested.balance
    assert (balance.records, balance.without_event) == (3, 0)


# What the documents warn of, as the law has it.


def seen(driver: Driver, *records: dict[str, Any]) -> Seen:
    path = driver.folder / "trap.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    [row] = driver.agrees(path, NAMED).rows
    return Seen(row["bits"])


def test_a_snapshot_tells_two_things_and_is_one_message(driver: Driver) -> None:
    assert seen(driver, SENT | {"status": "delivered"}) == Seen.SENT | Seen.DELIVERED_CARRIER
    later = seen(driver, SENT, SENT | {"status": "read"})
    assert later == Seen.SENT | Seen.READ


def test_an_answer_beside_the_message_is_no_engagement(driver: Driver) -> None:
    answer = SENT | {"direction": "in", "status": "handled", "uuid": "another", "text": "Ya"}
    assert seen(driver, SENT, answer) == Seen.SENT


def test_a_message_that_is_tried_again_is_not_yet_failed(driver: Driver) -> None:
    tried = seen(driver, SENT | {"status": "errored", "sent_on": None})
    assert outcome(tried, horizon_passed=False).transport is Transport.PENDING
    failed = seen(driver, SENT | {"status": "failed", "sent_on": None})
    assert (failed, outcome(failed, horizon_passed=False).transport) == (
        Seen.FAILED_UNSURE,
        Transport.FAILED,
    )

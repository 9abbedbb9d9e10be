"""The law "fast equals exact" on Twilio's records in all their forms, and the traps in the law."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged_batches, damaged_lines

from reach.formats.record import Options
from reach.formats.twilio.words import CODES, WORDS
from reach.outcomes.law import outcome
from reach.vocabulary import Seen, Transport

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "twilio"
PAGE: dict[str, Any] = json.loads((SAMPLES / "page.json").read_text("utf-8"))
SENT = PAGE["messages"][0]
MESSAGES: list[dict[str, Any]] = [
    *PAGE["messages"],
    *map(json.loads, (SAMPLES / "messages.ndjson").read_text("utf-8").splitlines()),
    *(
        SENT | {"sid": f"SM{place}", "status": word.said, "error_code": int(code.said)}
        for place, (word, code) in enumerate(zip(WORDS, CODES * 2, strict=False))
    ),
    SENT | {"status": "delivered", "date_sent": "2019-05-24T17:44:50Z", "date_updated": None},
    SENT | {"price": -0.0075, "to": "whatsapp:+6281234567890", "status": "delivered"},
    {key: said for key, said in SENT.items() if key != "price_unit"},
]
CALLBACK = {
    "MessageSid": "SM1",
    "MessageStatus": "delivered",
    "To": "+6281234567890",
    "AccountSid": SENT["account_sid"],
    "received_at": "2019-05-24T17:44:52+07:00",
}
CALLBACKS: list[dict[str, Any]] = [
    *(CALLBACK | {"MessageStatus": word.said} for word in WORDS),
    *(CALLBACK | {"MessageStatus": "undelivered", "ErrorCode": each.said} for each in CODES),
    CALLBACK | {"received_at": None, "RawDlrDoneDate": "1905241745", "ErrorCode": 30003},
    CALLBACK | {"received_at": "", "RawDlrDoneDate": 190524174559, "ErrorCode": "0"},
    CALLBACK | {"To": "whatsapp:+6281234567890"},
    CALLBACK | {"To": "messenger:1234567890", "SmsSid": "SM2", "SmsStatus": "sent"},
    {"SmsSid": "SM3", "SmsStatus": "read", "To": "rcs:+6281"},
]
FORMS = {"callbacks": CALLBACKS, "messages": MESSAGES, "both": [*CALLBACKS, *MESSAGES, PAGE]}
NAMED = Options(format="twilio")
PLACED = Options(
    format="twilio",
    fields={"region": "AccountSid", "segment": "messaging_service_sid", "currency": "price_unit"},
    set={"purpose": "service"},
)
PRICED = Options(format="twilio", set={"currency": "USD", "recipient": "x"})


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**40),
    form=st.sampled_from(list(FORMS)),
    options=st.sampled_from([NAMED, PLACED, PRICED]),
    batches=st.booleans(),
)
def test_on_damaged_records(
    driver: Driver, seed: int, form: str, options: Options, *, batches: bool
) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make(FORMS[form], seed, 120))
    driver.agrees(path, options, 1_780_000_000_000_000)


ODD = (
    None, "", 0, 5, -1, 1.5, 1e-7, 10**20, True, [], {}, ["x"], "0", "00", "030003", "30003", "-0.00750",
    "0.0000001", "+1.5", "1,5", ".5", "5.", "1e3", "999999999999", "usd", "Usd", "ußd", "EURO",
    "1905241745", "190524174559", "1902301745", "19052417", "sent", "undelivered", "partially_delivered",
    "SENT", "inbound", "outbound-api", "whatsapp:+62811", "whatsapp:+62 811", "whatsapp:62811",
    "Whatsapp:+62811", "a:b:+1", ":+62811", "6.28E+12", "62E+3", "+62811", 'whatsapp:+"', "rcs:é",
    "Fri, 24 May 2019 17:44:50 +0000", "Mon, 24 May 2019 17:44:50 +0000", "24 May 2019 17:44:50 GMT",
    "Fri, 31 Feb 2019 17:44:50 +0000", "Fri, 24 May 2019 24:00:00 +0000", "Fri, 24 may 2019 17:44:50 +0000",
    "Fri, 4 May 2019 17:44:50 +0000", "Fri, 24 May 2019 17:44:50 -0800", "Fri, 24 May 2019 17:44:60 +0000",
    "2019-05-24T17:44:50Z", "2019-05-24t17:44:50.5+07:00", "2019-05-24 17:44:50Z", "2019-02-30T00:00:00Z",
    "2019-05-24T24:00:00Z", "2019-05-24", "2999-01-01T00:00:00Z", "\n", "é\\",
)  # fmt: skip
KEYS = {
    "callbacks": ("MessageSid", "SmsSid", "MessageStatus", "SmsStatus", "To", "ErrorCode", "Direction",
                  "received_at", "RawDlrDoneDate", "sid", "page_size"),
    "messages": ("sid", "status", "to", "error_code", "direction", "date_sent", "date_updated",
                 "date_created", "price", "price_unit", "SmsSid", "MessageStatus", "page_size",
                 "messages"),
}  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**40), form=st.sampled_from(list(KEYS)))
def test_on_odd_values_where_they_count(driver: Driver, seed: int, form: str) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    lines = []
    for _ in range(300):
        record = dict(chance.choice(FORMS[form]))
        for key in chance.sample(KEYS[form], chance.choice([0, 1, 1, 2])):
            record[key] = chance.choice(ODD)
        lines.append(json.dumps(record, ensure_ascii=chance.random() < 0.5))
    path = driver.folder / "odd.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    driver.agrees(path, chance.choice([NAMED, PLACED, PRICED]), 1_780_000_000_000_000)


@pytest.mark.parametrize("form", list(KEYS))
def test_on_each_odd_value_alone(driver: Driver, form: str) -> None:
    records = [FORMS[form][0]]
    for said in ("delivered", "undelivered", "queued", "sent"):
        base = FORMS[form][0] | {KEYS[form][2 if form == "callbacks" else 1]: said}
        records += [base | {key: value} for key in KEYS[form] for value in ODD]
    path = driver.folder / "each.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    balance = driver.agrees(path, NAMED).ingested.balance
    assert min(balance.accepted, balance.rejected) > 100
    assert balance.without_event > 1


def _form(record: dict[str, Any]) -> bytes:
    return urlencode({key: said for key, said in record.items() if said is not None}).encode()


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_bodies_of_forms_balance_whatever_is_in_them(driver: Driver, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    lines = [_form(CALLBACK)]
    for _ in range(100):
        body = bytearray(_form(chance.choice(CALLBACKS)))
        for _ in range(chance.choice([0, 0, 1, 3])):
            body[chance.randrange(len(body))] = chance.choice(b'%&=+ \xff{["')
        lines.append(bytes(body))
    path = driver.folder / "forms.txt"
    path.write_bytes(b"\n".join(lines))
    driver.agrees(path)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_rows_of_the_console_balance_whatever_is_in_them(driver: Driver, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    header = "From,To,Body,Status,SentDate,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit"
    row = (
        b'+1201,+6281,"two\nlines",delivered,2019-05-24T17:44:50Z,0,AC,SM1,outbound-api,-0.0075,USD'
    )
    lines = [header.encode(), row]
    for _ in range(60):
        changed = bytearray(row)
        for _ in range(chance.choice([0, 0, 1, 2])):
            changed[chance.randrange(len(changed))] = chance.choice(b'",\n;x5-\xff')
        lines.append(bytes(changed))
    path = driver.folder / "console.csv"
    path.write_bytes(b"\r\n".join(lines))
    driver.agrees(path)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_layout_of_the_same_messages_comes_to_the_same(
    driver: Driver, pack: type[bytes]
) -> None:
    page = PAGE | {"messages": MESSAGES}
    half = len(MESSAGES) // 2
    pages = [PAGE | {"messages": part} for part in (MESSAGES[:half], [], MESSAGES[half:])]
    layouts = {
        "lines": "\n".join(map(json.dumps, MESSAGES)),
        "array": json.dumps(MESSAGES),
        "document": json.dumps(MESSAGES, indent=1),
        "page": json.dumps(page),
        "long page": json.dumps({"filler": "x" * 300_000} | page),
        "pretty page": json.dumps(page, indent=2),
        "pages": "\n".join(map(json.dumps, pages)),
        "pretty pages": "\n".join(json.dumps(each, indent=2) for each in pages),
        "an array of pages": json.dumps(pages, indent=1),
        "a page and lines": "\n".join(map(json.dumps, [pages[0], *MESSAGES[half:]])),
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name.replace(" ", "-")
        path.write_bytes(pack(text.encode()))
        run = driver.agrees(path)
        if name != "a page and lines":  # where most are lines a page is one record of many events
            assert run.ingested.balance.records == len(MESSAGES), name
        assert run.ingested.balance.rejected == 0
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_a_bad_message_costs_a_page_only_itself(driver: Driver) -> None:
    page = PAGE | {"messages": [SENT, SENT | {"status": "terkirim"}, 5, SENT]}
    for indent in (None, 1):
        path = driver.folder / "page.json"
        path.write_text(json.dumps(page, indent=indent), encoding="utf-8")
        run = driver.agrees(path)
        assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (2, 2)
        assert [one["record"] for one in run.rejections] == [2, 3]
        assert run.rejections[0]["path"] == "$.status"


def test_an_empty_page_is_an_empty_file(driver: Driver) -> None:
    balance = driver.agrees(SAMPLES / "empty-pages.ndjson").ingested.balance
    assert balance.records == 0


def test_a_file_that_goes_over_to_another_form(driver: Driver) -> None:
    lines = [json.dumps(each) for each in (*CALLBACKS * 3, *MESSAGES, PAGE)]
    path = driver.folder / "over.ndjson"
    for ordered in (lines, lines[::-1]):
        path.write_text("\n".join(ordered), encoding="utf-8")
        assert driver.agrees(path).ingested.balance.rejected == 0


# What the documents warn of, as the law has it.


def bits(driver: Driver, *records: dict[str, Any]) -> Seen:
    path = driver.folder / "trap.ndjson"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    [row] = driver.agrees(path).rows
    return Seen(row["bits"])


def said(status: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return CALLBACK | {"MessageStatus": status} | more


def test_a_message_that_stays_sent_is_unknown_past_its_horizon(driver: Driver) -> None:
    for records in ([said("queued"), said("sent")], [SENT]):
        seen = bits(driver, *records)
        assert outcome(seen, horizon_passed=True).transport is Transport.UNKNOWN
        assert outcome(seen, horizon_passed=False).transport is Transport.PENDING


def test_order_does_not_matter(driver: Driver) -> None:
    records = [said("queued"), said("delivered"), said("sent")]
    assert bits(driver, *records) == bits(driver, *reversed(records))


def test_a_snapshot_and_its_callbacks_are_one_message(driver: Driver) -> None:
    snapshot = SENT | {"status": "delivered", "sid": "SM1", "to": CALLBACK["To"]}
    together = bits(driver, said("queued"), said("sent"), said("delivered"), snapshot)
    assert together == Seen.QUEUED | Seen.SENT | Seen.DELIVERED_CARRIER
    assert bits(driver, snapshot) == Seen.SENT | Seen.DELIVERED_CARRIER


def test_failed_is_not_sent_and_undelivered_is(driver: Driver) -> None:
    refused = bits(driver, said("queued"), said("failed", ErrorCode="21610"))
    assert outcome(refused, horizon_passed=True).transport is Transport.NOT_SENT
    missed = bits(driver, said("sent"), said("undelivered", ErrorCode="30003"))
    assert outcome(missed, horizon_passed=True).transport is Transport.FAILED


def test_partially_delivered_is_a_failure_nobody_calls_final(driver: Driver) -> None:
    assert bits(driver, said("partially_delivered", ErrorCode="30005")) == Seen.FAILED_UNSURE


def test_whatsapp_by_way_of_twilio_is_confirmed_by_the_device(driver: Driver) -> None:
    assert bits(driver, said("delivered", To="whatsapp:+62811")) == Seen.DELIVERED_DEVICE


def test_a_message_without_a_time_has_none(driver: Driver) -> None:
    path = driver.folder / "untimed.ndjson"
    path.write_text(json.dumps(said("sent", received_at=None)), encoding="utf-8")
    run = driver.agrees(path)
    assert run.ingested.untimed == 1
    assert run.rows[0]["first_at"] is None


def test_costs_are_kept_in_millionths(driver: Driver) -> None:
    path = driver.folder / "costs.ndjson"
    path.write_text(json.dumps(SENT), encoding="utf-8")
    [row] = driver.agrees(path).rows
    assert (row["cost_micros"], row["currency"]) == (7500, "USD")

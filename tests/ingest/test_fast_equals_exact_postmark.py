"""The law "fast equals exact" on Postmark's records in all their layouts, and the traps in the law."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged_batches, damaged_lines

from reach.formats.postmark.format import PostmarkFormat
from reach.formats.postmark.words import BOUNCES
from reach.formats.record import Options
from reach.outcomes.law import outcome
from reach.vocabulary import Seen, Transport

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "postmark"
BODIES: list[dict[str, Any]] = [
    json.loads(line) for line in (SAMPLES / "webhooks.ndjson").read_text("utf-8").splitlines()
]
BOUNCE, DELIVERY, OPEN, CLICK, COMPLAINT, UNSUBSCRIBED = BODIES[:6]
OF_OLD = {key: said for key, said in BOUNCE.items() if key != "RecordType"}
RECORDS: list[dict[str, Any]] = [
    *BODIES,
    *(BOUNCE | {"Type": word.said.split()[1], "TypeCode": code} for code, word in BOUNCES.items()),
    *(BOUNCE | {"Type": None, "TypeCode": code} for code in BOUNCES),
    OF_OLD,
    OF_OLD | {"Type": "SpamComplaint"},
    *(BOUNCE | {"Details": said} for said in ("smtp;550-5.7.1 no", "5.2.2", None, "x\r\ny")),
    *(UNSUBSCRIBED | {"Origin": said} for said in ("Customer", "Admin")),
    *(UNSUBSCRIBED | {"SuppressionReason": said} for said in ("HardBounce", "SpamComplaint")),
    UNSUBSCRIBED | {"MessageID": None},
    {"RecordType": "Inbound", "MessageID": "m"},
    *(DELIVERY | {"Metadata": {"wilayah": said}} for said in ("3273", 3273, ["3273"], [], {})),
]
PAGE = {"TotalCount": 1, "Bounces": [OF_OLD]}
NAMED = Options(format="postmark")
PLACED = Options(
    format="postmark",
    fields={"region": "Metadata.wilayah", "campaign": "Tag", "segment": "MessageStream"},
    set={"purpose": "service"},
)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans(), batches=st.booleans())
def test_on_damaged_records(driver: Driver, seed: int, *, placed: bool, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(make([*RECORDS, PAGE], seed, 120))
    driver.agrees(path, PLACED if placed else NAMED, 1_780_000_000_000_000)


ODD: tuple[Any, ...] = (
    None, "", " ", 0, 1, True, False, 1.0, 512, "512", 10**20, [], {}, ["x"], "true", "Bounce", "Delivery",
    "Bounce HardBounce", "SubscriptionChange reactivated", "SubscriptionChange without MessageID", "Inbound",
    "HardBounce", "hardbounce", "AutoResponder", "ManualSuppression", "ManualSuppression Recipient", "Recipient",
    "Customer", "SpamComplaint", "5.1.1", "smtp;550 5.1.1\u0000", "smtp; 5.7.1.1", "\\5.1.1", "é@x", "a\\b",
    "2014-08-01T13:28:10.9999999-04:00", "2014-08-01T13:28:10.0000004Z", "2014-08-01t13:28:10.5z",
    "2014-08-01T13:28:10.1234567890Z", "2014-08-01T13:28:10.2735393", "2014-08-01 13:28:10Z",
    "2014-02-30T00:00:00.0000000Z", "1969-12-31T23:59:59.9999999Z", "2999-01-01T00:00:00Z",
)  # fmt: skip
KEYS = ("RecordType", "Type", "TypeCode", "MessageID", "Recipient", "Email", "Details", "BouncedAt",
        "DeliveredAt", "ReceivedAt", "ChangedAt", "SuppressSending", "SuppressionReason", "Origin",
        "Bounces", "TotalCount")  # fmt: skip


def test_on_each_odd_value_alone(driver: Driver) -> None:
    bases = (BOUNCE, OF_OLD, DELIVERY, OPEN, COMPLAINT, UNSUBSCRIBED)
    records = [base | {key: odd} for base in bases for key in KEYS for odd in ODD]
    path = driver.folder / "each.ndjson"
    path.write_text("\n".join(map(json.dumps, [DELIVERY, *records])), encoding="utf-8")
    balance = driver.agrees(path, NAMED, 1_780_000_000_000_000).ingested.balance
    assert min(balance.accepted, balance.rejected) > 500
    assert balance.without_event > 5


def test_seven_digits_are_cut_to_microseconds(driver: Driver) -> None:
    path = driver.folder / "times.ndjson"
    times = {
        "2014-08-01T13:28:10.2735399-04:00": 1406914090273539,
        "2014-08-01T13:28:59.9999999Z": 1406899739999999,
        "1969-12-31T23:59:59.9999999Z": -1,
    }
    records = [DELIVERY | {"DeliveredAt": at, "Recipient": f"{at}@x"} for at in times]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    run = driver.agrees(path)
    assert sorted(row["delivered_at"] for row in run.rows) == sorted(times.values())


def test_the_columns_leave_nothing_sound_to_the_judge(driver: Driver) -> None:
    path = driver.folder / "sound.ndjson"
    sound = [each for each in RECORDS if each.get("Details") != "x\r\ny"]
    path.write_text("\n".join(map(json.dumps, sound)), encoding="utf-8")
    log = driver.open(path, NAMED)
    told = PostmarkFormat().tokens(log, numbered=True)
    left = f"SELECT count(*) FROM ({told}) WHERE event IS NULL AND NOT no_event"
    assert driver.engine.execute(left).fetchone() == (0,)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_layout_of_the_same_records_comes_to_the_same(
    driver: Driver, pack: type[bytes]
) -> None:
    half = len(RECORDS) // 2
    pages = [PAGE | {"Bounces": part} for part in (RECORDS[:half], [], RECORDS[half:])]
    layouts = {
        "lines": "\n".join(map(json.dumps, RECORDS)),
        "bodies": f"{json.dumps(RECORDS[:9])}\n\n{json.dumps(RECORDS[9:])}\n",
        "one line": json.dumps(RECORDS),
        "document": json.dumps(RECORDS, indent=2),
        "one after another": "".join(map(json.dumps, RECORDS)),
        "pretty records": "\n".join(json.dumps(each, indent=1) for each in RECORDS),
        "page": json.dumps(PAGE | {"Bounces": RECORDS}),
        "pretty page": json.dumps(PAGE | {"Bounces": RECORDS}, indent=1),
        "pages": "\n".join(map(json.dumps, pages)),
        "CRLF": "\r\n".join(map(json.dumps, RECORDS)),
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name.replace(" ", "-")
        path.write_bytes(pack(text.encode()))
        run = driver.agrees(path)
        assert run.ingested.balance.records == len(RECORDS), name
        assert run.ingested.balance.rejected == 0
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_what_is_cut_costs_only_itself(driver: Driver) -> None:
    whole = json.dumps(BODIES[:3])
    path = driver.folder / "cut"
    path.write_text(f"{whole}\n{whole[:-30]}\n{whole}\n", encoding="utf-8")
    run = driver.agrees(path)
    assert (run.ingested.balance.records, run.ingested.balance.rejected) == (7, 1)
    path.write_text(json.dumps(BODIES[:3], indent=1)[:-30], encoding="utf-8")
    run = driver.agrees(path)
    assert (run.ingested.balance.accepted, run.ingested.balance.rejected) == (2, 1)


def test_megabytes_and_thousands_of_levels(driver: Driver) -> None:
    sound = json.dumps(DELIVERY)
    deep = sound[:-1] + ', "a": ' + "[" * 9000
    path = driver.folder / "huge"
    lines = [sound, sound[:-1] + ', "more": "' + "x" * (2 << 20) + '"}', deep + "]" * 9000 + "}"]
    path.write_text("\n".join([*lines, deep, "[" * 9000, sound]), encoding="utf-8")
    balance = driver.agrees(path).ingested.balance
    assert (balance.records, balance.accepted, balance.rejected) == (6, 4, 2)


# What the documents warn of, as the law has it.


def bits(driver: Driver, *records: dict[str, Any]) -> Seen:
    path = driver.folder / "trap.ndjson"
    same = {"MessageID": "m", "Recipient": "a@x.org", "Email": "a@x.org"}
    path.write_text("\n".join(json.dumps(each | same) for each in records), encoding="utf-8")
    [row] = driver.agrees(path).rows
    return Seen(row["bits"])


def test_an_answer_of_a_program_changes_nothing(driver: Driver) -> None:
    for name in ("AutoResponder", "ChallengeVerification", "AddressChange", "Subscribe"):
        assert bits(driver, DELIVERY, BOUNCE | {"Type": name}) == Seen.DELIVERED_CARRIER


def test_a_bounce_and_the_change_that_it_led_to_are_one_failure(driver: Driver) -> None:
    change = UNSUBSCRIBED | {"SuppressionReason": "HardBounce"}
    assert bits(driver, BOUNCE, change) == Seen.FAILED_PERMANENT
    complained = bits(driver, COMPLAINT, change | {"SuppressionReason": "SpamComplaint"})
    assert complained == Seen.COMPLAINED


def test_a_block_of_what_was_delivered_is_no_dead_address(driver: Driver) -> None:
    seen = bits(driver, DELIVERY, BOUNCE | {"Type": "SpamNotification"})
    assert seen == Seen.DELIVERED_CARRIER | Seen.FAILED_TEMPORARY
    assert outcome(seen, horizon_passed=True).transport is Transport.DELIVERED


def test_what_was_not_taken_for_sending_is_not_sent(driver: Driver) -> None:
    for name in ("SMTPApiError", "TemplateRenderingFailed"):
        seen = bits(driver, BOUNCE | {"Type": name})
        assert outcome(seen, horizon_passed=True).transport is Transport.NOT_SENT


def test_opens_count_with_the_machines_and_clicks_do_not(driver: Driver) -> None:
    assert bits(driver, OPEN, CLICK) == Seen.OPENED_UNSURE | Seen.CLICKED_HUMAN

"""Postmark's webhooks as it sends them, and what each of them means."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.postmark.format import PostmarkFormat
from reach.formats.postmark.words import BOUNCES
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.vocabulary import Event, Reason

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "postmark"
BODIES = [
    json.loads(line) for line in (SAMPLES / "webhooks.ndjson").read_text("utf-8").splitlines()
]
BOUNCE, DELIVERY, OPEN, CLICK, COMPLAINT, UNSUBSCRIBED, REACTIVATED, TAKEN_OFF = BODIES
POSTMARK = PostmarkFormat()

# By hand: what the interface answers to GET /bounces, in the shape that its documents show.
PAGE: dict[str, Any] = {
    "TotalCount": 2,
    "Bounces": [
        BOUNCE,
        {key: said for key, said in BOUNCE.items() if key != "RecordType"} | {"Type": "Blocked"},
    ],
}


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


def events(value: dict[str, Any], options: Options | None = None) -> list[dict[str, Any]]:
    log = opened(SAMPLES / "webhooks.ndjson", options)
    return POSTMARK.events(Record(1, 1, "", value), log)


def test_the_samples() -> None:
    found = [events(body) for body in BODIES]
    assert [[each["event"] for each in told] for told in found] == [
        ["failed"], ["delivered"], ["opened"], ["clicked"], ["complained"], ["unsubscribed"], [],
        ["failed"],
    ]  # fmt: skip
    assert found[0][0] == {
        "message_id": "2706ee8a-737c-4285-b032-ccd317af53ed",
        "event": "failed",
        "channel": "email",
        "provider": "postmark",
        "recipient": "bounce@example.com",
        "occurred_at": "2016-04-27T16:28:50.3963933-04:00",
        "permanent": True,
        "reason": "no_mailbox",
    }
    assert found[1][0]["receipt"] == "carrier"
    assert [told[0]["occurred_at"] for told in found[1:6]] == [
        "2014-08-01T13:28:10.2735393-04:00", "2016-04-27T16:21:41.2493688-04:00",
        "2017-10-25T15:21:11.9065619Z", "2016-04-27T16:28:50.3963933-04:00", "2022-06-05T17:17:32Z",
    ]  # fmt: skip


TYPES = {
    (1, "HardBounce"): ("failed", True, None),
    (2, "Transient"): ("failed", False, None),
    (16, "Unsubscribe"): ("unsubscribed", None, None),
    (32, "Subscribe"): None,
    (64, "AutoResponder"): None,
    (128, "AddressChange"): None,
    (256, "DnsError"): ("failed", False, "network"),
    (512, "SpamNotification"): ("failed", False, "spam_block"),
    (1024, "OpenRelayTest"): None,
    (2048, "Unknown"): ("failed", None, None),
    (4096, "SoftBounce"): ("failed", False, None),
    (8192, "VirusNotification"): ("failed", None, "content_rejected"),
    (16384, "ChallengeVerification"): None,
    (100000, "BadEmailAddress"): ("failed", True, "no_mailbox"),
    (100001, "SpamComplaint"): ("complained", None, None),
    (100002, "ManuallyDeactivated"): ("failed", True, "suppressed"),
    (100003, "Unconfirmed"): ("failed", None, None),
    (100006, "Blocked"): ("failed", False, "reputation_block"),
    (100007, "SMTPApiError"): ("rejected", None, None),
    (100008, "InboundError"): None,
    (100009, "DMARCPolicy"): ("failed", False, "policy"),
    (100010, "TemplateRenderingFailed"): ("rejected", None, "other"),
}


@pytest.mark.parametrize(("number", "name"), list(TYPES))
def test_each_type_of_bounce_by_name_and_by_number(number: int, name: str) -> None:
    wanted = TYPES[number, name]
    plain = BOUNCE | {"Details": "test bounce"}
    for said in ({"Type": name, "TypeCode": number}, {"Type": name, "TypeCode": 5},
                 {"Type": name, "TypeCode": None}, {"Type": None, "TypeCode": number}):  # fmt: skip
        found = events(plain | said)
        told = [(each["event"], each.get("permanent"), each.get("reason")) for each in found]
        assert told == ([] if wanted is None else [wanted])
    assert set(TYPES) == {(code, word.said.split()[1]) for code, word in BOUNCES.items()}


@pytest.mark.parametrize("name", ["SpamNotification", "Blocked", "DMARCPolicy"])
def test_a_block_is_no_dead_address_whatever_the_server_said(name: str) -> None:
    [told] = events(BOUNCE | {"Type": name})  # its Details say 5.1.1
    assert (told["permanent"], told["reason"] != Reason.NO_MAILBOX) == (False, True)


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ("smtp;550 5.7.1 blocked", "policy"),
        ("smtp;552-5.2.2 over quota", "mailbox_full"),
        ("5.1.10 RESOLVER.ADR", "domain_error"),
        ("action: failed\r\n", None),
        ("", None),
        (None, None),
        (["5.1.1"], None),
    ],
)
def test_why_is_apart_from_whether_for_good(details: object, why: str | None) -> None:
    for name, permanent in (("HardBounce", True), ("SoftBounce", False), ("Unknown", None)):
        [told] = events(BOUNCE | {"Type": name, "Details": details})
        assert (told.get("permanent"), told.get("reason")) == (permanent, why)


def test_answers_that_are_no_failures_hold_no_event() -> None:
    for name in ("AutoResponder", "Subscribe", "AddressChange", "ChallengeVerification"):
        assert events(BOUNCE | {"Type": name}) == []


def test_a_complaint_is_one_whatever_its_number_says() -> None:
    assert COMPLAINT["TypeCode"] == 512  # which elsewhere is SpamNotification
    for more in ({}, {"Type": None}, {"RecordType": "Bounce"}):
        assert events(COMPLAINT | {"TypeCode": 100001} | more)[0]["event"] == "complained"
    assert events(COMPLAINT)[0]["event"] == "complained"


@pytest.mark.parametrize(
    ("change", "event"),
    [
        ({}, Event.UNSUBSCRIBED),
        ({"SuppressionReason": "HardBounce"}, Event.FAILED),
        ({"SuppressionReason": "HardBounce", "Origin": None}, Event.FAILED),
        ({"SuppressionReason": "SpamComplaint"}, Event.COMPLAINED),
        ({"Origin": "Customer"}, None),
        ({"Origin": "Admin"}, None),
        ({"MessageID": None}, None),
        ({"MessageID": None, "Origin": "Customer"}, None),
        ({"MessageID": None, "SuppressSending": False}, None),
        ({"SuppressSending": False, "SuppressionReason": "HardBounce"}, None),
    ],
)
def test_a_change_of_a_subscription(change: dict[str, Any], event: Event | None) -> None:
    found = events(UNSUBSCRIBED | change)
    assert [each["event"] for each in found] == [event] * (event is not None)
    assert all(each.get("permanent") is (True if event is Event.FAILED else None) for each in found)


def test_postmark_can_not_tell_who_opened_or_clicked() -> None:
    for client in ({"FirstOpen": False}, {"Client": {"Name": "Apple Mail"}, "Platform": "Mobile"}):
        assert "machine" not in events(OPEN | client)[0]
        assert "machine" not in events(CLICK | client)[0]


def test_the_recipient_is_one_of_two_keys() -> None:
    assert events(DELIVERY | {"Recipient": None, "Email": "e@x.org"})[0]["recipient"] == "e@x.org"
    assert events(BOUNCE | {"Recipient": "r@x.org"})[0]["recipient"] == "r@x.org"


def test_messages_to_the_office_hold_no_event() -> None:
    assert events({"RecordType": "Inbound", "MessageID": "m", "FromFull": {}}) == []


def test_labels() -> None:
    places = {"region": "Metadata.cohort", "campaign": "Tag", "segment": "MessageStream"}
    options = Options(fields=places, set={"channel": "nl"})
    [told] = events(DELIVERY | {"MessageStream": "broadcast"}, options)
    assert [told[name] for name in (*places, "channel")] == [
        "2014-08-A", "welcome-email", "broadcast", "nl",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "change", "said"),
    [
        (
            BOUNCE,
            {"RecordType": "Bounced"},
            '$.RecordType: got "Bounced", expected one of Delivery',
        ),
        (BOUNCE, {"RecordType": 5}, "$.RecordType: got 5, expected a word"),
        (DELIVERY, {"RecordType": None}, "$.RecordType: got nothing, expected one of Postmark's"),
        (BOUNCE, {"RecordType": "Bounce HardBounce"}, '$.RecordType: got "Bounce HardBounce"'),
        (BOUNCE, {"Type": "Hardbounce"}, "did you mean HardBounce?"),
        (BOUNCE, {"Type": ["HardBounce"]}, "$.Type: got a list of 1, expected a word"),
        (BOUNCE, {"Type": None, "TypeCode": 3}, "$.TypeCode: got 3, expected one of Postmark's"),
        (BOUNCE, {"Type": None, "TypeCode": True}, "$.TypeCode: got true, expected"),
        (BOUNCE, {"Type": None, "TypeCode": None}, "$.Type: got nothing, expected"),
        (BOUNCE, {"BouncedAt": None}, "$.BouncedAt: got nothing, expected a time with its zone"),
        (BOUNCE, {"Email": None}, "$.Recipient: got nothing, expected the recipient's address"),
        (BOUNCE, {"MessageID": 5}, "$.MessageID: got 5, expected the message's id"),
        (UNSUBSCRIBED, {"SuppressSending": None}, "$.SuppressSending: got nothing, expected true"),
        (UNSUBSCRIBED, {"SuppressSending": "true"}, '$.SuppressSending: got "true", expected true'),
        (UNSUBSCRIBED, {"SuppressionReason": None}, "$.SuppressionReason: got null"),
        (UNSUBSCRIBED, {"SuppressionReason": "Quota"}, "expected one of HardBounce, SpamComplaint"),
        (UNSUBSCRIBED, {"Origin": "Robot"}, "expected one of Recipient, Customer, Admin"),
    ],
)
def test_what_is_none_of_it_is_refused_by_name(
    base: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused) as raised:
        events(base | change)
    assert said in str(raised.value)


def test_a_page_among_records_is_refused() -> None:
    with pytest.raises(Refused, match=re.escape("$.Bounces: got a page of 2 among records")):
        events(PAGE)


LAYOUTS = {
    "webhooks": "\n".join(map(json.dumps, BODIES)),
    "one webhook": json.dumps(DELIVERY),
    "one pretty webhook": json.dumps(OPEN, indent=2),
    "an array": json.dumps(BODIES, indent=1),
    "bounces of old": json.dumps(PAGE["Bounces"][1]),
    "a page": json.dumps(PAGE),
    "a pretty page": json.dumps(PAGE, indent=1),
    "an empty page": '{"TotalCount": 0, "Bounces": []}',
    "a change of nobody's message": json.dumps(REACTIVATED | {"MessageID": None}),
}


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_it_is_known_by_its_content(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "log"
    path.write_text(LAYOUTS[layout], encoding="utf-8")
    log = opened(path)
    assert recognise(log.name, log.head, log.options).name == "postmark"


@pytest.mark.parametrize(
    "value",
    [
        {"RecordType": "Order", "MessageID": "m"},
        {"Type": "HardBounce", "Email": "x@example.org"},
        {"InactiveMails": 2, "Bounces": [{"Name": "All", "Count": 3}]},
    ],
)
def test_what_only_looks_like_it_is_not(tmp_path: Path, value: dict[str, Any]) -> None:
    path = tmp_path / "log"
    path.write_text(json.dumps(value), encoding="utf-8")
    log = opened(path)
    with pytest.raises(InputError):
        recognise(log.name, log.head, log.options)

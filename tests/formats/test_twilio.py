"""Twilio's own examples, and the forms that its documents describe besides."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.formats.twilio.format import TwilioFormat
from reach.formats.twilio.words import CODES, PAST_QUEUE, WORDS
from reach.vocabulary import Event, Reason

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "twilio"
PAGE: dict[str, Any] = json.loads((SAMPLES / "page.json").read_text("utf-8"))
SENT, INBOUND = PAGE["messages"]
CREATED = [
    json.loads(line) for line in (SAMPLES / "messages.ndjson").read_text("utf-8").splitlines()
]
TWILIO = TwilioFormat()

CALLBACK = {
    "MessageSid": SENT["sid"],
    "MessageStatus": "delivered",
    "To": "+18182008801",
    "AccountSid": SENT["account_sid"],
    "received_at": "2019-05-24T17:44:52+00:00",
}
HEADER = (
    "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,"
    "PriceUnit\r\n"
)
ROW = (
    '+12019235161,+18182008801,"two\nlines, ""quoted""",{status},{sent},2010-04-01,1,{code},'
    "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,SM1,outbound-api,-0.00750,USD\r\n"
)
SOUND = {"status": "delivered", "sent": "2019-05-24T17:44:50Z", "code": "0"}
OUT = {
    "message_id": SENT["sid"],
    "channel": "sms",
    "provider": "twilio",
    "recipient": "+18182008801",
}


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


ANY = opened(SAMPLES / "messages.ndjson")


def events(value: Any, options: Options | None = None) -> list[dict[str, Any]]:  # noqa: ANN401
    log = replace(ANY, options=options or Options())
    return TWILIO.events(Record(1, 1, "", value), log)


def refusal(value: Any) -> Refused:  # noqa: ANN401
    with pytest.raises(Refused) as caught:
        events(value)
    return caught.value


def told(path: Path, options: Options | None = None) -> list[Any]:
    """What each record of a file says; a refusal as its place."""
    log = opened(path, options)
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "twilio"
    found: list[Any] = []
    for record in as_format.records(log):
        try:
            if record.broken:
                raise record.broken
            found.append(as_format.events(record, log))
        except Refused as why:
            found.append(why.path)
    return found


def test_a_page_s_messages_are_its_records() -> None:
    [sent, inbound] = told(SAMPLES / "page.json")
    assert inbound == []  # received, with an error's code even
    cost = {"cost_micros": 7500, "currency": "USD"}
    assert sent == [OUT | cost | {"event": "sent", "occurred_at": "2019-05-24T17:44:50Z"}]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_pages_in_any_layout(tmp_path: Path, indent: int | None, pack: type[bytes]) -> None:
    """Also one that is longer than what is looked at to recognise it."""
    many = PAGE | {"messages": [SENT, INBOUND, *[CREATED[0]] * 998]}
    path = tmp_path / "pages"
    for pages in ([PAGE], [PAGE, PAGE], [many], [many, PAGE]):
        path.write_bytes(
            pack("\n".join(json.dumps(page, indent=indent) for page in pages).encode())
        )
        said = told(path)
        assert len(said) == sum(len(page["messages"]) for page in pages)
        assert (said[0][0]["event"], said[1]) == ("sent", [])


def test_pages_without_messages_hold_no_records(tmp_path: Path) -> None:
    assert told(SAMPLES / "empty-pages.ndjson") == []
    path = tmp_path / "page.json"
    first = (SAMPLES / "empty-pages.ndjson").read_text("utf-8").splitlines()[0]
    path.write_text(json.dumps(json.loads(first), indent=1), encoding="utf-8")
    assert told(path) == []


def test_the_examples_of_creating_a_message() -> None:
    found = told(SAMPLES / "messages.ndjson")
    assert [[each["event"] for each in one] for one in found] == [["queued"]] * 7
    assert [one[0]["channel"] for one in found] == ["sms"] * 6 + ["whatsapp"]
    assert found[-1][0]["recipient"] == "+15558675310"
    # They have a time of sending, but the status is older than it.
    assert found[0][0]["occurred_at"] == "2023-08-24T05:01:45Z"
    assert not any("cost_micros" in one[0] for one in found)  # null


@pytest.mark.parametrize("said", PAST_QUEUE)
def test_a_snapshot_also_says_that_the_message_was_sent(said: str) -> None:
    value = SENT | {"status": said, "date_updated": "Fri, 24 May 2019 17:45:00 +0000"}
    sent, status = events(value)
    assert (sent["event"], sent["occurred_at"]) == ("sent", "2019-05-24T17:44:50Z")
    assert status["occurred_at"] == "2019-05-24T17:45:00Z"
    [alone] = events(value | {"date_sent": None})
    assert alone == status


@pytest.mark.parametrize(
    ("said", "at"),
    [("sent", "date_sent"), ("queued", "date_updated"), ("failed", "date_updated"),
     ("canceled", "date_updated")],
)  # fmt: skip
def test_other_snapshots_say_one_thing(said: str, at: str) -> None:
    times = {"date_created": "2019-05-24T17:00:00Z", "date_updated": "2019-05-24T17:02:00Z",
             "date_sent": "2019-05-24T17:01:00Z"}  # fmt: skip
    [only] = events(SENT | times | {"status": said})
    assert only["occurred_at"] == times[at]


def test_times_that_are_missing_are_not_made_up() -> None:
    bare = SENT | {"date_sent": None, "date_updated": None}
    assert "occurred_at" not in events(bare | {"status": "delivered"})[0]
    assert "occurred_at" not in events(bare)[0]
    assert events(bare | {"status": "queued"})[0]["occurred_at"] == "2019-05-24T17:44:46Z"


def test_every_word_s_meaning() -> None:
    assert {each.said: each.event for each in WORDS} == {
        **dict.fromkeys(("accepted", "scheduled", "queued", "sending"), Event.QUEUED),
        "sent": Event.SENT,
        "delivered": Event.DELIVERED,
        "read": Event.READ,
        "undelivered": Event.FAILED,
        "partially_delivered": Event.FAILED,
        "failed": Event.REJECTED,
        "canceled": Event.REJECTED,
        "receiving": None,
        "received": None,
    }
    for each in WORDS:
        found = events(CALLBACK | {"MessageStatus": each.said})
        assert [one["event"] for one in found] == ([str(each.event)] if each.event else [])


def test_the_words_are_all_that_the_definition_lists() -> None:
    listed = ["queued", "sending", "sent", "failed", "delivered", "undelivered", "receiving",
              "received", "accepted", "scheduled", "read", "partially_delivered",
              "canceled"]  # fmt: skip
    assert sorted(each.said for each in WORDS) == sorted(listed)


def test_delivered_to_whatsapp_is_the_device_s_word() -> None:
    assert events(CALLBACK)[0]["receipt"] == "carrier"
    [found] = events(CALLBACK | {"To": "whatsapp:+6281234567890"})
    assert (found["channel"], found["recipient"]) == ("whatsapp", "+6281234567890")
    assert found["receipt"] == "device"


@pytest.mark.parametrize(
    ("to", "channel", "recipient"),
    [
        ("rcs:+6281234567890", "rcs", "+6281234567890"),
        ("messenger:1234567890", "messenger", "messenger:1234567890"),
        ("whatsapp:", "whatsapp", "whatsapp:"),
        ("12345", "sms", "12345"),
    ],
)
def test_only_a_telephone_number_loses_its_channel(to: str, channel: str, recipient: str) -> None:
    [found] = events(CALLBACK | {"To": to})
    assert (found["channel"], found["recipient"]) == (channel, recipient)
    assert found["receipt"] == "carrier" or channel == "whatsapp"


@pytest.mark.parametrize("to", ["budirahma:+6281234567890", "sip:siti@example.org"])
def test_what_is_no_channel_of_twilio_s_names_none(to: str) -> None:
    with pytest.raises(Refused) as why:
        events(CALLBACK | {"To": to})
    assert (why.value.path, why.value.received) == ("$.To", f'"{to}"')
    assert "whatsapp:, messenger:, rcs:, sms:" in why.value.expected


def test_a_callback_has_the_time_that_the_receiver_gave_it() -> None:
    bare = {key: said for key, said in CALLBACK.items() if key != "received_at"}
    done = bare | {"RawDlrDoneDate": "1905241745"}
    assert events(CALLBACK)[0]["occurred_at"] == "2019-05-24T17:44:52+00:00"
    assert events(done)[0]["occurred_at"] == "2019-05-24T17:45:00Z"
    assert events(done | {"RawDlrDoneDate": 190524174530})[0]["occurred_at"].endswith(":45:30Z")
    both = done | {"received_at": CALLBACK["received_at"]}
    assert events(both)[0]["occurred_at"] == CALLBACK["received_at"]
    assert "occurred_at" not in events(bare)[0]


def test_older_names_of_a_callback() -> None:
    old = {"SmsSid": "SM1", "SmsStatus": "sent", "To": "+62811"}
    assert events(old)[0]["message_id"] == "SM1"
    both = old | {"MessageSid": "SM2", "MessageStatus": "delivered"}
    assert (events(both)[0]["message_id"], events(both)[0]["event"]) == ("SM2", "delivered")
    assert events(old | {"SmsStatus": "received", "Body": "STOP"}) == []


def test_all_forms_name_a_message_alike() -> None:
    """The account is no part of the name: not every form, nor every receiver, keeps it."""
    named = {(each["message_id"], each.get("account")) for each in events(CALLBACK) + events(SENT)}
    assert named == {(SENT["sid"], None)}
    kept = Options(fields={"account": "AccountSid"})
    assert events(CALLBACK, kept)[0]["account"] == SENT["account_sid"]


@pytest.mark.parametrize("code", [each.said for each in CODES] + ["30999", "-1", "abc"])
@pytest.mark.parametrize("said", ["undelivered", "failed", "partially_delivered"])
def test_the_error_s_code_tells_why(code: str, said: str) -> None:
    wanted = {each.said: each for each in CODES}.get(code)
    forms = [CALLBACK | {"MessageStatus": said, "ErrorCode": code}]
    if code.isdigit():
        forms.append(CALLBACK | {"MessageStatus": said, "ErrorCode": int(code)})
        forms.append(SENT | {"status": said, "error_code": int(code)})
    for value in forms:
        found = events(value)[-1]
        assert found["reason"] == (wanted.reason if wanted else Reason.OTHER)
        permanent = wanted.permanent if wanted and said == "undelivered" else None
        assert found.get("permanent") == permanent


@pytest.mark.parametrize("code", [None, "", "0", 0])
def test_without_a_code_there_is_no_reason(code: object) -> None:
    [found] = events(CALLBACK | {"MessageStatus": "undelivered", "ErrorCode": code})
    assert "reason" not in found
    assert "permanent" not in found


def test_a_code_beside_any_other_word_is_no_failure() -> None:
    assert "reason" not in events(CALLBACK | {"ErrorCode": "30003"})[0]


@pytest.mark.parametrize(
    ("price", "micros"),
    [
        ("-0.00750", 7500),
        ("0.0075", 7500),
        (-0.0075, 7500),
        (-1, 1_000_000),
        ("-0.0000005", 0),
        ("-0.0000015", 2),
        ("0", 0),
        ("-12345.678901", 12_345_678_901),
        (1e-05, 10),
    ],
)
def test_costs_are_exact(price: object, micros: int) -> None:
    [found] = events(SENT | {"price": price, "price_unit": "usd"})
    assert (found["cost_micros"], found["currency"]) == (micros, "USD")


def test_an_amount_without_a_currency_is_no_cost() -> None:
    """An export in bulk has the price and not its unit."""
    bulk = {key: said for key, said in SENT.items() if key != "price_unit"}
    [found] = events(bulk)
    assert not {"cost_micros", "currency"} & set(found)
    [found] = events(bulk, Options(set={"currency": "USD"}))
    assert (found["cost_micros"], found["currency"]) == (7500, "USD")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (CALLBACK | {"MessageStatus": "terkirim"}, "$.MessageStatus"),
        (CALLBACK | {"MessageStatus": "Delivered"}, "$.MessageStatus"),
        (CALLBACK | {"MessageStatus": None}, "$.MessageStatus"),
        (CALLBACK | {"MessageSid": 5}, "$.MessageSid"),
        (CALLBACK | {"MessageSid": ""}, "$.MessageSid"),
        (CALLBACK | {"To": ""}, "$.To"),
        (CALLBACK | {"To": 6281234567890}, "$.To"),
        (CALLBACK | {"To": "6.28123E+12"}, "$.To"),
        (CALLBACK | {"received_at": "2019-05-24 17:44"}, "$.received_at"),
        (CALLBACK | {"received_at": "2019-13-45T25:61:00Z"}, "$.received_at"),
        (CALLBACK | {"received_at": 1558719890}, "$.received_at"),
        (CALLBACK | {"received_at": None, "RawDlrDoneDate": "240230"}, "$.RawDlrDoneDate"),
        (CALLBACK | {"received_at": None, "RawDlrDoneDate": "2402301200"}, "$.RawDlrDoneDate"),
        (CALLBACK | {"MessageStatus": "failed", "ErrorCode": [1]}, "$.ErrorCode"),
        (SENT | {"status": "terkirim"}, "$.status"),
        (SENT | {"sid": None}, "$.sid"),
        (SENT | {"to": None}, "$.to"),
        (SENT | {"date_sent": "Fri, 31 Jun 2019 17:44:50 +0000"}, "$.date_sent"),
        (SENT | {"date_sent": "24/05/2019"}, "$.date_sent"),
        (SENT | {"price": "cheap"}, "$.price"),
        (SENT | {"price": float("nan")}, "$.price"),
        (SENT | {"price_unit": 5}, "$.price_unit"),
        ({"id": "x"}, "$"),
        (PAGE | {"messages": [SENT, SENT | {"status": "x"}]}, "$.messages[1].status"),
        (PAGE | {"messages": [SENT, 5]}, "$.messages[1]"),
        (PAGE | {"messages": [SENT, SENT | {"to": None}]}, "$.messages[1].to"),
    ],
)
def test_what_can_t_be_read_is_refused_by_name(value: Any, path: str) -> None:  # noqa: ANN401
    assert refusal(value).path == path


def test_bodies_of_forms(tmp_path: Path) -> None:
    path = tmp_path / "callbacks.log"
    body = "SmsSid=SM1&MessageSid=SM1&MessageStatus={}&To=%2B62811&From=%2B1201&ErrorCode={}&Body=a%26b"
    at = "&received_at=2019-05-24T17%3A44%3A52%2B07%3A00"
    path.write_text(
        "\n".join(
            [
                body.format("sent", "") + at,
                "",
                body.format("undelivered", "30003") + at.replace("%2B", "+"),
                "MessageSid=SM2&MessageStatus=delivered&To=whatsapp%3A+62811",
                "MessageSid=SM3&MessageStatus=terkirim&To=62",
                "no form",
                "MessageSid=SM4&MessageStatus=sent&To=%ff",
                "SmsSid=SM5&SmsStatus=received&To=%2B1201&Body=STOP",
            ]
        ),
        encoding="utf-8",
    )
    found = told(path, Options(fields={"segment": "From"}))
    assert found[0] == [
        OUT
        | {"message_id": "SM1", "event": "sent", "recipient": "+62811", "segment": "+1201"}
        | {"occurred_at": "2019-05-24T17:44:52+07:00"}
    ]
    assert found[1][0]["reason"] == "network"
    assert found[1][0]["permanent"] is False
    assert found[1][0]["occurred_at"] == "2019-05-24T17:44:52+07:00"
    assert found[2][0]["recipient"] == "+62811"
    assert found[3:] == ["$.MessageStatus", "$", "$", []]


def test_the_console_s_table(tmp_path: Path) -> None:
    path = tmp_path / "sms-log.csv"
    rows = [
        ROW.format(**SOUND),
        ROW.format(**SOUND | {"status": "sent"}),
        ROW.format(**SOUND | {"status": "undelivered", "code": "30005"}),
        ROW.format(**SOUND | {"status": "queued", "sent": ""}),
        ROW.format(**SOUND).replace("outbound-api", "inbound"),
        ROW.format(**SOUND | {"sent": "2019-05-24 17:44:50"}),
        ROW.format(**SOUND | {"status": "terkirim"}),
    ]
    path.write_text(HEADER + "".join(rows), encoding="utf-8", newline="")
    delivered, sent, failed, queued, *others = told(path, Options(fields={"segment": "From"}))
    assert others == [[], "$.SentDate", "$.Status"]
    every = OUT | {"message_id": "SM1", "segment": "+12019235161"}
    every |= {"cost_micros": 7500, "currency": "USD"}
    at = {"occurred_at": SOUND["sent"]}
    assert delivered == [
        every | at | {"event": "sent"},
        every | {"event": "delivered", "receipt": "carrier"},  # when, the table does not say
    ]
    assert [each["event"] for each in sent] == ["sent"]
    assert sent[0]["occurred_at"] == SOUND["sent"]
    assert (failed[1]["reason"], failed[1]["permanent"]) == ("number_invalid", True)
    assert (queued[0]["event"], queued[0].get("occurred_at")) == ("queued", None)


def test_a_row_says_where_it_begins_whatever_its_text_holds(tmp_path: Path) -> None:
    path = tmp_path / "sms-log.csv"
    bad = ROW.format(**SOUND | {"status": "terkirim"})
    path.write_text(HEADER + ROW.format(**SOUND) + bad, encoding="utf-8", newline="")
    log = opened(path)
    assert [record.line for record in TWILIO.records(log)] == [2, 4]


def test_an_export_in_bulk(tmp_path: Path) -> None:
    """As Twilio describes it: a message a line, ISO 8601, and some keys less; packed by gzip."""
    gone = ("price_unit", "api_version", "error_message", "uri", "subresource_uris")
    message = {key: said for key, said in SENT.items() if key not in gone}
    message |= {"status": "delivered", "date_sent": "2019-05-24T17:44:50Z",
                "date_updated": "2019-05-24T17:45:00Z"}  # fmt: skip
    path = tmp_path / "2019-05-24.json.gz"
    path.write_bytes(gzip.compress((json.dumps(message) + "\n").encode() * 2))
    sent = OUT | {"event": "sent", "occurred_at": "2019-05-24T17:44:50Z"}
    delivered = OUT | {"event": "delivered", "occurred_at": "2019-05-24T17:45:00Z"}
    assert told(path) == [[sent, delivered | {"receipt": "carrier"}]] * 2


@pytest.mark.parametrize(
    "text",
    [
        "a=b&c=d\n",
        "MessageStatus=sent&To=%2B62811\n",
        "Sid,Status\nSM1,sent\n",
        '{"sid": "CA1", "status": "completed", "to": "+1"}\n',
        '{"sid": "SM1", "to": "+1"}\n'.replace("SM", "PN"),
        '{"page": 0, "messages": []}\n',
    ],
)
def test_what_is_not_twilio_s_is_not_taken_for_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "log"
    path.write_text(text, encoding="utf-8")
    log = opened(path)
    assert not TWILIO.fit(log.head, log.options).ok
    with pytest.raises(InputError):
        recognise(log.name, log.head, log.options)

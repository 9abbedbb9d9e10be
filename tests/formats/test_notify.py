"""GOV.UK Notify's own examples, and the statuses and reports that its code describes besides."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.notify.format import NotifyFormat
from reach.formats.notify.words import KINDS, OTHER_CALLBACKS, PRINTED, STATUSES
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.formats.words import Word
from reach.vocabulary import Event, Reason

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "notify"
NOTIFY = NotifyFormat()
CALLBACKS: list[dict[str, Any]] = [
    json.loads(line) for line in (SAMPLES / "callbacks.ndjson").read_text("utf-8").splitlines()
]
DELIVERED, TIMED_OUT, RECEIVED_TEXT, RETURNED = CALLBACKS
PAGE: dict[str, Any] = json.loads((SAMPLES / "page.json").read_text("utf-8"))
EMAIL, SMS, LETTER = PAGE["notifications"]
ID = "740e5834-3a29-46b4-9a6f-16142fde533a"
MADE, SENT, DONE = (f"2017-05-14T12:15:{second}.000000Z" for second in (30, 31, 40))
BASE = DELIVERED | {"created_at": MADE, "sent_at": SENT, "completed_at": DONE}
HEADER = ["Recipient", "Reference", "Template", "Type", "Sent by", "Sent by email", "Job",
          "Status", "Time", "API key name"]  # fmt: skip


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


ANY = opened(SAMPLES / "callbacks.ndjson")


def events(value: Any, options: Options | None = None) -> list[dict[str, Any]]:  # noqa: ANN401
    return NOTIFY.events(Record(1, 1, "", value), replace(ANY, options=options or Options()))


def told(path: Path, options: Options | None = None) -> list[Any]:
    """What each record of a file says; a refusal as its text."""
    log = opened(path, options)
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "notify"
    found: list[Any] = []
    for record in as_format.records(log):
        try:
            if record.broken:
                raise record.broken
            found.append(as_format.events(record, log))
        except Refused as why:
            found.append(str(why))
    return found


def report(path: Path, *rows: dict[str, str], header: list[str] | None = None) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    names = header or HEADER
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


ROW = {"Recipient": "07700 900123", "Reference": "r1", "Template": "Reminder", "Type": "sms",
       "Job": "people.csv", "Status": "Delivered", "Time": "2023-01-19 12:00:00"}  # fmt: skip


def test_the_documents_callbacks() -> None:
    delivered, timed_out, received, returned = told(SAMPLES / "callbacks.ndjson")
    base = {"message_id": ID, "channel": "email", "provider": "notify", "recipient": "hello@gov.uk"}
    assert delivered == [
        base | {"event": "sent", "occurred_at": MADE},
        base | {"event": "delivered", "occurred_at": MADE, "receipt": "carrier"},
    ]
    assert [(each["channel"], each["event"]) for each in timed_out] == [("sms", "sent")]
    assert (received, returned) == ([], [])


def test_the_documents_page(tmp_path: Path) -> None:
    email, sms, letter = told(SAMPLES / "page.json")
    assert [each["event"] for each in email] == ["sent", "failed"]
    assert email[1]["reason"] == "no_mailbox"
    # The documents leave the zone out; the interface's answers are in UTC.
    assert sms[0]["occurred_at"] == "2024-05-17T15:58:30.143000Z"
    assert sms[1]["occurred_at"] == "2024-05-17T15:59:10.321000Z"
    assert [(each["channel"], each["event"]) for each in letter] == [("letter", "sent")]
    assert letter[0]["recipient"] == (
        "Amala Bird, 123 High Street, Richmond upon Thames, Middlesex, SW14 6BF"
    )
    path = tmp_path / "pages.ndjson"
    path.write_text(f"{json.dumps(PAGE)}\n{json.dumps(PAGE)}\n", encoding="utf-8")
    assert told(path) == [email, sms, letter] * 2
    path.write_text(json.dumps(PAGE | {"notifications": []}), encoding="utf-8")
    assert told(path) == []


def test_a_page_among_callbacks_is_one_record_of_many_events() -> None:
    assert len(events(PAGE)) == 5
    with pytest.raises(Refused) as why:
        events(PAGE | {"notifications": [EMAIL, SMS | {"status": "gone"}]})
    assert why.value.path == "$.notifications[1].status"
    with pytest.raises(Refused) as why:
        events(PAGE | {"notifications": [EMAIL, 5]})
    assert why.value.path == "$.notifications[1]"


@pytest.mark.parametrize("word", STATUSES, ids=lambda word: word.said)
def test_every_status_of_callbacks_and_notifications(word: Word) -> None:
    kind, status = word.said.split(" ", 1)
    found = events(BASE | {"notification_type": kind, "status": status})
    assert (found[-1]["event"], found[-1].get("permanent")) == (str(word.event), word.permanent)
    at = {Event.QUEUED: MADE, Event.SENT: SENT}
    assert word.event is not None
    assert found[-1]["occurred_at"] == at.get(word.event, DONE)
    before = word.event in (Event.DELIVERED, Event.FAILED)
    assert [(each["event"], each["occurred_at"]) for each in found[:-1]] == [
        ("sent", SENT)
    ] * before


@pytest.mark.parametrize("word", [*STATUSES, *PRINTED], ids=lambda word: word.said)
def test_every_word_of_reports(tmp_path: Path, word: Word) -> None:
    kind, status = word.said.split(" ", 1)
    path = report(tmp_path / "a.csv", ROW | {"Type": kind, "Status": status})
    [found] = told(path)
    assert found[0]["event"] == "queued"
    assert [each["event"] for each in found[1:]] == [str(word.event)] * (
        word.event is not Event.QUEUED
    )
    assert [each.get("reason") for each in found[1:]] in ([], [word.reason])
    assert not any("occurred_at" in each for each in found[1:])  # since when, nobody says


def test_the_words_are_those_of_notify_s_code() -> None:
    """Of each type: what its reports print, and the statuses that its interface lists."""
    said = {
        kind: {word.said.removeprefix(f"{kind} ") for word in PRINTED if word.said.startswith(kind)}
        for kind in KINDS
    }
    both = {"Failed", "Technical failure", "Delivered", "Sending"}
    assert said["email"] >= both | {
        "Inbox not accepting messages right now",
        "Email address doesn’t exist",
    }
    assert said["sms"] >= both | {
        "Phone not accepting messages right now",
        "Phone number doesn’t exist",
        "Sent internationally",
        "Sent to an international number",
    }
    assert said["letter"] >= {"Technical failure", "Permanent failure", "Accepted", "Received",
                              "Returned"}  # fmt: skip
    statuses = {word.said.split(" ")[1] for word in STATUSES}
    assert statuses == {
        "cancelled", "created", "sending", "sent", "delivered", "pending", "failed",
        "technical-failure", "temporary-failure", "permanent-failure", "pending-virus-check",
        "validation-failed", "virus-scan-failed", "returned-letter", "accepted", "received",
    }  # fmt: skip
    assert all(word.event is None for word in OTHER_CALLBACKS)


@pytest.mark.parametrize("kind", ["email", "sms"])
def test_a_temporary_failure_may_be_a_missing_receipt_and_is_no_failure(kind: str) -> None:
    value = BASE | {"notification_type": kind, "status": "temporary-failure"}
    [only] = events(value)
    assert (only["event"], only["occurred_at"]) == ("sent", SENT)
    [untimed] = events(value | {"sent_at": None})
    assert "occurred_at" not in untimed  # the 72 hours' end is no time of sending


def test_a_permanent_failure_is_an_email_s_wrong_address_and_of_a_text_no_dead_number() -> None:
    """Notify says the same of a text that an operator refused."""
    for kind, reason in (("email", Reason.NO_MAILBOX), ("sms", Reason.UNKNOWN)):
        failed = events(BASE | {"notification_type": kind, "status": "permanent-failure"})[-1]
        assert (failed["permanent"], failed["reason"]) == (True, reason)
    # The printers could not print it: no letter was sent at all.
    [letter] = events(LETTER | {"status": "permanent-failure"})
    assert (letter["event"], letter.get("permanent")) == ("rejected", None)


def test_received_is_said_of_printers_and_no_delivery() -> None:
    for status in ("received", "accepted", "delivered"):
        assert events(LETTER | {"status": status})[-1]["event"] in ("queued", "sent")


def test_times_that_are_missing_are_not_made_up() -> None:
    [only] = events(BASE | {"sent_at": None, "completed_at": None})
    assert only["event"] == "delivered"
    assert "occurred_at" not in only


def test_notify_s_own_service_report() -> None:
    first, second = told(SAMPLES / "service-report.csv")
    base = {"message_id": "foo |  | 2023-04-19 12:00:00", "channel": "sms", "provider": "notify",
            "recipient": "foo@bar.com"}  # fmt: skip
    assert first == [
        base | {"event": "queued", "occurred_at": "2023-04-19T11:00:00.000000Z"},  # in summer
        base | {"event": "delivered", "receipt": "carrier"},
    ]
    assert second == first  # no id tells them apart: silent says so


def test_notify_s_own_job_report() -> None:
    [found] = told(SAMPLES / "job-report.csv")
    assert found[0]["message_id"] == "foo | bar.csv | 1 | 2023-04-19 12:00:00"
    assert {each["recipient"] for each in found} == {"07700900123"}


def test_a_job_s_rows_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    header = ["Row number", "Email Address", "Template", "Type", "Job", "Status", "Time"]
    row = ROW | {"Type": "email", "Email Address": "a@example.org"}
    path = report(
        tmp_path / "a.csv", *(row | {"Row number": number} for number in "12"), header=header
    )
    assert len({found[0]["message_id"] for found in told(path)}) == 2


@pytest.mark.parametrize(
    ("kind", "columns", "recipient"),
    [
        ("email", {"email address": "a@example.org"}, "a@example.org"),
        ("email", {"Email_Address": "a@example.org", "phone number": "1"}, "a@example.org"),
        ("sms", {"PHONE-NUMBER": "07700900123"}, "07700900123"),
        ("sms", {"phone number": "", "phonenumber": "07700900123"}, "07700900123"),
        ("letter", {"address line 1": "A", "address_line_2": "B", "postcode": "SW1"}, "A, B, SW1"),
    ],
)
def test_a_job_s_recipient_is_in_the_spreadsheet_s_own_column(
    tmp_path: Path, kind: str, columns: dict[str, str], recipient: str
) -> None:
    header = ["Row number", *columns, "Template", "Type", "Job", "Status", "Time"]
    path = report(
        tmp_path / "a.csv", ROW | columns | {"Type": kind, "Status": "Failed"}, header=header
    )
    if kind == "letter":
        path.write_text(path.read_text("utf-8").replace("Failed", "Returned"), encoding="utf-8")
    [found] = told(path)
    assert {each["recipient"] for each in found} == {recipient}


def test_a_spreadsheet_s_columns_may_be_called_as_notify_s(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Row number,phone number,Time,Status,Recipient,Template,Type,Job,Status,Time\r\n"
        "1,07700900123,at noon,married,Siti,t,sms,j,Sending,2023-01-19 12:00:00\r\n",
        encoding="utf-8",
    )
    [[found]] = told(path)
    assert (found["event"], found["recipient"]) == ("queued", "07700900123")
    assert found["occurred_at"] == "2023-01-19T12:00:00.000000Z"


@pytest.mark.parametrize("sign", ["’", "'"])
def test_both_apostrophes(tmp_path: Path, sign: str) -> None:
    rows = [ROW | {"Status": f"Phone number doesn{sign}t exist"},
            ROW | {"Status": f"Email address doesn{sign}t exist", "Type": "email"}]  # fmt: skip
    found = told(report(tmp_path / "a.csv", *rows))
    assert [each[1]["reason"] for each in found] == ["unknown", "no_mailbox"]


@pytest.mark.parametrize(
    "said", ["permanent-failure", "Phone number doesn’t exist", "Not delivered"]
)
def test_why_a_text_failed_does_not_depend_on_how_the_status_is_printed(
    tmp_path: Path, said: str
) -> None:
    [[_, printed]] = told(report(tmp_path / "a.csv", ROW | {"Status": said}))
    status = events(BASE | {"notification_type": "sms", "status": "permanent-failure"})[-1]
    facts = [(each["event"], each["permanent"], each["reason"]) for each in (printed, status)]
    assert facts == [("failed", True, "unknown")] * 2


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2023-01-19 12:00:00", "2023-01-19T12:00:00.000000Z"),
        ("2023-07-19 12:00:00", "2023-07-19T11:00:00.000000Z"),
        ("2023-07-19 12:00", "2023-07-19T11:00:00.000000Z"),  # as spreadsheets save it
        ("2023-07-19 12:00:00.061258", "2023-07-19T12:00:00.061258Z"),  # the database's own
        ("2023-10-29 01:30:00", "2023-10-29T00:30:00.000000Z"),  # comes twice: the first
        ("2023-03-26 00:59:59", "2023-03-26T00:59:59.000000Z"),
        ("2023-03-26 02:00:00", "2023-03-26T01:00:00.000000Z"),
    ],
)
def test_a_report_s_time_is_london_s(tmp_path: Path, said: str, utc: str) -> None:
    [found] = told(report(tmp_path / "a.csv", ROW | {"Time": said}))
    assert found[0]["occurred_at"] == utc


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Time": "2023-03-26 01:30:00"}, '$.Time: got "2023-03-26 01:30:00", expected a time that'),
        ({"Time": "19/01/2023 12:00"}, '$.Time: got "19/01/2023 12:00", expected a time in Europe'),
        ({"Time": ""}, "$.Time: got nothing"),
        ({"Status": "Terkirim"}, '$.Status: got "Terkirim", expected one of'),
        ({"Status": "delivered "}, '$.Status: got "delivered "'),
        ({"Status": "Returned"}, '$.Status: got "Returned"'),  # no letter
        ({"Status": ""}, "$.Status: got nothing"),
        ({"Type": "broadcast"}, '$.Type: got "broadcast", expected email, sms or letter'),
        ({"Recipient": ""}, "$.Recipient: got nothing, expected the recipient's address"),
    ],
)  # fmt: skip
def test_a_row_that_can_t_be_read_is_refused_by_name(
    tmp_path: Path, change: dict[str, str], said: str
) -> None:
    [found] = told(report(tmp_path / "a.csv", ROW | change))
    assert found.startswith(said)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (BASE | {"status": "Delivered"}, '$.status: got "Delivered", expected one of'),
        (BASE | {"status": "terkirim"}, '$.status: got "terkirim"'),
        (BASE | {"status": 5}, "$.status: got 5"),
        (BASE | {"status": None}, "$.status: got nothing"),
        (
            BASE | {"notification_type": "fax"},
            '$.notification_type: got "fax", expected email, sms',
        ),
        (EMAIL | {"type": None}, "$.type: got nothing, expected email, sms or letter"),
        (BASE | {"id": None}, "$.id: got nothing, expected the notification's id"),
        (BASE | {"to": ["x"]}, "$.to: got a list of 1"),
        (EMAIL | {"email_address": ""}, '$.email_address: got ""'),
        (SMS | {"phone_number": None}, "$.phone_number: got nothing"),
        (
            LETTER | dict.fromkeys(["line_1", "line_2", "line_3", "line_4", "line_5"]),
            "$.line_1: got",
        ),
        (LETTER | {"line_3": 7}, "$.line_3: got 7, expected a line of the address"),
        (
            BASE | {"completed_at": "14/05/2017"},
            '$.completed_at: got "14/05/2017", expected a time',
        ),
        (BASE | {"sent_at": 1494764130}, "$.sent_at: got 1494764130"),
        ({"id": "x"}, "$.type: got nothing"),
    ],
)
def test_what_can_t_be_read_is_refused_by_name(value: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as why:
        events(value)
    assert str(why.value).startswith(said)


def test_a_callback_and_a_notification_of_the_interface_are_one_message() -> None:
    of_callback = events(BASE | {"to": "+447700900123", "notification_type": "sms"})
    named = {(each["message_id"], each["recipient"]) for each in of_callback + events(SMS)}
    assert len(named) == 1


def test_a_report_s_row_and_a_callback_can_t_be_joined_and_that_is_said(tmp_path: Path) -> None:
    [row] = told(report(tmp_path / "a.csv", ROW))
    assert row[0]["message_id"] != events(BASE)[0]["message_id"]
    assert any("reports have no ids" in each for each in NOTIFY.silent)
    assert any("counts twice" in each for each in NOTIFY.silent)


def test_labels_come_from_records_and_columns(tmp_path: Path) -> None:
    [sent, _] = events(SMS, Options(fields={"campaign": "template.id"}))
    assert sent["campaign"] == SMS["template"]["id"]
    options = Options(fields={"campaign": "Template"}, set={"purpose": "service"})
    [found] = told(report(tmp_path / "a.csv", ROW), options)
    assert {(each["campaign"], each["purpose"]) for each in found} == {("Reminder", "service")}


def test_an_older_report_has_fewer_columns(tmp_path: Path) -> None:
    without = [name for name in HEADER if name not in ("Reference", "API key name")]
    assert told(report(tmp_path / "a.csv", ROW, header=without))[0][0]["event"] == "queued"


@pytest.mark.parametrize("value", [DELIVERED, RECEIVED_TEXT, RETURNED, EMAIL, SMS, LETTER, PAGE])
def test_each_kind_of_record_is_known_by_its_content(tmp_path: Path, value: dict[str, Any]) -> None:
    path = tmp_path / "a"
    for indent in (None, 1):
        path.write_text(json.dumps(value, indent=indent), encoding="utf-8")
        assert told(path)


def test_other_tables_and_objects_are_not_notify_s(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Recipient,Status,Time\na@example.org,Delivered,noon\n", encoding="utf-8")
    with pytest.raises(InputError):
        told(path)
    assert not NOTIFY.is_record({"id": "1", "status": "delivered", "type": "sms"})
    assert not NOTIFY.is_record({"id": "1", "to": "a", "status": "delivered"})

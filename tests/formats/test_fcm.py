"""Rows of FCM's export to BigQuery, and what each of them means.

No sample under a free licence is known. These rows are made by hand, with the columns and the
words of the provider's documents and in the two forms in which BigQuery writes them out.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.fcm import WORDS, FcmFormat
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.vocabulary import Event, Reason

FCM = FcmFormat()
ACCEPTED = {
    "event_timestamp": "2020-04-08 18:28:11.123456 UTC",
    "project_number": "602398541827",
    "message_id": "0:1586370491123456%7ebb2ec77ebb2ec7",
    "instance_id": "fA1bC2dE3fG",
    "message_type": "DISPLAY_NOTIFICATION",
    "sdk_platform": "ANDROID",
    "app_name": "id.go.example.layanan",
    "collapse_key": "id.go.example.layanan",
    "priority": "10",
    "ttl": "2419200",
    "bulk_id": "1221580938177331234",
    "event": "MESSAGE_ACCEPTED",
    "analytics_label": "vaksinasi-1",
}
TOPIC = {
    "event_timestamp": "2020-04-08 18:28:10.5 UTC",
    "project_number": "602398541827",
    "message_id": "6577372894029157043",
    "message_type": "TOPIC",
    "topic": "jawa-barat",
    "bulk_id": "1221580938177331234",
    "event": "MESSAGE_ACCEPTED",
}
"""The send as a whole; BigQuery leaves out what is empty."""


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


def written(folder: Path, *rows: dict[str, Any], options: Options | None = None) -> Log:
    path = folder / "fcm.ndjson"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return opened(path, options)


def as_csv(*rows: dict[str, Any]) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, fieldnames=[*ACCEPTED, "topic"], lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def told(log: Log) -> list[Any]:
    """What each record of a file says; a refusal as its text."""
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "fcm"
    found: list[Any] = []
    for record in as_format.records(log):
        try:
            if record.broken:
                raise record.broken
            found.append(as_format.events(record, log))
        except Refused as why:
            found.append(str(why))
    return found


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return written(tmp_path, ACCEPTED)


def events(value: dict[str, Any], log: Log) -> list[dict[str, Any]]:
    return FCM.events(Record(1, 1, "", value), log)


def refusal(value: dict[str, Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        FCM.read(value)
    return caught.value


EVERY = {
    "message_id": ACCEPTED["message_id"],
    "channel": "push",
    "provider": "fcm",
    "recipient": "fA1bC2dE3fG",
    "occurred_at": "2020-04-08T18:28:11.123456Z",
}
GONE = {"event": "failed", "permanent": True, "reason": "device_unregistered"}
MEANT: dict[str, dict[str, Any]] = {
    "MESSAGE_ACCEPTED": {"event": "sent"},
    "MESSAGE_DELIVERED": {"event": "delivered", "receipt": "device"},
    "MISSING_REGISTRATIONS": GONE,
    "UNAUTHORIZED_REGISTRATION": GONE,
    "INVALID_REGISTRATION": GONE,
    "MISMATCH_SENDER_ID": GONE,
    "QUOTA_EXCEEDED": {"event": "failed", "permanent": False, "reason": "quota"},
    "MESSAGE_RECEIVED_INTERNAL_ERROR": {"event": "failed", "reason": "unknown"},
    "INVALID_PACKAGE_NAME": {"event": "rejected", "reason": "other"},
    "INVALID_APNS_CREDENTIAL": {"event": "rejected", "reason": "auth_failure"},
    "INVALID_PARAMETERS": {"event": "rejected", "reason": "other"},
    "INVALID_TTL": {"event": "rejected", "reason": "other"},
    "PAYLOAD_TOO_LARGE": {"event": "rejected", "reason": "too_large"},
    "AUTHENTICATION_ERROR": {"event": "rejected", "reason": "auth_failure"},
}


@pytest.mark.parametrize("said", MEANT)
def test_every_word_s_meaning(said: str, log: Log) -> None:
    assert events(ACCEPTED | {"event": said}, log) == [EVERY | MEANT[said]]


def test_the_table_has_all_words_of_the_documents_and_no_other() -> None:
    assert {each.said for each in WORDS} == set(MEANT)


def test_acceptance_is_no_delivery_and_only_the_device_confirms_one() -> None:
    by_event = {each.event: each for each in WORDS}
    assert by_event[Event.DELIVERED].said == "MESSAGE_DELIVERED"
    assert [each.said for each in WORDS if each.receipt] == ["MESSAGE_DELIVERED"]


def test_why_is_apart_from_whether_for_good() -> None:
    gone = [each for each in WORDS if each.reason is Reason.DEVICE_UNREGISTERED]
    assert len(gone) == 4
    assert all(each.permanent for each in gone)
    assert all(each.reason for each in WORDS if each.event in (Event.FAILED, Event.REJECTED))


@pytest.mark.parametrize("said", ["INVALID_", "INVALID_TOKEN", "message_accepted", "UNREGISTERED"])
def test_no_wildcard_stands_for_what_is_not_in_the_table(said: str) -> None:
    why = refusal(ACCEPTED | {"event": said})
    assert (why.path, why.received) == ("$.event", f'"{said}"')
    assert why.expected.startswith("one of MESSAGE_ACCEPTED")


def test_one_message_id_to_three_installations_is_three_messages(log: Log) -> None:
    told = [events(ACCEPTED | {"instance_id": each}, log)[0] for each in "abc"]
    assert len({(each["message_id"], each["recipient"]) for each in told}) == 3
    assert {each["message_id"] for each in told} == {ACCEPTED["message_id"]}


def test_the_row_of_a_send_to_a_topic_as_a_whole_is_no_message(tmp_path: Path) -> None:
    child = ACCEPTED | {"topic": "jawa-barat"}
    log = written(tmp_path, TOPIC, child, TOPIC | {"event": "AUTHENTICATION_ERROR"})
    parent, sent, refused = told(log)
    assert (parent, refused) == ([], [])
    assert sent[0]["event"] == "sent"


def test_a_topic_s_row_with_a_new_word_is_refused_like_any_other() -> None:
    assert refusal(TOPIC | {"event": "NEW"}).path == "$.event"


@pytest.mark.parametrize("key", ["message_id", "instance_id", "event_timestamp", "event"])
def test_what_is_missing_is_refused_by_name(key: str) -> None:
    for empty in ({}, {key: None}, {key: ""}):
        value = {name: said for name, said in ACCEPTED.items() if name != key} | empty
        assert refusal(value).path == f"$.{key}"


@pytest.mark.parametrize("key", ["message_id", "instance_id", "bulk_id", "project_number"])
@pytest.mark.parametrize("said", ["1.22158E+17", "1,22158E+17", "6E+18"])
def test_an_id_that_a_spreadsheet_rounded_is_refused_by_name(
    key: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "fcm.csv"
    path.write_text(as_csv(ACCEPTED, ACCEPTED | {key: said}), encoding="utf-8", newline="")
    sound, ruined = told(opened(path))
    assert sound[0]["event"] == "sent"
    assert ruined == (
        f'$.{key}: got "{said}", expected an id that no spreadsheet has rounded; '
        "export it again and leave it closed"
    )


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2020-04-08 18:28:11 UTC", "2020-04-08T18:28:11Z"),
        ("2020-04-08 18:28:11.123456+00", "2020-04-08T18:28:11.123456Z"),
        ("2020-04-08T18:28:11.123Z", "2020-04-08T18:28:11.123Z"),
        ("2020-04-08T18:28:11+07:00", "2020-04-08T18:28:11+07:00"),
    ],
)
def test_times_as_bigquery_and_others_write_them(said: str, at: str, log: Log) -> None:
    assert events(ACCEPTED | {"event_timestamp": said}, log)[0]["occurred_at"] == at


@pytest.mark.parametrize(
    "said",
    ["2020-04-08 18:28:11", "08/04/2020 18:28", "2020-02-30 18:28:11 UTC", "1586370491", 1586370491,
     "2020-04-08 24:28:11 UTC", "2020-04-08 18:28:11 WIB", ["2020-04-08T18:28:11Z"]],
)  # fmt: skip
def test_a_time_that_is_none_is_refused_and_never_guessed(said: object) -> None:
    why = refusal(ACCEPTED | {"event_timestamp": said})
    assert why.path == "$.event_timestamp"
    assert "2020-04-08 18:28:11.123456 UTC" in why.expected


def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    rows = [ACCEPTED, TOPIC, ACCEPTED | {"event": "MESSAGE_DELIVERED"}]
    path = tmp_path / "fcm.csv"
    path.write_text(as_csv(*rows), encoding="utf-8", newline="")
    assert told(opened(path)) == told(written(tmp_path, *rows))
    assert told(opened(path))[1] == []


def test_labels_are_the_office_s_to_name(tmp_path: Path) -> None:
    options = Options(
        fields={"campaign": "analytics_label", "segment": "sdk_platform"}, set={"channel": "app"}
    )
    [[event]] = told(written(tmp_path, ACCEPTED, options=options))
    assert (event["campaign"], event["segment"]) == ("vaksinasi-1", "ANDROID")
    assert event["channel"] == "app"
    [[plain]] = told(written(tmp_path, ACCEPTED))
    assert "campaign" not in plain


@pytest.mark.parametrize(
    "value",
    [
        {"event": "MESSAGE_ACCEPTED", "message_id": "1"},
        {"event": "delivered", "event_timestamp": "2020-04-08T18:28:11Z", "message_id": "1"},
        {"event": None, "event_timestamp": "", "message_id": "1", "instance_id": "2"},
    ],
)
def test_what_is_not_fcm_s_is_not_taken_for_it(value: dict[str, Any]) -> None:
    assert not FCM.is_record(value)


FOUR = {key: ACCEPTED[key] for key in ("event_timestamp", "message_id", "instance_id", "event")}


@pytest.mark.parametrize("sign", [None, "project_number", "sdk_platform", "message_type"])
def test_four_columns_with_other_words_are_any_push_service_s(
    sign: str | None, tmp_path: Path
) -> None:
    row = FOUR | {"event": "delivered"} | ({sign: ACCEPTED[sign]} if sign else {})
    table = f"{','.join(row)}\n{','.join(row.values())}\n"
    for name, text in (("a.ndjson", json.dumps(row)), ("a.csv", table)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        log = opened(path)
        if sign:
            [refused] = told(log)
            assert refused.startswith('$.event: got "delivered", expected one of MESSAGE_ACCEPTED')
            continue
        with pytest.raises(InputError) as why:
            recognise(log.name, log.head, log.options)
        assert "no known format" in str(why.value)


def test_a_query_s_four_columns_are_fcm_s_by_their_words(tmp_path: Path) -> None:
    path = tmp_path / "query.csv"
    path.write_text(f"{','.join(FOUR)}\n{','.join(FOUR.values())}\n", encoding="utf-8")
    assert told(opened(path)) == told(written(tmp_path, FOUR)) == [[EVERY | {"event": "sent"}]]


def test_it_says_what_it_can_t_tell() -> None:
    assert any("iOS" in each and "never failed" in each for each in FCM.silent)

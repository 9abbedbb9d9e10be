"""Bodies of OneSignal's event streams, and what each of them means.

The office writes a body itself. These are made by hand, by the templates and the tables of
OneSignal's documents; no sample under a free licence is known.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.formats.containers.head import peek
from reach.formats.onesignal.format import OneSignalFormat
from reach.formats.onesignal.words import CODES, WORDS
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.vocabulary import Event, Reason

ONESIGNAL = OneSignalFormat()
MESSAGE, DEVICE = "f3c9cd09-10d7-4f59-b9bc-66e16607f1d5", "b2c3d4e5-f6a7-8901-bcde-f12345678901"
FLAT: dict[str, Any] = {
    "event.kind": "message.push.received",
    "event.id": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    "event.timestamp": 1708559115,
    "event.datetime": "2024-02-21T23:45:15.228Z",
    "event.app_id": "0f7e1c2d-0000-4000-8000-000000000000",
    "event.subscription_device_type": "Android",
    "event.subscription_id": DEVICE,
    "event.onesignal_id": "c3d4e5f6-a7b8-9012-cdef-123456789012",
    "event.external_id": "warga-17",
    "event.data.page_name": "",
    "event.data.failure_reason": "",
    "message.id": MESSAGE,
    "message.name": "vaksinasi",
}
"""As the documents' template renders it: keys with dots, and blanks for what an event lacks."""

NESTED: dict[str, Any] = {
    "event": {
        "kind": "message.push.received",
        "timestamp": 1708559115,
        "datetime": "2024-02-21T23:45:15.228Z",
        "subscription_id": DEVICE,
        "external_id": "warga-17",
        "data": {"failure_reason": None},
    },
    "message": {"id": MESSAGE, "name": "vaksinasi"},
}
IN_PARTS = {
    "Event Data": {key: said for key, said in FLAT.items() if key.startswith("event.")},
    "Message Data": {key: said for key, said in FLAT.items() if key.startswith("message.")},
}
ROW: dict[str, Any] = {
    "event_id": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    "event_timestamp": "2024-02-21 23:45:15.228 UTC",
    "event_kind": "message.push.received",
    "subscription_device_type": "Android",
    "subscription_id": DEVICE,
    "token": "cPushToken",
    "external_id": "warga-17",
    "message_id": MESSAGE,
    "message_name": "vaksinasi",
    "failure_reason": None,
}
SHAPES = {"flat": FLAT, "nested": NESTED, "in parts": IN_PARTS, "row": ROW}
TOLD = {
    "message_id": MESSAGE,
    "event": "delivered",
    "receipt": "device",
    "channel": "push",
    "provider": "onesignal",
    "recipient": DEVICE,
    "occurred_at": "2024-02-21T23:45:15.228Z",
}


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("onesignal") / "stream.ndjson"
    path.write_text(json.dumps(FLAT) + "\n", encoding="utf-8")
    return path


def events(value: dict[str, Any], stream: Path, **options: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return ONESIGNAL.events(Record(1, 1, "", value), opened(stream, Options(**options)))


def refusal(value: dict[str, Any], stream: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        events(value, stream)
    return caught.value


@pytest.mark.parametrize("shape", SHAPES)
def test_a_body_may_have_its_names_in_any_of_the_documents_ways(shape: str, stream: Path) -> None:
    assert events(SHAPES[shape], stream) == [TOLD]


IN_ORDER: tuple[dict[str, Any], ...] = (
    {"message.id": "with dots"},
    {"message": {"id": "nested"}},
    {"Event Data": {"message.id": "in the part of the event"}},
    {"Message Data": {"message.id": "in the part of the message"}},
    {"message_id": "a column"},
)


@pytest.mark.parametrize("first", range(len(IN_ORDER)))
def test_of_several_places_the_first_counts_and_a_blank_one_does_not(
    first: int, stream: Path
) -> None:
    bare = {key: said for key, said in FLAT.items() if key != "message.id"}
    [expected] = [FLAT | {"message.id": said} for said in _said(IN_ORDER[first])]
    body: dict[str, Any] = bare
    for each in IN_ORDER[first:]:
        body = body | each
    assert events(body, stream) == events(expected, stream)
    if first:
        assert events(body | {"message.id": ""}, stream) == events(expected, stream)


def _said(part: dict[str, Any]) -> list[str]:
    [said] = part.values()
    return _said(said) if isinstance(said, dict) else [said]


MEANT: dict[str, tuple[str, str | None, bool | None, str | None]] = {
    "message.push.sent": ("sent", None, None, None),
    "message.push.received": ("delivered", "device", None, None),
    "message.push.clicked": ("clicked", None, None, None),
    "message.push.failed": ("failed", None, False, None),
    "message.push.unsubscribed": ("failed", None, True, "device_unregistered"),
    "message.email.sent": ("sent", None, None, None),
    "message.email.received": ("delivered", "carrier", None, None),
    "message.email.opened": ("opened", None, None, None),
    "message.email.clicked": ("clicked", None, None, None),
    "message.email.unsubscribed": ("unsubscribed", None, None, None),
    "message.email.reported_as_spam": ("complained", None, None, None),
    "message.email.resporedasspam": ("complained", None, None, None),
    "message.email.bounced": ("failed", None, True, "unknown"),
    "message.email.hardbounced": ("failed", None, True, "unknown"),
    "message.email.failed": ("failed", None, None, None),
    "message.email.suppressed": ("suppressed", None, None, "suppressed"),
    "message.email.supressed": ("suppressed", None, None, "suppressed"),
    "message.sms.sent": ("sent", None, None, None),
    "message.sms.delivered": ("delivered", "carrier", None, None),
    "message.sms.failed": ("rejected", None, None, None),
    "message.sms.undelivered": ("failed", None, None, None),
    "message.live_activity.sent": ("sent", None, None, None),
    "message.live_activity.delivered": ("delivered", "device", None, None),
    "message.live_activity.clicked": ("clicked", None, None, None),
    "message.live_activity.failed": ("failed", None, False, None),
    "message.live_activity.unsubscribed": ("failed", None, True, "device_unregistered"),
}
IN_APP = ("impression", "displayed", "clicked", "page_displayed", "pagedisplayed")


@pytest.mark.parametrize("kind", MEANT)
def test_every_kind_s_meaning(kind: str, stream: Path) -> None:
    [event] = events(FLAT | {"event.kind": kind}, stream)
    told = tuple(event.get(key) for key in ("event", "receipt", "permanent", "reason"))
    assert told == MEANT[kind]
    assert event["channel"] == kind.split(".")[1]


def test_the_table_has_these_kinds_and_no_other() -> None:
    assert {each.said for each in WORDS} == set(MEANT) | {f"message.iam.{each}" for each in IN_APP}


@pytest.mark.parametrize("said", IN_APP)
def test_an_in_app_message_has_no_sending_so_it_is_only_counted(said: str, stream: Path) -> None:
    assert events(FLAT | {"event.kind": f"message.iam.{said}"}, stream) == []


def test_a_push_that_finds_no_device_is_not_read_as_an_opt_out() -> None:
    """Who unsubscribes has the message in hand; here nobody has it."""
    gone = {each.said: each for each in WORDS}["message.push.unsubscribed"]
    assert (gone.event, gone.reason) == (Event.FAILED, Reason.DEVICE_UNREGISTERED)


@pytest.mark.parametrize(
    "kind",
    ["message.push.displayed", "message.email.soft_bounced", "message.sms.clicked", "push.sent"],
)
def test_a_kind_that_is_not_in_the_table_is_refused_by_name(kind: str, stream: Path) -> None:
    for shape, path in (("flat", '$["event.kind"]'), ("row", "$.event_kind")):
        body = SHAPES[shape] | {"event.kind" if shape == "flat" else "event_kind": kind}
        why = refusal(body, stream)
        assert (why.path, why.received) == (path, f'"{kind}"')


@pytest.mark.parametrize("code", [*CODES, None])
def test_why_is_apart_from_whether_for_good(code: Any, stream: Path) -> None:  # noqa: ANN401
    said = code.said if code else "new words"
    body = FLAT | {"event.data.failure_reason": said}
    reason = code.reason if code else Reason.OTHER
    [push] = events(body | {"event.kind": "message.push.failed"}, stream)
    assert (push["permanent"], push["reason"]) == (False, reason)
    [email] = events(body | {"event.kind": "message.email.failed"}, stream)
    assert ("permanent" in email, email["reason"]) == (False, reason)
    [bounce] = events(body | {"event.kind": "message.email.bounced"}, stream)
    assert (bounce["permanent"], bounce["reason"]) == (True, "unknown")
    assert "reason" not in events(body, stream)[0]


@pytest.mark.parametrize(
    ("kind", "recipient"),
    [
        ("message.email.sent", "siti@example.org"),
        ("message.sms.sent", "siti@example.org"),
        ("message.push.sent", DEVICE),
        ("message.live_activity.sent", DEVICE),
    ],
)
def test_an_address_is_the_person_s_in_all_channels_and_a_push_token_is_none(
    kind: str, recipient: str, stream: Path
) -> None:
    body = FLAT | {"event.kind": kind, "user.subscription.subscription_token": "siti@example.org"}
    assert events(body, stream)[0]["recipient"] == recipient
    row = ROW | {"event_kind": kind, "token": "siti@example.org"}
    assert events(row, stream)[0]["recipient"] == recipient
    assert events(FLAT | {"event.kind": kind}, stream)[0]["recipient"] == DEVICE


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"event.datetime": ""}, "2024-02-21T23:45:15Z"),
        ({"event.datetime": None, "event.timestamp": "1708559115"}, "2024-02-21T23:45:15Z"),
        ({"event.datetime": "", "event.timestamp": 1708559115228}, "2024-02-21T23:45:15.228000Z"),
        (
            {"event.datetime": "", "event.timestamp": "2024-02-21 23:45:15 UTC"},
            "2024-02-21T23:45:15Z",
        ),
        ({"event.datetime": "", "event.timestamp": ""}, None),
    ],
)
def test_times_in_seconds_and_in_words(
    change: dict[str, Any], at: str | None, stream: Path
) -> None:
    assert events(FLAT | change, stream)[0].get("occurred_at") == at


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"event.kind": ""}, '$["event.kind"]'),
        ({"event.kind": 5}, '$["event.kind"]'),
        ({"message.id": ""}, '$["message.id"]'),
        ({"message.id": [1]}, '$["message.id"]'),
        ({"event.subscription_id": ""}, '$["event.subscription_id"]'),
        ({"event.datetime": "21.02.2024 23:45"}, '$["event.datetime"]'),
        ({"event.datetime": 1708559115}, '$["event.datetime"]'),
        ({"event.datetime": "", "event.timestamp": True}, '$["event.timestamp"]'),
        ({"event.datetime": "", "event.timestamp": "soon"}, '$["event.timestamp"]'),
        ({"event.datetime": "", "event.timestamp": 10**18}, '$["event.timestamp"]'),
    ],
)
def test_what_can_t_be_read_is_refused_by_name(
    change: dict[str, Any], path: str, stream: Path
) -> None:
    assert refusal(FLAT | change, stream).path == path


@pytest.mark.parametrize("shape", ["flat", "nested", "in parts"])
def test_places_are_named_with_dots_in_every_way_of_writing(shape: str, stream: Path) -> None:
    fields = {"campaign": "message.name", "recipient": "event.external_id", "region": "user.tags.r"}
    [event] = events(SHAPES[shape], stream, fields=fields, set={"purpose": "service"})
    assert (event["campaign"], event["recipient"]) == ("vaksinasi", "warga-17")
    assert (event.get("region"), event["purpose"]) == (None, "service")


def test_a_row_s_columns_are_places(stream: Path) -> None:
    [event] = events(ROW, stream, fields={"campaign": "message_name"})
    assert event["campaign"] == "vaksinasi"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("indent", [None, 1])
def test_it_is_known_by_its_content(shape: str, indent: int | None, tmp_path: Path) -> None:
    path = tmp_path / "log"
    bodies = [SHAPES[shape]] * 2
    text = json.dumps(bodies, indent=1) if indent else "\n".join(map(json.dumps, bodies))
    path.write_text(text, encoding="utf-8")
    log = opened(path)
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "onesignal"
    assert [as_format.events(record, log) for record in as_format.records(log)] == [[TOLD]] * 2


def test_a_table_from_a_warehouse(tmp_path: Path) -> None:
    path = tmp_path / "message_events.csv"
    cells = ["" if said is None else str(said) for said in ROW.values()]
    path.write_text(f"{','.join(ROW)}\n{','.join(cells)}\n", encoding="utf-8")
    log = opened(path, Options(fields={"campaign": "message_name"}))
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "onesignal"
    [record] = as_format.records(log)
    assert as_format.events(record, log) == [TOLD | {"campaign": "vaksinasi"}]


@pytest.mark.parametrize(
    "value",
    [{"event.kind": "alert"}, {"event": "message.push.sent"}, {"event_kind": "message.fax.sent"}],
)
def test_what_is_not_onesignal_s_is_not_taken_for_it(value: dict[str, Any]) -> None:
    assert not ONESIGNAL.is_record(value)

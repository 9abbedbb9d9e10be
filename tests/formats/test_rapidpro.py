"""Messages as RapidPro writes them out, and what each of them means.

The archiver's own samples are under a licence that ours does not go with. These records are made
by hand, with the keys and the words that its code and the interface's documents have.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.rapidpro.format import RapidProFormat
from reach.formats.rapidpro.words import PAST_QUEUE, WORDS
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.vocabulary import Event

RAPIDPRO = RapidProFormat()
CONTACT = "d33e9ad5-5c35-414c-abd4-e7451c69ff1d"
SENT: dict[str, Any] = {
    "uuid": "0199bb98-3637-778d-9dfc-0ab85c950d7c",
    "id": 4105426,
    "broadcast": 2690007,
    "contact": {"uuid": CONTACT, "name": "Siti Rahma"},
    "urn": "tel:+6281234567890",
    "channel": {"uuid": "9a8b001e-a913-486c-80f4-1356e23f582e", "name": "Telkomsel 1234"},
    "flow": {"uuid": "254fd2ff-4990-4621-9536-0a448d313692", "name": "Vaksinasi"},
    "ticket_uuid": None,
    "direction": "out",
    "type": "text",
    "status": "sent",
    "visibility": "visible",
    "text": "Besok ada posyandu di balai desa.",
    "attachments": [],
    "labels": [],
    "created_on": "2016-01-06T15:33:00.813162+00:00",
    "sent_on": "2016-01-06T15:35:03.675716+00:00",
    "modified_on": "2016-01-06T15:36:00.000000+00:00",
}
ANSWER = SENT | {"uuid": "0199bb98-0000-778d-9dfc-0ab85c950d7c", "id": 4105427, "direction": "in",
                 "status": "handled", "text": "Ya", "sent_on": None}  # fmt: skip


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rapidpro") / "messages.jsonl"
    path.write_text(json.dumps(SENT) + "\n", encoding="utf-8")
    return path


def events(value: dict[str, Any], archive: Path, **options: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return RAPIDPRO.events(Record(1, 1, "", value), opened(archive, Options(**options)))


def refusal(value: dict[str, Any], archive: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        events(value, archive)
    return caught.value


OUT = {
    "message_id": SENT["uuid"],
    "channel": "sms",
    "provider": "rapidpro",
    "recipient": "+6281234567890",
}
MEANT = {
    "initializing": Event.QUEUED,
    "queued": Event.QUEUED,
    "wired": Event.SENT,
    "sent": Event.SENT,
    "delivered": Event.DELIVERED,
    "read": Event.READ,
    "errored": Event.DEFERRED,
    "failed": Event.FAILED,
    "handled": None,
    "resent": None,
}


def test_every_word_s_meaning(archive: Path) -> None:
    assert {each.said: each.event for each in WORDS} == MEANT
    for said, event in MEANT.items():
        found = events(SENT | {"status": said, "sent_on": None}, archive)
        assert [each["event"] for each in found] == ([str(event)] if event else [])


@pytest.mark.parametrize(
    ("said", "at"),
    [("initializing", "created_on"), ("queued", "created_on"), ("wired", "sent_on"),
     ("sent", "sent_on")],
)  # fmt: skip
def test_each_status_has_its_own_time(said: str, at: str, archive: Path) -> None:
    [event] = events(SENT | {"status": said}, archive)
    assert event["occurred_at"] == SENT[at]


def test_only_what_is_past_the_queue_says_more_than_its_status(archive: Path) -> None:
    two = {said for said in MEANT if len(events(SENT | {"status": said}, archive)) == 2}
    assert two == {"delivered", "read", "errored", "failed"}


@pytest.mark.parametrize("said", PAST_QUEUE)
def test_a_snapshot_also_says_that_the_message_was_sent(said: str, archive: Path) -> None:
    was_sent, status = events(SENT | {"status": said}, archive)
    assert was_sent == OUT | {"event": "sent", "occurred_at": SENT["sent_on"]}
    assert (status["event"], status["occurred_at"]) == (str(MEANT[said]), SENT["modified_on"])
    for never in (None, ""):
        assert events(SENT | {"status": said, "sent_on": never}, archive) == [status]


def test_what_failed_says_neither_why_nor_whether_for_good(archive: Path) -> None:
    [event] = events(SENT | {"status": "failed", "sent_on": None}, archive)
    assert not {"permanent", "reason"} & set(event)


def test_missing_times_are_not_made_up(archive: Path) -> None:
    bare = {key: said for key, said in SENT.items() if not key.endswith("_on")}
    assert "occurred_at" not in events(bare | {"status": "delivered"}, archive)[0]
    [queued] = events(bare | {"status": "queued", "modified_on": SENT["modified_on"]}, archive)
    assert queued["occurred_at"] == SENT["modified_on"]


@pytest.mark.parametrize("said", ["handled", "queued"])
def test_an_answer_names_no_message_of_ours_and_is_only_counted(said: str, archive: Path) -> None:
    """It has an id of its own, and nothing in it says which message it answers."""
    assert events(ANSWER | {"status": said}, archive) == []
    assert any("answers" in each for each in RAPIDPRO.silent)


@pytest.mark.parametrize(
    ("urn", "channel", "recipient"),
    [
        ("tel:+6281234567890", "sms", "+6281234567890"),
        ("tel:12345", "sms", "12345"),
        ("whatsapp:6281234567890", "whatsapp", "+6281234567890"),
        ("whatsapp:+6281234567890", "whatsapp", "+6281234567890"),
        ("whatsapp:ID.x1y2", "whatsapp", "whatsapp:ID.x1y2"),
        ("bsuid:ID.x1y2", "whatsapp", "bsuid:ID.x1y2"),
        ("telegram:3527065", "telegram", "telegram:3527065"),
        ("facebook:1122334455", "facebook", "facebook:1122334455"),
        ("twitterid:1122334455#siti", "twitter", "twitterid:1122334455#siti"),
        ("mailto:siti@example.org", "email", "siti@example.org"),
        ("fcm:c2xhY2s", "push", "fcm:c2xhY2s"),
        ("ext:15", "ext", "ext:15"),
    ],
)
def test_only_a_telephone_number_or_a_mail_address_loses_its_scheme(
    urn: str, channel: str, recipient: str, archive: Path
) -> None:
    [event] = events(SENT | {"urn": urn}, archive)
    assert (event["channel"], event["recipient"]) == (channel, recipient)


@pytest.mark.parametrize("kind", ["voice", "ivr"])
def test_a_spoken_message_is_a_call(kind: str, archive: Path) -> None:
    assert events(SENT | {"type": kind}, archive)[0]["channel"] == "call"
    by_whatsapp = SENT | {"type": kind, "urn": "whatsapp:6281"}
    assert events(by_whatsapp, archive)[0]["channel"] == "whatsapp"


def test_delivered_on_whatsapp_is_the_device_s_word(archive: Path) -> None:
    delivered = SENT | {"status": "delivered"}
    assert events(delivered, archive)[1]["receipt"] == "carrier"
    assert events(delivered | {"urn": "whatsapp:6281"}, archive)[1]["receipt"] == "device"
    assert "receipt" not in events(SENT | {"status": "read"}, archive)[1]


def test_an_anonymous_workspace_has_the_contact_in_place_of_the_number(archive: Path) -> None:
    anonymous = SENT | {"urn": None}
    [event] = events(anonymous, archive, set={"channel": "sms"})
    assert (event["recipient"], event["channel"]) == (CONTACT, "sms")
    [event] = events(anonymous, archive, fields={"channel": "channel.name"})
    assert event["channel"] == "Telkomsel 1234"
    why = refusal(anonymous, archive)
    assert (why.path, why.received) == ("$.urn", "nothing")
    assert "name the channel with set:" in why.expected


def test_the_channel_that_the_office_names_wins(archive: Path) -> None:
    assert events(SENT, archive, set={"channel": "posyandu"})[0]["channel"] == "posyandu"


def test_old_archives_name_messages_by_numbers(archive: Path) -> None:
    old = {key: said for key, said in SENT.items() if key != "uuid"}
    assert events(old, archive)[0]["message_id"] == "4105426"
    assert events(old | {"uuid": None, "id": "x"}, archive)[0]["message_id"] == "x"


def test_flows_and_broadcasts_can_be_campaigns(archive: Path) -> None:
    [event] = events(SENT, archive, fields={"campaign": "flow.name", "variant": "broadcast"})
    assert (event["campaign"], event["variant"]) == ("Vaksinasi", "2690007")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"status": "Delivered"}, "$.status"),
        ({"status": "wiredd"}, "$.status"),
        ({"status": None}, "$.status"),
        ({"direction": "outgoing"}, "$.direction"),
        ({"direction": None}, "$.direction"),
        ({"direction": "in", "status": "terkirim"}, "$.status"),
        ({"urn": "+6281234567890"}, "$.urn"),
        ({"urn": "tel:"}, "$.urn"),
        ({"urn": 6281234567890}, "$.urn"),
        ({"urn": None, "contact": None}, "$.contact.uuid"),
        ({"urn": None, "contact": {"name": "Siti"}}, "$.contact.uuid"),
        ({"uuid": 5}, "$.uuid"),
        ({"uuid": None, "id": None}, "$.uuid"),
        ({"uuid": None, "id": True}, "$.uuid"),
        ({"sent_on": "06-01-2016 15:35"}, "$.sent_on"),
        ({"status": "read", "modified_on": 1452094503}, "$.modified_on"),
        ({"status": "queued", "created_on": "2016-13-06T15:33:00Z"}, "$.created_on"),
    ],
)
def test_what_can_t_be_read_is_refused_by_name(
    change: dict[str, Any], path: str, archive: Path
) -> None:
    assert refusal(SENT | change, archive).path == path


PAGE: dict[str, Any] = {
    "next": "https://example.org/api/v2/messages.json?cursor=cD0y",
    "previous": None,
    "results": [SENT, ANSWER, SENT | {"status": "delivered"}],
}
LAYOUTS = {
    "lines": "\n".join(map(json.dumps, PAGE["results"])),
    "array": json.dumps(PAGE["results"]),
    "document": json.dumps(PAGE["results"], indent=1),
    "page": json.dumps(PAGE),
    "pretty page": json.dumps(PAGE, indent=2),
    "last page": json.dumps(PAGE | {"next": None}),
}


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_it_is_known_by_its_content_in_any_layout(
    layout: str, pack: type[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "log"
    path.write_bytes(pack(LAYOUTS[layout].encode()))
    log = opened(path)
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "rapidpro"
    found = [as_format.events(record, log) for record in as_format.records(log)]
    assert [[each["event"] for each in one] for one in found] == [
        ["sent"], [], ["sent", "delivered"],
    ]  # fmt: skip


def test_a_page_among_messages(archive: Path) -> None:
    why = refusal(PAGE, archive)
    assert (why.path, why.received) == ("$.results", "a page of 3 among messages")


NOTHING: dict[str, Any] = {"next": None, "previous": None, "results": []}
EMPTY = {
    "page": json.dumps(NOTHING),
    "pretty page": json.dumps(NOTHING, indent=2),
    "pages": "\n".join([json.dumps(NOTHING)] * 2),
}


@pytest.mark.parametrize("layout", EMPTY)
def test_an_empty_page_may_be_anybody_s_and_is_rapidpro_s_only_by_name(
    layout: str, tmp_path: Path
) -> None:
    path = tmp_path / "page.json"
    path.write_text(EMPTY[layout], encoding="utf-8")
    log = opened(path)
    with pytest.raises(InputError) as why:
        recognise(log.name, log.head, log.options)
    assert "no known format" in str(why.value)
    log = opened(path, Options(format="rapidpro"))
    assert list(recognise(log.name, log.head, log.options).records(log)) == []


def test_a_name_makes_no_messages_of_other_pages(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps(NOTHING | {"results": [{"id": 1}]}), encoding="utf-8")
    log = opened(path, Options(format="rapidpro"))
    with pytest.raises(InputError) as why:
        recognise(log.name, log.head, log.options)
    assert "not of format rapidpro" in str(why.value)


def test_an_empty_page_before_a_full_one(tmp_path: Path) -> None:
    path = tmp_path / "pages.ndjson"
    path.write_text(f"{json.dumps(NOTHING)}\n{json.dumps(PAGE)}\n", encoding="utf-8")
    log = opened(path)
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "rapidpro"
    assert len(list(as_format.records(log))) == 3


def test_an_archive_of_runs_is_none_of_messages(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    run = {"uuid": "x", "flow": {}, "contact": {}, "responded": True, "created_on": "", "path": []}
    path.write_text(json.dumps(run), encoding="utf-8")
    log = opened(path)
    with pytest.raises(InputError):
        recognise(log.name, log.head, log.options)

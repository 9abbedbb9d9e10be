"""SendGrid's own examples, and what each of them means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.formats.containers.head import peek
from reach.formats.given import Given
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.formats.sendgrid import SendGridFormat, message_name

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "sendgrid"
SENDGRID = SendGridFormat()


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


def events(value: dict[str, Any], options: Options | None = None) -> list[dict[str, Any]]:
    log = opened(SAMPLES / "every-event.json", options)
    return SENDGRID.events(Record(1, 1, "", value), log)


def told(path: Path) -> list[dict[str, Any]]:
    """What each record says; a refusal as its text."""
    log = opened(path)
    found = []
    for record in recognise(log.name, log.head, log.options).records(log):
        try:
            found += SENDGRID.events(record, log) or [{"event": None}]
        except Refused as why:
            found.append({"event": str(why)})
    return found


def test_the_reference_s_list_of_every_event() -> None:
    found = told(SAMPLES / "every-event.json")
    assert [each["event"] for each in found] == [
        "sent", "deferred", "delivered", "opened", "clicked", "failed", "suppressed", "complained",
        "unsubscribed", "unsubscribed", None,
    ]  # fmt: skip
    every = {
        "message_id": "sg_message_id",
        "alias_id": "14c5d75ce93.dfd.64b469",
        "channel": "email",
        "provider": "sendgrid",
        "recipient": "example@test.com",
        "occurred_at": "2017-12-15T00:59:29Z",
    }
    assert [{k: v for k, v in each.items() if v and every.get(k) != v} for each in found] == [
        {"event": "sent"},
        {"event": "deferred"},
        {"event": "delivered", "receipt": "carrier"},
        {"event": "opened"},
        {"event": "clicked"},
        {"event": "failed", "permanent": True, "reason": "unknown"},  # 5.0.0 says nothing
        {"event": "suppressed", "reason": "suppressed"},  # "Bounced Address"
        {"event": "complained"},
        {"event": "unsubscribed"},
        {"event": "unsubscribed"},
        {},
    ]


def test_the_reference_s_other_examples() -> None:
    found = told(SAMPLES / "bodies.ndjson")
    assert [each["event"] for each in found][:12] == [
        "sent", "suppressed", "delivered", "deferred", "failed", "failed", "opened", "clicked",
        "complained", "unsubscribed", "unsubscribed", None,
    ]  # fmt: skip
    assert {each["message_id"] for each in found[:11]} == {"14c5d75ce93.dfd.64b469"}
    assert not any("alias_id" in each for each in found[:11])
    bounced, blocked = found[4:6]
    assert (bounced["permanent"], blocked["permanent"]) == (True, False)
    # From before there were ids: nothing says which message they are of.
    nameless = [each["event"] for each in found if each["event"] and each["event"][0] == "$"]
    no_id = "$.sg_message_id: got nothing, expected an id of the message, here or in smtp-id"
    assert [each for each in nameless if each != no_id] == [
        (
            '$.event: got "Processed", expected one of processed, dropped, deferred, delivered, '
            "bounce bounce, bounce blocked, open, click, spamreport, unsubscribe, "
            "group_unsubscribe, group_resubscribe (did you mean processed?)"
        )
    ]


def test_both_kinds_of_id_and_no_id_of_one_message() -> None:
    assert message_name("14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0") == message_name(
        "<14c5d75ce93.dfd.64b469@ismtpd-555>"
    )
    assert message_name("5lFl7Fr1Rjme_EyzNNB_5A.stfilter-015.5185.55F883172.0") == message_name(
        "<5lFl7Fr1Rjme_EyzNNB_5A@stismtpd-006.sjc1.sendgrid.net>"
    )
    assert message_name("<20120525181309.C1A9B40405B3@Example-Mac.local>") == "20120525181309"
    assert (message_name(""), message_name("<>"), message_name("@x")) == (None, None, None)


BASE = {"email": "a@example.org", "event": "bounce", "timestamp": 1513299569, "sg_message_id": "m"}


def test_a_bounce_that_comes_late_has_no_message_id_but_the_other_name() -> None:
    late = {key: value for key, value in BASE.items() if key != "sg_message_id"}
    [event] = events(late | {"smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>"})
    assert event["message_id"] == "14c5d75ce93.dfd.64b469"
    assert "alias_id" not in event


@pytest.mark.parametrize(
    ("status", "reason"),
    [("5.1.1", "no_mailbox"), ("5.7.1", "policy"), ("4.2.2", "mailbox_full"), ("5.4.4", "network"),
     ("5.1.10", "domain_error"), ("5.7.23", "auth_failure"), ("smtp; 550", None), ("", None)],
)  # fmt: skip
def test_why_is_apart_from_whether_for_good(status: str, reason: str | None) -> None:
    for kind, permanent in (("bounce", True), ("blocked", False)):
        [event] = events(BASE | {"type": kind, "status": status})
        assert (event["permanent"], event.get("reason")) == (permanent, reason)


@pytest.mark.parametrize(
    ("said", "reason"),
    [("Unsubscribed Address", "opt_out"), ("Spam Reporting Address", "opt_out"),
     ("Invalid", "no_mailbox"), ("Spam Content", "content_rejected"), ("New words", "suppressed")],
)  # fmt: skip
def test_a_drop_is_no_attempt_whatever_its_reason(said: str, reason: str) -> None:
    [event] = events(BASE | {"event": "dropped", "reason": said, "status": "5.0.0"})
    assert (event["event"], event["reason"]) == ("suppressed", reason)


def test_only_the_provider_s_word_makes_an_open_a_machine_s() -> None:
    said = [events(BASE | {"event": "open", "sg_machine_open": flag})[0] for flag in (True, False)]
    assert [each["machine"] for each in said] == [True, False]
    assert "machine" not in events(BASE | {"event": "open"})[0]
    assert "machine" not in events(BASE | {"event": "click", "sg_machine_open": True})[0]


def test_seconds_and_milliseconds() -> None:
    times = [
        events(BASE | {"timestamp": at})[0]["occurred_at"] for at in (1591726752, 1591726752372)
    ]
    assert times == ["2020-06-09T18:19:12Z", "2020-06-09T18:19:12.372000Z"]


def test_custom_arguments_and_categories_fill_fields() -> None:
    options = Options(fields={"region": "wilayah", "campaign": "category"}, set={"channel": "nl"})
    for category in ("reminder", ["reminder"]):
        [event] = events(BASE | {"wilayah": 3273, "category": category}, options)
        assert (event["region"], event["campaign"], event["channel"]) == ("3273", "reminder", "nl")
    assert events(BASE | {"category": []}, options)[0]["campaign"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"event": "bounced"}, '$.event: got "bounced", expected one of processed'),
        ({"event": "bounce", "type": "expired"}, '$.type: got "expired", expected one of bounce'),
        ({"event": None}, "$.event: got nothing, expected one of SendGrid's events"),
        ({"timestamp": "1513299569"}, '$.timestamp: got "1513299569", expected a time in seconds'),
        ({"timestamp": 10**18}, "$.timestamp: got 1000000000000000000, expected a time"),
        ({"timestamp": True}, "$.timestamp: got true, expected a time"),
        ({"email": ["a@b"]}, "$.email: got a list of 1, expected the recipient's address"),
        ({"sg_message_id": 5}, "$.sg_message_id: got 5, expected the message's id, as text"),
        ({"smtp-id": {}}, "$.smtp-id: got a mapping of 0, expected the message's id, as text"),
    ],
)
def test_what_is_none_of_it_is_refused_by_name(change: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as raised:
        events(BASE | change)
    assert str(raised.value).startswith(said)


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    for number, body in enumerate((SAMPLES / "bodies.ndjson").read_text("utf-8").splitlines()):
        path = tmp_path / f"{number}.log"
        path.write_text(json.dumps(json.loads(body), indent=number % 3 or None), encoding="utf-8")
        log = opened(path)
        if "Processed" not in body:
            assert recognise(log.name, log.head, log.options).name == "sendgrid", body


def test_a_type_that_is_null_is_missing() -> None:
    assert events(BASE | {"type": None}) == events(BASE)


def test_times_are_numbers_unless_the_options_say_where_they_are() -> None:
    path = SAMPLES / "every-event.json"
    assert SENDGRID.given(opened(path), plain=True) == {"occurred_at": Given.MOMENT}
    for options in (Options(fields={"occurred_at": "sent_on"}), Options(set={"occurred_at": "x"})):
        assert SENDGRID.given(opened(path, options), plain=True) == {}

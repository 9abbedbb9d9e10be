"""Mailgun's events as it sends them, and what each of them means."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.errors import InputError
from reach.formats.containers.head import peek
from reach.formats.mailgun.format import MailgunFormat
from reach.formats.mailgun.words import LISTED, REASONS
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.vocabulary import Reason

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "mailgun"
BODIES = [
    json.loads(line) for line in (SAMPLES / "webhooks.ndjson").read_text("utf-8").splitlines()
]
PAGE: dict[str, Any] = json.loads((SAMPLES / "page.json").read_text("utf-8"))
MAILGUN = MailgunFormat()

# By hand, in the shape that the provider's documents show; the samples lack these.
DELIVERED: dict[str, Any] = BODIES[0]["event-data"]
FAILED: dict[str, Any] = BODIES[1]["event-data"]
OPENED: dict[str, Any] = BODIES[7]["event-data"]
REJECTED: dict[str, Any] = BODIES[4]["event-data"]


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


def events(value: dict[str, Any], options: Options | None = None) -> list[dict[str, Any]]:
    log = opened(SAMPLES / "webhooks.ndjson", options)
    return MAILGUN.events(Record(1, 1, "", value), log)


def failed(change: dict[str, Any] | None = None, **status: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a failure says whose status is no more than told."""
    [event] = events(FAILED | {"delivery-status": status} | (change or {}))
    return event


def test_the_samples() -> None:
    found = [event for body in BODIES[:8] for event in events(body)]
    assert [each["event"] for each in found] == [
        "delivered", "failed", "deferred", "deferred", "rejected", "complained", "unsubscribed",
        "opened",
    ]  # fmt: skip
    assert found[0] == {
        "message_id": "20180812211713.1.DF5966851B4BAA99@example.org",
        "event": "delivered",
        "channel": "email",
        "recipient": "recipient@example.com",
        "occurred_at": "2018-08-12T21:17:17.153125Z",
        "receipt": "carrier",
        "provider": "mailgun",
    }
    assert (found[1]["permanent"], found[1]["reason"]) == (True, "no_mailbox")
    assert [each.get("reason") for each in found[2:4]] == ["domain_error", "greylisted"]
    assert found[4]["recipient"] == "recipient@example.org"
    assert "machine" not in found[7]
    with pytest.raises(Refused, match="message-id: got nothing"):
        events(BODIES[8])


def test_a_sending_in_test_mode_is_none() -> None:
    [item] = PAGE["items"]
    assert events(item) == []
    [sent] = events(item | {"flags": item["flags"] | {"is-test-mode": False}})
    assert (sent["event"], sent["occurred_at"]) == ("sent", "2016-01-07T22:08:03.419580Z")


@pytest.mark.parametrize("flag", ["is-test-mode", "is-callback", "is-routed"])
def test_what_is_flagged_as_of_no_message_to_a_person_holds_no_event(flag: str) -> None:
    for body in BODIES[:8]:
        value = body["event-data"] | {"flags": {flag: True}}
        assert events({"event-data": value}) == events(value) == []
        assert events(value | {"flags": {flag: None}}) == events(value | {"flags": {flag: False}})


@pytest.mark.parametrize(
    "word", ["stored", "list_member_uploaded", "list_member_upload_error", "list_uploaded"]
)
def test_events_that_tell_nothing_of_delivery(word: str) -> None:
    assert events({"event": word, "timestamp": 1534108637.1}) == []


@pytest.mark.parametrize(
    ("severity", "event", "permanent"),
    [("permanent", "failed", True), ("temporary", "deferred", None), ("internal", "deferred", None)],
)  # fmt: skip
def test_a_failure_by_its_severity(severity: str, event: str, permanent: bool | None) -> None:  # noqa: FBT001 -- a parameter
    for reason in (None, "", "generic", "bounce", "hardfail"):
        told = failed({"severity": severity, "reason": reason}, code=550)
        assert (told["event"], told.get("permanent")) == (event, permanent)
        assert "reason" not in told


def test_what_mailgun_gave_up_is_expired_and_no_dead_address() -> None:
    told = failed({"reason": "old"}, code=602, message="Too old")
    assert (told["event"], told["reason"], told.get("permanent")) == ("expired", "expired", None)
    assert failed({"reason": "old"}, code=498)["reason"] == "domain_error"
    assert failed({"reason": "old", "severity": "temporary"})["event"] == "deferred"


@pytest.mark.parametrize(
    ("reason", "why"),
    [("suppress-bounce", "suppressed"), ("suppress-complaint", "opt_out"),
     ("suppress-unsubscribe", "opt_out")],
)  # fmt: skip
def test_suppressed_is_not_sent(reason: str, why: str) -> None:
    for severity in ("permanent", "temporary"):
        told = failed(
            {"reason": reason, "severity": severity}, code=550, **{"enhanced-code": "5.1.1"}
        )
        assert (told["event"], told["reason"]) == ("suppressed", why)
        assert "permanent" not in told


@pytest.mark.parametrize(
    ("code", "event", "why"),
    [(605, "suppressed", "suppressed"), (606, "suppressed", "opt_out"),
     (607, "suppressed", "opt_out"), (625, "rejected", "policy")],
)  # fmt: skip
def test_codes_of_its_own_for_what_was_not_tried(code: int, event: str, why: str) -> None:
    for reason in ("hardfail", "generic", None):
        for said in (code, str(code)):
            told = failed({"reason": reason}, code=said)
            assert (told["event"], told["reason"]) == (event, why)


@pytest.mark.parametrize(
    ("code", "why"), [(498, "domain_error"), (499, "network"), (602, "expired"), (550, None)]
)
def test_codes_of_its_own_for_what_failed(code: int, why: str | None) -> None:
    assert failed({"reason": "generic"}, code=code).get("reason") == why


def test_a_bounce_that_follows_a_delivery() -> None:
    late = {"flags": {"is-delayed-bounce": True}}
    told = failed(late, code=550, **{"bounce-code": "5.4.14"})
    assert (told["event"], told["permanent"], told["reason"]) == ("failed", True, "network")
    told = failed(late | {"severity": "temporary"}, code=450)
    assert (told["event"], told["permanent"]) == ("failed", False)
    with pytest.raises(Refused, match=re.escape("message-id: got nothing")):
        failed(late | {"message": {"headers": {}, "size": 5158}})


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ({"enhanced-code": "5.1.1"}, "no_mailbox"),
        ({"enhanced-code": "5.7.1"}, "policy"),
        ({"enhanced-code": "4.2.2", "bounce-code": "5.1.1"}, "mailbox_full"),
        ({"enhanced-code": "", "bounce-code": "5.1.1"}, "no_mailbox"),
        ({"enhanced-code": None, "message": "5.5.0 mailbox unavailable"}, "other"),
        ({"message": "550-5.7.26 unauthenticated"}, "auth_failure"),
        ({"message": "smtp; 552 5.2.2 over quota\nmore"}, "mailbox_full"),
        ({"message": "Too many from 5.1.1.1 or 5.1.1"}, None),
        ({"message": 5, "enhanced-code": ["5.1.1"], "code": 5.5}, None),
        ({"description": "5.1.1"}, None),
    ],
)
def test_why_is_apart_from_whether_for_good(status: dict[str, Any], why: str | None) -> None:
    for severity, permanent in (("permanent", True), ("temporary", None)):
        told = failed({"severity": severity, "reason": "bounce"}, **status)
        assert (told.get("permanent"), told.get("reason")) == (permanent, why)


@pytest.mark.parametrize(
    ("reason", "why"),
    [("espblock", Reason.REPUTATION_BLOCK), ("blacklisted", Reason.REPUTATION_BLOCK),
     ("greylisted", Reason.GREYLISTED)],
)  # fmt: skip
def test_a_block_is_no_dead_address_whatever_the_server_said(reason: str, why: Reason) -> None:
    for said in ({"enhanced-code": "5.1.1"}, {"message": "5.1.1 no"}, {"code": 498}, {}):
        assert failed({"reason": reason}, **said)["reason"] == why


@pytest.mark.parametrize("status", [None, [], "", 5, {"code": None, "message": None}])
def test_a_delivery_status_may_be_null(status: object) -> None:
    [told] = events(FAILED | {"delivery-status": status})
    assert (told["event"], told["permanent"], told.get("reason")) == ("failed", True, None)
    assert events(DELIVERED | {"delivery-status": status})[0]["event"] == "delivered"


@pytest.mark.parametrize(
    ("client", "machine"),
    [({"bot": "apple"}, True), ({"bot": "gmail"}, True), ({"bot": "generic"}, True),
     ({"bot": ""}, False), ({"bot": None}, None), ({}, None), (None, None)],
)  # fmt: skip
def test_who_opened_or_clicked(client: object, machine: bool | None) -> None:  # noqa: FBT001
    for word in ("opened", "clicked"):
        [told] = events(OPENED | {"event": word, "client-info": client})
        assert told.get("machine") is machine
    [told] = events(OPENED | {"event": "unsubscribed", "client-info": client})
    assert "machine" not in told


@pytest.mark.parametrize(
    ("to", "recipient"),
    [
        ("a@example.org", "a@example.org"),
        ("Siti Rahma <a@example.org>", "a@example.org"),
        ('"Rahma, Siti" <a@example.org>', "a@example.org"),
        ("a@example.org, b@example.org", None),
        ("Siti <a@example.org>, b@example.org", None),
        ("undisclosed-recipients:;", None),
        ("", None),
        (None, None),
        (["a@example.org"], None),
    ],
)
def test_a_rejected_message_names_its_recipient_in_the_header_only(
    to: object, recipient: str | None
) -> None:
    headers = REJECTED["message"]["headers"] | {"to": to}
    found = events(REJECTED | {"message": {"headers": headers}})
    assert [each["recipient"] for each in found] == [recipient] * (recipient is not None)
    [told] = events(REJECTED | {"message": {"headers": headers}, "recipient": "c@example.org"})
    assert (told["event"], told["recipient"]) == ("rejected", "c@example.org")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (1534108637.153125, "2018-08-12T21:17:17.153125Z"),
        (1770146431.6585283, "2026-02-03T19:20:31.658528Z"),
        (1452204483.41958, "2016-01-07T22:08:03.419580Z"),
        (1376435471.0, "2013-08-13T23:11:11.000000Z"),
        (1376435471, "2013-08-13T23:11:11Z"),
    ],
)
def test_seconds_with_a_fraction_are_cut_to_microseconds(at: float, told: str) -> None:
    assert events(DELIVERED | {"timestamp": at})[0]["occurred_at"] == told


def test_the_id_has_no_brackets_wherever_it_comes_from() -> None:
    name = "20180812211713.1.DF5966851B4BAA99@example.org"
    bracketed = {"headers": {"message-id": f"<{name}>"}}
    [export] = events(DELIVERED | {"message": bracketed})
    assert export["message_id"] == name
    assert [export] == events({"event-data": DELIVERED}) == events(DELIVERED)


def test_labels_are_looked_up_in_the_event() -> None:
    places = {"region": "user-variables.wilayah", "campaign": "tags", "account": "domain.name"}
    options = Options(fields=places, set={"channel": "nl"})
    more = {"user-variables": {"wilayah": 3273}, "tags": ["reminder"], "domain": {"name": "x.org"}}
    for value in (DELIVERED | more, {"signature": {}, "event-data": DELIVERED | more}):
        [told] = events(value, options)
        assert [told[name] for name in (*places, "channel")] == ["3273", "reminder", "x.org", "nl"]
    for none in ([], "Could not load user-variables", None):
        [told] = events(DELIVERED | {"user-variables": none}, options)
        assert told["region"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"event": "blocked"}, '$.event-data.event: got "blocked", expected one of accepted'),
        ({"event": "failed permanent"}, '$.event-data.event: got "failed permanent"'),
        ({"event": "any is-routed"}, '$.event-data.event: got "any is-routed"'),
        ({"event": None}, "$.event-data.event: got nothing, expected one of Mailgun's events"),
        ({"severity": None}, "$.event-data.severity: got nothing, expected one of permanent"),
        ({"severity": "info"}, '$.event-data.severity: got "info", expected one of permanent'),
        ({"reason": "supress-bounce"}, "did you mean suppress-bounce?"),
        ({"reason": ["bounce"]}, "$.event-data.reason: got a list of 1, expected a word"),
        ({"timestamp": "1534108637.1"}, '$.event-data.timestamp: got "1534108637.1", expected a'),
        ({"timestamp": True}, "$.event-data.timestamp: got true"),
        ({"timestamp": 1e300}, "$.event-data.timestamp: got 1e+300"),
        ({"timestamp": float("nan")}, "$.event-data.timestamp: got nan"),
        ({"timestamp": -5.5}, "$.event-data.timestamp: got -5.5"),
        ({"recipient": None}, "$.event-data.recipient: got nothing, expected the recipient's"),
        ({"message": None}, "$.event-data.message.headers.message-id: got nothing"),
        ({"message": {"headers": {"message-id": "<>"}}}, "got no more than brackets"),
    ],
)
def test_what_is_none_of_it_is_refused_by_name(change: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as raised:
        events({"event-data": FAILED | change})
    assert said.lower() in str(raised.value).lower()


@pytest.mark.parametrize("bot", ["scanner", 5, ["apple"]])
def test_an_unknown_bot_is_refused_by_name(bot: object) -> None:
    with pytest.raises(Refused, match=re.escape("client-info.bot: got")):
        events(OPENED | {"client-info": {"bot": bot}})


def test_an_envelope_of_no_event_is_refused() -> None:
    with pytest.raises(
        Refused, match=re.escape("$.event-data: got a list of 0, expected an event")
    ):
        events({"event-data": []})


def test_a_page_among_events_is_refused() -> None:
    with pytest.raises(Refused, match=re.escape("$.items: got a page of 1 among events")):
        events(PAGE)


def test_every_reason_leads_to_a_word_of_the_table() -> None:
    found = {failed({"reason": reason})["event"] for reason in REASONS}
    assert found == {"failed", "expired", "suppressed"}
    assert len(LISTED) == len(MAILGUN.words)


def layouts() -> dict[str, str]:
    bare = [body["event-data"] for body in BODIES[:8]]
    pages = [PAGE | {"items": part} for part in (bare[:3], [], bare[3:])]
    return {
        "webhooks": "\n".join(map(json.dumps, BODIES)),
        "one webhook": json.dumps(BODIES[0]),
        "one pretty webhook": json.dumps(BODIES[0], indent=2),
        "an array of webhooks": json.dumps(BODIES, indent=1),
        "events": "\n".join(map(json.dumps, bare)),
        "pages": "\n".join(map(json.dumps, pages)),
        "a page": (SAMPLES / "page.json").read_text("utf-8"),
        "an empty page": json.dumps(pages[1]),
        "an empty pretty page": json.dumps(pages[1], indent=1),
    }


@pytest.mark.parametrize("layout", list(layouts()))
def test_it_is_known_by_its_content(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "log"
    path.write_text(layouts()[layout], encoding="utf-8")
    log = opened(path)
    assert recognise(log.name, log.head, log.options).name == "mailgun"
    assert MAILGUN.fit(log.head, log.options).why == (
        "it has one of Mailgun's events, bare or in event-data"
    )


def test_what_only_looks_like_it_is_not(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for value in ({"event": "delivered", "timestamp": 5}, {"items": []}, {"event-data": {}}):
        path.write_text(json.dumps(value), encoding="utf-8")
        log = opened(path)
        with pytest.raises(InputError):
            recognise(log.name, log.head, log.options)

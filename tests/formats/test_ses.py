"""Amazon SES's own examples, and what each of them means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reach.engine import connect
from reach.formats.containers.head import Head, peek
from reach.formats.record import Log, Options, Record, Refused
from reach.formats.registry import recognise
from reach.formats.ses.format import SesFormat
from reach.formats.ses.record import MOST_RECIPIENTS

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "ses"
FIREHOSE = SAMPLES / "firehose-examples.ndjson"
SES = SesFormat()
KINDS: dict[str, dict[str, Any]] = {
    record["eventType"]: record
    for record in map(json.loads, FIREHOSE.read_text("utf-8").splitlines())
}
VALIDATED = "Successfully validated SNS topic for Amazon SES event publishing."
MESSAGE = "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000"
SAYS: list[dict[str, Any]] = [
    {"event": "failed", "permanent": True, "reason": "no_mailbox",
     "occurred_at": "2017-08-05T00:41:02.669Z"},
    {"event": "complained", "occurred_at": "2017-08-05T00:41:02.669Z"},
    {"event": "delivered", "receipt": "carrier", "occurred_at": "2016-10-19T23:21:04.133Z"},
    {"event": "sent", "occurred_at": "2016-10-14T05:02:16.645Z"},
    {"event": "rejected", "reason": "content_rejected", "recipient": "sender@example.com",
     "occurred_at": "2016-10-14T17:38:15.211Z"},
    {"event": "opened", "occurred_at": "2017-08-09T22:00:19.652Z"},
    {"event": "clicked", "occurred_at": "2017-08-09T23:51:25.570Z"},
    {"event": "rejected", "reason": "other", "occurred_at": "2018-01-22T18:43:06.197Z"},
    {"event": "deferred", "reason": "network", "occurred_at": "2020-06-16T00:25:40.095Z"},
    {"event": "unsubscribed", "occurred_at": "2022-01-12T01:00:17.910Z",
     "message_id": "EXAMPLEe4bccb684-777bc8de-afa7-4970-92b0-f515137b1497-000000"},
]  # fmt: skip
EVERY = {
    "message_id": MESSAGE,
    "channel": "email",
    "provider": "ses",
    "recipient": "recipient@example.com",
}


def opened(path: Path, options: Options | None = None) -> Log:
    with connect() as engine:
        head = peek(path, path.name, engine)
    return Log(path, path.name, "", head, options or Options())


def events(value: dict[str, Any], options: Options | None = None) -> list[dict[str, Any]]:
    log = Log(FIREHOSE, "log", "", Head("none", "ndjson"), options or Options())
    return SES.events(Record(1, 1, "", value), log)


def changed(kind: str, **parts: dict[str, Any]) -> dict[str, Any]:
    """A sample, with changes in some of its objects."""
    record = KINDS[kind]
    return record | {name: record[name] | change for name, change in parts.items()}


def envelope(message: object, kind: str = "Notification") -> dict[str, Any]:
    """What SNS makes of a text."""
    return {
        "Type": kind,
        "MessageId": "7fbca0d9-eeab-5285-ae27-f3f57f2e84b0",
        "TopicArn": "arn:aws:sns:us-east-1:123456789012:ses",
        "Message": message,
        "Timestamp": "2018-03-21T16:58:45.077Z",
    }


@pytest.mark.parametrize("name", ["firehose-examples.ndjson", "sns-examples.json"])
def test_the_guide_s_examples(name: str) -> None:
    log = opened(SAMPLES / name)
    as_format = recognise(log.name, log.head, log.options)
    assert as_format.name == "ses"
    found = [as_format.events(record, log) for record in as_format.records(log)]
    assert found == [[EVERY | said] for said in SAYS]


def test_the_examples_in_sns_s_envelopes_say_the_same() -> None:
    """The text ends with a line feed, as SES writes it; some who pass it on decode it."""
    for record, said in zip(KINDS.values(), SAYS, strict=True):
        assert events(envelope(json.dumps(record) + "\n")) == [EVERY | said]
        assert events(envelope(record)) == [EVERY | said]


@pytest.mark.parametrize(
    "value",
    [
        envelope(VALIDATED),
        envelope("You have chosen to subscribe to the topic …", "SubscriptionConfirmation"),
        envelope("You have chosen to deactivate subscription …", "UnsubscribeConfirmation"),
        envelope(json.dumps({"notificationType": "AmazonSnsSubscriptionSucceeded"})),
        {"notificationType": "AmazonSnsSubscriptionSucceeded", "message": "You have …"},
    ],
)
def test_what_a_topic_says_of_itself_is_a_record_without_an_event(
    tmp_path: Path, value: dict[str, Any]
) -> None:
    assert events(value) == []
    path = tmp_path / "body.json"
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
    log = opened(path)
    assert recognise(log.name, log.head, log.options).name == "ses"


@pytest.mark.parametrize(
    "value",
    [
        envelope("no JSON"),
        envelope('{"eventType": 5}'),
        envelope('["mail"]'),
        envelope(json.dumps({"mail": {}})),
        envelope("", "Other"),
        {"eventType": "Delivery"},
        {"mail": {}, "event": "sent"},
    ],
)
def test_what_is_no_event_of_ses_is_not_taken_for_one(value: dict[str, Any]) -> None:
    assert not SES.is_record(value)


TWO = ["siti@example.org", "Budi Raharjo <budi@example.org>"]


@pytest.mark.parametrize("kind", ["Open", "Click", "Subscription"])
def test_an_act_of_one_of_several_recipients_is_nobody_s(kind: str) -> None:
    assert events(changed(kind, mail={"destination": TWO})) == []


def test_a_complaint_that_lists_a_whole_domain_is_nobody_s() -> None:
    """Whoever complains has the message, so that a wrong name would be a false delivery."""
    listed = [{"emailAddress": each} for each in TWO]
    assert events(changed("Complaint", complaint={"complainedRecipients": listed})) == []
    only = changed("Complaint", mail={"destination": TWO})  # one of them at that domain
    assert [each["recipient"] for each in events(only)] == ["recipient@example.com"]


@pytest.mark.parametrize("kind", ["Send", "Reject", "Rendering Failure"])
def test_what_happens_to_a_message_happens_to_each_recipient(kind: str) -> None:
    found = events(changed(kind, mail={"destination": TWO}))
    assert [each["recipient"] for each in found] == ["siti@example.org", "budi@example.org"]
    assert {each["event"] for each in found} == {events(KINDS[kind])[0]["event"]}


def test_receipts_are_of_their_own_recipients() -> None:
    """Of three on the message one is delivered, one delayed and one bounces."""
    three = {"destination": [*TWO, "made@example.org"]}
    delivered = changed("Delivery", mail=three, delivery={"recipients": TWO[:1]})
    delayed = changed(
        "DeliveryDelay",
        mail=three,
        deliveryDelay={"delayedRecipients": [{"emailAddress": TWO[1], "status": "4.2.2"}]},
    )
    bounced = [{"emailAddress": "made@example.org"}, {"emailAddress": TWO[0], "status": "5.7.1"}]
    found = [
        *events(delivered),
        *events(delayed),
        *events(changed("Bounce", mail=three, bounce={"bouncedRecipients": bounced})),
    ]
    assert [(each["recipient"], each["event"], each.get("reason")) for each in found] == [
        ("siti@example.org", "delivered", None),
        ("budi@example.org", "deferred", "mailbox_full"),
        ("made@example.org", "failed", None),
        ("siti@example.org", "failed", "policy"),
    ]


@pytest.mark.parametrize(
    ("kind", "sub", "event", "permanent", "reason"),
    [
        ("Permanent", "General", "failed", True, None),
        ("Permanent", "NoEmail", "failed", True, "no_mailbox"),
        ("Permanent", "Suppressed", "suppressed", None, "suppressed"),
        ("Permanent", "OnAccountSuppressionList", "suppressed", None, "suppressed"),
        ("Transient", "General", "failed", False, None),
        ("Transient", "MailboxFull", "failed", False, "mailbox_full"),
        ("Transient", "MessageTooLarge", "failed", False, "too_large"),
        ("Transient", "CustomTimeoutExceeded", "failed", False, "expired"),
        ("Transient", "ContentRejected", "failed", False, "content_rejected"),
        ("Transient", "AttachmentRejected", "failed", False, "content_rejected"),
        ("Undetermined", "Undetermined", "failed", None, None),
    ],
)
def test_every_type_of_bounce(
    kind: str, sub: str, event: str, permanent: object, reason: str | None
) -> None:
    for status in (None, "", "smtp; 550", 5):
        bounced = [{"emailAddress": "a@example.org", "status": status}]
        said = {"bounceType": kind, "bounceSubType": sub, "bouncedRecipients": bounced}
        [found] = events(changed("Bounce", bounce=said))
        assert (found["event"], found.get("permanent")) == (event, permanent)
        assert found.get("reason") == reason


@pytest.mark.parametrize(
    ("kind", "sub", "status", "reason"),
    [
        ("Permanent", "General", "5.7.1", "policy"),  # a block is no dead address
        (
            "Transient",
            "General",
            "5.7.1",
            "policy",
        ),  # nor for good, whatever the code's first digit
        ("Permanent", "NoEmail", "5.7.1", "policy"),
        ("Permanent", "NoEmail", "5.0.0", "no_mailbox"),  # of the two who says more
        ("Transient", "MailboxFull", "4.2.0", "mailbox_full"),
        ("Transient", "General", "4.2.0", "other"),
        ("Undetermined", "Undetermined", "5.0.0", "unknown"),
        ("Permanent", "OnAccountSuppressionList", "5.1.1", "suppressed"),
    ],
)
def test_why_a_message_bounced_is_apart_from_whether_for_good(
    kind: str, sub: str, status: str, reason: str
) -> None:
    bounced = [{"emailAddress": "a@example.org", "status": status}]
    said = {"bounceType": kind, "bounceSubType": sub, "bouncedRecipients": bounced}
    [found] = events(changed("Bounce", bounce=said))
    permanent = {"Permanent": True, "Transient": False}.get(kind)
    assert found["reason"] == reason
    assert found.get("permanent") == (permanent if found["event"] == "failed" else None)


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ({"complaintFeedbackType": None}, "complained"),
        ({"complaintFeedbackType": "Abuse"}, "complained"),
        ({"complaintFeedbackType": "fraud"}, "complained"),
        ({"complaintFeedbackType": "other"}, "complained"),
        ({"complaintFeedbackType": "not-spam"}, None),
        ({"complaintFeedbackType": "auth-failure"}, None),
        ({"complaintFeedbackType": "virus"}, None),
        ({"complaintSubType": None}, "complained"),
        ({"complaintSubType": "OnAccountSuppressionList"}, "suppressed"),
    ],
)
def test_only_a_reader_complains(said: dict[str, Any], event: str | None) -> None:
    found = [each["event"] for each in events(changed("Complaint", complaint=said))]
    assert found == ([event] if event else [])


def test_all_who_are_on_the_suppression_list_are_suppressed() -> None:
    listed = [{"emailAddress": each} for each in TWO]
    said = {"complaintSubType": "OnAccountSuppressionList", "complainedRecipients": listed}
    found = events(changed("Complaint", complaint=said))
    assert [each["event"] for each in found] == ["suppressed", "suppressed"]


def preferences(*, every: object, **topics: str) -> dict[str, Any]:
    listed = [{"topicName": name, "subscriptionStatus": said} for name, said in topics.items()]
    return {"unsubscribeAll": every, "topicSubscriptionStatus": listed}


@pytest.mark.parametrize(
    ("old", "new", "opts_out"),
    [
        (preferences(every=False, a="OptIn"), preferences(every=True, a="OptIn"), True),
        (preferences(every=False, a="OptIn"), preferences(every=False, a="OptOut"), True),
        (None, preferences(every=False, a="OptIn", b="OptOut"), True),
        (preferences(every=False, a="OptOut"), preferences(every=False, a="OptIn"), False),
        (preferences(every=True, a="OptOut"), preferences(every=False, a="OptIn"), False),
        (preferences(every=True, a="OptIn"), preferences(every=False, a="OptOut"), False),
        (preferences(every=False, a="OptOut"), preferences(every=False, a="OptOut"), False),
        (None, preferences(every=None), False),
    ],
)
def test_who_opts_in_again_does_not_unsubscribe(
    old: dict[str, Any] | None, new: dict[str, Any], *, opts_out: bool
) -> None:
    said = {"oldTopicPreferences": old, "newTopicPreferences": new}
    found = [each["event"] for each in events(changed("Subscription", subscription=said))]
    assert found == ["unsubscribed"] * opts_out


def test_feedback_notifications_say_the_same_as_published_events() -> None:
    for kind in ("Bounce", "Complaint", "Delivery"):
        old = dict(KINDS[kind])
        old["notificationType"] = old.pop("eventType")
        assert events(old) == events(KINDS[kind])


def test_tags_and_headers_fill_fields() -> None:
    options = Options(
        fields={"region": "mail.tags.myCustomTag1", "campaign": "mail.commonHeaders.subject"},
        set={"channel": "newsletter"},
    )
    for value in (KINDS["Delivery"], envelope(json.dumps(KINDS["Delivery"]))):
        [found] = events(value, options)
        assert (found["region"], found["campaign"], found["channel"]) == (
            "myCustomTagValue1",
            "Message sent from Amazon SES",
            "newsletter",
        )
    assert events(KINDS["Bounce"], options)[0]["region"] is None


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Siti Rahma <siti@example.org>", "siti@example.org"),
        ('"Rahma, Siti" <siti@example.org> ', "siti@example.org"),
        ('"a <b" <siti@example.org>', "siti@example.org"),
        ("<siti@example.org>", "siti@example.org"),
        ("siti@example.org", "siti@example.org"),
    ],
)
def test_names_before_addresses(written: str, address: str) -> None:
    [found] = events(changed("Send", mail={"destination": [written]}))
    assert found["recipient"] == address


MANY = ["a@example.org"] * (MOST_RECIPIENTS + 1)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            {"eventType": "Delivered"},
            '$.eventType: got "Delivered", expected one of Send, Delivery',
        ),
        ({"eventType": None}, "$.eventType: got nothing, expected one of SES's types"),
        ({"eventType": 5}, "$.eventType: got 5, expected one of SES's types"),
        ({"eventType": "Bounce Permanent General"}, "$.eventType: got"),
        ({"eventType": None, "notificationType": "Bounced"}, '$.notificationType: got "Bounced"'),
        (
            changed("Bounce", bounce={"bounceType": "Hard"}),
            '$.bounce.bounceType: got "Hard", expected one of Permanent, Transient, Undetermined',
        ),
        (
            changed("Bounce", bounce={"bounceSubType": "MailboxFull"}),
            '$.bounce.bounceSubType: got "MailboxFull", expected one of General, NoEmail',
        ),
        (changed("Bounce", bounce={"bounceSubType": None}), "$.bounce.bounceSubType: got nothing"),
        (
            changed("Complaint", complaint={"complaintSubType": "Global"}),
            '$.complaint.complaintSubType: got "Global", expected one of abuse',
        ),
        (
            changed("Complaint", complaint={"complaintFeedbackType": "spam"}),
            '$.complaint.complaintFeedbackType: got "spam", expected one of abuse',
        ),
        (changed("Reject", reject={"reason": "Size"}), '$.reject.reason: got "Size", expected one'),
        (
            changed("Subscription", subscription={"newTopicPreferences": preferences(every="no")}),
            '$.subscription.newTopicPreferences.unsubscribeAll: got "no", expected true or false',
        ),
        (
            changed("Subscription", subscription={"newTopicPreferences": None}),
            "$.subscription.newTopicPreferences.unsubscribeAll: got nothing",
        ),
        (
            changed(
                "Subscription",
                subscription={"newTopicPreferences": preferences(every=False, a="Out")},
            ),
            '$.subscription.newTopicPreferences.topicSubscriptionStatus[0].subscriptionStatus: got "Out"',
        ),
        (changed("Send", mail={"destination": []}), "$.mail.destination: got a list of 0"),
        (changed("Send", mail={"destination": "a@b.org"}), '$.mail.destination: got "a@b.org"'),
        (changed("Send", mail={"destination": MANY}), "$.mail.destination: got a list of 1001"),
        (changed("Send", mail={"destination": [5]}), "$.mail.destination[0]: got 5, expected the"),
        (changed("Send", mail={"messageId": None}), "$.mail.messageId: got nothing, expected SES"),
        (changed("Delivery", delivery={"timestamp": None}), "$.delivery.timestamp: got nothing"),
        (KINDS["Delivery"] | {"delivery": []}, "$.delivery.recipients: got nothing"),
        (envelope("no JSON"), '$.Message: got "no JSON", expected an event, as JSON text'),
        (envelope('{"eventType": "Send", "mail": "\ud800"}'), "$.Message: got"),
        (envelope('{"a": "\\ud800"}'), "$.Message: got"),
        (envelope(None), "$.Message: got nothing"),
        (envelope("{}", "Alarm"), '$.Type: got "Alarm", expected one of Notification'),
        (envelope("{}"), "$.eventType: got nothing"),
    ],
)
def test_what_is_none_of_it_is_refused_by_name(value: dict[str, Any], said: str) -> None:
    if "mail" not in value and "Type" not in value:
        value = KINDS["Delivery"] | value
    with pytest.raises(Refused) as raised:
        events(value)
    assert str(raised.value).startswith(said)


def test_the_sentence_of_a_new_subscription_may_stand_bare(tmp_path: Path) -> None:
    """Where SNS is told to leave its envelopes out, it comes as it is."""
    path = tmp_path / "log"
    event = (SAMPLES / "firehose-examples.ndjson").read_text("utf-8").splitlines()[0]
    path.write_text(f"{event}\n{VALIDATED}\n", encoding="utf-8")
    with connect() as engine:
        log = Log(path, "log", "", peek(path, "log", engine), Options())
    ses = SesFormat()
    sound, sentence = ses.records(log)
    assert len(ses.events(sound, log)) == 1
    assert sentence.broken is None
    assert ses.events(sentence, log) == []

"""The law "fast equals exact" on Amazon SES's records: bare and enveloped, sound and damaged."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated import damaged, damaged_batches, damaged_lines

from reach.formats.record import Options
from reach.formats.ses.format import SesFormat
from reach.formats.ses.record import MOST_RECIPIENTS, PLACES
from reach.formats.ses.words import WORDS
from reach.vocabulary import Seen

if TYPE_CHECKING:
    from drive import Driver

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "ses"
LINES = (SAMPLES / "firehose-examples.ndjson").read_text("utf-8").splitlines()
KINDS: dict[str, dict[str, Any]] = {
    record["eventType"]: record for record in map(json.loads, LINES)
}
NAMED = Options(format="ses")
PLACED = Options(
    format="ses",
    fields={"region": "mail.tags.myCustomTag1", "segment": "mail.tags.ses:configuration-set"},
    set={"purpose": "service"},
)
LOG_END_US = 1_780_000_000_000_000


def changed(kind: str, **parts: dict[str, Any]) -> dict[str, Any]:
    """A sample, with changes in some of its objects."""
    record = KINDS[kind]
    return record | {name: record[name] | change for name, change in parts.items()}


def envelope(message: str) -> dict[str, Any]:
    """What SNS makes of a text."""
    return {
        "Type": "Notification",
        "MessageId": "7fbca0d9-eeab-5285-ae27-f3f57f2e84b0",
        "TopicArn": "arn:aws:sns:us-east-1:123456789012:ses",
        "Subject": "Amazon SES Email Event Notification",
        "Message": message,
        "Timestamp": "2018-03-21T16:58:45.077Z",
        "SignatureVersion": "1",
    }


def enveloped(record: dict[str, Any]) -> dict[str, Any]:
    return envelope(json.dumps(record) + "\n")


def every_kind() -> list[dict[str, Any]]:
    """The samples, and a record for every word and every number of recipients."""
    many = ["siti@example.org", "Budi Raharjo <BUDI@example.org>"]
    found = list(KINDS.values())
    for word in (each.said.split(" ") for each in WORDS):
        if word[0] == "Bounce":
            said = {"bounceType": word[1], "bounceSubType": word[2]}
            found.append(changed("Bounce", bounce=said))
        elif word[0] == "Complaint":
            sub = word[-1] == "OnAccountSuppressionList"
            said = {"complaintSubType" if sub else "complaintFeedbackType": word[-1]}
            found.append(changed("Complaint", complaint=said if word[1:] else {}))
    for to in (many, many[1:], [], [*many, 5]):
        lists = {
            "bouncedRecipients": [{"emailAddress": each, "status": "4.2.2"} for each in to],
            "complainedRecipients": [{"emailAddress": each} for each in to],
            "delayedRecipients": [{"emailAddress": each, "status": None} for each in to],
            "recipients": to,
        }
        for kind, record in KINDS.items():
            parts = {
                name: {key: value for key, value in lists.items() if key in part}
                for name, part in record.items()
                if isinstance(part, dict)
            }
            found.append(changed(kind, **(parts | {"mail": {"destination": to}})))
    listed = {"complaintFeedbackType": "not-spam", "complainedRecipients": [{}, {}]}
    found.append(changed("Complaint", complaint=listed))
    old = dict(KINDS["Delivery"])
    found.append({"notificationType": old.pop("eventType")} | old)
    opted = {"unsubscribeAll": False, "topicSubscriptionStatus": []}
    found.append(changed("Subscription", subscription={"newTopicPreferences": opted}))
    return found


EVERY = every_kind()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans(), batches=st.booleans())
def test_on_damaged_records(driver: Driver, seed: int, *, placed: bool, batches: bool) -> None:
    path = driver.folder / "damaged.ndjson"
    make = damaged_batches if batches else damaged_lines
    path.write_bytes(LINES[0].encode() + b"\n" + make(EVERY, seed, 100))
    driver.agrees(path, PLACED if placed else NAMED, LOG_END_US)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**40), placed=st.booleans())
def test_on_damaged_envelopes(driver: Driver, seed: int, *, placed: bool) -> None:
    """Damaged within, damaged without, and bare records between them."""
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    within = [
        envelope(damaged(chance.choice(EVERY), chance).decode("utf-8", "replace"))
        for _ in range(60)
    ]
    without = [enveloped(chance.choice(EVERY)) for _ in range(10)]
    confirmations = [without[0] | {"Type": f"{each}Confirmation"} for each in ("Subscription", "")]
    validated = envelope("Successfully validated SNS topic for Amazon SES event publishing.")
    path = driver.folder / "enveloped.ndjson"
    path.write_bytes(
        "\n".join(map(json.dumps, [enveloped(KINDS["Send"]), *within, validated])).encode()
        + b"\n"
        + damaged_lines([*without, *confirmations, *EVERY[:5]], seed, 60)
    )
    driver.agrees(path, PLACED if placed else NAMED, LOG_END_US)


def test_on_every_kind_of_record_sound(driver: Driver) -> None:
    path = driver.folder / "every.ndjson"
    for make in (dict[str, Any], enveloped):
        path.write_text("\n".join(json.dumps(make(each)) for each in EVERY), encoding="utf-8")
        run = driver.agrees(path, PLACED)
        balance = run.ingested.balance
        # No recipients is wrong for all; a number among them for those that name each.
        assert (balance.records, balance.rejected) == (len(EVERY), len(KINDS) + 6)
        assert "myCustomTagValue1" in {row["region"] for row in run.rows}


@pytest.mark.parametrize("wrap", [dict, enveloped])
def test_what_is_sound_is_proven_without_a_judge(
    driver: Driver, wrap: type[dict[str, Any]]
) -> None:
    path = driver.folder / "proven.ndjson"
    path.write_text("\n".join(json.dumps(wrap(each)) for each in EVERY), encoding="utf-8")
    log = driver.open(path, NAMED)
    rows = SesFormat().tokens(log, numbered=True)
    unsure = driver.engine.execute(
        f"SELECT DISTINCT record FROM ({rows}) WHERE event IS NULL AND NOT no_event"
    ).fetchall()
    kinds = [EVERY[record - 1].get("eventType") for (record,) in unsure]
    assert len(unsure) == len(KINDS) + 6 + 1  # the refused, and one change of topics
    assert kinds.count("Subscription") == 2


@pytest.mark.parametrize(
    "place",
    [
        "mail",
        "mail.tags",
        "mail.messageId.x",
        "mail.MessageID",
        "MAIL.x",
        "mail..x",
        "delivery",
        "mail.tags.a b",
    ],
)
def test_on_places_beside_and_within_those_of_ses(driver: Driver, place: str) -> None:
    lines = [json.dumps(each) for each in EVERY[:12]]
    changes = ({"tags": None}, {"tags": "x"}, {"tags": {"a b": "c"}}, {"MessageID": "d"})
    lines += [json.dumps(changed("Delivery", mail=change)) for change in changes]
    lines += [json.dumps(KINDS["Delivery"] | {"open": said}) for said in ("late", {"x": 1}, None)]
    path = driver.folder / "places.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    run = driver.agrees(path, Options(format="ses", fields={"region": place}))
    if all(place.split(".")):  # the engine knows no key without a letter
        assert driver.proven(run) > 0


def test_on_parts_in_other_letters_twice_or_of_another_kind(driver: Driver) -> None:
    sound = json.dumps(KINDS["Delivery"])
    lines = [sound, sound.replace('"mail"', '"Mail"'), sound.replace('"messageId"', '"MessageId"')]
    lines += [sound.replace("{", f'{{"{key}": {value}, ', 1)
              for key in ("mail", "delivery", "eventType", "notificationType", "bounce")
              for value in ("null", "5", '"x"', "[]", "{}", '{"timestamp": null}', "[{}]", "nan")]  # fmt: skip
    lines += [sound.replace('"mail": {', '"mail": {"messageId": "first", "destination": 5, ', 1)]
    path = driver.folder / "parts.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    driver.agrees(path, NAMED)


LISTS = ('["a@b"]', '["a@b", "c@d"]', '["a\\"b"]', '["a\\u0022,\\u0022b"]', '["", ""]', '[""]', '["[a]"]', '[["a"]]',
         '["a" ]', '"a"', '"[\\"a\\"]"', '{"a": "b"}', '["a", 5]', '[5, "a"]', "[null]", '["é <e@f>"]', '["<>"]',
         '["a", {"emailAddress": "b"}]', '[{"emailAddress": "b", "status": "5.1.1"}]', '[{"status": "5.1.1"}]')  # fmt: skip


@pytest.mark.parametrize("kind", ["Delivery", "Send", "Open", "Bounce"])
def test_on_lists_of_recipients_of_every_shape(driver: Driver, kind: str) -> None:
    (*_, key), _ = PLACES[kind]
    parts = {
        name: {key: "HERE"}
        for name, part in KINDS[kind].items()
        if isinstance(part, dict) and key in part
    }
    line = json.dumps(changed(kind, **parts))
    lines = [line.replace('"HERE"', each) for each in LISTS]
    path = driver.folder / "lists.ndjson"
    path.write_text("\n".join([LINES[0], *lines]), encoding="utf-8")
    driver.agrees(path, NAMED)


ODD: list[tuple[str, Any]] = [
    ("eventType", "Bounce Permanent General"),
    ("eventType", "Complaint abuse"),
    ("eventType", "Subscription OptOut"),
    ("eventType", None),
    ("Type", "Notification"),
    ("Message", "{}"),
    ("delivery.recipients", [{"emailAddress": "a@example.org"}]),
    ("delivery.recipients", [["a@example.org"]]),
    ("delivery.recipients", '["a@example.org"]'),
    ("delivery.recipients", [None]),
    ("delivery.recipients", [f"{each}@example.org" for each in range(MOST_RECIPIENTS)]),
    ("delivery.recipients", ["a@example.org"] * (MOST_RECIPIENTS + 1)),
    ("delivery.recipients", ["x < y <a@example.org> "]),
    ("delivery.recipients", ["<a@example.org>>"]),
    ("delivery.recipients", ["<>"]),
    ("delivery.recipients", ["< >"]),
    ("delivery.recipients", ['"Rahma, Siti" <siti@example.org>']),
    ("delivery.recipients", ["Siti\n<siti@example.org>\n"]),
    ("delivery.timestamp", "2016-10-19"),
    ("delivery.timestamp", 1476919264133),
    ("delivery.timestamp", "2016-10-19T16:21:04.133-07:00"),
    ("mail.messageId", "x" * 999),
    ("mail.messageId", " "),
    ("mail", [KINDS["Delivery"]["mail"]]),
    ("mail.tags.region", ["Jawa Barat", "Bali"]),
    ("mail.tags", None),
]


def odd(path: str, value: Any, number: int) -> dict[str, Any]:  # noqa: ANN401
    """A delivery of a message of its own, with an odd value somewhere."""
    record: dict[str, Any] = json.loads(json.dumps(KINDS["Delivery"]))
    record["mail"]["messageId"] = f"m{number}"
    *steps, last = path.split(".")
    holder = record
    for step in steps:
        holder = holder[step]
    holder[last] = value
    return record


@pytest.mark.parametrize("wrap", [dict, enveloped])
def test_on_each_odd_record(driver: Driver, wrap: type[dict[str, Any]]) -> None:
    path = driver.folder / "odd.ndjson"
    options = Options(format="ses", fields={"region": "mail.tags.region"})
    lines = [odd(place, value, number) for number, (place, value) in enumerate(ODD)]
    lines += [
        changed("Complaint", complaint={key: said}, mail={"messageId": f"{key} {said}"})
        for key in ("complaintSubType", "complaintFeedbackType")
        for said in ("OnAccountSuppressionList", "abuse", "ABUSE", "")
    ]
    lines = [wrap(KINDS["Send"]), *map(wrap, lines), *lines]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    run = driver.agrees(path, options)
    assert run.ingested.balance.rejected > len(ODD)


@pytest.mark.parametrize(("pack", "wrap"), [(bytes, dict), (gzip.compress, enveloped)])
def test_every_layout_of_the_same_events_comes_to_the_same(
    driver: Driver, pack: type[bytes], wrap: type[dict[str, Any]]
) -> None:
    sound = [wrap(each) for each in KINDS.values()]
    lines = "\n".join(map(json.dumps, sound))
    layouts = {
        "lines": lines,
        "lines without blanks": "\n".join(
            json.dumps(each, separators=(",", ":")) for each in sound
        ),
        "bodies": f"{json.dumps(sound[:4])}\n\n{json.dumps(sound[4:])}\n",
        "one line": json.dumps(sound),
        "document": json.dumps(sound, indent=2),
        "one after another, over many lines": "\n".join(json.dumps(e, indent=1) for e in sound),
        "one after another": "".join(map(json.dumps, sound)),
        "CRLF": lines.replace("\n", "\r\n"),
    }
    rows = []
    for name, text in layouts.items():
        path = driver.folder / name
        path.write_bytes(pack(text.encode()))
        run = driver.agrees(path)
        assert run.ingested.balance.accepted == len(sound), name
        rows.append(sorted(map(str, run.rows)))
    assert all(each == rows[0] for each in rows)


def test_deep_and_huge_payloads_cost_only_themselves(driver: Driver) -> None:
    deep = '{"eventType": "Send", "mail": ' + '{"mail":' * 20_000 + "1" + "}" * 20_001
    wide = json.dumps(changed("Delivery", delivery={"recipients": ["a@example.org"] * 200_000}))
    path = driver.folder / "huge.ndjson"
    path.write_text(
        "\n".join([LINES[0], deep, wide, json.dumps(envelope(deep)), LINES[1]]), encoding="utf-8"
    )
    run = driver.agrees(path)
    assert [one["record"] for one in run.rejections] == [2, 3, 4]


def test_feedback_and_publishing_together_report_one_fact(driver: Driver) -> None:
    """Under two ids, in two envelopes and, as delivery is at least once, more than once."""
    published = KINDS["Bounce"]
    feedback = changed("Bounce", bounce={"feedbackId": "another"})
    feedback["notificationType"] = feedback.pop("eventType")
    del feedback["mail"]["tags"]
    lines = [KINDS["Send"], enveloped(published), enveloped(feedback), published, feedback]
    path = driver.folder / "twice.ndjson"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    run = driver.agrees(path, PLACED)
    balance = run.ingested.balance
    assert (balance.records, balance.events, balance.facts, balance.repeats) == (5, 5, 2, 3)
    [row] = run.rows
    assert Seen(row["bits"]) == Seen.SENT | Seen.FAILED_PERMANENT
    assert (row["failure_reason"], row["disagreements"]) == ("no_mailbox", 0)


def test_a_record_of_which_one_recipient_is_wrong_is_refused_whole(driver: Driver) -> None:
    some = changed("Delivery", delivery={"recipients": ["a@example.org", 5, "b@example.org"]})
    path = driver.folder / "some.ndjson"
    path.write_text("\n".join(map(json.dumps, [KINDS["Send"], some])), encoding="utf-8")
    run = driver.agrees(path)
    assert [one["path"] for one in run.rejections] == ["$.delivery.recipients[1]"]
    assert run.ingested.balance.events == 1


def test_envelopes_that_the_beginning_of_a_file_does_not_show(driver: Driver) -> None:
    path = driver.folder / "late.ndjson"
    late = enveloped(changed("Delivery", mail={"messageId": "late"}))
    path.write_text("\n".join([*LINES * 25, json.dumps(late)]), encoding="utf-8")
    run = driver.agrees(path)
    assert len(run.log.head.objects) < 250 < run.ingested.balance.accepted
    assert run.ingested.balance.messages == 4  # by id and address, with the late one

"""Every simulated record has the shape of its provider's own samples."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from reach.schemas import validator

SAMPLES = Path(__file__).parents[1] / "data/samples"


def records(everything: Path, channel: str) -> Iterator[dict[str, Any]]:
    """The good records of a log."""
    with (everything / "truth/refused.csv").open() as file:
        bad = {tuple(row.split(",")[:2]) for row in file}
    source = f"logs/{channel}/{channel}-00001.ndjson"
    with (everything / source).open() as file:
        for number, line in enumerate(file, start=1):
            if (source, str(number)) not in bad:
                yield json.loads(line)


def shape(value: object, path: str = "$") -> frozenset[str]:
    """The places of a document, save that a list is as its first element."""
    if isinstance(value, dict):
        return frozenset({path}).union(*(shape(each, f"{path}.{key}") for key, each in value.items()))  # fmt: skip
    if isinstance(value, list):
        return frozenset({path}) | (shape(value[0], path + "[]") if value else frozenset())
    return frozenset({path})


def shapes(
    all_records: Iterator[dict[str, Any]], kind: Callable[[dict[str, Any]], str]
) -> dict[str, set[frozenset[str]]]:
    found = defaultdict(set)
    for record in all_records:
        found[kind(record)].add(shape(record))
    return found


def test_sendgrid_records_are_as_documented(everything: Path) -> None:
    def kind(record: dict[str, Any]) -> str:
        return str(record["event"])

    documented = json.loads((SAMPLES / "sendgrid/every-event.json").read_text())
    wanted = {kind(record): shape(record) for record in documented}
    mine = shapes(records(everything, "email"), kind)
    assert mine.keys() == wanted.keys()
    for word, found in mine.items():
        lacking = set().union(*(wanted[word] - each for each in found))
        more = set().union(*(each - wanted[word] for each in found))
        # A late bounce lacks the id: "In the case of a delayed or asynchronous bounce, the
        # message ID will be unavailable." The same page has `type` in later examples.
        assert lacking <= ({"$.sg_message_id"} if word == "bounce" else set())
        assert more <= {"$.sg_machine_open", "$.type"}


def test_ses_records_are_as_documented(everything: Path) -> None:
    def kind(record: dict[str, Any]) -> str:
        return str(record["eventType"])

    lines = (SAMPLES / "ses/firehose-examples.ndjson").read_text().splitlines()
    wanted = {kind(record): shape(record) for record in map(json.loads, lines)}
    mine = shapes(records(everything, "newsletter"), kind)
    assert mine.keys() == wanted.keys() - {"Rendering Failure"}
    for word, found in mine.items():
        for each in found:
            assert without_own_tags(wanted[word]) <= each, word


def without_own_tags(places: frozenset[str]) -> set[str]:
    """Save tags that the samples' senders made up."""
    return {
        place
        for place in places
        if "myCustomTag" not in place and "samplekey" not in place
        and place not in ("$.mail.tags.ses:operation[]", "$.mail.tags.ses:operation")
        and not place.startswith("$.mail.tags.ses:outgoing-ip")
    }  # fmt: skip


def test_whatsapp_bodies_are_as_sampled(everything: Path) -> None:
    def kind(record: dict[str, Any]) -> str:
        value = record["entry"][0]["changes"][0]["value"]
        if "statuses" in value:
            return value["statuses"][0]["status"]
        return "answer" if "context" in value["messages"][0] else "no status"

    lines = (SAMPLES / "whatsapp/bodies.ndjson").read_text().splitlines()
    lines += (SAMPLES / "whatsapp/messages.ndjson").read_text().splitlines()[1:2]
    wanted = shapes(map(json.loads, lines), kind)
    mine = shapes(records(everything, "whatsapp"), kind)
    assert mine.pop("no status")
    assert set(mine) == {"sent", "delivered", "read", "failed", "answer"}
    for word, found in mine.items():
        assert found <= wanted[word], word
    record = next(records(everything, "whatsapp"))
    status = record["entry"][0]["changes"][0]["value"]["statuses"][0]
    assert isinstance(status["timestamp"], str)


@pytest.mark.parametrize("channel", ["sms", "sms_reminder", "whatsapp_helpdesk"])
def test_twilio_callbacks_have_their_keys(channel: str, everything: Path) -> None:
    codes = defaultdict(set)
    accounts = set()
    for record in records(everything, channel):
        assert set(record) == {
            "MessageSid", "MessageStatus", "To", "ErrorCode", "AccountSid", "received_at",
        }  # fmt: skip
        codes[record["MessageStatus"]].add(record["ErrorCode"])
        accounts.add(record["AccountSid"])
        assert len(record["MessageSid"]) == 34
    assert len(accounts) == 1
    assert codes["undelivered"] == {"30003", "30005", "30006"}
    assert codes["failed"] == {"21610", "21211", "21614"}
    assert codes["sent"] == codes["delivered"] == {None}


def test_canonical_records_are_valid_events(everything: Path) -> None:
    judge = validator("event")
    assert all(judge.is_valid(record) for record in islice(records(everything, "push"), 3_000))

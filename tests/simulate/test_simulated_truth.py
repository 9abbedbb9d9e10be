"""The truth that is written is that of the logs: they are read again by the plainest means."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest
from told import Told, at_once, normal, outcome, people, read

from reach.simulate.profiles import PROFILES


@pytest.fixture(scope="module")
def logs(everything: Path, truth: dict[str, Any]) -> dict[str, Told]:
    """What each file tells; at this size a channel has one."""
    return {file["source"]: read(everything / file["source"], file["format"]) for file in truth["files"]}  # fmt: skip


def of_channel(logs: dict[str, Told], channel: str) -> Told:
    (found,) = (told for source, told in logs.items() if source.split("/")[1] == channel)
    return found


def test_files_are_counted_right(logs: dict[str, Told], truth: dict[str, Any]) -> None:
    assert len(truth["files"]) == len(PROFILES)
    for file in truth["files"]:
        told = logs[file["source"]]
        events = sum(told.events.values())
        facts = len({(message, word) for message, word, _ in told.events})
        assert {name: file[name] for name in file if name not in ("source", "format", "rejected_by_fault")} == {
            "records": told.records,
            "accepted": events,
            "rejected": len(told.bad),
            "without_event": told.without_event,
            "events": events,
            "facts": facts,
            "repeats": events - facts,
        }, file["source"]  # fmt: skip
        assert file["rejected"] == sum(file["rejected_by_fault"].values())
        assert min(file["rejected_by_fault"].values()) > 0
        assert file["repeats"] > 0
    assert truth["balance"]["records"] == sum(file["records"] for file in truth["files"])


def test_bad_lines_are_named(
    everything: Path, logs: dict[str, Told], truth: dict[str, Any]
) -> None:
    named = defaultdict(list)
    faults: Counter[tuple[str, str]] = Counter()
    with (everything / "truth/refused.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            named[row["source"]].append(int(row["line"]))
            faults[row["source"], row["fault"]] += 1
    for each in truth["files"]:
        source = each["source"]
        assert named[source] == logs[source].bad
        assert each["rejected_by_fault"] == {
            fault: faults[source, fault] for fault in each["rejected_by_fault"]
        }


@pytest.mark.parametrize("channel", PROFILES)
def test_outcomes_are_counted_right(
    channel: str, everything: Path, logs: dict[str, Told], truth: dict[str, Any]
) -> None:
    told = of_channel(logs, channel)
    words = told.words()
    who = people(everything)
    (counted,) = (each for each in truth["channels"] if each["channel"] == channel)
    found: Counter[str] = Counter()
    reached = defaultdict(set)
    for message, said in words.items():
        became = outcome(said)
        person = who[normal(told.recipients[message])][0]
        clicked = "clicked" in said
        human_click = clicked and not at_once(said)
        opened = {"opened", "opened by a machine"} & set(said)
        human = {
            "read",
            "opened by a person",
            "replied",
            "unsubscribed",
            "complained",
            "converted",
        } & set(said)
        found[became] += 1
        found["inferred"] += became == "delivered" and "delivered" not in said
        found["engaged"] += human_click or "replied" in said
        found["suspects"] += clicked and not human_click
        found["acted"] += "converted" in said
        found["seen"] += human_click or bool({"read", "opened by a person", "replied"} & set(said))
        found["machine_only"] += bool(opened) and not human and not clicked
        reached["all"].add(person)
        if became == "delivered":
            reached["delivered"].add(person)
        if became in ("delivered", "unknown"):
            reached["possible"].add(person)
        if "converted" in said:
            reached["acted"].add(person)
    sent = len(words) - found["not_sent"]
    names = ("not_sent", "delivered", "failed", "unknown", "inferred", "seen", "machine_only",
             "engaged", "suspects", "acted")  # fmt: skip
    assert counted["outcomes"] == {
        "attempted": len(words),
        "sent": sent,
        **{name: found[name] for name in names},
        "pending": 0,
        "conflicts": 0,
        "recipients": len(reached["all"]),
        "delivered_recipients": len(reached["delivered"]),
        "possible_recipients": len(reached["possible"]),
        "acted_recipients": len(reached["acted"]),
    }


@pytest.mark.parametrize("channel", PROFILES)
def test_truth_never_contradicts_evidence(
    channel: str, everything: Path, logs: dict[str, Told], truth: dict[str, Any]
) -> None:
    told = of_channel(logs, channel)
    who = people(everything)
    rows = duckdb.sql(
        "SELECT message_id, person, region, delivered, engaged, outcome, receipt, no_receipt, "
        f"delivered_at IS NOT NULL FROM '{everything}/truth/{channel}/*.parquet'"
    ).fetchall()
    words = told.words()
    assert {row[0] for row in rows} == set(words)
    for message, person, region, delivered, engaged, became, receipt, silence, timed in rows:
        said = words[message]
        assert became == outcome(said)
        assert delivered or became in ("failed", "unknown", "not_sent")
        assert not delivered or became in ("delivered", "unknown")
        assert timed == delivered
        assert who[normal(told.recipients[message])] == (person, region)
        clicked = "clicked" in said and not at_once(said)
        assert engaged == (clicked or "replied" in said)
        assert (silence is None) == (receipt != "none")
        assert silence != "lost" or delivered
        assert silence != "silent" or not delivered
    (counted,) = (each for each in truth["channels"] if each["channel"] == channel)
    assert counted["really"]["delivered"] == sum(row[3] for row in rows)
    regions = Counter(row[2] for row in rows)
    assert {name: each["attempted"] for name, each in counted["regions"].items()} == regions


@pytest.mark.parametrize("channel", PROFILES)
def test_the_realised_share_is_possible(channel: str, truth: dict[str, Any]) -> None:
    (counted,) = (each for each in truth["channels"] if each["channel"] == channel)
    outcomes, really = counted["outcomes"], counted["really"]
    low, high = outcomes["delivered"], outcomes["delivered"] + outcomes["unknown"]
    assert low < really["delivered"] < high
    assert really["sent"] == outcomes["sent"] == really["delivered"] + really["not_delivered"]
    reached = really["recipients_reached"]
    assert outcomes["delivered_recipients"] < reached <= outcomes["possible_recipients"]
    within = list(really["delivered_within"].values())
    assert within == sorted(within)
    assert 0 < within[0] < within[-1] <= really["delivered"]


def test_everything_that_makes_reading_hard_is_there(
    logs: dict[str, Told], truth: dict[str, Any]
) -> None:
    counted = {each["channel"]: each for each in truth["channels"]}
    for channel, each in counted.items():
        assert each["receipts"]["lost"] > 0, channel
        assert each["receipts"]["silent"] > 0, channel
    for channel in ("email", "newsletter"):
        assert counted[channel]["receipts"]["bounced_late"] > 0
        assert counted[channel]["receipts"]["opened_by_machine"] > 0
        assert counted[channel]["outcomes"]["suspects"] > 0
    assert counted["whatsapp"]["outcomes"]["inferred"] > 0  # read, and no receipt
    assert counted["push"]["outcomes"]["acted"] > 0
    assert of_channel(logs, "email").without_event > 0
    assert of_channel(logs, "whatsapp").without_event > 0
    low = counted["sms_reminder"]["outcomes"]
    assert low["unknown"] / low["sent"] > 0.1


def test_a_late_bounce_has_no_message_id(everything: Path) -> None:
    text = (everything / "logs/email/email-00001.ndjson").read_text()
    late = [line for line in text.splitlines() if '"event":"bounce"' in line and "sg_message_id" not in line]  # fmt: skip
    assert late
    for line in late:
        name = line.partition('"smtp-id":"<')[2].partition("@")[0]
        delivered = f'"event":"delivered","category":"vaccination","sg_event_id":"{name}_'
        assert delivered in text

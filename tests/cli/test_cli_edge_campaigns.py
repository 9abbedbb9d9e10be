"""Campaigns at the edge, as both commands and both languages answer them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from campaigns import LONG_AFTER, arm, campaign, event
from plain_outcomes import Event

from reach.explanations import violations

if TYPE_CHECKING:
    from conftest import Run

ONE_PERSON = [
    event(f"{name}{each}", "delivered", name, "p")
    for name in ("email", "sms")
    for each in range(30)
]
HOG = [event(f"h{each}", "delivered", "sms", "hog") for each in range(900)]


@pytest.mark.parametrize(
    ("events", "rates", "verdict"),
    [
        (arm("sms", delivered=30) + arm("email", delivered=30), (1, 1), "undetermined"),
        (arm("sms", failed=30) + arm("email", failed=30), (0, 0), "undetermined"),
        (arm("sms", delivered=60) + arm("email", failed=60), (0, 1), "worse"),
        (ONE_PERSON, (None, None), "undetermined"),
        (HOG + arm("sms", delivered=30) + arm("email", failed=30), (0, 1), "undetermined"),
        (arm("sms", sent=30) + arm("email", delivered=30), (1, None), "not comparable"),
    ],
    ids=["all arrived", "none arrived", "opposites", "one person", "one got most", "no receipts"],
)
def test_edges_are_answered_in_every_form(
    reach: Run, folder: Path, events: list[Event], rates: tuple[float | None, ...], verdict: str
) -> None:
    campaign(folder, events, log_ends=LONG_AFTER)
    found = result(reach)
    [pair] = [one for one in found["comparisons"] if one["metric"] == "delivered_per_sent"]
    assert (pair["a"], pair["b"], pair["verdict"]) == ("email", "sms", verdict)
    for arm_, rate in zip(found["channels"], rates, strict=True):
        told = arm_["rates"]["delivered_per_sent"]
        assert told.get("lower_bound") == pytest.approx(rate, abs=0.04)
    done = reach("compare", ".", "--lang", "id", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert not re.search(r"\b(nan|inf|None)\b", done.out)


def csv_rows(reach: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reach("compare", ".", "--format", "csv").out)))


def result(reach: Run, *words: str) -> dict[str, Any]:
    """A result that keeps its contract."""
    done = reach("compare", ".", "--format", "json", *words)
    assert done.code in (0, 1), done.err
    found: dict[str, Any] = json.loads(done.out)
    assert violations("result", found) == []
    return found


def test_one_person_is_too_few_to_compare(reach: Run, folder: Path) -> None:
    campaign(folder, ONE_PERSON, log_ends=LONG_AFTER)
    told = "Email against SMS is undetermined: only 1 effective recipient in email where at least"
    assert told in reach("compare", ".").read


def test_who_got_most_of_the_messages_is_no_crowd(reach: Run, folder: Path) -> None:
    campaign(folder, HOG + arm("sms", delivered=30) + arm("email", failed=30))
    done = reach("compare", ".")
    assert "undetermined: too few recipients" in done.read
    assert "! One recipient alone got at least 96.7 % of the messages of SMS" in done.read


@pytest.mark.parametrize(
    "compare", [{}, {"baseline": "telegram"}, {"pairs": [["sms", "telegram"]]}]
)
def test_a_channel_without_messages_is_named_and_compared_with_nothing(
    reach: Run, folder: Path, compare: dict[str, Any]
) -> None:
    channels: dict[str, Any] = {} if compare else {"telegram": {}}
    events = arm("sms", delivered=30) + arm("email", delivered=20, failed=10)
    campaign(folder, events, log_ends=LONG_AFTER, compare=compare, channels=channels)
    found = result(reach)
    [warning] = [one for one in found["warnings"] if one["code"] == "no_messages"]
    assert warning["params"]["arm"] == "telegram"
    assert set(warning["params"]["known"].split(", ")) == {"email", "sms"}
    pairs = [one for one in found["comparisons"] if "telegram" in (one["a"], one["b"])]
    assert pairs
    assert {one["verdict"] for one in pairs} == {"not comparable"}
    done = reach("compare", ".")
    assert done.code == 0
    assert "without messages: telegram. There are messages of" in done.read
    assert "not comparable: there are no messages of telegram." in done.read
    assert "not comparable: no messages" in done.read
    # Nothing is known of its receipts: there was nothing that could have had one.
    assert "Delivery is not measured in" not in done.read
    [silent] = [
        one
        for one in csv_rows(reach)
        if one["quantity"] == "delivered" and one["arm"] == "telegram"
    ]
    assert (silent["value"], silent["because"]) == ("0", "")


@pytest.mark.parametrize(
    ("events", "config"),
    [
        ([event("m", "send", "sms", "p")] * 3, {}),
        (arm("sms", delivered=3), {"log_ends": "2020-01-01T00:00:00Z"}),
    ],
    ids=["all refused", "all after the log's end"],
)
def test_nothing_to_count_is_an_error_that_says_where_to_look(
    reach: Run, folder: Path, events: list[Event], config: dict[str, Any]
) -> None:
    campaign(folder, events, **config)
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert "logs/log.ndjson: got no message in" in done.err
    [kept] = (folder / ".reach" / "rejected").iterdir()
    assert "refused records" in done.err
    assert kept.parent.name in done.err


def test_nothing_in_any_log_is_an_error(reach: Run, folder: Path) -> None:
    campaign(folder, [], sources=[{"path": "logs", "format": "reach"}])
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert "logs/log.ndjson: got no message in 0 records, expected at least one" in done.err


def test_an_empty_log_beside_a_full_one_is_warned_of(reach: Run, folder: Path) -> None:
    campaign(folder, arm("sms", delivered=12), sources=[{"path": "logs", "format": "reach"}])
    (folder / "logs" / "quiet.ndjson").touch()
    for command in ("check", "compare"):
        done = reach(command, ".")
        assert done.code == 0
        assert "quiet.ndjson" in done.read.partition("Warnings")[2]

"""The log to measure with: the same bytes every time, every record valid, people as promised."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from reach.bench.sample_log import write_log
from reach.engine import Limits
from reach.explanations import violations

EVENTS = 9_001


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "events.ndjson"
    write_log(path, EVENTS)
    return path


def test_it_is_the_same_whatever_the_engine_may_use(log: Path, tmp_path: Path) -> None:
    again = tmp_path / "a 'quoted' [name].ndjson"
    write_log(again, EVENTS, limits=Limits(threads=1))
    assert again.read_bytes() == log.read_bytes()


def test_every_record_is_an_event_and_every_message_has_three(log: Path) -> None:
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert len(events) == EVENTS // 3 * 3
    assert not [fault for event in events[:300] for fault in violations("event", event)]
    messages = Counter(event["message_id"] for event in events)
    assert set(messages.values()) == {3}
    about = {(e["message_id"], e["channel"], e["recipient"], e["region"]) for e in events}
    assert len(about) == len(messages)


def test_three_of_ten_messages_are_a_persons_first(log: Path) -> None:
    events = [json.loads(line) for line in log.read_text().splitlines()]
    of_person = Counter(event["recipient"] for event in events)
    assert len(of_person) == round(0.3 * (EVENTS // 3))
    assert max(of_person.values()) > 10 * min(of_person.values())
    assert len({event["channel"] for event in events}) == 6
    assert len({event["region"] for event in events}) == 27


def test_a_later_log_holds_other_messages(log: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.ndjson"
    write_log(later, 900, first=EVENTS)
    names = [
        {json.loads(line)["message_id"] for line in path.read_text().splitlines()}
        for path in (log, later)
    ]
    assert not names[0] & names[1]
    assert len(names[1]) == 300

"""A wrong guess of what a file does not hold costs time and nothing else."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from drive import Driver

from reach.formats.record import Options
from reach.ingest import reading
from reach.ingest.unlikely import GIVEN_AWAY, came_up, unlikely

GUESSES = [
    frozenset(some)
    for size in range(len(GIVEN_AWAY) + 1)
    for some in combinations(GIVEN_AWAY, size)
]


def event(message: str, what: str, second: int | None = 0, **more: object) -> str:
    at = {} if second is None else {"occurred_at": f"2026-01-05T07:00:{second:02}Z"}
    said = {"message_id": message, "event": what, "channel": "sms", "recipient": f"to-{message}"}
    return json.dumps(said | at | more)


def wanting(what: str) -> list[str]:
    """A log in which something comes up that may have been left out."""
    lines = [event("m1", "sent"), event("m1", "delivered", 5), event("m2", "sent", 9)]
    return lines + {
        "nothing": [],
        "no time": [event("m2", "delivered", None)],
        "an act": [event("m1", "converted", 30), event("m1", "converted", 20)],
        "a click": [event("m1", "clicked", 40), event("m1", "clicked", 41)],
        "a machine's click": [event("m1", "clicked", 40, machine=True)],
        "all": [event("m1", "clicked", 40), event("m2", "converted", None), event("m2", "sent", 9)],
    }[what]  # fmt: skip


@pytest.mark.parametrize("guess", GUESSES, ids=lambda guess: "+".join(sorted(guess)) or "none")
@pytest.mark.parametrize(
    "what", ["nothing", "no time", "an act", "a click", "a machine's click", "all"]
)
def test_whatever_is_left_out_the_evidence_is_the_same(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, what: str, guess: frozenset[str]
) -> None:
    path = driver.folder / "log.ndjson"
    path.write_text("\n".join(wanting(what)) + "\n")
    monkeypatch.setattr(reading, "unlikely", lambda _: guess)
    driver.agrees(path)


def test_a_short_log_is_seen_whole(driver: Driver) -> None:
    path = driver.folder / "log.ndjson"
    for what, kept in (
        ("nothing", set()),
        ("no time", {"untimed"}),
        ("an act", {"acted_at"}),
        ("a click", {"last_click_at"}),
    ):
        path.write_text("\n".join(wanting(what)) + "\n")
        log = driver.open(path, Options())
        assert unlikely(log) == GIVEN_AWAY.keys() - kept


def test_what_came_up_is_told_by_its_bits() -> None:
    for name, bits in GIVEN_AWAY.items():
        assert came_up([name], bits)
        assert not came_up(GIVEN_AWAY.keys() - {name}, bits)

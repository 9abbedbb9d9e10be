"""How soon messages arrived, by hand and at the edges."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from campaigns import answer_timing, campaign, codes, event, write_config, write_log
from plain_outcomes import Event

from reach.compare.timing import NO_RECEIPT_TIMES, NO_SENDING, NO_TIMES

SENT = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
LATE = "2026-03-01T00:00:00Z"
HOUR = 3_600


def at(seconds: float, start: datetime = SENT) -> str:
    return (start + timedelta(seconds=seconds)).isoformat()


def message(name: str, *then: tuple[str, float | None], sent: float | None = 0) -> list[Event]:
    """A message to a person of its own: sent, and what came so many seconds later."""
    who = f"{name}@example.org"
    found = [event(name, "sent", "sms", who, occurred_at=None if sent is None else at(sent))]
    for word, after in then:
        when = None if after is None else at((sent or 0) + after)
        more = {"permanent": True} if word == "failed" else {}
        found.append(event(name, word, "sms", who, occurred_at=when, **more))
    return [{key: value for key, value in said.items() if value is not None} for said in found]


def timing(folder: Path, *messages: list[Event], **config: Any) -> dict[str, Any]:  # noqa: ANN401
    """How soon the messages arrived, by the one arm there is."""
    config = {"log_ends": LATE} | config
    result = answer_timing(campaign(folder, [said for each in messages for said in each], **config))
    [arm] = result["channels"]
    return dict(arm["timing"])


def bounds(found: dict[str, Any], within: str) -> tuple[float, float]:
    rate = found["within"][within]["rate"]
    return rate["lower_bound"], rate["upper_bound"]


def test_ten_messages_by_hand(tmp_path: Path) -> None:
    found = timing(
        tmp_path,
        message("a", ("delivered", 10)),
        message("b", ("delivered", 200)),
        message("c", ("delivered", HOUR)),
        message("d", ("delivered", HOUR + 1)),
        message("e", ("delivered", 2 * 86_400)),
        message("f", ("read", 5 * HOUR)),  # arrived within 5 hours, nobody knows when
        message("g", ("delivered", 5), ("failed", 60)),  # taken back
        message("h", ("failed", 3)),
        message("i"),
        message("j"),
    )
    assert [bounds(found, each) for each in ("1h", "24h", "7d")] == [(0.3, 0.6), (0.5, 0.7), (0.6, 0.8)]  # fmt: skip
    counts = {"sent": 10, "untimed": 0, "timed": 10, "receipts": 5, "undated": 1, "open": 2}
    counts |= {"failed": 2, "skewed": 0}
    assert {name: found[name] for name in counts} == counts
    assert found["within"]["1h"]["too_recent"] == 0
    # f, i and j may have come at once, a and b have: five of ten after 200 seconds.
    assert (found["median"]["earliest_s"], found["median"]["latest_s"]) == (200, 5 * HOUR)


def test_the_intervals_are_those_of_the_recipe(tmp_path: Path) -> None:
    # 600 within the hour, 250 after it, of 150 nothing is known: published for delivered per sent.
    log = [message(f"a{each}", ("delivered", 60)) for each in range(600)]
    log += [message(f"b{each}", ("delivered", HOUR + 60)) for each in range(250)]
    log += [message(f"c{each}") for each in range(150)]
    rate = timing(tmp_path, *log)["within"]["1h"]["rate"]
    ends = [rate[end] for end in ("low", "high", "set_low", "set_high")]
    # There with the normal distribution; here with Student's t of 999 degrees of freedom.
    assert ends == pytest.approx([0.5743, 0.7718, 0.5693, 0.7758], abs=1e-4)
    assert (rate["numerator"], rate["denominator"], rate["effective_clusters"]) == (600, 1000, 1000)


def test_who_was_sent_too_late_is_left_out_and_counted(tmp_path: Path) -> None:
    long_ago = [message(f"a{each}", ("delivered", 9)) for each in range(3)]
    end = at(8 * 86_400)
    just = message("just", ("delivered", 9), sent=7 * 86_400)  # a day before the end, exactly
    late = message("late", ("delivered", 9), sent=7 * 86_400 + 1)
    found = timing(tmp_path, *long_ago, just, late, log_ends=end)
    assert [found["within"][each]["sent"] for each in ("1h", "24h", "7d")] == [5, 4, 3]
    assert [found["within"][each]["too_recent"] for each in ("1h", "24h", "7d")] == [0, 1, 2]


def test_a_log_that_is_too_short_says_so(tmp_path: Path) -> None:
    found = timing(tmp_path, message("a", ("delivered", 9)), message("b"), log_ends=at(HOUR))
    assert found["within"]["1h"]["rate"]["denominator"] == 2
    why = "no message was sent 24h or more before the log's end"
    assert found["within"]["24h"]["rate"] == {"not_estimable": why}


def test_one_message_has_a_median_and_no_interval(tmp_path: Path) -> None:
    found = timing(tmp_path, message("a", ("delivered", 61.5)))
    assert "one recipient only" in found["within"]["1h"]["rate"]["not_estimable"]
    assert (found["median"]["earliest_s"], found["median"]["latest_s"]) == (62, 62)


def test_all_pending_may_have_come_at_once_or_never(tmp_path: Path) -> None:
    log = [event("x", "failed", "sms", "x@example.org", occurred_at=at(0))]
    found = timing(tmp_path, *(message(f"m{n}") for n in range(20)), log, log_ends=at(2 * HOUR))
    # The failure says nothing of its sending, save that it was before: it did not arrive in time.
    assert bounds(found, "1h") == (0, pytest.approx(20 / 21))
    assert (found["median"]["earliest_s"], found["median"]["latest_s"]) == (0, None)
    assert (found["sent"], found["untimed"], found["open"], found["failed"]) == (21, 0, 20, 1)


def test_what_failed_or_arrived_without_a_sending_is_not_left_out(tmp_path: Path) -> None:
    """A log may tell of a failure and not of its sending: left out, its channel would look better."""
    log = [message("a", ("delivered", 60)), message("b", ("delivered", 90)), message("c")]
    log += [[event("d", "failed", "sms", "d@example.org", occurred_at=at(5))]]
    found = timing(tmp_path, *log)
    assert bounds(found, "7d") == (0.5, 0.75)
    late = [[event("e", "delivered", "sms", "e@example.org", occurred_at=at(5))]]
    found = timing(tmp_path, *log, *late)
    assert (found["undated"], found["untimed"]) == (1, 0)
    assert bounds(found, "1h") == (0.4, 0.8)  # nobody knows how long it took


def test_half_that_never_arrived_is_no_median(tmp_path: Path) -> None:
    log = [message(f"a{each}", ("delivered", 5)) for each in range(4)]
    found = timing(tmp_path, *log, *(message(f"b{each}", ("failed", 5)) for each in range(5)))
    assert (found["median"]["earliest_s"], found["median"]["latest_s"]) == (None, None)


def test_a_receipt_before_the_sending_counts_at_once_and_is_told(tmp_path: Path) -> None:
    log = [*message("a", ("delivered", -30)), *message("b", ("delivered", 30))]
    result = answer_timing(campaign(tmp_path, log, log_ends=LATE))
    [arm] = result["channels"]
    assert arm["timing"]["skewed"] == 1
    assert bounds(arm["timing"], "1h") == (1, 1)
    assert "receipts_before_sending" in codes(result)


@pytest.mark.parametrize(
    ("log", "why"),
    [
        (message("a", ("delivered", None), sent=None), NO_TIMES),
        (message("a", ("delivered", 9), sent=None), NO_SENDING),
        (message("a", ("delivered", None)), NO_RECEIPT_TIMES),
        (message("a"), "the log holds no receipts"),
    ],
    ids=["no times", "no sending", "no receipts' times", "no receipts"],
)
def test_what_a_log_cannot_say_is_not_measured(tmp_path: Path, log: list[Event], why: str) -> None:
    assert timing(tmp_path, log) == {"not_measured": why}


def test_nothing_sent_is_said(tmp_path: Path) -> None:
    log = [event("a", "rejected", "sms", "x@example.org"), event("a", "failed", "sms", "x@example.org")]  # fmt: skip
    assert timing(tmp_path, log) == {"not_estimable": "no messages were sent"}


def test_an_event_without_a_time_may_have_come_last(tmp_path: Path) -> None:
    known = [message(f"a{each}", ("read", 60), ("sent", 90)) for each in range(2)]
    other = message("b", ("delivered", 60))
    assert bounds(timing(tmp_path / "timed", *known, other), "1h") == (1, 1)
    # The read of b has no time: of its file no last time can be trusted, a click's can.
    clicked = message("c", ("clicked", 60))
    log = [*known, message("b", ("read", None)), other, clicked]
    assert bounds(timing(tmp_path / "untimed", *log), "1h") == (0.5, 1)


@pytest.mark.parametrize(("click", "act"), [(60, 2 * HOUR), (2 * HOUR, 60)])
def test_the_earlier_of_click_and_act_shows_the_arrival(
    tmp_path: Path, click: float, act: float
) -> None:
    log = [message(f"m{each}", ("clicked", click), ("converted", act)) for each in range(2)]
    found = timing(tmp_path, *log, message("x", ("failed", 9)))
    assert found["within"]["1h"]["rate"]["numerator"] == 2
    assert (found["median"]["earliest_s"], found["median"]["latest_s"]) == (0, 60)


def table(folder: Path, *, receipts_later: bool) -> dict[str, Any]:
    rows = [f"m{n},{n}@x.org,2026-01-05 08:00,{'OK' if n % 2 else ''}" for n in range(8)]
    (folder / "logs").mkdir(parents=True)
    head = "id,to,at,result\n"
    (folder / "logs" / "sent.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    if receipts_later:
        later = [f"m{n},{n}@x.org,2026-01-05 08:30,OK" for n in range(4)]
        (folder / "logs" / "late.csv").write_text(head + "\n".join(later) + "\n", encoding="utf-8")
    part = {
        "channel": {"const": "sms"},
        "person": "to",
        "message_id": "id",
        "occurred_at": {"column": "at", "timezone": "Asia/Jakarta"},
        "delivered": {"column": "result", "equals": ["OK"]},
    }
    sources = [{"path": "logs/*.csv", "map": part}]
    [arm] = answer_timing(write_config(folder, sources=sources, log_ends=LATE))["channels"]
    return dict(arm["timing"])


def test_the_one_time_of_a_row_is_no_time_of_its_receipt(tmp_path: Path) -> None:
    assert table(tmp_path, receipts_later=False) == {"not_measured": NO_RECEIPT_TIMES}


def test_a_later_row_with_the_receipt_has_a_time_of_its_own(tmp_path: Path) -> None:
    found = table(tmp_path, receipts_later=True)
    # 1 and 3 have an "OK" in their first row too: when that came nobody knows.
    assert (found["receipts"], found["undated"], found["open"]) == (2, 4, 2)


def test_receipts_at_the_very_time_of_sending_are_doubted(tmp_path: Path) -> None:
    log = [said for each in range(3) for said in message(f"m{each}", ("delivered", 0))]
    assert "receipts_at_sending" in codes(answer_timing(campaign(tmp_path, log)))
    write_log(tmp_path / "logs" / "b.ndjson", message("x", ("delivered", 1)))
    assert "receipts_at_sending" not in codes(answer_timing(tmp_path))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_truth_lies_between_the_bounds(tmp_path: Path, seed: int) -> None:
    """Receipts are lost more often where messages are slow; the truth is kept aside."""
    chance = random.Random(seed)  # noqa: S311
    log: list[Event] = []
    truth: list[tuple[float, float | None]] = []  # when sent, and how long it took
    for each in range(400):
        sent = chance.uniform(0, 9 * 86_400)
        took = chance.lognormvariate(7, 2.5) if chance.random() < 0.9 else None
        truth.append((sent, took))
        lost = chance.random() < (0.1 if took is not None and took < HOUR else 0.4)
        then: list[tuple[str, float]] = []
        if took is None and not lost:
            then = [("failed", 20)]
        elif took is not None:
            then = [] if lost else [("delivered", took)]
            then += [("read", took + 300)] if chance.random() < 0.2 else []
        end = 10 * 86_400
        seen = [(word, after) for word, after in then if sent + after <= end]
        log += message(f"m{each}", *seen, sent=sent)
    found = timing(tmp_path, log, log_ends=at(10 * 86_400))
    for within, seconds in (("1h", HOUR), ("24h", 86_400), ("7d", 7 * 86_400)):
        asked = [took for sent, took in truth if sent + seconds <= 10 * 86_400]
        realised = sum(took is not None and took <= seconds for took in asked) / len(asked)
        low, high = bounds(found, within)
        assert found["within"][within]["sent"] == len(asked)
        assert low <= realised <= high
    times = sorted(took for _, took in truth if took is not None)
    median = times[len(truth) // 2 - 1]
    assert found["median"]["earliest_s"] <= median + 1
    assert found["median"]["latest_s"] is None or median <= found["median"]["latest_s"]

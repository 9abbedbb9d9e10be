"""Regions, segments and periods as arms: whose message counts where, and what can't be asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, campaign, event

from reach.errors import ConfigError
from reach.experiment.load import load_experiment

PERIODS = {
    "before": {"start": "2026-01-05", "end": "2026-01-11"},
    "after": {"start": "2026-01-12", "end": "2026-01-12"},
}


def _arms(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """By arm: messages and those delivered."""
    return {
        each["channel"]: (each["outcomes"]["attempted"], each["outcomes"]["delivered"])
        for each in found["channels"]
    }


def _ask(folder: Path, events: list[Any], **compare: Any) -> dict[str, Any]:  # noqa: ANN401
    return answer(campaign(folder, events, log_ends=LONG_AFTER, compare=compare))


def test_regions_are_compared_as_the_people_file_has_them(tmp_path: Path) -> None:
    events = [
        event(f"m{n}", "delivered" if n % 2 else "sent", "sms", f"p{n}@x.id", region="Bogor")
        for n in range(40)
    ]
    people = "address,person,region\n" + "".join(f"p{n}@x.id,p{n},Cianjur\n" for n in range(10))
    folder = campaign(
        tmp_path, events, log_ends=LONG_AFTER, people="people.csv", compare={"by": "region"}
    )
    (folder / "people.csv").write_text(people, encoding="utf-8")
    found = answer(folder)
    assert _arms(found) == {"Bogor": (30, 15), "Cianjur": (10, 5)}
    assert {(each["a"], each["b"]) for each in found["comparisons"]} == {("Bogor", "Cianjur")}


def test_a_message_belongs_to_the_day_it_was_sent_on(tmp_path: Path) -> None:
    times = {
        "eve": "2026-01-04T23:59:59.999999Z",
        "first": "2026-01-05T00:00:00Z",
        "last": "2026-01-11T23:59:59.999999Z",
        "next": "2026-01-12T00:00:00Z",
        "end": "2026-01-12T23:59:59Z",
        "late": "2026-01-13T00:00:00Z",
    }
    events = [
        event(name, "sent", "sms", f"{name}@x.id", occurred_at=at) for name, at in times.items()
    ]
    # Sent before and delivered after: the sending counts.
    events.append(
        event("last", "delivered", "sms", "last@x.id", occurred_at="2026-01-12T08:00:00Z")
    )
    # Never seen to be sent: what came first of it counts.
    events.append(event("seen", "delivered", "sms", "s@x.id", occurred_at="2026-01-12T08:00:00Z"))
    events.append(event("timeless", "delivered", "sms", "t@x.id", occurred_at=None))
    found = _ask(tmp_path, events, by="period", periods=PERIODS)
    assert _arms(found) == {"before": (2, 1), "after": (3, 1), "(none)": (3, 1)}
    assert [each["channel"] for each in found["channels"]] == ["before", "after", "(none)"]
    assert {(each["a"], each["b"]) for each in found["comparisons"]} == {("before", "after")}


def test_days_are_those_of_the_zone(tmp_path: Path) -> None:
    at = {"m1": "2026-01-04T17:00:00Z", "m2": "2026-01-11T17:00:00Z", "m3": "2026-01-12T17:00:00Z"}
    events = [
        event(name, "sent", "sms", f"{name}@x.id", occurred_at=when) for name, when in at.items()
    ]
    found = _ask(tmp_path, events, by="period", periods=PERIODS, timezone="Asia/Jakarta")
    assert _arms(found) == {"before": (1, 0), "after": (1, 0), "(none)": (1, 0)}


def test_other_periods_are_counted_anew(tmp_path: Path) -> None:
    events = [event("m1", "sent", "sms", "a@x.id", occurred_at="2026-01-12T00:00:00Z")]
    assert _arms(_ask(tmp_path, events, by="period", periods=PERIODS))["after"] == (1, 0)
    later = PERIODS | {"after": {"start": "2026-01-13", "end": "2026-01-14"}}
    found = _arms(_ask(tmp_path, events, by="period", periods=later))
    assert found == {"before": (0, 0), "after": (0, 0), "(none)": (1, 0)}


@pytest.mark.parametrize(
    ("compare", "place", "received"),
    [
        ({"by": "period"}, "$.compare.by", "period without periods"),
        ({"periods": PERIODS}, "$.compare.periods", "periods without by: period"),
        ({"by": "region", "timezone": "Asia/Jakarta"}, "$.compare.timezone", "timezone without"),
        ({"by": "period", "periods": PERIODS, "timezone": "Java"}, "$.compare.timezone", "Java"),
        ({"by": "region", "standardise": ["segment", "region"]}, "$.compare.standardise[1]", "region"),
        (
            {"by": "period", "periods": {**PERIODS, "whole": {"start": "2026-01-01", "end": "2026-12-31"}}},
            "$.compare.periods.whole",
            "2026-01-01 to 2026-12-31",
        ),
        (
            {"by": "period", "periods": {**PERIODS, "x": {"start": "2026-02-02", "end": "2026-02-01"}}},
            "$.compare.periods.x.end",
            "2026-02-01",
        ),
        (
            {"by": "period", "periods": {**PERIODS, "x": {"start": "9999-12-31", "end": "9999-12-31"}}},
            "$.compare.periods.x.end",
            "9999-12-31",
        ),
        ({"by": "period", "periods": {"one": PERIODS["after"]}}, "$.compare.periods", "a mapping of 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(
    tmp_path: Path, compare: dict[str, Any], place: str, received: str
) -> None:
    folder = campaign(tmp_path, [event("m", "sent", "sms", "a@x.id")], compare=compare)
    with pytest.raises(ConfigError) as refusal:
        load_experiment(folder)
    assert any(
        place in str(line) and received in str(line) for line in str(refusal.value).splitlines()
    )

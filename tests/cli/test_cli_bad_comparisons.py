"""Comparisons that can't be asked for: refused before anything is read, with place and cure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

LOG = '{"message_id": "m1", "event": "sent", "channel": "sms", "recipient": "p1"}\n'
OPEN = "  - log.ndjson\n"
SET = (
    "  - {path: log.ndjson, set: {channel: sms, campaign: polio}}\n"
    "  - {path: a.csv, set: {campaign: measles}, map: {channel: {const: call}, person: phone}}\n"
)
PERIODS = (
    "by: period, periods: {before: {start: 2026-01-05, end: 2026-01-06}, "
    "after: {start: 2026-01-07, end: 2026-01-08}}"
)
LEVEL = "expected a fraction above 0 and up to 0.999999, as 0.95"
MARGIN = "expected a fraction above 0 and below 1, as 0.01"


def told(reach: Run, folder: Path, compare: str, sources: str) -> list[str]:
    (folder / "log.ndjson").write_text(LOG)
    config = f"experiment: e\nsources:\n{sources}channels: {{sms: {{}}, radio: {{}}}}\ncompare:\n  {{{compare}}}\n"
    (folder / "experiment.yaml").write_text(config)
    done = reach("compare", ".")
    assert (done.code, done.out) == (3, "")
    assert not Path(".reach").exists()
    return [each.removeprefix("reach: experiment.yaml:") for each in done.err.splitlines()]


@pytest.mark.parametrize(
    ("compare", "fault"),
    [
        ("level: 0", f"6:4 $.compare.level: got 0, {LEVEL}"),
        ("level: 1", f"6:4 $.compare.level: got 1, {LEVEL}"),
        ("level: 95", f"6:4 $.compare.level: got 95, {LEVEL}"),
        ("level: -0.95", f"6:4 $.compare.level: got -0.95, {LEVEL}"),
        ("level: 1.0e-17", f"6:4 $.compare.level: got 1e-17, {LEVEL}"),
        ("level: 0.99999999999999999", f"6:4 $.compare.level: got 1.0, {LEVEL}"),
        ("margin: {delivered_per_sent: 0}", f"6:13 $.compare.margin.delivered_per_sent: got 0, {MARGIN}"),
        ("margin: {delivered_per_sent: -0.1}", f"6:13 $.compare.margin.delivered_per_sent: got -0.1, {MARGIN}"),
        ("margin: {delivered_per_sent: 1}", f"6:13 $.compare.margin.delivered_per_sent: got 1, {MARGIN}"),
        ("margin: {delivered_per_sent: 1 %}", f'6:13 $.compare.margin.delivered_per_sent: got "1 %", {MARGIN}'),
        (
            f"{PERIODS}, baseline: befor",
            '6:118 $.compare.baseline: got "befor", expected a period of compare.periods: before, after',
        ),
        (
            f"{PERIODS}, pairs: [[after, befor]]",
            '6:134 $.compare.pairs[0][1]: got "befor", expected a period of compare.periods: before, after',
        ),
        (
            "assignment: {randomised: true}",
            ("6:17 $.compare.assignment.randomised: got true, expected with it the planned share of each "
            "arm, as shares: {sms: 1, email: 1}, which the counts are tested against; else false"),
        ),
        (
            "assignment: {randomised: true, shares: {sms: 0, call: 1}}",
            ("6:44 $.compare.assignment.shares.sms: got 0, expected a number above 0 and at most "
            "1000000000, as 1"),
        ),
        (
            "assignment: {randomised: true, shares: {sms: 1, call: 1.0e-9}}",
            ("6:52 $.compare.assignment.shares.call: got 1e-09, expected at least a millionth of the "
            "largest share"),
        ),
        (
            "assignment: {randomised: true, unit: household, shares: {sms: 1, call: 1}}",
            '6:35 $.compare.assignment.unit: got "household", expected one of person, message',
        ),
        (
            "baseline: email, assignment: {randomised: true, shares: {sms: 1, call: 1}}",
            '6:4 $.compare.baseline: got "email", expected an arm of assignment.shares: sms, call',
        ),
        (
            "campaigns: [polio]",
            ("6:4 $.compare.campaigns: got a list of 1, expected a list of two different campaigns or "
            "more, as [measles, polio]"),
        ),
    ],
)  # fmt: skip
def test_what_contradicts_itself(reach: Run, folder: Path, compare: str, fault: str) -> None:
    assert told(reach, folder, compare, OPEN) == [fault]


def test_shares_of_no_period(reach: Run, folder: Path) -> None:
    compare = f"{PERIODS}, assignment: {{randomised: true, shares: {{before: 1, sms: 1}}}}"
    [fault] = told(reach, folder, compare, OPEN)
    assert "$.compare.assignment.shares.sms: got" in fault
    assert fault.endswith("expected a period of compare.periods: before, after")


@pytest.mark.parametrize(
    ("compare", "fault"),
    [
        ("baseline: SMS", '7:4 $.compare.baseline: got "SMS", expected a channel that a source sets: sms, call'),
        (
            "pairs: [[sms, radio], [sms, email]]",
            '7:32 $.compare.pairs[1][1]: got "email", expected a channel that a source sets: sms, call',
        ),
        (
            "campaigns: [polio, rubella]",
            '7:23 $.compare.campaigns[1]: got "rubella", expected a campaign that a source sets: polio, measles',
        ),
        (
            "by: campaign, baseline: rubella",
            '7:18 $.compare.baseline: got "rubella", expected a campaign that a source sets: polio, measles',
        ),
    ],
)  # fmt: skip
def test_names_that_no_source_can_bring(reach: Run, folder: Path, compare: str, fault: str) -> None:
    assert told(reach, folder, compare, SET) == [fault]


def test_a_baseline_that_only_the_log_can_tell_of_is_told_when_it_is_counted(
    reach: Run, folder: Path
) -> None:
    (folder / "log.ndjson").write_text(LOG)
    config = "experiment: e\nsources: [log.ndjson]\ncompare: {baseline: email, metrics: [acted_per_sent]}\n"
    (folder / "experiment.yaml").write_text(config)
    done = reach("compare", ".")
    assert done.code == 0
    assert "SMS and email are not comparable: there are no messages of email." in done.read
    assert "To be compared, but without messages: email. There are messages of sms." in done.read

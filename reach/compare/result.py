"""The finding as one document: what `schemas/result.schema.json` describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from reach.compare.arms import describe_arm
from reach.compare.assignment import (
    check_assignment,
    doubts_of_assignment,
    parted_by_chance,
    per_assigned,
)
from reach.compare.costs import describe_costs
from reach.compare.other_methods.asked import other_methods
from reach.compare.pairs import compare_pair, is_decided, pairs_of
from reach.compare.question import Compare, Price
from reach.compare.rates import Rates
from reach.compare.warnings import find_warnings
from reach.errors import BalanceError
from reach.tally.count import Counted
from reach.tally.messages import LogEnd

SCHEMA = "reach.result/1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the config says of the campaign as such.

    Attributes:
        experiment: Its short name.
        title: By language.
        simulated: Whether its logs were made up.
        period: First and last day as text, or None.
        kinds: By channel, how its evidence is read; direct if not listed.
        titles: By channel, what people call it by language, where that is not its name.
        prices: By channel, what a message costs of whose cost the log says nothing.
    """

    experiment: str
    title: Mapping[str, str]
    simulated: bool
    period: Mapping[str, str] | None
    kinds: Mapping[str, str]
    titles: Mapping[str, Mapping[str, str]]
    prices: Mapping[str, Price] = field(default_factory=dict)


def find(
    heading: Heading,
    counted: Counted,
    question: Compare,
    account: Mapping[str, Any],
    rejections: list[dict[str, Any]],
    noticed: list[dict[str, Any]],
) -> dict[str, Any]:
    """Answer the question.

    Args:
        heading: What the campaign is called.
        counted: The tally and what was noticed while counting.
        question: What is asked.
        account: The balance of what was read, as the document holds it.
        rejections: Sources with refused records, as the document holds them.
        noticed: Warnings about the sources.

    Raises:
        BalanceError: Outcomes don't add up; a bug, so the run stops.
    """
    tally = counted.tally
    for arm in tally.arms:
        _check_outcomes(arm, tally.counts[arm])
    pending = sum(tally.counts[arm]["pending"] for arm in tally.arms)
    pairs = pairs_of(question, tally.arms)
    family = len(pairs) * len(question.metrics)
    assignment = check_assignment(tally, question.assignment)
    parted = parted_by_chance(assignment)
    titles = heading.titles if question.by == "channel" else {}
    rates = Rates(tally)
    arms = [
        {
            **describe_arm(
                rates, arm, heading.kinds.get(arm, "direct"), question.level, titles.get(arm)
            ),
            "costs": describe_costs(rates, arm, heading.prices, question.level),
        }
        for arm in tally.arms
    ]
    comparisons = []
    for metric in question.metrics:
        for pair in pairs:
            found = compare_pair(rates, question, metric, pair, family)
            found["provisional"] = pending > 0
            found["causal"] = (
                parted.issuperset(pair) and per_assigned(metric, assignment) and is_decided(found)
            )
            comparisons.append(found)
    warnings = noticed + list(find_warnings(counted, rates, question, arms, comparisons))
    warnings += doubts_of_assignment(tally, question, assignment)
    return {
        "schema": SCHEMA,
        "experiment": heading.experiment,
        "title": dict(heading.title),
        "simulated": heading.simulated,
        "period": heading.period,
        "log_ends": {channel: _log_end(end) for channel, end in counted.log_ends.items()},
        "final": pending == 0,
        "pending": pending,
        "by": question.by,
        "level": question.level,
        "family": family,
        "metrics": list(question.metrics),
        "recipients": tally.recipients,
        "recipients_in_several": tally.in_several(),
        "assignment": assignment,
        "channels": arms,
        "comparisons": comparisons,
        **({"also": other_methods(rates, question)} if question.also else {}),
        "rejections": rejections,
        "balance": account,
        "warnings": warnings,
    }


def _check_outcomes(arm: str, counts: Mapping[str, int]) -> None:
    parts = ("not_sent", "pending", "unknown", "failed", "delivered")
    if counts["attempted"] != sum(counts[part] for part in parts):
        listed = " + ".join(f"{counts[part]} {part}" for part in parts)
        raise BalanceError(
            f"{arm}: {counts['attempted']} messages are not {listed}. "
            "This is a fault of reach; please report it."
        )


def _log_end(end: LogEnd) -> dict[str, str | None]:
    return {"at": None if end.at_us is None else moment(end.at_us), "from": end.source}


def moment(at_us: int) -> str:
    """A time in µs UTC as RFC 3339 text.

    Examples:
        >>> moment(1_767_589_200_000_000)
        '2026-01-05T05:00:00Z'
    """
    return (_EPOCH + timedelta(microseconds=at_us)).isoformat().replace("+00:00", "Z")

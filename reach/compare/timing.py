"""How soon the messages of each arm arrived, with what nobody knows between two bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from reach.compare.arms import rate_document
from reach.compare.metrics import Bounds, measured, why_not_measured
from reach.compare.notice import Notice, warn
from reach.errors import NotEstimableError
from reach.stats.gram import GramStratum
from reach.stats.half import half_reached
from reach.stats.ratio import Ratio, ratio
from reach.tally.count import Counted
from reach.tally.timing import TIMING_AXES, WITHIN_S, TimingTally, timing_axis
from reach.vocabulary import Measures

NO_TIMES: Final = "its log has no times"
NO_SENDING: Final = "its log does not say when messages were sent"
NO_RECEIPT_TIMES: Final = "its log does not say when messages were delivered"

_MEDIAN_METHOD = "half of all sent, no interval"


def add_timing(
    result: Mapping[str, Any], counted: Counted, tally: TimingTally, level: float
) -> dict[str, Any]:
    """A result with how soon messages arrived in every arm.

    Args:
        result: The document as `reach.compare.result.find` makes it.
        counted: What became of the messages.
        tally: How soon they arrived; of the same arms.
        level: Confidence level of the shares, each for itself.
    """
    arms = [
        {
            **arm,
            "timing": describe_timing(
                tally, arm["channel"], counted.tally.counts[arm["channel"]], level
            ),
        }
        for arm in result["channels"]
    ]
    warnings = [*result["warnings"], *_warnings(tally, arms)]
    return {**result, "channels": arms, "warnings": warnings}


def describe_timing(
    tally: TimingTally, arm: str, messages: Mapping[str, int], level: float
) -> dict[str, Any]:
    """How soon the messages of an arm arrived, as the result document holds it.

    Args:
        tally: What was counted.
        arm: Which arm.
        messages: What became of its messages, as counts.
        level: Confidence level of the shares, each for itself.
    """
    counts = tally.counts[arm]
    if not counts["sent"]:
        return {"not_estimable": "no messages were sent"}
    why = _obstacle(tally, arm, messages)
    if why is not None:
        return {"not_measured": why}
    parts = ("timed", "receipts", "undated", "open", "failed", "skewed")
    return {
        "sent": counts["sent"],
        "untimed": counts["sent"] - counts["timed"],
        **{part: counts[part] for part in parts},
        "within": {
            within: _within(tally, arm, within, seconds, level)
            for within, seconds in WITHIN_S.items()
        },
        "median": _median(tally, arm),
    }


def _obstacle(tally: TimingTally, arm: str, messages: Mapping[str, int]) -> str | None:
    """Why nothing can be said of how soon messages arrived; None if something can."""
    counts = tally.counts[arm]
    if not counts["timed"]:
        return NO_TIMES
    if Measures.DELIVERED not in measured(messages):
        return why_not_measured(Measures.DELIVERED, messages)
    if not counts["started"]:
        return NO_SENDING
    # What arrived did so at some time: 0 % within an hour would be a claim.
    if counts["undated"] and not counts["receipts"] and not tally.reactions[arm]:
        return NO_RECEIPT_TIMES
    return None


def _within(
    tally: TimingTally, arm: str, within: str, seconds: int, level: float
) -> dict[str, Any]:
    gram = tally.grams[arm]
    sent = int(gram.sums[timing_axis("sent", within)])
    rate: dict[str, Any]
    if not sent:
        rate = {"not_estimable": f"no message was sent {within} or more before the log's end"}
    else:
        ends = Bounds(_share(gram, "within", within), _share(gram, "possible", within))
        try:
            rate = rate_document(ends, level)
        except NotEstimableError as error:
            rate = {"not_estimable": str(error)}
    return {
        "seconds": seconds,
        "sent": sent,
        "too_recent": tally.counts[arm]["timed"] - sent,
        "rate": rate,
    }


def _share(gram: GramStratum, share: str, within: str) -> Ratio:
    numerator, denominator = ([0] * len(TIMING_AXES) for _ in range(2))
    numerator[timing_axis(share, within)] = 1
    denominator[timing_axis("sent", within)] = 1
    return ratio([gram], numerator, denominator)


def _median(tally: TimingTally, arm: str) -> dict[str, Any]:
    """When half of all that were sent had arrived, at the earliest and at the latest."""
    counts = tally.counts[arm]
    receipts, reactions = tally.receipts[arm], tally.reactions[arm]
    surely = {
        delay: receipts.get(delay, 0) + reactions.get(delay, 0) for delay in {*receipts, *reactions}
    }
    return {
        "sent": counts["timed"],
        "earliest_s": half_reached(receipts, counts["timed"], counts["undated"] + counts["open"]),
        "latest_s": half_reached(surely, counts["timed"]),
        "method": _MEDIAN_METHOD,
    }


def _warnings(tally: TimingTally, arms: list[dict[str, Any]]) -> Iterator[Notice]:
    for each in arms:
        arm, counts = each["channel"], tally.counts[each["channel"]]
        if "within" not in each["timing"]:
            continue
        if counts["skewed"]:
            yield warn(
                "receipts_before_sending",
                f"{counts['skewed']} receipts of {arm} are earlier than the sending: "
                "they count as at once.",
                arm=arm,
                count=counts["skewed"],
            )
        if counts["receipts"] > 1 and counts["at_once"] == counts["receipts"]:
            yield warn(
                "receipts_at_sending",
                f"All receipts of {arm} have the very time of the sending: "
                "does its log know more than one time?",
                arm=arm,
            )

"""What a reader must know before believing a number: few, specific, each with a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reach.compare.audiences import audience_warnings
from reach.compare.metrics import METRICS, measured
from reach.compare.notice import Notice, warn
from reach.compare.pairs import coverage
from reach.compare.question import Compare
from reach.compare.rates import Rates
from reach.tally.count import Counted, mixed_recipients
from reach.tally.query import NO_VALUE
from reach.tally.tally import Tally
from reach.vocabulary import Measures, Receipt, Verdict

_MOST_MACHINE_OPENS = 0.5
_NEARLY_ALL_RECEIPTS = 0.95
_MOST_NAMED = 8


def find_warnings(
    counted: Counted,
    rates: Rates,
    question: Compare,
    arms: list[dict[str, Any]],
    comparisons: list[dict[str, Any]],
) -> Iterator[Notice]:
    """All warnings that follow from what was counted and compared."""
    yield from _unfinished(counted.tally)
    known = _known(counted)
    for arm in arms:
        yield from _of_arm(arm, counted.tally.counts[arm["channel"]], question, known)
    for channel, end in counted.log_ends.items():
        if end.source == "newest event":
            yield warn(
                "log_end_default",
                f"No log end is declared for {channel}: the newest event stands for it.",
                channel=channel,
            )
    for found in comparisons:
        if found["standardised"] and found["standardised"]["crude"]["sign_changes"]:
            yield warn(
                "sign_changes",
                f"Standardising turns the sign of {found['a']} − {found['b']} ({found['metric']}): "
                "the arms had different audiences.",
                a=found["a"],
                b=found["b"],
                metric=found["metric"],
            )
    yield from audience_warnings(rates, question, arms, comparisons)
    yield from _of_receipts(arms, comparisons)
    yield from _of_nothing(counted.tally, question)
    yield from _of_whole(counted)


def _unfinished(tally: Tally) -> Iterator[Notice]:
    pending = sum(tally.counts[arm]["pending"] for arm in tally.arms)
    if pending:
        yield warn(
            "unfinished",
            f"Not final: {pending} messages are still pending. They count as unknown, and every "
            "verdict may change.",
            count=pending,
        )


def _known(counted: Counted) -> str:
    """The arms that do have messages, or the first of them."""
    tally = counted.tally
    names = [arm for arm in tally.arms if tally.counts[arm]["attempted"]]
    return ", ".join(names if len(names) <= _MOST_NAMED else [*names[:_MOST_NAMED], "…"])


def _of_arm(
    arm: Mapping[str, Any], counts: Mapping[str, int], question: Compare, known: str
) -> Iterator[Notice]:
    name = arm["channel"]
    if not counts["attempted"]:
        yield warn(
            "no_messages",
            f"{name} is compared but has no messages; there are messages of {known}.",
            arm=name,
            known=known,
        )
        return
    told = measured(counts)
    covered = coverage(counts)
    if Measures.DELIVERED in told and covered is not None and covered < question.coverage_threshold:
        yield warn(
            "low_receipt_coverage",
            f"Only {covered:.1%} of {name} has a receipt: don't rank it by the rate among receipted.",
            arm=name,
            coverage=float(covered),
        )
    if counts["answers_only"]:
        yield warn(
            "answers_only",
            f"{counts['answers_only']} messages of {name} are known only from what came back of "
            "them: those that nothing came back of are in no log, and its rates leave them out.",
            arm=name,
            count=counts["answers_only"],
        )
    if counts["conflicts"]:
        yield warn(
            "conflicts",
            f"{counts['conflicts']} messages of {name} are called both not sent and delivered; they count as unknown.",
            arm=name,
            count=counts["conflicts"],
        )
    if counts["opened_by_machine"] > _MOST_MACHINE_OPENS * counts["opened"]:
        share = counts["opened_by_machine"] / counts["opened"]
        yield warn(
            "machine_opens",
            f"{share:.0%} of {name} opens were made by machines or may have been: opens do not tell who has read.",
            arm=name,
            share=share,
        )


def _of_receipts(arms: list[dict[str, Any]], comparisons: list[dict[str, Any]]) -> Iterator[Notice]:
    """Tell of deliveries that are compared though one was confirmed further on its way.

    "Delivered" means a carrier's receipt or better in every arm. A device's receipt is harder
    to come by, so that an arm that counts by nothing else is held to more.
    """
    levels = {arm["channel"]: _receipt_level(arm["receipt_levels"]) for arm in arms}
    unlike = {
        tuple(sorted((found["a"], found["b"]), key=lambda arm: levels[arm] == Receipt.CARRIER))
        for found in comparisons
        if Measures.DELIVERED in METRICS[found["metric"]].needs
        and found["verdict"] != Verdict.NOT_COMPARABLE
        and {levels[found["a"]], levels[found["b"]]} == set(Receipt)
    }
    for device, carrier in sorted(unlike):
        yield warn(
            "receipt_levels_differ",
            f"Receipts of {device} come from the recipient's device, those of {carrier} only from "
            "the carrier: what counts as delivered there may have reached no device.",
            device=device,
            carrier=carrier,
        )


def _receipt_level(levels: Mapping[str, int]) -> Receipt | None:
    """Who gave nearly all of an arm's receipts; None if both did, or nobody."""
    receipts = sum(levels[level] for level in Receipt)
    for level in Receipt:
        if receipts and levels[level] >= _NEARLY_ALL_RECEIPTS * receipts:
            return level
    return None


def _of_nothing(tally: Tally, question: Compare) -> Iterator[Notice]:
    """Tell of what is asked by an attribute that nobody has: it is answered, and says nothing."""
    if {arm for arm in tally.arms if tally.counts[arm]["attempted"]} == {NO_VALUE}:
        yield warn(
            "no_arms",
            f"No message has a {tally.by}: all are in one arm, and there is nothing to compare.",
            attribute=tally.by,
        )
    for place, attribute in enumerate(question.standardise):
        if all(stratum[place] is None for stratum in tally.strata):
            yield warn(
                "no_strata",
                f"No recipient has a {attribute}: standardising by it changes nothing.",
                attribute=attribute,
            )
            continue
        without = sum(
            stratum.recipients for name, stratum in tally.strata.items() if name[place] is None
        )
        if without:
            yield warn(
                "no_stratum",
                f"{without} recipients have no {attribute}: they form a stratum of their own.",
                attribute=attribute,
                count=without,
            )


def _of_whole(counted: Counted) -> Iterator[Notice]:
    if counted.unmapped:
        yield warn(
            "unmapped_addresses",
            f"{counted.unmapped} addresses are in no people file; each counts as a person of its own.",
            count=counted.unmapped,
        )
    if mixed := mixed_recipients(counted.tally):
        yield warn(
            "mixed_strata",
            f"{mixed} recipients have two strata and are counted as mixed.",
            count=mixed,
        )
    for attribute, count in counted.disagreements.items():
        yield warn(
            "disagreements",
            f"{count} messages have two values of {attribute}; the first by alphabet counts.",
            attribute=attribute,
            count=count,
        )

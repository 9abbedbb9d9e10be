"""The other methods that the config asks for, answered. No verdict looks at any of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from reach.compare.metrics import METRICS, Metric, measured, why_not_measured
from reach.compare.other_methods.independent import refusal
from reach.compare.other_methods.mantel_haenszel import mantel_haenszel
from reach.compare.other_methods.missing_at_random import METRIC, delivered_at_random
from reach.compare.other_methods.score_interval import score_interval
from reach.compare.pairs import pairs_of
from reach.compare.question import Compare
from reach.compare.rates import Rates
from reach.errors import NotEstimableError
from reach.vocabulary import Measures

_OF_PAIRS: Final[
    Mapping[str, Callable[[Rates, Metric, tuple[str, str], float], dict[str, Any]]]
] = {
    "score_interval": score_interval,
    "mantel_haenszel": mantel_haenszel,
}
_STANDING: Final = {
    "score_interval": "beside the verdicts; decides nothing",
    "mantel_haenszel": "beside the verdicts; decides nothing",
    "missing_at_random": "sensitivity analysis, not an estimate of record; decides nothing",
}


def other_methods(rates: Rates, question: Compare) -> list[dict[str, Any]]:
    """What each method says of each metric and pair, or of each arm, as the result holds it.

    Args:
        rates: Of what was counted.
        question: What is asked.
    """
    found: list[dict[str, Any]] = []
    for method in question.also:
        answers = (
            _of_pairs(rates, question, method)
            if method in _OF_PAIRS
            else _of_arms(rates, question, rates.tally.arms)
        )
        about = {"standing": _STANDING[method], "level": question.level}
        found += [{"method": method, **answer, **about} for answer in answers]
    return found


def _of_pairs(rates: Rates, question: Compare, method: str) -> Iterator[dict[str, Any]]:
    for name in question.metrics:
        for pair in pairs_of(question, rates.tally.arms):
            asked = {"metric": name, "a": pair[0], "b": pair[1]}
            refused = refusal(rates, question, METRICS[name], pair)
            if refused is not None:
                yield {**asked, **_none(refused.why, refused.code)}
                continue
            try:
                answer = _OF_PAIRS[method](rates, METRICS[name], pair, question.level)
            except NotEstimableError as error:
                answer = _none(str(error))
            yield {**asked, **answer}


def _of_arms(rates: Rates, question: Compare, arms: Sequence[str]) -> Iterator[dict[str, Any]]:
    for arm in arms:
        asked = {"metric": METRIC, "a": arm, "b": None}
        counts = rates.tally.counts[arm]
        if not counts["attempted"]:
            yield {**asked, **_none("no messages")}
        elif Measures.DELIVERED not in measured(counts):
            yield {**asked, **_none(why_not_measured(Measures.DELIVERED, counts))}
        else:
            try:
                answer = delivered_at_random(rates, arm, question.level)
            except NotEstimableError as error:
                answer = _none(str(error))
            yield {**asked, **answer}


def _none(why: str, code: str | None = None) -> dict[str, Any]:
    return {"not_estimable": why, "code": code}

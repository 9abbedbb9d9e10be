"""What holds of every result, whatever was counted: random tallies of one person or of millions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from document_laws import check_contract, check_interval, check_pooled, check_rate
from hypothesis import given
from hypothesis import strategies as st
from plain_verdicts import ends_of, is_told, ruling_of
from random_questions import Asked, answered, asked, laws, questions
from random_tallies import ARMS, Crowd, campaigns, crowds, tally_of

from reach.compare.metrics import METRICS
from reach.compare.over_campaigns import pool_campaigns
from reach.compare.question import Compare


@laws(60)
@given(asked())
def test_the_contract_is_kept_whatever_was_counted(of: Asked) -> None:
    check_contract(answered(*of))


@laws(60)
@given(asked())
def test_rates_are_what_was_counted_or_say_why_not(of: Asked) -> None:
    people, question = of
    for arm in answered(people, question)["channels"]:
        assert list(arm["rates"]) == list(METRICS)
        for metric, rate in arm["rates"].items():
            ends = ends_of(people, arm["channel"], metric, standardised=False)
            if not arm["outcomes"]["attempted"]:
                assert rate == {"not_estimable": "no messages"}
            elif not is_told(people, arm["channel"], metric):
                assert list(rate) == ["not_measured"]
            elif ends is None or min(end.effective for end in ends) == 1:
                assert list(rate) == ["not_estimable"]
            else:
                check_rate(rate, question.level)
                told = (rate["lower_bound"], rate["upper_bound"])
                assert told == tuple(float(end.rate) for end in ends)
                assert rate["effective_clusters"] == pytest.approx(float(ends[0].effective))


@laws(120)
@given(asked())
def test_verdicts_follow_from_the_table(of: Asked) -> None:
    people, question = of
    result = answered(people, question)
    for found in result["comparisons"]:
        verdict, because = ruling_of(
            people,
            found,
            threshold=question.coverage_threshold,
            standardised=bool(question.standardise),
        )
        assert (found["verdict"], found["because"] in because) == (verdict, True)
        assert found["provisional"] == (result["pending"] > 0)
        assert not (found["causal"] and verdict not in ("better", "worse"))
        assert (found["low"] is None) == (verdict == "not comparable" or "too few recipients" in because)  # fmt: skip
        if found["low"] is not None:
            check_interval(found)
        if verdict == "not comparable":
            assert found["because"].startswith((found["a"], found["b"]))


@laws(20)
@given(crowds(0), crowds(0), questions())
def test_the_family_is_fixed_before_anything_is_counted(
    of: tuple[Crowd, ...], others: tuple[Crowd, ...], question: Compare
) -> None:
    question = replace(question, standardise=())
    pairs = question.pairs or (
        [("a", "b"), ("c", "b")] if question.baseline else [("a", "b"), ("a", "c"), ("b", "c")]
    )
    for each in (of, others):
        result = answered(each, question)
        told = [(found["metric"], found["a"], found["b"]) for found in result["comparisons"]]
        assert told == [(metric, *pair) for metric in question.metrics for pair in pairs]
        assert {found["family"] for found in result["comparisons"]} == {len(told)}
        assert result["family"] == len(told)


@laws(60)
@given(questions(), st.data())
def test_so_it_is_of_several_campaigns(question: Compare, data: st.DataObject) -> None:
    of = data.draw(campaigns(len(question.standardise)))
    tallies = {f"c{number}": tally_of(each) for number, each in enumerate(of)}
    together = pool_campaigns(tallies, question, ARMS)
    whole = answered([crowd for each in of for crowd in each], question)
    check_contract(whole | {"over_campaigns": together})
    for found in together["pooled"]:
        entered = {each["campaign"] for each in found["of"]}
        assert entered.isdisjoint(each["campaign"] for each in found["left_out"])
        assert len(entered) + len(found["left_out"]) == len(of)
        if "not_estimable" in found:
            assert "low" not in found
        else:
            check_pooled(found, len(entered), 1 - question.level)

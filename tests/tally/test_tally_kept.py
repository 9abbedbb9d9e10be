"""A tally that was kept is the tally that was counted."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from campaigns import CHANNELS, arm, campaign, counted, events, timed
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_outcomes import Event

from reach.outcomes.resolve import FLAGS
from reach.stats.gram import GramStratum
from reach.tally.axes import AXES
from reach.tally.count import Counted
from reach.tally.kept import counted_of, tally_document, timing_document, timing_of
from reach.tally.messages import LogEnd
from reach.tally.tally import Paid, Tally
from reach.tally.timing import TIMING_AXES, TIMING_COUNTS, TimingTally

NUMBERS = st.integers(0, 2**62)
WORDS = st.text(max_size=4)
HISTOGRAMS = st.dictionaries(NUMBERS, NUMBERS, max_size=3)


@st.composite
def grams(draw: st.DrawFn, axes: int) -> GramStratum:
    chance = np.random.default_rng(draw(st.integers(0, 10**6)))
    half = chance.integers(0, 2 ** draw(st.integers(1, 62)), (axes, axes))
    return GramStratum(half[0].copy(), np.triu(half) + np.triu(half, 1).T, draw(NUMBERS))


def counts_of(draw: st.DrawFn, arms: tuple[str, ...], names: tuple[str, ...]) -> Any:  # noqa: ANN401
    return {arm: dict.fromkeys(names, 0) | {names[0]: draw(NUMBERS)} for arm in arms}


@st.composite
def countings(draw: st.DrawFn) -> Counted:
    arms = tuple(draw(st.lists(WORDS, max_size=3, unique=True)))
    depth = draw(st.integers(0, 2))
    names = draw(st.lists(st.tuples(*[st.none() | WORDS] * depth), max_size=3, unique=True))
    strata = {name: draw(grams(len(arms) * len(AXES))) for name in names} if arms else {}
    by_stratum = st.fixed_dictionaries(dict.fromkeys(strata, HISTOGRAMS))
    sets = [draw(each) for each in (HISTOGRAMS, by_stratum, by_stratum, HISTOGRAMS)]
    paid = st.builds(Paid, NUMBERS, st.integers(0, 2**80))
    costs = {arm: draw(st.dictionaries(WORDS, paid, min_size=1, max_size=2)) for arm in arms[:2]}
    unpriced = {arm: draw(st.dictionaries(WORDS, NUMBERS, max_size=2)) for arm in arms[:1]}
    counts = counts_of(draw, arms, FLAGS)
    tally = Tally(draw(WORDS), arms, strata, counts, *sets, costs=costs, unpriced=unpriced)
    ends = draw(
        st.dictionaries(
            WORDS,
            st.builds(
                LogEnd,
                st.none() | st.integers(-(2**62), 2**62),
                st.sampled_from(["config", "newest event", "no times"]),
            ),
            max_size=2,
        )
    )
    return Counted(tally, ends, draw(NUMBERS), draw(st.dictionaries(WORDS, NUMBERS, max_size=2)))


@st.composite
def timings(draw: st.DrawFn) -> TimingTally:
    arms = tuple(draw(st.lists(WORDS, max_size=3, unique=True)))
    delays = [{arm: draw(HISTOGRAMS) for arm in arms} for _ in range(2)]
    found = {arm: draw(grams(len(TIMING_AXES))) for arm in arms}
    return TimingTally(draw(WORDS), arms, found, counts_of(draw, arms, TIMING_COUNTS), *delays)


def plain(value: Any) -> Any:  # noqa: ANN401
    """A tally with its orders and types told, so that nothing but the same is equal."""
    if isinstance(value, GramStratum):
        arrays = (value.sums, value.gram)
        return [(str(each.dtype), each.shape, each.tolist()) for each in arrays], value.recipients
    if isinstance(value, dict):
        return [(plain(key), plain(each)) for key, each in value.items()]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return type(value).__name__, value


def through_json(document: dict[str, Any]) -> Any:  # noqa: ANN401
    return json.loads(json.dumps(document))


@settings(max_examples=40, deadline=None)
@given(found=countings())
def test_a_tally_comes_back_as_it_was(found: Counted) -> None:
    document = tally_document(found)
    again = counted_of(through_json(document))
    assert plain(again) == plain(found)
    assert json.dumps(tally_document(again)) == json.dumps(document)


@settings(max_examples=30, deadline=None)
@given(found=timings())
def test_a_tally_of_times_comes_back_as_it_was(found: TimingTally) -> None:
    document = timing_document(found)
    again = timing_of(through_json(document))
    assert plain(again) == plain(found)
    assert json.dumps(timing_document(again)) == json.dumps(document)


@settings(max_examples=3, deadline=None)
@given(log=events(max_size=15))
def test_what_was_counted_is_kept_in_integers_and_words(log: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = campaign(Path(place), log, compare={"standardise": ["region"]})
        found, times = counted(folder, CHANNELS), timed(folder, CHANNELS)
    for document in (tally_document(found), timing_document(times)):
        assert kinds_in(document) <= {"dict", "list", "str", "int", "NoneType"}
    assert plain(counted_of(through_json(tally_document(found)))) == plain(found)
    assert plain(timing_of(through_json(timing_document(times)))) == plain(times)


def kinds_in(value: Any) -> set[str]:  # noqa: ANN401
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {type(value).__name__}.union(*map(kinds_in, inner))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return tally_document(
        counted(campaign(tmp_path_factory.mktemp("kept"), arm("sms", delivered=2)))
    )


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "reach.tally/1"},
        {"schema": None},
        {"axes": ["attempted"]},
        {"strata": [{"stratum": [], "recipients": 1, "sums": [1], "gram": [[1]]}]},
        {"strata": [{"stratum": []}]},
        {"strata": None},
        {"counts": {}},
        {"counts": {"sms": {"attempted": 2}}},
        {"deliveries": [[1]]},
        {"log_ends": {"sms": None}},
        {"costs": {"sms": {"IDR": [1]}}},
        {"unpriced": {"sms": 3}},
    ],
)
def test_what_is_no_such_document_is_refused(
    document: dict[str, Any], change: dict[str, Any]
) -> None:
    counted_of(document)
    with pytest.raises(ValueError, match=r"reach\.tally/3"):
        counted_of(document | change)


@pytest.mark.parametrize(
    "missing", ["by", "arms", "strata", "unmapped", "possible_sets", "costs", "unpriced"]
)
def test_what_lacks_a_part_is_refused(document: dict[str, Any], missing: str) -> None:
    less = {name: part for name, part in document.items() if name != missing}
    with pytest.raises(ValueError, match=r"reach\.tally/3"):
        counted_of(less)


def test_numbers_with_fractions_are_refused(document: dict[str, Any]) -> None:
    broken = through_json(document)
    broken["strata"][0]["sums"][0] = 2.5
    with pytest.raises(ValueError, match="damaged"):
        counted_of(broken)

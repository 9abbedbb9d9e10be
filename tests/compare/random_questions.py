"""Random questions, and what is answered to them of random recipients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from random_tallies import Crowd, crowds, tally_of

from reach.compare.metrics import METRICS
from reach.compare.question import Assignment, Compare
from reach.compare.result import Heading, find
from reach.tally.count import Counted
from reach.tally.messages import LogEnd

HEADING = Heading("laws", {"en": "Laws", "id": "Hukum"}, False, None, {}, {})  # noqa: FBT003
READ = ("records", "accepted", "rejected", "without_event", "events", "facts", "repeats")
LEVELS = (1e-9, 0.5, 0.8, 0.95, 0.95, 0.99, 0.999999)
Asked = tuple[tuple[Crowd, ...], Compare]


@st.composite
def questions(draw: st.DrawFn) -> Compare:
    """Anything that a config may ask of arms a, b and c."""
    shares = draw(st.sampled_from([{}, {"a": 1.0, "b": 1.0}, {"a": 1e-3, "b": 5.0, "c": 1e6}]))
    unit = draw(st.sampled_from(["person", "message"]))
    return Compare(
        by="channel",
        metrics=tuple(draw(st.permutations(sorted(METRICS)))[: draw(st.integers(1, 7))]),
        pairs=draw(st.sampled_from([None, None, (("c", "a"),), (("a", "b"), ("b", "a"))])),
        baseline=draw(st.sampled_from([None, None, "b"])),
        standardise=draw(st.sampled_from([(), ("region",), ("region", "segment")])),
        margin=draw(st.dictionaries(st.sampled_from(sorted(METRICS)), st.floats(1e-6, 0.999))),
        level=draw(st.sampled_from(LEVELS)),
        coverage_threshold=draw(st.sampled_from([0.0, 0.8, 1.0])),
        assignment=draw(st.sampled_from([None, Assignment(True, unit, shares)])),  # noqa: FBT003
    )


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """A question, and recipients with the attributes that it asks for."""
    question = draw(questions())
    return draw(crowds(len(question.standardise))), question


def answered(of: Sequence[Crowd], question: Compare) -> dict[str, Any]:
    """The result document of some crowds."""
    ends = {"a": LogEnd(None, "no times"), "b": LogEnd(1_767_589_200_000_000, "newest event")}
    account = dict.fromkeys(READ, 0) | {"sources": []}
    return find(HEADING, Counted(tally_of(of), ends, 0, {}), question, account, [], [])


def laws(examples: int) -> settings:
    """So many examples, however slow."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)

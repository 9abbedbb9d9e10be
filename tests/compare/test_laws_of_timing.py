"""What holds of every share within a time and of every median, whatever was timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from document_laws import check_contract, check_rate
from hypothesis import given
from hypothesis import strategies as st
from random_questions import Asked, answered, asked, laws
from random_tallies import ARMS, tally_of

from reach.compare.timing import add_timing
from reach.stats.gram import GramStratum
from reach.tally.count import Counted
from reach.tally.timing import SHARES, TIMING_AXES, TIMING_COUNTS, WITHIN_S, TimingTally

HOUR = 3_600
DELAYS = st.sampled_from([0, 1, HOUR, HOUR + 1, 24 * HOUR, 8 * 24 * HOUR, 10**9])


@dataclass(frozen=True)
class Timed:
    """A message sent so long before the log's end, and what its log tells of it.

    ``age_s`` is None where the log has no time at all, ``delay_s`` where nothing says by when it
    had arrived.
    """

    age_s: int | None
    fate: str
    delay_s: int | None

    def counts(self) -> Mapping[str, int]:
        timed, receipt = self.age_s is not None, self.fate == "receipts"
        return {
            "sent": 1,
            "timed": timed,
            "started": timed and self.fate != "undated",
            **{part: timed and self.fate == part for part in ("receipts", "undated", "open", "failed")},
            "skewed": 0,
            "at_once": timed and receipt and self.delay_s == 0,
        }  # fmt: skip

    def vector(self) -> list[int]:
        cells = {}
        for within, seconds in WITHIN_S.items():
            enters = self.age_s is not None and self.age_s >= seconds
            surely = self.delay_s is not None and self.delay_s <= seconds
            maybe = surely or self.fate in ("open", "undated")
            told = zip(SHARES, (enters, enters and surely, enters and maybe), strict=True)
            cells |= {f"{share}_{within}": int(holds) for share, holds in told}
        return [cells[axis] for axis in TIMING_AXES]


@st.composite
def messages(draw: st.DrawFn) -> Timed:
    fate = draw(st.sampled_from(["receipts", "receipts", "receipts", "undated", "open", "failed"]))
    delay = None
    if fate == "receipts" or (fate == "undated" and draw(st.booleans())):
        delay = draw(DELAYS)
    age = draw(st.sampled_from([None, 0, HOUR, HOUR, 25 * HOUR, 30 * 24 * HOUR]))
    return Timed(age, fate, delay)


@st.composite
def timings(draw: st.DrawFn) -> TimingTally:
    """How soon the messages of three arms arrived, to one recipient or to a million million."""
    grams, counts, receipts, reactions = {}, {}, {}, {}
    for arm in ARMS:
        gram = GramStratum(*(np.zeros((9,) * k, dtype=np.int64) for k in (1, 2)), 0)
        told, surely, later = (
            Counter(dict.fromkeys(TIMING_COUNTS, 0)),
            Counter[int](),
            Counter[int](),
        )
        for _ in range(draw(st.integers(0, 4))):
            size = draw(st.sampled_from([1, 2, 10, 11, 500, 10**12]))
            times = draw(st.sampled_from([1, 1, 3, 1_000])) if size < 10**12 else 1
            each = draw(st.lists(messages(), min_size=1, max_size=3))
            z = np.array([message.vector() for message in each]).sum(axis=0) * times
            gram += GramStratum(size * z, size * np.outer(z, z), size)
            for message in each:
                found = message.counts()
                told.update({name: size * times * count for name, count in found.items()})
                if message.delay_s is not None and found["timed"]:
                    (surely if found["receipts"] else later)[message.delay_s] += size * times
        grams[arm], counts[arm], receipts[arm], reactions[arm] = gram, told, surely, later
    return TimingTally("channel", ARMS, grams, counts, receipts, reactions)


@laws(60)
@given(asked(), timings())
def test_shares_and_medians_keep_the_contract(of: Asked, timing: TimingTally) -> None:
    timing.check()
    people, question = of
    counted = Counted(tally_of(people), {}, 0, {})
    result = add_timing(answered(people, question), counted, timing, question.level)
    check_contract(result)
    for arm in result["channels"]:
        found = arm["timing"]
        if "within" not in found:
            assert found.keys() in ({"not_measured"}, {"not_estimable"})
            continue
        rates = [each["rate"] for each in found["within"].values()]
        for rate in rates:
            if "low" in rate:
                check_rate(rate, question.level)
        for each in found["within"].values():
            assert each["sent"] + each["too_recent"] == found["sent"] - found["untimed"]
        sizes = [each["sent"] for each in found["within"].values()]
        assert all(earlier >= later for earlier, later in pairwise(sizes))
        earliest, latest = found["median"]["earliest_s"], found["median"]["latest_s"]
        assert latest is None or 0 <= earliest <= latest

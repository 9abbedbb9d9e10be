"""Laws of persons reached together, and a small population that knows the truth."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from reach.errors import NotEstimableError
from reach.media.together import bounds, programme, sets
from reach.media.together.found import Persons, Reached, Rung
from reach.media.together.frame import framed
from reach.media.together.given import Logged, Measured, Region, Share
from reach.media.together.total import together
from reach.vocabulary import Grade

NEAR = 1e-5
RUNS = settings(deadline=None, max_examples=40)


def share(persons: float, of: int, wide: float = 0.0) -> Share:
    point = min(1.0, persons / of)
    return Share(max(0.0, point - wide), point, min(1.0, point + wide))


class Population:
    """Persons with a signal or without, whom channels reached, and who is unsure of it."""

    def __init__(self, seed: int, logged: int, media: int) -> None:
        drawn = random.Random(seed)  # noqa: S311 - a made-up population
        self.persons = drawn.randrange(8, 40)
        self.names = [f"log{i}" for i in range(logged)], [f"medium{i}" for i in range(media)]
        self.needs_signal = [drawn.random() < 0.5 for _ in range(media)]
        self.signal = [drawn.random() < 0.7 for _ in range(self.persons)]
        habit = [
            drawn.random() for _ in range(self.persons)
        ]  # so that channels are not independent
        self.sure, self.true, self.may, self.seen = [], [], [], []
        for person, signal in enumerate(self.signal):
            sure = true = may = seen = 0
            for place in range(logged):
                kind = drawn.random() if signal and drawn.random() < habit[person] else 1
                may |= (kind < 0.9) << place
                true |= (kind < 0.7) << place
                sure |= (kind < 0.5) << place
            for place in range(media):
                if (signal or not self.needs_signal[place]) and drawn.random() < habit[person]:
                    seen |= 1 << place
            for column, value in zip(
                (self.sure, self.true, self.may, self.seen), (sure, true, may, seen), strict=True
            ):
                column.append(value)
        self.sets = [true | seen << logged for true, seen in zip(self.true, self.seen, strict=True)]

    def count(self, members: int) -> int:
        return sum(bool(each & members) for each in self.sets)

    def region(self, *, wide: float = 0.0, surveyed: float = 0.0, seed: int = 0) -> Region:
        """What the office would know of it; some overlaps surveyed."""
        drawn = random.Random(seed)  # noqa: S311
        channels = self.names[0] + self.names[1]
        logged = len(self.names[0])
        media = {
            name: Measured(
                share(self.count(1 << logged + place), self.persons, wide),
                Grade.SURVEY,
                self.needs_signal[place],
            )
            for place, name in enumerate(self.names[1])
        }
        overlaps = {}
        for (i, a), (j, b) in itertools.combinations(enumerate(channels), 2):
            if j >= logged and drawn.random() < surveyed:
                both = sum(each >> i & each >> j & 1 for each in self.sets)
                overlaps[frozenset({a, b})] = share(both, self.persons, wide)
        return Region(
            "here",
            self.persons,
            sum(self.signal) / self.persons,
            Logged(tuple(self.names[0]), Counter(self.sure), Counter(self.may)) if logged else None,
            media,
            overlaps,
        )


populations = st.builds(
    Population, st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 3)
).filter(lambda made: made.names != ([], []))
widths = st.sampled_from([0.0, 0.05])
surveys = st.sampled_from([0.0, 0.5, 1.0])


def within(ends: tuple[float, float], truth: float) -> bool:
    return ends[0] - NEAR <= truth <= ends[1] + NEAR


@RUNS
@given(populations, widths, surveys, st.booleans())
def test_bounds_contain_the_truth(
    made: Population,
    wide: float,
    surveyed: float,
    independence: bool,  # noqa: FBT001 - drawn
) -> None:
    region = made.region(wide=wide, surveyed=surveyed)
    found = together([region], independence=independence).total
    assert not [note for note in found.notes if note.code.endswith("contradict")]
    assert not [note for note in found.notes if note.code.endswith("contradicts")]
    assert within(found.together.bounds, made.count(-1))
    for place, name in enumerate(region.channels):
        only = sum(each == 1 << place for each in made.sets)
        assert within(found.incremental[name].bounds, only)
        assert within(found.alone[name].bounds, made.count(1 << place))
    for n, several in found.at_least.items():
        assert within(several.bounds, sum(each.bit_count() >= n for each in made.sets))
    so_far = 0
    for name, step in found.cumulative.items():
        so_far |= 1 << region.channels.index(name)
        assert within(step.bounds, made.count(so_far))


@RUNS
@given(st.builds(Population, st.integers(0, 10**6), st.integers(1, 4), st.just(0)))
def test_the_first_rung_equals_the_truth(made: Population) -> None:
    region = made.region()
    assert region.logged
    known = Counter(made.true)
    found = together(
        [replace(region, logged=replace(region.logged, confirmed=known, possible=known))]
    )
    total, exact = found.total, Counter(each.bit_count() for each in made.true)
    assert total.rung is Rung.PERSON_KEY
    assert total.together == Persons(made.count(-1), *[made.count(-1)] * 2, (made.count(-1),) * 2)
    assert total.exactly == tuple(exact[n] for n in range(len(region.channels) + 1))
    for place, name in enumerate(region.channels):
        only = sum(each == 1 << place for each in made.sets)
        assert total.incremental[name] == Persons(only, only, only, (only, only))


@RUNS
@given(populations, st.sampled_from([0.0, 0.05]), st.sampled_from([0.0, 0.6, 1.0]))
def test_bounds_equal_the_programme_over_all_cells(
    made: Population, wide: float, surveyed: float
) -> None:
    """Every set of all channels is a cell here, and every rising set of logs a row."""
    region = made.region(wide=wide, surveyed=surveyed)
    if region.logged and surveyed:  # overlaps with single logs are taken together, which widens
        region = replace(
            region,
            overlaps={p: s for p, s in region.overlaps.items() if not p & set(made.names[0])},
        )
    frame, _ = framed(region)
    channels = len(region.channels)
    assert bounds.union(frame) == pytest.approx(all_cells(region, lambda s: s > 0), abs=NEAR)
    for place in range(channels):
        if len(made.names[0]) > 2 and place < 3:
            continue
        ends = all_cells(region, lambda s, own=1 << place: s == own)
        assert bounds.only(frame, region.channels[place]) == pytest.approx(ends, abs=NEAR)


def all_cells(region: Region, wanted: object) -> tuple[float, float]:
    logged = len(region.logged.channels) if region.logged else 0
    names, n = region.channels, region.persons
    cells = [(s, signal) for s in range(2 ** len(names)) for signal in (True, False)]
    above: list[list[float]] = []
    right: list[float] = []

    def keep(row: list[float], low: float, high: float) -> None:
        above.extend([row, [-x for x in row]])
        right.extend([high, -low])

    for j, name in enumerate(names[logged:], start=logged):
        found = region.media[name]
        keep([s >> j & 1 for s, _ in cells], found.share.low * n, found.share.high * n)
    for pair, both in region.overlaps.items():
        i, j = (names.index(name) for name in pair)
        keep([s >> i & s >> j & 1 for s, _ in cells], both.low * n, both.high * n)
    for rising in rising_sets(logged):
        keep(
            [s % 2**logged in rising for s, _ in cells],
            *(
                sum(k for s, k in known.items() if s in rising)
                for known in (region.logged.confirmed, region.logged.possible)
            ),
        )
    needs = (2**logged - 1) | sum(
        1 << j for j, name in enumerate(names) if j >= logged and region.media[name].needs_signal
    )
    limits = [(0, 0 if not signal and s & needs else None) for s, signal in cells]
    whole = [[float(signal) for _, signal in cells], [1.0] * len(cells)]
    ends = []
    for sign in (1, -1):
        done = linprog(
            [sign * bool(wanted(s)) for s, _ in cells],  # type: ignore[operator]
            above or None,
            right or None,
            whole,
            [round(region.covered * n), n],
            limits,
        )
        ends.append(sign * done.fun)
    return min(ends), max(ends)


def rising_sets(channels: int) -> list[set[int]]:
    """All sets of sets that hold whatever has more channels than one they hold."""
    every = range(2**channels)
    found = []
    for chosen in itertools.product((False, True), repeat=len(every)):
        kept = {s for s in every if chosen[s]}
        if kept and channels and all(s | t in kept for s in kept for t in every):
            found.append(kept)
    return found


def points() -> st.SearchStrategy[float]:
    return st.floats(0, 1, allow_subnormal=False)


@RUNS
@given(st.lists(st.tuples(points(), st.booleans()), min_size=1, max_size=5), points(), points())
def test_independence_is_the_product(
    media: list[tuple[float, bool]], covered: float, reach: float
) -> None:
    n = 1000
    covered = round(covered, 3)
    media = [(p * covered if needs else p, needs) for p, needs in media]
    logs = {1: int(reach * covered * n)}
    region = Region(
        "here",
        n,
        covered,
        Logged(("sms",), logs, logs),
        {f"m{i}": Measured(share(p, 1), Grade.PANEL, needs) for i, (p, needs) in enumerate(media)},
    )
    missed_with, missed_without = covered * n - logs[1], n - covered * n
    for p, needs in media:
        missed_with *= 1 - (p / covered if needs and covered else p)
        missed_without *= 1 - (0 if needs else p)
    found = together([region]).total
    assert found.together.estimate == pytest.approx(n - missed_with - missed_without, abs=1e-6)


@RUNS
@given(populations, widths, surveys)
def test_invariants_of_measurement(made: Population, wide: float, surveyed: float) -> None:
    region = made.region(wide=wide, surveyed=surveyed)
    spread = (0.4, 0.3, 0.2, 0.1)
    media = {name: replace(found, contacts=spread) for name, found in region.media.items()}
    found = together([replace(region, media=media)], most_contacts=30).total
    assert_invariants(found)


def assert_invariants(found: Reached) -> None:
    steps = list(found.cumulative.values())
    reaches = list(found.at_least.values())
    for end in ("low", "high"):
        assert_rising([getattr(step, end) for step in steps])
        assert_rising([getattr(step, end) for step in reversed(reaches)])
    assert steps[-1] == reaches[0] == found.together
    for each in (*steps, *reaches, *found.alone.values(), *found.incremental.values()):
        assert -NEAR <= each.bounds[0] <= each.low <= each.high <= each.bounds[1] + NEAR
        assert each.high <= found.persons + NEAR
        assert each.estimate is None or each.low <= each.estimate <= each.high
    if found.exactly is None:
        assert found.contacts is None
        return
    assert found.contacts is not None
    assert sum(found.exactly) == pytest.approx(found.persons)
    assert_rising([step.estimate for step in steps])
    assert sum(found.exactly[1:]) == pytest.approx(found.together.estimate, abs=NEAR)
    gross = sum(k * persons for k, persons in enumerate(found.exactly))
    assert gross == pytest.approx(
        sum(each.estimate or 0 for each in found.alone.values()), abs=1e-3
    )
    assert_rising(list(reversed(found.contacts)))
    assert found.contacts[0] == pytest.approx(found.together.estimate, abs=NEAR)
    impressions = sum(found.contacts)
    assert impressions >= gross - 1e-3  # every channel that reached a person gave a contact


def assert_rising(numbers: list[float]) -> None:
    assert all(a <= b + NEAR for a, b in itertools.pairwise(numbers)), numbers


@RUNS
@given(populations, widths, surveys, st.randoms(use_true_random=False))
def test_the_order_of_channels_does_not_matter(
    made: Population, wide: float, surveyed: float, drawn: random.Random
) -> None:
    region = made.region(wide=wide, surveyed=surveyed)
    media = list(region.media.items())
    drawn.shuffle(media)
    logged = region.logged
    if logged:
        places = list(range(len(logged.channels)))
        drawn.shuffle(places)

        def moved(known: dict[int, int]) -> dict[int, int]:
            return {
                sum((members >> old & 1) << new for new, old in enumerate(places)): persons
                for members, persons in known.items()
            }

        logged = Logged(
            tuple(logged.channels[place] for place in places),
            moved(dict(logged.confirmed)),
            moved(dict(logged.possible)),
        )
    turned = replace(region, logged=logged, media=dict(media))
    assert_same(together([region]).total, together([turned]).total)


def numbers(found: Reached) -> dict[tuple[str, object], float | None]:
    flat: dict[tuple[str, object], float | None] = {}
    for part in ("alone", "incremental", "cumulative", "at_least"):
        for name, each in getattr(found, part).items():
            ends = each.estimate, each.low, each.high, *each.bounds
            flat |= {(part, (name, place)): end for place, end in enumerate(ends)}
    for part in ("exactly", "contacts"):
        flat |= {(part, n): persons for n, persons in enumerate(getattr(found, part) or ())}
    return flat


def assert_same(first: Reached, second: Reached, tolerance: float = 1e-4) -> None:
    assert first.rung == second.rung
    one, two = numbers(first), numbers(second)
    assert one.keys() == two.keys()
    for key, number in one.items():
        if number is None:
            assert two[key] is None
        else:
            assert two[key] == pytest.approx(number, abs=tolerance), key


@RUNS
@given(populations, widths)
def test_a_channel_more_never_lowers_reach(made: Population, wide: float) -> None:
    region = made.region(wide=wide)
    more = together([region]).total
    for name in region.media:
        fewer = replace(region, media={n: m for n, m in region.media.items() if n != name})
        if not fewer.channels:
            continue
        without = together([fewer]).total
        for end in ("low", "high", "estimate"):
            assert getattr(without.together, end) <= getattr(more.together, end) + NEAR
        assert without.together.bounds[0] <= more.together.bounds[0] + NEAR
        assert without.together.bounds[1] <= more.together.bounds[1] + NEAR
        lost = more.together.estimate - without.together.estimate
        assert more.incremental[name].estimate == pytest.approx(lost, abs=NEAR)


@RUNS
@given(populations, widths, surveys)
def test_a_region_split_into_two_alike_changes_nothing(
    made: Population, wide: float, surveyed: float
) -> None:
    region = made.region(wide=wide, surveyed=surveyed)
    logged = region.logged and replace(
        region.logged,
        confirmed={s: 2 * n for s, n in region.logged.confirmed.items()},
        possible={s: 2 * n for s, n in region.logged.possible.items()},
    )
    whole = replace(region, persons=2 * region.persons, logged=logged)
    parts = [region, replace(region, name="there")]
    assert_same(together([whole]).total, together(parts).total)


@RUNS
@given(populations, surveys)
def test_a_programme_has_the_same_ends_as_the_closed_form(made: Population, wide: float) -> None:
    frame, _ = framed(made.region(wide=wide / 10))
    assert programme.union(frame) == pytest.approx(bounds.union(frame), abs=NEAR)
    for name in frame.channels:
        assert programme.only(frame, name) == pytest.approx(bounds.only(frame, name), abs=NEAR)


@RUNS
@given(populations, st.integers(0, 10**6))
def test_fitted_overlaps_are_as_surveyed(made: Population, seed: int) -> None:
    region = made.region(surveyed=0.7, seed=seed)
    frame, _ = framed(region)
    independent = sets.independent(frame, "estimate")
    assert independent is not None
    table = sets.with_overlaps(frame, independent)
    if table is None:  # some cells of the truth are empty, and fitting did not end
        return
    assert table.sum(axis=1) == pytest.approx(
        [frame.covered, frame.persons - frame.covered], abs=1e-3
    )
    members = np.arange(table.shape[1])
    for pair, both in region.overlaps.items():
        i, j = (region.channels.index(name) for name in pair)
        cell = table.sum(axis=0)[(members >> i & members >> j & 1) > 0].sum()
        assert cell == pytest.approx((both.estimate or 0) * frame.persons, abs=1e-3)


def test_more_persons_than_live_there_are_refused() -> None:
    logs = Logged(("sms",), {1: 12}, {1: 12})
    with pytest.raises(NotEstimableError, match="12 persons where Bogor has 10"):
        together([Region("Bogor", 10, logged=logs)])

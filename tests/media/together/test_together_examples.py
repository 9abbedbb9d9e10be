"""Published values, contradictions that are named, and the document."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from reach.media.together import bounds, notes, programme
from reach.media.together.document import describe_together
from reach.media.together.found import Rung
from reach.media.together.frame import framed
from reach.media.together.given import Logged, Measured, Region, Share
from reach.media.together.total import together
from reach.schemas import schema
from reach.stats.event_bounds import at_least
from reach.vocabulary import Grade


def known(estimate: float, wide: float = 0.0) -> Share:
    return Share(max(0.0, estimate - wide), estimate, min(1.0, estimate + wide))


def media(*shares: float, needs_signal: bool = False) -> dict[str, Measured]:
    names = ("tv", "radio", "posters", *(f"medium {n}" for n in range(len(shares))))
    return {
        name: Measured(known(share), Grade.SURVEY, needs_signal)
        for name, share in zip(names, shares, strict=False)
    }


def overlaps(wide: float = 0.0) -> dict[frozenset[str], Share]:
    surveyed = {("tv", "radio"): 0.25, ("tv", "posters"): 0.08, ("radio", "posters"): 0.03}
    return {frozenset(pair): known(both, wide) for pair, both in surveyed.items()}


def codes(region: Region) -> list[str]:
    return [note.code for note in together([region]).total.notes]


def test_three_channels_of_which_nothing_else_is_known() -> None:
    region = Region("Bandung", 1000, media=media(0.3, 0.4, 0.2))
    found = together([region]).total
    assert (found.rung, found.grade) == (Rung.INDEPENDENCE_WITHIN, Grade.SURVEY)
    assert found.together.estimate == pytest.approx(664)
    assert found.together.bounds == pytest.approx((400, 900))
    assert found.exactly == pytest.approx((336, 452, 188, 24))  # Sainsbury
    assert codes(replace(region, name=None)) == ["global_independence"]
    assert together([replace(region, name=None)]).total.rung is Rung.GLOBAL_INDEPENDENCE
    refused = together([region], independence=False).total
    assert (refused.rung, refused.together.estimate) == (Rung.BOUNDS, None)
    assert (refused.together.low, refused.together.high) == pytest.approx((400, 900))
    assert refused.exactly is None
    assert refused.contacts is None


def test_surveyed_overlaps_that_independence_does_not_fit() -> None:
    # Dawson & Sankoff give .69, Hunter .72; all three together can't be below .01, so .70 is sharp.
    found = together([Region("Bandung", 1000, media=media(0.6, 0.35, 0.1), overlaps=overlaps())])
    total = found.total
    assert total.rung is Rung.SURVEYED_OVERLAP
    assert total.together.bounds == pytest.approx((700, 720), abs=1e-3)
    assert (total.together.low, total.together.high) == total.together.bounds
    assert 700 < (total.together.estimate or 0) < 720  # and not .766
    assert total.notes[0].code == "independence_infeasible"
    assert total.notes[0].is_fault
    assert "(Bandung)" in total.notes[0].sentence
    # The pairs are kept: 250, 80 and 30 persons are reached by both of two.
    assert total.exactly is not None
    assert total.exactly[2] + 3 * total.exactly[3] == pytest.approx(360, abs=1e-3)


def test_closed_forms_of_very_many_channels_are_wider(monkeypatch: pytest.MonkeyPatch) -> None:
    region = Region("Bandung", 1000, media=media(0.6, 0.35, 0.1), overlaps=overlaps())
    monkeypatch.setattr(programme, "MOST_UNITS", 2)
    frame, _ = framed(region)
    assert bounds.union(frame) == pytest.approx((690, 720))
    assert "closed_form" in codes(region)
    logged = Logged(("sms",), {1: 500}, {1: 550})
    by_log = replace(region, logged=logged, overlaps={frozenset({"sms", "tv"}): known(0.2, 0.1)})
    closed = bounds.union(framed(by_log)[0])
    monkeypatch.setattr(programme, "MOST_UNITS", 10)
    sharp = bounds.union(framed(by_log)[0])
    assert closed[0] <= sharp[0] + 1e-3 <= sharp[1] <= closed[1] + 1e-3
    assert sharp[0] > bounds.union(framed(replace(by_log, overlaps={}))[0])[0] + 100


def test_two_channels_and_their_overlap() -> None:
    pair = {frozenset({"tv", "radio"}): known(0.25, 0.02)}
    found = together([Region("Bogor", 100, media=media(0.6, 0.35), overlaps=pair)]).total
    assert found.together.estimate == pytest.approx(70, abs=1e-4)
    assert found.together.bounds == pytest.approx((68, 72), abs=1e-4)
    assert found.incremental["radio"].estimate == pytest.approx(10, abs=1e-4)


def test_no_signal_no_digital_reach() -> None:
    # 80 of 100 have a signal, 40 of them had the text: 3 of 10 heard the radio everywhere.
    logged = Logged(("sms",), {1: 40}, {1: 50})
    region = Region("Garut", 100, 0.8, logged, media(0.3))
    found = together([region]).total
    assert found.together.estimate == pytest.approx(40 + 0.3 * 60)
    assert found.together.high == pytest.approx(50 + 0.3 * 50)
    assert found.grade is Grade.SURVEY
    both_digital = replace(region, media=media(0.4, needs_signal=True))
    found = together([both_digital]).total
    assert found.together.estimate == pytest.approx(80 * (1 - 0.5 * 0.5))
    assert found.together.bounds == (40, 80)
    assert [note.code for note in found.notes] == ["independence", "confirmed_in_estimate"]


def test_a_reach_beyond_the_coverage_is_a_fault_and_no_clamp() -> None:
    region = Region("Garut", 100, 0.3, media=media(0.4, 0.2, needs_signal=True))
    found = together([region, replace(region, name="Cianjur", covered=0.8)])
    first = found.total.notes[0]
    assert (first.code, first.channel, first.regions) == ("coverage_contradicts", "tv", ("Garut",))
    assert found.regions["Garut"].rung is Rung.BOUNDS
    assert found.regions["Garut"].together.bounds == pytest.approx((40, 60))
    assert found.regions["Cianjur"].together.estimate == pytest.approx(80 * (1 - 0.5 * 0.75))
    assert found.total.together.estimate is None
    logged = Logged(("sms",), {1: 31}, {1: 31})
    assert codes(Region("Garut", 100, 0.3, logged, media(0.1))) == ["coverage_contradicts"]
    # An upper end alone contradicts nothing.
    wide = {"tv": Measured(Share(0.1, 0.2, 0.5), Grade.PANEL, needs_signal=True)}
    found = together([Region("Garut", 100, 0.3, media=wide)])
    assert [note.code for note in found.total.notes] == ["cut_at_coverage"]
    assert found.total.together.bounds == pytest.approx((10, 30))


def test_overlaps_that_contradict_the_shares_are_named_and_left_out() -> None:
    pair = {frozenset({"tv", "radio"}): known(0.5)}
    found = together([Region("Bogor", 100, media=media(0.6, 0.35), overlaps=pair)]).total
    assert found.notes[0].code == "overlaps_contradict"
    assert found.rung is Rung.INDEPENDENCE_WITHIN
    assert found.together.estimate == pytest.approx(74)
    # Three halves without overlap are impossible, though one may be off by a little.
    never = {frozenset(p): Share(0, 0, 0.2) for p in itertools.combinations(media(1, 1, 1), 2)}
    found = together([Region("Bogor", 100, media=media(0.5, 0.5, 0.5), overlaps=never)]).total
    assert "overlaps_not_fitted" in [note.code for note in found.notes]
    assert (found.together.estimate, found.rung) == (None, Rung.SURVEYED_OVERLAP)
    assert found.together.bounds == pytest.approx((90, 100), abs=1e-4)


def test_some_pairs_surveyed_are_kept_and_the_rest_independent() -> None:
    pair = {frozenset({"tv", "radio"}): known(0.25)}
    found = together([Region("Bogor", 1000, media=media(0.6, 0.35, 0.1), overlaps=pair)]).total
    assert found.rung is Rung.INDEPENDENCE_WITHIN
    assert found.together.estimate == pytest.approx(1000 * (1 - 0.3 * 0.9), abs=1e-3)
    assert [note.code for note in found.notes] == ["independence", "surveyed_overlaps"]


def test_what_is_not_measured_in_a_region_is_said() -> None:
    regions = [Region("Bogor", 100, media=media(0.5, 0.2)), Region("Depok", 100, media=media(0.5))]
    found = together(regions)
    assert found.total.notes[-1].sentence.startswith("radio has no measurement")
    assert found.total.notes[-1].regions == ("Depok",)
    assert found.total.cumulative["radio"].estimate == pytest.approx(60 + 50)
    assert found.order == ("tv", "radio")
    only_bounds = {"tv": Measured(Share(0.2, None, 0.4), Grade.ESTIMATE, needs_signal=False)}
    found = together([Region("Bogor", 100, media=only_bounds), regions[1]])
    assert found.total.together.estimate is None
    assert (found.total.together.low, found.total.together.high) == pytest.approx((70, 90))
    assert found.total.grade is Grade.ESTIMATE


def test_contacts_are_at_least_where_a_frequency_is_unknown() -> None:
    # Half saw one or three spots alike, and half the posters once or more: how often nobody knows.
    spots = replace(media(0.5)["tv"], contacts=(0.5, 0.25, 0.0, 0.25))
    posters = media(0.5)["tv"]
    region = Region("Bogor", 80, media={"tv": spots, "posters": posters})
    found = together([region], most_contacts=5).total
    # 20 nobody; 20 posters alone: 1. 20 spots alone: 10 × 1, 10 × 3. 20 both: 10 × 2, 10 × 4.
    assert found.contacts == pytest.approx((60, 30, 20, 10, 0))
    short = together([region], most_contacts=2).total
    assert short.contacts == pytest.approx((60, 30))
    assert [note.channel for note in found.notes if note.code == "frequency_unknown"] == ["posters"]


def test_at_least_n_of_some_events_by_hand() -> None:
    # Rüger: two of .3, .4, .2 at once at most in .45 of all; two of .9s surely in .4 of two.
    assert at_least(2, [(0.3, 0.3), (0.4, 0.4), (0.2, 0.2)]) == pytest.approx((0, 0.45))
    assert at_least(2, [(0.9, 0.9), (0.5, 0.6)]) == pytest.approx((0.4, 0.6))
    assert at_least(3, [(0.9, 0.9), (0.5, 0.6)]) == (0, 0)


def test_the_document_is_valid_and_every_note_has_its_code() -> None:
    people = schema("people")
    logged = Logged(("sms", "email"), {1: 10, 2: 5, 3: 5}, {1: 12, 2: 5, 3: 8})
    regions = [
        Region("Bogor", 100, 0.9, logged, media(0.6, 0.35, 0.1), overlaps()),
        Region("Depok", 50, 0.1, logged, media(0.2)),
        Region("Garut", 70),
    ]
    document = describe_together(together(regions))
    validator = Draft202012Validator({**people["$defs"]["together"], "$defs": people["$defs"]})
    for whole in (document, describe_together(together([replace(regions[0], name=None)]))):
        errors = validator.iter_errors(whole)
        assert [error.message for error in errors] == []
    assert {note["code"] for note in document["notes"]} >= {"coverage_contradicts", "not_measured"}
    written = people["$defs"]["notes"]["items"]["properties"]["code"]["enum"]
    assert tuple(written) == notes.CODES
    assert people["$defs"]["rung"]["properties"]["name"]["enum"] == [rung.word for rung in Rung]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Share(0.2, 0.1, 0.3),
        lambda: Share(0.2, None, 1.1),
        lambda: Measured(known(0.1), Grade.POTENTIAL, needs_signal=False),
        lambda: Measured(known(0.1), Grade.PANEL, needs_signal=False, contacts=(0.5, 0.2)),
        lambda: Logged(("sms",), {2: 1}, {2: 1}),
        lambda: Logged(("sms",), {1: 2}, {1: 1}),
        lambda: Region("Bogor", 0),
        lambda: Region("Bogor", 1, 1.2),
        lambda: Region("Bogor", 1, overlaps=overlaps()),
        lambda: Region("Bogor", 1, logged=Logged(("tv",), {}, {}), media=media(0.1)),
        lambda: together([]),
        lambda: together([Region("Bogor", 1), Region("Bogor", 1)]),
        lambda: together([Region(None, 1), Region("Bogor", 1)]),
        lambda: together([Region("Bogor", 1)], most_contacts=0),
    ],
)
def test_what_is_no_region_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"got|surely"):
        wrong()  # type: ignore[operator]

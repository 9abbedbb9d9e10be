from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from rows_of import codes, made, numbered, row

from reach.errors import InputError
from reach.media.medium import Medium
from reach.media.row import Row
from reach.media.universe import Universe
from reach.stats.survey.design import survey_design
from reach.stats.survey.estimate import survey_proportion
from reach.vocabulary import Grade


def answers(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Respondents in villages of two strata; every seventh heard the radio."""
    rng = np.random.default_rng(seed)
    told = []
    for i in range(count):
        cluster = i // 10
        heard = bool(rng.random() < (0.6 if cluster % 3 else 0.2))
        told.append(
            {
                "respondent_id": f"R-{i}",
                "weight": 1.0 + i % 3,
                "stratum": "town" if cluster % 2 else "rural",
                "cluster": f"village {cluster}",
                "region": "Bandung" if cluster % 2 else "Bogor",
                "exposed": {"radio": heard, "tv": bool(rng.random() < 0.5)},
            }
        )
    return told


def respondents(told: list[dict[str, Any]], **source: object) -> list[Row]:
    return numbered([row("survey", **each, **source) for each in told], "recall.csv")


def without(told: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in each.items() if k not in names} for each in told]


def test_apistrat_as_a_survey_of_persons() -> None:
    """R 4.2.2, survey 4.1-1: svymean(~both, svydesign(id=~1, strata=~stype, weights=~pw)).

    .63894 is its share; without fpc, as our rows have no population of units.
    """
    drawn, schools = {"E": 100, "H": 50, "M": 50}, {"E": 4421, "H": 755, "M": 1018}
    met = {"E": 73, "H": 16, "M": 24}
    told = [
        {"respondent_id": f"{kind}{i}", "stratum": kind, "weight": schools[kind] / n, "exposed": {"radio": i < met[kind]}}
        for kind, n in drawn.items()
        for i in range(n)
    ]  # fmt: skip
    found = made(*respondents(told), universe=Universe("schools", {"all": 6194}, {}, ("R",)))
    (one,) = found.exposures
    assert one.reached is not None
    assert one.reached.estimate == pytest.approx(0.63894 * 6194, abs=0.05)
    assert (one.grade, one.unit, codes(found)) == (
        Grade.SURVEY,
        "persons",
        ["survey_without_clusters"],
    )


def test_shares_by_region_and_of_all_are_those_of_the_design() -> None:
    told = answers(400)
    found = made(*respondents(told))
    design = survey_design(
        [each["weight"] for each in told],
        strata=[each["stratum"] for each in told],
        clusters=[each["cluster"] for each in told],
    )
    heard = [each["exposed"]["radio"] for each in told]
    for region, persons in ((None, 100_000), ("Bandung", 60_000), ("Bogor", 40_000)):
        domain = np.array([region in (None, each["region"]) for each in told])
        want = survey_proportion(heard, design, domain=domain)
        (one,) = [e for e in found.exposures if e.channel == "radio" and e.region == region]
        assert one.reached is not None
        got = one.reached.low, one.reached.estimate, one.reached.high
        assert got == pytest.approx([persons * x for x in (want.low, want.estimate, want.high)])
        assert one.reached.level == 0.95
    assert codes(found) == []


def test_overlaps_are_shares_of_those_who_were_asked_both() -> None:
    told = answers(400)
    del told[0]["exposed"]["tv"]
    found = made(*respondents(told))
    assert list(found.overlaps) == [("radio", "tv")]
    both = sum(e["weight"] for e in told[1:] if all(e["exposed"].values()))
    share = both / sum(each["weight"] for each in told[1:])
    overlap = found.overlaps["radio", "tv"]
    assert overlap.estimate == pytest.approx(share)
    assert overlap.low < share < overlap.high < 1


def test_weights_and_clusters_that_are_missing_are_said() -> None:
    found = made(*respondents(without(answers(100), "weight", "cluster")))
    assert codes(found) == ["survey_unweighted", "survey_without_clusters"]
    wide = made(*respondents(without(answers(100), "weight"))).exposures[0].reached
    narrow = found.exposures[0].reached
    assert wide is not None
    assert narrow is not None
    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize("name", ["weight", "stratum", "cluster"])
def test_what_some_have_and_others_lack_is_refused(name: str) -> None:
    told = answers(40)
    del told[7][name]
    with pytest.raises(
        InputError, match=rf"recall.csv:9 \$.{name}: got nothing, expected a {name}, as 39 of 40"
    ):
        made(*respondents(told))


def test_a_respondent_twice_another_file_and_a_channel_of_no_medium_are_refused() -> None:
    told = answers(40)
    with pytest.raises(InputError, match="this one has 2 rows"):
        made(*respondents([*told, told[0]]))
    other = numbered(respondents(told), "other.csv")
    with pytest.raises(InputError, match=r"one survey: it is in recall\.csv"):
        made(*respondents(told), *other)
    told[0]["exposed"]["raido"] = True
    with pytest.raises(InputError, match=r"channels.raido.medium: did you mean radio\?"):
        made(*respondents(told))


def test_a_logged_channel_gives_overlaps_alone() -> None:
    told = answers(100)
    for each in told:
        each["exposed"]["sms"] = True
    found = made(*respondents(told), media={"sms": Medium.DIRECT})
    assert {each.channel for each in found.exposures} == {"radio", "tv"}
    assert ("radio", "sms") in found.overlaps


def test_other_ages_do_not_count() -> None:
    told = answers(200)
    for i, each in enumerate(told):
        each["age"] = 12 if i % 2 else 30
        each["exposed"]["radio"] = bool(i % 2)
    found = made(*respondents(told), age="18+")
    reached = found.exposures[0].reached
    assert reached is not None
    assert reached.estimate == 0


def test_people_of_one_region_say_nothing_of_the_others() -> None:
    told = [each | {"region": "Bogor"} for each in answers(100)]
    found = made(*respondents(told))
    assert {each.region for each in found.exposures} == {"Bogor"}
    assert found.overlaps == {}
    assert codes(found) == ["survey_regions_missing"]


def test_a_single_cluster_of_a_stratum_is_said() -> None:
    told = answers(100)
    for each in told[:10]:
        each["stratum"] = "island"
    found = made(*respondents(told))
    assert [n.params.get("strata") for n in found.notices] == ["island"]
    assert found.exposures[0].reached is not None


def test_whom_nothing_is_known_of_is_not_measured() -> None:
    (one, _) = made(*respondents(without(answers(10), "region", "stratum"))).exposures
    assert one.reached is None
    assert "too few" in str(one.not_measured)


def with_recall(told: list[dict[str, Any]], false: float) -> list[dict[str, Any]]:
    rng = np.random.default_rng(5)
    for each in told:
        if each["exposed"]["radio"]:
            each["recalled"] = {"radio": bool(rng.random() < 0.5)}
        each["decoys"] = {str(n): bool(rng.random() < false) for n in (1, 2)}
    return told


def test_recall_is_corrected_by_decoys() -> None:
    told = with_recall(answers(400), 0.2)
    weights = np.array([each["weight"] for each in told])
    claims = np.array([each.get("recalled", {}).get("radio", False) for each in told])
    exposed = np.array([each["exposed"]["radio"] for each in told])
    taken = np.array([sum(each["decoys"].values()) for each in told])
    c, a = (weights @ each / weights.sum() for each in (claims, exposed))
    f = weights @ taken / (2 * weights.sum())
    (one,) = [
        e for e in made(*respondents(told)).exposures if e.region is None and e.channel == "radio"
    ]
    assert one.engaged is not None
    assert one.reached is not None
    assert one.engaged.estimate == pytest.approx(100_000 * a * (c / a - f) / (1 - f))
    assert one.engaged.low < (one.engaged.estimate or 0) < one.engaged.high <= one.reached.high
    (plain,) = [
        e for e in made(*respondents(without(told, "decoys"))).exposures
        if e.region is None and e.channel == "radio"
    ]  # fmt: skip
    assert plain.engaged is not None
    assert plain.engaged.estimate == pytest.approx(100_000 * c)
    assert "no decoy" in plain.assumptions[-1]


def test_recall_below_the_decoys_is_none_that_is_known() -> None:
    found = made(*respondents(with_recall(answers(400), 0.8)))
    assert "recall_below_decoys" in codes(found)
    (one,) = [e for e in found.exposures if e.region is None and e.channel == "radio"]
    assert one.engaged is not None
    assert (one.engaged.low, one.engaged.estimate) == (0, 0)


def test_memory_without_exposure_is_said_and_not_counted() -> None:
    told = [each | {"recalled": {"radio": True}} for each in answers(100)]
    found = made(*respondents(told))
    (one,) = [e for e in found.exposures if e.region is None and e.channel == "radio"]
    assert one.engaged is not None
    assert one.reached is not None
    assert one.engaged.estimate == one.reached.estimate
    told_of = [
        n.params["respondents"] for n in found.notices if n.code == "recall_without_exposure"
    ]
    assert told_of == [sum(not each["exposed"]["radio"] for each in told)]


def test_people_who_came_by_weigh_less_the_more_often_they_come() -> None:
    told = without(answers(200), "weight", "cluster", "stratum", "region")
    for i, each in enumerate(told):
        each |= {"mode": "intercept", "site": f"market {i % 10}", "visits": 5 if i % 2 else 1}
        each["exposed"] = {"radio": bool(i % 2)}
    found = made(*respondents(told))
    (one,) = found.exposures
    assert one.reached is not None
    assert one.reached.estimate == pytest.approx(100_000 / 6)
    assert (one.grade, codes(found)) == (Grade.ESTIMATE, ["survey_intercept"])


def test_who_was_called_back_is_no_sample_of_all() -> None:
    told = [each | {"mode": "call_back"} for each in answers(100)]
    found = made(*respondents(told))
    assert {each.reached for each in found.exposures} == {None}
    assert found.overlaps == {}


def test_of_staff_nobody_says_how_many_there_are() -> None:
    found = made(*respondents(answers(100), _audience="internal"))
    assert {(each.reached, each.audience) for each in found.exposures} == {(None, "internal")}


def test_what_the_unexposed_claim_to_remember_moves_nothing() -> None:
    asked_of_some = with_recall(answers(400), 0.2)
    asked_of_all = [{"recalled": {"radio": False}} | each for each in asked_of_some]
    some, everybody = (
        [each.engaged for each in made(*respondents(told)).exposures if each.channel == "radio"]
        for told in (asked_of_some, asked_of_all)
    )
    assert some == everybody

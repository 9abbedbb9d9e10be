"""One audience row: what it tells, which models it allows, and which it contradicts."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reach.errors import NotEstimableError
from reach.media.frequency.beta_binomial import BetaBinomial
from reach.media.frequency.described import describe_frequency
from reach.media.frequency.fitted import OFF, OFF_SHARE, fit_models, spread
from reach.media.frequency.measured import Measured, measured
from reach.schemas import schema

DEFINED = schema("people")["$defs"]
VALIDATOR = Draft202012Validator({"$defs": DEFINED, "$ref": "#/$defs/frequency"})
ROW = {"insertions": 40, "grp": 120, "reach1_pct": 45, "reach2_pct": 27, "reach3_pct": 17}
MODELS = {
    "binomial",
    "beta_binomial",
    "goerg",
    "negative_exponential",
    "sainsbury",
    "agostini",
    "metheringham",
}


def standings(row: dict[str, Any]) -> dict[str, str]:
    told = describe_frequency(row)
    return {each["model"]: each.get("reason", each["standing"]) for each in told["models"]}


@pytest.mark.parametrize(
    ("row", "gross", "source"),
    [
        ({"grp": 120, "tvr": 3, "insertions": 41}, 1.2, "grp"),
        ({"tvr": 3, "insertions": 40}, 1.2, "tvr"),
        ({"ots_average": 2.5, "reach1_pct": 40}, 1.0, "ots_average"),
        ({"ots_gross": 300, "universe": 200}, 1.5, "ots_gross"),
        ({"insertions": 2, "reach1_pct": 40, "reach2_pct": 10}, 0.5, "reach_n"),
        ({"insertions": 3, "reach1_pct": 40, "reach2_pct": 10}, None, None),
        ({"tvr": 3, "insertions": None, "reach1_pct": 40}, None, None),
    ],
)
def test_contacts_are_read_where_the_row_tells_them(
    row: dict[str, Any], gross: float | None, source: str | None
) -> None:
    told = measured(row)
    assert told.gross == (None if gross is None else pytest.approx(gross))
    assert told.gross_from == source


@pytest.mark.parametrize(
    ("row", "reach"),
    [
        ({"reach": 50, "universe": 200}, {1: 0.25}),
        ({"reach": 50, "universe": 200, "reach1_pct": 25.4, "reach2_pct": None}, {1: 0.254}),
        ({"reach1_pct": 25, "reach3_pct": 5, "reach10_pct": 0}, {1: 0.25, 3: 0.05, 10: 0}),
        ({"grp": 100, "ots_average": 4}, {1: 0.25}),
        ({"grp": 1000.4, "ots_average": 10}, {1: 1}),
    ],
)
def test_reach_is_read_where_the_row_tells_it(row: dict[str, Any], reach: dict[int, float]) -> None:
    assert measured(row).reach == pytest.approx(reach)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({}, "neither reach nor contacts"),
        ({"insertions": 40, "impressions": 5000, "tvr": None}, "neither reach nor contacts"),
        ({"reach1_pct": 0, "grp": 10}, "nobody was reached"),
        ({"grp": 0}, "nobody was reached"),
        ({"reach": 0, "universe": 10}, "nobody was reached"),
    ],
)
def test_a_row_that_tells_nothing_is_refused(row: dict[str, Any], why: str) -> None:
    with pytest.raises(NotEstimableError, match=why):
        describe_frequency(row)


def test_each_model_is_told_once_with_its_standing() -> None:
    assert standings(ROW) == {
        "binomial": "contradicts",
        "beta_binomial": "fits",
        "goerg": "fits",
        "negative_exponential": "contradicts",
        "sainsbury": "needs_vehicles",
        "agostini": "needs_vehicles",
        "metheringham": "needs_vehicles",
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"reach1_pct": 45},
            {"binomial": "needs_insertions", "beta_binomial": "needs_insertions"}
            | {"goerg": "needs_contacts", "negative_exponential": "needs_contacts"},
        ),
        (
            {"grp": 120},
            {"binomial": "needs_insertions", "beta_binomial": "needs_insertions"}
            | {"goerg": "needs_reach", "negative_exponential": "needs_reach"},
        ),
        (
            {"grp": 120, "insertions": 40},
            {"binomial": "fits", "beta_binomial": "needs_reach"},
        ),
        (
            {"reach1_pct": 45, "insertions": 40},
            {"binomial": "fits", "beta_binomial": "needs_contacts"},
        ),
        ({"reach1_pct": 100, "insertions": 40}, {"binomial": "not_possible"}),
        # One insertion: contacts are people, and no curve is told.
        (
            {"reach1_pct": 30, "grp": 30, "insertions": 1},
            {"binomial": "fits", "beta_binomial": "not_possible"}
            | {"goerg": "not_possible", "negative_exponential": "not_possible"},
        ),
        # More reach than chance: only the binomial is near.
        (
            {"reach1_pct": 26, "grp": 30, "insertions": 3},
            {"binomial": "fits", "beta_binomial": "fits", "goerg": "not_possible"},
        ),
        (
            {"reach1_pct": 28, "grp": 30, "insertions": 3},
            {"binomial": "fits", "beta_binomial": "not_possible"}
            | {"goerg": "not_possible", "negative_exponential": "not_possible"},
        ),
        (
            {"reach1_pct": 45, "grp": 120, "insertions": 10**9},
            {"binomial": "not_possible", "beta_binomial": "not_possible", "goerg": "fits"},
        ),
    ],
)
def test_what_a_row_lacks_or_can_not_have_is_told(
    row: dict[str, Any], expected: dict[str, str]
) -> None:
    found = standings(row)
    assert {model: found[model] for model in expected} == expected
    assert set(found) == MODELS


def test_a_model_is_tested_by_what_it_was_not_made_of() -> None:
    tested = {each["model"]: each.get("tested_by") for each in describe_frequency(ROW)["models"]}
    assert tested["binomial"] == [1, 2, 3]
    assert tested["beta_binomial"] == tested["goerg"] == [2, 3]
    by_reach = describe_frequency({"reach1_pct": 45, "reach4_pct": 9, "insertions": 40})
    assert by_reach["models"][0]["tested_by"] == [4]


def test_the_truth_is_found_again_where_a_model_is_true() -> None:
    true = BetaBinomial(0.3, 6.7)
    now, later = true.frequency(30), true.frequency(90)
    row = {f"reach{n}_pct": 100 * now.reach(n) for n in range(1, 11)}
    told = describe_frequency({**row, "grp": 100 * now.gross, "insertions": 30})
    (fitted,) = (each for each in told["models"] if each["model"] == "beta_binomial")
    assert fitted["parameters"] == pytest.approx({"alpha": 0.3, "beta": 6.7}, rel=1e-6)
    assert fitted["standing"] == "fits"
    for each in told["curve"][2]["reach"]:
        assert each["low"] <= later.reach(each["times"]) + 1e-9
        assert each["high"] >= later.reach(each["times"]) - 1e-9
        assert each["models"]["beta_binomial"] == pytest.approx(later.reach(each["times"]))


def test_the_tolerance_is_kept_to_the_letter() -> None:
    models, _ = fit_models(Measured({1: 0.45}, 1.2, "grp", 40))
    (model,) = (each for each in models if each.model == "beta_binomial")
    for times in (2, 6):  # a tenth of a large number, a point of a small one
        said = model.reach(1, times)
        for sign in (-1, 1):
            # What the row says sets how far off may be: solved for that number.
            edge = said / (1 + sign * OFF_SHARE) if said > OFF / OFF_SHARE else said - sign * OFF
            for part, standing in ((0.999, True), (1.001, False)):
                number = said + part * (edge - said)
                again, _ = fit_models(Measured({1: 0.45, times: number}, 1.2, "grp", 40))
                (found,) = (each for each in again if each.model == "beta_binomial")
                assert found.fits is standing


def test_the_tolerance_is_a_point_or_a_tenth() -> None:
    assert describe_frequency(ROW)["tolerance"] == {"of_universe": 0.01, "of_number": 0.1}


def test_the_spread_is_that_of_models_that_fit() -> None:
    told = describe_frequency(ROW, multiples=(3,), times=(1,))
    (point,) = told["curve"][0]["reach"]
    assert set(point["models"]) == {"beta_binomial", "goerg"}
    assert point["low"] == min(point["models"].values())
    assert point["high"] == max(point["models"].values())
    fitted, _ = fit_models(measured(ROW), 3)
    assert spread(fitted, 3, 1) == (point["low"], point["high"])


def test_where_none_fits_there_is_no_spread() -> None:
    row = {"grp": 88.2, "reach1_pct": 32.7, "reach2_pct": 18.4, "reach3_pct": 9.6, "insertions": 42}
    told = describe_frequency(row)
    assert {each["standing"] for each in told["models"]} == {"contradicts", "not_fitted"}
    assert [point["reach"] for point in told["curve"]] == [[]] * 4
    with pytest.raises(NotEstimableError, match="no model agrees"):
        spread(fit_models(measured(row))[0], 2, 1)


@pytest.mark.parametrize("asked", [{"multiples": (0,)}, {"times": (1, 0)}])
def test_less_than_once_is_a_fault(asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="from 1"):
        describe_frequency(ROW, **asked)


percents = st.one_of(st.none(), st.floats(0, 100))
rows = st.fixed_dictionaries(
    {
        "insertions": st.one_of(st.none(), st.integers(1, 400), st.just(10**9)),
        "grp": st.one_of(st.none(), st.floats(0, 5000), st.just(1e6)),
        "tvr": percents,
        "ots_average": st.one_of(st.none(), st.floats(1, 60), st.just(1e6)),
        "ots_gross": st.one_of(st.none(), st.integers(0, 10**15)),
        "universe": st.one_of(st.none(), st.integers(1, 8_300_000_000)),
        "times": st.lists(percents, max_size=10),
    }
)


@settings(deadline=None, max_examples=200)
@given(rows)
def test_any_row_has_a_valid_document_that_keeps_the_laws(drawn: dict[str, Any]) -> None:
    told = sorted((each for each in drawn.pop("times") if each is not None), reverse=True)
    row = drawn | {f"reach{n}_pct": each for n, each in enumerate(told, 1)}
    try:
        found = describe_frequency(row)
    except NotEstimableError:
        return
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    assert {each["model"] for each in found["models"]} == MODELS
    before: dict[str, float] = {}
    for point in found["curve"]:
        contacts = math.inf if point["grp"] is None else point["grp"] / 100
        last: dict[str, float] = {}
        for each in point["reach"]:
            assert each["low"] <= each["high"] <= 1
            for model, share in each["models"].items():
                assert share <= contacts * (1 + 1e-9)
                assert share <= last.get(model, 1.0) + 1e-12  # n+ falls with n
                last[model] = share
        # Reach does not fall with more of the same.
        once = point["reach"][0]["models"] if point["reach"] else {}
        assert all(share >= before.get(model, 0) - 1e-9 for model, share in once.items())
        before = once


def test_the_schema_is_closed_and_every_field_described() -> None:
    def walk(node: object, path: str) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert "additionalProperties" in node, path
            for name, each in (node.get("properties") or {}).items():
                assert "description" in each, f"{path}.{name}"
            for key, each in node.items():
                walk(each, f"{path}.{key}")
        elif isinstance(node, list):
            for place, each in enumerate(node):
                walk(each, f"{path}[{place}]")

    Draft202012Validator.check_schema(dict(schema("people")))
    walk(DEFINED["frequency"], "$")
    broken = describe_frequency(ROW)
    broken["models"][0]["standing"] = "perhaps"
    assert list(VALIDATOR.iter_errors(broken))

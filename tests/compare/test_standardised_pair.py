"""Unequal audiences: the same mix for both, and the crude difference beside it.

Admissions of the six largest departments of the University of California at Berkeley, autumn
1973, told as messages: an applicant is a recipient, an admission a delivery.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from campaigns import LONG_AFTER, answer, arm, campaign, comparison, counted, write_config

from reach.compare.metrics import METRICS, bounds
from reach.stats.gram import GramStratum

# Bickel, Hammel & O'Connell (1975), Science 187, 398–404; the table is R's UCBAdmissions.
ADMISSIONS = {
    "A": {"men": (512, 313), "women": (89, 19)},
    "B": {"men": (353, 207), "women": (17, 8)},
    "C": {"men": (120, 205), "women": (202, 391)},
    "D": {"men": (138, 279), "women": (131, 244)},
    "E": {"men": (53, 138), "women": (94, 299)},
    "F": {"men": (22, 351), "women": (24, 317)},
}
METRIC = "delivered_per_sent"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    log = [
        told | {"segment": department, "message_id": department + told["message_id"]}
        for department, sexes in ADMISSIONS.items()
        for sex, (admitted, rejected) in sexes.items()
        for told in arm(sex, person=department + sex, delivered=admitted, failed=rejected)
        if told["event"] != "sent"
    ]
    return campaign(
        tmp_path_factory.mktemp("berkeley"),
        log,
        log_ends=LONG_AFTER,
        compare={"metrics": [METRIC], "standardise": ["segment"]},
    )


@pytest.fixture(scope="module")
def result(folder: Path) -> dict[str, Any]:
    return answer(folder)


def test_the_crude_rates(result: dict[str, Any]) -> None:
    rates = [each["rates"][METRIC]["lower_bound"] for each in result["channels"]]
    assert rates == pytest.approx([0.4452, 0.3035], abs=5e-5)


def test_the_sign_turns_and_that_is_said(result: dict[str, Any]) -> None:
    found = comparison(result, METRIC, "men", "women")
    assert found["difference"] == pytest.approx(-0.04264, abs=5e-6)
    assert found["standardised"]["by"] == ["segment"]
    assert found["standardised"]["crude"]["difference"] == pytest.approx(0.1417, abs=1e-4)
    assert found["standardised"]["crude"]["sign_changes"]
    (warning,) = [each for each in result["warnings"] if each["code"] == "sign_changes"]
    assert warning["params"] == {"a": "men", "b": "women", "metric": METRIC}


def test_each_metric_whose_sign_turns_is_named_once(folder: Path, tmp_path: Path) -> None:
    metrics = [METRIC, "delivered_per_recipient"]
    (tmp_path / "logs").symlink_to(folder / "logs")
    write_config(
        tmp_path, log_ends=LONG_AFTER, compare={"metrics": metrics, "standardise": ["segment"]}
    )
    warnings = answer(tmp_path)["warnings"]
    assert [
        each["params"]["metric"] for each in warnings if each["code"] == "sign_changes"
    ] == metrics
    assert all(each["params"]["metric"] in each["message"] for each in warnings)


def test_the_standardised_rates_and_their_error(folder: Path) -> None:
    tally = counted(folder).tally
    assert [name for (name,) in tally.strata] == list(ADMISSIONS)
    strata: list[GramStratum] = list(tally.strata.values())
    weights = [stratum.recipients for stratum in strata]
    men, women = (bounds(METRICS[METRIC], place, strata, weights).lower for place in (0, 1))
    assert [men.estimate, women.estimate] == pytest.approx([0.3873, 0.4300], abs=5e-5)
    error = math.sqrt(men.variance_cr0 + women.variance_cr0)
    assert error == pytest.approx(0.01831, abs=5e-6)


def test_recipients_without_a_stratum_are_one_more(tmp_path: Path) -> None:
    log = [
        told | ({"region": where} if where else {}) | {"message_id": f"{where}{told['message_id']}"}
        for where in ("north", None)
        for name, fates in (
            ("a", {"delivered": 15, "failed": 5}),
            ("b", {"delivered": 5, "failed": 15}),
        )
        for told in arm(name, person=f"{name}{where}", **fates)
    ]
    folder = campaign(tmp_path, log, compare={"standardise": ["region"], "metrics": [METRIC]})
    assert set(counted(folder).tally.strata) == {("north",), (None,)}
    found = comparison(answer(folder), METRIC, "a", "b")
    assert found["difference"] == pytest.approx(0.5)
    assert not found["standardised"]["crude"]["sign_changes"]

"""The variance from the tally is that of generalised estimating equations."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from campaigns import campaign, counted, event
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Gaussian
from statsmodels.genmod.generalized_estimating_equations import GEE

from reach.compare.metrics import METRICS, bounds
from reach.stats.ratio import covariance_cr0


@pytest.mark.parametrize("metric", ["delivered_per_sent", "delivered_per_assigned"])
def test_it_equals_the_robust_variance_of_gee(tmp_path: Path, metric: str) -> None:
    chance = random.Random(31)  # noqa: S311
    log, rows = [], []
    for person in range(40):
        luck = chance.random()
        for message in range(chance.randrange(1, 9)):
            channel = chance.choice(["a", "b"])
            if chance.random() < 0.1:
                log.append(event(f"{person}-{message}", "rejected", channel, f"{person}"))
                if metric == "delivered_per_assigned":
                    rows.append((person, channel == "b", 0))
                continue
            arrived = chance.random() < luck
            word = "delivered" if arrived else "failed"
            log.append(event(f"{person}-{message}", word, channel, f"{person}"))
            rows.append((person, channel == "b", int(arrived)))
    tally = counted(campaign(tmp_path, log), ["a", "b"]).tally
    strata = list(tally.strata.values())
    a, b = (bounds(METRICS[metric], place, strata).lower for place in (0, 1))
    who, in_b, arrived_ = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    model = GEE(
        arrived_,
        np.column_stack([1 - in_b, in_b]),
        who,
        family=Gaussian(),
        cov_struct=Independence(),
    ).fit()
    assert [a.estimate, b.estimate] == pytest.approx(list(model.params), rel=1e-9)
    between = covariance_cr0(a, b)
    assert between > 0
    ours = np.array([[a.variance_cr0, between], [between, b.variance_cr0]])
    assert np.allclose(ours, model.cov_robust, rtol=1e-9, atol=0)

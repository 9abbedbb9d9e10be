"""One simulation of all channels, for all tests that only look at it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reach.simulate.plan import Plan
from reach.simulate.profiles import PROFILES
from reach.simulate.run import simulate


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All channels, 8,000 persons, many bad lines."""
    out = tmp_path_factory.mktemp("simulated") / "all"
    simulate(Plan(seed=7, people=8_000, channels=tuple(PROFILES), bad_share=0.01), out)
    return out


@pytest.fixture(scope="session")
def truth(everything: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((everything / "truth.json").read_text())
    return found

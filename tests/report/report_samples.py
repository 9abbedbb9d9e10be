"""Sample results: the valid files beside the tests, and hostile variations of them."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
VALID = sorted((DATA / "valid" / "result").glob("*.json"))
INVALID = sorted((DATA / "invalid" / "result").glob("*.json"))
SCHEMA = json.loads((DATA.parents[1] / "schemas" / "result.schema.json").read_text("utf-8"))


def load(name: str) -> dict[str, Any]:
    """A valid sample by its file's stem."""
    sample: dict[str, Any] = json.loads(
        (DATA / "valid" / "result" / f"{name}.json").read_text("utf-8")
    )
    return sample


def renamed(result: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The result with its arms called otherwise, wherever they are named."""
    changed = deepcopy(result)
    old = [arm["channel"] for arm in changed["channels"]]
    to = dict(zip(old, [f"{name}{place}" for place, name in enumerate(names)], strict=False))
    for arm in changed["channels"]:
        arm["channel"] = to[arm["channel"]]
    for pair in changed["comparisons"]:
        pair["a"], pair["b"] = to[pair["a"]], to[pair["b"]]
    for warning in changed["warnings"]:
        for key, value in warning["params"].items():
            warning["params"][key] = to.get(value, value)
    return changed

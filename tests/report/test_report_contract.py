"""The contract: valid results are valid, each invalid one has just the fault it is named for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from report_samples import INVALID, SCHEMA, VALID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def _objects(node: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401
    if isinstance(node, dict):
        yield path, node
        for key, inner in node.items():
            yield from _objects(inner, f"{path}.{key}")
    elif isinstance(node, list):
        for place, inner in enumerate(node):
            yield from _objects(inner, f"{path}[{place}]")


def test_every_field_is_described_and_every_object_closed() -> None:
    for path, node in _objects(SCHEMA):
        if node.get("type") == "object":
            assert "additionalProperties" in node, path
        if (
            path.endswith((".properties", ".$defs"))
            and ".then." not in path
            and ".else." not in path
        ):
            for name, field in node.items():
                if ".if." not in path:
                    assert "description" in field, f"{path}.{name}"


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_samples_are_valid(path: Path) -> None:
    result = json.loads(path.read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(result)] == []


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_samples_obey_the_laws_a_schema_cannot_say(path: Path) -> None:
    result = json.loads(path.read_text("utf-8"))
    for arm in result["channels"]:
        made = arm["outcomes"]
        parts = ("not_sent", "pending", "unknown", "failed", "delivered")
        assert made["attempted"] == sum(made[part] for part in parts)
        assert made["sent"] == made["attempted"] - made["not_sent"]
        assert sum(arm["receipt_levels"].values()) == made["delivered"]
        for rate in arm["rates"].values():
            if "low" in rate:
                ends = ("set_low", "low", "lower_bound", "upper_bound", "high", "set_high")
                assert [rate[end] for end in ends] == sorted(rate[end] for end in ends)
    for pair in result["comparisons"]:
        if pair["low"] is not None:
            least, most = pair["difference_bounds"]
            assert pair["low"] <= least <= most <= pair["high"]
    for balance in (result["balance"], *result["balance"]["sources"]):
        kinds = ("accepted", "rejected", "without_event")
        assert balance["records"] == sum(balance[kind] for kind in kinds)
        assert balance["events"] == balance["facts"] + balance["repeats"]
    for source in result["balance"]["sources"]:
        assert source["lines"] is None or source["lines"] == source["records"] + source["blank"]


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_samples_show_their_fault(path: Path) -> None:
    sample = json.loads(path.read_text("utf-8"))
    where, rule = sample["fault"]
    found = {
        (error.json_path, error.validator) for error in VALIDATOR.iter_errors(sample["result"])
    }
    assert (where, rule) in found
    assert {place for place, _ in found} == {where}


def test_there_are_samples() -> None:
    assert len(VALID) >= 6
    assert len(INVALID) >= 20

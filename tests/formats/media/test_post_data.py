"""The samples of valid and invalid posts, each a file, found by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reach.explanations import violations
from reach.formats.registry import MEDIA
from reach.schemas import schema, validator

DATA = Path(__file__).parents[2] / "data"


def _samples(verdict: str) -> list[Path]:
    found = sorted((DATA / verdict / "post").glob("*.json"))
    assert found, f"no {verdict} post"
    return found


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", _samples("valid"), ids=_name)
def test_valid_posts_are_valid(path: Path) -> None:
    validator("post").validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", _samples("invalid"), ids=_name)
def test_invalid_posts_are_refused_by_the_field_that_is_wrong(path: Path) -> None:
    found = violations("post", json.loads(path.read_text(encoding="utf-8")))
    # The name of a sample begins with that field.
    assert [each.path for each in found] == [f"$.{path.stem.split('-')[0]}"]


def test_every_field_is_described_and_read_from_some_platform() -> None:
    fields = schema("post")["properties"]
    assert all("description" in part for part in fields.values())
    samples = [json.loads(path.read_text(encoding="utf-8")) for path in _samples("valid")]
    assert {name for each in samples for name in each} == set(fields)
    posts = [each for each in MEDIA.values() if each.row == "post"]
    assert [each.constants["platform"] for each in posts] == [each.name for each in posts]
    assert {each.name for each in posts} == set(fields["platform"]["enum"])
    read = {column.field for each in posts for column in each.columns} - {None}
    assert read <= set(fields)
    # No export says whose a post was: its source does.
    assert set(fields) - read == {"platform", "audience", "shared_by"}

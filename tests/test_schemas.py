from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from reach import schemas
from reach.errors import SchemaError
from reach.vocabulary import Purpose, Reason, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE_TREE = Path(__file__).parents[1] / "schemas"


@pytest.fixture
def fresh_cache() -> Iterator[None]:
    schemas.schema.cache_clear()
    schemas.validator.cache_clear()
    yield
    schemas.schema.cache_clear()
    schemas.validator.cache_clear()


def test_the_source_tree_is_found() -> None:
    text = (SOURCE_TREE / "experiment.schema.json").read_text(encoding="utf-8")
    assert schemas.schema_text("experiment") == text


@pytest.mark.usefixtures("fresh_cache")
def test_the_wheel_is_found_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_schemas").mkdir()
    (tmp_path / "_schemas" / "event.schema.json").write_text('{"title": "from the wheel"}')
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    assert schemas.schema("event") == {"title": "from the wheel"}


@pytest.mark.usefixtures("fresh_cache")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "missing from this installation"),
        ("{", "is not JSON"),
        ("[]", "holds no JSON object"),
        ('{"type": 5}', "is no JSON Schema"),
    ],
)
def test_a_broken_installation_is_named(
    text: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "files", lambda _: tmp_path / "package")
    monkeypatch.setattr(schemas, "_SOURCE_TREE", tmp_path)
    if text is not None:
        (tmp_path / "event.schema.json").write_text(text)
    with pytest.raises(SchemaError, match=said):
        schemas.validator("event")


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(SchemaError, match='no schema is called "evnt"'):
        schemas.schema_text("evnt")


def test_validators_are_shared() -> None:
    assert schemas.validator("experiment") is schemas.validator("experiment")


def test_a_missing_date_time_checker_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {k: v for k, v in jsonschema.FormatChecker.checkers.items() if k != "date-time"}
    monkeypatch.setattr(jsonschema.FormatChecker, "checkers", without)
    with pytest.raises(SchemaError, match=re.escape("pip install 'rfc3339-validator'")):
        schemas.format_checker()


@pytest.mark.parametrize(
    ("form", "value", "valid"),
    [
        ("date-time", "2026-01-05T07:00:00Z", True),
        ("date-time", "2026-01-05t07:00:00.123456789+07:00", True),
        ("date-time", "2026-01-05T07:00:00", False),
        ("date-time", "2024-13-01 nonsense", False),
        ("date-time", "2026-02-29T00:00:00Z", False),
        ("date-time", "2026-01-05T07:00:00Z\n", False),
        ("date-time", 5, True),
        ("date", "2024-02-29", True),
        ("date", "2026-02-29", False),
        ("date", "20260105", False),
        ("date", "2026-01-05\n", False),
    ],
)
def test_formats_are_really_checked(form: str, value: object, valid: bool) -> None:  # noqa: FBT001
    assert schemas.format_checker().conforms(value, form) is valid


def test_words_of_the_experiment_schema_are_those_of_the_vocabulary() -> None:
    schema = schemas.schema("experiment")
    table = schema["$defs"]["map"]["properties"]
    assert schema["$defs"]["purpose"]["enum"] == [word.value for word in Purpose]
    assert table["failed"]["properties"]["reason"]["enum"] == [word.value for word in Reason]
    assert set(table["delivered"]["properties"]["receipt"]["enum"]) <= {r.value for r in Receipt}


def subschemas(node: object) -> list[dict[str, Any]]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    inner = [found for child in children for found in subschemas(child)]
    return [node, *inner] if isinstance(node, dict) else inner


def test_every_field_of_an_experiment_is_described_and_no_object_is_open() -> None:
    schema = json.loads(schemas.schema_text("experiment"))
    for part in subschemas(schema):
        kind = part.get("type")
        if isinstance(kind, str | list) and "object" in kind:
            assert "additionalProperties" in part
            assert all("description" in field for field in part.get("properties", {}).values())

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


def explained(schema: dict[str, Any], value: object) -> list[str]:
    checked = jsonschema.Draft202012Validator(schema, format_checker=schemas.format_checker())
    return [
        f"{one.path}: got {one.received}, expected {one.expected}"
        for error in checked.iter_errors(value)
        for one in schemas.explain(error)
    ]


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


@pytest.mark.parametrize(
    ("schema", "value", "said"),
    [
        ({"type": "string"}, 5, "$: got 5, expected text, in quotes"),
        ({"type": ["string", "null"]}, [1], "$: got a list of 1, expected text or null"),
        ({"enum": ["sms", "email"]}, "smss", '$: got "smss", expected one of sms, email (did you mean sms?)'),
        ({"enum": list(range(40))}, "x", '$: got "x", expected one of 40 known words'),
        ({"const": "all"}, "al", '$: got "al", expected all'),
        ({"pattern": "^a$"}, "b", '$: got "b", expected text that matches ^a$'),
        ({"required": ["n"]}, {}, "$.n: got nothing, expected the key n"),
        ({"dependentRequired": {"cost": ["n"]}}, {"cost": 1}, "$.n: got nothing, expected the key n, since cost is given"),
        ({"dependentRequired": {"cost": ["n"]}, "properties": {"n": {"x-expected": "a name"}}}, {"cost": 1}, "$.n: got nothing, expected a name, since cost is given"),
        ({"properties": {"a": {}}, "additionalProperties": False}, {"b": 1}, "$.b: got an unknown key, expected a"),
        ({"additionalProperties": False}, {"b": 1}, "$.b: got an unknown key, expected no key here"),
        ({"patternProperties": {"^x-": {}}, "additionalProperties": False}, {"x-a": 1, "y a": 1}, '$["y a"]: got an unknown key, expected no key here'),
        ({"format": "date-time"}, "2024-13-01", '$: got "2024-13-01", expected an RFC 3339 date-time with a zone, as 2026-01-05T07:00:00Z'),
        ({"exclusiveMaximum": 1}, 1, "$: got 1, expected a number below 1"),
        ({"minLength": 1}, "", '$: got "", expected text of at least 1 characters'),
        ({"items": {"uniqueItems": True}}, [[1, 1]], "$[0]: got a list of 2, expected a list without repeats"),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, '$.ab: got "ab", expected text of at most 1 characters'),
        ({"not": {}}, 1, "$: got 1, expected what the schema says: 1 should not be valid under {}"),
        ({"not": {}, "x-expected": "nothing here"}, 1, "$: got 1, expected nothing here"),
        ({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, 3, "$: got 3, expected only one of the shapes allowed here"),
    ],
)  # fmt: skip
def test_each_keyword_has_its_words(schema: dict[str, Any], value: object, said: str) -> None:
    assert explained(schema, value) == [said]


CHANNEL = {
    "oneOf": [
        {"type": "string"},
        {"type": "object", "required": ["const"], "properties": {"const": {"type": "string"}}},
        {
            "type": "object",
            "required": ["column", "values"],
            "properties": {"column": {"type": "string"}, "const": False},
        },
    ]
}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (5, ["$: got 5, expected text, in quotes or a mapping of keys to values"]),
        ({"const": 5}, ["$.const: got 5, expected text, in quotes"]),
        ({"column": 5, "values": {}, "const": 1}, ["$.const: got 1, expected text, in quotes"]),
    ],
)
def test_of_branches_the_nearest_is_explained(value: object, said: list[str]) -> None:
    assert explained(CHANNEL, value) == said


def test_every_missing_key_is_told_once() -> None:
    assert explained({"required": ["a", "b"]}, {}) == [
        "$.a: got nothing, expected the key a",
        "$.b: got nothing, expected the key b",
    ]


def test_every_missing_companion_is_told_once() -> None:
    needs = {"a": ["b", "c"], "d": ["c"], "e": ["f"]}
    assert explained({"dependentRequired": needs}, {"a": 1, "d": 1}) == [
        "$.b: got nothing, expected the key b, since a is given",
        "$.c: got nothing, expected the key c, since a is given",
        "$.c: got nothing, expected the key c, since d is given",
    ]


@pytest.mark.parametrize("name", schemas.SCHEMAS)
def test_every_keyword_of_our_schemas_has_words(name: str) -> None:
    refusing = jsonschema.Draft202012Validator.VALIDATORS.keys() - INDIRECT
    for part in assertions(schemas.schema(name)):
        for keyword in part.keys() & refusing:
            # Keys that call for others are there, and the others are not.
            instance = dict.fromkeys(part.get("dependentRequired", {}))
            error = jsonschema.ValidationError(
                "", keyword, (), None, (), part[keyword], instance, part
            )
            for said in schemas.explain(error):
                assert "what the schema says" not in said.expected, (keyword, part)


# These hand on to other keywords, which refuse: a branch, a part or a condition of a schema.
INDIRECT = {
    "$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas",
    "properties", "patternProperties", "propertyNames", "items", "prefixItems",
}  # fmt: skip


def assertions(schema: object) -> Iterator[dict[str, Any]]:
    """A schema and those inside it, but not what only conditions or denies another."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword in ("items", "additionalProperties", "then", "else", "propertyNames"):
        yield from assertions(schema.get(keyword))
    for keyword in ("properties", "$defs", "patternProperties", "dependentSchemas"):
        for inner in schema.get(keyword, {}).values():
            yield from assertions(inner)
    for keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for inner in schema.get(keyword, []):
            yield from assertions(inner)


def test_received_values_are_short_and_printable() -> None:
    shown = schemas.shorten("a\n\u202e\ud800" + "x" * 1_000)
    assert shown.startswith('"a\\n\\u202e\\ud800x')
    assert len(shown) < 100
    assert shown.isprintable()
    assert schemas.shorten(10**5_000) == "a very long number"


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

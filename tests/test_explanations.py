"""What a schema has against a document, in words that need no knowledge of JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from reach import explanations
from reach.explanations import explain, violations
from reach.schemas import SCHEMAS, format_checker, schema
from reach.shown import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator


def explained(schema: dict[str, Any], value: object) -> list[str]:
    checked = jsonschema.Draft202012Validator(schema, format_checker=format_checker())
    return [
        f"{one.path}: got {one.received}, expected {one.expected}"
        for error in checked.iter_errors(value)
        for one in explain(error)
    ]


@pytest.mark.parametrize(
    ("schema", "value", "said"),
    [
        ({"type": "string"}, 5, "$: got 5, expected text, in quotes"),
        ({"type": ["string", "null"]}, [1], "$: got a list of 1, expected text or null"),
        ({"enum": ["sms", "email"]}, "smss", '$: got "smss", expected one of sms, email (did you mean sms?)'),
        ({"enum": list(range(40))}, "x", '$: got "x", expected one of 40 known words'),
        ({"const": "all"}, "al", '$: got "al", expected all'),
        ({"pattern": "^a$"}, "b", '$: got "b", expected text that matches ^a$'),
        ({"required": ["n"]}, {}, "$.n: got nothing, expected a value for n"),
        ({"dependentRequired": {"cost": ["n"]}}, {"cost": 1}, "$.n: got nothing, expected a value for n, since cost is given"),
        ({"dependentRequired": {"cost": ["n"]}, "properties": {"n": {"x-expected": "a name"}}}, {"cost": 1}, "$.n: got nothing, expected a name, since cost is given"),
        ({"properties": {"a": {}}, "additionalProperties": False}, {"b": 1}, "$.b: got an unknown key, expected a"),
        ({"additionalProperties": False}, {"b": 1}, "$.b: got an unknown key, expected no key here"),
        ({"patternProperties": {"^x-": {}}, "additionalProperties": False}, {"x-a": 1, "y a": 1}, '$["y a"]: got an unknown key, expected no key here'),
        ({"format": "date-time"}, "2024-13-01", '$: got "2024-13-01", expected an RFC 3339 date-time with a zone, as 2026-01-05T07:00:00Z'),
        ({"format": "date-time"}, "2024-13-01T07:00:00Z", '$: got "2024-13-01T07:00:00Z", expected a time that exists, as 2026-01-05T23:59:59Z'),
        ({"format": "date-time", "x-expected": "a moment"}, "2016-12-31t23:59:60.5+07:00", '$: got "2016-12-31t23:59:60.5+07:00", expected a time that exists, as 2026-01-05T23:59:59Z'),
        ({"format": "date-time", "x-expected": "a moment"}, "2016-12-31", '$: got "2016-12-31", expected a moment'),
        ({"format": "date"}, "2026-02-30", '$: got "2026-02-30", expected a day that exists, as 2026-01-05'),
        ({"format": "date"}, "today", '$: got "today", expected a date, as 2026-01-05'),
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
        "$.a: got nothing, expected a value for a",
        "$.b: got nothing, expected a value for b",
    ]


def test_every_missing_companion_is_told_once() -> None:
    needs = {"a": ["b", "c"], "d": ["c"], "e": ["f"]}
    assert explained({"dependentRequired": needs}, {"a": 1, "d": 1}) == [
        "$.b: got nothing, expected a value for b, since a is given",
        "$.c: got nothing, expected a value for c, since a is given",
        "$.c: got nothing, expected a value for c, since d is given",
    ]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_keyword_of_our_schemas_has_words(name: str) -> None:
    refusing = jsonschema.Draft202012Validator.VALIDATORS.keys() - INDIRECT
    for part in assertions(schema(name)):
        for keyword in part.keys() & refusing:
            # Keys that call for others are there, and the others are not.
            instance = dict.fromkeys(part.get("dependentRequired", {}))
            error = jsonschema.ValidationError(
                "", keyword, (), None, (), part[keyword], instance, part
            )
            for said in explain(error):
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
    shown = shorten("a\n\u202e\ud800" + "x" * 1_000)
    assert shown.startswith('"a\\n\\u202e\\ud800x')
    assert len(shown) < 100
    assert shown.isprintable()
    assert shorten(10**5_000) == "a very long number"


def test_the_near_word_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    look = explanations.get_close_matches

    def counting(received: str, *more: Any) -> list[str]:  # noqa: ANN401
        looked.append(received)
        return look(received, *more)

    monkeypatch.setattr(explanations, "get_close_matches", counting)
    bad = {"message_id": "m", "event": "delivererd", "channel": "sms", "recipient": "p"}
    for _ in range(3):
        [said] = violations("event", bad)
        assert said.expected.endswith("(did you mean delivered?)")
    assert looked == ["delivererd"]
    [said] = violations("event", bad | {"event": "delivered" * 1_000_000})
    assert "did you mean" not in said.expected
    assert looked == ["delivererd"]

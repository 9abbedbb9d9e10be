"""What a JSON Schema has to say against a document, in words that need no knowledge of it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reach.errors import Fault
from reach.schemas import validator
from reach.shown import json_path, shorten, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jsonschema.exceptions import ValidationError

_LISTED = 30  # known words named in full in a message; with more, only the near one

_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
    "null": "null",
}
_FORMATS = {
    "date-time": "an RFC 3339 date-time with a zone, as 2026-01-05T07:00:00Z",
    "date": "a date, as 2026-01-05",
}
_IN_THE_CALENDAR = {
    "date-time": (
        r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)",
        "a time that exists, as 2026-01-05T23:59:59Z",
    ),
    "date": (r"\d{4}-\d\d-\d\d", "a day that exists, as 2026-01-05"),
}
"""What is written as it should be, and is refused all the same; and what to say then."""

_LIMITS = {
    "minimum": "a number of at least {}",
    "maximum": "a number of at most {}",
    "exclusiveMinimum": "a number above {}",
    "exclusiveMaximum": "a number below {}",
    "multipleOf": "a multiple of {}",
    "minLength": "text of at least {} characters",
    "maxLength": "text of at most {} characters",
    "minItems": "a list of at least {}",
    "maxItems": "a list of at most {}",
    "minProperties": "at least {} keys",
    "maxProperties": "at most {} keys",
    "pattern": "text that matches {}",
    "uniqueItems": "a list without repeats",
}


class Explanation(NamedTuple):
    """One schema violation in words that need no knowledge of JSON Schema.

    Attributes:
        path: Where in the document, as ``$.sources[2].map.acted``.
        received: What stood there, shortened; ``nothing`` for a missing key.
        expected: What should have stood there.
        parts: The same path as keys and indices, to look up a position.
    """

    path: str
    received: str
    expected: str
    parts: tuple[str | int, ...]

    def fault(self, where: str) -> Fault:
        """The violation as a fault at ``where``, a file and line as a reader finds them."""
        return Fault(where, self.path, self.received, self.expected)


def explain(error: ValidationError) -> list[Explanation]:
    """Say in plain words what a validation error means.

    A schema may carry ``"x-expected"`` beside its keywords: these words are then the
    expected text. Of ``oneOf`` and ``anyOf`` the branch that the value comes nearest to is
    explained.

    Args:
        error: As `jsonschema` yields it.

    Returns:
        One explanation, or several where one error covers several keys.

    Examples:
        >>> from jsonschema import Draft202012Validator
        >>> [bad] = Draft202012Validator({"properties": {"n": {"minimum": 1}}}).iter_errors({"n": 0})
        >>> print(explain(bad)[0].fault("march.jsonl:42"))
        march.jsonl:42 $.n: got 0, expected a number of at least 1
    """
    parts = tuple(error.absolute_path)
    # `propertyNames` judges a key as if it were a value: the path lacks the key.
    if "propertyNames" in error.relative_schema_path and isinstance(error.instance, str):
        parts = (*parts, error.instance)
    if error.validator == "required":
        return [_missing(error, parts)]
    if error.validator == "dependentRequired":
        return [_missing_beside(error, parts)]
    if error.validator in ("additionalProperties", "unevaluatedProperties"):
        return list(_unknown(error, parts))
    own = _not_in_the_calendar(error) or _own_words(error.schema)
    if error.validator in ("oneOf", "anyOf") and error.context and own is None:
        return _nearest_branch(error, parts)
    return [_explanation(parts, shorten(error.instance), own or _expected(error))]


def violations(name: str, instance: object) -> list[Explanation]:
    """Check ``instance`` against the schema ``name`` and explain all that is wrong with it.

    Returns:
        Explanations in the order of the document's paths, none twice; empty if valid.

    Raises:
        SchemaError: As `validator`.
    """
    errors = validator(name).iter_errors(instance)
    found = dict.fromkeys(one for error in errors for one in explain(error))
    return sorted(found, key=lambda one: [(str(type(part)), part) for part in one.parts])


def _explanation(parts: tuple[str | int, ...], received: str, expected: str) -> Explanation:
    return Explanation(json_path(parts), received, expected, parts)


def _own_words(schema: object) -> str | None:
    words = schema.get("x-expected") if isinstance(schema, dict) else None
    return words if isinstance(words, str) else None


def _expected(error: ValidationError) -> str:
    keyword, value = str(error.validator), cast("Any", error.validator_value)
    if keyword in _LIMITS:
        return _LIMITS[keyword].format(value)
    match keyword:
        case "type":
            types = [value] if isinstance(value, str) else list(value)
            words = " or ".join(_TYPES.get(kind, str(kind)) for kind in types)
            is_scalar = isinstance(error.instance, bool | int | float)
            expected = f"{words}, in quotes" if is_scalar and types == ["string"] else words
        case "enum":
            expected = _one_of(error.instance, value)
        case "const":
            expected = word(value)
        case "format":
            expected = _FORMATS.get(str(value), f"text in the format {value}")
        case "not" if "x-expected" in value:
            expected = str(value["x-expected"])
        case "oneOf":  # reached only when several branches fit
            expected = "only one of the shapes allowed here"
        case _:
            expected = f"what the schema says: {error.message}"
    return expected


def _not_in_the_calendar(error: ValidationError) -> str | None:
    """What to say of a date or time that is none though it is written as one."""
    if error.validator != "format" or not isinstance(error.instance, str):
        return None
    shape, words = _IN_THE_CALENDAR.get(str(error.validator_value), ("", ""))
    return words if shape and re.fullmatch(shape, error.instance, re.ASCII) else None


def _missing(error: ValidationError, parts: tuple[str | int, ...]) -> Explanation:
    instance = cast("dict[str, Any]", error.instance)
    absent = [key for key in cast("list[str]", error.validator_value) if key not in instance]
    # One error for each absent key; only the message tells which.
    key = next((key for key in absent if error.message.startswith(repr(key))), absent[0])
    return _explanation((*parts, key), "nothing", _about(error, key))


def _missing_beside(error: ValidationError, parts: tuple[str | int, ...]) -> Explanation:
    instance = cast("dict[str, Any]", error.instance)
    needs = cast("dict[str, list[str]]", error.validator_value)
    absent = [
        (key, other)
        for key, others in needs.items()
        for other in others
        if key in instance and other not in instance
    ]
    # As for `required`, one error for each, and only the message tells which.
    said = "{1!r} is a dependency of {0!r}"
    key, other = next((each for each in absent if error.message == said.format(*each)), absent[0])
    expected = f"{_about(error, other)}, since {word(key)} is given"
    return _explanation((*parts, other), "nothing", expected)


def _about(error: ValidationError, key: str) -> str:
    """What should stand at a key that is missing."""
    about = error.schema.get("properties", {}).get(key) if isinstance(error.schema, dict) else None
    return _own_words(about) or f"a value for {key}"


def _unknown(error: ValidationError, parts: tuple[str | int, ...]) -> Iterator[Explanation]:
    subschema = error.schema if isinstance(error.schema, dict) else {}
    known = list(subschema.get("properties", {}))
    patterns = list(subschema.get("patternProperties", {}))
    for key in cast("dict[str, Any]", error.instance):
        if key not in known and not any(re.search(pattern, key) for pattern in patterns):
            yield _explanation((*parts, key), "an unknown key", _one_of(key, known))


_NEAR = 0.7  # a hint that is wrong is worse than none: bounced is not opened
_LONGEST_NEAR = 100  # characters; what is longer is a slip of no word of ours


def _one_of(received: object, known: Sequence[object]) -> str:
    words = tuple(word(one) for one in known)
    if not words:
        return "no key here"
    if len(words) == 1:
        return words[0]
    listed = ", ".join(words) if len(words) <= _LISTED else f"{len(words)} known words"
    near = near_word(received, words) if isinstance(received, str) else None
    return f"one of {listed}" + (f" (did you mean {near}?)" if near else "")


@lru_cache(maxsize=4096)  # a log repeats its slip on every line, and looking for words is dear
def near_word(received: str, words: tuple[str, ...]) -> str | None:
    """The one of the words that may have been meant; None if none is near."""
    if len(received) > _LONGEST_NEAR:
        return None
    return next(iter(get_close_matches(received, words, 1, _NEAR)), None)


def _nearest_branch(error: ValidationError, parts: tuple[str | int, ...]) -> list[Explanation]:
    """Explain the branch that fits best: of the right type, then with the fewest errors."""
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    fitting = [inners for inners in branches.values() if not any(map(_is_wrong_kind, inners))]
    if not fitting:
        told = [one for inners in branches.values() for inner in inners for one in explain(inner)]
        words = dict.fromkeys(one.expected for one in told if one.parts == parts)
        return [_explanation(parts, shorten(error.instance), " or ".join(words))]
    best = min(fitting, key=len)
    return list(dict.fromkeys(one for inner in best for one in explain(inner)))


def _is_wrong_kind(inner: ValidationError) -> bool:
    return not inner.relative_path and inner.validator in ("type", "const", "enum")

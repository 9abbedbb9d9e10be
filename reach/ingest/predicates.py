"""The event schema, compiled to SQL that proves most records valid at once.

A compiled test may fail to prove a valid record, which then goes to the judge; it must
never prove an invalid one. A keyword this compiler does not know stops it, so that the
schema can't outgrow its compilation unnoticed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reach.engine import identifier, literal
from reach.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_IGNORED = {"description", "x-expected"}
_STRING = {"type", "minLength", "maxLength", "pattern"}
_INTEGER = {"type", "minimum", "maximum"}
_TOP = {
    "$schema",
    "$id",
    "title",
    "description",
    "type",
    "required",
    "properties",
    "dependentRequired",
}

_TIME = (
    r'"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?'
    r'(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"'
)
_WHOLE = "(0|[1-9][0-9]{0,16})"


@dataclass(frozen=True, slots=True)
class Column:
    """One field as SQL over its JSON token.

    Attributes:
        value: The decoded value; meaningful only where ``proven``.
        proven: True where the token is missing or surely valid.
    """

    value: str
    proven: str


def compile_schema(
    schema: Mapping[str, Any], present: Collection[str], log_end_us: int | None
) -> tuple[dict[str, Column], str]:
    """Compile the event schema.

    Args:
        schema: The event schema.
        present: The fields that rows are expected to have; a row with another is not proven.
        log_end_us: Events later than this (µs UTC) are not proven; None for no such bound.

    Returns:
        A column for each property that is present, and one condition that is true where a row of tokens is
        surely a valid event.

    Raises:
        SchemaError: The schema uses a keyword that is not compiled here.
    """
    if unknown := set(schema) - _TOP:
        raise SchemaError(f"event.schema.json: {', '.join(sorted(unknown))} can't be compiled")
    columns = {
        name: _column(
            name, {key: value for key, value in rule.items() if key not in _IGNORED}, log_end_us
        )
        for name, rule in schema["properties"].items()
    }
    absent = [name for name in columns if name not in present]
    columns = {name: column for name, column in columns.items() if name in present}
    conditions = [f"{identifier(name)} IS NOT NULL" for name in schema["required"]]
    conditions += [
        f"({identifier(name)} IS NULL OR {identifier(needed)} IS NOT NULL)"
        for name, others in schema.get("dependentRequired", {}).items()
        for needed in others
    ]
    conditions += [f"{identifier(name)} IS NULL" for name in absent]
    conditions += [column.proven for column in columns.values()]
    # A comparison with a token that is NULL is NULL: not proven.
    return columns, f"coalesce({' AND '.join(conditions)}, false)"


def _column(name: str, rule: Mapping[str, Any], log_end_us: int | None) -> Column:
    token = identifier(name)
    if set(rule) == {"enum"}:
        words = ", ".join(literal(json.dumps(word)) for word in rule["enum"])
        return Column(_text(token), _or_missing(token, f"{token} IN ({words})"))
    kind = rule.get("type")
    if kind == "boolean" and set(rule) == {"type"}:
        return Column(f"({token} = 'true')", _or_missing(token, f"{token} IN ('true', 'false')"))
    if kind == "integer" and set(rule) <= _INTEGER:
        number = f"try_cast({token} AS BIGINT)"
        tests = [f"regexp_full_match({token}, '{_WHOLE}')"]
        tests += [f"{number} >= {rule['minimum']}"] if "minimum" in rule else []
        tests += [f"{number} <= {rule['maximum']}"] if "maximum" in rule else []
        return Column(number, _or_missing(token, " AND ".join(tests)))
    if kind == "string" and rule.get("format") == "date-time" and set(rule) == {"type", "format"}:
        moment = f"epoch_us(try_cast({_text(token)} AS TIMESTAMPTZ))"
        tests = [f"regexp_full_match({token}, {literal(_TIME)})", f"{moment} IS NOT NULL"]
        tests += [f"{moment} <= {log_end_us}"] if log_end_us is not None else []
        return Column(moment, _or_missing(token, " AND ".join(tests)))
    if kind == "string" and set(rule) <= _STRING:
        return Column(_text(token), _or_missing(token, " AND ".join(_text_tests(token, rule))))
    raise SchemaError(f"event.schema.json: {name} has rules that can't be compiled: {sorted(rule)}")


def _text(token: str) -> str:
    """The text of a string token without escapes; the judge decodes those that have some."""
    return f"substring({token}, 2, length({token}) - 2)"


def _text_tests(token: str, rule: Mapping[str, Any]) -> list[str]:
    tests = [f"starts_with({token}, '\"')", f"NOT contains({token}, '\\')"]
    if "minLength" in rule:
        tests.append(f"length({token}) >= {rule['minLength'] + 2}")
    if "maxLength" in rule:
        tests.append(f"length({token}) <= {rule['maxLength'] + 2}")
    if "pattern" in rule:
        tests.append(f"regexp_matches({_text(token)}, {literal(rule['pattern'])})")
    return tests


def _or_missing(token: str, test: str) -> str:
    return f"({token} IS NULL OR ({test}))"

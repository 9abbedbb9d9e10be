"""The event schema, compiled to SQL that proves most records valid at once.

A compiled test may fail to prove a valid record, which then goes to the judge; it must
never prove an invalid one. A keyword this compiler does not know stops it, so that the
schema can't outgrow its compilation unnoticed.
"""

from __future__ import annotations

import json
import re
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
_ALL_BUT_BLANKS = re.compile(r"\[\^(?: |\\[trnfv])+\]")
_WHOLE = "(0|[1-9][0-9]{0,16})"

# The plain form, "2026-01-05T07:00:00Z" with its quotes: at this length every part has all
# its digits, so parsing alone proves it, at a third of the pattern's price.
_PLAIN_TIME = '"%Y-%m-%dT%H:%M:%SZ"'
_PLAIN_LENGTH = 22


@dataclass(frozen=True, slots=True)
class Column:
    """One field as SQL over its JSON token.

    Attributes:
        value: What rows carry on, meaningful only where ``proven``: µs UTC for a time, a
            number for a number, and for all else the token, a text in its quotes. Taking
            quotes off is dear, and there are fewer messages than events.
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
        # The engine makes a join of a long IN, which costs more than the comparisons.
        words = " ".join(
            f"WHEN {token} = {literal(json.dumps(word))} THEN true" for word in rule["enum"]
        )
        return Column(token, _or_missing(token, f"CASE {words} ELSE false END"))
    kind = rule.get("type")
    if kind == "boolean" and set(rule) == {"type"}:
        return Column(token, _or_missing(token, f"{token} IN ('true', 'false')"))
    if kind == "integer" and set(rule) <= _INTEGER:
        number = f"try_cast({token} AS BIGINT)"
        tests = [f"regexp_full_match({token}, '{_WHOLE}')"]
        tests += [f"{number} >= {rule['minimum']}"] if "minimum" in rule else []
        tests += [f"{number} <= {rule['maximum']}"] if "maximum" in rule else []
        return Column(number, _or_missing(token, " AND ".join(tests)))
    if kind == "string" and rule.get("format") == "date-time" and set(rule) == {"type", "format"}:
        moment = _moment(token)
        tests = [f"{moment} IS NOT NULL"]
        tests += [f"{moment} <= {log_end_us}"] if log_end_us is not None else []
        # Outside of any CASE, so that the engine works the moment out once for test and value.
        return Column(moment, f"({token} IS NULL OR ({' AND '.join(tests)}))")
    if kind == "string" and set(rule) <= _STRING:
        return Column(token, f"({token} IS NULL OR ({' AND '.join(_text_tests(token, rule))}))")
    raise SchemaError(f"event.schema.json: {name} has rules that can't be compiled: {sorted(rule)}")


def _moment(token: str) -> str:
    """Microseconds since 1970, or NULL where the token is not surely a time with a zone."""
    plain = f"strlen({token}) = {_PLAIN_LENGTH} AND {token} >= '\"1' AND {token} < '\"3'"
    return (
        f"CASE WHEN {plain} THEN epoch_us(try_strptime({token}, {literal(_PLAIN_TIME)})) "
        f"WHEN regexp_full_match({token}, {literal(_TIME)}) "
        f"THEN epoch_us(try_cast({_text(token)} AS TIMESTAMPTZ)) END"
    )


def _text(token: str) -> str:
    """The text of a string token without escapes; the judge reads those that have some."""
    return f"substring({token}, 2, length({token}) - 2)"


def _text_tests(token: str, rule: Mapping[str, Any]) -> list[str]:
    # What is between '"' and '#' begins with a quote: cheaper than starts_with.
    tests = [f"{token} >= '\"'", f"{token} < '#'", f"NOT contains({token}, '\\')"]
    least = rule.get("minLength", 0)
    # A text has no more characters than bytes, and bytes need no counting: what has too many
    # of them is judged.
    tests.append(f"{'strlen' if least <= 1 else 'length'}({token}) >= {least + 2}")
    if "maxLength" in rule:
        tests.append(f"strlen({token}) <= {rule['maxLength'] + 2}")
    if "pattern" in rule:
        tests.append(_matches(token, rule["pattern"]))
    return tests


def _matches(token: str, pattern: str) -> str:
    test = f"regexp_matches({_text(token)}, {literal(pattern)})"
    if _ALL_BUT_BLANKS.fullmatch(pattern):
        # The first character alone mostly shows it: a token holds no blank but a space unescaped.
        return f"CASE WHEN starts_with({token}, '\" ') THEN {test} ELSE strlen({token}) > 2 END"
    return test


def _or_missing(token: str, test: str) -> str:
    # CASE, unlike OR, spares the rows that are decided: most fields are mostly missing.
    return f"CASE WHEN {token} IS NULL THEN true ELSE {test} END"

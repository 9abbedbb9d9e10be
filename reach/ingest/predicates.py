"""The event schema, compiled to SQL that proves most records valid at once.

A compiled test may fail to prove a valid record, which then goes to the judge; it must
never prove an invalid one. A keyword this compiler does not know stops it, so that the
schema can't outgrow its compilation unnoticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reach.engine import identifier, literal
from reach.errors import SchemaError
from reach.formats.containers.ndjson import LOOK_ALIKES
from reach.formats.given import Given

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_IGNORED = {"description", "x-expected"}
_STRING = {"type", "minLength", "maxLength", "pattern", "not"}
_UNLIKE = {"pattern", "x-expected"}
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
    r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
_ALL_BUT_BLANKS = re.compile(r"\[\^(?: |\\[trnfv])+\]")
_WHOLE = "(0|[1-9][0-9]{0,16})"

# The usual forms, as 2026-01-05T07:00:00Z, by their length: there every part has all the digits
# that it can have, so parsing alone proves it, at a fraction of the pattern's price.
_USUAL_TIMES = {
    20: "%Y-%m-%dT%H:%M:%SZ",
    24: "%Y-%m-%dT%H:%M:%S.%gZ",
    27: "%Y-%m-%dT%H:%M:%S.%fZ",
}

# The years that the pattern above has.
_FIRST_US = -30_610_224_000_000_000
_LAST_US = 32_503_680_000_000_000 - 1

MOMENT = "moment_us"
"""What the time of a row is called where it is worked out, µs UTC."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field as SQL over its token, or over its plain text.

    Attributes:
        value: What rows carry on, meaningful only where ``proven``: µs UTC for a time, a
            number for a number, and for all else what was read. Taking the quotes off a
            token is dear, and there are fewer messages than events.
        proven: True where the field is missing or surely valid.
        quoted: Whether texts are in quotes, as tokens are.
        once: What besides must be true of each different text, to be looked at when events
            are grouped by their texts; empty if nothing remains.
        first: SQL that is worked out before all else, and that ``value`` and ``proven`` call
            `MOMENT`: the engine would not see that both need the same. Empty for nothing.
    """

    value: str
    proven: str
    quoted: bool = True
    once: str = ""
    first: str = ""


def compile_schema(
    schema: Mapping[str, Any],
    present: Collection[str],
    log_end_us: int | None,
    given: Mapping[str, Given] | None = None,
) -> tuple[dict[str, Column], str]:
    """Compile the event schema.

    Args:
        schema: The event schema.
        present: The fields that rows are expected to have; a row with another is not proven.
        log_end_us: Events later than this (µs UTC) are not proven; None for no such bound.
        given: How fields are given that are not given as tokens.

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
            name,
            {key: value for key, value in rule.items() if key not in _IGNORED},
            log_end_us,
            (given or {}).get(name, Given.TOKEN),
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
    conditions += [column.proven for column in columns.values() if column.proven != "true"]
    # A comparison with NULL is NULL: not proven.
    return columns, f"coalesce({' AND '.join(conditions)}, false)"


def _column(name: str, rule: Mapping[str, Any], log_end_us: int | None, given: Given) -> Column:
    field, quoted = identifier(name), given.quoted
    kind = rule.get("type")
    if given is Given.LIKE_TEXT and (
        kind in ("boolean", "integer") or set(map(str.lower, rule.get("enum", ()))) & LOOK_ALIKES
    ):
        raise SchemaError(f"event.schema.json: {name} can't be told from what only reads like it")
    if set(rule) == {"enum"}:
        # The engine makes a join of a long IN, which costs more than the comparisons.
        words = " ".join(
            f"WHEN {field} = {as_read(word, quoted=quoted)} THEN true" for word in rule["enum"]
        )
        return Column(field, _or_missing(field, f"CASE {words} ELSE false END"), quoted)
    if kind == "boolean" and set(rule) == {"type"}:
        return Column(field, _or_missing(field, f"{field} IN ('true', 'false')"), quoted)
    if kind == "integer" and set(rule) <= _INTEGER:
        number = f"try_cast({field} AS BIGINT)"
        tests = [f"regexp_full_match({field}, '{_WHOLE}')"]
        tests += [f"{number} >= {rule['minimum']}"] if "minimum" in rule else []
        tests += [f"{number} <= {rule['maximum']}"] if "maximum" in rule else []
        return Column(number, _or_missing(field, " AND ".join(tests)), quoted)
    if kind == "string" and rule.get("format") == "date-time" and set(rule) == {"type", "format"}:
        by_number = given is Given.MOMENT
        time = field if by_number else MOMENT
        tests = [
            f"{time} BETWEEN {_FIRST_US} AND {_LAST_US}" if by_number else f"{time} IS NOT NULL"
        ]
        tests += [f"{time} <= {log_end_us}"] if log_end_us is not None else []
        proven = f"({field} IS NULL OR ({' AND '.join(tests)}))"
        return Column(
            time, proven, quoted, first="" if by_number else _moment(field, quoted=quoted)
        )
    if kind == "string" and set(rule) <= _STRING and set(rule.get("not", {})) <= _UNLIKE:
        wanted = _token_tests(field, rule) if quoted else _plain_tests(field, rule, given)
        proven = f"({field} IS NULL OR ({' AND '.join(wanted)}))"
        # Almost all plain texts pass, and there are fewer of them than events.
        return Column(field, proven) if quoted else Column(field, "true", quoted, proven)
    raise SchemaError(f"event.schema.json: {name} has rules that can't be compiled: {sorted(rule)}")


def worked_out(tokens: str, columns: Mapping[str, Column]) -> str:
    """SQL for rows of tokens with what their columns want worked out first."""
    first = "".join(f", {each.first} AS {MOMENT}" for each in columns.values() if each.first)
    return f"SELECT *{first} FROM ({tokens})" if first else tokens


def as_read(word: str, *, quoted: bool) -> str:
    """A word as SQL literal, as a token or as plain text."""
    return literal(f'"{word}"' if quoted else word)


def _moment(field: str, *, quoted: bool) -> str:
    """Microseconds since 1970, or NULL where the field is not surely a time with a zone."""
    mark = '"' if quoted else ""
    # Its ends are looked at, too: the parser passes over blanks there.
    usual = f"{field} >= '{mark}1' AND {field} < '{mark}3' AND ends_with({field}, 'Z{mark}')"
    cases = " ".join(
        f"WHEN strlen({field}) = {length + 2 * len(mark)} AND {usual} "
        f"THEN epoch_us(try_strptime({field}, {literal(mark + form + mark)}))"
        for length, form in _USUAL_TIMES.items()
    )
    text = _text(field) if quoted else field
    return (
        f"CASE {cases} WHEN regexp_full_match({field}, {literal(mark + _TIME + mark)}) "
        f"THEN epoch_us(try_cast({text} AS TIMESTAMPTZ)) END"
    )


def _text(token: str) -> str:
    """The text of a string token without escapes; the judge reads those that have some."""
    return f"substring({token}, 2, length({token}) - 2)"


def _token_tests(token: str, rule: Mapping[str, Any]) -> list[str]:
    # What is between '"' and '#' begins with a quote: cheaper than starts_with.
    tests = [f"{token} >= '\"'", f"{token} < '#'", f"NOT contains({token}, '\\')"]
    tests += _length_tests(token, rule, marks=2)
    if "pattern" in rule:
        # The first character alone mostly shows it: a token holds no blank but a space unescaped.
        rest = f"CASE WHEN starts_with({token}, '\" ') THEN {{test}} ELSE strlen({token}) > 2 END"
        tests.append(_pattern_test(_text(token), rule["pattern"], rest))
    return tests + _unlike(_text(token), rule)


def _plain_tests(text: str, rule: Mapping[str, Any], given: Given) -> list[str]:
    tests = _length_tests(text, rule, marks=0)
    if given is Given.LIKE_TEXT:
        tests.insert(0, surely_text(text))
    if "pattern" in rule:
        rest = f"CASE WHEN {text} >= '!' THEN true ELSE {{test}} END"
        tests.append(_pattern_test(text, rule["pattern"], rest))
    if not rule.get("not", {}).get("pattern", "").startswith("^[0-9]+"):
        return tests + _unlike(text, rule)
    # Most texts begin with no digit; and what may be a number only reads like a text.
    if given is Given.TEXT:
        tests.append(f"({text} < '0' OR {text} >= ':' OR {_unlike(text, rule)[0]})")
    return tests


def _unlike(text: str, rule: Mapping[str, Any]) -> list[str]:
    if "not" not in rule:
        return []
    return [f"NOT regexp_matches({text}, {literal(rule['not']['pattern'])})"]


def surely_text(field: str) -> str:
    """SQL that is true where a plain text can't have been a number, a list or the like.

    The engine reads 5 and "5" alike as 5; only one of them is a valid name.
    """
    words = ", ".join(literal(word) for word in sorted(LOOK_ALIKES))
    longest = max(map(len, LOOK_ALIKES))
    return (
        f"({field} < '-' OR {field} >= ':') AND ({field} < '[' OR {field} >= '\\') "
        f"AND ({field} < '{{' OR {field} >= '|') "
        f"AND CASE WHEN strlen({field}) > {longest} THEN true ELSE lower({field}) NOT IN ({words}) END"
    )


def _length_tests(field: str, rule: Mapping[str, Any], marks: int) -> list[str]:
    # A text has no more characters than bytes, and bytes need no counting: what has too many
    # of them is judged.
    least = rule.get("minLength", 0)
    tests = [f"{'strlen' if least <= 1 else 'length'}({field}) >= {least + marks}"]
    if "maxLength" in rule:
        tests.append(f"strlen({field}) <= {rule['maxLength'] + marks}")
    return tests


def _pattern_test(text: str, pattern: str, unless_blank: str) -> str:
    test = f"regexp_matches({text}, {literal(pattern)})"
    return unless_blank.format(test=test) if _ALL_BUT_BLANKS.fullmatch(pattern) else test


def _or_missing(field: str, test: str) -> str:
    # CASE, unlike OR, spares the rows that are decided: most fields are mostly missing.
    return f"CASE WHEN {field} IS NULL THEN true ELSE {test} END"

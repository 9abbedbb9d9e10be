"""Values for each property of a JSON Schema: by its rules, at their edges and against them.

The rules are read from the schema, so that a new property has its hostile values by itself, and
a new keyword stops the tests until somebody says here how it may be broken.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st
from said import (
    LOOK_ALIKES,
    NO_TEXTS,
    WIDE,
    Said,
    anything,
    around,
    blank_text,
    number,
    short_time,
    time,
    written,
)


def of_length(rule: Mapping[str, Any], chance: random.Random) -> str:
    """A text as long as the rule allows or one off, counted in characters or in bytes."""
    limit = chance.choice(_lengths(rule))
    length = max(0, limit + chance.choice([-1, 0, 0, 1]))
    sign = chance.choice(["x", "x", *WIDE, " ", "\\", '"', "/", "A"])
    if chance.random() < 0.5:
        return sign * length
    size = len(sign.encode())
    return sign * (length // size) + "x" * (length % size)


def _lengths(rule: Mapping[str, Any]) -> tuple[int, int]:
    return rule.get("minLength", 0), rule.get("maxLength", 100)


def _edges(rule: Mapping[str, Any]) -> tuple[int, int]:
    return rule.get("minimum", -(2**63)), rule.get("maximum", 2**63 - 1)


_FAIR = 12  # characters of a fair text; its limits are tried elsewhere
_STRING = {"type", "minLength", "maxLength", "pattern", "not", "format"}
_TOP = {
    "$schema",
    "$id",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "dependentRequired",
}
_ALLOWED = {"string": _STRING, "boolean": {"type"}, "integer": {"type", "minimum", "maximum"}}


@dataclass(frozen=True)
class Property:
    """One property of the schema.

    Attributes:
        name: Its key.
        rule: Its rules, without what is there for readers only.
    """

    name: str
    rule: Mapping[str, Any]

    def plain(self) -> Any:  # noqa: ANN401
        """A valid value; a text looks like nothing but a text."""
        if "enum" in self.rule:
            return self.rule["enum"][0]
        if self.rule["type"] != "string":
            return True if self.rule["type"] == "boolean" else _edges(self.rule)[0]
        if "format" in self.rule:
            return "2026-01-05T07:00:00Z"
        least, most = _lengths(self.rule)
        size = max(least, min(most, 5))
        return next(text for word in ("plain", "PLAIN")
                    if re.search(self.rule.get("pattern", ""), text := word[:size]))  # fmt: skip

    def fair(self) -> st.SearchStrategy[Any]:
        """Values by the rules, most of them valid."""
        if "enum" in self.rule:
            return st.sampled_from(self.rule["enum"])
        if self.rule["type"] == "boolean":
            return st.booleans()
        if self.rule["type"] == "integer":
            return st.integers(*_edges(self.rule))
        if "format" in self.rule:
            zones = st.integers(-23 * 60, 23 * 60).map(lambda at: timezone(timedelta(minutes=at)))
            first, last = datetime(1990, 1, 1), datetime(2026, 5, 1)  # noqa: DTZ001 -- drawn with zones
            moments = st.datetimes(first, last, timezones=st.just(UTC) | zones)
            return moments.map(lambda at: at.isoformat())
        least, most = _lengths(self.rule)
        if "pattern" in self.rule:
            return st.from_regex(self.rule["pattern"]).filter(lambda text: len(text) <= most)
        return st.text(string.ascii_letters, min_size=least, max_size=min(most, _FAIR))

    def unfair(self) -> st.SearchStrategy[Any]:
        """Values against a rule that only a search can break, or any text."""
        forbidden = self.rule.get("not", {}).get("pattern")
        return st.from_regex(forbidden) if forbidden else st.text(max_size=8)

    def against(self, chance: random.Random) -> Iterator[Said]:
        """A value against each of its rules, and no other; for times, some at their edges."""
        if "enum" in self.rule:
            word = chance.choice(self.rule["enum"])
            yield from (
                written(text, chance) for text in (word.upper(), f"{word} ", around(word, chance))
            )
            return
        kind, rule = self.rule["type"], self.rule
        if kind == "boolean":
            yield from (Said(b'"true"', "true"), Said(b"1", 1))
        elif kind == "integer":
            low, high = _edges(rule)
            yield from (Said(str(edge).encode(), edge) for edge in (low - 1, high + 1))
            yield from (Said(b"0.5", 0.5), Said(b'"5"', "5"))
        elif "format" in rule:
            times = [short_time(chance) for _ in range(4)] + [time(chance) for _ in range(4)]
            yield from (written(text, chance) for text in times)
        else:
            yield chance.choice(chance.choice(NO_TEXTS))
            least, most = _lengths(rule)
            for text in ("x" * (least - 1), "x" * (most + 1)):
                yield Said(json.dumps(text).encode(), text)
            if "pattern" in rule:
                texts = _against_pattern(rule, chance)
                yield from (Said(json.dumps(text).encode(), text) for text in texts)

    def odd(self, chance: random.Random) -> Said:
        """A value at the edge of the rules, or over it."""
        if chance.random() < 0.3:
            return anything(chance)
        if "enum" in self.rule:
            return written(around(chance.choice(self.rule["enum"]), chance), chance)
        kind = self.rule["type"]
        if kind == "boolean":
            words = ["true", "false", "True", "1", "0", "yes", "t"]
            return chance.choice([written(chance.choice(words), chance), number(chance)])
        if kind == "integer":
            edge = chance.choice(_edges(self.rule)) + chance.choice([-1, 0, 1])
            forms = [Said(form.encode(), edge) for form in (f"{edge}", f"{edge}.0", f"{edge}e0")]
            return chance.choice([*forms, number(chance), written(str(edge), chance)])
        if "format" in self.rule:
            said = time(chance) if chance.random() < 0.9 else short_time(chance)
            return written(around(said, chance) if chance.random() < 0.2 else said, chance)
        texts = [
            of_length(self.rule, chance),
            around(chance.choice(LOOK_ALIKES), chance),
            blank_text(chance),
        ]
        return written(chance.choice([*texts, chance.choice(LOOK_ALIKES)]), chance)


def _against_pattern(rule: Mapping[str, Any], chance: random.Random) -> list[str]:
    """Texts of the right length in which a pattern is not found: the plainest, and two more.

    Raises:
        NotImplementedError: There are too few among those that are tried.
    """
    odd = [*(blank_text(chance) for _ in range(60)), *LOOK_ALIKES, "é€x"]
    chance.shuffle(odd)
    least, most = _lengths(rule)
    of_length = [text for text in (" ", "xyz", *odd) if least <= len(text) <= most]
    found = [text for text in of_length if not re.search(rule["pattern"], text)]
    if len(found) < 3:
        raise NotImplementedError(f"what is against {rule['pattern']}?")
    return found[:3]


def properties_of(schema: Mapping[str, Any]) -> Iterator[Property]:
    """The properties of a schema.

    Raises:
        NotImplementedError: A rule is of a kind that no value here would break.
    """
    if more := set(schema) - _TOP:
        raise NotImplementedError(f"how may {sorted(more)} be broken?")
    for name, whole in schema["properties"].items():
        rule = {
            key: said for key, said in whole.items() if key not in ("description", "x-expected")
        }
        known = {"enum"} if "enum" in rule else _ALLOWED.get(rule.get("type", ""), set())
        inner = set(rule.get("not", {})) - {"pattern", "x-expected"}
        if set(rule) - known or inner or rule.get("format", "date-time") != "date-time":
            raise NotImplementedError(f"{name}: how may {sorted(rule)} be broken?")
        yield Property(name, rule)

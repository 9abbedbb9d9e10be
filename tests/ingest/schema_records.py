"""Hostile records made from a schema, and which of them are valid: known without reading them.

A record is put together from tokens whose meaning is known, so that its verdict needs no parser:
`jsonschema` is asked about what was meant. Of a repeated key the first counts, null means missing.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from said import BROKEN, Broken, Said, anything, around, written
from schema_values import Property, properties_of

_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?"
    r"(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))",
    re.ASCII,
)
_BARE = (b"[]", b"[{}]", b"{}", b"5", b'"text"', b"null", b"{", b"}", b"not JSON", b"\xef\xbb\xbf{}",
         b"\xff\xfe", b"\x00", b"\xc2\xa0", b"<xml/>", b'{"a":1}{"a":2}', b"[1,", b",")  # fmt: skip
_BLANK = (b"", b" ", b"\t", b"\r", b"\x0b", b"\x0c", b" \t\x0b\x0c")
_AFTER = (b",", b" x", b"}", b"\x00", b"\xc2\xa0", b'{"a":1}', b"\xff", b"\xe2\x80\x8b", b"#")


@dataclass(frozen=True)
class Line:
    """A line of a log.

    Attributes:
        text: Its bytes, without the line's end.
        means: The object on it; None for a blank line.
    """

    text: bytes
    means: dict[str, Any] | Broken | None


@dataclass(frozen=True)
class Maker:
    """What records are made of.

    Attributes:
        properties: Those of the schema.
        required: The names of some of them.
        needed: By the name of a property, what has to stand beside it.
        fair: By name, values that a search by the schema's rules came to.
        unfair: By name, values that a search against its rules came to.
    """

    properties: Sequence[Property]
    required: Sequence[str]
    needed: Mapping[str, Sequence[str]]
    fair: Mapping[str, Sequence[Any]]
    unfair: Mapping[str, Sequence[str]]

    def record(self, chance: random.Random) -> Line:
        """A line with none to three faults; not every fault makes it invalid."""
        if chance.random() < 0.02:
            kind = chance.choice([_BARE, _BLANK])
            return Line(chance.choice(kind), BROKEN if kind is _BARE else None)
        if chance.random() < 0.3:  # times have more edges than all else
            times = [each for each in self.properties if "format" in each.rule]
            return _sparse_and(chance.choice(times), chance, self)
        faults = chance.choice([0, 0, 1, 1, 1, 1, 2, 3])
        pairs = self._sound(chance)
        for _ in range(faults):
            self._spoil(pairs, chance)
        line = _line(pairs, chance)
        return _cut(line, chance) if faults and chance.random() < 0.06 else line

    def clean(self, number: int, **more: str) -> Line:
        """A valid line with all properties, as a provider writes them."""
        said = {each.name: each.plain() for each in self.properties} | more
        said["message_id"] = f"clean{number}"
        return Line(json.dumps(said).encode(), said)

    def singles(self, chance: random.Random) -> Iterator[Line]:
        """Lines that are clean but for one thing: each rule broken once."""
        nothing = Said(b"null", None)
        for each in self.properties:
            unlike = self.unfair[each.name][:1] if "not" in each.rule else []
            yield from (_clean_but({each.name: said}, self) for said in each.against(chance))
            yield from (
                _clean_but({each.name: Said(json.dumps(text).encode(), text)}, self)
                for text in unlike
            )
        for name in self.required:
            yield _clean_but({name: nothing}, self)
            near = written(around(name, chance), chance)
            yield _clean_but({name: nothing}, self, [(near, Said(b'"x"', "x"))])
        for others in self.needed.values():
            yield from (_clean_but({name: nothing}, self) for name in others)

    def sparse(self, number: int, **more: str) -> Line:
        """A valid line with the required properties only."""
        said = {each.name: each.plain() for each in self.properties if each.name in self.required}
        said |= {"message_id": f"sparse{number}"} | more
        return Line(json.dumps(said).encode(), said)

    def late(self, chance: random.Random) -> Iterator[Line]:
        """Sparse lines with one property more, each with a value against one of its rules."""
        for each in self.properties:
            if each.name not in self.required:
                yield _sparse_and(each, chance, self)

    def _sound(self, chance: random.Random) -> list[tuple[Said, Said]]:
        asked = [
            each for each in self.properties if each.name in self.required or chance.random() < 0.25
        ]
        chance.shuffle(asked)
        return [
            (Said(f'"{each.name}"'.encode(), each.name), self._value(each, chance))
            for each in asked
        ]

    def _value(self, of: Property, chance: random.Random) -> Said:
        value = chance.choice(self.fair[of.name])
        return (
            written(value, chance)
            if isinstance(value, str)
            else Said(json.dumps(value).encode(), value)
        )

    def _odd(self, of: Property, chance: random.Random) -> Said:
        if self.unfair[of.name] and chance.random() < 0.1:
            return written(chance.choice(self.unfair[of.name]), chance)
        return of.odd(chance)

    def _spoil(self, pairs: list[tuple[Said, Said]], chance: random.Random) -> None:
        """Put one fault in: in a value, in a key, or in there being a key at all."""
        if not pairs:
            return
        place, kind = chance.randrange(len(pairs)), chance.random()
        key, value = pairs[place]
        of = chance.choice(self.properties)
        name = Said(f'"{of.name}"'.encode(), of.name)
        if kind < 0.5:
            same = [at for at, (said, _) in enumerate(pairs) if said.means == of.name]
            pairs[slice(same[0], same[0] + 1) if same else slice(place, place)] = [
                (name, self._odd(of, chance))
            ]
        elif kind < 0.58:
            pairs[place] = key, chance.choice([Said(b"null", None), anything(chance)])
        elif kind < 0.7:  # said twice, the second time before or after the first
            again = chance.choice(
                [Said(b"null", None), self._odd(of, chance), self._value(of, chance)]
            )
            pairs.insert(chance.choice([0, place, len(pairs)]), (name, again))
        elif kind < 0.78:
            pairs[place] = written(around(str(key.means), chance), chance), value
        elif kind < 0.84:
            pairs.insert(place, (written(around(of.name, chance), chance), self._odd(of, chance)))
        elif kind < 0.9:
            pairs[place] = written(str(key.means), random.Random(chance.random())), value  # noqa: S311
        elif kind < 0.94:
            del pairs[place]
        else:
            pairs.insert(
                place,
                (written(chance.choice(["x", "", "é", "$", "a.b"]), chance), anything(chance)),
            )


def _line(pairs: Sequence[tuple[Said, Said]], chance: random.Random) -> Line:
    comma, colon = chance.choice([(b",", b":"), (b", ", b": "), (b" ,\t", b"\t:\r ")])
    last = b"," if pairs and chance.random() < 0.02 else b""  # taken besides what JSON takes
    text = b"{" + comma.join(key.text + colon + value.text for key, value in pairs) + last + b"}"
    if any(part.means is BROKEN for pair in pairs for part in pair):
        return Line(text, BROKEN)
    means: dict[str, Any] = {}
    for key, value in pairs:
        means.setdefault(key.means, value.means)
    if chance.random() < 0.05:
        text = chance.choice(_BLANK) + text + chance.choice(_BLANK)
    return Line(text, means)


def _clean_but(
    odd: Mapping[str, Said], maker: Maker, more: Sequence[tuple[Said, Said]] = ()
) -> Line:
    """A clean line in which some values are others."""
    clean = {each.name: each.plain() for each in maker.properties}
    said = {name: Said(json.dumps(value).encode(), value) for name, value in clean.items()} | odd
    pairs = [*((Said(f'"{name}"'.encode(), name), value) for name, value in said.items()), *more]
    return _line(pairs, random.Random(0))  # noqa: S311


def _sparse_and(odd: Property, chance: random.Random, maker: Maker) -> Line:
    """A line with the required properties, and one more with a value against its rules."""
    said = {each.name: each.plain() for each in maker.properties if each.name in maker.required}
    pairs = [(key, Said(json.dumps(means).encode(), means)) for key, means in said.items()]
    named = [(Said(f'"{key}"'.encode(), key), each) for key, each in pairs]
    named.append(
        (Said(f'"{odd.name}"'.encode(), odd.name), chance.choice(list(odd.against(chance))))
    )
    return _line(named, random.Random(0))  # noqa: S311


def _cut(line: Line, chance: random.Random) -> Line:
    text = line.text.strip(b" \t\r\x0b\x0c")
    if chance.random() < 0.5:
        return Line(text[: chance.randrange(1, len(text))], BROKEN)
    return Line(text + chance.choice(_AFTER), BROKEN)


@st.composite
def makers(draw: st.DrawFn, schema: Mapping[str, Any]) -> Maker:
    """Makers of records, with values that are searched for by the rules of a schema."""
    properties = list(properties_of(schema))
    fair = {each.name: draw(st.lists(each.fair(), min_size=3, max_size=3)) for each in properties}
    unfair = {each.name: draw(st.lists(each.unfair(), min_size=1, max_size=2)) for each in properties
              if each.rule.get("type") == "string"}  # fmt: skip
    unfair |= {each.name: [] for each in properties if each.name not in unfair}
    return Maker(properties, schema["required"], schema.get("dependentRequired", {}), fair, unfair)


def seeds() -> st.SearchStrategy[random.Random]:
    """Chances, each from a seed."""
    return st.integers(0, 2**40).map(random.Random)


def records(maker: Maker, chance: random.Random, count: int) -> list[Line]:
    """So many lines, the first of them clean, the last with a value of a million characters."""
    large = written(chance.choice("xé€\\") * 1_000_000, chance)
    name = chance.choice([*(each.name for each in maker.properties), "x"])
    found = [maker.record(chance) for _ in range(count - 2)]
    return [maker.clean(0), *found, _clean_but({name: large}, maker)]


class Judge:
    """Tells which objects are valid: `jsonschema` with the schema, and times that exist."""

    def __init__(self, schema: Mapping[str, Any], log_end_us: int | None) -> None:
        checker = FormatChecker(formats=())
        checker.checks("date-time")(
            lambda value: not isinstance(value, str) or micros(value) is not None
        )
        self._validator = Draft202012Validator(schema, format_checker=checker)
        self._rules, self._end = schema["properties"], log_end_us

    def accepts(self, means: Mapping[str, Any] | Broken) -> bool:
        """Whether an object is a valid event."""
        if isinstance(means, Broken):
            return False
        said = {name: means[name] for name in self._rules if means.get(name) is not None}
        if not self._validator.is_valid(said):
            return False
        times = [
            micros(said[name]) for name in said if self._rules[name].get("format") == "date-time"
        ]
        return self._end is None or all(at is not None and at <= self._end for at in times)

    def refused(self, lines: Iterable[Line]) -> list[tuple[int, int]]:
        """Number and line of each record that is to be refused, both from 1."""
        found, number = [], 0
        for at, line in enumerate(lines, start=1):
            if line.means is None:
                continue
            number += 1
            if not self.accepts(line.means):
                found.append((number, at))
        return found


def micros(text: str) -> int | None:
    """A time as µs since 1970, cut; None if there is no such time, or not in the years 1 to 9999."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    fraction, sign, off_hours, off_minutes = found.groups()[6:]
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        offset = timedelta(hours=int(off_hours or 0), minutes=int(off_minutes or 0))
        moment = local - (-offset if sign == "-" else offset)
    except (ValueError, OverflowError):
        return None
    whole = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return whole + int((fraction or ".")[1:7].ljust(6, "0"))


def typed(line: Line, names: Sequence[str]) -> Line:
    """A line whose object has values of single kinds only; else one that is blank."""
    if not isinstance(line.means, dict):
        return replace(line, means=None)
    said = {name: line.means.get(name) for name in names}
    single = all(value is None or isinstance(value, str | bool | int) for value in said.values())
    return replace(line, means=said if single else None)

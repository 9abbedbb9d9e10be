"""A provider's sample records, damaged in the ways that logs are, and in some that they are not."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 1.5, 10**20, 1513299569, 1591726752372, "", " ", "x", "é\n", "\0",
    "null", "true", "5", "1513299569", "2016-10-19T23:21:04.133Z", "Siti <siti@example.org>",
    "whatsapp:+6281234567890", "<14c5d75ce93.dfd.64b469@ismtpd-555>", 'a"b\\c', "\\ud83d", "*",
    [], {}, [None], ["x"], ["x", "y"], [5], {"a": 1}, [[["x"]]],
)  # fmt: skip
"""Values that may stand where others belong."""

BROKEN = (
    b"{", b"}", b"[", b"no JSON", b"null", b"5", b'"text"', b"[]", b"{}", b"[1, {}]", b"\xff{}",
    b'{"a": "\\ud800"}', b'{"a": nan}', b'{"a": 1,}', b"   ", b"\0", b"{" * 3000, b"[" * 3000,
    b'{"a":' * 3000 + b"1" + b"}" * 3000,
)  # fmt: skip
"""Lines that are no records."""


def damaged(record: dict[str, Any], chance: random.Random) -> bytes:
    """A record with one to three faults, as a line of JSON."""
    value = copy.deepcopy(record)
    for _ in range(chance.randint(1, 3)):
        _damage(value, chance)
    text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    kind = chance.random()
    if kind < 0.05:
        text = text[: chance.randrange(len(text))]
    elif kind < 0.1:
        # A repeated key: the first counts.
        key = chance.choice(list(value) or ["x"])
        text = text.replace("{", f"{{{json.dumps(key)}: {json.dumps(chance.choice(ODD))}, ", 1)
    elif kind < 0.13:
        text = text.replace("e", "\\u0065", 2)  # in a key or in a text: the same record
    return text.encode("utf-8", "surrogatepass").replace(b"\n", b"\\n")


def _damage(value: Any, chance: random.Random) -> None:  # noqa: ANN401
    places = list(_places(value))
    if not places:
        return
    holder, key = chance.choice(places)
    kind = chance.random()
    if kind < 0.25:
        del holder[key]
    elif kind < 0.65:
        holder[key] = copy.deepcopy(chance.choice(ODD))
    elif kind < 0.75:
        holder[key] = [holder[key]] * chance.randint(1, 2)
    elif kind < 0.85 and isinstance(holder[key], str):
        holder[key] = chance.choice((str.upper, str.swapcase, _with_blank, _twice))(holder[key])
    else:
        other_holder, other_key = chance.choice(places)
        holder[key] = copy.deepcopy(other_holder[other_key])


def _with_blank(text: str) -> str:
    return f" {text} "


def _twice(text: str) -> str:
    return text + text


def _places(value: Any) -> Any:  # noqa: ANN401
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(pairs):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def damaged_lines(records: list[dict[str, Any]], seed: int, count: int) -> bytes:
    """A file of lines: sound records, damaged ones and what is no record at all."""
    chance = random.Random(seed)  # noqa: S311 -- a test's choice of cases
    lines = []
    for _ in range(count):
        kind = chance.random()
        record = chance.choice(records)
        if kind < 0.3:
            lines.append(json.dumps(record).encode())
        elif kind < 0.36:
            lines.append(chance.choice(BROKEN))
        else:
            lines.append(damaged(record, chance))
    return b"\n".join(lines) + chance.choice((b"", b"\n", b"\r\n", b"\n\n"))


def damaged_batches(records: list[dict[str, Any]], seed: int, count: int) -> bytes:
    """The same in arrays, several records a line."""
    chance = random.Random(seed)  # noqa: S311
    lines = []
    for line in damaged_lines(records, seed, count).split(b"\n"):
        sound = json.dumps(chance.choice(records)).encode()
        lines.append(b"[" + b", ".join([line] * (line.strip() != b"") + [sound]) + b"]")
    return b"\n".join(lines)

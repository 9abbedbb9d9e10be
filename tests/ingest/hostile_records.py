"""Records as no provider should write them, and as some do.

Made from a seed, many at a time: what a file costs to open is paid once for hundreds.
"""

from __future__ import annotations

import json
import random
from typing import Any

GOOD: dict[str, Any] = {
    "message_id": "m0",
    "event": "sent",
    "channel": "sms",
    "recipient": "+6281",
    "occurred_at": "2026-01-05T07:00:00+07:00",
}

# The first two of each are valid.
VALUES: dict[str, list[Any]] = {
    "message_id": ["m1", "m2", "é", "x" * 998, "x" * 999, "", 5, None, "a\\b", "a\nb", "\x00", " "],
    "event": ["sent", "delivered", "failed", "opened", "clicked", "replied", "expired", "queued",
              "read", "converted", "SENT", "bounce", None, 1],
    "channel": ["sms", "email", "x" * 64, "x" * 65, "", True],
    "recipient": ["+62", "A@b.c", " a@B.c", "\xa0x@Y ", "İ@x", "ΑΣ@X", "é@É", "", " ", "\t", 5,
                  "x" * 320, "x" * 321],
    "occurred_at": ["2026-01-05T07:00:00Z", "2026-01-05T07:00:01.5+07:00", "2026-01-05t07:00:00z",
                    "2026-01-05T07:00:00", "2026-02-30T00:00:00Z", "2026-01-05T07:00:00.1234567Z",
                    "1969-12-31T23:59:59.9999999Z", "2026-01-05T23:59:60Z", "2026-01-05T24:00:00Z",
                    "2027-01-05T07:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59",
                    "0001-01-01T00:00:00+23:59", "2026-01-05 07:00:00Z", "2026-01-05", 5, ""],
    "receipt": ["device", "carrier", "x", None],
    "permanent": [True, False, "true", 1, None],
    "machine": [True, False, None, 0],
    "reason": ["no_mailbox", "quota", "other", "x"],
    "provider": ["ses", "reach", "", None],
    "account": ["a", "b", "x" * 257],
    "alias_id": ["m1", "m2", "é"],
    "campaign": ["c1", "c2", "😀", "\\"],
    "region": ["Jawa", "Bali", None, [], {}, [[1]], {"a": None}],
    "segment": ["s", "t"],
    "purpose": ["policy", "service", "x"],
    "variant": ["A", "B"],
    "cost_micros": [0, 5, 5.0, 1e3, 10**15, 10**15 + 1, 2**63 - 1, 2**63, 2**64, 10**40, -1, -0.0,
                    0.5, "5", True, None, float("inf"), float("nan")],
    "currency": ["IDR", "USD", "idr", "IDRR", "ID\n"],
    "tags": [1, [1, [2]], {"a": None}, float("inf"), '"', {"event": "read"}],
    "Event": ["failed"],
    "": [1],
}  # fmt: skip
REQUIRED = ("message_id", "event", "channel", "recipient")

TAILS = [
    b'"event":"read"', b'"\\u0065vent":1', b'"message_id":null', b'"x":[1,]', b'"x":[,]',
    b'"x":{,}', b'"x":-Inf', b'"x":nan,', b'"x":Infinity', b'"x":nano', b'"x":+1', b'"x":01',
    b'"x":1.', b'"x":0x1', b'"x":' + b"9" * 5000, b'"x":"\\ud800"', b'"x":"\\ud83d\\ude00"',
    b'"\\ude00":1', b'"x":"\\q"', b'"x":"\t"', b'"x":"\x00"', b'"x":"\xff"', b'"x":"\xc0\x80"',
    b'"x":' + b"[" * 140 + b"]" * 140, b'"x":' + b'{"a":' * 1500 + b"1" + b"}" * 1500,
    b'"x":' + b"[" * 1500 + b"]" * 1499, b'"region":' + b"[" * 1500 + b"]" * 1500, b"", b"x:1",
    b"'x':1", b'"x":TRUE', b'"x":/**/1',
]  # fmt: skip

LINES = [
    b"", b" ", b"\t", b"\x0b", b"\x0c", b"\r", b"\x00", b"[]", b"[{}]", b"{}", b"{", b"}", b"5",
    b'"text"', b"null", b"NaN", b"[,]", b"{,}", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc2\xa0", b"# no",
    b"<xml/>", b"not JSON", b'{"a":1}{"a":2}',
]  # fmt: skip
ENDS = [b" ", b"\r", b"\r\r", b"\x0b", b"\x0c", b"\x00", b",", b" x", b"}", b"\xc2\xa0"]


def hostile_file(seed: int, records: int) -> bytes:
    """A file of as many records, with no two files alike."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    between = chance.choice([b"\n", b"\r\n", b"\n\n"])
    first = b"\xef\xbb\xbf" if chance.random() < 0.1 else b""
    last = chance.choice([b"", b"\n"])
    lines = [json.dumps(GOOD).encode(), *(hostile_record(chance) for _ in range(records))]
    return first + between.join(lines) + last


def hostile_record(chance: random.Random) -> bytes:
    """One line, more often wrong than right."""
    kind = chance.random()
    if kind < 0.05:
        return chance.choice(LINES)
    line = _object(chance)
    if kind < 0.2:
        line = line[:-1] + b"," + chance.choice(TAILS) + b"}"
    elif kind < 0.25:
        line += chance.choice(ENDS)
    elif kind < 0.4:
        line = _mutated(line, chance)
    elif kind < 0.43:
        line = line[: chance.randrange(len(line) + 1)]
    return line


def _object(chance: random.Random) -> bytes:
    wild = chance.random() / 2
    optional = [name for name in VALUES if name not in REQUIRED]
    names = [*REQUIRED, *(name for name in optional if chance.random() < 0.25)]
    chance.shuffle(names)
    said = {
        name: chance.choice(VALUES[name] if chance.random() < wild else VALUES[name][:2])
        for name in names
    }
    return json.dumps(said, ensure_ascii=chance.random() < 0.5).encode()


def _mutated(line: bytes, chance: random.Random) -> bytes:
    changed = bytearray(line)
    for _ in range(chance.choice([1, 1, 2, 3])):
        at = chance.randrange(len(changed))
        sign = chance.choice(b'",{}[]:\\ \n\r\t\x00\xff\xe9N019-.eE+u')
        what = chance.choice(["replace", "remove", "insert"])
        changed[at : at + (what != "insert")] = b"" if what == "remove" else bytes([sign])
    return bytes(changed)

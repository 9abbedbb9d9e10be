"""Tokens of JSON, each as it is written and as what it means.

What a token means is known because it was made to mean that: nothing here reads JSON.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class Broken:
    """What a token means that is none: no record that holds it is JSON."""


BROKEN = Broken()


@dataclass(frozen=True)
class Said:
    """A value.

    Attributes:
        text: As it stands in the record.
        means: What it says.
    """

    text: bytes
    means: Any


_SURROGATE = re.compile("[\ud800-\udfff]")

BLANKS = (
    " ", "\t", "\n", "\r", "\f", "\v", "\x1c", "\x1f", "\x85", "\xa0", "\u1680", "\u2003", "\u200b",
    "\u2028", "\u202f", "\u205f", "\u3000", "\u2060", "\ufeff", "\x00", "\x7f",
)  # fmt: skip
"""All that looks like nothing, be it a blank or not."""

WIDE = ("é", "€", "😀", "\U0010ffff", "\ufffd")  # characters of two to four bytes

LOOK_ALIKES = (
    "5", "-5", "+5", "05", "1.5", ".5", "1e3", "1E+3", "3,5E+12", "6.28E+11", "12e+5", "1E+x", "0x1", "-",
    "true", "false", "null", "True", "FALSE", "NULL", "nan", "NaN", "-nan", "inf", "-Infinity", "None",
    "[]", "{}", "[1]", '{"a":1}', "2026-01-05", "2026-01-05T07:00:00Z", "'", '"', "\\", "/", "\\u0041",
    "\\\\", "a\\nb", "+6281", "00 62 81", "Siti <s@x.id>", "A@B.ID", "a@b", "İ@X", "ß", "ﬀ", "e\u0301",
)  # fmt: skip

_NUMBERS = (
    "0", "1", "-1", "-0", "0.0", "-0.0", "1.0", "1.5", "1e3", "1E3", "1e+3", "1e-3", "10e-1", "5e0", "1e15",
    "1e16", "1e308", "0.1e1", "1.0000000000000001", "999999999999999.9", "123456789012345678",
)  # fmt: skip
_LARGE = [2**31 - 1, 2**31, 2**32, 2**53 - 1, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64]

_NO_NUMBERS = (
    "NaN",
    "nan",
    "Infinity",
    "-Infinity",
    "inf",
    "-inf",
    "-NaN",
)  # taken besides JSON's own
_CONSTANTS = (
    ("null", None),
    ("true", True),
    ("false", False),
    *((word, float(word)) for word in _NO_NUMBERS),
)

_NO_TOKENS = (
    "TRUE", "True", "NULL", "None", "+1", "01", "-01", "1.", ".5", "1e", "0x1", "'a'", "a", "-", '"', '"\\q"',
    '"\\u12"', '"\\ud800"', '"\\ude00"', '"\\ud83dx"', '"\\ud83d\\u0041"', '"a\tb"', '"\x00"', '"\x1f"',
    "[", "[1", "{", '{"a"}', '{"a":}', "{1:2}", "}", "1 2", "\ufeff1", "\xa01",
)  # fmt: skip
_NO_UTF_8 = (
    b'"\xff"',
    b'"\xc0\x80"',
    b'"\xc3"',
    b'"\xed\xa0\x80"',
    b'"\xf4\x90\x80\x80"',
    b'"\xe2\x82"',
)

_DATES = (
    "2024-02-29", "1969-12-31", "1970-01-01", "0001-01-01", "9999-12-31", "0000-01-01", "2026-02-29",
    "2026-02-30", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-05",
    "2026-01-5", "20260105", "10000-01-01", "26-01-05", "-2026-01-05", "+2026-01-05", "2026-W02-1",
    "2026-005", "2026/01/05", "２026-01-05", "2026-01-٠5", "0999-12-31", "2999-01-01", "3000-01-01",
)  # fmt: skip
_CLOCKS = (
    "23:59:59", "00:00:00", "23:59:60", "24:00:00", "24:00:01", "07:60:00", "07:00:60", "7:00:00", "07:00",
    "07:0:00", "070000", "07:00:61", "07:00:0", "-7:00:00", "07.00.00", "07:00: 0", "0７:00:00",
)  # fmt: skip
_FRACTIONS = (*("." + "123456789012"[:digits] for digits in range(13)), ",5", ".0000000", ".9999999",
              ".-5", ". 5", ".5.5", ".٥")  # fmt: skip
_ZONES = (
    "z", "+07:00", "-07:00", "+00:00", "-00:00", "+23:59", "-23:59", "+24:00", "+07:60", "+07", "+0700",
    "+7:00", "", " Z", "ZZ", "UTC", "+07:00:00", "\u221207:00", "+07:00Z", "[UTC]", "Z[UTC]",
)  # fmt: skip
_BETWEEN = ("t", " ", "_", "", "  ", "T ")


NO_TEXTS = (
    (Said(b"5", 5), Said(b"-5", -5), Said(b"1.5", 1.5), Said(b"0", 0)),
    tuple(Said(word.encode(), means) for word, means in _CONSTANTS if means is not None),
    (Said(b"[]", []), Said(b'["x"]', ["x"]), Said(b"{}", {}), Said(b'{"a":"x"}', {"a": "x"})),
)


def written(text: str, chance: random.Random) -> Said:
    r"""A text as a token, in one of the ways to write it: as it is, or with \u0065 for e, \/ for /."""
    way = chance.random()
    if _SURROGATE.search(text):
        return Said(json.dumps(text).encode(), BROKEN)
    if way < 0.5:
        token = json.dumps(text, ensure_ascii=False)
    elif way < 0.7:
        token = json.dumps(text)
    else:
        first = chance.randint(0, len(text))
        last = chance.choice([first + 1, first + 40])
        escaped = "".join(_escaped(sign, chance) for sign in text[first:last])
        before, after = (
            json.dumps(part, ensure_ascii=False) for part in (text[:first], text[last:])
        )
        token = before[:-1] + escaped + after[1:]
    return Said(token.encode(), text)


def _escaped(sign: str, chance: random.Random) -> str:
    if sign == "/":
        return "\\/"
    units = sign.encode("utf-16-be").hex()
    units = chance.choice([units, units.upper()])
    return "".join("\\u" + units[at : at + 4] for at in range(0, len(units), 4))


def anything(chance: random.Random) -> Said:
    """A token that fits hardly any rule, and often is none."""
    text, means = chance.choice(_CONSTANTS)
    no_token = chance.choice([*(each.encode() for each in _NO_TOKENS), *_NO_UTF_8])
    said = chance.choice([*LOOK_ALIKES, *BLANKS, *WIDE, "\ud800", "\udfffa", ""])
    make: Callable[[], Said] = chance.choice([
        lambda: Said(no_token, BROKEN), lambda: Said(text.encode(), means), lambda: number(chance),
        lambda: _nested(chance), lambda: written(said, chance), lambda: written(said, chance),
    ])  # fmt: skip
    return make()


def number(chance: random.Random) -> Said:
    """A number: small, fractional, at the edges of 32, 53 and 64 bits, or of thousands of digits."""
    kind = chance.random()
    if kind < 0.5:
        text = chance.choice(_NUMBERS)
        return Said(text.encode(), float(text) if set(text) & set(".eE") else int(text))
    if kind < 0.9:
        exact = chance.choice([-1, 1]) * (chance.choice(_LARGE) + chance.choice([-1, 0, 0, 1]))
        return Said(str(exact).encode(), exact)
    digits = chance.choice([18, 19, 20, 39, 40, 310, 5000])
    return Said(b"9" * digits, 10 ** min(digits, 400))  # more can't be told in a message


def _nested(chance: random.Random) -> Said:
    inner = chance.choice([b"1", b'"event"', b'{"event":"read"}', b"null", b"nan", b"[1,]"])
    text, means = chance.choice([(b"[%b]", [0]), (b'{"event":%b}', {"event": 0}), (b"[[%b,],]", [[0]]),
                                 (b'{"a":%b,"a":2,}', {"a": 0}), (b"[" * 300 + b"%b" + b"]" * 300, [0])])  # fmt: skip
    return chance.choice([Said(text % inner, means), Said(b"[]", []), Said(b"{}", {})])


def time(chance: random.Random) -> str:
    """A time with none, one or two of its parts at an edge or over it."""
    usual = ["2026-01-05", "T", "07:00:00", "", "Z"]
    fine = [*usual[:3], ".5", "+07:00"]
    parts = chance.choice([usual, fine, [*fine[:3], "", "+07:00"], [*fine[:4], "Z"]])
    for _ in range(chance.choice([0, 1, 1, 1, 2])):
        place = chance.randrange(len(parts))
        parts[place] = chance.choice((_DATES, _BETWEEN, _CLOCKS, _FRACTIONS, _ZONES)[place])
    return "".join(parts)


def short_time(chance: random.Random) -> str:
    """A time with a nought less and a blank more: as long as it should be."""
    text = "2026-01-05T07:08:09Z"
    at = chance.choice([5, 8, 11, 14, 17])
    text = text[:at] + text[at + 1 :]
    return chance.choice([f"{text} ", f" {text}", f"{text[:at]} {text[at:]}", f"{text}\t"])


def around(text: str, chance: random.Random) -> str:
    """A text with something beside or within it that is hard to see, or written a little otherwise."""
    blank, at = chance.choice(BLANKS), chance.randint(0, len(text))
    return chance.choice([
        blank + text, text + blank, text[:at] + blank + text[at:], text.upper(), text.title(), text.swapcase(),
        text[:-1], text[1:], text + text[-1:], text[:at] + text[at + 1 :], text + "s", text[::-1],
        text.replace("e", "\u0435"), text.replace("i", "ı"), text + "\u0301", f'"{text}"', "",
    ])  # fmt: skip


def blank_text(chance: random.Random) -> str:
    """Nothing but what looks like nothing."""
    return "".join(chance.choices(chance.choice([BLANKS, " "]), k=chance.choice([1, 1, 2, 3])))

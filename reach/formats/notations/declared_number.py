"""Numbers as a source declares them: with a decimal comma, with thousands parted, or with neither.

``1.376`` is one thousand three hundred and seventy-six in Indonesia and one and a bit in
England. Nothing in the number tells which, so who hands the file over says it, or the number
is not read.
"""

from __future__ import annotations

import re
from functools import cache

from reach.formats.said_beside import said_beside

SIGNS = (".", ",")
"""What may stand before decimals or between thousands."""

_WAYS = ((",", None), (".", None), (",", "."), (".", ","))
_ONLY_SIGNS = re.compile(r"-?[0-9][0-9.,]{0,40}")
_MONEY = re.compile(
    r"(?:rp\.?|idr|usd|us\$|s\$|rm|eur)(?=[\s0-9-])|[$€£¥₹]|(?<=[0-9\s-])(?:rupiah|idr|usd|eur)\b",
    re.IGNORECASE,
)


def plain_digits(said: str, decimal: str, thousands: str | None) -> str | None:
    """A number in digits with a decimal point; None if it is not written as declared.

    Thousands are parted throughout, in groups of three, or not at all.

    Examples:
        >>> plain_digits("1.376,5", ",", "."), plain_digits("1376,5", ",", ".")
        ('1376.5', '1376.5')
        >>> plain_digits("1.37", ",", "."), plain_digits("1.376", ",", None)
        (None, None)
    """
    found = _pattern(decimal, thousands).fullmatch(said)
    if found is None:
        return None
    whole = found["whole"].replace(thousands, "") if thousands else found["whole"]
    return f"{found['sign']}{whole}" + (f".{found['decimals']}" if found["decimals"] else "")


@cache
def _pattern(decimal: str, thousands: str | None) -> re.Pattern[str]:
    whole = "[0-9]{1,15}"
    if thousands:
        whole = rf"[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}}){{1,4}}|{whole}"
    decimals = rf"(?:{re.escape(decimal)}(?P<decimals>[0-9]{{1,18}}))?"
    return re.compile(rf"(?P<sign>-?)(?P<whole>{whole}){decimals}", re.ASCII)


def contradiction(decimal: str | None, thousands: str | None) -> tuple[str, str] | None:
    """What is wrong with what a source declares: received and expected; None if nothing is."""
    for name, said in (("decimal", decimal), ("thousands", thousands)):
        if said is not None and said not in SIGNS:
            return f'{name}: "{said}"', 'a point or a comma: "." or ","'
    if thousands is not None and decimal is None:
        expected = f'decimal, too: "{_other(thousands)}", since thousands are parted by the other'
        return f'thousands: "{thousands}" without decimal', expected
    if thousands is not None and thousands == decimal:
        return f'"{decimal}" for decimal and thousands alike', "one sign for each"
    return None


def cure(said: str, *, whole: bool, declared: bool = False) -> str:
    """What would help with a number that has no one reading, as a sentence's end; maybe nothing.

    Args:
        said: What stood there.
        whole: Whether a whole number belongs there.
        declared: Whether the source declares how its numbers are written.

    Examples:
        >>> cure("12,5", whole=False)
        '; or declare how numbers are written: decimal: "," beside its path, or --decimal ,'
        >>> cure("Rp 350.000", whole=False)
        '; its currency stands in a column of its own, currency, as IDR'
        >>> cure("41 %", whole=False)
        '; a percentage is written without its sign'
    """
    if said.rstrip().endswith("%"):
        return "; a percentage is written without its sign"
    if _MONEY.search(said):
        return "; its currency stands in a column of its own, currency, as IDR"
    if declared or not _ONLY_SIGNS.fullmatch(said):
        return ""
    readings: dict[float, str] = {}
    for decimal, thousands in _WAYS:
        found = plain_digits(said, decimal, thousands)
        if found is None or (whole and float(found) % 1):
            continue
        signs = {"decimal": decimal} | ({"thousands": thousands} if thousands else {})
        readings.setdefault(float(found), said_beside(**signs))
    if not readings:
        return ""
    if len(readings) == 1:
        [way] = readings.values()
        return f"; or declare how numbers are written: {way}"
    ways = "; ".join(f"if it is {value:.15g}, {way}" for value, way in sorted(readings.items()))
    return f"; or declare how numbers are written: {ways}"


def _other(sign: str) -> str:
    return SIGNS[sign == SIGNS[0]]

"""Numbers and dates as a reader of English or Indonesian writes them.

Rates and differences arrive as fractions and leave as percents and percentage points. One
decimal is the rule; more are shown where one would hide a difference, say 0 for what is not
0, or say 100 % for what is not all.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Lang = Literal["en", "id"]

MINUS = "−"
MOST_DECIMALS = 7
_TO_INDONESIAN = str.maketrans({",": ".", ".": ","})
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}


def number(value: float, lang: Lang, decimals: int = 0, *, signed: bool = False) -> str:
    """A number with the language's separators and a real minus sign.

    Examples:
        >>> number(1234.5, "en", 1), number(1234.5, "id", 1)
        ('1,234.5', '1.234,5')
        >>> number(-0.04, "en", 1, signed=True), number(-2, "en")
        ('0.0', '−2')
    """
    rounded = round(value, decimals) + 0.0  # + 0.0 turns -0.0 into 0.0
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    text = f"{abs(rounded):,.{decimals}f}"
    return sign + (text if lang == "en" else text.translate(_TO_INDONESIAN))


def cut_number(value: float, lang: Lang) -> str:
    """A number of at most one decimal, cut and not rounded: below 10 it never reads as 10.

    Examples:
        >>> cut_number(9.97, "en"), cut_number(9.97, "id"), cut_number(6, "en"), cut_number(9.7, "en")
        ('9.9', '9,9', '6', '9.7')
    """
    cut = math.floor(round(10 * value, 6)) / 10  # 10 * 9.7 is a hair off 97
    return number(cut, lang, 0 if cut == int(cut) else 1)


def amount(text: str, lang: Lang) -> str:
    """An exact amount of money, written with a decimal point, to its last digit.

    Examples:
        >>> amount("123456789012.35", "en"), amount("1234.5", "id"), amount("7", "id")
        ('123,456,789,012.35', '1.234,5', '7')
    """
    units, point, rest = text.partition(".")
    written = f"{int(units):,}{point}{rest}"
    return written if lang == "en" else written.translate(_TO_INDONESIAN)


def money(amounts: Sequence[float], lang: Lang) -> list[str]:
    """Amounts of one currency side by side: three digits that count, more where they would be alike.

    Examples:
        >>> money([466.67, 583.33], "en"), money([0.010714], "id"), money([0, 21456], "id")
        (['467', '583'], ['0,0107'], ['0', '21.456'])
        >>> money([466.61, 466.68], "en")
        ['466.6', '466.7']
    """
    smallest = min((each for each in amounts if each > 0), default=1.0)
    least = min(max(2 - math.floor(math.log10(smallest)), 0), MOST_DECIMALS)
    distinct = len({float(f"{each:.9g}") for each in amounts})
    places = next(
        (
            places
            for places in range(least, MOST_DECIMALS)
            if len({round(each, places) for each in amounts}) == distinct
        ),
        MOST_DECIMALS,
    )
    return [number(each, lang, places) for each in amounts]


def decimals_for(fractions: Sequence[float], least: int = 1) -> int:
    """Decimals that keep percents apart which differ, and off 0 and 100 where they are not.

    Args:
        fractions: The fractions printed side by side.
        least: Decimals to start from.

    Returns:
        The fewest decimals that do, at most `MOST_DECIMALS`.

    Examples:
        >>> decimals_for([0.213, 0.215]), decimals_for([0.00012, 0.00015]), decimals_for([0.9996])
        (1, 3, 2)
    """
    percents = sorted(
        {100 * float(f"{fraction:.9g}") for fraction in fractions} | {0.0, 100.0, -100.0}
    )
    for decimals in range(least, MOST_DECIMALS):
        if len({round(percent, decimals) for percent in percents}) == len(percents):
            return decimals
    return MOST_DECIMALS


def percent(fraction: float, lang: Lang, decimals: int | None = None) -> str:
    """A fraction as a percentage.

    Examples:
        >>> percent(0.9312, "en"), percent(0.9312, "id"), percent(0.00004, "en")
        ('93.1 %', '93,1 %', '0.004 %')
    """
    places = decimals_for([fraction]) if decimals is None else decimals
    # A no-break space would keep the sign at its number, but some terminals draw it oddly.
    return f"{number(100 * fraction, lang, places)} %"


def whole_percent(fraction: float, lang: Lang) -> str:
    """A share such as a level or a tipping point: no decimals unless they matter.

    Examples:
        >>> whole_percent(0.95, "en"), whole_percent(0.999, "id"), whole_percent(2 / 3, "en")
        ('95 %', '99,9 %', '67 %')
    """
    return percent(fraction, lang, decimals_for([fraction], least=0))


def percent_range(low: float, high: float, lang: Lang) -> str:
    """An interval of a rate in percent, the sign left to the column.

    Examples:
        >>> percent_range(0.211, 0.215, "en"), percent_range(0.00011, 0.00014, "id")
        ('21.1 – 21.5', '0,011 – 0,014')
    """
    places = decimals_for([low, high])
    return f"{number(100 * low, lang, places)} – {number(100 * high, lang, places)}"


def points(low: float, high: float, lang: Lang, between: str) -> str:
    """A range of differences in percentage points, both signed.

    Examples:
        >>> points(-0.1347, 0.0827, "en", " to "), points(-0.1, 0.05, "id", " … ")
        ('−13.5 to +8.3', '−10,0 … +5,0')
    """
    places = decimals_for([low, high])
    return between.join(number(100 * end, lang, places, signed=True) for end in (low, high))


def difference(fraction: float, lang: Lang) -> str:
    """One difference in percentage points, signed.

    Examples:
        >>> difference(-0.0426, "en"), difference(0.00002, "id"), difference(0, "en")
        ('−4.3', '+0,002', '0.0')
    """
    return number(100 * fraction, lang, decimals_for([fraction]), signed=True)


def p_value(value: float, lang: Lang) -> str:
    """A p-value to three decimals, smaller ones as an inequality.

    Examples:
        >>> p_value(0.0421, "en"), p_value(0.0000018, "id"), p_value(1, "en")
        ('0.042', '< 0,001', '1')
    """
    smallest = 0.001
    if value < smallest:
        return f"< {number(smallest, lang, 3)}"
    return number(value, lang, 0 if value == 1 else 3)


def day(value: date, lang: Lang, *, year: bool = True) -> str:
    """A date with the month in letters.

    Examples:
        >>> day(date(2026, 5, 4), "en"), day(date(2026, 5, 4), "id", year=False)
        ('4 May 2026', '4 Mei')
    """
    text = f"{value.day} {_MONTHS[lang][value.month - 1]}"
    return f"{text} {value.year}" if year else text


def days(start: date, end: date, lang: Lang) -> str:
    """A period, both days included.

    Examples:
        >>> days(date(2026, 1, 5), date(2026, 2, 4), "en")
        '5 Jan – 4 Feb 2026'
        >>> days(date(2025, 12, 5), date(2026, 2, 4), "id")
        '5 Des 2025 – 4 Feb 2026'
    """
    if start == end:
        return day(start, lang)
    return f"{day(start, lang, year=start.year != end.year)} – {day(end, lang)}"


def utc_day(time: str) -> date:
    """The UTC day of an RFC 3339 time.

    Examples:
        >>> utc_day("2026-03-10T00:00:00Z"), utc_day("2026-03-10T02:00:00+07:00")
        (datetime.date(2026, 3, 10), datetime.date(2026, 3, 9))
    """
    return datetime.fromisoformat(time.upper()).astimezone(UTC).date()


def utc_hour(time: str, lang: Lang) -> str:
    """What to say behind the UTC day of an RFC 3339 time; nothing at its beginning.

    Examples:
        >>> utc_hour("2026-03-10T00:00:00+07:00", "en"), utc_hour("2026-03-10T07:00:00+07:00", "en")
        (' 17:00 UTC', '')
    """
    moment = datetime.fromisoformat(time.upper()).astimezone(UTC)
    sign = {"en": ":", "id": "."}[lang]
    return f" {moment:%H{sign}%M} UTC" if moment.hour or moment.minute else ""

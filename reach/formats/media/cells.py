"""Cells of tables, read strictly: what has two readings is refused, and says what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from reach.formats.notations.declared_number import cure, plain_digits
from reach.formats.notations.local_time import to_utc
from reach.formats.record import Options

Read = Callable[[str, Options], object]
"""Reads a cell that is not blank; raises `ValueError` with what is expected instead."""

_COUNT = re.compile(r"(-?[0-9]{1,15})(?:\.00?)?")
_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4,18}))?")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,18})?")
_RUINED = re.compile(r"[0-9]+(?:[.,][0-9]+)?E[+]?[0-9]+", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}


def text(cell: str, options: Options) -> str:  # noqa: ARG001
    """A text, without the blanks around it."""
    return cell.strip()


def count(cell: str, options: Options) -> int:
    """A whole number in digits alone; ``1376.0`` is one, ``1.376`` and ``1,376`` are not.

    Nor is ``85.000``: three digits behind a dot are thousands in half of the world. A source
    may declare that they are so in its file. Whether it may be negative the row's schema says.

    Examples:
        >>> count("1376.0", Options())
        1376
        >>> count("1.376", Options(decimal=",", thousands="."))
        1376
    """
    found = _COUNT.fullmatch(_declared(cell, options, "a whole number", "1{}376"))
    if found is None:
        expected = "a whole number in digits alone, as 1376: no separators, no units"
        raise ValueError(expected + _cure(cell, options, whole=True))
    return int(found[1])


def number(cell: str, options: Options) -> float:
    """A number with a decimal point, unless its source declares a comma.

    Examples:
        >>> number("12.5", Options())
        12.5
        >>> number("12,5", Options(decimal=","))
        12.5
    """
    said = _declared(cell, options, "a number", "1{}376{}5")
    if not _NUMBER.fullmatch(said):
        expected = "a number with a decimal point, as 12.5: no separators, no units"
        raise ValueError(expected + _cure(cell, options, whole=False))
    return float(said)


def amount(cell: str, options: Options) -> float:
    """A number that may be in the thousands, so that ``350.000`` has two readings.

    Where the source declares how numbers are written it has one.

    Examples:
        >>> amount("350000.5", Options())
        350000.5
    """
    if options.decimal is not None:
        return number(cell, options)
    if not _AMOUNT.fullmatch(cell.strip()):
        expected = (
            "a number with a decimal point, as 350000.5, and no separators: 350.000 is 350 "
            "thousand to some and 350 to others"
        )
        raise ValueError(expected + _cure(cell, options, whole=False))
    return float(cell)


def _declared(cell: str, options: Options, what: str, example: str) -> str:
    """A number's digits, out of the way in which its source declares that numbers are written."""
    if options.decimal is None:
        return cell.strip()
    found = plain_digits(cell.strip(), options.decimal, options.thousands)
    if found is None:
        shown = example.format(options.thousands or "", options.decimal)
        raise ValueError(f"{what} as this source declares it, as {shown}{_cure(cell, options)}")
    return found


def _cure(cell: str, options: Options, *, whole: bool = False) -> str:
    """What would help with a cell that is no such number."""
    return cure(cell.strip(), whole=whole, declared=options.decimal is not None)


def identifier(cell: str, options: Options) -> str:  # noqa: ARG001
    """A name that is kept as text; one that a spreadsheet has rounded is lost.

    Examples:
        >>> identifier("1225479302868873216", Options())
        '1225479302868873216'
    """
    if _RUINED.fullmatch(cell.strip()):
        raise ValueError(
            "an id that no spreadsheet has rounded; export it again and do not open it in one"
        )
    return cell.strip()


def listed(cell: str, options: Options) -> list[str]:  # noqa: ARG001
    """Several texts, apart by semicolons.

    Examples:
        >>> listed("spot-1; spot-2", Options())
        ['spot-1', 'spot-2']
    """
    return [each.strip() for each in cell.split(";") if each.strip()]


def lowered(cell: str, options: Options) -> str:  # noqa: ARG001
    """A word, in small letters."""
    return cell.strip().lower()


def yes_or_no(cell: str, options: Options) -> bool:  # noqa: ARG001
    """True or false, yes or no, 1 or 0."""
    found = _WORDS.get(cell.strip().lower())
    if found is None:
        raise ValueError("true or false")
    return found


def day(cell: str, options: Options) -> str:  # noqa: ARG001
    """A day, the year first."""
    if not _DAY.fullmatch(cell.strip()):
        raise ValueError("a day as 2026-01-05, the year first")
    return cell.strip()


def zoned_moment(cell: str, options: Options) -> str:  # noqa: ARG001
    """A time with its zone, as RFC 3339."""
    return cell.strip()


def moment_as(pattern: str, shown: str) -> Read:
    """A reader of times in one form.

    Args:
        pattern: As `datetime.strptime` takes it. Without ``%z`` in it the time is local, in
            the zone that the options name; without one there it can't be read.
        shown: An example of the form.
    """

    def read(cell: str, options: Options) -> str:
        try:
            found = datetime.strptime(cell.strip(), pattern)  # noqa: DTZ007 -- or local
        except ValueError:
            raise ValueError(f"a time as {shown}") from None
        if found.tzinfo is not None:
            return found.isoformat()
        if options.timezone is None:
            raise ValueError("a timezone for the source, since its times name none")
        try:
            moment = to_utc(found.isoformat(sep=" "), options.timezone)
        except ValueError:
            raise ValueError(f"a time that {options.timezone} has, as {shown}") from None
        if moment is None:
            raise ValueError(f"a time as {shown}")
        return moment

    return read

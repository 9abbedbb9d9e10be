"""A telephone number as one person's may be written in different ways: one form for all.

The one form is E.164, ``+`` and digits. A number has it if it is *possible*: its country
has numbers of that length. Whether it is assigned is nobody's to say here, for the lists
of assigned ranges change from month to month, and a message was sent to it all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import decimal

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

WITHOUT_NUMBERS = frozenset({"AQ", "BV", "GS", "HM", "PN", "TF", "UM"})
"""Countries of ISO 3166 that have no way of writing telephone numbers of their own."""

# Blanks and what is invisible (it comes along when a number is copied from a list of
# contacts), hyphens and dashes, full stops, slashes, brackets; each in narrow and wide.
_SIGNS = (
    r"\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    r"\-\u2010-\u2015\u2212\u30fc\uff0d.\uff0e/\uff0f()\uff08\uff09\[\]\uff3b\uff3d"
)
PLUS = "+\uff0b"
_WRITTEN = re.compile(rf"[{_SIGNS}]*([{PLUS}]?)[{_SIGNS}]*\d[\d{_SIGNS}]*")

_STEPS = 4
"""More than any number takes to its one form; what has none by then is no number."""


def is_written_as_number(text: str, country: str | None) -> bool:
    """Whether an address is written as a telephone number is: digits and the usual signs only.

    Letters, and with them extensions (``ext. 5``), are not among those, nor is ``@``, nor
    the ``*`` and ``#`` of what a network takes for an order.

    Args:
        text: An address.
        country: As for `normal_number`; without one, only what begins with a ``+`` is.
    """
    written = _WRITTEN.fullmatch(text)
    return written is not None and bool(country or written[1])


def normal_number(text: str, country: str | None) -> str | None:
    """A telephone number in its one form, whichever way it was written.

    Args:
        text: An address.
        country: ISO 3166 alpha-2 code of the country whose numbers may be written without
            its code; None if every number comes with one.

    Returns:
        The number as E.164; None if the text is not written as a number or is none.

    References:
        ITU-T Recommendation E.164, section 6.

    Examples:
        >>> normal_number("0812-3456-789", "ID")
        '+628123456789'
        >>> normal_number("628123456789", "ID")
        '+628123456789'
        >>> normal_number("+62 (0)812 3456 789", None)
        '+628123456789'
        >>> normal_number("0812-3456-789", None)
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    digits = "".join(str(decimal(sign)) for sign in text if sign.isdecimal())
    if written[1]:
        number = _parsed(f"+{digits}", None)
    else:
        number = None if country is None else _local(digits, country)
    # What is left of one trunk prefix may begin with another; a normal form has none.
    for _ in range(_STEPS):
        again = None if number is None else _parsed(_form(number), None)
        if again == number:
            break
        number = again
    else:
        return None
    return _form(number) if number is not None and _is_possible(number) else None


def _local(digits: str, country: str) -> PhoneNumber | None:
    """Digits as a country writes them; its own code may stand before them, without a plus.

    An Indonesian 62812345678 has the length of a number of the area 0628, too. If what
    follows the code is a valid number, the code is one.
    """
    from phonenumbers import country_code_for_region, is_valid_number

    code = country_code_for_region(country)
    for prefix in (str(code), f"00{code}"):
        if digits.startswith(prefix):
            number = _parsed(f"+{code}{digits.removeprefix(prefix)}", None)
            if number is not None and is_valid_number(number):
                return number
    return _parsed(digits, country)


def _parsed(digits: str, country: str | None) -> PhoneNumber | None:
    from phonenumbers import NumberParseException, parse

    try:
        return parse(digits, country)
    except NumberParseException:
        return None


def _form(number: PhoneNumber) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, PhoneNumberFormat.E164)


def _is_possible(number: PhoneNumber) -> bool:
    """Whether it has all its digits: what can be dialled within one town only names nobody."""
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE

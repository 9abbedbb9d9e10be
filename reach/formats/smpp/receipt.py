"""A delivery receipt's text, in Python; `receipt_sql.py` says the same in SQL.

The patterns are read alike by Python and by the engine: no classes but those spelled out.

References:
    SMPP 3.4, appendix B: the usual form of the text, which is each operator's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reach.formats.notations.local_time import to_utc
from reach.formats.record import Refused
from reach.shown import json_path, shorten


def _any_case(key: str) -> str:
    return "".join(f"[{sign.upper()}{sign}]" if sign.isalpha() else sign for sign in key)


SUBMIT, DONE, STAT = "submit date", "done date", "stat"
_KEYS = {
    SUBMIT: f"{_any_case('submit')}[ _]?{_any_case('date')}",
    DONE: f"{_any_case('done')}[ _]?{_any_case('date')}",
    STAT: _any_case(STAT),
}
_FOLLOWS = "|".join((*map(_any_case, ("sub", "dlvrd", "err")), *_KEYS.values()))
BEGINS = f"(?:^|[^0-9A-Za-z_])({_any_case('id')}:([^ \t\\[\\]]{{1,65}})[ \t]+(?:{_FOLLOWS}):.*)"
"""From the id on, and the id, which SMPP gives 65 signs; what stands before is the gateway's."""

TEXT = f"[ \t]{_any_case('text')}:.*"
"""The beginning of the message itself, in which anything may stand."""

VALUES = {key: f"[ \t]{pattern}:([^ \t\\]]*)" for key, pattern in _KEYS.items()}
SOURCE = "(?:^|[^0-9A-Za-z_])source_addr[\"']? ?[:=] ?[\"']?([+]?[0-9A-Za-z]+)"
"""The handset, as gateways write it before a receipt."""

_MONTH, _DAY, _HOUR = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])", "([01][0-9]|2[0-3])"
_REST = f"{_MONTH}{_DAY}{_HOUR}[0-5][0-9]([0-5][0-9])?"
SHORT_DATE = f"[0-9]{{2}}{_REST}"
LONG_DATE = f"20[0-9]{{2}}{_REST}"
NO_DATE = "0*"
"""What stands in place of a date that is not known."""

_DATE = "YYMMDDhhmm, with seconds or without"
RECEIPT = "a delivery receipt, as id:0123456789 sub:001 dlvrd:001 … stat:DELIVRD err:000 text:…"
"""What is expected, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class ReceiptText:
    """What a receipt's text says; empty for what it leaves out.

    Attributes:
        name: The message's id at the operator, as it stands there.
        stat: The state, in capitals.
        submit: When the operator got it, as digits.
        done: When it came to the state, as digits.
        before: What stands before the receipt.
    """

    name: str
    stat: str
    submit: str
    done: str
    before: str


def receipt_text(text: str) -> ReceiptText | None:
    """Find a receipt in a text; None if there is none.

    Examples:
        >>> found = receipt_text("DLR id:7f3a sub:001 done date:2401051030 stat:delivrd text:id:1")
        >>> found.name, found.stat, found.done, found.submit
        ('7f3a', 'DELIVRD', '2401051030', '')
        >>> receipt_text("Yes, I will come")
    """
    found = re.search(BEGINS, text, re.DOTALL)
    if found is None:
        return None
    fields = re.sub(TEXT, "", found[1], count=1, flags=re.DOTALL)
    said = {key: re.search(pattern, fields) for key, pattern in VALUES.items()}
    stat, submit, done = (one[1] if (one := said[key]) else "" for key in (STAT, SUBMIT, DONE))
    stat = stat.upper() if re.fullmatch("[A-Za-z]+", stat) else stat
    return ReceiptText(found[2], stat, submit, done, text[: found.start(1)])


def has_date(receipt: ReceiptText) -> bool:
    """Whether it says when something happened."""
    return not all(re.fullmatch(NO_DATE, said) for said in (receipt.submit, receipt.done))


def local_text(digits: str) -> str | None:
    """A receipt's date as a local time; None if it is none.

    Twelve digits are a short year with seconds or, where no such date is possible, a long year
    without: they can be taken for one another in the years before 2013 alone.

    Examples:
        >>> local_text("2401051030"), local_text("240105103059"), local_text("202401051030")
        ('2024-01-05 10:30:00', '2024-01-05 10:30:59', '2024-01-05 10:30:00')
        >>> local_text("1704450600")
    """
    if re.fullmatch(SHORT_DATE, digits):
        whole = f"20{digits}"
    elif re.fullmatch(LONG_DATE, digits):
        whole = digits
    else:
        return None
    whole = whole.ljust(14, "0")
    date = f"{whole[:4]}-{whole[4:6]}-{whole[6:8]}"
    return f"{date} {whole[8:10]}:{whole[10:12]}:{whole[12:]}"


def receipt_time(digits: str, key: str, zone: str | None) -> str | None:
    """When something happened, in UTC; None if the receipt does not say.

    Args:
        digits: As the receipt has it.
        key: Which of its dates, for the refusal.
        zone: IANA name of the operator's zone.

    Raises:
        Refused: It is no date, or there was no such time in that zone, or no zone is named.
    """
    if re.fullmatch(NO_DATE, digits):
        return None
    local = local_text(digits)
    if local is None:
        raise Refused(json_path((key,)), shorten(digits), _DATE)
    return zoned(local, key, zone)


def zoned(local: str, key: str, zone: str | None) -> str:
    """A local time in UTC.

    Raises:
        Refused: There was no such time in that zone, or no zone is named.
    """
    if zone is None:
        raise Refused(json_path((key,)), shorten(local), "a timezone for it in the options")
    try:
        told = to_utc(local, zone)
    except (ValueError, OverflowError):
        told = None
    if told is None:
        raise Refused(json_path((key,)), shorten(local), f"a time that exists in {zone}")
    return told

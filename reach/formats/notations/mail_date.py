"""Times as mail headers have them, twice the same: in Python and in SQL.

References:
    RFC 2822, section 3.3.
"""

from __future__ import annotations

import re

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), "
_MONTH = f"({'|'.join(_MONTHS)})"
_CLOCK = "[0-9]{2}:[0-9]{2}:[0-9]{2}"
_TIME = re.compile(
    rf"(?:{_DAY})?(?P<day>[0-9]{{1,2}}) (?P<month>{_MONTH}) (?P<year>[0-9]{{4}}) "
    rf"(?P<clock>{_CLOCK}) (?P<zone>[+-][0-9]{{4}}|GMT|UTC)"
)
_USUAL = f'"{_DAY}[0-9]{{2}} {_MONTH} [0-9]{{4}} {_CLOCK} [+]0000"'


def from_mail_date(text: str) -> str | None:
    """A mail header's time as an RFC 3339 text; None if it has not the shape of one.

    Whether there is such a day and such an hour is not looked at.

    Examples:
        >>> from_mail_date("Fri, 24 May 2019 17:44:46 +0000")
        '2019-05-24T17:44:46Z'
        >>> from_mail_date("24 May 2019 17:44:46 -0130")
        '2019-05-24T17:44:46-01:30'
    """
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    month = _MONTHS.index(found["month"]) + 1
    digits = re.sub("[^0-9]", "", found["zone"])
    zone = f"{found['zone'][0]}{digits[:2]}:{digits[2:]}" if digits.strip("0") else "Z"
    return f"{found['year']}-{month:02}-{int(found['day']):02}T{found['clock']}{zone}"


def from_mail_date_sql(token: str) -> str:
    """SQL of the same for a token: its usual form in UTC is turned, all else stays as it is."""
    month = " ".join(f"WHEN '{name}' THEN '{at:02}'" for at, name in enumerate(_MONTHS, start=1))
    return (
        f"CASE WHEN regexp_full_match({token}, '{_USUAL}') "
        f"THEN '\"' || substring({token}, 14, 4) || '-' || CASE substring({token}, 10, 3) {month} END "
        f"|| '-' || substring({token}, 7, 2) || 'T' || substring({token}, 19, 8) || 'Z\"' "
        f"ELSE {token} END"
    )

"""Times as mail headers have them, twice the same: in Python and in SQL.

References:
    RFC 5322, sections 3.3 and 4.3.
"""

from __future__ import annotations

import re

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), "
_MONTH = f"({'|'.join(_MONTHS)})"
_CLOCK = "[0-9]{2}:[0-9]{2}:[0-9]{2}"
_ZONES = {
    "UT": "Z", "UTC": "Z", "GMT": "Z", "Z": "Z",
    "EDT": "-04:00", "EST": "-05:00", "CDT": "-05:00", "CST": "-06:00",
    "MDT": "-06:00", "MST": "-07:00", "PDT": "-07:00", "PST": "-08:00",
    "JST": "+09:00", "WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00",
}  # fmt: skip
"""Names of zones: those of old mails, which the standard lists, and some that mean only one."""

_TIME = re.compile(
    r"(?:[A-Za-z]{3}, *)?(?P<day>[0-9]{1,2}) +(?P<month>[A-Za-z]{3}) +(?P<year>[0-9]{4}|[0-9]{2}) +"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))? +"
    r"(?P<zone>[+-][0-9]{4}|[A-Z]{1,4})(?: +\([^()]*\))?"
)
_USUAL = f'"{_DAY}[0-9]{{2}} {_MONTH} [0-9]{{4}} {_CLOCK} [+]0000"'
_OLD_CENTURY = 50  # of years in two digits, RFC 5322 gives these and later ones to the 1900s


def from_mail_date(text: str) -> str | None:
    """A mail header's time as an RFC 3339 text; None if it has not the shape of one.

    Whether there is such a day and such an hour is not looked at. A zone that is named must be
    one whose name means only one; a comment behind it does not count.

    Examples:
        >>> from_mail_date("Fri, 24 May 2019 17:44:46 +0000")
        '2019-05-24T17:44:46Z'
        >>> from_mail_date("24 May 2019 17:44:46 -0130")
        '2019-05-24T17:44:46-01:30'
        >>> from_mail_date("Thu,  9 May 24 7:30 EST (somewhere)")
        '2024-05-09T07:30:00-05:00'
    """
    found = _TIME.fullmatch(text)
    month = found["month"].capitalize() if found else ""
    zone = _zone(found["zone"]) if found else None
    if found is None or month not in _MONTHS or zone is None:
        return None
    year = found["year"]
    if len(year) == len("yy"):
        year = f"{19 if int(year) >= _OLD_CENTURY else 20}{year}"
    day = f"{year}-{_MONTHS.index(month) + 1:02}-{int(found['day']):02}"
    return f"{day}T{found['hour']:0>2}:{found['minute']}:{found['second'] or '00'}{zone}"


def _zone(said: str) -> str | None:
    if said[0] not in "+-":
        return _ZONES.get(said)
    return f"{said[:3]}:{said[3:]}" if said.strip("+-0") else "Z"


def from_mail_date_sql(token: str) -> str:
    """SQL of the same for a token: its usual form in UTC is turned, all else stays as it is."""
    month = " ".join(f"WHEN '{name}' THEN '{at:02}'" for at, name in enumerate(_MONTHS, start=1))
    return (
        f"CASE WHEN regexp_full_match({token}, '{_USUAL}') "
        f"THEN '\"' || substring({token}, 14, 4) || '-' || CASE substring({token}, 10, 3) {month} END "
        f"|| '-' || substring({token}, 7, 2) || 'T' || substring({token}, 19, 8) || 'Z\"' "
        f"ELSE {token} END"
    )

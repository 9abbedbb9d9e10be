"""Times that name their zone, twice the same: in Python and in SQL.

RFC 3339 is what most write. BigQuery, and what is exported from it, writes the same with a
blank before the clock and ``UTC`` behind it.
"""

from __future__ import annotations

import re
from datetime import datetime

_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
_UTC = "( UTC|Z|[+]00|[+]00:00)"
_RFC_3339 = re.compile(rf"{_DATE}[Tt][0-9:.]+([Zz]|[+-][0-9]{{2}}:[0-9]{{2}})", re.ASCII)
_BIGQUERY = re.compile(rf"(?P<date>{_DATE}) (?P<clock>{_CLOCK}){_UTC}", re.ASCII)

ZONED_TIME = "a time with its zone, as 2020-04-08T18:28:11Z or 2020-04-08 18:28:11.123456 UTC"
"""What is expected, as the end of a sentence."""


def from_zoned(text: str) -> str | None:
    """A time with its zone as an RFC 3339 text; None if it is none, or if there is no such time.

    Examples:
        >>> from_zoned("2020-04-08 18:28:11.123456 UTC"), from_zoned("2020-04-08 18:28:11+00")
        ('2020-04-08T18:28:11.123456Z', '2020-04-08T18:28:11Z')
        >>> from_zoned("2016-01-06T15:33:00.813162+07:00")
        '2016-01-06T15:33:00.813162+07:00'
        >>> from_zoned("2020-04-08 18:28:11"), from_zoned("2020-02-30T18:28:11Z")
        (None, None)
    """
    if found := _BIGQUERY.fullmatch(text):
        told = f"{found['date']}T{found['clock']}Z"
    elif _RFC_3339.fullmatch(text):
        told = text
    else:
        return None
    try:
        datetime.fromisoformat(told.upper())
    except ValueError:
        return None
    return told


def from_zoned_sql(token: str) -> str:
    """SQL of the same for a token: BigQuery's form is turned, all else stays as it is.

    Whether there is such a time is looked at where events are proven.
    """
    clock = f"substring({token}, 13, strlen({token}) - 13)"
    fraction = f"regexp_extract({clock}, '^[0-9:]+[.]?[0-9]*')"
    return (
        f"CASE WHEN regexp_full_match({token}, '\"{_DATE} {_CLOCK}{_UTC}\"') "
        f"THEN substring({token}, 1, 11) || 'T' || {fraction} || 'Z\"' ELSE {token} END"
    )

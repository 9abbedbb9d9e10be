"""The status code that a mail server's answer begins with, twice the same: in Python and in SQL.

Providers pass on what the server said, as `smtp;550 5.1.1 no such user`, `550-5.1.1 …` or
`5.1.1 …`. Only a code at the beginning counts: what stands further on may be quoted from
elsewhere, and the plain `550` says too little, for servers use it of blocks, too.

References:
    RFC 2034, section 4; RFC 3464, section 2.3.6.
"""

from __future__ import annotations

import re

from reach.engine import literal

_BEFORE = "(?:smtp; ?)?(?:[245][0-9]{2}[ -])?"
_STATUS = "([245][.][0-9][.][0-9]{1,3})"
_REPLY = re.compile(f"{_BEFORE}{_STATUS}(?:[^0-9.]|$)", re.ASCII)
_LONGEST = 24
"""Characters of a token: more than what can stand before the code's end."""


def status_in(reply: str) -> str | None:
    """The status code of a server's answer; None if it begins with none.

    Examples:
        >>> status_in("smtp;550 5.1.1 The email account does not exist."), status_in("550 no")
        ('5.1.1', None)
    """
    found = _REPLY.match(reply)
    return found[1] if found else None


def status_in_sql(token: str) -> str:
    """SQL of the same for a token; empty text if there is none, NULL for no token."""
    # A text without more than the code ends with the token's mark, which is no digit either.
    pattern = literal(f'^"{_BEFORE}{_STATUS}[^0-9.]')
    return f"regexp_extract({token}, {pattern}, 1)"


def reply_is_plain_sql(token: str) -> str:
    """SQL that is true where nothing that `status_in_sql` looks at is written by an escape."""
    return f"({token} IS NULL OR NOT contains(left({token}, {_LONGEST}), '\\'))"

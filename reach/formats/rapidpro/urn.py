"""Addresses of RapidPro's contacts, twice the same: in Python and in SQL.

A URN is a scheme and an address, as ``tel:+6281234567890``.

References:
    Repository nyaruka/gocommon, urns/schemes.go.
"""

from __future__ import annotations

import re

CHANNELS = {
    "tel": "sms",
    "mailto": "email",
    "bsuid": "whatsapp",
    "twitterid": "twitter",
    "fcm": "push",
}
"""The channel of a scheme, where it is not called as the scheme is."""

CALL = "call"
SPOKEN = ("voice", "ivr")
"""Types of messages to a telephone that are no texts; the second is of old archives."""

_URN = re.compile("([a-z][a-z0-9]*):(.+)", re.DOTALL)
_NUMBER = "[+]?[0-9]+"


def address_of(urn: str, kind: object) -> tuple[str, str] | None:
    """Whom a message went to, and in which channel; None for what is no URN.

    Numbers and mail addresses are those of the person in other channels, too. Any other keeps
    its scheme: digits alone would be taken for a telephone number.

    Args:
        urn: The URN.
        kind: The message's type.

    Examples:
        >>> address_of("tel:+6281234567890", "text"), address_of("whatsapp:6281234567890", "text")
        (('+6281234567890', 'sms'), ('+6281234567890', 'whatsapp'))
        >>> address_of("telegram:3527065", "text")
        ('telegram:3527065', 'telegram')
    """
    named = _URN.fullmatch(urn)
    if named is None:
        return None
    scheme, address = named.groups()
    channel = CHANNELS.get(scheme, scheme)
    if scheme == "tel":
        return address, CALL if kind in SPOKEN else channel
    if scheme == "mailto":
        return address, channel
    if scheme == "whatsapp" and re.fullmatch(_NUMBER, address):
        return "+" + address.removeprefix("+"), channel
    return urn, channel


def scheme_sql(text: str) -> str:
    """SQL of the scheme in the text of a URN; empty for what is none."""
    return f"regexp_extract({text}, '^([a-z][a-z0-9]*):.', 1)"


def channel_sql(scheme: str, kind: str) -> str:
    """SQL of the channel, as text, for SQL of a scheme and of the token of a message's type."""
    spoken = " OR ".join(f"{kind} = '\"{each}\"'" for each in SPOKEN)
    cases = " ".join(f"WHEN '{each}' THEN '{name}'" for each, name in CHANNELS.items())
    return (
        f"CASE WHEN {scheme} = 'tel' AND coalesce({spoken}, false) THEN '{CALL}' "
        f"ELSE CASE {scheme} {cases} ELSE {scheme} END END"
    )


def recipient_sql(urn: str, scheme: str) -> str:
    """SQL of the recipient, as text, for SQL of a URN's text and of its scheme."""
    address = f"substring({urn}, length({scheme}) + 2)"
    is_number = f"{scheme} = 'whatsapp' AND regexp_full_match({address}, '{_NUMBER}')"
    return (
        f"CASE WHEN {scheme} IN ('tel', 'mailto') THEN {address} "
        f"WHEN {is_number} THEN '+' || ltrim({address}, '+') ELSE {urn} END"
    )

"""Addresses and ids as reports write them.

References:
    RFC 3464, sections 2.3.1 and 2.3.2; RFC 3461, section 4 (xtext); RFC 6533, section 3.
"""

from __future__ import annotations

import re

LONGEST_ID = 2000
"""Characters of a field with an id; a line of a mail has fewer."""

_TYPED = re.compile(r"[ \t]*([A-Za-z0-9/._-]*)[ \t]*;(.*)", re.DOTALL)
_LOCAL_TYPES = frozenset(("", "rfc822", "rfc/822", "utf-8", "smtp", "local", "x-local", "x-unix"))
_COMMENT = re.compile(r"\([^()]*\)")
_IN_BRACKETS = re.compile(r"<([^<>\s]+)>")
_ADDRESS = re.compile(r"[^\s@<>|/;,][^\s@<>|;,]*@[^\s@<>|;,]+")
_USER = re.compile(r"[A-Za-z0-9_][^\s@<>|/;:,]*")
_ENCODED = re.compile(r"\+(2B|3D)")
_UTF8 = re.compile(r"\\x\{(10|[0-9A-F]{2,6})\}")
_LAST_CHARACTER = 0x10FFFF


def address_of(said: str) -> str | None:
    """The address in a recipient field; None if it holds none.

    A user of the reporting system itself has no domain. A program that mail is piped into is
    no recipient.

    Examples:
        >>> address_of("rfc822; Siti <siti@example.org> (her first)")
        'siti@example.org'
        >>> address_of("RFC822;root"), address_of("rfc822; |/usr/bin/filter -x a@example.org")
        ('root', None)
    """
    found = _TYPED.fullmatch(said)
    kind, rest = (found[1].lower(), found[2]) if found else ("", said)
    bare = _COMMENT.sub(" ", rest).strip()
    inner = _IN_BRACKETS.search(bare)
    address = inner[1] if inner else bare
    if kind == "utf-8":
        address = _UTF8.sub(_character, address)
    if _ADDRESS.fullmatch(address) or (kind in _LOCAL_TYPES and _USER.fullmatch(address)):
        return address
    return None


def original_of(said: str, final: str | None) -> str | None:
    """The address of an Original-Recipient field, with xtext decoded where it surely is xtext.

    Most servers decode it themselves, and ``+2B`` may then be a part of the address: not if each
    plus stands before one of the two signs that xtext can't do without, and the final recipient
    is not called so too.

    Examples:
        >>> original_of("rfc822;siti+2Bberita@example.org", None)
        'siti+berita@example.org'
        >>> original_of("rfc822;siti+berita@example.org", None)
        'siti+berita@example.org'
    """
    address = address_of(said)
    if address is None or address == final:
        return address
    if address.count("+") != len(_ENCODED.findall(address)):
        return address
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), address)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    exists = code <= _LAST_CHARACTER and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 -- surrogates
    return chr(code) if exists else found[0]


def id_of(said: str) -> str | None:
    """A message id without its brackets; None if there is none, or one without end.

    Examples:
        >>> id_of("<5B9@mail.example.org> (added by postmaster@example.org)")
        '5B9@mail.example.org'
        >>> id_of("0000@example.net"), id_of("none given"), id_of("<>")
        ('0000@example.net', None, None)
    """
    if len(said) > LONGEST_ID:
        return None
    found = _IN_BRACKETS.search(said)
    if found:
        return found[1]
    bare = _COMMENT.sub(" ", said).strip()
    return bare if re.fullmatch(r"[^\s<>]+", bare) else None

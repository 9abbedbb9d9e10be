"""Encoded words in headers, read where they are what mails hold; anything else stays as it is.

Only charsets that mails are written in are decoded: what Python calls an encoding may be a
cipher, a compression or an escape that yields what is no text.

References:
    RFC 2047; RFC 2231, section 5 (the language after a charset).
"""

from __future__ import annotations

import binascii
import re
from itertools import groupby

_WORD = re.compile(
    r"=\?([a-z0-9_.:-]+)(?:\*[a-z0-9-]*)?\?([bq])\?([^?]*)\?=", re.ASCII | re.IGNORECASE
)
_LONGEST = 1000  # characters of a header; a line of a mail has fewer
_CHARSETS = frozenset(
    ("us-ascii", "ascii", "utf-8", "utf8", "utf-16", "utf-16be", "utf-16le",
     *(f"iso-8859-{part}" for part in (*range(1, 12), *range(13, 17))),
     *(f"windows-{page}" for page in range(1250, 1259)),
     *(f"cp{page}" for page in (437, 850, 852, 866, 874, 932, 936, 949, 950, *range(1250, 1259))),
     "koi8-r", "koi8-u", "macintosh", "tis-620",
     "iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-kr",
     "shift_jis", "shift-jis", "sjis", "ms_kanji", "euc-jp", "euc-kr",
     "ks_c_5601-1987", "gb2312", "gbk", "gb18030", "hz-gb-2312", "big5", "big5-hkscs")
)  # fmt: skip


def in_words(value: str) -> str:
    """A header's text with its encoded words read; as it stands if one of them can't be.

    Examples:
        >>> in_words("=?utf-8?q?Wilayah_B=C3?= =?UTF-8?b?oQ==?= (2)")
        'Wilayah B\u00e1 (2)'
        >>> in_words("=?rot13?q?abc?=")
        '=?rot13?q?abc?='
    """
    if "=?" not in value or len(value) > _LONGEST:
        return value
    try:
        read = "".join(_pieces(value))
        read.encode()  # surrogates are no text
    except (ValueError, LookupError):
        return value
    return read


def _pieces(value: str) -> list[str]:
    """What stands outside of words, and in them; characters may be split between two words."""
    found: list[tuple[str, bytes]] = []
    end = 0
    for word in _WORD.finditer(value):
        between = value[end : word.start()]
        if between and (not end or not between.isspace()):
            found.append(("", between.encode()))
        found.append((_charset(word[1]), _bytes(word[2], word[3])))
        end = word.end()
    found.append(("", value[end:].encode()))
    return [
        b"".join(part for _, part in run).decode(charset or "utf-8")
        for charset, run in groupby(found, lambda piece: piece[0])
    ]


def _charset(said: str) -> str:
    if said.lower() not in _CHARSETS:
        raise LookupError(said)
    return said.lower()


def _bytes(encoding: str, said: str) -> bytes:
    if encoding in "qQ":
        return binascii.a2b_qp(said.encode("ascii"), header=True)
    return binascii.a2b_base64(said.encode("ascii") + b"==")

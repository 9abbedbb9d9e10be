"""Files that hold no log whatever is in them, known by how they begin."""

from __future__ import annotations

_SHEET = "its sheet saved as CSV (UTF-8)"
_LOG = "the log itself, as the provider exports it: CSV or JSON"

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip or Excel file", _SHEET),
    (b"PK\x05\x06", "a zip or Excel file", _SHEET),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file", _SHEET),
    (b"%PDF-", "a PDF", _LOG),
    (b"{\\rtf", "a text document (RTF)", _LOG),
    (b"\x89PNG\r\n\x1a\n", "a picture", _LOG),
    (b"\xff\xd8\xff", "a picture", _LOG),
    (b"GIF87a", "a picture", _LOG),
    (b"GIF89a", "a picture", _LOG),
    (b"II*\0", "a picture", _LOG),
    (b"MM\0*", "a picture", _LOG),
    (b"Rar!\x1a\x07", "a RAR archive", "the log in it, unpacked"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "the log in it, unpacked"),
    (b"SQLite format 3\0", "an SQLite database", "its table saved as CSV (UTF-8)"),
)


def other_kind(start: bytes) -> tuple[str, str] | None:
    r"""What a file is that begins so, and what to bring instead; None if it may be a log.

    Examples:
        >>> other_kind(b"%PDF-1.7\n")[0]
        'a PDF'
        >>> other_kind(b"id:1 stat:DELIVRD")
    """
    found = (told for mark, *told in _BEGINNINGS if start.startswith(mark))
    return next(((kind, instead) for kind, instead in found), None)

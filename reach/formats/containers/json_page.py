"""Pages of an interface: an object that holds some of a list's records, and how the list goes on."""

from __future__ import annotations

from typing import Any

_RECORDS, _SIZE = "messages", "page_size"


def page_records(value: object) -> list[Any] | None:
    """What a page holds; None for what is no page.

    Examples:
        >>> page_records({"page": 0, "page_size": 50, "messages": [{"sid": "SM1"}]})
        [{'sid': 'SM1'}]
        >>> page_records({"sid": "SM1"})
    """
    if not isinstance(value, dict) or value.get(_SIZE) is None:
        return None
    held = value.get(_RECORDS)
    return held if isinstance(held, list) else None


def page_records_sql(value: str) -> str:
    """SQL for the same: a list of JSON, or NULL."""
    return (
        f"CASE WHEN json_type({value}, '$.{_RECORDS}') = 'ARRAY' "
        f"AND json_type({value}, '$.{_SIZE}') <> 'NULL' "
        f"THEN json_extract({value}, '$.{_RECORDS}[*]') END"
    )


def may_be_page(content: bytes) -> bool:
    r"""False for text that is surely no page; the key may hide behind escapes.

    Examples:
        >>> may_be_page(b'{"page_size": 50}'), may_be_page(b'{"sid": "SM1"}')
        (True, False)
    """
    return _SIZE.encode() in content or b"\\u" in content

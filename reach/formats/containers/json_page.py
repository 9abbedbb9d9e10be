"""Pages of an interface: an object that holds some of a list's records, and how the list goes on."""

from __future__ import annotations

from typing import Any

PAGES = (
    ("messages", "page_size"),  # Twilio
    ("items", "paging"),  # Mailgun
    ("Bounces", "TotalCount"),  # Postmark
    ("notifications", "links"),  # GOV.UK Notify
)
"""Where a page keeps its records, and a key that only pages have beside it."""

_LINKED, _LINKS = "results", ("next", "previous")
"""The same of RapidPro, whose pages have both links: null at either end, and both if it is one."""


def page_key(value: object) -> str | None:
    """Under which key a page holds its records; None for what is no page.

    Examples:
        >>> page_key({"items": [], "paging": {"next": "https://…"}}), page_key({"items": []})
        ('items', None)
    """
    if not isinstance(value, dict):
        return None
    for key, mark in PAGES:
        if value.get(mark) is not None and isinstance(value.get(key), list):
            return key
    is_linked = all(link in value for link in _LINKS) and isinstance(value.get(_LINKED), list)
    return _LINKED if is_linked else None


def page_records(value: object) -> list[Any] | None:
    """What a page holds; None for what is no page.

    Examples:
        >>> page_records({"page": 0, "page_size": 50, "messages": [{"sid": "SM1"}]})
        [{'sid': 'SM1'}]
        >>> page_records({"sid": "SM1"})
    """
    key = page_key(value)
    if key is None or not isinstance(value, dict):
        return None
    held: list[Any] = value[key]
    return held


def page_records_sql(value: str) -> str:
    """SQL for the same: a list of JSON, or NULL."""
    cases = " ".join(
        f"WHEN json_type({value}, '$.{key}') = 'ARRAY' AND json_type({value}, '$.{mark}') <> 'NULL' "
        f"THEN json_extract({value}, '$.{key}[*]')"
        for key, mark in PAGES
    )
    links = " AND ".join(f"json_type({value}, '$.{link}') IS NOT NULL" for link in _LINKS)
    cases += (
        f" WHEN json_type({value}, '$.{_LINKED}') = 'ARRAY' AND {links} "
        f"THEN json_extract({value}, '$.{_LINKED}[*]')"
    )
    return f"CASE {cases} END"


def may_be_page(content: bytes) -> bool:
    r"""False for text that is surely no page; the key may hide behind escapes.

    Examples:
        >>> may_be_page(b'{"page_size": 50}'), may_be_page(b'{"sid": "SM1"}')
        (True, False)
    """
    return any(mark in content for mark in _MARKS)


_MARKS = (*(mark.encode() for _, mark in PAGES), _LINKS[1].encode(), b"\\u")

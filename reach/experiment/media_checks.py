"""What a schema can't say of a config's media: that there is something to read, and that it counts people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reach.formats.registry import EVERY, MEDIA, wanted_instead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reach.experiment.document import Parts

    Wrong = tuple[Parts, object, str]

NOTHING = object()
"""What stands where a key is missing."""


def wrong_media(data: Mapping[str, Any]) -> Iterator[Wrong]:
    """Yield what is wrong with sources of rows that count people: where, what, what was expected.

    Args:
        data: A config as plain data, valid or not.
    """
    if "sources" not in data and "media" not in data:
        expected = (
            "a list of at least one file, pattern or folder with logs; or media, with tables that "
            "count people"
        )
        yield ("sources",), NOTHING, expected
    media = data.get("media")
    for index, source in enumerate(media if isinstance(media, list) else ()):
        if not isinstance(source, dict):
            continue
        at: Parts = ("media", index)
        form, zone = source.get("format"), source.get("timezone")
        if isinstance(form, str) and form not in MEDIA:
            expected = (
                f"a table that counts people; {form} is a log of messages, and its place is sources"
                if form in EVERY
                else wanted_instead(form)
            )
            yield (*at, "format"), form, expected
        if "decimal" in source and source["decimal"] == source.get("thousands"):
            yield (*at, "thousands"), source["thousands"], "another sign than that of decimal"
        if isinstance(zone, str) and zone and not _is_zone(zone):
            yield (*at, "timezone"), zone, "a time zone of the IANA list, as Asia/Jakarta"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True

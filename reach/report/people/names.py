"""What channels, and parts of them, are called where people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.reading import LONGEST_NAME, arm_name, spoken_name
from reach.report.safe_text import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

NAME_CELLS = 24


def readable(document: Result) -> Result:
    """A document of persons with its titles where `reach.report.reading` looks names up."""
    titled = [
        {"channel": name, "title": title} for name, title in document.get("titles", {}).items()
    ]
    return {**document, "by": "channel", "channels": titled}


def name_of(people: Result, key: str, lang: Lang, cells: int = LONGEST_NAME) -> str:
    """A channel's name, or that of one of its parts: its vehicle, or where it is.

    Examples:
        >>> people = readable({"titles": {"print": {"en": "newspapers", "id": "koran"}}})
        >>> name_of(people, "print: Kompas", "en"), name_of(people, "print (Kompas, Subang)", "id")
        ('newspapers: Kompas', 'koran (Kompas, Subang)')
        >>> name_of(people, "tv", "en")
        'TV'
    """
    for between in (": ", " ("):
        channel, found, part = key.partition(between)
        if found and not _is_titled(people, key):
            whole = spoken_name(people, channel, lang) + between + part
            return shortened(whole, cells, tail=cells // 2)
    return arm_name(people, key, lang, cells)


def of_exposure(people: Result, exposure: Part, lang: Lang, cells: int = LONGEST_NAME) -> str:
    """An exposure's name: its channel, and in brackets vehicle and region if it has any."""
    parts = [exposure[name] for name in ("vehicle", "region") if exposure[name] is not None]
    inside = f" ({', '.join(parts)})" if parts else ""
    return name_of(people, exposure["channel"] + inside, lang, cells)


def distinct(names: Sequence[str]) -> list[str]:
    """Each name once, in their order."""
    return list(dict.fromkeys(names))


def _is_titled(people: Result, key: str) -> bool:
    return any(each["channel"] == key for each in people["channels"])

"""What a file most likely does not hold, judged by looks into it here and there.

Every number kept of a message is dear, so grouping begins without those that such events
would need. Their bits tell if one comes up all the same: the file is then grouped again, with
all numbers. A wrong guess costs time and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.ingest.event_rows import UNTIMED
from reach.vocabulary import Event, Seen

if TYPE_CHECKING:
    from collections.abc import Collection

    from reach.formats.record import Log

GIVEN_AWAY: dict[str, int] = {
    "untimed": UNTIMED,
    "acted_at": int(Seen.CONVERTED),
    "last_click_at": int(Seen.CLICKED_HUMAN),
}
"""By what is not kept, the bits that show it was wanted."""

_WORDS = {"acted_at": Event.CONVERTED, "last_click_at": Event.CLICKED}
_LOOKS = 64
_LOOK = 1 << 15


def unlikely(log: Log) -> frozenset[str]:
    """What of `GIVEN_AWAY` need most likely not be kept of a file's messages."""
    if log.head.compression != "none":
        return frozenset()
    glimpses = _glimpses(log)
    found = {name for name, word in _WORDS.items() if word.encode() not in glimpses}
    if log.head.objects and all(each.get("occurred_at") for each in log.head.objects):
        found.add("untimed")
    return frozenset(found)


def came_up(left_out: Collection[str], bits: int) -> bool:
    """Whether something was seen that what was left out is needed for.

    Examples:
        >>> came_up(["acted_at"], int(Seen.SENT)), came_up(["acted_at"], int(Seen.CONVERTED))
        (False, True)
    """
    return any(bits & GIVEN_AWAY[name] for name in left_out)


def _glimpses(log: Log) -> bytes:
    size = log.path.stat().st_size
    places = {size * look // _LOOKS for look in range(_LOOKS)}
    with log.path.open("rb") as file:
        glimpses = []
        for place in sorted(places):
            file.seek(place)
            glimpses.append(file.read(_LOOK))
    return b"\n".join(glimpses)

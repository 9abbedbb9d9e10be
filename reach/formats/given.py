"""How a format's SQL hands a field over: the plainer, the less is left to take apart and prove."""

from __future__ import annotations

from enum import StrEnum


class Given(StrEnum):
    """What a field is, in the rows of `reach.formats.record.Format.tokens`."""

    TOKEN = "a JSON token"  # noqa: S105 -- no secret
    LIKE_TEXT = "a value as it reads, where 5 and the text 5 read alike"
    TEXT = "surely a text"
    MOMENT = "µs UTC as a number"

    @property
    def quoted(self) -> bool:
        """Whether texts are in quotes."""
        return self is Given.TOKEN

"""English sentences of documents in Indonesian, each with its blanks."""

from __future__ import annotations

from typing import Final

GIVEN: Final[dict[str, str]] = {
    "it is told in {unit}, which are no persons": "angkanya dalam {unit}, dan {unit} bukan orang",
}

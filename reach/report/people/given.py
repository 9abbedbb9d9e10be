"""Sentences that a document has in English only, in the reader's language where it is known."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reach.report.indonesian_given import GIVEN
from reach.report.people.unit_names import unit_words
from reach.report.safe_text import shortened

if TYPE_CHECKING:
    from reach.report.numbers import Lang

_CELLS = 300
_BLANK = re.compile(r"\\{(\w+)\\}")


def given(text: str, lang: Lang) -> str:
    """A reason or an assumption, without a full stop; as it came where there are no words for it.

    Examples:
        >>> given("nobody counted who came", "id")
        'tidak ada yang menghitung siapa yang hadir'
        >>> given("it is told in accounts, which are no persons", "id")
        'angkanya dalam akun, dan akun bukan orang'
        >>> given("Something else.", "id")
        'Something else'
    """
    said = text
    if lang == "id":
        for pattern, words in _patterns():
            if (found := pattern.fullmatch(text)) is not None:
                blanks = {
                    name: unit_words(value, lang) if name == "unit" else value
                    for name, value in found.groupdict().items()
                }
                said = words.format(**blanks)
                break
    return shortened(said, _CELLS).rstrip(".")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """English sentences with their blanks as groups, and what to say for each."""
    return tuple(
        (re.compile(_BLANK.sub(r"(?P<\1>.+)", re.escape(english)), re.DOTALL), indonesian)
        for english, indonesian in GIVEN.items()
    )

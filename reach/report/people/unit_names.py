"""What is counted, and what was put out, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.safe_text import visible
from reach.report.words import knows, say

if TYPE_CHECKING:
    from reach.report.numbers import Lang


def unit_words(unit: str, lang: Lang) -> str:
    """What is counted.

    Examples:
        >>> unit_words("accounts", "id"), unit_words("furlongs", "id")
        ('akun', 'furlongs')
    """
    return _named(f"unit_{unit}", unit, lang)


def sent_unit_words(unit: str, lang: Lang) -> str:
    """What was put out.

    Examples:
        >>> sent_unit_words("posts", "id"), sent_unit_words("", "id")
        ('unggahan', '')
    """
    return _named(f"sent_{unit}", unit, lang)


def _named(key: str, unit: str, lang: Lang) -> str:
    return say(lang, key) if unit and knows(lang, key) else visible(unit)

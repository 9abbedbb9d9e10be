"""Words in two languages: the same keys, the same blanks to fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reach.report import (
    english,
    english_beside,
    english_doubts,
    english_frequency,
    english_notices,
    english_people,
    english_posts,
    indonesian,
    indonesian_beside,
    indonesian_doubts,
    indonesian_frequency,
    indonesian_notices,
    indonesian_people,
    indonesian_posts,
)
from reach.report.numbers import number
from reach.report.safe_text import visible

if TYPE_CHECKING:
    from reach.report.numbers import Lang

_ENGLISH = (
    english,
    english_beside,
    english_doubts,
    english_frequency,
    english_notices,
    english_people,
    english_posts,
)
_INDONESIAN = (
    indonesian,
    indonesian_beside,
    indonesian_doubts,
    indonesian_frequency,
    indonesian_notices,
    indonesian_people,
    indonesian_posts,
)

LANGUAGES: Final[dict[Lang, dict[str, str]]] = {
    "en": {key: text for words in _ENGLISH for key, text in words.TEXTS.items()},
    "id": {key: text for words in _INDONESIAN for key, text in words.TEXTS.items()},
}


def say(lang: Lang, key: str, /, **blanks: str) -> str:
    """A text in a language, its blanks filled with texts ready to print.

    Where a language has another wording for a count of one, it is the key with ``_one``.

    Raises:
        KeyError: No such text, or a blank is not given.

    Examples:
        >>> say("id", "suspect_clicks", count="321", arm="sms")
        '321 klik sms'
    """
    if blanks.get("count") == "1" and knows(lang, f"{key}_one"):
        key = f"{key}_one"
    return LANGUAGES[lang][key].format(**blanks)


def counted(noun: str, count: int, lang: Lang) -> str:
    """How many of something, with its noun.

    Examples:
        >>> counted("records", 1200, "en"), counted("records", 1, "en"), counted("records", 1, "id")
        ('1,200 records', '1 record', '1 catatan')
    """
    return say(lang, f"counted_{noun}", count=number(count, lang))


def knows(lang: Lang, key: str) -> bool:
    """Whether a text of this name exists."""
    return key in LANGUAGES[lang]


def metric_words(metric: str, lang: Lang) -> str:
    """A metric by the names of its numerator and denominator.

    Examples:
        >>> metric_words("delivered_per_sent", "en"), metric_words("engaged_per_delivered", "id")
        ('delivered per sent', 'keterlibatan per pesan tersampaikan')
        >>> metric_words("cost_per_day", "en")
        'cost per day'
    """
    what, _, unit = metric.partition("_per_")
    return f"{_what(what, lang)} {_per(unit, lang)}"


def attribute_words(word: str, lang: Lang) -> str:
    """An attribute of messages or recipients, or a unit, by its name if it has one.

    Examples:
        >>> attribute_words("region", "id"), attribute_words("channel", "id"), attribute_words("x", "en")
        ('wilayah', 'kanal', 'x')
    """
    known = (key for key in (f"attribute_{word}", f"by_{word}") if knows(lang, key))
    key = next(known, None)
    return visible(word) if key is None else say(lang, key)


def _what(word: str, lang: Lang) -> str:
    return (
        say(lang, f"what_{word}")
        if knows(lang, f"what_{word}")
        else visible(word.replace("_", " "))
    )


def _per(word: str, lang: Lang) -> str:
    if knows(lang, f"per_{word}"):
        return say(lang, f"per_{word}")
    return say(lang, "unit_other", word=visible(word.replace("_", " ")))

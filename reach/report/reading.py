"""Looking things up in a result, and naming its arms; nothing is estimated here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rich.cells import cell_len

from reach.report.safe_text import shortened
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reach.report.numbers import Lang

Result: TypeAlias = "Mapping[str, Any]"  # as schemas/result.schema.json describes it
Part: TypeAlias = "Mapping[str, Any]"  # one object inside it: an arm, a rate, a comparison

NAME_CELLS = 24
LONGEST_NAME = 60
"""Cells of a name in a sentence, and in a table on several lines."""

UNSAFE_GRADES = frozenset("DE")  # numbers that rest on a sample's or an expert's assumptions
MISSING = ("no_messages", "not_measured", "not_estimable")
_SHOWN_BY = {  # what must be measured for 0 to mean none
    "delivered": "delivered",
    "delivered_recipients": "delivered",
    "seen": "engaged",
    "machine_only": "engaged",
    "engaged": "engaged",
    "suspects": "engaged",
    "acted": "acted",
    "acted_recipients": "acted",
}
_PROPER_NAMES = {
    "sms": "SMS",
    "whatsapp": "WhatsApp",
    "tv": "TV",
    "email": "email",
}


_NAMED_PLAINLY = ("region", "segment", "period")
"""Names of these say by themselves what they are names of."""


def arm_of(result: Result, name: str) -> Part:
    """The arm of that name.

    Raises:
        KeyError: The result compares an arm it does not have.
    """
    for arm in result["channels"]:
        if arm["channel"] == name:
            found: Part = arm
            return found
    raise KeyError(name)


def short_name(name: str, cells: int = NAME_CELLS) -> str:
    """An arm's name, safe and short enough for a table."""
    return shortened(name, cells, tail=cells // 2)


def arm_name(result: Result, name: str, lang: Lang, cells: int = NAME_CELLS) -> str:
    """An arm's name in a table: SMS, WhatsApp, b."""
    titled = _title(result, name, lang)
    if titled is not None:
        return short_name(titled, cells)
    known = _PROPER_NAMES.get(name) if result.get("by") == "channel" else None
    return known or short_name(name, cells)


def name_lines(result: Result, name: str, lang: Lang, cells: int) -> list[str]:
    """An arm's name in lines of so many cells; only a word that is longer is cut."""
    lines: list[str] = []
    for word in arm_name(result, name, lang, LONGEST_NAME).split():
        whole = f"{lines[-1]} {word}" if lines else word
        if lines and cell_len(whole) <= cells:
            lines[-1] = whole
        else:
            lines.append(short_name(word, cells))
    return lines


def _title(result: Result, name: str, lang: Lang) -> str | None:
    """What the config calls a channel in a language."""
    for arm in result.get("channels", ()):
        if arm["channel"] == name and "title" in arm:
            title: str = arm["title"][lang]
            return title
    return None


def spoken_name(result: Result, name: str, lang: Lang) -> str:
    """An arm's name inside a sentence: SMS, WhatsApp, variant b."""
    if (titled := _title(result, name, lang)) is not None:
        return short_name(titled, LONGEST_NAME)
    if result["by"] == "channel":
        return _PROPER_NAMES.get(name) or say(lang, "channel_of", name=short_name(name))
    if result["by"] in _NAMED_PLAINLY:
        return short_name(name)
    by = say(lang, f"by_{result['by']}")
    return say(lang, "arm_of", by=by, name=short_name(name))


def listed(names: Iterable[str], lang: Lang) -> str:
    """Names with commas and an "and" before the last.

    Examples:
        >>> listed(["sms", "email", "push"], "en"), listed(["sms"], "id")
        ('sms, email and push', 'sms')
    """
    *before, last = list(names)
    return say(lang, "and").join([", ".join(before), last] if before else [last])


def has_messages(arm: Part) -> bool:
    """Whether there is anything of the arm in the logs; one that is only declared has nothing."""
    return bool(arm["outcomes"]["attempted"])


def missing_in(arm: Part, metric: str) -> str | None:
    """What the arm has in place of a rate: `MISSING` in the order of what says most; else None."""
    if not has_messages(arm):
        return MISSING[0]
    rate = arm["rates"].get(metric, {})
    return next((missing for missing in MISSING[1:] if missing in rate), None)


def shown_count(arm: Part, outcome: str) -> int | None:
    """A count of messages; None where it is 0 because the arm's logs cannot show it."""
    count: int = arm["outcomes"][outcome]
    shows = _SHOWN_BY.get(outcome)
    known = count or not shows or arm["measured"][shows] or not has_messages(arm)
    return count if known else None


def shown_receipts(arm: Part, level: str) -> int | None:
    """Deliveries known in one way; None where there are none because the logs hold no receipts."""
    count: int = arm["receipt_levels"][level]
    known = count or arm["measured"]["delivered"] or level == "inferred" or not has_messages(arm)
    return count if known else None


def is_estimated(rate: Part | None) -> bool:
    """Whether there is a number: neither absent, nor not measured, nor not estimable."""
    return rate is not None and "low" in rate


def point(rate: Part) -> float:
    """What to print as the rate: the observed share, or the confirmed one.

    A standardised rate need not equal its counts' share; then the confirmed rate stands.
    """
    observed: float = rate["numerator"] / rate["denominator"]
    confirmed: float = rate["lower_bound"]
    return observed if confirmed <= observed <= rate["upper_bound"] else confirmed


def undecided(arm: Part) -> int:
    """Messages of which nobody knows whether they arrived: unknown and pending."""
    count: int = arm["outcomes"]["unknown"] + arm["outcomes"]["pending"]
    return count

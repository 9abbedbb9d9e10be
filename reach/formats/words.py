"""A provider's words, each with what it means: the table that people read and the code uses."""

from __future__ import annotations

from dataclasses import dataclass

from reach.vocabulary import Event, Reason, Receipt


@dataclass(frozen=True, slots=True)
class Word:
    """One of a provider's words, and what it means.

    Attributes:
        said: As the provider writes it; parts that stand in several places, side by side.
        event: Ours; None for a record that holds no event.
        receipt: Who confirms the delivery, with `Event.DELIVERED`.
        permanent: With `Event.FAILED`, whether for good; None where the provider can't tell.
        reason: Why, where the word itself says so.
        note: What a reader should know of it.
    """

    said: str
    event: Event | None
    receipt: Receipt | None = None
    permanent: bool | None = None
    reason: Reason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One of a provider's codes for why a message failed.

    Attributes:
        said: As the provider writes it.
        reason: Ours.
        permanent: Whether for good; None where the code does not say.
        note: What a reader should know of it.
    """

    said: str
    reason: Reason
    permanent: bool | None = None
    note: str = ""


def listed(words: tuple[Word, ...]) -> dict[str, Word]:
    """The words of a table, each by what is said.

    Raises:
        ValueError: A word stands there twice.
    """
    found = {each.said: each for each in words}
    if len(found) != len(words):
        raise ValueError("a word stands twice in the table")
    return found

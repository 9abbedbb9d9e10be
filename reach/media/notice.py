"""Something that a reader of a number has to know: a code, a sentence, what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """What was left out, supposed or chosen on the way from rows to persons.

    Attributes:
        code: A closed word, by which reports word it anew in their language.
        message: The sentence in English.
        params: What it speaks of.
    """

    code: str
    message: str
    params: Mapping[str, str | float | None]


def notice(code: str, message: str, **params: str | float | None) -> Notice:
    """A notice with its parameters by name.

    Examples:
        >>> notice("survey_unweighted", "No weights.", file="recall.csv").params["file"]
        'recall.csv'
    """
    return Notice(code, message, params)

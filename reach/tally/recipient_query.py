"""The query text that adds up each recipient's messages, packed: SUM, MIN, MAX, GROUP BY."""

from __future__ import annotations

from collections.abc import Sequence

MIXED_NUMBER = -1
"""Of a recipient whose messages name two strata."""


def packed_sql(messages: str, person: str, words: int, strata: int, crowded: int) -> str:
    """How many recipients have each packed vector.

    Columns: ``crowded``, the person if there are too many messages for a vector, else NULL;
    ``stratum_<i>``; ``word_<i>``; ``recipients``.

    Args:
        messages: SQL for messages with a ``person``, ``w_<i>`` for each word, and
            ``s_<i>``, the number of each stratum.
        person: SQL for what is equal for messages of one person.
        words: How many words there are.
        strata: How many attributes form strata.
        crowded: The least first word of whom there are too many messages of.
    """
    ends = "".join(f", MIN(s_{i}) AS least_{i}, MAX(s_{i}) AS most_{i}" for i in range(strata))
    sums = ", ".join(f"SUM(w_{i}) AS word_{i}" for i in range(words))
    recipients = (
        f"SELECT {person} AS person, {sums}{ends} FROM ({messages}) AS messages GROUP BY {person}"
    )
    many = f"word_0 >= {crowded}"
    marks = "".join(
        f", CASE WHEN {many} THEN 0 WHEN least_{i} <> most_{i} THEN {MIXED_NUMBER} "
        f"ELSE least_{i} END AS stratum_{i}"
        for i in range(strata)
    )
    cells = "".join(
        f", CASE WHEN {many} THEN 0 ELSE word_{i} END AS word_{i}" for i in range(words)
    )
    vectors = (
        f"SELECT CASE WHEN {many} THEN person END AS crowded{marks}{cells} "
        f"FROM ({recipients}) AS recipients"
    )
    groups = _columns(words, strata)
    return f"SELECT {groups}, COUNT(*) AS recipients FROM ({vectors}) AS vectors GROUP BY {groups}"


def _columns(words: int, strata: int) -> str:
    names: Sequence[str] = [
        "crowded",
        *(f"stratum_{i}" for i in range(strata)),
        *(f"word_{i}" for i in range(words)),
    ]
    return ", ".join(names)

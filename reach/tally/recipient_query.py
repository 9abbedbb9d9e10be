"""The query text that adds up each recipient's messages, packed: SUM, MIN, MAX, GROUP BY."""

from __future__ import annotations

MIXED_NUMBER = -1
"""Of a recipient whose messages name two strata."""


def packed_sql(messages: str, words: int, strata: int, crowded: int) -> str:
    """What each recipient's messages add up to.

    Columns: ``crowded``, the person if there are too many messages for a vector, else NULL;
    ``stratum_<i>``; ``word_<i>``.

    Args:
        messages: SQL for messages with a ``person``, ``w_<i>`` for each word, and
            ``s_<i>``, the number of each stratum.
        words: How many words there are.
        strata: How many attributes form strata.
        crowded: The least first word of whom there are too many messages of.
    """
    ends = "".join(f", MIN(s_{i}) AS least_{i}, MAX(s_{i}) AS most_{i}" for i in range(strata))
    sums = ", ".join(f"SUM(w_{i}) AS word_{i}" for i in range(words))
    recipients = f"SELECT person, {sums}{ends} FROM ({messages}) AS messages GROUP BY person"
    marks = "".join(
        f", CASE WHEN least_{i} <> most_{i} THEN {MIXED_NUMBER} ELSE least_{i} END AS stratum_{i}"
        for i in range(strata)
    )
    names = ", ".join(f"word_{i}" for i in range(words))
    return (
        f"SELECT CASE WHEN word_0 >= {crowded} THEN person END AS crowded{marks}, {names} "
        f"FROM ({recipients}) AS recipients"
    )

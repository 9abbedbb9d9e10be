"""The verdicts of many pairs in few sentences: what wins, what is open and why, what has no answer.

Six arms have fifteen pairs, and nobody reads fifteen sentences. The table of pairs still has
every one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reach.report.numbers import number, percent, percent_range
from reach.report.reading import Part, Result, arm_of, listed, missing_in, spoken_name, undecided
from reach.report.sentences import missing_rate, numerator_of, sentence, unaffected
from reach.report.words import knows, metric_words, say

if TYPE_CHECKING:
    from reach.report.numbers import Lang

MOST_SENTENCES = 6
"""Comparisons that get a sentence each; more than these are told together."""


_MOST_NAMED = 8
"""Names in one sentence; of more the first few are told, and how many others there are."""
_FIRST_FEW = 6

_OPEN = {
    "receipts": "digest_receipts_other",
    "sampling": "digest_sampling",
    "too few recipients": "digest_too_few_recipients",
}


def digest(result: Result, pairs: Sequence[Part], lang: Lang) -> list[tuple[str, str]]:
    """The pairs of one metric, told together: a verdict and its sentence each.

    Args:
        result: The result that holds the pairs' arms.
        pairs: Its comparisons by one metric.
        lang: Language of the sentences.
    """
    told = [
        *_ranked(result, pairs, lang),
        *(
            (pair["verdict"], sentence(result, pair, lang))
            for pair in pairs
            if pair["verdict"] == "equivalent"
        ),
        *_open(result, pairs, lang),
        *_without_answer(result, pairs, lang),
    ]
    later = say(lang, "provisional") if any(pair["provisional"] for pair in pairs) else ""
    return [
        (
            verdict,
            text[0].upper()
            + text[1:].rstrip(".")
            + (later if not text.endswith(".") else "")
            + ".",
        )
        for verdict, text in told
    ]


def winner_of(pair: Part) -> tuple[str, str] | None:
    """Which arm is surely ahead, and of which; None if neither is."""
    if pair["verdict"] == "better":
        return pair["a"], pair["b"]
    return (pair["b"], pair["a"]) if pair["verdict"] == "worse" else None


def open_arm(result: Result, pair: Part) -> str:
    """The arm that more is unknown of: its receipts would tell most."""
    names: tuple[str, str] = pair["a"], pair["b"]
    return max(names, key=lambda name: _open_share(arm_of(result, name)))


def _open_share(arm: Part) -> float:
    sent = arm["outcomes"]["sent"]
    return undecided(arm) / sent if sent else 0.0


def _ranked(result: Result, pairs: Sequence[Part], lang: Lang) -> list[tuple[str, str]]:
    """Who is ahead of whom: by winner, or by loser where several are ahead of that one alone."""
    beaten: dict[tuple[str, bool], list[str]] = {}
    hangs_on: dict[tuple[str, str], str] = {}
    for pair in pairs:
        if (won := winner_of(pair)) is not None:
            beaten.setdefault((won[0], pair["causal"]), []).append(won[1])
            hangs_on[won] = unaffected(result, pair, lang)
    ahead_of_one: dict[tuple[str, bool], list[str]] = {}
    for (winner, causal), losers in beaten.items():
        if len(losers) == 1:
            ahead_of_one.setdefault((losers[0], causal), []).append(winner)
    told = []
    for (winner, causal), losers in sorted(beaten.items(), key=lambda each: -len(each[1])):
        rivals = ahead_of_one.get((losers[0], causal), [])
        if len(losers) > 1 or len(rivals) == 1:
            clauses = {hangs_on[winner, loser] for loser in losers}
            text = _ahead(result, pairs[0], lang, "better", winner, losers, causal=causal)
        elif winner == rivals[0]:
            clauses = {hangs_on[each, losers[0]] for each in rivals}
            text = _ahead(result, pairs[0], lang, "worse", losers[0], rivals, causal=causal)
        else:
            continue
        # What none of the pairs hangs on is said once.
        told.append(("better", text + (clauses.pop() if len(clauses) == 1 else "")))
    if len(told) > MOST_SENTENCES:
        rest = number(len(told) - MOST_SENTENCES, lang)
        told[MOST_SENTENCES:] = [("better", say(lang, "digest_more", count=rest))]
    return told


def _ahead(
    result: Result,
    pair: Part,
    lang: Lang,
    word: str,
    one: str,
    others: Sequence[str],
    *,
    causal: bool,
) -> str:
    key = f"digest_{word}_{numerator_of(pair)}"
    by = say(lang, f"by_{result['by']}")
    return say(
        lang,
        key if knows(lang, key) else f"digest_{word}_other",
        a=spoken_name(result, one, lang),
        b=_names(result, others, lang),
        cause=say(lang, "cause", by=by) if causal else "",
        metric=metric_words(pair["metric"], lang),
    )


def _open(result: Result, pairs: Sequence[Part], lang: Lang) -> list[tuple[str, str]]:
    waiting: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for pair in pairs:
        if pair["verdict"] != "undetermined":
            continue
        if pair["because"] == "receipts" and _open_share(arm_of(result, open_arm(result, pair))):
            arm = open_arm(result, pair)
            waiting.setdefault(arm, []).append(pair["b"] if pair["a"] == arm else pair["a"])
        else:
            both = {side: spoken_name(result, pair[side], lang) for side in ("a", "b")}
            others.setdefault(pair["because"], []).append(say(lang, "digest_pair", **both))
    if len(waiting) > MOST_SENTENCES:
        shares = [_open_share(arm_of(result, arm)) for arm in waiting]
        told = [
            say(
                lang,
                "digest_receipts_many",
                count=number(sum(map(len, waiting.values())), lang),
                shares=percent_range(min(shares), max(shares), lang),
            )
        ]
        waiting = {}
    else:
        told = []
    told += [
        say(
            lang,
            "digest_receipts",
            a=spoken_name(result, arm, lang),
            b=_names(result, rivals, lang),
            share=percent(_open_share(arm_of(result, arm)), lang),
        )
        for arm, rivals in sorted(waiting.items(), key=lambda each: -len(each[1]))
    ]
    told += [
        say(lang, _OPEN[because], pairs=few_names(named, lang)) for because, named in others.items()
    ]
    return [("undetermined", text) for text in told]


def _without_answer(result: Result, pairs: Sequence[Part], lang: Lang) -> list[tuple[str, str]]:
    """Arms that lack the metric, by why; pairs with another reason each for itself."""
    lacking: dict[str, list[str]] = {}
    told = []
    for pair in pairs:
        if pair["verdict"] != "not comparable":
            continue
        missing = missing_rate(result, pair)
        if missing is None:
            told.append(sentence(result, pair, lang))
            continue
        for name in (pair["a"], pair["b"]):
            arms = lacking.setdefault(missing, [])
            if missing_in(arm_of(result, name), pair["metric"]) == missing and name not in arms:
                arms.append(name)
    metric = metric_words(pairs[0]["metric"], lang)
    told += [
        say(
            lang,
            "digest_not_compared",
            why=say(lang, f"why_{missing}", metric=metric, arms=_names(result, arms, lang)),
        )
        for missing, arms in lacking.items()
    ]
    return [("not comparable", text) for text in told]


def _names(result: Result, names: Sequence[str], lang: Lang) -> str:
    return few_names([spoken_name(result, name, lang) for name in names], lang)


def few_names(names: Sequence[str], lang: Lang) -> str:
    """All names, or the first few and how many others there are."""
    if len(names) <= _MOST_NAMED:
        return listed(names, lang)
    others = say(lang, "others", count=number(len(names) - _FIRST_FEW, lang))
    return listed([*names[:_FIRST_FEW], others], lang)

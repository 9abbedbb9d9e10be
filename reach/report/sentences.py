"""The verdict in words: one sentence a comparison.

A sentence says who, how much, and what of it hangs on things nobody knows. It speaks of causes
only where the comparison says it may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.numbers import cut_number, percent, points
from reach.report.reading import (
    MISSING,
    UNSAFE_GRADES,
    Part,
    Result,
    arm_of,
    is_estimated,
    listed,
    missing_in,
    spoken_name,
    undecided,
)
from reach.report.reasons import because_words
from reach.report.words import knows, metric_words, say

if TYPE_CHECKING:
    from reach.report.numbers import Lang


def sentences(result: Result, lang: Lang) -> list[tuple[Part, str]]:
    """Every comparison with its sentence, metric by metric in the order declared."""
    order = {metric: place for place, metric in enumerate(result["metrics"])}
    pairs = sorted(result["comparisons"], key=lambda pair: order.get(pair["metric"], len(order)))
    return [(pair, sentence(result, pair, lang)) for pair in pairs]


def sentence(result: Result, comparison: Part, lang: Lang) -> str:
    """One comparison in one sentence, with its full stop.

    Args:
        result: The result that holds the comparison's arms.
        comparison: One of its comparisons.
        lang: Language of the sentence.

    Returns:
        The sentence; names in it are safe to print.
    """
    said = {
        "better": _ranked,
        "worse": _ranked,
        "equivalent": _equivalent,
        "undetermined": _undetermined,
        "not comparable": _not_comparable,
    }[comparison["verdict"]](result, comparison, lang)
    if comparison["verdict"] != "not comparable" and _on_assumptions(result, comparison):
        said += say(lang, "assumptions")
    if comparison["provisional"]:
        said += say(lang, "provisional")
    return said[0].upper() + said[1:] + "."


def _names(result: Result, comparison: Part, lang: Lang) -> dict[str, str]:
    return {side: spoken_name(result, comparison[side], lang) for side in ("a", "b")}


def _interval(comparison: Part, lang: Lang) -> str:
    return points(comparison["low"], comparison["high"], lang, say(lang, "to"))


def numerator_of(comparison: Part) -> str:
    """What the metric counts: delivered, engaged, acted."""
    return str(comparison["metric"].partition("_per_")[0])


def _ranked(result: Result, comparison: Part, lang: Lang) -> str:
    by = say(lang, f"by_{result['by']}")
    key = f"{comparison['verdict']}_{numerator_of(comparison)}"
    blanks = {
        **_names(result, comparison, lang),
        "cause": say(lang, "cause", by=by) if comparison["causal"] else "",
        "interval": _interval(comparison, lang),
    }
    if not knows(lang, key):
        key = f"{comparison['verdict']}_other"
        blanks["metric"] = metric_words(comparison["metric"], lang)
    return say(lang, key, **blanks) + unaffected(result, comparison, lang)


def unaffected(result: Result, comparison: Part, lang: Lang) -> str:
    """Say what the verdict does not hang on, if anything is undecided at all."""
    least, most = comparison["difference_bounds"]
    if least == most:
        return ""
    arms = [arm_of(result, comparison[side]) for side in ("a", "b")]
    if any(undecided(arm) for arm in arms):
        return say(lang, "whatever_unknown")
    if any(arm["outcomes"]["suspects"] for arm in arms):
        return say(lang, "whatever_suspect")
    return ""


def _equivalent(result: Result, comparison: Part, lang: Lang) -> str:
    names = _names(result, comparison, lang)
    said = say(
        lang,
        "equivalent",
        **names,
        interval=_interval(comparison, lang),
        margin=_margin(comparison, lang),
    )
    if comparison["low"] > 0:
        said += say(lang, "equivalent_above", a=names["a"])
    elif comparison["high"] < 0:
        said += say(lang, "equivalent_below", a=names["a"])
    return said


def _margin(comparison: Part, lang: Lang) -> str:
    return percent(comparison["margin"], lang).removesuffix(" %")


def _undetermined(result: Result, comparison: Part, lang: Lang) -> str:
    names = _names(result, comparison, lang)
    if comparison["because"] == "too few recipients":
        return _too_few(result, comparison, names, lang)
    if comparison["because"] == "receipts":
        said = _open_by_receipts(result, comparison, names, lang)
    else:
        said = say(lang, "undetermined_sampling", **names, interval=_interval(comparison, lang))
    if comparison["non_inferior"] and comparison.get("margin") is not None:
        margin = _margin(comparison, lang)
        said += say(lang, "non_inferior", **names, margin=margin)
    return said


def _open_by_receipts(result: Result, comparison: Part, names: dict[str, str], lang: Lang) -> str:
    trailing = comparison["a"] if comparison["difference"] < 0 else comparison["b"]
    arm = arm_of(result, trailing)
    tipping = comparison["tipping_point"]
    known = isinstance(tipping, int | float) and not isinstance(tipping, bool)
    # A standardised tipping point does not belong to the crude share of unknowns.
    crude = not comparison["standardised"]
    if known and crude and comparison["metric"] == "delivered_per_sent" and undecided(arm):
        return say(
            lang,
            "undetermined_tie",
            **names,
            trailing=spoken_name(result, trailing, lang),
            share=percent(undecided(arm) / arm["outcomes"]["sent"], lang),
            tipping=percent(tipping, lang),
        )
    least, most = comparison["difference_bounds"]
    possible = points(least, most, lang, say(lang, "to"))
    return say(lang, "undetermined_receipts", **names, possible=possible)


def _too_few(result: Result, comparison: Part, names: dict[str, str], lang: Lang) -> str:
    """Name the arm that has the fewest effective recipients behind this very difference."""
    effective = {
        side: _effective(result, comparison, place) for place, side in enumerate(("a", "b"))
    }
    side = min(effective, key=lambda side: effective[side])
    count = cut_number(effective[side], lang)
    return say(lang, "undetermined_too_few", **names, count=count, arm=names[side])


def _effective(result: Result, comparison: Part, place: int) -> float:
    """As the comparison tells it, standardised if it is; none are more than there are."""
    if comparison.get("effective_clusters") is not None:
        return float(comparison["effective_clusters"][place])
    arm = arm_of(result, comparison[("a", "b")[place]])
    rate = arm["rates"].get(comparison["metric"])
    if rate is not None and is_estimated(rate):
        return float(rate["effective_clusters"])
    return float(arm["outcomes"]["recipients"])


def _not_comparable(result: Result, comparison: Part, lang: Lang) -> str:
    why = why_not_comparable(result, comparison, lang)
    return say(lang, "not_comparable", **_names(result, comparison, lang), why=why)


def why_not_comparable(result: Result, comparison: Part, lang: Lang) -> str:
    """The reason in the reader's language where the rates tell it, else as it was given."""
    missing = missing_rate(result, comparison)
    if missing is None:
        return because_words(result, comparison, lang)
    metric = comparison["metric"]
    arms = [
        spoken_name(result, comparison[side], lang)
        for side in ("a", "b")
        if missing_in(arm_of(result, comparison[side]), metric) == missing
    ]
    words = metric_words(metric, lang)
    return say(lang, f"why_{missing}", metric=words, arms=listed(arms, lang))


def missing_rate(result: Result, comparison: Part) -> str | None:
    """The first of `MISSING` that an arm has in place of a rate, or None."""
    arms = [arm_of(result, comparison[side]) for side in ("a", "b")]
    found = [missing_in(arm, comparison["metric"]) for arm in arms]
    return next((missing for missing in MISSING if missing in found), None)


def _on_assumptions(result: Result, comparison: Part) -> bool:
    return any(arm_of(result, comparison[side])["grade"] in UNSAFE_GRADES for side in ("a", "b"))

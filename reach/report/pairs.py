"""The table of pairs: what is possible, the interval, and the verdict it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, Column, flowed, table_lines, table_width, wrapped
from reach.report.numbers import MINUS, difference, number, p_value, percent, points, whole_percent
from reach.report.reading import NAME_CELLS, Part, Result, short_name
from reach.report.sentences import missing_rate
from reach.report.words import attribute_words, metric_words, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang

STYLES = {"better": "green", "worse": "red", "equivalent": "cyan", "undetermined": "yellow"}
_NARROW_NAME = 12


def pair_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Every comparison, one table a metric, in lines of at most `width` cells."""
    lines = _head(result, lang, width)
    for metric in dict.fromkeys(pair["metric"] for pair in result["comparisons"]):
        pairs = [pair for pair in result["comparisons"] if pair["metric"] == metric]
        lines += wrapped(
            say(lang, "in_points", metric=metric_words(metric, lang)), width, style="italic"
        )
        lines += _table(result, pairs, lang, width)
    for pair in result["comparisons"]:
        lines += _standardised(pair, lang, width)
    return lines + _assignment(result, lang, width)


def _head(result: Result, lang: Lang, width: int) -> list[Text]:
    several = result["recipients_in_several"]
    overlap = say(lang, "pairs_overlap", count=number(several, lang)) if several else ""
    head = say(
        lang,
        "pairs_head",
        level=whole_percent(result["level"], lang),
        family=number(result["family"], lang),
        persons=number(result["recipients"], lang),
        overlap=overlap,
    )
    return wrapped(head, width, style="bold")


def _table(result: Result, pairs: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    for name_cells in (NAME_CELLS, _NARROW_NAME):
        names, possible, interval, p_adjusted, verdict = _columns(result, pairs, lang, name_cells)
        # The sentences above say the tipping points, so these go before the columns do.
        shorter = _verdicts(result, pairs, lang, tipping=False)
        for columns in (
            [names, possible, interval, p_adjusted, verdict],
            [names, possible, interval, verdict],
            [names, possible, interval, p_adjusted, shorter],
            [names, possible, interval, shorter],
        ):
            if table_width(columns) <= width:
                return table_lines(columns)
    return _stacked(result, pairs, lang, width)


def _columns(
    result: Result, pairs: Sequence[Part], lang: Lang, name_cells: int
) -> tuple[Column, Column, Column, Column, Column]:
    return (
        Column("", tuple(pair_name(pair, name_cells) for pair in pairs), right=False),
        Column(say(lang, "possible"), tuple(_possible(pair, lang) for pair in pairs)),
        Column(say(lang, "interval"), tuple(_interval(pair, lang) for pair in pairs)),
        Column(say(lang, "p_adjusted"), tuple(_p_adjusted(pair, lang) for pair in pairs)),
        _verdicts(result, pairs, lang, tipping=True),
    )


def _verdicts(result: Result, pairs: Sequence[Part], lang: Lang, *, tipping: bool) -> Column:
    provisional = any(pair["provisional"] for pair in pairs)
    return Column(
        say(lang, "verdict_provisional" if provisional else "verdict"),
        tuple(_verdict(result, pair, lang, tipping=tipping) for pair in pairs),
        right=False,
        styles=tuple(STYLES.get(pair["verdict"], "dim") for pair in pairs),
    )


def pair_name(pair: Part, cells: int = NAME_CELLS) -> str:
    """A pair as a difference: whatsapp − sms."""
    return f"{short_name(pair['a'], cells)} {MINUS} {short_name(pair['b'], cells)}"


def _possible(pair: Part, lang: Lang) -> str:
    bounds = pair["difference_bounds"]
    if bounds is None:
        return ""
    if bounds[0] == bounds[1]:
        return difference(bounds[0], lang)
    return points(bounds[0], bounds[1], lang, " … ")


def _interval(pair: Part, lang: Lang) -> str:
    if pair["low"] is None or pair["high"] is None:
        return ""
    return points(pair["low"], pair["high"], lang, say(lang, "to"))


def _p_adjusted(pair: Part, lang: Lang) -> str:
    return "" if pair["p_adjusted"] is None else p_value(pair["p_adjusted"], lang)


def _verdict(result: Result, pair: Part, lang: Lang, *, tipping: bool = True) -> str:
    verdict = pair["verdict"]
    said = say(lang, f"verdict_{verdict}")
    if verdict == "not comparable":
        return f"{said}: {_short_reason(result, pair, lang)}"
    if verdict == "undetermined":
        said += ": " + say(lang, f"because_{pair['because']}")
        said += _tipping(pair, lang) if tipping else ""
    if pair["non_inferior"] and verdict in ("undetermined", "worse"):
        said += ", " + say(lang, "not_worse")
    return said + (" *" if pair["provisional"] else "")


def _short_reason(result: Result, pair: Part, lang: Lang) -> str:
    """The first words of why; the sentence above the table has it in full."""
    missing = missing_rate(result, pair)
    if missing is not None:
        return say(lang, missing)
    return short_name(str(pair["because"]))


def _tipping(pair: Part, lang: Lang) -> str:
    tipping = pair["tipping_point"]
    if pair["because"] != "receipts" or tipping is None or tipping == "none":
        return ""
    if tipping == "cannot tie":
        return ", " + say(lang, "cannot_tie")
    return ", " + say(lang, "tips_at", tipping=percent(tipping, lang))


def _stacked(result: Result, pairs: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    """Every pair in lines of its own, for narrow terminals and long names."""
    lines: list[Text] = []
    for pair in pairs:
        lines += wrapped(pair_name(pair, max(8, width // 2 - 4)), width, style="bold")
        parts = [
            f"{say(lang, name)} {text}"
            for name, text in (
                ("possible", _possible(pair, lang)),
                ("interval", _interval(pair, lang)),
                ("p_adjusted", _p_adjusted(pair, lang)),
            )
            if text
        ]
        lines += flowed(parts, width, first=MARGIN * 2)
        style = STYLES.get(pair["verdict"], "dim")
        lines += wrapped(_verdict(result, pair, lang), width, style=style, first=MARGIN * 2)
    return lines


def _standardised(pair: Part, lang: Lang, width: int) -> list[Text]:
    standard = pair["standardised"]
    if standard is None:
        return []
    flips = standard["crude"]["sign_changes"]
    text = say(
        lang,
        "standardised_flips" if flips else "standardised",
        pair=pair_name(pair),
        by=", ".join(attribute_words(word, lang) for word in standard["by"]),
        crude=difference(standard["crude"]["difference"], lang),
    )
    return wrapped(text, width, style="bold yellow" if flips else "")


def _assignment(result: Result, lang: Lang, width: int) -> list[Text]:
    assigned = result["assignment"]
    if assigned is None:
        return []
    unit = attribute_words(assigned["unit"], lang)
    if not assigned["randomised"]:
        by = say(lang, f"by_{result['by']}")
        return wrapped(say(lang, "assignment_not_random", unit=unit, by=by), width)
    if assigned["chi2"] is None or assigned["p_value"] is None:
        return wrapped(say(lang, "assignment_random_untested", unit=unit), width)
    p = p_value(assigned["p_value"], lang)
    text = say(
        lang,
        "assignment_random",
        unit=unit,
        chi2=number(assigned["chi2"], lang, 2),
        p=p if p.startswith("<") else f"= {p}",
        passed=say(lang, "passed" if assigned["passed"] else "not_passed"),
    )
    return wrapped(text, width, style="" if assigned["passed"] else "bold red")

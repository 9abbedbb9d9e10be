"""The table of pairs: what is possible, the interval, and the verdict it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reach.report.digest import MOST_SENTENCES
from reach.report.layout import (
    GAP,
    MARGIN,
    Column,
    flowed,
    narrowed,
    table_lines,
    table_width,
    wrapped,
)
from reach.report.numbers import MINUS, difference, number, p_value, percent, points, whole_percent
from reach.report.reading import NAME_CELLS, Part, Result, arm_name
from reach.report.reasons import because_words
from reach.report.sentences import missing_rate
from reach.report.words import attribute_words, counted, metric_words, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text

    from reach.report.numbers import Lang

STYLES = {"better": "green", "worse": "red", "equivalent": "cyan", "undetermined": "yellow"}
_NARROW_NAME = 12
_LEAST_VERDICT = 16
_SHAPES = (
    (NAME_CELLS, True, False),
    (NAME_CELLS, False, False),
    (NAME_CELLS, False, True),
    (_NARROW_NAME, False, True),
)
"""Cells of a name, whether tipping points are told, whether verdicts are wrapped: widest first.

The sentences above say the tipping points, so these go before anything else does.
"""
_SHAPES_OF_MANY = (
    (NAME_CELLS, True, False),
    (NAME_CELLS, True, True),
    (NAME_CELLS, False, True),
    (_NARROW_NAME, False, True),
)
"""The same where pairs are told together, and only the table says the tipping points."""


def pair_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Every comparison, one table a metric, in lines of at most `width` cells."""
    lines = _head(result, lang, width)
    metrics = dict.fromkeys(pair["metric"] for pair in result["comparisons"])
    blocks = [
        [pair for pair in result["comparisons"] if pair["metric"] == metric] for metric in metrics
    ]
    many = len(result["comparisons"]) > MOST_SENTENCES
    shown = [_worth_a_row(pairs) if many else pairs for pairs in blocks]
    tables = _tables(result, shown, lang, width)
    for metric, pairs, table, rows in zip(metrics, blocks, tables, shown, strict=True):
        words = metric_words(metric, lang)
        lines += wrapped(say(lang, "in_points", metric=words), width, style="italic")
        lines += table
        if left := len(pairs) - len(rows):
            note = say(lang, "pairs_left_out", pairs=counted("comparisons", left, lang))
            lines += wrapped(note, width, style="dim")
        for pair in pairs:
            lines += _standardised(result, pair, lang, width)
    return lines + _assignment(result, lang, width)


def _worth_a_row(pairs: Sequence[Part]) -> Sequence[Part]:
    """Those that can be compared, if any can: the sentences name the others."""
    return [pair for pair in pairs if pair["verdict"] != "not comparable"] or pairs


def _head(result: Result, lang: Lang, width: int) -> list[Text]:
    several = result["recipients_in_several"]
    overlap = say(lang, "pairs_overlap", count=number(several, lang)) if several else ""
    head = say(
        lang,
        "pairs_head",
        level=whole_percent(result["level"], lang),
        family=number(result["family"], lang),
        persons=counted("persons", result["recipients"], lang),
        overlap=overlap,
    )
    return wrapped(head, width, style="bold")


def _tables(
    result: Result, blocks: Sequence[Sequence[Part]], lang: Lang, width: int
) -> list[list[Text]]:
    """A table a block, all of one shape: the widest that fits for all of them."""
    many = len(result["comparisons"]) > MOST_SENTENCES
    for name_cells, tipping, wrap in _SHAPES_OF_MANY if many else _SHAPES:
        tables = [_columns(result, pairs, lang, name_cells, tipping=tipping) for pairs in blocks]
        fitted = [_fitted(columns, width, wrap=wrap) for columns in tables]
        if all(table_width(columns) <= width for columns in fitted):
            return [table_lines(columns) for columns in fitted]
    return [_stacked(result, pairs, lang, width) for pairs in blocks]


def _fitted(columns: Sequence[Column], width: int, *, wrap: bool) -> list[Column]:
    """The columns with verdicts in the room that the others leave."""
    *others, verdict = columns
    room = width - table_width(others) - len(GAP)
    compared = len(others) > 1
    if room < _LEAST_VERDICT or verdict.width <= room or (compared and not wrap):
        return list(columns)
    return [*others, narrowed(verdict, room)]


def _columns(
    result: Result, pairs: Sequence[Part], lang: Lang, name_cells: int, *, tipping: bool
) -> list[Column]:
    """Names, what is known, verdicts; where nothing could be compared nothing is known."""
    names = tuple(pair_name(result, pair, lang, name_cells) for pair in pairs)
    known = [
        Column(say(lang, key), tuple(tell(pair, lang) for pair in pairs))
        for key, tell in _KNOWN.items()
        if any(tell(pair, lang) for pair in result["comparisons"])
    ]
    if not any(cell for column in known for cell in column.cells):
        known = []
    return [
        Column("", names, right=False),
        *known,
        _verdicts(result, pairs, lang, tipping=tipping),
    ]


def _verdicts(result: Result, pairs: Sequence[Part], lang: Lang, *, tipping: bool) -> Column:
    provisional = any(pair["provisional"] for pair in pairs)
    return Column(
        say(lang, "verdict_provisional" if provisional else "verdict"),
        tuple(_verdict(result, pair, lang, tipping=tipping) for pair in pairs),
        right=False,
        styles=tuple(STYLES.get(pair["verdict"], "dim") for pair in pairs),
    )


def pair_name(result: Result, pair: Part, lang: Lang, cells: int = NAME_CELLS) -> str:
    """A pair as a difference: WhatsApp − SMS."""
    return f" {MINUS} ".join(arm_name(result, pair[side], lang, cells) for side in ("a", "b"))


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
    return points(pair["low"], pair["high"], lang, say(lang, "to_short"))


def _p_adjusted(pair: Part, lang: Lang) -> str:
    return "" if pair["p_adjusted"] is None else p_value(pair["p_adjusted"], lang)


_KNOWN: Final[dict[str, Callable[[Part, Lang], str]]] = {
    "possible": _possible,
    "interval": _interval,
    "p_adjusted": _p_adjusted,
}
"""Columns that tell of a comparison, by their headings' keys."""


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
    """Why in a few words where there are some, else as it was given."""
    missing = missing_rate(result, pair)
    if missing is not None:
        return say(lang, missing)
    return because_words(result, pair, lang)


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
        lines += wrapped(pair_name(result, pair, lang, max(8, width // 2 - 4)), width, style="bold")
        parts = [
            f"{' '.join(say(lang, key).split())} {text}"
            for key, tell in _KNOWN.items()
            if (text := tell(pair, lang))
        ]
        lines += flowed(parts, width, first=MARGIN * 2)
        style = STYLES.get(pair["verdict"], "dim")
        lines += wrapped(_verdict(result, pair, lang), width, style=style, first=MARGIN * 2)
    return lines


def _standardised(result: Result, pair: Part, lang: Lang, width: int) -> list[Text]:
    standard = pair["standardised"]
    if standard is None:
        return []
    flips = standard["crude"]["sign_changes"]
    text = say(
        lang,
        "standardised_flips" if flips else "standardised",
        pair=pair_name(result, pair, lang),
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

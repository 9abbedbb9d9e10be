"""Tables of posts compared: by arm and by pair, whatever fits the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from reach.report.numbers import (
    MINUS,
    cut_number,
    decimals_for,
    difference,
    number,
    p_value,
    points,
    whole_percent,
)
from reach.report.pairs import STYLES
from reach.report.post_words import arm_words, is_answered
from reach.report.reading import NAME_CELLS
from reach.report.words import counted, metric_words, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_NARROW_NAME = 12
_LEAST_LAST = 16


def arm_tables(result: Result, arms: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    """A table a metric: posts, how many posts of one size they weigh like, rate and interval."""
    lines: list[Text] = []
    for metric in result["posts"]["metrics"]:
        rates = [arm["rates"][metric] for arm in arms]
        known = [
            Column(say(lang, "posts_posts"), tuple(number(arm["posts"], lang) for arm in arms)),
            Column(say(lang, "posts_effective"), tuple(_effective(rate, lang) for rate in rates)),
            Column(metric_words(metric, lang), _rates(rates, lang), right=False),
        ]
        lines += _table(
            lambda cells: [
                f"{arm_words(result, arm['arm'], lang, cells)} ({arm['grade']})" for arm in arms
            ],
            known,
            width,
        )
    return lines


def _effective(rate: Part, lang: Lang) -> str:
    return cut_number(rate["effective_posts"], lang) if "estimate" in rate else ""


def _rates(rates: Sequence[Part], lang: Lang) -> tuple[str, ...]:
    """Rates with their intervals, digits under digits."""
    known = [(rate["estimate"], rate["low"], rate["high"]) for rate in rates if "estimate" in rate]
    places = max(map(decimals_for, known), default=1)
    texts = [[number(100 * part, lang, places) for part in rate] for rate in known]
    widest = max((len(text) for rate in texts for text in rate), default=0)
    told = iter([[text.rjust(widest) for text in rate] for rate in texts])
    return tuple(
        "{} %  {} – {}".format(*next(told)) if "estimate" in rate else _missing(rate, lang)
        for rate in rates
    )


def _missing(rate: Part, lang: Lang) -> str:
    """What stands in place of a rate; why, the sentences tell."""
    reason = rate["reason"]
    untold = reason is not None and reason["code"] == "posts_not_measured"
    return say(lang, "not_measured" if untold else "not_estimable")


def pair_tables(result: Result, lang: Lang, width: int) -> list[Text]:
    """A heading and a table a metric; nothing where no two arms are asked about."""
    posts = result["posts"]
    pairs = posts["comparisons"]
    if not pairs:
        return []
    head = say(
        lang,
        "posts_pairs_head",
        level=whole_percent(posts["level"], lang),
        family=number(posts["family"], lang),
    )
    lines = wrapped(head, width, style="bold")
    for metric in posts["metrics"]:
        found = [pair for pair in pairs if pair["metric"] == metric]
        shown = found
        if len(pairs) > MOST_SENTENCES:
            shown = [pair for pair in found if is_answered(pair)]
        words = say(lang, "in_points", metric=metric_words(metric, lang))
        lines += wrapped(words, width, style="italic")
        lines += _pair_table(result, shown, lang, width)
        if left := len(found) - len(shown):
            note = say(lang, "posts_pairs_left_out", pairs=counted("comparisons", left, lang))
            lines += wrapped(note, width, style="dim")
    return lines


def _pair_table(result: Result, pairs: Sequence[Part], lang: Lang, width: int) -> list[Text]:
    if not pairs:
        return []
    known = [
        Column(say(lang, heading), tuple(tell(pair, lang) for pair in pairs))
        for heading, tell in (
            ("posts_difference", _difference),
            ("interval", _interval),
            ("p_adjusted", _p_adjusted),
        )
        if any(tell(pair, lang) for pair in pairs)
    ]
    verdicts = Column(
        say(lang, "verdict"),
        tuple(verdict_words(pair, lang) for pair in pairs),
        right=False,
        styles=tuple(STYLES.get(pair["verdict"], "dim") for pair in pairs),
    )
    return _table(
        lambda cells: [post_pair_name(result, pair, lang, cells) for pair in pairs],
        [*known, verdicts],
        width,
    )


def post_pair_name(result: Result, pair: Part, lang: Lang, cells: int) -> str:
    """A pair as a difference: Photo − Link."""
    return f" {MINUS} ".join(arm_words(result, pair[side], lang, cells) for side in ("a", "b"))


def _difference(pair: Part, lang: Lang) -> str:
    return "" if pair["difference"] is None else difference(pair["difference"], lang)


def _interval(pair: Part, lang: Lang) -> str:
    if pair["low"] is None:
        return ""
    return points(pair["low"], pair["high"], lang, say(lang, "to_short"))


def _p_adjusted(pair: Part, lang: Lang) -> str:
    return "" if pair["p_adjusted"] is None else p_value(pair["p_adjusted"], lang)


def verdict_words(pair: Part, lang: Lang) -> str:
    """The verdict in a word; why two arms can't be compared the sentences tell."""
    said = say(lang, f"verdict_{pair['verdict']}")
    if pair["verdict"] == "undetermined":
        said += ": " + say(lang, f"because_{pair['because']}")
    if pair["non_inferior"] and pair["verdict"] in ("undetermined", "worse"):
        said += ", " + say(lang, "not_worse")
    return said


def _table(
    names: Callable[[int], Sequence[str]], known: Sequence[Column], width: int
) -> list[Text]:
    """Names and columns, or every row in lines of its own where they do not fit."""
    for cells in (NAME_CELLS, _NARROW_NAME):
        table = [Column("", tuple(names(cells)), right=False), *known]
        room = width - table_width(table[:-1]) - len(GAP)
        if _LEAST_LAST <= room < table[-1].width and len(table) > len(("name", "last")):
            table[-1] = narrowed(table[-1], room)
        if table_width(table) <= width:
            return table_lines(table)
    lines: list[Text] = []
    for row, name in enumerate(names(NAME_CELLS)):
        lines += wrapped(name, width, style="bold")
        parts = [
            f"{' '.join(column.heading.split())}: {' '.join(column.cells[row].split())}"
            for column in known
            if column.cells[row]
        ]
        lines += flowed(parts, width, first=MARGIN * 2)
    return lines

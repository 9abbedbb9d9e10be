"""Posts compared: sentences, tables, and what impossible rows would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, flowed, wrapped
from reach.report.numbers import number, whole_percent
from reach.report.pairs import STYLES
from reach.report.post_tables import arm_tables, pair_tables, post_pair_name, verdict_words
from reach.report.post_words import post_sentences
from reach.report.reading import NAME_CELLS
from reach.report.safe_text import visible
from reach.report.words import counted, say

if TYPE_CHECKING:
    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_MOST_ROWS = 5


def post_blocks(result: Result, lang: Lang, width: int) -> list[list[Text]]:
    """All that is told of posts, in lines of at most `width` cells; nothing if nobody asked."""
    posts = result.get("posts")
    if posts is None:
        return []
    by = say(lang, f"posts_by_{posts['by']}")
    lines = wrapped(say(lang, "posts_head", by=by), width, style="bold")
    for verdict, words in post_sentences(result, lang):
        lines += wrapped(words, width, style=STYLES.get(verdict, "dim"), rest=MARGIN * 2)
    level = whole_percent(posts["level"], lang)
    arms = arm_tables(result, posts["arms"], lang, width)
    legend = say(lang, "posts_legend", level=level).split(" · ")
    arms += flowed(legend, width, style="dim", first=MARGIN * 2)
    for note in _notes(posts, lang):
        arms += wrapped(note, width, style="yellow")
    return [lines, arms, pair_tables(result, lang, width), _impossible(result, lang, width)]


def _notes(posts: Part, lang: Lang) -> list[str]:
    """What is empty, told twice or not mixed with the others."""
    notes = []
    empty = [
        say(lang, "posts_blank_field", field=visible(field), posts=counted("posts", count, lang))
        for field, count in sorted(posts["blank"].items())
        if count
    ]
    if empty:
        notes.append(say(lang, "posts_blank", fields=", ".join(empty)))
    if posts["repeated"]:
        notes.append(say(lang, "posts_repeated", count=number(posts["repeated"], lang)))
    for whose, count in sorted(posts["left_out"].items()):
        if count:
            notes.append(say(lang, f"posts_out_{whose}", posts=counted("posts", count, lang)))
    return notes


def _impossible(result: Result, lang: Lang, width: int) -> list[Text]:
    """The impossible rows by name, and what would be another with them."""
    posts = result["posts"]
    if not posts["impossible"]:
        return []
    lines = wrapped(say(lang, "posts_impossible"), width, style="bold")
    for row in posts["impossible"][:_MOST_ROWS]:
        place = visible(f"{row['source']}:{row['line']} {row['path']}")
        told = {name: visible(row[name]) for name in ("received", "expected")}
        text = say(lang, "fault", place=place, **told)
        lines += wrapped(text, width, first=MARGIN * 2, rest=MARGIN * 4)
    if (more := len(posts["impossible"]) - _MOST_ROWS) > 0:
        text = say(lang, "logs_more", count=number(more, lang))
        lines += wrapped(text, width, first=MARGIN * 2, style="dim")
    lines += wrapped(say(lang, "posts_with_impossible"), width, style="italic")
    beside = posts["with_impossible"]
    arms = [arm for arm in beside["arms"] if arm not in posts["arms"]]
    if arms:
        lines += arm_tables(result, arms, lang, width)
    else:
        lines += wrapped(say(lang, "posts_same_rates"), width)
    verdicts = {(pair["metric"], pair["a"], pair["b"]): pair for pair in posts["comparisons"]}
    others = [
        pair
        for pair in beside["comparisons"]
        if _ruling(verdicts.get((pair["metric"], pair["a"], pair["b"]))) != _ruling(pair)
    ]
    for pair in others:
        name = post_pair_name(result, pair, lang, NAME_CELLS)
        text = say(lang, "posts_other_verdict", pair=name, verdict=verdict_words(pair, lang))
        lines += wrapped(text, width)
    return lines if others else lines + wrapped(say(lang, "posts_same_verdicts"), width)


def _ruling(pair: Part | None) -> tuple[str, str | None] | None:
    return None if pair is None else (pair["verdict"], pair["because"])

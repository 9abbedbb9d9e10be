"""Who surely reached more persons than whom: an order in steps, and neighbours in rank."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from reach.report.digest import few_names, winner_of
from reach.report.layout import MARGIN, Column, flowed, wrapped
from reach.report.numbers import MINUS, number, whole_percent
from reach.report.people.amounts import most_digits, outward
from reach.report.people.fitting import fitted
from reach.report.people.names import name_of
from reach.report.reading import listed
from reach.report.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_STYLES = {"better": "green", "worse": "red"}
_VERDICTS = {"better": "more", "worse": "fewer"}


def ranking(people: Result, lang: Lang) -> Iterator[tuple[str, str]]:
    """Sentences with their rich styles; together they tell every pair."""
    pairs = _pairs(people)
    if not pairs:
        return
    order = _order(people)
    steps = _steps(order, pairs)
    if len(steps) > 1:
        said = [listed([_graded(people, name, lang) for name in step], lang) for step in steps]
        yield say(lang, "people_steps", steps=" > ".join(said)), "green"
    step_of = {name: place for place, step in enumerate(steps) for name in step}
    beaten: dict[str, list[str]] = {}
    waiting: dict[str, list[str]] = {}
    for pair in pairs:
        if step_of[pair["a"]] != step_of[pair["b"]]:
            continue
        if (won := winner_of(pair)) is not None:
            beaten.setdefault(won[0], []).append(won[1])
        else:
            both = " – ".join(name_of(people, pair[side], lang) for side in ("a", "b"))
            waiting.setdefault(pair["because"], []).append(both)
    for winner, losers in beaten.items():
        names = few_names([name_of(people, name, lang) for name in losers], lang)
        yield say(lang, "people_more", a=_graded(people, winner, lang), b=names), "green"
    for because, open_pairs in waiting.items():
        yield say(lang, f"people_open_{because}", pairs=few_names(open_pairs, lang)), "yellow"
    if assumed := sum(pair["on_assumptions"] for pair in pairs):
        yield _told("people_on_assumptions", assumed, len(pairs), lang), "dim"
    if across := sum(pair["across_grades"] for pair in pairs):
        yield _told("people_across", across, len(pairs), lang), "dim"


def neighbour_lines(people: Result, lang: Lang, width: int) -> list[Text]:
    """Each channel against the next in rank, in lines of at most `width` cells."""
    by_pair = {frozenset((pair["a"], pair["b"])): pair for pair in _pairs(people)}
    order = _order(people)
    both = [frozenset(names) for names in pairwise(order)]
    shown = [by_pair[names] for names in both if names in by_pair]
    if not shown:
        return []
    head = say(
        lang,
        "people_neighbours",
        level=whole_percent(people["level"], lang),
        count=number(len(by_pair), lang),
    )
    lines = wrapped(head, width, style="bold")
    everybody = people["universe"]["persons"]
    lines += fitted(
        lambda cells: Column(
            "", tuple(_pair_name(people, pair, lang, cells) for pair in shown), right=False
        ),
        lambda _: [_columns(shown, everybody, lang)],
        width,
    )
    legend = say(lang, "people_neighbours_legend").split(" · ")
    return lines + flowed(legend, width, style="dim", first=MARGIN * 2)


def _columns(pairs: Sequence[Part], everybody: int, lang: Lang) -> list[Column]:
    differences, intervals = [], []
    for pair in pairs:
        known = pair["difference"]
        differences.append("–" if known is None else most_digits(known * everybody, lang))
        low, high = outward(pair["low"] * everybody, pair["high"] * everybody, lang)
        intervals.append(f"{low}{say(lang, 'to_short')}{high}")
    styles = tuple(_STYLES.get(pair["verdict"], "yellow") for pair in pairs)
    verdicts = tuple(_verdict(pair, lang) for pair in pairs)
    resting = tuple("/".join(pair["grades"]) + _marks(pair) for pair in pairs)
    return [
        Column(say(lang, "people_difference"), tuple(differences)),
        Column(say(lang, "interval"), tuple(intervals)),
        Column(say(lang, "verdict"), verdicts, right=False, styles=styles),
        Column(say(lang, "people_grades"), resting, right=False),
    ]


def _verdict(pair: Part, lang: Lang) -> str:
    if pair["verdict"] in _VERDICTS:
        return say(lang, f"people_verdict_{_VERDICTS[pair['verdict']]}")
    return f"{say(lang, 'verdict_undetermined')}: {say(lang, 'because_' + pair['because'])}"


def _marks(pair: Part) -> str:
    return (" ≠" if pair["across_grades"] else "") + (" *" if pair["on_assumptions"] else "")


def _pairs(people: Result) -> Sequence[Part]:
    public = people["public"]
    found: Sequence[Part] = public["comparisons"] if public else []
    return found


def _order(people: Result) -> list[str]:
    """Channels that are compared, those that reached most first."""
    compared = {pair[side] for pair in _pairs(people) for side in ("a", "b")}
    return [each["channel"] for each in people["public"]["channels"] if each["channel"] in compared]


def _steps(order: Sequence[str], pairs: Sequence[Part]) -> list[list[str]]:
    """The order cut wherever all before surely reached more than each after."""
    place = {name: at for at, name in enumerate(order)}
    across: Counter[int] = Counter()
    for pair in pairs:
        won = winner_of(pair)
        first, last = sorted((place[pair["a"]], place[pair["b"]]))
        if won is not None and place[won[0]] == first:
            across.update(range(first, last))
    steps: list[list[str]] = [[]]
    for at, name in enumerate(order):
        steps[-1].append(name)
        after = len(order) - at - 1
        if after and across[at] == (at + 1) * after:
            steps.append([])
    return steps


def _told(key: str, some: int, pairs: int, lang: Lang) -> str:
    return say(lang, key, some=number(some, lang), pairs=number(pairs, lang))


def _graded(people: Result, name: str, lang: Lang) -> str:
    grade = next(each["grade"] for each in people["public"]["channels"] if each["channel"] == name)
    return f"{name_of(people, name, lang)} ({grade})"


def _pair_name(people: Result, pair: Part, lang: Lang, cells: int) -> str:
    return f" {MINUS} ".join(name_of(people, pair[side], lang, cells) for side in ("a", "b"))

"""Refused records and warnings: few lines, each specific, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from reach.report.layout import MARGIN, wrapped
from reach.report.numbers import cut_number, number, percent
from reach.report.reading import Part, Result, arm_name, listed
from reach.report.safe_text import shortened, visible
from reach.report.words import attribute_words, knows, metric_words, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reach.report.numbers import Lang

_PATH_CELLS = 60
_PATH_END_CELLS = 24
_TEXT_CELLS = 120
_MESSAGE_CELLS = 300
_MOST_NAMED = 3
MARK = f"{MARGIN}! "

_ALONE = ("channel", "arm")
"""Warnings that differ in one of these are said once if they have nothing else to say."""

_FOR_ALL = frozenset({"known"})
"""What such warnings all say alike."""

_BESIDE = ("metric", "source", "carrier")
"""Warnings that differ in one of these, or in a count that can be summed, are said once."""

_ARMS = ("arm", "channel", "a", "b", "device", "carrier")
_IN_WORDS = {"metric": metric_words, "attribute": attribute_words, "unit": attribute_words}


def warning_lines(result: Result, lang: Lang, width: int, told: Collection[str] = ()) -> list[Text]:
    """Refused records and warnings, each behind an exclamation mark; nothing if there are none.

    Args:
        result: The result that has them.
        lang: Language of the words.
        width: Cells a line may take.
        told: Codes of warnings that the report says elsewhere.
    """
    texts = warning_texts(result, lang, told)
    if not texts:
        return []
    lines = [Text(MARGIN + say(lang, "warnings"), style="bold")]
    for text in texts:
        lines += wrapped(text, width, style="yellow", first=MARK)
    return lines


def warning_texts(result: Result, lang: Lang, told: Collection[str] = ()) -> list[str]:
    """What `warning_lines` says, a text each; what is said elsewhere or by another is left out."""
    dominated = {
        warning["params"]["arm"]
        for warning in result["warnings"]
        if warning["code"] == "one_dominant_recipient"
    }
    warnings = [
        warning
        for warning in result["warnings"]
        if warning["code"] not in told
        # That one got most is why they weigh like few, which the pairs' verdicts say.
        and not (
            warning["code"] == "few_effective_recipients" and warning["params"]["arm"] in dominated
        )
    ]
    texts = _refusals(result, lang)
    for group in _groups(warnings, lang):
        texts += _said(result, group, lang)
    return texts


def _refusals(result: Result, lang: Lang) -> list[str]:
    """The files with most refused records by name, the rest as a sum."""
    largest = sorted(result["rejections"], key=lambda each: (-each["count"], each["source"]))
    # The last one takes no more room by its name.
    most = _MOST_NAMED + (len(largest) == _MOST_NAMED + 1)
    named, others = largest[:most], largest[most:]
    texts = [
        say(
            lang,
            "refused",
            count=number(each["count"], lang),
            source=_path(each["source"]),
            file=visible(each["file"]),
        )
        for each in named
    ]
    if others:
        count = number(sum(each["count"] for each in others), lang)
        sources = number(len(others), lang)
        files = some([_path(each["file"]) for each in others], lang)
        texts.append(say(lang, "refused_more", count=count, sources=sources, files=files))
    return texts


def _groups(warnings: Sequence[Part], lang: Lang) -> Iterator[list[Part]]:
    """Warnings that can be said in one; in the order they came."""
    groups: dict[tuple[Any, ...], list[Part]] = {}
    for place, warning in enumerate(warnings):
        params = warning["params"]
        by = next((name for name in _BESIDE if name in params), "")
        by = by or next((name for name in _ALONE if set(params) - _FOR_ALL == {name}), "")
        if not by or not knows(lang, f"warning_{warning['code']}"):
            groups[by, place] = [warning]
            continue
        same = [(name, params[name]) for name in sorted(params) if name not in (by, "count")]
        groups.setdefault((by, warning["code"], *same), []).append(warning)
    yield from _joined((by, group) for (by, *_), group in groups.items())


def _joined(groups: Iterable[tuple[str, list[Part]]]) -> Iterator[list[Part]]:
    """The same, with those of the same carriers' arms as one: they differ in the device's arm only."""
    joined: dict[str, list[Part]] = {}
    for place, (by, group) in enumerate(groups):
        carriers = sorted(each["params"]["carrier"] for each in group) if by == "carrier" else place
        joined.setdefault(str(carriers), []).extend(group)
    yield from joined.values()


def _said(result: Result, group: Sequence[Part], lang: Lang) -> list[str]:
    """The warnings in the reader's language, or as they came where words or blanks are missing."""
    params = dict(group[0]["params"])
    if len(group) > 1:
        for name in params:
            said = list(dict.fromkeys(each["params"][name] for each in group))
            params[name] = said if len(said) > 1 else said[0]
        if "count" in params:
            params["count"] = sum(each["params"]["count"] for each in group)
    key = f"warning_{group[0]['code']}"
    if knows(lang, key):
        try:
            return [say(lang, key, **_blanks(result, params, lang))]
        except KeyError:
            pass
    return [shortened(each["message"], _MESSAGE_CELLS) for each in group]


def _blanks(result: Result, params: Mapping[str, Any], lang: Lang) -> dict[str, str]:
    return {
        name: some([_blank(result, name, each, lang) for each in value], lang)
        if isinstance(value, list)
        else _blank(result, name, value, lang)
        for name, value in params.items()
        if value is not None and not isinstance(value, bool)
    }


def _blank(result: Result, name: str, value: Any, lang: Lang) -> str:  # noqa: ANN401  (any JSON scalar)
    """Whole numbers as counts, fractions as percents, names in words where there are some."""
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, float):
        return cut_number(value, lang) if name == "effective" else percent(value, lang)
    if name in _IN_WORDS:
        return _IN_WORDS[name](value, lang)
    if name == "source":
        return _path(value)
    return arm_name(result, value, lang) if name in _ARMS else shortened(value, _TEXT_CELLS)


def _path(path: str) -> str:
    return shortened(path, _PATH_CELLS, tail=_PATH_END_CELLS)


def some(names: Sequence[str], lang: Lang) -> str:
    """All names, or a few of them and how many more there are."""
    if len(names) > _MOST_NAMED:
        more = say(lang, "more", count=number(len(names) - _MOST_NAMED + 1, lang))
        names = [*names[: _MOST_NAMED - 1], more]
    return listed(names, lang)

"""What stands around the findings: the title above, warnings and the balance below."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rich.text import Text

from reach.report.layout import MARGIN, flowed, wrapped
from reach.report.numbers import days, number, percent, utc_day
from reach.report.reading import Part, Result, listed, short_name
from reach.report.safe_text import shortened, visible
from reach.report.words import knows, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reach.report.numbers import Lang

_TITLE_CELLS = 80
_PATH_CELLS = 60
_MESSAGE_CELLS = 300
_REJECTIONS_NAMED = 3
_WARNING_MARK = f"{MARGIN}! "


def title_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Title, SIMULATED, period, the log's end, final or NOT FINAL, in that order."""
    title = shortened(result["title"][lang], _TITLE_CELLS)
    parts = [say(lang, "simulated")] if result["simulated"] else []
    if result["period"] is not None:
        start, end = (date.fromisoformat(result["period"][side]) for side in ("start", "end"))
        parts.append(days(start, end, lang))
    state = say(lang, "final" if result["final"] else "not_final")
    parts.append(f"{_log_ends(result, lang)}, {state}")
    lines = wrapped(" · ".join([title, *parts]), width, style="bold", first="")
    if len(lines) > 1:
        # Break behind the title rather than inside a date.
        lines = wrapped(title, width, style="bold", first="", rest=MARGIN)
        lines += flowed(parts, width, style="bold")
    for line in lines:
        line.highlight_words([say(lang, "simulated"), say(lang, "not_final")], "bold reverse")
    return lines


def _log_ends(result: Result, lang: Lang) -> str:
    """The day the logs end, or the first and last of them; and if nobody declared it."""
    ends = [end for end in result["log_ends"].values() if end["at"] is not None]
    if not ends:
        return say(lang, "log_without_times")
    found = sorted({utc_day(end["at"]) for end in ends})
    key = "log_ends" if len(found) == 1 else "log_ends_differ"
    text = say(lang, key, ends=days(found[0], found[-1], lang))
    if any(end["from"] == "newest event" for end in ends):
        text += f" ({say(lang, 'newest_event')})"
    return text


def warning_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Refused records and warnings, each behind an exclamation mark; nothing if there are none."""
    texts = _refusals(result, lang) + [_warning(each, lang) for each in _merged(result, lang)]
    if not texts:
        return []
    lines = [Text(MARGIN + say(lang, "warnings"), style="bold")]
    for text in texts:
        lines += wrapped(text, width, style="yellow", first=_WARNING_MARK)
    return lines


def _refusals(result: Result, lang: Lang) -> list[str]:
    """The files with most refused records by name, the rest as a sum."""
    largest = sorted(result["rejections"], key=lambda each: (-each["count"], each["source"]))
    named, others = largest[:_REJECTIONS_NAMED], largest[_REJECTIONS_NAMED:]
    texts = [
        say(
            lang,
            "refused",
            count=number(each["count"], lang),
            source=shortened(each["source"], _PATH_CELLS),
            file=visible(each["file"]),
        )
        for each in named
    ]
    if others:
        count = number(sum(each["count"] for each in others), lang)
        sources = number(len(others), lang)
        files = [shortened(each["file"], _PATH_CELLS) for each in others]
        if len(files) > _REJECTIONS_NAMED:
            files = [*files[: _REJECTIONS_NAMED - 1], "…"]
        names = listed(files, lang)
        texts.append(say(lang, "refused_more", count=count, sources=sources, files=names))
    return texts


def _merged(result: Result, lang: Lang) -> list[Part]:
    """Warnings of one kind that name nothing but a channel or an arm each, said once for all."""
    merged: dict[tuple[str, str], list[Part]] = {}
    for place, warning in enumerate(result["warnings"]):
        names = [key for key in ("channel", "arm") if set(warning["params"]) == {key}]
        alone = not names or not knows(lang, f"warning_{warning['code']}")
        key = (warning["code"], str(place) if alone else names[0])
        merged.setdefault(key, []).append(warning)
    return [
        group[0]
        if len(group) == 1
        else {**group[0], "params": {name: listed(_names(group, name), lang)}}
        for (_, name), group in merged.items()
    ]


def _names(warnings: list[Part], name: str) -> list[str]:
    return [short_name(warning["params"][name]) for warning in warnings]


def _warning(warning: Part, lang: Lang) -> str:
    """A warning in the reader's language, or as it came where it has no words or blanks."""
    key = f"warning_{warning['code']}"
    if knows(lang, key):
        try:
            return say(lang, key, **_blanks(warning["params"], lang))
        except KeyError:
            pass
    return shortened(warning["message"], _MESSAGE_CELLS)


def _blanks(params: Mapping[str, Any], lang: Lang) -> dict[str, str]:
    """Whole numbers as counts, fractions as percents, texts made safe."""
    blanks = {}
    for name, value in params.items():
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, int):
            blanks[name] = number(value, lang)
        elif isinstance(value, float):
            blanks[name] = percent(value, lang)
        else:
            blanks[name] = shortened(value, _PATH_CELLS)
    return blanks


def balance_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Everything that was read, accounted for."""
    balance = result["balance"]
    kinds = ("records", "accepted", "rejected", "without_event", "events", "facts", "repeats")
    counts = {kind: number(balance[kind], lang) for kind in kinds}
    lines = wrapped(say(lang, "balance", **counts), width, style="dim")
    return lines + wrapped(
        say(lang, "balance_events", **counts), width, style="dim", first=MARGIN * 2
    )

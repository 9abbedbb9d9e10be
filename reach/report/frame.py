"""What stands around the findings: the title above, the balance below."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, flowed, wrapped
from reach.report.numbers import days, number, utc_day, utc_hour
from reach.report.safe_text import shortened
from reach.report.words import counted, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Result

_TITLE_CELLS = 80
_COUNTED = ("records", "events", "facts", "repeats")  # said with their nouns


def title_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Title, SIMULATED, period, the log's end, final or NOT FINAL, in that order."""
    parts = []
    if result["channels"]:  # else there is no log that could end
        state = say(lang, "final" if result["final"] else "not_final")
        parts.append(f"{_log_ends(result, lang)}, {state}")
    return heading_lines(result, lang, width, parts)


def heading_lines(result: Result, lang: Lang, width: int, more: Sequence[str] = ()) -> list[Text]:
    """Title, SIMULATED, period and what else there is to say, in that order."""
    title = shortened(result["title"][lang], _TITLE_CELLS)
    parts = [say(lang, "simulated")] if result["simulated"] else []
    if result["period"] is not None:
        start, end = (date.fromisoformat(result["period"][side]) for side in ("start", "end"))
        parts.append(days(start, end, lang))
    parts += more
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
    if len({end["at"] for end in ends}) == 1:
        text += utc_hour(ends[0]["at"], lang)
    if any(end["from"] == "newest event" for end in ends):
        text += f" ({say(lang, 'newest_event')})"
    return text


def balance_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """Everything that was read, accounted for."""
    balance = result["balance"]
    kinds = ("records", "accepted", "rejected", "without_event", "events", "facts", "repeats")
    counts = {kind: number(balance[kind], lang) for kind in kinds}
    counts |= {kind: counted(kind, balance[kind], lang) for kind in _COUNTED}
    lines = wrapped(say(lang, "balance", **counts), width, style="dim")
    return lines + wrapped(
        say(lang, "balance_events", **counts), width, style="dim", first=MARGIN * 2
    )

"""What each channel adds: persons whom no other reached, and all together channel by channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.layout import MARGIN, Column, flowed, wrapped
from reach.report.people.amounts import ends
from reach.report.people.channels import name_column
from reach.report.people.fitting import fitted
from reach.report.words import say

if TYPE_CHECKING:
    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result


def added_lines(people: Result, audience: Part, lang: Lang, width: int) -> list[Text]:
    """The table in lines of at most `width` cells; nothing for a single channel.

    Args:
        people: As `reach.report.people.names.readable` gives it.
        audience: Its member ``public`` or ``internal``.
        lang: Language of words and numbers.
        width: Cells a line may take.
    """
    rows = audience["together"]["channels"]
    if len(rows) < 2:  # noqa: PLR2004 - nothing to add to
        return []
    alone, together = [], []
    for each in rows:
        least, most = each["incremental"]["bounds"]
        possible = ends({"low": least, "estimate": None, "high": most}, lang).range
        said = ends(each["incremental"], lang)
        alone.append((said.estimate, said.range, possible))
        so_far = ends(each["cumulative"], lang)
        together.append((so_far.estimate, so_far.range))
    columns = [
        [
            Column(say(lang, f"people_added_{name}"), tuple(row[place] for row in alone))
            for place, name in enumerate(("alone", "interval", "possible"))
        ],
        [
            Column(say(lang, f"people_added_{name}"), tuple(row[place] for row in together))
            for place, name in enumerate(("so_far", "interval"))
        ],
    ]
    lines = wrapped(say(lang, "people_added_head"), width, style="bold")
    lines += fitted(
        lambda cells: name_column(
            people, [(each["channel"], each["grade"]) for each in rows], lang, cells
        ),
        lambda _: columns,
        width,
    )
    legend = say(lang, "people_added_legend").split(" · ")
    return lines + flowed(legend, width, style="dim", first=MARGIN * 2)

"""Whom a campaign reached, the verdict first; and the part of it that a comparison shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reach.report.blocks import print_lines, stacked_blocks
from reach.report.frame import balance_lines, heading_lines
from reach.report.layout import MARGIN, wrapped
from reach.report.people.added import added_lines
from reach.report.people.amounts import persons
from reach.report.people.channels import channel_lines
from reach.report.people.meanings import meaning_lines
from reach.report.people.names import readable
from reach.report.people.noticed import notice_lines
from reach.report.people.others import other_unit_lines, unmeasured_lines
from reach.report.people.ranked import neighbour_lines, ranking
from reach.report.people.resting import resting_lines
from reach.report.people.several import often_lines, several_lines
from reach.report.people.verdict import together_sentence, verdict
from reach.report.safe_text import shortened, visible
from reach.report.warnings import warning_lines
from reach.report.words import say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from reach.report.numbers import Lang
    from reach.report.reading import Part, Result

_TOLD = ("people_counted",)
"""Warnings that this report answers."""


def people_lines(document: Result, lang: Lang, width: int) -> list[Text]:
    """Title, verdict, channels, what each adds, ranking, how often, what stands apart, and notes.

    Args:
        document: As `schemas/people.schema.json` describes it.
        lang: Language of the words and numbers.
        width: Cells a line may take, at least `reach.report.blocks.NARROWEST`.
    """
    people = readable(document)
    blocks = [heading_lines(people, lang, width), _verdict(people, lang, width)]
    if (public := people["public"]) is not None:
        blocks += [
            channel_lines(people, public, lang, width),
            unmeasured_lines(people, public, lang, width),
            added_lines(people, public, lang, width),
            neighbour_lines(people, lang, width),
            several_lines(people, public, lang, width),
        ]
    blocks += [
        often_lines(people, lang, width),
        other_unit_lines(people, lang, width),
        _internal(people, lang, width),
    ]
    if public is not None:
        blocks += [
            resting_lines(people, public, lang, width),
            meaning_lines(people, public, lang, width),
        ]
    blocks += [
        notice_lines(people, lang, width),
        _universe(people, lang, width),
        warning_lines(people, lang, width, _TOLD),
        balance_lines(people, lang, width),
    ]
    return stacked_blocks(blocks)


def _verdict(people: Result, lang: Lang, width: int) -> list[Text]:
    told = [*verdict(people, lang), *ranking(people, lang)]
    return [
        line for text, style in told for line in wrapped(text, width, style=style, rest=MARGIN * 2)
    ]


def _internal(people: Result, lang: Lang, width: int) -> list[Text]:
    """What was meant for the office's own staff: never added to what the public got."""
    internal: Part | None = people["internal"]
    if internal is None:
        return []
    lines = wrapped(say(lang, "people_internal"), width, style="bold")
    lines += channel_lines(people, internal, lang, width, of_universe=False)
    if len(internal["channels"]) > 1:
        lines += wrapped(together_sentence(internal["together"], lang), width)
    return lines + unmeasured_lines(people, internal, lang, width)


def _universe(people: Result, lang: Lang, width: int) -> list[Text]:
    universe = people["universe"]
    text = say(
        lang,
        "people_universe",
        name=shortened(universe["name"], 60),
        all=persons(universe["persons"], lang, words=True),
        sources="; ".join(map(visible, universe["sources"])),
    )
    return wrapped(text, width, style="dim")


def persons_lines(result: Result, lang: Lang, width: int) -> list[Text]:
    """The section of a comparison on persons reached; nothing where it counts none."""
    found = result.get("persons")
    if found is None:
        return []
    people = readable({"experiment": result["experiment"], **found})
    everybody = persons(people["universe"]["persons"], lang, words=True)
    lines = wrapped(say(lang, "people_section", all=everybody), width, style="bold")
    if (public := people["public"]) is None:
        lines += wrapped(say(lang, "people_nobody_known"), width, style="yellow")
    else:
        lines += wrapped(together_sentence(public["together"], lang), width, rest=MARGIN * 2)
        for text, style in ranking(people, lang):
            lines += wrapped(text, width, style=style, rest=MARGIN * 2)
        lines += channel_lines(people, public, lang, width)
        lines += unmeasured_lines(people, public, lang, width)
    more = say(lang, "people_more_in", experiment=visible(result["experiment"]))
    return lines + wrapped(more, width, style="dim")


def print_people(document: Result, lang: Lang, console: Console) -> None:
    """Print whom a campaign reached on a console."""
    print_lines(people_lines, document, lang, console)

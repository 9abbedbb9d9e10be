"""What was supposed, and what contradicts itself, in sentences that name channel and regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "independence",
    "global_independence",
    "surveyed_overlaps",
    "confirmed_in_estimate",
    "signal_unknown",
    "cut_at_coverage",
    "not_measured",
    "frequency_unknown",
    "estimate_unknown",
    "closed_form",
    "coverage_contradicts",
    "overlaps_contradict",
    "overlaps_not_fitted",
    "independence_infeasible",
]
FAULTS: frozenset[Code] = frozenset(
    {
        "coverage_contradicts",
        "overlaps_contradict",
        "overlaps_not_fitted",
        "independence_infeasible",
    }
)
MOST_NAMED = 5

_SENTENCES: dict[Code, str] = {
    "independence": "Within a region, and apart for those with and without a signal, whom one"
    " channel reached is taken as independent of whom the others did",
    "global_independence": "Nothing is known by region: whom one channel reached is taken as"
    " independent of whom the others did, over the whole universe. Where towns get more of every"
    " channel, that says too many",
    "surveyed_overlaps": "How many both of two channels reached is as surveyed, where it was; what"
    " three share is what follows from their pairs. Intervals are the bounds",
    "confirmed_in_estimate": "Logged channels count with their receipts in the estimate; whom they"
    " may have reached besides is in the upper ends",
    "signal_unknown": "How many have a signal is not known; everybody is taken to have one",
    "cut_at_coverage": "The upper end of {channel} is above the share with a signal, and cut there",
    "not_measured": "{channel} has no measurement, and nobody is counted for it: more may have been"
    " reached, beyond the upper ends, too",
    "frequency_unknown": "How often {channel} reached a person is not known and counts as once, so"
    " the numbers by contacts are at least",
    "estimate_unknown": "Of {channel} only bounds are known, so there is no estimate",
    "closed_form": "Too many channels for a linear programme: bounds are in closed form, and wider"
    " than they need be",
    "coverage_contradicts": "{channel} reached more persons than have a signal: the coverage or the"
    " reach is wrong. The coverage is not used there, and nothing is estimated that would need it",
    "overlaps_contradict": "No population has these shares and surveyed overlaps together: one of"
    " them is wrong. The overlaps are not used there",
    "overlaps_not_fitted": "The best guesses of shares and surveyed overlaps contradict one"
    " another, though their intervals do not. There is no estimate, only bounds",
    "independence_infeasible": "Independence of the channels would give a number outside of what"
    " the surveyed overlaps allow, so it is not used",
}
CODES = tuple(_SENTENCES)


@dataclass(frozen=True, slots=True)
class Note:
    """One assumption, or one contradiction.

    Attributes:
        code: Which.
        channel: Of which channel; None where it is of all.
        regions: Where, in the order given; empty where there are no regions.
    """

    code: Code
    channel: str | None = None
    regions: tuple[str, ...] = ()

    @property
    def is_fault(self) -> bool:
        """Whether it is a contradiction, and something is to be mended."""
        return self.code in FAULTS

    @property
    def sentence(self) -> str:
        """The note for people to read.

        Examples:
            >>> print(Note("not_measured", "radio", ("Bogor",)).sentence.partition(":")[0])
            radio has no measurement, and nobody is counted for it
            >>> print(Note("cut_at_coverage", "sms", ("Bogor", "Depok")).sentence[-27:])
            cut there (Bogor and Depok)
        """
        said = _SENTENCES[self.code].format(channel=self.channel)
        return said + (f" ({_listed(self.regions)})" if self.regions else "")


def merged(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes of several regions, each once with all its regions; contradictions first."""
    regions: dict[tuple[Code, str | None], dict[str, None]] = {}
    for note in notes:
        regions.setdefault((note.code, note.channel), {}).update(dict.fromkeys(note.regions))
    found = [Note(code, channel, tuple(where)) for (code, channel), where in regions.items()]
    return tuple(sorted(found, key=lambda note: (not note.is_fault, CODES.index(note.code))))


def _listed(names: tuple[str, ...]) -> str:
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[: MOST_NAMED - 1])} and {len(names) - MOST_NAMED + 1} more"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last

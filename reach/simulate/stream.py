"""The records of a channel in the order of its log, a piece at a time.

A log tells of its messages in their order, but of none of them in one go: what a message's
later records stand behind is up to `SOON`, and if they are late up to `LATE`, further messages.
Since that depends on the message's number alone, the size of the pieces changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np

from reach.simulate.fate import Fates, What, alike, fates
from reach.simulate.luck import Flags, Integers, Luck
from reach.simulate.messages import Messages, Sending, messages_of
from reach.simulate.records.formats import FORMATS
from reach.simulate.records.record import Format, Tellings
from reach.simulate.spoil import FAULTS, spoiled

CHUNK = 8_192
"""Messages that are decided and written at once; more takes memory and saves little time."""

SOON, LATE = 1_000, 20_000  # messages

_PLACES = 32  # of the records of one message: good ones, the same again, a bad one
_AGAIN, _BAD = 16, 31


@dataclass(frozen=True, slots=True)
class Written:
    """How many records of some kind a piece of the log holds.

    Attributes:
        records: All.
        without_event: Those that hold no event.
        repeats: Those that tell again of a kind of event what another record of the file tells.
        faults: By place in `FAULTS`, those that are bad.
    """

    records: int
    without_event: int
    repeats: int
    faults: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a log, with the messages that were decided for it.

    Attributes:
        lines: The lines.
        bad: Which of the lines, from 0, have which fault, by place in `FAULTS`.
        messages: The messages.
        fated: What became of them.
        written: What records were made for them, in this piece or a later one.
    """

    lines: list[str]
    bad: list[tuple[int, int]]
    messages: Messages
    fated: Fates
    written: Written


@dataclass(slots=True)
class _Waiting:
    """Lines that are made and not yet written, with the places they go to."""

    lines: list[str] = field(default_factory=list)
    places: list[Integers] = field(default_factory=list)
    faults: list[Integers] = field(default_factory=list)

    def add(self, lines: list[str], places: Integers, faults: Integers | None = None) -> None:
        """Add lines; ``faults`` is −1 for a good one."""
        self.lines += lines
        self.places.append(places)
        self.faults.append(np.full(len(lines), -1) if faults is None else faults)

    def take(self, before: int | None) -> tuple[list[str], list[tuple[int, int]]]:
        """Take out, in order, what goes before a place, or everything."""
        places, faults = np.concatenate(self.places), np.concatenate(self.faults)
        order = np.argsort(places, kind="stable")
        here = len(order) if before is None else int(np.searchsorted(places[order], before))
        taken = _picked(self.lines, order[:here])
        bad = np.flatnonzero(faults[order[:here]] >= 0)
        rest = order[here:]
        self.lines = _picked(self.lines, rest)
        self.places, self.faults = [places[rest]], [faults[rest]]
        told = zip(bad.tolist(), faults[order[:here]][bad].tolist(), strict=True)
        return taken, list(told)


def pieces(
    sent: Sending, first: int, end: int, bad_share: float, chunk: int = CHUNK
) -> Iterator[Piece]:
    """The log of a channel's messages from a number up to, and not with, another.

    Args:
        sent: The channel.
        first: The first message's number.
        end: The number after the last.
        bad_share: Bad records, as a share of all others.
        chunk: Messages to a piece.
    """
    waiting, form = _Waiting(), FORMATS[sent.profile.format]
    for start in range(first, end, chunk):
        stop = min(start + chunk, end)
        messages = messages_of(sent, start, stop, form.message_id)
        fated = fates(sent.profile, sent.luck, messages)
        written = _write(sent, messages, fated, bad_share, waiting)
        lines, bad = waiting.take(None if stop == end else stop * _PLACES)
        yield Piece(lines, bad, messages, fated, written)


def _write(
    sent: Sending, messages: Messages, fated: Fates, bad_share: float, waiting: _Waiting
) -> Written:
    profile, luck, form = sent.profile, sent.luck, FORMATS[sent.profile.format]
    good = repeats = without_event = 0
    for what, told in fated.told.items():
        which = np.flatnonzero(told)
        if not len(which):
            continue
        numbers = messages.numbers[which]
        lines = form.lines(what, _tellings(sent, messages, fated, what, which))
        behind = _behind(luck, what, numbers, profile.late)
        waiting.add(lines, (numbers + behind) * _PLACES + int(what))
        good += len(lines)
        if what is What.NO_EVENT:
            without_event += len(lines)
            continue
        again = np.flatnonzero(luck.hits(f"again {what}", numbers, profile.repeated))
        further = behind[again] + 1 + luck.below(f"again behind {what}", numbers[again], SOON)
        waiting.add(
            _picked(lines, again), (numbers[again] + further) * _PLACES + _AGAIN + int(what)
        )
        repeats += len(again)
    # Told by records of their own, each counted as good.
    alike_told = sum(
        int((fated.told[one] & fated.told[other]).sum()) for one, other in alike(form.name)
    )
    faults = _write_bad(sent, messages, fated, bad_share, waiting)
    records = good + repeats + sum(faults)
    return Written(records, without_event, repeats + alike_told, faults)


def _write_bad(
    sent: Sending, messages: Messages, fated: Fates, bad_share: float, waiting: _Waiting
) -> tuple[int, ...]:
    form, luck = FORMATS[sent.profile.format], sent.luck
    records = np.sum(list(fated.told.values()), axis=0)
    which = np.flatnonzero(luck.hits("bad", messages.numbers, bad_share * records))
    numbers = messages.numbers[which]
    models = form.lines(What.SENT, _tellings(sent, messages, fated, What.SENT, which))
    faults = luck.below("fault", numbers, len(FAULTS))
    # Never the first line of a file, by which its format is recognised.
    behind = 1 + luck.below("bad behind", numbers, SOON)
    lines = _all_spoiled(models, faults, form)
    waiting.add(lines, (numbers + behind) * _PLACES + _BAD, faults)
    return tuple(np.bincount(faults, minlength=len(FAULTS)).tolist())


def _all_spoiled(models: list[str], faults: Integers, form: Format) -> list[str]:
    pairs = zip(models, faults.tolist(), strict=True)
    return [spoiled(model, FAULTS[fault], form) for model, fault in pairs]


def _tellings(
    sent: Sending, messages: Messages, fated: Fates, what: What, which: Integers
) -> Tellings:
    return Tellings(
        ids=_picked(messages.ids, which),
        addresses=_picked(messages.addresses, which),
        sent_ms=messages.sent_ms[which],
        at_ms=fated.at_ms[what][which],
        permanent=fated.permanent[which],
        variants=sent.luck.below("variant", messages.numbers[which], 1 << 16),
        account=sent.profile.account,
    )


def _behind(luck: Luck, what: What, numbers: Integers, late: float) -> Integers:
    """How many further messages the log begins to tell of before it tells this."""
    if what in (What.SENT, What.NOT_SENT):
        return np.zeros(len(numbers), dtype=np.int64)
    is_late: Flags = luck.hits(f"late {what}", numbers, late)
    soon = luck.below(f"soon {what}", numbers, SOON)
    return np.where(is_late, luck.below(f"behind {what}", numbers, LATE), soon)


def _picked(values: list[str], which: Integers) -> list[str]:
    if len(which) == len(values) and len(which) and which[0] == 0 and np.all(np.diff(which) == 1):
        return values
    if len(which) < 2:  # noqa: PLR2004 -- itemgetter gives no tuple then
        return [values[at] for at in which.tolist()]
    return list(itemgetter(*which.tolist())(values))

"""What was read, accounted for: the balance of every file, and what is odd about it."""

from __future__ import annotations

from dataclasses import asdict, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reach.compare.notice import warn
from reach.formats.record import EVENT_FIELDS
from reach.formats.registry import MEDIA
from reach.ingest.balance import Balance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reach.experiment.gather import Gathered
    from reach.formats.media.remarks import Remarks
    from reach.store.evidence import Store

_ACCOUNT = ("records", "accepted", "rejected", "without_event", "events", "facts", "repeats")
_MOST_KEYS = 8
_MOST_ROWS = 5


def total(gathered: Sequence[Gathered]) -> Balance:
    """The balance of all files together."""
    return sum((each.entry.balance for each in gathered), Balance())


def account(gathered: Sequence[Gathered]) -> dict[str, Any]:
    """The balance of what was read, as the result document holds it.

    Raises:
        BalanceError: A sum does not hold: a bug.
    """
    everything = total(gathered)
    # Lines are a law of the files that have them: a sum with those that have none has no such law.
    replace(everything, lines=0, blank=0).check("all sources")
    sources = []
    for each in gathered:
        balance = asdict(each.entry.balance)
        lines = {name: balance[name] if each.entry.lined else None for name in ("lines", "blank")}
        sources.append(
            {"source": each.name, "format": each.entry.format, **lines}
            | {name: balance[name] for name in _ACCOUNT}
        )
    return {name: asdict(everything)[name] for name in _ACCOUNT} | {"sources": sources}


def noticed(
    gathered: Sequence[Gathered], as_media: Sequence[Gathered] = ()
) -> list[dict[str, Any]]:
    """Warnings about files that are empty, or hold what nothing reads.

    Args:
        gathered: Files that are read as logs, or without an experiment.
        as_media: Tables that count people, and are read as what they are.
    """
    return [
        *(warning for each in gathered for warning in _of_one(each, as_media=False)),
        *(warning for each in as_media for warning in _of_one(each, as_media=True)),
    ]


def _of_one(each: Gathered, *, as_media: bool) -> list[dict[str, Any]]:
    name, entry = each.name, each.entry
    warnings = []
    if (media := MEDIA.get(entry.format)) is not None and not as_media:
        message = (
            f"{name} counts people and not messages: its {media.rows_are} are judged by themselves."
        )
        warnings.append(warn("people_counted", message, source=name, rows=media.rows_are))
    warnings += _of_table(name, entry.remarks)
    if not entry.balance.records:
        warnings.append(warn("empty_source", f"{name} holds no record.", source=name))
    unread = []
    known = EVENT_FIELDS if media is None else [each.said for each in media.columns]
    for key in entry.unknown_keys:
        near = get_close_matches(key, known, n=1, cutoff=0.75)
        if near:
            message = f"{name} has a key {key} that reach does not read; is {near[0]} meant?"
            warnings.append(warn("unknown_key", message, source=name, key=key, near=near[0]))
        else:
            unread.append(key)
    if unread:
        keys = ", ".join(unread[:_MOST_KEYS])
        message = f"{name} has keys that reach does not read: {keys}."
        warnings.append(warn("unread_keys", message, source=name, keys=keys))
    for column, word in entry.never_seen:
        message = f"No row of {name} has {word} in {column}, which the map asks for."
        warnings.append(warn("word_never_seen", message, source=name, column=column, word=word))
    for field, place in entry.never_found.items():
        message = f"No message of {name} has {place}, which fields.{field} names."
        warnings.append(warn("place_never_found", message, source=name, field=field, place=place))
    for column, count in entry.unnamed.items():
        message = (
            f"{count} rows of {name} have a word in {column} that the map does not name: "
            "they tell neither of delivery nor of failure."
        )
        warnings.append(warn("words_unnamed", message, source=name, column=column, count=count))
    warnings += _of_addresses(each)
    # A source without any times is meant so; one with some lacks the others.
    if 0 < entry.untimed < entry.balance.events:
        message = f"{entry.untimed} events of {name} have no time."
        warnings.append(warn("untimed", message, source=name, count=entry.untimed))
    return warnings


def _of_table(name: str, remarks: Remarks) -> list[dict[str, Any]]:
    """Warnings about a table of measurements as a whole."""
    warnings = []
    if remarks.totals:
        rows = _some(remarks.totals)
        message = f"{name} has rows that sum up others, and are not added: {rows}."
        warnings.append(warn("total_rows", message, source=name, rows=rows))
    for row, said, parts in remarks.uneven[:_MOST_ROWS]:
        message = (
            f"{row} in {name} is {said:.15g}, and the rows within it come to {parts:.15g}: does one "
            "lack, or is it counted twice?"
        )
        warnings.append(
            warn(
                "total_uneven",
                message,
                source=name,
                row=row,
                said=f"{said:.15g}",
                parts=f"{parts:.15g}",
            )
        )
    for row in remarks.perhaps[:_MOST_ROWS]:
        message = (
            f"{row} in {name} is as large as all other rows together. If it sums them up, leave it "
            "out; it was added."
        )
        warnings.append(warn("total_by_size", message, source=name, row=row))
    for column, low, values in remarks.mixed:
        message = (
            f"{low} of {values} values in {column} of {name} are at most 1, and the others above: "
            "all are read as percent, 0.41 as 0.41 %. Are some meant as shares of 1?"
        )
        warnings.append(
            warn("percentages_mixed", message, source=name, column=column, low=low, values=values)
        )
    if remarks.advertising:
        columns = ", ".join(remarks.advertising)
        message = (
            f"{name} has advertising values ({columns}): they measure no communication, and no "
            "result has them."
        )
        warnings.append(warn("advertising_value", message, source=name, columns=columns))
    if remarks.potential:
        message = (
            f"{remarks.potential} rows of {name} have a potential audience: whom something might "
            "reach is nobody whom it did, and no result has it."
        )
        warnings.append(warn("potential_audience", message, source=name, count=remarks.potential))
    return warnings


def _some(names: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    more = len(names) - _MOST_ROWS
    return ", ".join(names[:_MOST_ROWS]) + (f" (+ {more})" if more > 0 else "")


def _of_addresses(each: Gathered) -> list[dict[str, Any]]:
    name, entry = each.name, each.entry
    warnings = []
    if entry.no_numbers:
        message = (
            f"{entry.no_numbers} addresses of {name} are written like telephone numbers and are "
            "none; each counts as a recipient of its own."
        )
        warnings.append(warn("no_number", message, source=name, count=entry.no_numbers))
    if entry.local_numbers:
        message = (
            f"{entry.local_numbers} addresses of {name} are written like telephone numbers of some "
            "country, and the config names none: each spelling counts as a recipient of its own."
        )
        warnings.append(warn("no_country", message, source=name, count=entry.local_numbers))
    return warnings


def rejections_of(gathered: Sequence[Gathered], store: Store, folder: Path) -> list[dict[str, Any]]:
    """Which files have refused records, and where those are kept.

    Args:
        gathered: The files.
        store: Where they went.
        folder: Paths are given from here.
    """
    found = []
    for each in gathered:
        if each.entry.rejected_file is not None:
            path = store.rejected_path(each.entry.rejected_file).resolve()
            inside = path.is_relative_to(folder.resolve())
            # A result names no machine's paths: outside the experiment the name must do.
            shown = path.relative_to(folder.resolve()) if inside else Path("rejected", path.name)
            found.append(
                {
                    "source": each.name,
                    "count": each.entry.balance.rejected,
                    "file": shown.as_posix(),
                }
            )
    return found

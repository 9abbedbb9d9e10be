"""Any wide CSV with a column map: one row a message, or one row a person with a count.

Every row says that its messages were sent; the map says which columns tell more. Where a
row stands for several messages, what it tells is told of the first of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from reach.explanations import near_word
from reach.formats.containers import delimited
from reach.formats.containers.head import Head
from reach.formats.record import AskedWords, Fit, Log, Options, Record, Refused
from reach.formats.table.map import ATTRIBUTES, mapped_columns, told_measures
from reach.formats.table.refusal import of_the_cell
from reach.formats.table.rows import row_events
from reach.formats.table.sql import asked_words, row_tokens
from reach.formats.words import Code, Word
from reach.shown import word
from reach.vocabulary import Event, Measures, Receipt

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from reach.formats.given import Given

_SHOWN_COLUMNS = 30

WORDS = (
    Word("(each message of a row)", Event.SENT),
    Word("delivered", Event.DELIVERED, Receipt.CARRIER, note="unless its receipt says device"),
    Word("failed", Event.FAILED, note="its permanent and its reason say more"),
    Word("engaged", Event.REPLIED),
    Word("acted", Event.CONVERTED),
)
"""The parts of a map that stand for events; the words of the cells are the map's own."""


class TableFormat:
    """A table whose columns the experiment explains."""

    name: ClassVar[str] = "table"
    title: ClassVar[str] = "any wide CSV, explained by a column map"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = WORDS
    closed: ClassVar[bool] = False
    codes: ClassVar[tuple[Code, ...]] = ()
    placeable: ClassVar[frozenset[str]] = frozenset()
    settings: ClassVar[frozenset[str]] = frozenset()
    tells: ClassVar[tuple[str, ...]] = (
        "what its map has columns for; each row says that its messages were sent",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "when a message was delivered or failed: a row is the last word, not a history",
        "whether a machine opened or clicked",
    )

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if a map is given and all columns that it names are there."""
        if options.map is None:
            return Fit(ok=False, why="no column map is given (map:)")
        if head.container != "csv":
            return Fit(ok=False, why="it is no CSV", mend="a CSV, or no map in the config")
        columns = delimited.column_names(head, options)
        missing = [name for name in mapped_columns(options.map) if name not in columns]
        if missing:
            shown = ", ".join(columns[:_SHOWN_COLUMNS])
            why = f"it has no column {', '.join(missing)} (it has {shown})"
            return Fit(ok=False, why=why, mend=_mend(missing, columns))
        repeated = delimited.repeated_names(head, options)
        if twice := [name for name in mapped_columns(options.map) if name in repeated]:
            why = f"its column {', '.join(twice)} stands twice"
            return Fit(ok=False, why=why, mend="a column of its own name for each that is mapped")
        return Fit(ok=True, why="it has all the mapped columns")

    def lacking(self, head: Head, options: Options) -> None:
        """Nothing: a map names the zone of its times."""

    def lined(self, log: Log) -> bool:  # noqa: ARG002
        """Never: a row may go over lines."""
        return False

    def measures(self, options: Options) -> Measures:
        """What the map has a column for."""
        return told_measures(options.map or {})

    def lacks(self, log: Log) -> Measures:  # noqa: ARG002
        """Nothing: it holds what the office put into it."""
        return Measures(0)

    def given(self, log: Log, *, plain: bool) -> Mapping[str, Given]:  # noqa: ARG002
        """Nothing: a table's words are made into tokens as they are mapped."""
        return {}

    def columnar(self, log: Log) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:  # noqa: ARG002 -- a row's number names it
        """SQL for the whole file; see `reach.formats.record.Format.tokens`."""
        return row_tokens(log)

    def present(self, log: Log) -> frozenset[str]:
        """What the map and the constants can fill."""
        plan = log.options.map or {}
        always = {"message_id", "event", "recipient", "channel", "provider", "receipt"}
        mapped = {name for name in (*ATTRIBUTES, "occurred_at") if name in plan}
        failed = {"permanent", "reason"} & set(plan.get("failed", {}))
        return frozenset(always | mapped | failed | set(log.options.set))

    def possible(self, log: Log) -> frozenset[str]:
        """The same: no record has more."""
        return self.present(log)

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:  # noqa: ARG002
        """The file's rows."""
        return delimited.records(log)

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The row's events: sent once a message, and on the first of them what the map finds."""
        return row_events(record, log)

    def refusal(self, why: Refused, record: Record, log: Log) -> Refused:
        """Told of the column that the map names, and of the cell as it stands there."""
        return of_the_cell(why, record, log)

    def asked_words(self, log: Log) -> AskedWords:
        """The words of the map's ``equals``."""
        return AskedWords(delimited.rows(log), asked_words(log))

    def unknown_keys(self, head: Head, options: Options) -> dict[str, int]:  # noqa: ARG002
        """None: a map names what it needs, and a table may hold anything else."""
        return {}


def _mend(missing: list[str], columns: tuple[str, ...]) -> str:
    nearest = dict.fromkeys(near for name in missing if (near := near_word(name, columns)))
    hint = f" (did you mean {', '.join(map(word, nearest))}?)" if nearest else ""
    return f"a map whose columns the file has{hint}"

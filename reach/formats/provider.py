"""What the formats of providers share: a table of words, JSON records, and how both become events.

A provider's file says which of its words means what, once, in a table that people read and
both ways of reading use; where in a record each thing stands is said twice, in SQL and in
Python, and tests compare the two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Iterator, Mapping
from typing import Any, ClassVar

from reach.explanations import near_word
from reach.formats.containers import csv_values, json_values
from reach.formats.containers.head import Head
from reach.formats.given import Given
from reach.formats.record import Fit, Log, Options, Record, Refused
from reach.formats.words import Code, Word
from reach.shown import json_path, shorten
from reach.vocabulary import Measures

LABELS = ("account", "campaign", "region", "segment", "purpose", "variant")
"""Fields that a provider's tags and custom arguments may fill. How a message is named, and when
something happened to it, the provider says itself."""

_MOST_LISTED = 30


class ProviderFormat(ABC):
    """A provider's format of JSON objects or tables; see `reach.formats.record.Format`."""

    name: ClassVar[str]
    title: ClassVar[str]
    version: ClassVar[str]
    one_event: ClassVar[bool]
    words: ClassVar[tuple[Word, ...]]
    closed: ClassVar[bool] = True
    codes: ClassVar[tuple[Code, ...]] = ()
    placeable: ClassVar[frozenset[str]] = frozenset((*LABELS, "channel", "recipient", "currency"))
    tells: ClassVar[tuple[str, ...]]
    silent: ClassVar[tuple[str, ...]]
    fills: ClassVar[frozenset[str]]
    """The event fields that records of this provider can fill."""

    marks: ClassVar[str]
    """What every record has, in words that end a sentence."""

    tables: ClassVar[tuple[frozenset[str], ...]] = ()
    """Sets of columns: a CSV that has all of one is a table of this provider's."""

    settings: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether an object looks like a record of this provider."""

    @abstractmethod
    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """A record's events, each with the object in which `Options.fields` are looked up.

        Raises:
            Refused: The record can't be read.
        """

    @abstractmethod
    def rows(self, log: Log, records: str) -> str:
        """SQL for rows of events, as `reach.formats.provider_sql.finished` gives them.

        Args:
            log: The file.
            records: SQL for rows of ``record`` and ``value``, unless the format's own `tokens`
                gives it others.
        """

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if one of the first objects looks like a record."""
        if options.map is not None:
            return Fit(ok=False, why="a column map belongs to format table")
        if self.is_table(head):
            return Fit(ok=True, why=f"it has {self.marks}")
        if head.container not in ("ndjson", "batches", "document"):
            return Fit(ok=False, why=self._no_table(head))
        if any(map(self.is_record, head.objects)):
            return Fit(ok=True, why=f"it has {self.marks}")
        if options.format == self.name and not head.objects:
            return Fit(ok=True, why="it is named, and each of its records is to be judged")
        return Fit(ok=False, why=f"no record has {self.marks}")

    def is_table(self, head: Head) -> bool:
        """Whether a file is a CSV with this provider's columns."""
        return head.container == "csv" and any(set(head.columns) >= each for each in self.tables)

    def _no_table(self, head: Head) -> str:
        """Why a file that is no JSON is none of this provider's tables."""
        lacking = [(each - set(head.columns), each) for each in self.tables]
        if head.container != "csv" or not lacking:
            return "it is no JSON"
        missing, _ = min(lacking, key=lambda pair: len(pair[0]) / len(pair[1]))
        return f"it is no JSON, and as a table it has no {', '.join(sorted(missing))}"

    def lacking(self, head: Head, options: Options) -> tuple[str, str] | None:  # noqa: ARG002
        """Nothing: most providers' records say all that is needed."""
        return None

    def lined(self, log: Log) -> bool:
        """In JSON with an object on each line."""
        return log.head.container == "ndjson"

    def measures(self, options: Options) -> Measures:  # noqa: ARG002
        """Nothing is declared: which events a provider passes on is set in its account."""
        return Measures(0)

    def lacks(self, log: Log) -> Measures:  # noqa: ARG002
        """Nothing: most providers tell of what was sent, too."""
        return Measures(0)

    def given(self, log: Log, *, plain: bool) -> Mapping[str, Given]:  # noqa: ARG002
        """Nothing: words are made into tokens as they are mapped."""
        return {}

    def columnar(self, log: Log) -> bool:
        """Whether `tokens` can read the file; documents are read a record at a time."""
        return log.head.container in ("ndjson", "batches") or self.is_table(log.head)

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:  # noqa: ARG002
        """SQL for the whole file; see `reach.formats.record.Format.tokens`."""
        values = csv_values if self.is_table(log.head) else json_values
        return self.rows(log, values.rows_sql(log, numbered=numbered))

    def present(self, log: Log) -> frozenset[str]:
        """What the provider and the options can fill."""
        return self.fills | set(log.options.set) | set(log.options.fields)

    def possible(self, log: Log) -> frozenset[str]:
        """The same: no record has more."""
        return self.present(log)

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's records."""
        if self.is_table(log.head):
            return csv_values.records(log, wanted)
        return json_values.records(log, wanted)

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """One record's events, with what the options say."""
        return [labelled(event, within, log) for event, within in self.read(record.value or {})]

    def refusal(self, why: Refused, record: Record, log: Log) -> Refused:  # noqa: ARG002
        """As it is; most of what can be wrong is told of the record before."""
        return why

    def asked_words(self, log: Log) -> None:  # noqa: B027 -- nothing is what it says
        """The options ask for no words."""

    def unknown_keys(self, head: Head, options: Options) -> dict[str, int]:  # noqa: ARG002
        """None: a provider's records hold much that tells nothing of delivery."""
        return {}


def known_word(words: Mapping[str, Word], said: str, path: str, form: str = "") -> Word:
    """What a provider's word means.

    Raises:
        Refused: It is not in the table; names it, and for too many words the format.
    """
    found = words.get(said)
    if found is None:
        raise unknown_word(said, tuple(words), path, form)
    return found


def unknown_word(said: object, known: tuple[str, ...], path: str, form: str = "") -> Refused:
    """What is said of a word that is not in the table of a format."""
    if not isinstance(said, str):
        return Refused(path, shorten(said), "a word, as text")
    near = near_word(said, known)
    listed = ", ".join(known)
    if len(known) > _MOST_LISTED:
        listed = f"the {len(known)} words that `{f'reach formats {form}'.strip()}` lists"
    hint = f" (did you mean {near}?)" if near else ""
    return Refused(path, shorten(said), f"one of {listed}{hint}")


def text_at(
    value: Mapping[str, Any], *steps: str, expected: str, at: tuple[str | int, ...] = ()
) -> str:
    """A text that a record must have.

    Args:
        value: The record, or a part of it.
        steps: Keys to follow.
        expected: What to ask for.
        at: Where in the record the part stands.

    Raises:
        Refused: It has none there.
    """
    found: Any = value
    for step in steps:
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found:
        received = "nothing" if found is None else shorten(found)
        raise Refused(json_path((*at, *steps)), received, expected)
    return found


def labelled(event: dict[str, Any], within: Mapping[str, Any], log: Log) -> dict[str, Any]:
    """An event with what the source's options say: places first, constants last."""
    told = {name: value for name, value in event.items() if value is not None}
    for name, path in log.options.fields.items():
        found: Any = within
        for step in path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        told[name] = _label(found)
    return told | dict(log.options.set)


def _label(value: object) -> object:
    """A tag's value as text: a list of one stands for that one, none for nothing."""
    if isinstance(value, list) and len(value) <= 1:
        return _label(value[0]) if value else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value

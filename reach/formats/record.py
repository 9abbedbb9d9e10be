"""What a format owes the rest of reach, and the small things it hands over.

A format says the same thing twice: once in SQL, for whole files at a time, and once in
Python, a record at a time. The SQL may give up on any record (it then leaves the event
empty); the Python decides, words the refusal, and is the twin the tests compare with.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from reach.vocabulary import Measures

if TYPE_CHECKING:
    from reach.formats.containers.head import Head
    from reach.formats.given import Given
    from reach.formats.words import Code, Word

EVENT_FIELDS = (
    "message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
    "reason", "machine", "provider", "account", "alias_id", "campaign", "region", "segment",
    "purpose", "variant", "cost_micros", "currency",
)  # fmt: skip
"""The fields of the event schema, in its order; every format yields these."""


SETTINGS = ("timezone", "year", "hops", "decimal", "thousands", "audience", "shared_by")
"""What options say of logs that leave it out, for the formats that can use it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the experiment says about one source.

    Attributes:
        format: The format's name, or None to recognise it.
        set: Constants by event field; they win over what the record says.
        fields: Dotted path in the record (or column) by event field.
        map: The column map of the `table` format.
        timezone: IANA name of the zone of times that name none.
        year: Year of the file's first time, where times name none.
        hops: Relays of the office's own, whose acceptance is no delivery.
        decimal: What stands before the decimals of a table's numbers, a point or a comma; None
            where only numbers are read that have one reading.
        thousands: What stands between their thousands: the other of the two, or nothing.
        audience: Whom rows that do not say so were meant for: public or internal.
        shared_by: Whose accounts showed what rows that do not say so tell of: office or staff.
    """

    format: str | None = None
    set: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    map: Mapping[str, Any] | None = None
    timezone: str | None = None
    year: int | None = None
    hops: tuple[str, ...] = ()
    decimal: str | None = None
    thousands: str | None = None
    audience: str | None = None
    shared_by: str | None = None

    def settings(self) -> dict[str, Any]:
        """What is said of `SETTINGS`, by name."""
        return {name: said for name in SETTINGS if (said := getattr(self, name))}

    def canonical_text(self) -> str:
        """The options as one text: equal options, equal text; part of the ingest id."""
        return json.dumps(
            {"set": dict(self.set), "fields": dict(self.fields), "map": self.map} | self.settings(),
            sort_keys=True,
            ensure_ascii=True,
        )


@dataclass(frozen=True, slots=True)
class Log:
    """One file to be read.

    Attributes:
        path: Where it lies.
        name: What the experiment calls it; the only name that reaches an output.
        content: SHA-256 of its bytes, hexadecimal; or who is working it out.
        head: What its first bytes tell.
        options: What the experiment says about it.
    """

    path: Path
    name: str
    content: str | Future[str]
    head: Head
    options: Options

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes, hexadecimal.

        Raises:
            InputError: The file can't be read.
        """
        return self.content if isinstance(self.content, str) else self.content.result()


@dataclass(frozen=True, slots=True)
class Record:
    r"""One record as a format yields it.

    Attributes:
        number: Which record of the file, from 1.
        line: The line it begins on, from 1.
        raw: The record as text; bytes that are not UTF-8 appear as ``\xNN``.
        value: The parsed record, if it could be parsed.
        broken: Why it could not, else None.
        within: Where in the text the value stands, as a JSON path.
    """

    number: int
    line: int
    raw: str
    value: Mapping[str, Any] | None
    broken: Refused | None = None
    within: str = "$"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a format fits a file.

    Attributes:
        ok: Whether it does.
        why: Why or why not, as the end of a sentence.
        mend: What would make it fit, where that is little; as the end of a sentence.
    """

    ok: bool
    why: str
    mend: str = ""


class Refused(Exception):  # noqa: N818 -- a verdict about a record, not a failure of ours
    """A record that a format can't turn into events; caught where records are judged.

    Attributes:
        path: The place in the record.
        received: What stood there.
        expected: What should have stood there.
        row: The row of a table that counts people, where it can be read and its numbers alone
            contradict one another; else None.
    """

    def __init__(
        self, path: str, received: str, expected: str, row: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{path}: got {received}, expected {expected}")
        self.path, self.received, self.expected = path, received, expected
        self.row = row


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Words that a source's options ask for in its columns.

    Attributes:
        rows: SQL for the file's rows.
        tests: By column and word, SQL over these that is true for a row with it. In place of a
            word None stands for all that are no such word, in a column whose words are meant
            to be named completely.
    """

    rows: str
    tests: Mapping[tuple[str, str | None], str]


class Format(Protocol):
    """One provider's format."""

    name: ClassVar[str]
    title: ClassVar[str]
    version: ClassVar[str]
    """Changes whenever the same record would yield other events; part of the ingest id."""

    one_event: ClassVar[bool]
    """Whether a record holds at most one event, so that its rows need no number."""

    words: ClassVar[tuple[Word, ...]]
    """Its words and what they mean."""

    closed: ClassVar[bool]
    """Whether a record with another word is refused, and names it."""

    codes: ClassVar[tuple[Code, ...]]
    """Its codes for why a message failed."""

    tells: ClassVar[tuple[str, ...]]
    """What it can know, each as the end of a sentence."""

    silent: ClassVar[tuple[str, ...]]
    """What it can't, likewise."""

    placeable: ClassVar[frozenset[str]]
    """Event fields whose place the options may name."""

    settings: ClassVar[frozenset[str]]
    """Which of `SETTINGS` it can use."""

    def fit(self, head: Head, options: Options) -> Fit:
        """Whether the file's beginning looks like this format."""

    def lacking(self, head: Head, options: Options) -> tuple[str, str] | None:
        """What the options leave out and the file can't be read without: received, expected."""

    def lined(self, log: Log) -> bool:
        """Whether each line of the file that is not blank is one record."""

    def measures(self, options: Options) -> Measures:
        """Which stages the source declares to be able to tell."""

    def lacks(self, log: Log) -> Measures:
        """What the file can't tell of whole messages: those that are missing from it."""

    def given(self, log: Log, *, plain: bool) -> Mapping[str, Given]:
        """Event fields that `tokens` gives otherwise than as tokens, and how.

        Args:
            log: The file; where its beginning is looked at, the rest may still be otherwise.
            plain: Whether texts may come plain, which costs less.
        """

    def columnar(self, log: Log) -> bool:
        """Whether `tokens` can read the file; else it is read a record at a time."""

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:
        """SQL that reads the whole file.

        Numbering makes the engine read in order, on one thread; where ``numbered`` is false
        a format may leave ``record`` NULL if each of its records has one row.

        Columns: ``record`` (BIGINT from 1 or NULL), ``leads`` (BOOLEAN, true in one row of a record),
        ``no_event`` (BOOLEAN) and `EVENT_FIELDS`, each as `given` says, or a JSON token as
        VARCHAR; NULL for what is missing. A record may have several rows.
        """

    def present(self, log: Log) -> frozenset[str]:
        """The event fields that the file seems to have, judged by its beginning."""

    def possible(self, log: Log) -> frozenset[str]:
        """The event fields that any record of the file may have."""

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's records, one after another.

        Where ``wanted`` names some by number, the others may come without their content.
        """

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """One record's events; an empty list if it holds none.

        Raises:
            Refused: The record can't be read as this format.
        """

    def refusal(self, why: Refused, record: Record, log: Log) -> Refused:
        """What the judge says of one of the record's events, in the words of the record."""

    def asked_words(self, log: Log) -> AskedWords | None:
        """Words that the options ask for in a column; None if they ask for none."""

    def unknown_keys(self, head: Head, options: Options) -> dict[str, int]:
        """Keys in the file's beginning that nothing reads, with how often they stand there."""


def constant_token(value: str | bool) -> str:  # noqa: FBT001 -- any constant
    """A constant as a JSON token, for use in SQL text or as SQL value."""
    return json.dumps(value, ensure_ascii=False)

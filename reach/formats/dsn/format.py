"""Reports that mail servers and mailbox providers send back, as a mailbox keeps them.

References:
    RFC 3464 and 6533 (delivery), RFC 5965 (abuse), RFC 8098 (having been read).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, ClassVar

from reach.formats.containers.head import Head
from reach.formats.dsn.events import told_by
from reach.formats.dsn.files import is_mail, mail_records
from reach.formats.dsn.reasons import BLOCKS, FAULTS, SUSPICIONS
from reach.formats.dsn.words import WORDS
from reach.formats.provider import ProviderFormat
from reach.formats.provider_sql import finished
from reach.formats.record import Fit, Log, Options, Record
from reach.formats.words import Code, Word
from reach.vocabulary import Measures


class DsnFormat(ProviderFormat):
    """Delivery status, abuse and disposition reports in a mailbox."""

    name: ClassVar[str] = "dsn"
    title: ClassVar[str] = "Reports by mail: bounces, complaints, read receipts"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = WORDS
    codes: ClassVar[tuple[Code, ...]] = (*BLOCKS, *SUSPICIONS, *FAULTS)
    tells: ClassVar[tuple[str, ...]] = (
        "that a mail server gave a message up, for good or not, and why: two fields",
        "that a message waits (delayed), and, where a report was asked for, that it was delivered",
        "who complained, where the mailbox provider does not black the address out",
        "that a message was displayed, where the reader's program tells it",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "how many messages were sent: most that arrive send no report back",
        "what a bounce in plain words says, as qmail's and Exim's older ones: refused by name",
        "who complained, where a report lists several recipients, or none: no event, counted",
        "whether an address in a complaint was replaced by a code",
        "whether a person saw a message that a program reported as displayed by itself",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider", "alias_id")
    )  # fmt: skip
    marks: ClassVar[str] = "the header of a mail"

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if the file begins as a mail does, whatever the mail is."""
        if options.map is not None:
            return Fit(ok=False, why="a column map belongs to format table")
        if is_mail(head):
            return Fit(ok=True, why=f"it has {self.marks}")
        return Fit(ok=False, why="it does not begin with the header of a mail")

    def lacks(self, log: Log) -> Measures:  # noqa: ARG002
        """All that arrived: it sends nothing back, most of the time."""
        return Measures.ANSWERS_ONLY | Measures.FAILURES_ONLY

    def is_record(self, value: Mapping[str, Any]) -> bool:  # noqa: ARG002
        """No object of JSON is a mail."""
        return False

    def columnar(self, log: Log) -> bool:  # noqa: ARG002
        """Mails are read one at a time."""
        return False

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's messages."""
        return mail_records(log, wanted)

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """A report's events."""
        return [(event | {"provider": self.name}, within) for event, within in told_by(value)]

    def rows(self, log: Log, records: str) -> str:
        """SQL that is sure of nothing: each record is left to Python."""
        return finished(records, {}, log, sure="false")

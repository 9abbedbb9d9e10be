"""The canonical format: the event schema itself, as NDJSON, CSV or Parquet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from reach.engine import identifier, literal
from reach.formats.containers import cloud_events, delimited, ndjson, parquet
from reach.formats.containers.head import Head
from reach.formats.given import Given
from reach.formats.record import EVENT_FIELDS, Fit, Log, Options, Record, Refused, constant_token
from reach.formats.words import Code, Word
from reach.vocabulary import Event, Measures, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

WORDS = (
    Word("queued", Event.QUEUED, note="accepted for sending, not yet handed on"),
    Word("sent", Event.SENT, note="handed to the next system: never a delivery"),
    Word("deferred", Event.DEFERRED, note="a try failed and will be repeated"),
    Word("delivered", Event.DELIVERED, Receipt.CARRIER, note="unless receipt says device"),
    Word("failed", Event.FAILED, note="permanent says whether for good, reason says why"),
    Word("expired", Event.EXPIRED),
    Word("rejected", Event.REJECTED, note="the provider refused to try: not sent"),
    Word("suppressed", Event.SUPPRESSED, note="on a suppression list: not sent"),
    Word("superseded", Event.SUPERSEDED, note="replaced by a newer push before it showed"),
    Word("opened", Event.OPENED, note="a person's only where machine is false"),
    Word("read", Event.READ),
    Word("clicked", Event.CLICKED, note="a person's unless machine is true"),
    Word("replied", Event.REPLIED, note="a person's unless machine is true"),
    Word("complained", Event.COMPLAINED),
    Word("unsubscribed", Event.UNSUBSCRIBED),
    Word("converted", Event.CONVERTED, note="did what the message asked for"),
)

_REQUIRED = ("message_id", "event", "channel", "recipient")
_BOOLEANS = ("permanent", "machine")
_INTEGERS = ("cost_micros",)
_NO_TEXTS = (*_BOOLEANS, *_INTEGERS)
_MOST_DIGITS = 100  # longer digits stay text: refused either way, and never slow to convert


class ReachFormat:
    """Events in reach's own words: nothing to map, everything to check."""

    name: ClassVar[str] = "reach"
    title: ClassVar[str] = "reach's own events (NDJSON, CSV or Parquet)"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = True
    words: ClassVar[tuple[Word, ...]] = WORDS
    closed: ClassVar[bool] = True
    codes: ClassVar[tuple[Code, ...]] = ()
    placeable: ClassVar[frozenset[str]] = frozenset(EVENT_FIELDS)
    settings: ClassVar[frozenset[str]] = frozenset()
    tells: ClassVar[tuple[str, ...]] = (
        "all that its events say: reach's own words can say whatever another format can",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "what the program that wrote it did not know, or left out",
    )

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if the required fields are there, by name or as the options place them."""
        named = options.format == self.name
        if named and options.map is not None:
            return Fit(ok=False, why="a column map belongs to format table")
        if named and head.container == "ndjson" and not head.objects:
            return Fit(ok=True, why="it is named, and each of its lines is to be judged")
        places = _places(head, options)
        wanted = [places[name] for name in _REQUIRED if name not in options.set]
        if head.container == "ndjson":
            # One good line is enough: a bad line is a refused record, not another format.
            missing = min(
                ([name for name in wanted if name not in found] for found in head.objects),
                key=len,
                default=wanted,
            )
        elif head.container in ("csv", "parquet"):
            missing = [name for name in wanted if name not in _columns(head, options)]
        else:
            return Fit(ok=False, why="it is JSON, but not one object on each line")
        if missing:
            return Fit(ok=False, why=f"it has no {', '.join(missing)}", mend=_mend(missing))
        return Fit(ok=True, why=f"it has {', '.join(wanted)}")

    def lacking(self, head: Head, options: Options) -> None:
        """Nothing: its times have their zone."""

    def lined(self, log: Log) -> bool:
        """In NDJSON."""
        return log.head.container == "ndjson"

    def measures(self, options: Options) -> Measures:  # noqa: ARG002
        """Nothing is declared: what a canonical log can tell shows in what it tells."""
        return Measures(0)

    def lacks(self, log: Log) -> Measures:  # noqa: ARG002
        """Nothing: it holds what the office put into it."""
        return Measures(0)

    def given(self, log: Log, *, plain: bool) -> Mapping[str, Given]:
        """In NDJSON what looks like nothing but text; in a table what its column holds."""
        if log.head.container == "ndjson":
            if log.head.enveloped or not plain:
                return {}
            found = ndjson.plain_fields(log, _paths(log.options))
            return {name: how for name, how in found.items() if name not in _NO_TEXTS}
        columns = _columns_of(log)
        if log.head.container == "csv":
            return dict.fromkeys(columns, Given.TEXT) if plain else {}
        return {
            name: how
            for name, column in columns.items()
            if (how := parquet.given(log, column, name)) is Given.MOMENT
            or (plain and how is Given.TEXT and name not in _NO_TEXTS)
        }

    def columnar(self, log: Log) -> bool:  # noqa: ARG002
        """Always."""
        return True

    def tokens(self, log: Log, *, numbered: bool, plain: bool = False) -> str:
        """SQL for the whole file; see `reach.formats.record.Format.tokens`."""
        given = self.given(log, plain=plain)
        if log.head.container == "ndjson":
            return ndjson.tokens(log, _in_record(log), numbered=numbered, given=given)
        if log.head.container == "parquet":
            return _columns_sql(log, parquet.rows(log), parquet.cell, given)
        return _columns_sql(log, delimited.rows(log, numbered=numbered), _csv_cell, given)

    def present(self, log: Log) -> frozenset[str]:
        """Fields that the options set, or that the file's beginning shows."""
        head = log.head
        tops = {key for found in head.objects for key, value in found.items() if value is not None}
        shown = tops if head.container == "ndjson" else set(_columns(head, log.options))
        places = _places(head, log.options)
        return frozenset(
            name for name in EVENT_FIELDS if name in log.options.set or places[name] in shown
        )

    def possible(self, log: Log) -> frozenset[str]:  # noqa: ARG002
        """All."""
        return frozenset(EVENT_FIELDS)

    def records(self, log: Log, wanted: Container[int] | None = None) -> Iterator[Record]:
        """The file's records."""
        if log.head.container == "ndjson":
            return ndjson.records(log, wanted)
        if log.head.container == "parquet":
            return parquet.records(log)
        return delimited.records(log)

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The record as the one event it is."""
        value = record.value or {}
        event: dict[str, Any] = {}
        for name, path in _in_record(log).items():
            found = (
                _at(value, path.split(".")) if log.head.container == "ndjson" else value.get(path)
            )
            if log.head.container == "csv":
                found = _typed(name, found)
            if found is not None:
                event[name] = found
        event.update(log.options.set)
        return [event]

    def refusal(self, why: Refused, record: Record, log: Log) -> Refused:  # noqa: ARG002
        """As it is, for the record is the event; unless it lies in an envelope."""
        if not log.head.enveloped:
            return why
        path = f"$.{cloud_events.KEY}{why.path.removeprefix('$')}"
        return Refused(path, why.received, why.expected)

    def asked_words(self, log: Log) -> None:
        """The options ask for no words."""

    def unknown_keys(self, head: Head, options: Options) -> dict[str, int]:
        """Keys that are no event field and that the options do not use."""
        known = {*_places(head, options).values(), *EVENT_FIELDS}
        if head.container == "ndjson":
            counts = Counter(key for found in head.objects for key in found)
        else:
            counts = Counter(_columns(head, options))
        return {key: count for key, count in sorted(counts.items()) if key not in known}


def _mend(missing: list[str]) -> str:
    """How to say what a log leaves out because it is the same in all of it."""
    if missing != ["channel"]:
        return ""
    return "a value for channel, or say it with set: {channel: …} (--set channel=…)"


def _columns(head: Head, options: Options) -> tuple[str, ...]:
    return delimited.column_names(head, options) if head.container == "csv" else head.columns


def _paths(options: Options) -> dict[str, str]:
    return {name: options.fields.get(name, name) for name in EVENT_FIELDS}


def _in_record(log: Log) -> dict[str, str]:
    """The path of each field in what stands on a line, which may be an envelope."""
    paths = _paths(log.options)
    if log.head.enveloped:
        return {name: f"{cloud_events.KEY}.{path}" for name, path in paths.items()}
    return paths


def _places(head: Head, options: Options) -> dict[str, str]:
    """The top key, or the column, that each field is read from."""
    paths = _paths(options)
    if head.container != "ndjson":
        return paths
    return {name: path.split(".", 1)[0] for name, path in paths.items()}


def _at(value: object, steps: list[str]) -> object:
    for step in steps:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def _typed(name: str, text: object) -> object:
    """A CSV field as the JSON value that its field's type asks for."""
    if not isinstance(text, str) or not text:
        return None
    if name in _BOOLEANS and text in ("true", "false"):
        return text == "true"
    if name in _INTEGERS and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return text


def _columns_of(log: Log) -> dict[str, str]:
    """The column by field, of those that are read from one."""
    held = frozenset(_columns(log.head, log.options))
    return {
        name: column
        for name, column in _paths(log.options).items()
        if name not in log.options.set and column in held
    }


def _csv_cell(log: Log, name: str, column: str, given: Given) -> str:
    text = delimited.column_reference(log, column)
    if given is Given.TEXT:
        return text
    quoted = f"to_json({text})::VARCHAR"
    if name in _BOOLEANS:
        return f"CASE WHEN {text} IN ('true', 'false') THEN {text} ELSE {quoted} END"
    if name in _INTEGERS:
        return f"CASE WHEN regexp_full_match({text}, '[0-9]+') THEN {text} ELSE {quoted} END"
    return quoted


def _columns_sql(
    log: Log, rows: str, cell: Callable[[Log, str, str, Given], str], given: Mapping[str, Given]
) -> str:
    columns = _columns_of(log)
    fields = []
    for name in EVENT_FIELDS:
        if name in log.options.set:
            sql = literal(constant_token(log.options.set[name]))
        elif name in columns:
            sql = cell(log, name, columns[name], given.get(name, Given.TOKEN))
        else:
            sql = "NULL::VARCHAR"
        fields.append(f"{sql} AS {identifier(name)}")
    return f"SELECT record, true AS leads, false AS no_event, {', '.join(fields)} FROM ({rows})"

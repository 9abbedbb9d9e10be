"""Any wide CSV with a column map: one row a message, or one row a person with a count.

Every row says that its messages were sent; the map says which columns tell more. Where a
row stands for several messages, what it tells is told of the first of them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from reach.engine import identifier, literal
from reach.formats import delimited
from reach.formats.head import Head
from reach.formats.record import EVENT_FIELDS, Fit, Log, Options, Record, Refused, constant_token
from reach.vocabulary import Event, Measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SIGNALS = {
    "delivered": (Event.DELIVERED, Measures.DELIVERED),
    "failed": (Event.FAILED, Measures.DELIVERED),
    "engaged": (Event.REPLIED, Measures.ENGAGED),
    "acted": (Event.CONVERTED, Measures.ACTED),
}
_PLAIN = ("region", "segment", "purpose", "variant", "campaign")
_LOCAL_TIME = (
    r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
)
_MOST_MESSAGES = 9999
_COUNT = "[0-9]{1,4}"


class TableFormat:
    """A table whose columns the experiment explains."""

    name: ClassVar[str] = "table"
    title: ClassVar[str] = "any wide CSV, explained by a column map"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if a map is given and all columns that it names are there."""
        if options.map is None:
            return Fit(ok=False, why="no column map is given (map:)")
        if head.container != "csv":
            return Fit(ok=False, why="it is no CSV")
        missing = [name for name in _mapped_columns(options.map) if name not in head.columns]
        if missing:
            shown = ", ".join(head.columns[:30])
            return Fit(ok=False, why=f"it has no column {', '.join(missing)} (it has {shown})")
        return Fit(ok=True, why="it has all the mapped columns")

    def measures(self, options: Options) -> Measures:
        """What the map has a column for."""
        told = Measures(0)
        for signal, (_, measure) in _SIGNALS.items():
            if signal in (options.map or {}):
                told |= measure
        return told

    def tokens(self, log: Log, *, numbered: bool) -> str:  # noqa: ARG002 -- rows name messages
        """SQL for the whole file; see `reach.formats.record.Format.tokens`."""
        parts = _Columns(log)
        fields = ", ".join(f"{parts.field(name)} AS {identifier(name)}" for name in EVENT_FIELDS)
        # A row whose count can't be read yields one row without an event, for the judge.
        numbered = (
            f"SELECT *, {parts.count()} AS messages, unnest(range(1, greatest(coalesce("
            f"{parts.count()}, 1), 1) + 1)) AS message FROM ({delimited.rows(log)})"
        )
        said = (
            f"SELECT *, unnest(CASE WHEN message = 1 THEN {parts.words()} ELSE ['sent'] END) AS word "
            f"FROM ({numbered})"
        )
        return (
            "SELECT record, message = 1 AND word = 'sent' AS leads, "
            f"coalesce(messages = 0, false) AS no_event, {fields} FROM ({said})"
        )

    def present(self, log: Log) -> frozenset[str]:
        """What the map and the constants can fill."""
        plan = log.options.map or {}
        always = {"message_id", "event", "recipient", "channel", "provider", "account", "receipt"}
        mapped = {name for name in (*_PLAIN, "occurred_at") if name in plan}
        failed = {"permanent", "reason"} & set(plan.get("failed", {}))
        return frozenset(always | mapped | failed | set(log.options.set))

    def records(self, log: Log) -> Iterator[Record]:
        """The file's rows."""
        return delimited.records(log)

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The row's events: sent once a message, and on the first of them what the map finds."""
        row: Mapping[str, str] = record.value or {}
        plan = log.options.map or {}
        count = _count(row, plan)
        if not count:
            return []
        base = _base(record, log, row, plan)
        found = []
        for message in range(1, count + 1):
            event = base | {"message_id": _message_id(record, row, plan, message)}
            found.append(event | {"event": str(Event.SENT)})
            if message == 1:
                found.extend(_told(event, row, plan))
        return [{name: value for name, value in event.items() if value != ""} for event in found]

    def unknown_keys(self, head: Head, options: Options) -> dict[str, int]:  # noqa: ARG002
        """None: a map names what it needs, and a table may hold anything else."""
        return {}


def _mapped_columns(plan: Mapping[str, Any]) -> list[str]:
    names: list[str] = []
    for part, value in plan.items():
        if part == "delimiter":
            continue
        if isinstance(value, str):
            names.append(value)
        elif isinstance(value, dict) and "column" in value:
            names.append(value["column"])
    return list(dict.fromkeys(names))


def _count(row: Mapping[str, str], plan: Mapping[str, Any]) -> int:
    if "messages" not in plan:
        return 1
    column = plan["messages"]["column"]
    text = row[column]
    if not re.fullmatch(_COUNT, text, re.ASCII):
        expected = f"a whole number of messages from 0 to {_MOST_MESSAGES}"
        raise Refused(f"$[{column!r}]", repr(text), expected)
    return int(text)


def _base(
    record: Record, log: Log, row: Mapping[str, str], plan: Mapping[str, Any]
) -> dict[str, Any]:
    base: dict[str, Any] = {"provider": "table", "channel": _channel(row, plan["channel"])}
    person = plan["person"]
    base["recipient"] = row[person] if isinstance(person, str) else f"{log.digest}:{record.number}"
    if "message_id" not in plan:
        base["account"] = log.digest
    for name in _PLAIN:
        if name in plan:
            base[name] = _plain(row, plan[name])
    if "occurred_at" in plan:
        base["occurred_at"] = _time(row, plan["occurred_at"])
    return {**base, **log.options.set}


def _plain(row: Mapping[str, str], part: str | dict[str, str]) -> str:
    return row[part] if isinstance(part, str) else part["const"]


def _channel(row: Mapping[str, str], part: str | dict[str, Any]) -> str:
    if isinstance(part, str):
        return row[part]
    if "const" in part:
        return str(part["const"])
    column, values = part["column"], part["values"]
    if row[column] not in values:
        raise Refused(f"$[{column!r}]", repr(row[column]), f"one of {', '.join(values)}")
    return str(values[row[column]])


def _message_id(
    record: Record, row: Mapping[str, str], plan: Mapping[str, Any], message: int
) -> str:
    own = row[plan["message_id"]] if "message_id" in plan else str(record.number)
    return own if message == 1 or not own else f"{own}#{message}"


def _time(row: Mapping[str, str], part: str | dict[str, str]) -> str:
    column = part if isinstance(part, str) else part["column"]
    text = row[column]
    if isinstance(part, str) or not re.fullmatch(_LOCAL_TIME, text, re.ASCII):
        return text  # the event schema judges it
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(part["timezone"]))
        return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    except (ValueError, OverflowError):
        raise Refused(f"$[{column!r}]", repr(text), "a time that exists") from None


def _told(
    event: dict[str, Any], row: Mapping[str, str], plan: Mapping[str, Any]
) -> list[dict[str, Any]]:
    found = []
    for signal, (word, _) in _SIGNALS.items():
        part = plan.get(signal)
        if part and row[part["column"]] in part["equals"]:
            told = event | {"event": str(word)}
            if signal == "delivered":
                told["receipt"] = part.get("receipt", "carrier")
            if signal == "failed":
                told |= {
                    key: part[key] for key in ("permanent", "reason") if part.get(key) is not None
                }
            found.append(told)
    return found


class _Columns:
    """The same as `TableFormat.events`, as SQL over `delimited.rows`."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._plan: Mapping[str, Any] = log.options.map or {}

    def _column(self, name: str) -> str:
        return delimited.column_reference(self._log, name)

    def _json(self, name: str) -> str:
        return f"to_json({self._column(name)})::VARCHAR"

    def count(self) -> str:
        if "messages" not in self._plan:
            return "1"
        text = self._column(self._plan["messages"]["column"])
        return f"CASE WHEN regexp_full_match({text}, '{_COUNT}') THEN {text}::INTEGER END"

    def words(self) -> str:
        tests = [
            f"CASE WHEN {self._matches(signal)} THEN {literal(str(word))} END"
            for signal, (word, _) in _SIGNALS.items()
            if signal in self._plan
        ]
        return (
            f"list_filter(['sent', {', '.join(tests)}], lambda w: w IS NOT NULL)"
            if tests
            else "['sent']"
        )

    def _matches(self, signal: str) -> str:
        part = self._plan[signal]
        values = ", ".join(literal(value) for value in part["equals"])
        return f"coalesce({self._column(part['column'])}, '') IN ({values})"

    def field(self, name: str) -> str:
        if name in self._log.options.set:
            return literal(constant_token(self._log.options.set[name]))
        special = getattr(self, f"_{name}", None)
        if special is not None:
            return str(special())
        if name in _PLAIN and name in self._plan:
            part = self._plan[name]
            return (
                self._json(part)
                if isinstance(part, str)
                else literal(constant_token(part["const"]))
            )
        return "NULL::VARCHAR"

    def _event(self) -> str:
        return "CASE WHEN messages > 0 THEN '\"' || word || '\"' END"

    def _provider(self) -> str:
        return literal('"table"')

    def _account(self) -> str:
        return "NULL::VARCHAR" if "message_id" in self._plan else literal(f'"{self._log.digest}"')

    def _message_id(self) -> str:
        own = (
            self._column(self._plan["message_id"])
            if "message_id" in self._plan
            else "record::VARCHAR"
        )
        return (
            f"to_json(CASE WHEN message = 1 THEN {own} ELSE {own} || '#' || message END)::VARCHAR"
        )

    def _recipient(self) -> str:
        person = self._plan["person"]
        if isinstance(person, str):
            return self._json(person)
        return f"'\"{self._log.digest}:' || record || '\"'"

    def _channel(self) -> str:
        part = self._plan["channel"]
        if isinstance(part, str):
            return self._json(part)
        if "const" in part:
            return literal(constant_token(part["const"]))
        cases = " ".join(
            f"WHEN {literal(raw)} THEN {literal(constant_token(channel))}"
            for raw, channel in part["values"].items()
        )
        return f"CASE coalesce({self._column(part['column'])}, '') {cases} END"

    def _occurred_at(self) -> str:
        if "occurred_at" not in self._plan:
            return "NULL::VARCHAR"
        part = self._plan["occurred_at"]
        if isinstance(part, str):
            return self._json(part)
        text = self._column(part["column"])
        local = f"timezone({literal(part['timezone'])}, try_cast({text} AS TIMESTAMP))"
        utc = f"'\"' || strftime({local}, '%Y-%m-%dT%H:%M:%S.%fZ') || '\"'"
        # A local time that is none stays as it is, for the judge to refuse.
        return (
            f"CASE WHEN regexp_full_match({text}, {literal(_LOCAL_TIME)}) "
            f"THEN coalesce({utc}, {self._json(part['column'])}) ELSE {self._json(part['column'])} END"
        )

    def _receipt(self) -> str:
        receipt = self._plan.get("delivered", {}).get("receipt", "carrier")
        return f"CASE WHEN word = 'delivered' THEN {literal(constant_token(receipt))} END"

    def _permanent(self) -> str:
        permanent = self._plan.get("failed", {}).get("permanent")
        if permanent is None:
            return "NULL::VARCHAR"
        return f"CASE WHEN word = 'failed' THEN '{str(permanent).lower()}' END"

    def _reason(self) -> str:
        reason = self._plan.get("failed", {}).get("reason")
        if reason is None:
            return "NULL::VARCHAR"
        return f"CASE WHEN word = 'failed' THEN {literal(constant_token(reason))} END"

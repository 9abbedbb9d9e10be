"""A table's rows as events, in SQL: the same as `table_rows` says, whole files at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reach.engine import identifier, literal
from reach.formats.containers import delimited
from reach.formats.notations.local_time import to_utc_sql
from reach.formats.record import EVENT_FIELDS, Log, constant_token
from reach.formats.table.map import ATTRIBUTES, COUNT, DEFAULT_RECEIPT, PROVIDER, SIGNALS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def row_tokens(log: Log) -> str:
    """SQL for the whole file; see `reach.formats.record.Format.tokens`."""
    cells = _Cells(log)
    count = cells.count()
    fields = ", ".join(f"{cells.token(name)} AS {identifier(name)}" for name in EVENT_FIELDS)
    # A row whose count can't be read yields one row without an event, for the judge.
    messages = (
        f"SELECT *, {count} AS messages, "
        f"unnest(range(1, greatest(coalesce({count}, 1), 1) + 1)) AS message "
        f"FROM ({delimited.rows(log)})"
    )
    said = (
        "SELECT *, unnest(CASE WHEN message = 1 AND messages > 0 "
        f"THEN {cells.words()} ELSE ['sent'] END) AS word FROM ({messages})"
    )
    return (
        "SELECT record, message = 1 AND word = 'sent' AS leads, "
        f"coalesce(messages = 0, false) AS no_event, {fields} FROM ({said})"
    )


def asked_words(log: Log) -> dict[tuple[str, str | None], str]:
    """The tests of `reach.formats.record.AskedWords`, over `delimited.rows`."""
    plan: Mapping[str, Any] = log.options.map or {}
    parts = [plan[signal] for signal in SIGNALS if signal in plan]
    asked: dict[tuple[str, str | None], str] = {}
    for part in parts:
        cell = f"coalesce({delimited.column_reference(log, part['column'])}, '')"
        for word in part["equals"]:
            asked[part["column"], word] = f"{cell} = {literal(word)}"
    column = plan.get("delivered", {}).get("column")
    if column is not None and column == plan.get("failed", {}).get("column"):
        # One column tells of both: what is neither ought to be meant so.
        cell = f"coalesce({delimited.column_reference(log, column)}, '')"
        named = [word for part in parts if part["column"] == column for word in part["equals"]]
        words = ", ".join(literal(word) for word in ("", *named))
        asked[column, None] = f"{cell} NOT IN ({words})"
    return asked


class _Cells:
    """SQL over one row of `delimited.rows`, joined with ``messages``, ``message`` and ``word``."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._plan: Mapping[str, Any] = log.options.map or {}

    def count(self) -> str:
        if "messages" not in self._plan:
            return "1"
        text = self._text(self._plan["messages"]["column"])
        return f"CASE WHEN regexp_full_match({text}, '{COUNT}') THEN {text}::INTEGER END"

    def words(self) -> str:
        words = ["'sent'"]
        words += [
            f"CASE WHEN {self._says(signal)} THEN {literal(str(word))} END"
            for signal, (word, _) in SIGNALS.items()
            if signal in self._plan
        ]
        return f"list_filter([{', '.join(words)}], lambda w: w IS NOT NULL)"

    def token(self, name: str) -> str:
        """One event field as a JSON token."""
        if name in self._log.options.set:
            return literal(constant_token(self._log.options.set[name]))
        special: dict[str, Callable[[], str]] = {
            "message_id": self._message_id,
            "event": lambda: "CASE WHEN messages > 0 THEN '\"' || word || '\"' END",
            "channel": self._channel,
            "recipient": self._recipient,
            "occurred_at": self._occurred_at,
            "provider": lambda: literal(constant_token(PROVIDER)),
            "receipt": lambda: self._with_word("delivered", "receipt", DEFAULT_RECEIPT),
            "permanent": lambda: self._with_word("failed", "permanent"),
            "reason": lambda: self._with_word("failed", "reason"),
        }
        if name in special:
            return special[name]()
        part = self._plan.get(name) if name in ATTRIBUTES else None
        if part is None:
            return "NULL::VARCHAR"
        return self._cell(part) if isinstance(part, str) else literal(constant_token(part["const"]))

    def _text(self, column: str) -> str:
        return delimited.column_reference(self._log, column)

    def _cell(self, column: str) -> str:
        return f"to_json({self._text(column)})::VARCHAR"

    def _says(self, signal: str) -> str:
        part = self._plan[signal]
        values = ", ".join(literal(value) for value in part["equals"])
        return f"coalesce({self._text(part['column'])}, '') IN ({values})"

    def _message_id(self) -> str:
        if "message_id" in self._plan:
            own = self._text(self._plan["message_id"])
        else:
            own = f"{literal(self._log.digest + ':')} || record"
        named = f"CASE WHEN message = 1 THEN {own} ELSE {own} || '#' || message END"
        return f"to_json({named})::VARCHAR"

    def _recipient(self) -> str:
        person = self._plan["person"]
        if isinstance(person, str):
            return self._cell(person)
        return f"'\"{self._log.digest}:' || record || '\"'"

    def _channel(self) -> str:
        part = self._plan["channel"]
        if isinstance(part, str):
            return self._cell(part)
        if "const" in part:
            return literal(constant_token(part["const"]))
        cases = " ".join(
            f"WHEN {literal(raw)} THEN {literal(constant_token(channel))}"
            for raw, channel in part["values"].items()
        )
        return f"CASE coalesce({self._text(part['column'])}, '') {cases} END"

    def _occurred_at(self) -> str:
        part = self._plan.get("occurred_at")
        if part is None:
            return "NULL::VARCHAR"
        if isinstance(part, str):
            return self._cell(part)
        moment = to_utc_sql(self._text(part["column"]), part["timezone"])
        # A time that is not converted stays as it is: it names its zone, or goes to the judge.
        return f"coalesce('\"' || {moment} || '\"', {self._cell(part['column'])})"

    def _with_word(self, signal: str, name: str, otherwise: str | None = None) -> str:
        """What a signal's part of the map says besides, on the event that it makes."""
        value = self._plan.get(signal, {}).get(name)
        value = otherwise if value is None else value
        if value is None:
            return "NULL::VARCHAR"
        return f"CASE WHEN word = {literal(str(SIGNALS[signal][0]))} THEN {literal(constant_token(value))} END"

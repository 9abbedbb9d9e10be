"""GOV.UK Notify: callbacks, notifications of its interface, and its two CSV reports.

What the words mean stands in `reach.formats.notify.words`.

References:
    Notify's documents (repository alphagov/notifications-tech-docs, source/documentation); what
    its reports print is in its code (alphagov/notifications-api, app/models.py and
    app/report_requests; alphagov/notifications-admin, app/utils/csv.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reach.formats.containers.json_page import page_key
from reach.formats.notify.message import (
    PROVIDER,
    RECEIVED_TEXT,
    RETURNED_LETTER,
    message_events,
    message_rows,
)
from reach.formats.notify.table import JOB_COLUMNS, SERVICE_COLUMNS, row_events, table_rows
from reach.formats.notify.words import KINDS, OTHER_CALLBACKS, PRINTED, STATUSES
from reach.formats.provider import ProviderFormat, labelled
from reach.formats.record import Log, Record, Refused
from reach.formats.words import Word
from reach.shown import json_path, shorten

_PAGE = "notifications"


class NotifyFormat(ProviderFormat):
    """GOV.UK Notify, in all the forms that it gives its notifications out."""

    name: ClassVar[str] = PROVIDER
    title: ClassVar[str] = "GOV.UK Notify: callbacks, pages of its interface, CSV reports"
    version: ClassVar[str] = "1"
    one_event: ClassVar[bool] = False
    words: ClassVar[tuple[Word, ...]] = (*STATUSES, *PRINTED, *OTHER_CALLBACKS)
    tables: ClassVar[tuple[frozenset[str], ...]] = (SERVICE_COLUMNS, JOB_COLUMNS)
    tells: ClassVar[tuple[str, ...]] = (
        "that the mail server or the operator took the message (receipt: carrier)",
        "that an address is wrong, and that Notify itself sent nothing (rejected)",
        "when it was sent and when its status came; of a report's row, when Notify took it",
        "that the post brought a letter back, in reports alone",
    )
    silent: ClassVar[tuple[str, ...]] = (
        "whether a temporary failure is one: it also stands for no receipt in 72 h, so: unknown",
        "whether a number is wrong: Notify says the same of texts that an operator refused",
        "whether a text to another country arrived: unknown until told otherwise",
        "whether a letter arrived: received means received by the printers; letters have no receipt",
        "which notification a row of a report is: reports have no ids",
        "whether it is also in a callback or the other kind of report: it then counts twice",
        "whether two equal rows of a service's report are two messages: they count as one",
        "when a report's status came about; its time is that of the taking, on London's clock",
        "opens and clicks: Notify measures none",
    )
    fills: ClassVar[frozenset[str]] = frozenset(
        ("message_id", "event", "channel", "recipient", "occurred_at", "receipt", "permanent",
         "reason", "provider")
    )  # fmt: skip
    marks: ClassVar[str] = "what Notify's callbacks, notifications or reports have"

    def is_record(self, value: Mapping[str, Any]) -> bool:
        """Whether it is a callback, a notification, or a page of notifications without any."""
        if page_key(value) == _PAGE:
            return True
        if "status" not in value:
            received = all(key in value for key in (*RECEIVED_TEXT, "date_received"))
            return received or (RETURNED_LETTER in value and "template_id" in value)
        if "notification_type" in value:
            return "id" in value and "to" in value
        of_kind = value.get("type") in KINDS and isinstance(value.get("template"), dict)
        return of_kind and "id" in value and "created_at" in value

    def read(self, value: Mapping[str, Any]) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
        """The record's events; a page that came where one record was due has those of all."""
        if page_key(value) != _PAGE:
            return [(event, value) for event in message_events(value)]
        found: list[tuple[dict[str, Any], Mapping[str, Any]]] = []
        for place, each in enumerate(value[_PAGE]):
            if not isinstance(each, dict):
                raise Refused(json_path((_PAGE, place)), shorten(each), "a notification")
            try:
                found += [(event, each) for event in message_events(each)]
            except Refused as why:
                path = json_path((_PAGE, place)) + why.path.removeprefix("$")
                raise Refused(path, why.received, why.expected) from None
        return found

    def events(self, record: Record, log: Log) -> list[dict[str, Any]]:
        """The same, of a record or of a report's row, with what the options say."""
        if not self.is_table(log.head):
            return super().events(record, log)
        row = record.value or {}
        return [labelled(event, row, log) for event in row_events(row, log)]

    def rows(self, log: Log, records: str) -> str:
        """SQL for the same."""
        rows = table_rows if self.is_table(log.head) else message_rows
        return rows(records, log)

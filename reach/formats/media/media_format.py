"""What formats of measurements share: a table of columns, and how a row becomes one of ours.

A provider's file says which of its columns means what, once, in a table that people read.
Rows are few (a campaign has hundreds of posts, and millions of messages), so they are read
one by one, and judged by the row's schema itself.
"""

from __future__ import annotations

from abc import ABC
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from reach.explanations import violations
from reach.formats.containers import delimited, json_values
from reach.formats.containers.head import Head
from reach.formats.media.columns import Column, Other, advertising_values
from reach.formats.media.families import (
    families,
    from_cells,
    from_json,
    is_member,
    known_as,
    place_of,
)
from reach.formats.media.impossible import Bound, Impossible, OutOfBounds, broken, moment
from reach.formats.media.json_rows import json_row
from reach.formats.media.totals import Whole, sums_up
from reach.formats.notations.declared_number import contradiction
from reach.formats.record import Fit, Log, Options, Record, Refused
from reach.schemas import schema
from reach.shown import json_path, shorten

_JSON = ("ndjson", "batches", "document")
_WHOSE = ("audience", "shared_by")

NUMBERS = frozenset(("decimal", "thousands"))
"""Settings that say how numbers are written, of any table."""

OF_THE_OFFICE = NUMBERS.union(_WHOSE)
"""Those of tables of what the office put out."""


class MediaFormat(ABC):
    """A format of rows that count people, each valid against a schema of its own."""

    name: ClassVar[str]
    title: ClassVar[str]
    version: ClassVar[str]
    row: ClassVar[str]
    """The schema of its rows, one of `reach.schemas.SCHEMAS`."""

    rows_are: ClassVar[str]
    """What a row is, in the plural."""

    columns: ClassVar[tuple[Column, ...]]
    """Its columns and what they mean; where several stand for one field the first with a cell counts."""

    needed: ClassVar[tuple[frozenset[str], ...]]
    """Sets of columns: a table that has all of one is of this format."""

    others: ClassVar[tuple[Other, ...]] = ()
    """Tables that are taken for one of its own, and are none."""

    constants: ClassVar[Mapping[str, Any]] = {}
    """Fields that are the same in every row."""

    missing: ClassVar[frozenset[str]] = frozenset()
    """What stands in a cell without a value, besides nothing."""

    bounds: ClassVar[tuple[Bound, ...]] = ()
    """What its rows can't be."""

    in_json: ClassVar[bool] = False
    """Whether rows may come as JSON objects of our fields, too: the office's own files."""

    total_in: ClassVar[tuple[str, ...]] = ()
    """Columns in which a row that sums up others says so."""

    sums_up: ClassVar[bool] = False
    """Whether rows may be parts of one another, which only all together show."""

    percentages: ClassVar[tuple[str, ...]] = ()
    """Fields in percent that a slip may give as shares of 1."""

    percentages_by: ClassVar[tuple[str, ...]] = ()
    """Fields in which rows agree whose percentages are of a size."""

    tells: ClassVar[tuple[str, ...]]
    silent: ClassVar[tuple[str, ...]]
    settings: ClassVar[frozenset[str]] = NUMBERS
    placeable: ClassVar[frozenset[str]] = frozenset()

    def fit(self, head: Head, options: Options) -> Fit:
        """It fits if all the columns of one of its tables are there."""
        if options.map is not None:
            return Fit(ok=False, why="a column map belongs to format table")
        for other in self.others:
            if columns_of(head) >= other.columns:
                return Fit(ok=False, why=other.what, mend=other.instead)
        tables = [head.columns] if head.container == "csv" else []
        if self.in_json and head.container in _JSON:
            tables = [tuple(found) for found in head.objects]
        if not tables:
            return Fit(
                ok=False, why="it is neither CSV nor JSON" if self.in_json else "it is no CSV"
            )
        pairs = [
            (each - known_as(self.columns, map(_bare, columns)), each)
            for columns in tables
            for each in self.needed
        ]
        # Of several tables the one of which it has most.
        missing, needed = min(pairs, key=lambda pair: len(pair[0]) / len(pair[1]))
        if not missing:
            return Fit(ok=True, why=f"it has {_listed(needed)}")
        return Fit(ok=False, why=f"it has no {_listed(missing)}", mend=self._mend(missing))

    def lacking(self, head: Head, options: Options) -> tuple[str, str] | None:  # noqa: ARG002
        """What the options say of numbers, if that can't be; else nothing, for most."""
        return contradiction(options.decimal, options.thousands)

    def records(self, log: Log) -> Iterator[Record]:
        """The file's rows."""
        return json_values.records(log) if log.head.container in _JSON else delimited.records(log)

    def is_total(self, value: Mapping[str, Any]) -> bool:
        """Whether a row is of no one thing: it sums up others, or explains the columns."""
        return self.total_name(value) is not None

    def total_name(self, value: Mapping[str, Any]) -> str | None:
        """What a row calls itself that sums up others; None if it does not."""
        said = (cell for key, cell in value.items() if _bare(key) in self.total_in)
        return next((str(cell).strip() for cell in said if sums_up(cell)), None)

    def wholes(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[int, Whole]:  # noqa: ARG002
        """Rows that all rows together show to sum up others, by their index; none, for most.; where `sums_up`."""
        return {}

    def perhaps_wholes(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[str]:  # noqa: ARG002
        """Regions that may sum up all others, by their size; the rows are kept."""
        return ()

    def measurement(self, record: Record, log: Log) -> dict[str, Any] | None:
        """A row as its schema has it; None if it counts nobody.

        Raises:
            Refused: It can't be read, or says what can't be; names the column.
        """
        if record.broken is not None:
            raise record.broken
        value = {_bare(key): cell for key, cell in (record.value or {}).items()}
        if self.is_total(value):
            return None
        if log.head.container in _JSON:
            row = json_row(value, schema(self.row)["properties"])
            row |= from_json(self.columns, value, row)
        else:
            row = self.row_of(value, log.options)
        row = {name: said for name, said in row.items() if said is not None}
        row |= self._said_of_all(row, log.options)
        for fault in violations(self.row, row):
            raise Refused(self._place(fault.path, value), fault.received, fault.expected)
        try:
            self._check_times(row)
            self._check_bounds(row, value)
            return self.proven(row)
        except Impossible as why:
            place = json_path((self._said(why.field, value),))
            received = shorten(row[why.field]) if why.field in row else "nothing"
            numbers_alone = row if isinstance(why, OutOfBounds) else None
            raise Refused(place, received, why.expected, numbers_alone) from None

    def proven(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row that its schema and the bounds allow, with what follows from it.

        Raises:
            Impossible: It contradicts itself all the same.
        """
        return row

    def row_of(self, value: Mapping[str, Any], options: Options) -> dict[str, Any]:
        """A row's cells by our fields.

        Raises:
            Refused: A cell can't be read.
        """
        row = dict(self.constants)
        for column in self.columns:
            cell = value.get(column.said)
            if column.field is None or column.field in row or not isinstance(cell, str):
                continue
            if not cell.strip() or cell.strip() in self.missing:
                continue
            try:
                row[column.field] = column.read(cell, options)
            except ValueError as error:
                raise Refused(json_path((column.said,)), shorten(cell), str(error)) from None
        return row | from_cells(self.columns, value, options)

    def unknown_keys(self, head: Head) -> dict[str, int]:
        """Columns that nothing reads, of the office's own files."""
        if not self.in_json:
            return {}
        counts = Counter(self._found(head))
        known = {column.said for column in self.columns}.union(advertising_values(counts))
        if head.container in _JSON:
            known |= {str(each.field) for each in families(self.columns)}
        return {
            key: count
            for key, count in sorted(counts.items())
            if key not in known and not is_member(self.columns, key)
        }

    def advertising_values(self, head: Head) -> tuple[str, ...]:
        """Columns that say what an advertisement would have cost, which no result has."""
        return advertising_values(tuple(dict.fromkeys(self._found(head))))

    def _found(self, head: Head) -> Iterator[str]:
        """The columns of a table, or the keys of the objects at its beginning."""
        tables = head.objects if head.container in _JSON else [head.columns]
        return (_bare(key) for found in tables for key in found)

    def _said_of_all(self, row: Mapping[str, Any], options: Options) -> dict[str, str]:
        """What the source says of all rows, for one that does not say so itself."""
        return {
            name: said
            for name in _WHOSE
            if name in self.settings and name not in row and (said := getattr(options, name))
        }

    def _mend(self, missing: frozenset[str]) -> str:
        """What one of the office's own tables lacks, if that is one column."""
        if not self.in_json or len(missing) != 1:
            return ""
        return f"a column {_listed(missing)}, too, as a table of {self.rows_are} has"

    def _check_times(self, row: Mapping[str, Any]) -> None:
        """Refuse what has the form of a time and is none: the form is all that a schema sees."""
        for name, part in schema(self.row)["properties"].items():
            if name in row and part.get("format") == "date-time":
                try:
                    moment(row[name])
                except ValueError:
                    raise Impossible(name, "a time that exists, as 2026-01-05T23:59:59Z") from None

    def _check_bounds(self, row: Mapping[str, Any], value: Mapping[str, Any]) -> None:
        if bound := broken(row, self.bounds):
            raise OutOfBounds(bound.less, bound.expected(row, self._said(bound.more, value)))

    def _said(self, name: str, value: Mapping[str, Any]) -> str:
        """The column that a field was read from, or would have been."""
        said = [each.said for each in self.columns if each.field == name and each.said in value]
        return next((each for each in said if value[each]), said[0] if said else name)

    def _place(self, path: str, value: Mapping[str, Any]) -> str:
        if (found := place_of(self.columns, path, value)) is not None:
            return found
        name = path.removeprefix("$.")
        return json_path((self._said(name, value),)) if name.isidentifier() else path


def columns_of(head: Head) -> frozenset[str]:
    """The columns of a CSV; none of anything else."""
    return frozenset(map(_bare, head.columns if head.container == "csv" else ()))


def _bare(name: str) -> str:
    return name.strip().removeprefix("\ufeff")


def _listed(columns: frozenset[str]) -> str:
    return ", ".join(sorted(columns))

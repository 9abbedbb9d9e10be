"""Grouped events become evidence: one row a message, by union of bits and minimum of times.

Both merges are associative, commutative and idempotent, so neither the order of events nor
their repetition can change a row.

`reach.ingest.grouping` groups texts as they stand. A message that was written in two ways, as
with two spellings of a telephone number, or of which two things are said, then stands in two
rows, and those few rows are merged here. Addresses are made plain once each: there are fewer
of them than messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.ingest.event_rows import ATTRIBUTES, DEFAULTS
from reach.ingest.grouping import LABELS, NAMES, NUMBERS, TABLE, TIMES
from reach.ingest.spellings import unite_spellings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from reach.ingest.predicates import Column

RECIPIENTS = "recipients"
"""Each address as it is ``written``, and as the ``recipient`` that it names."""

_TEXTS = ("scope", "message_id", "recipient")


class NotProvenError(Exception):
    """Texts that were to be proven with the roll-up are not; caught where the file is read."""


@dataclass(frozen=True, slots=True)
class _Content:
    """How the texts of a file's rows are to be taken.

    Attributes:
        columns: Columns of the rows.
        plain: Columns whose texts are in no quotes.
        once: What must be true of a column's texts, where anything is left to prove.
    """

    columns: frozenset[str]
    plain: frozenset[str]
    once: Mapping[str, str]

    def text(self, name: str) -> str:
        """SQL for a text without the quotes of a token."""
        return name if name in self.plain else f"substring({name}, 2, length({name}) - 2)"


def roll_up(engine: DuckDBPyConnection, columns: Mapping[str, Column], country: str | None) -> int:
    """Make ``evidence_rows`` of `reach.ingest.grouping.TABLE`: one row a message.

    Columns: message_id, recipient, and ``scope`` for provider and account, which stand for
    themselves too where the file has them; ``bits``; ``events``, how many were
    merged; `ATTRIBUTES`, ``alias_id``, ``currency``; ``cost_micros``; ``failure``; `TIMES`;
    and ``disagreements``, a bit for each attribute of which the events say two things. A
    message of several second names has a row for each, equal but for ``alias_id`` and with
    no ``events`` in all but one.

    Args:
        engine: Where to work.
        columns: How the columns of the events were read.
        country: As for `reach.ingest.telephone.normal_number`.

    Returns:
        How many addresses are written like telephone numbers and are none.

    Raises:
        NotProvenError: A text is not surely valid; nothing is made.
    """
    content = _content(engine, columns)
    _prove(engine, content)
    no_numbers = _make_recipients(engine, content, country)
    engine.execute("DROP VIEW IF EXISTS evidence_rows; DROP TABLE IF EXISTS merged_rows")
    spelled = _spelled(engine, content)
    engine.execute(f"CREATE OR REPLACE TEMP VIEW evidence_rows AS {spelled}")
    if _may_be_split(engine):
        engine.execute(f"CREATE OR REPLACE TEMP VIEW spelled_rows AS {spelled}")
        _merge_split(engine, [name for name in NAMES if name in content.columns])
        engine.execute("CREATE OR REPLACE TEMP VIEW evidence_rows AS SELECT * FROM merged_rows")
    return no_numbers


def _content(engine: DuckDBPyConnection, columns: Mapping[str, Column]) -> _Content:
    held = frozenset(name for name, *_ in engine.execute(f"DESCRIBE {TABLE}").fetchall())
    plain = frozenset(name for name, column in columns.items() if not column.quoted)
    once = {name: columns[name].once for name in held & plain if columns[name].once}
    return _Content(held, plain, once)


def _prove(engine: DuckDBPyConnection, content: _Content) -> None:
    """Raise `NotProvenError` for texts that may be invalid; addresses are proven later."""
    tests = " AND ".join(test for name, test in sorted(content.once.items()) if name != "recipient")
    if tests and _count(engine, f"SELECT count(*) FROM {TABLE} WHERE NOT ({tests})"):
        raise NotProvenError


def _make_recipients(engine: DuckDBPyConnection, content: _Content, country: str | None) -> int:
    """Make `RECIPIENTS`; how many addresses are written like telephone numbers and are none."""
    test = content.once.get("recipient", "true")
    # Proven on the text as it was read: its normal form may be another.
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {RECIPIENTS} AS SELECT recipient AS written, "
        f"normal_address({content.text('recipient')}) AS recipient, ({test}) AS surely "
        f"FROM (SELECT DISTINCT recipient FROM {TABLE})"
    )
    if test != "true" and _count(engine, f"SELECT count(*) FROM {RECIPIENTS} WHERE NOT surely"):
        raise NotProvenError
    return unite_spellings(engine, RECIPIENTS, "recipient", country)


def _spelled(engine: DuckDBPyConnection, content: _Content) -> str:
    """SQL for rows with plain texts, and addresses in their one form."""
    written = content.text("written") if "recipient" not in content.plain else "written"
    changed = _count(engine, f"SELECT count(*) FROM {RECIPIENTS} WHERE recipient <> {written}")
    columns = {name: _label(name, content) for name in (*NAMES, *LABELS) if name in content.columns}
    source = TABLE
    if changed:
        columns["recipient"] = f"{RECIPIENTS}.recipient"
        source += f" JOIN {RECIPIENTS} ON {TABLE}.recipient = written"
    columns |= {
        name: name for name in ("bits", "events", *NUMBERS, *TIMES) if name in content.columns
    }
    columns["scope"] = _scope(content)
    kinds = dict.fromkeys(LABELS, "VARCHAR") | dict.fromkeys(NUMBERS, "BIGINT")
    columns |= {name: f"NULL::{kind}" for name, kind in kinds.items() if name not in columns}
    columns["disagreements"] = "0"
    listed = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    return f"SELECT {listed} FROM {source}"


def _label(name: str, content: _Content) -> str:
    text = content.text(f"{TABLE}.{name}") if name not in content.plain else f"{TABLE}.{name}"
    if name == "currency":  # it says something of a cost only
        has_cost = "cost_micros IS NOT NULL" if "cost_micros" in content.columns else "false"
        return f"CASE WHEN {has_cost} THEN {text} END"
    return text


def _scope(content: _Content) -> str:
    """What the names of messages are unique in; a constant, and so for nothing, in most files."""
    provider, account = (
        content.text(name) if name in content.columns else literal(default)
        for name, default in DEFAULTS.items()
    )
    return f"message_scope({provider}, {account})"


def _may_be_split(engine: DuckDBPyConnection) -> bool:
    """Whether two rows may be of one message: surely not if each has an id of its own."""
    for names in ("message_id", ", ".join(_TEXTS)):
        # Equal names have equal hashes, which are quicker to compare.
        if not _count(
            engine,
            f"SELECT count(*) FROM (SELECT hash({names}) AS h FROM evidence_rows "
            "GROUP BY h HAVING count(*) > 1)",
        ):
            return False
    return True


def _merge_split(engine: DuckDBPyConnection, names: list[str]) -> None:
    """Make the table ``merged_rows``: those of one message are one."""
    listed = ", ".join(names)
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE split_messages AS "
        f"SELECT {listed} FROM spelled_rows SEMI JOIN (SELECT hash({listed}) AS h "
        f"FROM spelled_rows GROUP BY h HAVING count(*) > 1) AS meet ON hash({listed}) = h "
        f"GROUP BY {listed} HAVING count(*) > 1"
    )
    split = f"spelled_rows SEMI JOIN split_messages USING ({listed})"
    whole = f"spelled_rows ANTI JOIN split_messages USING ({listed})"
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE further_names AS "
        f"SELECT DISTINCT {listed}, alias_id AS further FROM {split} WHERE alias_id IS NOT NULL"
    )
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE merged_rows AS "
        f"SELECT * FROM {whole} UNION ALL BY NAME {_merged(split, listed)}"
    )
    engine.execute(
        "INSERT INTO merged_rows BY NAME "
        "SELECT merged_rows.* REPLACE (further AS alias_id, 0 AS events) "
        f"FROM merged_rows JOIN further_names USING ({listed}) WHERE further <> alias_id"
    )
    engine.execute("DROP TABLE further_names; DROP TABLE split_messages")


def _merged(split: str, names: str) -> str:
    """SQL that merges the rows of each message into one, however many there are."""
    disagree = " + ".join(
        f"CASE WHEN min({name}) <> max({name}) THEN {1 << position} ELSE 0 END"
        for position, name in enumerate(ATTRIBUTES)
    )
    # Of several costs the largest, with the currency that goes with it.
    dearest = (
        "max(CASE WHEN cost_micros IS NOT NULL THEN {'cost': cost_micros, 'in': currency} END)"
    )
    merges = {
        "bits": "bit_or(bits)",
        "events": "sum(events)::BIGINT",
        **{name: f"min({name})" for name in ("scope", *ATTRIBUTES, "alias_id", "failure")},
        "cost_micros": f"{dearest}.cost",
        "currency": f"{dearest}['in']",
        **{name: f"{merge}({name})" for name, (_, merge) in TIMES.items()},
        "disagreements": f"({disagree})::INTEGER",
    }
    sums = ", ".join(f"{sql} AS {name}" for name, sql in merges.items())
    return f"SELECT {names}, {sums} FROM {split} GROUP BY {names}"


def _count(engine: DuckDBPyConnection, query: str) -> int:
    return int((engine.execute(query).fetchone() or (0,))[0])

"""Events become evidence: one row a message, by union of bits and minimum of times.

Both merges are associative, commutative and idempotent, so neither the order of events nor
their repetition can change a row.

Events are grouped by their tokens as they stand, with what a message is said to be in the
grouping's key: the state of a group is then a few numbers, small, of fixed size, and able to
leave memory, and texts are made plain a message at a time instead of an event at a time. A
message that was written in two ways, as with two spellings of a telephone number, or of which
two things are said, then stands in two rows, and those few rows are merged after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reach.engine import literal
from reach.ingest.event_rows import ATTRIBUTES, DEFAULTS, OPTIONAL, is_any_of
from reach.ingest.spellings import NUMBERS, unite_spellings
from reach.vocabulary import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from reach.ingest.predicates import Column

TIMES: Mapping[str, tuple[Seen, str]] = {
    "first_at": (Seen(~0), "min"),
    "last_at": (Seen(~0), "max"),
    "sent_at": (Seen.QUEUED | Seen.SENT | Seen.DEFERRED, "min"),
    "delivered_at": (Seen.DELIVERED_CARRIER | Seen.DELIVERED_DEVICE, "min"),
    "last_click_at": (Seen.CLICKED_HUMAN, "max"),
    "acted_at": (Seen.CONVERTED, "min"),
}
"""The times kept of a message: of which events, and whether the earliest or the latest.

Those that an answer needs, and no others: each costs the roll-up a twentieth of its time.
"""

_NAMES = ("provider", "account", "message_id", "recipient")
_LABELS = (*ATTRIBUTES, "alias_id", "currency")
_NUMBERS = {"cost_micros": "max", "failure": "min"}
_ONCE_EACH = "events = bit_count(bits)"
"""A message with as many events as bits has no event twice."""


class NotProvenError(Exception):
    """Texts that were to be proven with the roll-up are not; caught where the file is read."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the events of one file have at all; the roll-up leaves out the rest.

    Attributes:
        columns: Columns of ``event_rows`` that are not wholly NULL.
        seen: All bits.
        plain: Columns whose texts are in no quotes.
        once: What must be true of a row's texts.
    """

    columns: frozenset[str]
    seen: Seen
    plain: frozenset[str]
    once: str

    def among(self, names: tuple[str, ...]) -> list[str]:
        """Those of the columns that the events have."""
        return [name for name in names if name in self.columns]


def roll_up(
    engine: DuckDBPyConnection, columns: Mapping[str, Column], country: str | None
) -> tuple[int, int]:
    """Make ``evidence_rows`` of ``event_rows``, which is dropped: one row a message.

    Columns: message_id, recipient, and ``scope`` for provider and account, which stand for
    themselves too where the file has them; ``bits``; ``events``, how many were
    merged; `ATTRIBUTES`, ``alias_id``, ``currency``; ``cost_micros``; ``failure``; `TIMES`;
    and ``disagreements``, a bit for each attribute of which the events say two things. A
    message of several second names has a row for each, equal but for ``alias_id`` and with
    no ``events`` in all but one.

    Args:
        engine: Where to work.
        columns: How the columns of ``event_rows`` were read.
        country: As for `reach.ingest.telephone.normal_number`.

    Returns:
        How many different events there are, by message, bit and time; and how many addresses
        are written like telephone numbers and are none.

    Raises:
        NotProvenError: A text is not surely valid; ``event_rows`` stays.
    """
    content = _content(engine, columns)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE evidence_rows AS {_evidence(content)}")
    if _count(engine, "SELECT count(*) FROM evidence_rows WHERE NOT surely"):
        raise NotProvenError
    engine.execute("ALTER TABLE evidence_rows DROP COLUMN surely")
    no_numbers = unite_spellings(engine, "evidence_rows", "recipient", country)
    names = ", ".join(content.among(_NAMES))
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE split_messages AS "
        # Equal names have equal hashes: only where those meet, the names themselves are grouped.
        f"SELECT {names} FROM evidence_rows SEMI JOIN (SELECT hash({names}) AS h "
        f"FROM evidence_rows GROUP BY h HAVING count(*) > 1) AS meet ON hash({names}) = h "
        f"GROUP BY {names} HAVING count(*) > 1"
    )
    facts = _count_facts(engine, content)
    engine.execute(f"DROP TABLE event_rows; DROP TABLE {NUMBERS}")
    if _count(engine, "SELECT count(*) FROM split_messages"):
        _merge_split(engine, names)
    engine.execute("DROP TABLE split_messages")
    return facts, no_numbers


def _content(engine: DuckDBPyConnection, columns: Mapping[str, Column]) -> Content:
    described = engine.execute("DESCRIBE event_rows").fetchall()
    optional = [name for name, *_ in described if name in OPTIONAL]
    counts = "".join(f", count({name})" for name in optional)
    found = engine.execute(
        f"SELECT coalesce(bit_or(bit), 0){counts} FROM event_rows"
    ).fetchone() or (0,)
    held = {name for name, count in zip(optional, found[1:], strict=True) if count}
    held |= {"message_id", "recipient"}
    plain = {name for name, column in columns.items() if not column.quoted}
    once = [columns[name].once for name in sorted(held & plain) if columns[name].once]
    return Content(frozenset(held), Seen(found[0]), frozenset(plain), " AND ".join(once) or "true")


def _evidence(content: Content) -> str:
    keys = content.among((*_NAMES, *_LABELS))
    kept = {
        "bits": "bit_or(bit)",
        "events": "count(*)",
        **{name: f"{_NUMBERS[name]}({name})" for name in content.among(tuple(_NUMBERS))},
        **{
            name: _time(merge, bits, content.seen)
            for name, (bits, merge) in TIMES.items()
            if bits & content.seen
        },
    }
    sums = ", ".join(f"{sql} AS {name}" for name, sql in kept.items())
    grouped = f"SELECT {', '.join(keys)}, {sums} FROM event_rows GROUP BY {', '.join(keys)}"
    columns = [f"{_plain(name, content)} AS {name}" for name in keys] + [*kept]
    columns.append(f"{_scope(content)} AS scope")
    have = {*keys, *kept}
    kinds = dict.fromkeys(_LABELS, "VARCHAR") | dict.fromkeys((*_NUMBERS, *TIMES), "BIGINT")
    columns += [f"NULL::{kind} AS {name}" for name, kind in kinds.items() if name not in have]
    return (
        f"SELECT {', '.join(columns)}, 0 AS disagreements, ({content.once}) AS surely "
        f"FROM ({grouped})"
    )


def _scope(content: Content) -> str:
    """What the names of messages are unique in; a constant, and so for nothing, in most files."""
    provider, account = (
        _plain(name, content) if name in content.columns else literal(default)
        for name, default in DEFAULTS.items()
    )
    return f"message_scope({provider}, {account})"


def _plain(name: str, content: Content) -> str:
    """A text: the quotes of tokens taken off, and an address as it is compared."""
    text = name if name in content.plain else f"substring({name}, 2, length({name}) - 2)"
    if name == "recipient":
        return f"normal_address({text})"
    if name == "currency":  # it says something of a cost only
        has_cost = "cost_micros IS NOT NULL" if "cost_micros" in content.columns else "false"
        return f"CASE WHEN {has_cost} THEN {text} END"
    return text


def _time(merge: str, bits: Seen, seen: Seen) -> str:
    everything = not seen & ~bits
    return f"{merge}(occurred_us)" + ("" if everything else f" FILTER ({is_any_of(bits & seen)})")


def _count_facts(engine: DuckDBPyConnection, content: Content) -> int:
    """Only messages that may have an event twice are looked at one event at a time."""
    names = ", ".join(content.among(_NAMES))
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE looked_at AS "
        f"SELECT {names} FROM evidence_rows WHERE NOT ({_ONCE_EACH}) "
        f"UNION SELECT {names} FROM split_messages"
    )
    facts = _count(
        engine,
        f"SELECT coalesce(sum(events), 0) FROM evidence_rows ANTI JOIN looked_at USING ({names})",
    )
    if _count(engine, "SELECT count(*) FROM looked_at"):
        plain = ", ".join(f"{_plain(name, content)} AS {name}" for name in content.among(_NAMES))
        # As it was read first, so that few texts need be made plain.
        name = "message_id" if "message_id" in content.plain else "'\"' || message_id || '\"'"
        tokens = f"SELECT DISTINCT {name} AS message_id FROM looked_at"
        written_few = f"SELECT {plain}, bit, occurred_us FROM event_rows SEMI JOIN ({tokens}) USING (message_id)"
        few = (
            "SELECT each.* REPLACE (coalesce(number, recipient) AS recipient) "
            f"FROM ({written_few}) AS each LEFT JOIN {NUMBERS} ON recipient = written"
        )
        facts += _count(
            engine,
            f"SELECT count(*) FROM (SELECT DISTINCT {names}, bit, occurred_us FROM ({few}) "
            f"SEMI JOIN looked_at USING ({names}))",
        )
    engine.execute("DROP TABLE looked_at")
    return facts


def _merge_split(engine: DuckDBPyConnection, names: str) -> None:
    split = f"evidence_rows SEMI JOIN split_messages USING ({names})"
    whole = f"evidence_rows ANTI JOIN split_messages USING ({names})"
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE further_names AS "
        f"SELECT DISTINCT {names}, alias_id AS further FROM {split} WHERE alias_id IS NOT NULL"
    )
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE evidence_rows AS "
        f"SELECT * FROM {whole} UNION ALL BY NAME {_merged(split, names)}"
    )
    engine.execute(
        "INSERT INTO evidence_rows BY NAME "
        "SELECT evidence_rows.* REPLACE (further AS alias_id, 0 AS events) "
        f"FROM evidence_rows JOIN further_names USING ({names}) WHERE further <> alias_id"
    )
    engine.execute("DROP TABLE further_names")


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

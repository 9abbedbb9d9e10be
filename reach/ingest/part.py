"""A part: the evidence of one file as it is stored, with no person in it."""

from __future__ import annotations

from reach.engine import literal
from reach.ingest.event_rows import ATTRIBUTES, failure_reason
from reach.ingest.grouping import TIMES
from reach.ingest.roll_up import RECIPIENTS


def part_rows(ingest_id: str, measures: int) -> str:
    """SQL for the rows of a part, addresses and message names replaced by keyed hashes.

    Args:
        ingest_id: Goes into every row.
        measures: What the source declares to be able to tell, as `reach.vocabulary.Measures`.
    """
    return (
        f"SELECT {literal(ingest_id)} AS ingest_id, "
        "message_key(address, scope, message_id) AS message_key, "
        "CASE WHEN alias_id <> message_id "
        "THEN message_key(address, scope, alias_id) END AS alias_key, "
        f"address, {', '.join(ATTRIBUTES)}, bits, {measures} AS measures, "
        f"disagreements, {', '.join(TIMES)}, "
        f"{failure_reason('failure')} AS failure_reason, cost_micros, currency "
        # Each address is hashed once: persons get several messages, and hashing is dear.
        "FROM evidence_rows JOIN (SELECT recipient, pseudonym(recipient) AS address "
        f"FROM (SELECT DISTINCT recipient FROM {RECIPIENTS})) USING (recipient)"
    )

"""SQL that providers' formats share: records taken apart, and events put together.

What `reach.formats.provider` does a record at a time is done here for whole files at once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from reach.engine import identifier, literal
from reach.formats.containers import json_values
from reach.formats.given import Given
from reach.formats.record import EVENT_FIELDS, Log, constant_token
from reach.formats.words import Code, Word

_WHOLE_NUMBER = "(0|-?[1-9][0-9]{0,17})"


Steps = tuple[str, ...]
"""The keys that lead to a value in a record."""


def taken(log: Log, places: Mapping[str, Steps], *, numbered: bool) -> str:
    """SQL for rows of a file's records as `extracted` gives them, in the cheapest way there is.

    Args:
        log: The file, which holds JSON.
        places: Where values stand, by the name of the new column.
        numbered: Whether ``record`` is needed.
    """
    options = {_option(name): tuple(path.split(".")) for name, path in log.options.fields.items()}
    read = json_values.columns_sql(log, dict(places) | options, numbered=numbered)
    if read is not None:
        return read
    return extracted(json_values.rows_sql(log, numbered=numbered), json_paths(places), log)


def json_paths(places: Mapping[str, Steps]) -> dict[str, str]:
    """Places as the JSON paths that `extracted` takes."""
    return {name: _json_path(steps) for name, steps in places.items()}


def _json_path(steps: Iterable[str]) -> str:
    return "$" + "".join(f".{json.dumps(step, ensure_ascii=False)}" for step in steps)


def extracted(records: str, paths: Mapping[str, str], log: Log, value: str = "value") -> str:
    """SQL for rows of records with what stands at some paths, each a token or NULL.

    Args:
        records: SQL for rows with a column of JSON.
        paths: JSON path by the name of the new column.
        log: The file; its options' fields are extracted too.
        value: The column.
    """
    wanted = dict(paths) | {
        _option(name): _json_path(path.split(".")) for name, path in log.options.fields.items()
    }
    # All paths at once: each call would parse the record anew.
    listed = ", ".join(literal(path) for path in wanted.values())
    columns = ", ".join(
        f"nullif(found[{place}]::VARCHAR, 'null') AS {identifier(name)}"
        for place, name in enumerate(wanted, start=1)
    )
    return (
        f"SELECT * EXCLUDE (found), {columns} "
        f"FROM (SELECT *, json_extract({value}, [{listed}]) AS found FROM ({records}))"
    )


def finished(
    rows: str,
    fields: Mapping[str, str],
    log: Log,
    *,
    sure: str,
    leads: str = "true",
    no_event: str = "false",
) -> str:
    """SQL as `reach.formats.record.Format.tokens` describes it.

    Args:
        rows: SQL for rows with ``record`` and what `extracted` adds.
        fields: SQL of the token of each event field that the provider fills.
        log: The file.
        sure: SQL that is true where the tokens surely are what the Python would give.
        leads: SQL that is true in one row of each record.
        no_event: SQL that is true where the record surely holds no event.
    """
    columns = []
    for name in EVENT_FIELDS:
        if name in log.options.set:
            sql = literal(constant_token(log.options.set[name]))
        elif name in log.options.fields:
            sql = _label_sql(identifier(_option(name)))
        else:
            sql = fields.get(name, "NULL::VARCHAR")
        if name == "event":  # without one a row is not proven
            sql = f"CASE WHEN {sure} THEN {sql} END"
        columns.append(f"{sql} AS {identifier(name)}")
    return (
        f"SELECT record, {leads} AS leads, coalesce({no_event}, false) AS no_event, "
        f"{', '.join(columns)} FROM ({rows})"
    )


def moments(log: Log) -> dict[str, Given]:
    """How times are given where a format fills them in µs, unless the options do."""
    by_options = "occurred_at" in log.options.set or "occurred_at" in log.options.fields
    return {} if by_options else {"occurred_at": Given.MOMENT}


def _option(name: str) -> str:
    return f"option {name}"


def _label_sql(token: str) -> str:
    """SQL of what `_label` gives, for a token."""
    inner = f"nullif(json_extract({token}, '$[0]')::VARCHAR, 'null')"
    alone = f"CASE WHEN starts_with({token}, '[') AND json_array_length({token}) <= 1 THEN {inner} ELSE {token} END"
    return (
        f"CASE WHEN regexp_full_match({alone}, '{_WHOLE_NUMBER}') "
        f"THEN '\"' || ({alone}) || '\"' ELSE {alone} END"
    )


def text_sql(token: str) -> str:
    """SQL of the text in a token that is plainly one; NULL for what has escapes or is no text."""
    return (
        f"CASE WHEN starts_with({token}, '\"') AND NOT contains({token}, '\\') "
        f"THEN substring({token}, 2, length({token}) - 2) END"
    )


def quoted_sql(text: str) -> str:
    """SQL of the token of a text without anything to escape."""
    return f"'\"' || {text} || '\"'"


def meaning_sql(words: Collection[Word | Code], said: str, attribute: str) -> str:
    """SQL of what a word or a code means in one respect, as a token; NULL if nothing.

    Args:
        words: The table.
        said: SQL of the text that is looked up.
        attribute: Which of `Word`'s, or of `Code`'s.
    """
    by_meaning: dict[str, list[str]] = {}
    for each in words:
        meaning = getattr(each, attribute)
        if meaning is not None:
            token = json.dumps(meaning if isinstance(meaning, bool) else str(meaning))
            by_meaning.setdefault(token, []).append(each.said)
    cases = " ".join(
        f"WHEN {' OR '.join(f'{said} = {literal(one)}' for one in saids)} THEN {literal(token)}"
        for token, saids in by_meaning.items()
    )
    return f"CASE {cases} END" if cases else "NULL::VARCHAR"


def known_sql(words: Collection[Word], said: str, *, eventful: bool) -> str:
    """SQL that is true for a word of the table that stands for an event, or for none."""
    listed = [each.said for each in words if (each.event is not None) is eventful]
    tests = " OR ".join(f"{said} = {literal(one)}" for one in listed)
    return f"({tests or 'false'})"

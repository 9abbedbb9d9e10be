"""The JSON Schemas of reach: found, read and made into validators, each once.

An installed wheel carries them as ``reach/_schemas/``; in the source tree they stand in
``schemas/`` beside the package. `jsonschema` is imported when the first validator is made,
so that ``reach --help`` does not wait for it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reach.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from jsonschema import Draft202012Validator, FormatChecker

SCHEMAS = (
    "event", "experiment", "result", "rejection", "post",
    "mention", "placement", "audience", "attendance", "survey", "universe", "coverage", "estimate",
    "people",
)  # fmt: skip

_SOURCE_TREE = Path(__file__).parents[1] / "schemas"
_INSTALL = "python -m pip install 'rfc3339-validator'"


def schema_text(name: str) -> str:
    """Return the schema ``name`` as it stands in its file.

    Args:
        name: One of `SCHEMAS`.

    Raises:
        SchemaError: No such schema, or the installation lacks it.
    """
    if name not in SCHEMAS:
        raise SchemaError(f'no schema is called "{name}"; there are {", ".join(SCHEMAS)}')
    # The wheel's own folder first: in site-packages a `schemas` beside us is someone else's.
    places: list[Traversable] = [resources.files("reach") / "_schemas", _SOURCE_TREE]
    for place in places:
        file = place / f"{name}.schema.json"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise SchemaError(f"{name}.schema.json is missing from this installation; reinstall reach-eval")


@cache
def schema(name: str) -> Mapping[str, Any]:
    """Return the schema ``name`` as data; read once and shared, so not to be changed.

    Raises:
        SchemaError: It is missing or no JSON object.
    """
    try:
        loaded = json.loads(schema_text(name))
    except ValueError as error:
        raise SchemaError(f"{name}.schema.json is not JSON: {error}") from error
    if not isinstance(loaded, dict):
        raise SchemaError(f"{name}.schema.json holds no JSON object")
    return loaded


@cache
def validator(name: str) -> Draft202012Validator:
    """Return the shared validator of the schema ``name``, formats checked.

    Raises:
        SchemaError: The schema is missing or is no JSON Schema, or the package that checks
            date-times is not installed.
    """
    import jsonschema

    checked = schema(name)
    try:
        jsonschema.Draft202012Validator.check_schema(checked)
    except jsonschema.SchemaError as error:
        raise SchemaError(f"{name}.schema.json is no JSON Schema: {error.message}") from error
    return jsonschema.Draft202012Validator(checked, format_checker=format_checker())


def format_checker() -> FormatChecker:
    """Return a format checker that really checks ``date`` and ``date-time``.

    ``jsonschema`` alone passes every text as a date-time, and with its extra still one that
    ends in a line break.

    Raises:
        SchemaError: The extra of ``jsonschema`` is not installed; names the command.
    """
    import jsonschema

    checker = jsonschema.FormatChecker()
    if "date-time" not in checker.checkers:
        raise SchemaError(f"date-times can't be checked; run: {_INSTALL}")
    is_date_time, _ = checker.checkers["date-time"]

    def is_one_line(value: object) -> bool:
        return not (isinstance(value, str) and value.endswith("\n")) and bool(is_date_time(value))

    checker.checks("date-time")(is_one_line)
    return checker

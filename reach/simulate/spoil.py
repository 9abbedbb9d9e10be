"""Records made bad: each is a copy of a good one, so that no truth is lost with it."""

from __future__ import annotations

import json

from reach.simulate.records.record import Fault, Format

FAULTS = tuple(Fault)

_NO_JSON = "upstream connect error or disconnect before headers: 502 Bad Gateway\n"


def spoiled(line: str, fault: Fault, form: Format) -> str:
    """A copy of a record of something sent, made bad.

    Args:
        line: The record, with its line's end.
        fault: What is to be wrong with it.
        form: The record's format.
    """
    if fault is Fault.CUT:
        return line[: len(line) * 2 // 3] + "\n"
    if fault is Fault.NO_JSON:
        return _NO_JSON
    record = json.loads(line)
    form.spoil(record, fault)
    return json.dumps(record, separators=(",", ":")) + "\n"

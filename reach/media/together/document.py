"""What was reached together as part of a result: the fields of ``reach.people/1``."""

from __future__ import annotations

from typing import Any

from reach.media.together.found import Persons, Reached, Together


def describe_together(found: Together) -> dict[str, Any]:
    """Make the document of what all channels reached together.

    Args:
        found: As `reach.media.together.total.together` gives it.

    Returns:
        Valid against ``$defs/together`` of ``people.schema.json``; numbers of persons are not
        rounded, and null stands where there is no best guess.
    """
    total = found.total
    return {
        **_headline(total),
        "method": found.method,
        "channels": [
            {
                "channel": name,
                "grade": str(found.grades[name]),
                "alone": _persons(total.alone[name]),
                "incremental": _persons(total.incremental[name]),
                "cumulative": _persons(total.cumulative[name]),
            }
            for name in found.order
        ],
        "at_least": [
            {"channels": n, "reached": _persons(persons)} for n, persons in total.at_least.items()
        ],
        "exactly": None if total.exactly is None else list(total.exactly),
        "contacts": None
        if total.contacts is None
        else [
            {"contacts": n, "persons": persons} for n, persons in enumerate(total.contacts, start=1)
        ],
        "regions": [
            {
                "region": name,
                **_headline(one),
                "incremental": {
                    channel: _persons(persons) for channel, persons in one.incremental.items()
                },
            }
            for name, one in found.regions.items()
        ],
    }


def _headline(one: Reached) -> dict[str, Any]:
    return {
        "persons": one.persons,
        "rung": {"step": int(one.rung), "name": one.rung.word},
        "grade": None if one.grade is None else str(one.grade),
        "reached": _persons(one.together),
        "notes": [
            {
                "code": note.code,
                "fault": note.is_fault,
                "channel": note.channel,
                "regions": list(note.regions),
                "message": note.sentence,
            }
            for note in one.notes
        ],
    }


def _persons(persons: Persons) -> dict[str, Any]:
    return {
        "estimate": persons.estimate,
        "low": persons.low,
        "high": persons.high,
        "bounds": list(persons.bounds),
    }

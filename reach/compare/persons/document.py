"""The finding on persons with its heading and the account of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reach.compare.result import Heading

SCHEMA = "reach.people/1"


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the files that were read.

    Attributes:
        account: Their balance, as the document holds it.
        rejections: Those with refused records.
        noticed: Warnings about them.
    """

    account: Mapping[str, Any]
    rejections: list[dict[str, Any]]
    noticed: list[dict[str, Any]]


def people_document(heading: Heading, persons: Mapping[str, Any], told: Told) -> dict[str, Any]:
    """Make the document that `schemas/people.schema.json` describes.

    Args:
        heading: What the campaign is called.
        persons: As `reach.compare.persons.find.find_persons` gives it.
        told: Of the files that were read.
    """
    return {
        "schema": SCHEMA,
        "experiment": heading.experiment,
        "title": dict(heading.title),
        "simulated": heading.simulated,
        "period": heading.period,
        "titles": {name: dict(title) for name, title in heading.titles.items()},
        **persons,
        "balance": told.account,
        "rejections": told.rejections,
        "warnings": told.noticed,
    }

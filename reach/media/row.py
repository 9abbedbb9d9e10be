"""One row of a file that counts people, and what its source says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reach.errors import Fault

Audience = Literal["public", "internal"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as its schema has it, and where it stands.

    Attributes:
        kind: Its schema: universe, coverage, placement, audience, attendance, post, mention,
            survey or estimate.
        data: What it says; valid against the schema, empty fields left out.
        place: Where it stands, as ``audience/tv.csv:3``.
        channel: What the config calls its source; None for the medium's own name.
        audience: Whom its source was meant for.
        shared_by_staff: Whether its source is of staff's own accounts.
    """

    kind: str
    data: Mapping[str, Any]
    place: str
    channel: str | None = None
    audience: Audience = "public"
    shared_by_staff: bool = False

    @property
    def file(self) -> str:
        """The file that it stands in.

        Examples:
            >>> Row("survey", {}, "survey/recall.csv:12").file
            'survey/recall.csv'
        """
        return self.place.rpartition(":")[0] or self.place

    def fault(self, field: str, expected: str) -> Fault:
        """What is wrong with one of its fields.

        Examples:
            >>> row = Row("universe", {"region": "Jumlah"}, "people.csv:29")
            >>> print(row.fault("region", "a region: this row is the total of the others"))
            people.csv:29 $.region: got "Jumlah", expected a region: this row is the total of the others
        """
        said = self.data.get(field)
        received = (
            "nothing" if said is None else f'"{said}"' if isinstance(said, str) else f"{said}"
        )
        return Fault(self.place, f"$.{field}", received, expected)
